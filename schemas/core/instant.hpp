// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigifuite {

/// A moment, UTC, to the second. Read from a clock only in daemon/ops; everything pure is given one.
using Instant = std::chrono::sys_seconds;

/// RFC 3339, UTC: "2024-03-13T09:00:00Z".
std::string to_string(Instant instant);

/// A date known to the year, the month or the day. `month` and `day` are 0 when unknown.
struct PartialDate {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  friend constexpr auto operator<=>(const PartialDate&, const PartialDate&) = default;

  [[nodiscard]] constexpr bool known() const noexcept { return year != 0; }
  /// The first day the date can mean.
  [[nodiscard]] std::chrono::sys_days first_day() const;
  /// The last day the date can mean.
  [[nodiscard]] std::chrono::sys_days last_day() const;
};

/// "2024", "2024-03" or "2024-03-13"; nothing else. Impossible dates (month 13, 30 February) give nullopt.
std::optional<PartialDate> parse_partial_date(std::string_view text);
std::string to_string(PartialDate date);
PartialDate date_of(Instant instant);

/// A stretch of time, both ends included; an unknown end is open.
struct Period {
  PartialDate from;
  PartialDate to;

  friend constexpr auto operator<=>(const Period&, const Period&) = default;
  [[nodiscard]] constexpr bool known() const noexcept { return from.known() || to.known(); }
};

/// RFC 3339 date-times and plain dates: "2018-07-09T22:16:26Z", "2026-07-01T00:00:00+00:00", "2024-03-13".
std::optional<Instant> parse_rfc3339(std::string_view text);

}  // namespace vigifuite
