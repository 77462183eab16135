// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The characters of PDF's standard fonts, as their encoding numbers them.

#include <optional>
#include <string>
#include <string_view>

namespace vigifuite::letters {

/// Stands for a narrow no-break space in encoded text: shown as a no-break space that advances less.
constexpr char kNarrowByte = '\x01';

/// `text`, NFC or not, in WinAnsi; nothing when a character is missing from it.
std::optional<std::string> to_win_ansi(std::string_view text);

}  // namespace vigifuite::letters
