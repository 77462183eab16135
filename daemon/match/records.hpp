// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Values of the watch columns that are not sets: version byte first, little-endian, decoding refuses what encoding
// would not have made.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/alert.hpp"

namespace vigifuite::match {

/// [1][revision u32][kind u8][done u8][created i64][recipients u64][served u64][cursor u32][incident id].
/// The number is in the key.
std::string encode_campaign(const Campaign& campaign);
std::optional<Campaign> decode_campaign(std::uint64_t number, std::string_view bytes);

/// What is sealed of a person: the keys their postings are under (the registry that gave them may change before they
/// ask to be forgotten), and the profile document. [1][count u16]{[length u16][key]}[JSON].
struct PersonRecord {
  std::vector<std::string> posting_keys;
  std::string_view document;
};
std::string encode_person(const PersonRecord& person);
std::optional<PersonRecord> decode_person(std::string_view bytes);

/// The numbers given so far. [1][next watch u32][watched u64][next campaign u64].
struct Numbers {
  WatchNumber next = 1;
  std::uint64_t watched = 0;
  std::uint64_t next_campaign = 1;
  friend bool operator==(const Numbers&, const Numbers&) = default;
};
std::string encode_numbers(const Numbers& numbers);
std::optional<Numbers> decode_numbers(std::string_view bytes);

}  // namespace vigifuite::match
