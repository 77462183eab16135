// SPDX-License-Identifier: AGPL-3.0-or-later

// Keys and binary values of the store: no bytes crash a decoder, and what is decoded encodes to the same bytes. The
// first byte chooses the shape.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/index/codec.hpp"
#include "daemon/index/keys.hpp"
#include "daemon/match/postings.hpp"
#include "daemon/match/records.hpp"
#include "daemon/match/watch_set.hpp"
#include "schemas/core/check.hpp"

namespace {

using namespace vigifuite;

void check_keys(std::string_view bytes) {
  if (const auto key = index::parse_item_key(bytes)) VIGIFUITE_CHECK(index::item_key(key->head, key->tail) == bytes);
  if (const auto key = index::parse_organisation_row_key(bytes)) {
    VIGIFUITE_CHECK(index::organisation_row_key(key->head, key->tail) == bytes);
  }
  if (const auto row = index::parse_date_row_key(bytes)) {
    VIGIFUITE_CHECK(index::date_row_key(row->date, row->incident) == bytes);
  }
  if (const auto part = index::parse_part_key(bytes)) VIGIFUITE_CHECK(index::part_key(part->name, part->part) == bytes);
  if (const auto number = index::parse_watch_key(bytes)) VIGIFUITE_CHECK(index::watch_key(*number) == bytes);
  if (const auto key = index::parse_block_key(bytes)) VIGIFUITE_CHECK(index::block_key(key->block, key->item) == bytes);
  if (const auto number = index::parse_curation_key(bytes)) VIGIFUITE_CHECK(index::curation_key(*number) == bytes);
  if (const auto number = index::parse_campaign_key(bytes)) VIGIFUITE_CHECK(index::campaign_key(*number) == bytes);
}

void check_index_values(std::string_view bytes) {
  if (const auto row = index::decode_row(bytes)) VIGIFUITE_CHECK(index::encode_row(row->facts, row->incident) == bytes);
  if (const auto stored = index::decode_sighting(bytes)) {
    std::string again;
    index::append_sighting(again, {std::string(stored->incident), std::string(stored->own), stored->own_since},
                           stored->document);
    VIGIFUITE_CHECK(bytes[0] == 1 || again == bytes);  // version 1 is read, and written as version 2
  }
  std::vector<index::ListingEntry> entries;
  if (index::decode_listing(bytes, entries)) VIGIFUITE_CHECK(index::encode_listing(entries) == bytes);
}

void check_watch_values(std::string_view bytes) {
  if (const auto campaign = match::decode_campaign(1, bytes)) {
    VIGIFUITE_CHECK(match::encode_campaign(*campaign) == bytes);
  }
  if (const auto person = match::decode_person(bytes)) VIGIFUITE_CHECK(match::encode_person(*person) == bytes);
  if (const auto numbers = match::decode_numbers(bytes)) VIGIFUITE_CHECK(match::encode_numbers(*numbers) == bytes);
  if (const auto postings = match::decode_postings(bytes)) {
    VIGIFUITE_CHECK(match::encode_postings(*postings) == bytes);
  }
  const auto bits = std::make_unique<match::Bits>();
  if (match::decode_postings(bytes)) VIGIFUITE_CHECK(match::select_postings(bytes, {1, 2}, *bits));
  if (auto set = match::WatchSet::from_bytes(bytes)) VIGIFUITE_CHECK(set->bytes() == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0: check_keys(bytes); break;
    case 1: check_index_values(bytes); break;
    case 2: check_watch_values(bytes); break;
  }
  return 0;
}
