// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string_view>

#include "schemas/sighting.hpp"

namespace vigifuite::feeds {

inline constexpr std::size_t kMaxDoubts = 16;

/// Notes in a sighting what could not be read, or what contradicts it: "incident date `n/a` is not a date".
void add_doubt(Sighting& out, std::string_view what, std::string_view written, std::string_view why);

/// A date of the past as a source writes it; what is not one is a doubt, and not known.
PartialDate past_date(Sighting& out, std::string_view written, std::string_view what, Language language, Instant now);

}  // namespace vigifuite::feeds
