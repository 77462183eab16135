// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/digest.hpp"

#include <xxhash.h>

namespace vigifuite {

Digest digest_of(std::string_view bytes) noexcept {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.low64, hash.high64};
}

void add_unordered(Digest& sum, Digest part) noexcept {
  // Addition modulo 2^64 of each half: commutative, and a part counted twice is not lost (as it would be with xor).
  sum.low += part.low;
  sum.high += part.high;
}

std::array<char, 32> hex(Digest digest) noexcept {
  constexpr char kDigits[] = "0123456789abcdef";
  std::array<char, 32> text{};
  for (std::size_t i = 0; i < 16; ++i) {
    const std::uint64_t half = i < 8 ? digest.high : digest.low;
    const auto byte = static_cast<unsigned>((half >> ((7 - (i & 7U)) * 8U)) & 0xFFU);
    text[2 * i] = kDigits[byte >> 4U];
    text[2 * i + 1] = kDigits[byte & 0xFU];
  }
  return text;
}

}  // namespace vigifuite
