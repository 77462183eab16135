// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/keys.hpp"

#include <concepts>

#include "schemas/core/check.hpp"

namespace vigifuite::index {
namespace {

template <std::unsigned_integral T>
void append_big_endian(std::string& out, T number) {
  for (std::size_t i = sizeof(T); i-- > 0;) {
    out.push_back(static_cast<char>(static_cast<unsigned char>((number >> (8U * i)) & 0xFFU)));
  }
}

template <std::unsigned_integral T>
T read_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) number = (number << 8U) | static_cast<unsigned char>(bytes[i]);
  return static_cast<T>(number);
}

std::string joined(std::string_view head, std::string_view tail) {
  VIGIFUITE_CHECK(can_lead(head));
  std::string out;
  out.reserve(head.size() + 1 + tail.size());
  out.append(head).push_back('\0');
  out.append(tail);
  return out;
}

std::optional<SplitKey> split(std::string_view bytes) {
  const auto zero = bytes.find('\0');
  if (zero == std::string_view::npos || zero == 0) return std::nullopt;
  return SplitKey{bytes.substr(0, zero), bytes.substr(zero + 1)};
}

}  // namespace

bool can_lead(std::string_view head) noexcept {
  return !head.empty() && head.find('\0') == std::string_view::npos;
}

std::string item_key(std::string_view source, std::string_view key) {
  return joined(source, key);
}

std::optional<SplitKey> parse_item_key(std::string_view bytes) {
  return split(bytes);
}

std::string organisation_row_key(std::string_view organisation, std::string_view incident) {
  return joined(organisation, incident);
}

std::optional<SplitKey> parse_organisation_row_key(std::string_view bytes) {
  return split(bytes);
}

std::string date_row_key(PartialDate date, std::string_view incident) {
  VIGIFUITE_CHECK(!incident.empty());
  std::string out;
  out.reserve(4 + incident.size());
  append_big_endian(out, static_cast<std::uint16_t>(0xFFFFU - static_cast<std::uint16_t>(date.year)));
  append_big_endian(out, static_cast<std::uint8_t>(0xFFU - date.month));
  append_big_endian(out, static_cast<std::uint8_t>(0xFFU - date.day));
  return out.append(incident);
}

std::optional<DateRow> parse_date_row_key(std::string_view bytes) {
  if (bytes.size() < 5) return std::nullopt;
  DateRow row;
  row.date.year = static_cast<std::int16_t>(0xFFFFU - read_big_endian<std::uint16_t>(bytes));
  row.date.month = static_cast<std::uint8_t>(0xFFU - read_big_endian<std::uint8_t>(bytes.substr(2)));
  row.date.day = static_cast<std::uint8_t>(0xFFU - read_big_endian<std::uint8_t>(bytes.substr(3)));
  if (row.date.year < 0 || row.date.month > 12 || row.date.day > 31) return std::nullopt;
  row.incident = bytes.substr(4);
  return row;
}

std::string part_key(std::string_view name, std::uint16_t part) {
  std::string out = joined(name, {});
  append_big_endian(out, part);
  return out;
}

std::optional<PartKey> parse_part_key(std::string_view bytes) {
  const auto parts = split(bytes);
  if (!parts || parts->tail.size() != 2) return std::nullopt;
  return PartKey{parts->head, read_big_endian<std::uint16_t>(parts->tail)};
}

std::string part_prefix(std::string_view name) {
  return joined(name, {});
}

std::string block_prefix(std::uint64_t block) {
  std::string out;
  append_big_endian(out, block);
  return out;
}

std::string block_key(std::uint64_t block, std::string_view item) {
  VIGIFUITE_CHECK(item.empty() || split(item));
  return block_prefix(block).append(item);
}

std::optional<BlockKey> parse_block_key(std::string_view bytes) {
  constexpr std::size_t kBlockBytes = 8;
  if (bytes.size() < kBlockBytes) return std::nullopt;
  const std::string_view item = bytes.substr(kBlockBytes);
  if (!item.empty() && !split(item)) return std::nullopt;
  return BlockKey{read_big_endian<std::uint64_t>(bytes), item};
}

std::string curation_key(std::uint64_t number) {
  return block_prefix(number);
}

std::optional<std::uint64_t> parse_curation_key(std::string_view bytes) {
  return parse_campaign_key(bytes);
}

std::string watch_key(std::uint32_t number) {
  std::string out;
  append_big_endian(out, number);
  return out;
}

std::optional<std::uint32_t> parse_watch_key(std::string_view bytes) {
  if (bytes.size() != 4) return std::nullopt;
  return read_big_endian<std::uint32_t>(bytes);
}

std::string campaign_key(std::uint64_t number) {
  std::string out;
  append_big_endian(out, number);
  return out;
}

std::optional<std::uint64_t> parse_campaign_key(std::string_view bytes) {
  if (bytes.size() != 8) return std::nullopt;
  return read_big_endian<std::uint64_t>(bytes);
}

}  // namespace vigifuite::index
