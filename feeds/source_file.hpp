// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "schemas/source.hpp"

namespace vigifuite::feeds {

/// Reads one source file (TOML). Config: names the file, the line, the key, and what is expected. Unknown keys are
/// refused. The format must exist and accept the mapping.
Result<Source> read_source_file(std::string_view toml, std::string_view file_name);

/// The sources shipped inside the program (feeds/catalogue/*.toml), by id. A broken one stops the program (tested).
const std::vector<Source>& shipped_sources();

/// The document behind "shipped:NAME" (feeds/catalogue/NAME), or nothing.
std::optional<std::string_view> shipped_document(std::string_view name);

}  // namespace vigifuite::feeds
