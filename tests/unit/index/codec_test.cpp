// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/codec.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace vigifuite;
using namespace vigifuite::index;
using namespace std::string_literals;

namespace {
RowFacts golden_facts() {
  RowFacts facts;
  facts.date = {2024, 3, 13};
  facts.status = IncidentStatus::Confirmed;
  facts.public_service = true;
  facts.sightings = 0x01020304;
  return facts;
}
}  // namespace

TEST_CASE("codec: an index row has the bytes of version 1") {
  const std::string golden = "\x01\xE8\x07\x03\x0D\x01\x03\x04\x03\x02\x01"s;
  CHECK(encode_row(golden_facts()) == golden);
  CHECK(encode_row(golden_facts(), "fr-x") == golden + "fr-x");
  const std::string with_id = golden + "fr-x";
  const auto row = decode_row(with_id);
  REQUIRE(row);
  CHECK(row->facts == golden_facts());
  CHECK(row->incident == "fr-x");
  RowFacts unsure = golden_facts();
  unsure.unsure = unsure.doubtful = true;
  const std::string bytes = encode_row(unsure);
  CHECK(bytes == "\x01\xE8\x07\x03\x0D\x01\x0F\x04\x03\x02\x01"s);
  REQUIRE(decode_row(bytes));
  CHECK(decode_row(bytes)->facts == unsure);
}

TEST_CASE("codec: an index row of another version, cut, or out of range is refused") {
  const std::string good = encode_row(golden_facts());
  for (std::size_t length = 0; length < good.size(); ++length) CHECK_FALSE(decode_row(good.substr(0, length)));
  struct Change {
    std::size_t at;
    char byte;
  };
  for (const Change change :
       {Change{0, 2}, Change{2, '\x80'}, Change{3, 13}, Change{4, 32}, Change{5, 4}, Change{6, 16}}) {
    std::string bad = good;
    bad[change.at] = change.byte;
    CHECK_FALSE(decode_row(bad));
  }
}

TEST_CASE("codec: a stored sighting has the bytes of version 2") {
  std::string bytes;
  append_sighting(bytes, {"fr-x", {}, {}}, "{}");
  CHECK(bytes == "\x02\x04\0fr-x\0\0{}"s);
  bytes.clear();
  append_sighting(bytes, {"fr-x", "fr-y", Instant{std::chrono::seconds{0x0102030405060708}}}, "{}");
  CHECK(bytes == "\x02\x04\0fr-x\x04\0fr-y\x08\x07\x06\x05\x04\x03\x02\x01{}"s);
  const auto stored = decode_sighting(bytes);
  REQUIRE(stored);
  CHECK(stored->incident == "fr-x");
  CHECK(stored->own == "fr-y");
  CHECK(stored->own_since == Instant{std::chrono::seconds{0x0102030405060708}});
  CHECK(stored->document == "{}");
  for (const std::string& bad :
       {""s, "\x02"s, "\x02\x05\0fr-x"s, "\x02\0\0\x01"s, "\x02\0\0\x01\0x123"s, "\x03\0\0\0\0{}"s}) {
    CHECK_FALSE(decode_sighting(bad));
  }
}

TEST_CASE("codec: the bytes of a sighting of version 1, without an id of its own, are still read") {
  const std::string bytes = "\x01\x04\0fr-x{}"s;
  const auto stored = decode_sighting(bytes);
  REQUIRE(stored);
  CHECK(stored->incident == "fr-x");
  CHECK(stored->own.empty());
  CHECK(stored->document == "{}");
  for (const std::string& bad : {"\x01"s, "\x01\x05\0fr-x"s}) CHECK_FALSE(decode_sighting(bad));
}

TEST_CASE("codec: a listing has the bytes of version 1, and only a sorted one is read") {
  const ListingEntry entry{{0x0102030405060708U, 1}, {2, 3}};
  const std::string bytes = encode_listing(std::span(&entry, 1));
  CHECK(bytes == "\x01\x08\x07\x06\x05\x04\x03\x02\x01\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0"s);
  std::vector<ListingEntry> read;
  REQUIRE(decode_listing(bytes, read));
  CHECK(read == std::vector{entry});
  CHECK_FALSE(decode_listing(encode_listing(std::vector<ListingEntry>{{{1, 0}, {}}}), read));  // below what came before
  read.clear();
  CHECK_FALSE(decode_listing("", read));
  CHECK_FALSE(decode_listing("\x02", read));
  CHECK_FALSE(decode_listing(bytes + "x", read));
}

TEST_CASE("codec: buckets of a listing keep its order, and are few for a small one") {
  CHECK(listing_bits(0) == 0);
  CHECK(listing_bits(1023) == 0);
  CHECK(listing_bits(1024) == 1);
  CHECK(listing_bits(1'000'000) == 10);
  CHECK(listing_bits(~std::size_t{0}) == 16);
  std::vector<ListingEntry> entries;
  for (std::uint64_t i = 0; i < 1000; ++i) entries.push_back({{i * 0x9E3779B97F4A7C15U, 0}, {}});
  std::sort(entries.begin(), entries.end());
  for (const unsigned bits : {0U, 1U, 7U, 16U}) {
    CHECK(std::is_sorted(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
      return listing_bucket(a, bits) < listing_bucket(b, bits);
    }));
  }
}

TEST_CASE("codec: the date of a row is the best one known of the incident") {
  Incident incident;
  incident.first_seen = Instant(std::chrono::seconds(1'700'000'000));  // 14/11/2023
  CHECK(facts_of(incident).date == PartialDate{2023, 11, 14});
  incident.incident.to = {2022, 5, 0};
  CHECK(facts_of(incident).date == PartialDate{2022, 5, 0});
  incident.incident.from = {2022, 4, 0};
  CHECK(facts_of(incident).date == PartialDate{2022, 4, 0});
  incident.disclosed = {2023, 1, 2};
  CHECK(facts_of(incident).date == PartialDate{2023, 1, 2});
}

TEST_CASE("codec: an incident is found by bodies, processors and classes, each once") {
  Incident incident;
  incident.organisations = {{"cnam", "Assurance maladie", ""}, {"", "Acmé Corp", ""}, {"cnam", "", ""}};
  incident.processors = {{"viamedis", "", ""}};
  incident.organisation_classes = {"communes"};
  CHECK(organisation_keys_of(incident) == std::vector<std::string>{"cnam", "communes", "viamedis", "~acme-corp"});
  incident.organisations = {{"a\0b"s, "", ""}};  // could not be a key: left out, nothing stops
  incident.processors.clear();
  incident.organisation_classes.clear();
  CHECK(organisation_keys_of(incident).empty());
}
