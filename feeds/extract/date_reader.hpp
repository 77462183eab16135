// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>

#include "feeds/extract/announcement.hpp"

namespace vigifuite::feeds::extract {

// The numbers of lexicon/dates.toml.
enum class Role : std::int64_t {
  Nothing = 0,
  Access = 1,
  Detection = 2,
  Other = 3,
  Since = 4,
  Closing = 5,
  Exposure = 6,
  Label = 7,
  Weak = 8,     ///< words that may name the access as well as something else: sent, taken, concerned
  Content = 9,  ///< what the data are about: purchases, stays, a season
};
constexpr std::int64_t kWeekday = 20;
constexpr std::int64_t kPart = 30;

constexpr std::uint32_t kFar = 1000;  ///< farther than any word of a sentence

/// A date or a span of dates as written: tokens [first, last).
struct DateMention {
  TextDate from, to;
  std::uint32_t first = 0, last = 0;
  std::uint32_t sentence = 0;
  bool span = false;
  Role role = Role::Nothing;
  std::uint32_t distance = kFar;  ///< to the word that gave the role
  bool open = false;              ///< what it dates lasts until it is closed
  bool since = false;             ///< the first day only: "depuis le 3 mars"
};

/// How precise: 1 year, 2 month, 3 day.
inline int precision(TextDate date) noexcept {
  return date.day != 0 ? 3 : date.month != 0 ? 2 : 1;
}

/// An American writes "January 27, 2025" somewhere in the text: so "3/4/2025" is the fourth of March. Linear.
bool writes_month_first(const Parsed& parsed);

/// The date or the span of dates that begins at token `at`, before `end`, or nothing.
std::optional<DateMention> read_date(const Parsed& parsed, bool month_first, std::uint32_t at, std::uint32_t end);

}  // namespace vigifuite::feeds::extract
