// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/records.hpp"

#include <doctest/doctest.h>

#include <bit>

#include "daemon/match/postings.hpp"
#include "daemon/match/seal.hpp"
#include "daemon/match/watch_set.hpp"

using namespace vigifuite;
using namespace vigifuite::match;
using namespace std::string_literals;

TEST_CASE("postings: the bytes of version 1") {
  const std::vector<Posting> postings = {{3, {1, 2}}, {0x0102, {0, 0x0304}}};
  const std::string golden = "\x01\x01\0\x03\0\x02\x01\x01\0\0\0\x02\0\x04\x03"s;
  CHECK(encode_postings(postings) == golden);
  CHECK(decode_postings(golden) == postings);
  for (std::size_t length = 0; length < golden.size(); ++length) CHECK_FALSE(decode_postings(golden.substr(0, length)));
  CHECK_FALSE(decode_postings(golden + "x"));
  CHECK_FALSE(decode_postings("\x02"s + golden.substr(1)));
  const std::vector<Posting> twice = {{3, {}}, {3, {}}};
  CHECK_FALSE(decode_postings(encode_postings(twice)));
}

TEST_CASE("postings: a full container holds 65,536 people") {
  std::vector<Posting> all(65'536);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = {static_cast<std::uint16_t>(i), {7, 9}};
  const std::string bytes = encode_postings(all);
  CHECK(decode_postings(bytes) == all);
  Bits bits{};
  CHECK(select_postings(bytes, {}, bits));
  for (const std::uint64_t word : bits) REQUIRE(word == ~std::uint64_t{0});
}

TEST_CASE("postings: a period is months, and what is not known is open") {
  CHECK(months_of({}) == Months{});
  CHECK(months_of({{1900, 1, 0}, {1900, 1, 0}}) == Months{1, 1});
  CHECK(months_of({{2009, 0, 0}, {2013, 0, 0}}) == Months{109 * 12 + 1, 113 * 12 + 12});
  CHECK(months_of({{2009, 5, 31}, {}}) == Months{109 * 12 + 5, 0});
  CHECK(months_of({{1850, 1, 1}, {9999, 1, 1}}) == Months{});
  CHECK(hull({3, 5}, {4, 9}) == Months{3, 9});
  CHECK(hull({3, 5}, {0, 0}) == Months{0, 0});
}

TEST_CASE("postings: who is selected is exactly who may have been there") {
  for (std::uint16_t wanted_from = 0; wanted_from < 6; ++wanted_from) {
    for (std::uint16_t wanted_to = 0; wanted_to < 6; ++wanted_to) {
      std::vector<Posting> postings;
      for (std::uint16_t from = 0; from < 6; ++from) {
        for (std::uint16_t to = 0; to < 6; ++to)
          postings.push_back({static_cast<std::uint16_t>(postings.size() * 5), {from, to}});
      }
      Bits bits{};
      REQUIRE(select_postings(encode_postings(postings), {wanted_from, wanted_to}, bits));
      for (const Posting& posting : postings) {
        const bool starts_in_time = posting.months.from == 0 || wanted_to == 0 || posting.months.from <= wanted_to;
        const bool ends_in_time = posting.months.to == 0 || wanted_from == 0 || posting.months.to >= wanted_from;
        CHECK(((bits[posting.low / 64] >> (posting.low % 64)) & 1U) == (starts_in_time && ends_in_time ? 1U : 0U));
      }
    }
  }
  Bits bits{};
  CHECK_FALSE(select_postings("no", {}, bits));
}

TEST_CASE("records: a campaign has the bytes of version 1") {
  Campaign campaign;
  campaign.number = 12;
  campaign.incident = "fr-x";
  campaign.revision = 2;
  campaign.kind = AlertKind::Update;
  campaign.created = Instant(std::chrono::seconds(3));
  campaign.recipients = 5;
  campaign.served = 4;
  campaign.cursor = 6;
  const std::string golden =
      "\x01\x02\0\0\0\x01\0\x03\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\x04\0\0\0\0\0\0\0\x06\0\0\0fr-x"s;
  CHECK(encode_campaign(campaign) == golden);
  const auto read = decode_campaign(12, golden);
  REQUIRE(read);
  CHECK(encode_campaign(*read) == golden);
  CHECK(read->number == 12);
  CHECK(read->incident == "fr-x");
  for (std::size_t length = 0; length < golden.size() - 3; ++length)
    CHECK_FALSE(decode_campaign(12, golden.substr(0, length)));
  std::string more_served = golden;
  more_served[23] = 9;
  CHECK_FALSE(decode_campaign(12, more_served));
}

TEST_CASE("records: a person and the numbers come back, and what is cut does not") {
  const PersonRecord person{{"mgen\0\0\0"s, "~x"}, "{}"};
  const std::string bytes = encode_person(person);
  CHECK(bytes == "\x01\x02\0\x07\0mgen\0\0\0\x02\0~x{}"s);
  const auto read = decode_person(bytes);
  REQUIRE(read);
  CHECK(read->posting_keys == person.posting_keys);
  CHECK(read->document == "{}");
  for (std::size_t length = 0; length < 16; ++length) CHECK_FALSE(decode_person(bytes.substr(0, length)));
  const Numbers numbers{7, 5, 3};
  CHECK(decode_numbers(encode_numbers(numbers)) == numbers);
  CHECK_FALSE(decode_numbers("x"));
}

TEST_CASE("seal: what is sealed opens with its key in its place, and nowhere else") {
  auto sealer = Sealer::make(Secret(std::string(32, 'k')));
  auto other = Sealer::make(Secret(std::string(32, 'o')));
  REQUIRE(sealer);
  REQUIRE(other);
  const std::string sealed = sealer->seal("place 1", "Camille Exemple");
  CHECK(sealed.find("Camille") == std::string::npos);
  CHECK(sealer->unseal("place 1", sealed)->reveal() == "Camille Exemple");
  CHECK(sealer->seal("place 1", "Camille Exemple") != sealed);
  CHECK_FALSE(sealer->unseal("place 2", sealed));
  CHECK_FALSE(other->unseal("place 1", sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(sealer->unseal("place 1", changed));
  }
  CHECK_FALSE(sealer->unseal("place 1", ""));
  CHECK(Sealer::make(Secret("short")).error().kind == ErrorKind::Config);
}

TEST_CASE("watch set: its bytes come back, small and large, and other bytes do not") {
  WatchSet set;
  for (WatchNumber i = 0; i < 300'000; i += i < 100'000 ? 1 : 777) set.add(i);
  set.add(0xFFFFFFFFU);
  const std::string bytes = set.bytes();
  auto read = WatchSet::from_bytes(bytes);
  REQUIRE(read);
  CHECK(read->bytes() == bytes);
  CHECK(read->size() == set.size());
  CHECK(WatchSet::from_bytes(WatchSet().bytes())->empty());
  for (std::size_t length = 0; length < 64; ++length) CHECK_FALSE(WatchSet::from_bytes(bytes.substr(0, length)));
  CHECK_FALSE(WatchSet::from_bytes(bytes + "x"));
  for (std::size_t at = 0; at < 8; ++at) {  // the header: any change of it is seen
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    CHECK_FALSE(WatchSet::from_bytes(changed));
  }
}

TEST_CASE("watch set: the operations of sets, and visits from a number on") {
  WatchSet a;
  WatchSet b;
  a.add_sorted(std::vector<WatchNumber>{1, 5, 70'000});
  b.add_sorted(std::vector<WatchNumber>{5, 9});
  WatchSet both = a;
  both.merge(b);
  CHECK(both.size() == 4);
  both.subtract(a);
  CHECK(both.size() == 1);
  CHECK(both.has(9));
  a.intersect(b);
  CHECK(a.size() == 1);
  a.remove(5);
  CHECK(a.empty());
  std::vector<WatchNumber> seen;
  WatchSet c;
  c.add_sorted(std::vector<WatchNumber>{1, 5, 70'000, 90'000});
  c.each(5, [&](WatchNumber number) {
    seen.push_back(number);
    return seen.size() < 2;
  });
  CHECK(seen == std::vector<WatchNumber>{5, 70'000});
  const WatchSet moved = std::move(c);
  CHECK(moved.size() == 4);
}
