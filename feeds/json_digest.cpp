// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/json_digest.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "schemas/core/json_element.hpp"

namespace vigifuite::feeds {
namespace {

// A value is hashed with a seed that says where it stands (the name of the member, what came before in the array) and
// of which type it is, so that moving a value elsewhere changes the sum.
enum : std::uint64_t {
  kString = 0x9E3779B97F4A7C15U,
  kInteger = 0xC2B2AE3D27D4EB4FU,
  kLarge = 0x165667B19E3779F9U,
  kDouble = 0x85EBCA77C2B2AE63U,
  kWord = 0x27D4EB2F165667C5U,
  kArray = 0xFF51AFD7ED558CCDU,
  kObject = 0xC4CEB9FE1A85EC53U,
};

/// Seeding a long input costs a new secret of 192 bytes; below this length it costs nothing.
constexpr std::size_t kSeededBytes = 240;

std::uint64_t mixed(std::uint64_t value) noexcept {
  value ^= value >> 33U;
  value *= 0xFF51AFD7ED558CCDU;
  value ^= value >> 33U;
  value *= 0xC4CEB9FE1A85EC53U;
  return value ^ (value >> 33U);
}

Digest of_words(std::uint64_t a, std::uint64_t b) noexcept {
  return {mixed(a + std::rotl(b, 29)), mixed(b ^ std::rotl(a * kString, 31))};
}

Digest of_bytes(std::string_view bytes, std::uint64_t seed) noexcept {
  if (bytes.size() <= kSeededBytes) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
    return {hash.low64, hash.high64};
  }
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return of_words(hash.low64 ^ seed, hash.high64 + seed);
}

template <class T>
T take(simdjson::dom::element element) noexcept {
  T value{};
  if (element.get(value) != simdjson::SUCCESS) return T{};
  return value;
}

Digest of_double(double number, std::uint64_t seed) noexcept {
  constexpr double kTwo63 = 9223372036854775808.0;
  if (std::nearbyint(number) == number && number >= -kTwo63 && number < kTwo63) {
    return of_words(seed ^ kInteger, static_cast<std::uint64_t>(static_cast<std::int64_t>(number)));
  }
  if (std::nearbyint(number) == number && number >= kTwo63 && number < 2 * kTwo63) {
    return of_words(seed ^ kLarge, static_cast<std::uint64_t>(number));
  }
  return of_words(seed ^ kDouble, std::bit_cast<std::uint64_t>(number));
}

/// add_unordered(), here because it is called for every member of every record.
void add(Digest& sum, Digest part) noexcept {
  sum.low += part.low;
  sum.high += part.high;
}

Digest of_element(simdjson::dom::element element, std::uint64_t seed) noexcept;

Digest of_array(simdjson::dom::array array, std::uint64_t seed) noexcept {
  std::uint64_t chain = seed ^ kArray;
  std::uint64_t count = 0;
  for (const simdjson::dom::element element : array) {
    const Digest part = of_element(element, chain);
    chain = part.low ^ std::rotl(part.high, 32);
    ++count;
  }
  return of_words(chain, count ^ seed);
}

Digest of_object(simdjson::dom::object object, std::uint64_t seed) noexcept {
  Digest sum;
  for (const auto member : object) {
    add(sum, of_element(member.value, MemberTable::hash_of(member.key)));
  }
  return of_words(sum.low ^ seed ^ kObject, sum.high + seed);
}

Digest of_element(simdjson::dom::element element, std::uint64_t seed) noexcept {
  using Type = simdjson::dom::element_type;
  switch (element.type()) {
    case Type::STRING: return of_bytes(take<std::string_view>(element), seed ^ kString);
    case Type::BOOL: return of_words(seed ^ kWord, take<bool>(element) ? 1U : 2U);
    case Type::NULL_VALUE: return of_words(seed ^ kWord, 3U);
    case Type::INT64: return of_words(seed ^ kInteger, static_cast<std::uint64_t>(take<std::int64_t>(element)));
    case Type::UINT64: return of_words(seed ^ kLarge, take<std::uint64_t>(element));
    case Type::DOUBLE: return of_double(take<double>(element), seed);
    case Type::ARRAY: return of_array(take<simdjson::dom::array>(element), seed);
    case Type::OBJECT: return of_object(take<simdjson::dom::object>(element), seed);
  }
  return {};
}

}  // namespace

Digest digest_of(JsonValue value) noexcept {
  return value.present() ? of_element(element_of(value), 0) : Digest{};
}

MemberTable::MemberTable(std::initializer_list<std::string_view> names) : size_(names.size()) {
  VIGIFUITE_CHECK(names.size() <= 32);
  int index = 0;
  for (const std::string_view name : names) {
    const std::uint64_t hash = hash_of(name);
    std::size_t at = hash % kSlots;
    while (slots_[at].index >= 0) at = (at + 1) % kSlots;
    slots_[at] = {hash, name, index++};
  }
}

std::uint64_t MemberTable::hash_of(std::string_view name) noexcept {
  return XXH3_64bits(name.data(), name.size());
}

int MemberTable::find(std::string_view name, std::uint64_t hash) const noexcept {
  for (std::size_t at = hash % kSlots; slots_[at].index >= 0; at = (at + 1) % kSlots) {
    // 64 bits and the length: a document in which another name had both would only misread itself.
    if (slots_[at].hash == hash && slots_[at].name.size() == name.size()) return slots_[at].index;
  }
  return -1;
}

Digest read_members(JsonValue record, const MemberTable& table, std::span<JsonValue> found) noexcept {
  VIGIFUITE_CHECK(found.size() == table.size());
  std::fill(found.begin(), found.end(), JsonValue());
  Digest sum;
  for (const auto member : take<simdjson::dom::object>(element_of(record))) {
    const std::uint64_t hash = MemberTable::hash_of(member.key);
    if (const int index = table.find(member.key, hash); index >= 0) {
      JsonValue& slot = found[static_cast<std::size_t>(index)];
      if (!slot.present()) slot = value_of(member.value);
    }
    add(sum, of_element(member.value, hash));
  }
  return of_words(sum.low ^ kObject, sum.high);
}

}  // namespace vigifuite::feeds
