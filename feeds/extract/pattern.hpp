// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigifuite::feeds::extract {

/// A row of words that a pattern of the lexicon stands for: '=word', 'word', 'word*', "~", "#" or "^" each.
using Sequence = std::vector<std::string>;

/// Appends to `out` what `pattern` (lexicon.hpp says how they are written) stands for: what is wrong with it, or
/// nothing.
std::optional<std::string> read_pattern(std::string_view pattern, std::vector<Sequence>& out);

}  // namespace vigifuite::feeds::extract
