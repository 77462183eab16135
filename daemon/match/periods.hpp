// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/profile.hpp"

namespace vigifuite::match {

/// How a tie lies towards a stretch of time, as far as dates known to the year or the month can say.
enum class Overlap : unsigned char {
  Within,   ///< it held at some moment of it, whatever the dates exactly mean
  Maybe,    ///< it depends on what the dates exactly mean
  Unknown,  ///< the person gave no date at all
  Before,   ///< it ended before
  After,    ///< it began after
};

/// `window` is open where unknown.
Overlap overlap(const Tie& tie, Period window);

/// When an incident happened, as far as known: from its first day (or the disclosure) to its last day (or the
/// disclosure, else open). Unknown when no date is.
Period window_of(Period incident, PartialDate disclosed);

}  // namespace vigifuite::match
