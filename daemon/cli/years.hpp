// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "schemas/core/instant.hpp"

namespace vigifuite::cli {

/// How long someone says they had to do with a body.
struct Stay {
  Period period;         ///< open where they do not know
  bool ongoing = false;  ///< it still holds
  friend bool operator==(const Stay&, const Stay&) = default;
};

/// Reads years as people type them, in French or English: "2009-2013", "2009..2013", "de 2009 à 2013", "depuis 2019",
/// "2015", "jusqu'en 2018", "je ne sais plus", "toujours". Nothing when it is not understood: ask again. Pure.
std::optional<Stay> parse_years(std::string_view answer);

}  // namespace vigifuite::cli
