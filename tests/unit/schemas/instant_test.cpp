// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/instant.hpp"

#include <doctest/doctest.h>

using namespace vigifuite;

TEST_CASE("partial date: year, month and day precision are read and written back") {
  for (const char* text : {"2024", "2024-03", "2024-03-13", "2024-02-29"}) {
    const auto date = parse_partial_date(text);
    REQUIRE(date);
    CHECK(to_string(*date) == text);
  }
}

TEST_CASE("partial date: impossible or unknown writings are refused") {
  for (const char* text : {"", "24", "2024-13", "2024-00", "2023-02-29", "2024-3-1", "2024/03/13", "2024-03-13T", "abcd"}) {
    CHECK_FALSE(parse_partial_date(text));
  }
}

TEST_CASE("partial date: it spans from the first to the last day it can mean") {
  CHECK(to_string(Instant{parse_partial_date("2024-02")->last_day()}) == "2024-02-29T00:00:00Z");
  CHECK(to_string(Instant{parse_partial_date("2023")->first_day()}) == "2023-01-01T00:00:00Z");
  CHECK(to_string(Instant{parse_partial_date("2023")->last_day()}) == "2023-12-31T00:00:00Z");
}

TEST_CASE("RFC 3339: offsets, fractions and the plain date are understood, rubbish is not") {
  CHECK(to_string(*parse_rfc3339("2018-07-09T22:16:26Z")) == "2018-07-09T22:16:26Z");
  CHECK(to_string(*parse_rfc3339("2026-07-01T02:00:00.123+02:00")) == "2026-07-01T00:00:00Z");
  CHECK(to_string(*parse_rfc3339("2026-07-01")) == "2026-07-01T00:00:00Z");
  for (const char* text : {"2026-07-01T25:00:00Z", "2026-07-01T10:00", "2026-07-01T10:00:00+2", "2026-07-01T10:00:00.Z", "hier"}) {
    CHECK_FALSE(parse_rfc3339(text));
  }
}
