// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/keys.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace vigifuite;
using namespace vigifuite::index;
using namespace std::string_literals;

TEST_CASE("keys: what is built is parsed again, with the bytes we promised") {
  struct Item {
    std::string source, key, bytes;
  };
  for (const Item& item : std::vector<Item>{{"hibp", "Adobe", "hibp\0Adobe"s},
                                            {"a", "", "a\0"s},
                                            {"rss", "b\0c"s, "rss\0b\0c"s},
                                            {"fr", "é\xff", "fr\0é\xff"s}}) {
    CHECK(item_key(item.source, item.key) == item.bytes);
    const auto parsed = parse_item_key(item.bytes);
    REQUIRE(parsed);
    CHECK(parsed->head == item.source);
    CHECK(parsed->tail == item.key);
  }
  CHECK(organisation_row_key("cnam", "fr-cnam-2024-01") == "cnam\0fr-cnam-2024-01"s);
  CHECK(organisation_row_key("~acme", "") == "~acme\0"s);
  CHECK(parse_organisation_row_key("~acme\0"s)->tail.empty());
  CHECK(date_row_key({2024, 3, 13}, "x") == "\xF8\x17\xFC\xF2x"s);
  CHECK(part_key("mgen", 0x0102) == "mgen\0\x01\x02"s);
  CHECK(part_key("mgen", 7).starts_with(part_prefix("mgen")));
  CHECK(watch_key(0x01020304U) == "\x01\x02\x03\x04"s);
  CHECK(campaign_key(5) == "\0\0\0\0\0\0\0\x05"s);
  CHECK(parse_watch_key(watch_key(0xFFFFFFFFU)) == 0xFFFFFFFFU);
  CHECK(parse_campaign_key(campaign_key(~std::uint64_t{0})) == ~std::uint64_t{0});
  CHECK(parse_part_key(part_key("a", 65'535))->part == 65'535);
}

TEST_CASE("keys: every precision of a date comes back from its row") {
  for (const PartialDate date : {PartialDate{2024, 0, 0}, PartialDate{2024, 12, 0}, PartialDate{1970, 1, 1},
                                 PartialDate{9999, 12, 31}, PartialDate{}}) {
    const std::string key = date_row_key(date, "id");
    const auto row = parse_date_row_key(key);
    REQUIRE(row);
    CHECK(row->date == date);
    CHECK(row->incident == "id");
  }
}

TEST_CASE("keys: rows by date are in order newest first, the less precise after the more precise") {
  const std::vector<PartialDate> newest_first = {{2025, 1, 2},   {2025, 1, 1}, {2025, 1, 0}, {2025, 0, 0},
                                                 {2024, 12, 31}, {2024, 0, 0}, {1999, 5, 5}};
  std::vector<std::string> keys;
  for (const PartialDate date : newest_first) keys.push_back(date_row_key(date, "x"));
  CHECK(std::is_sorted(keys.begin(), keys.end()));
}

TEST_CASE("keys: what we never wrote is not parsed") {
  for (const std::string& bad : {""s, "nozero"s, "\0tail"s}) {
    CHECK_FALSE(parse_item_key(bad));
    CHECK_FALSE(parse_organisation_row_key(bad));
    CHECK_FALSE(parse_part_key(bad));
  }
  for (const std::string& bad : {""s, "\xF8\x17\xFC\xF2"s /* no incident */, "\xF8\x17\xF2\xF2x"s /* month 13 */,
                                 "\xF8\x17\xFC\xDFx"s /* day 32 */, "\x7F\xFF\xFF\xFFx"s /* year -32768 */}) {
    CHECK_FALSE(parse_date_row_key(bad));
  }
  for (const std::string& bad : {"a\0"s, "a\0b"s, "a\0bcd"s}) CHECK_FALSE(parse_part_key(bad));
  CHECK_FALSE(parse_watch_key("123"));
  CHECK_FALSE(parse_watch_key("12345"));
  CHECK_FALSE(parse_campaign_key("1234"));
  CHECK_FALSE(can_lead(""));
  CHECK_FALSE(can_lead("a\0b"s));
}
