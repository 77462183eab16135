// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The French letter on A4: sender top left, addressee where the right window of a DL envelope shows it, then the text,
// with page numbers. A heading stays with what follows it, no line is left alone, a list hangs from its numbers.

#include "daemon/letters/pdf_engine.hpp"

namespace vigifuite::letters {

/// Lays the blocks out and gives the file. The engine must hold every character (is_win_ansi for the Latin one).
Result<std::string> write_pages(PdfEngine& engine, const Sheet& sheet, const std::vector<Block>& blocks);

}  // namespace vigifuite::letters
