// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/postings.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "schemas/core/check.hpp"

namespace vigifuite::match {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are read in place");

constexpr char kVersion = 1;
constexpr std::size_t kHeader = 3;
constexpr std::size_t kMaxCount = 65'536;

/// The three columns in place. Not aligned: read with memcpy, which compiles to a plain load.
struct Columns {
  const char* low = nullptr;
  const char* from = nullptr;
  const char* to = nullptr;
  std::size_t count = 0;
};

std::uint16_t load(const char* column, std::size_t i) noexcept {
  std::uint16_t value = 0;
  std::memcpy(&value, column + 2 * i, sizeof value);
  return value;
}

std::optional<Columns> columns_of(std::string_view bytes) {
  if (bytes.size() < kHeader || bytes[0] != kVersion) return std::nullopt;
  const std::size_t count = std::size_t{load(bytes.data() + 1, 0)} + 1;
  if (bytes.size() != kHeader + 6 * count) return std::nullopt;
  const char* const low = bytes.data() + kHeader;
  return Columns{low, low + 2 * count, low + 4 * count, count};
}

std::uint16_t month(PartialDate date, std::uint8_t when_unknown) noexcept {
  if (date.year < 1900 || date.year > 5000) return 0;
  const int number = (date.year - 1900) * 12 + (date.month == 0 ? when_unknown : date.month);
  return static_cast<std::uint16_t>(number);
}

}  // namespace

Months months_of(const Period& period) noexcept {
  return {month(period.from, 1), month(period.to, 12)};
}

Months hull(Months a, Months b) noexcept {
  Months both;
  both.from = std::min(a.from, b.from);  // 0 is open, and the least
  both.to = a.to == 0 || b.to == 0 ? std::uint16_t{0} : std::max(a.to, b.to);
  return both;
}

std::string encode_postings(std::span<const Posting> sorted) {
  VIGIFUITE_CHECK(!sorted.empty() && sorted.size() <= kMaxCount);
  std::string out(kHeader + 6 * sorted.size(), '\0');
  out[0] = kVersion;
  const auto store = [&](std::size_t at, std::uint16_t value) { std::memcpy(&out[at], &value, sizeof value); };
  store(1, static_cast<std::uint16_t>(sorted.size() - 1));
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    store(kHeader + 2 * i, sorted[i].low);
    store(kHeader + 2 * (sorted.size() + i), sorted[i].months.from);
    store(kHeader + 2 * (2 * sorted.size() + i), sorted[i].months.to);
  }
  return out;
}

std::optional<std::vector<Posting>> decode_postings(std::string_view bytes) {
  const auto columns = columns_of(bytes);
  if (!columns) return std::nullopt;
  std::vector<Posting> out(columns->count);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = {load(columns->low, i), {load(columns->from, i), load(columns->to, i)}};
    if (i > 0 && out[i - 1].low >= out[i].low) return std::nullopt;
  }
  return out;
}

bool select_postings(std::string_view bytes, Months wanted, Bits& bits) {
  const auto columns = columns_of(bytes);
  if (!columns) return false;
  // An open end is 0: less one it is the greatest month, so that one comparison serves both cases.
  const auto since = static_cast<std::uint16_t>(wanted.from == 0 ? 0 : wanted.from - 1);
  const auto until = static_cast<std::uint16_t>(wanted.to == 0 ? 0xFFFF : wanted.to);
  // Numbers ascend: a word of the result is gathered in a register and stored once.
  std::size_t word = 0;
  std::uint64_t gathered = 0;
  for (std::size_t i = 0; i < columns->count; ++i) {
    const std::uint16_t low = load(columns->low, i);
    const auto ends = static_cast<std::uint16_t>(load(columns->to, i) - 1U);
    const auto touches = static_cast<std::uint64_t>(static_cast<unsigned>(ends >= since) &
                                                    static_cast<unsigned>(load(columns->from, i) <= until));
    if (const std::size_t at = low >> 6U; at != word) {
      bits[word] |= gathered;
      gathered = 0;
      word = at;
    }
    gathered |= touches << (low & 63U);
  }
  bits[word] |= gathered;
  return true;
}

}  // namespace vigifuite::match
