// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// How the law counts time: whole calendar days, months to the same day of the month. Pure.

#include <chrono>

namespace vigifuite {

/// A stretch of time as a text states it: "one month", "eight weeks", "two months".
struct Delay {
  int months = 0;
  int days = 0;

  friend bool operator==(const Delay&, const Delay&) = default;
  [[nodiscard]] bool none() const noexcept { return months == 0 && days == 0; }
};

/// The same day `months` later, or the last day of that month when it has no such day (31 January + 1: 28 February).
std::chrono::sys_days add_months(std::chrono::sys_days day, int months);

/// Neither a Saturday, a Sunday nor one of the eleven public holidays of metropolitan France (code du travail,
/// article L. 3133-1).
bool is_working_day(std::chrono::sys_days day);

/// The last day of a delay that began on `from`, moved to the next working day when it is none.
std::chrono::sys_days end_of(std::chrono::sys_days from, Delay delay);

}  // namespace vigifuite
