// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

namespace vigifuite {

/// 128 bits that stand for a value: equal values have equal digests, whatever the order of their members.
///
/// XXH3, not a cryptographic hash: a source that made two of its own records collide would only hide its own change.
struct Digest {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend constexpr auto operator<=>(const Digest&, const Digest&) = default;
};

Digest digest_of(std::string_view bytes) noexcept;

/// Adds a part to a digest so that the order in which parts are added does not matter.
void add_unordered(Digest& sum, Digest part) noexcept;

/// 32 lower-case hexadecimal digits.
std::array<char, 32> hex(Digest digest) noexcept;

}  // namespace vigifuite
