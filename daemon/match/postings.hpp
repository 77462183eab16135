// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Who has a tie with one body, for 65,536 consecutive watch numbers: three columns, so that a disclosure that
// concerns millions is filtered by runs over memory, and no profile is opened. (One key per body and person costs
// five hundred times more, all of it in the iterator.)

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/instant.hpp"

namespace vigifuite::match {

/// Months since December 1899, 0 for an open end: comparisons need no calendar.
struct Months {
  std::uint16_t from = 0;
  std::uint16_t to = 0;
  friend bool operator==(const Months&, const Months&) = default;
};
/// A date known to the year stretches to all its months. Years outside 1900 to 5000 are open ends.
Months months_of(const Period& period) noexcept;
/// The shortest stretch that holds both.
Months hull(Months a, Months b) noexcept;

struct Posting {
  std::uint16_t low = 0;  ///< the lower half of the watch number
  Months months;
  friend bool operator==(const Posting&, const Posting&) = default;
};

/// [1][count - 1 u16], then count times u16 each: lows ascending, from, to; little-endian. Never empty.
std::string encode_postings(std::span<const Posting> sorted);
std::optional<std::vector<Posting>> decode_postings(std::string_view bytes);

/// A bit for each of 65,536 numbers.
using Bits = std::array<std::uint64_t, 1024>;
/// Sets the bits of those whose stretch may touch `wanted`; false when the bytes are not postings. The hot loop.
bool select_postings(std::string_view bytes, Months wanted, Bits& bits);

}  // namespace vigifuite::match
