// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/delay.hpp"

#include <doctest/doctest.h>

#include "schemas/core/instant.hpp"

using namespace vigifuite;
using std::chrono::sys_days;

namespace {

sys_days on(std::string_view text) {
  return parse_partial_date(text).value().first_day();
}

std::string shown(sys_days day) {
  return to_string(date_of(Instant(day)));
}

}  // namespace

TEST_CASE("delay: a month ends on the same day of the next, or on its last day") {
  CHECK(shown(add_months(on("2026-09-01"), 1)) == "2026-10-01");
  CHECK(shown(add_months(on("2026-01-31"), 1)) == "2026-02-28");
  CHECK(shown(add_months(on("2028-01-31"), 1)) == "2028-02-29");
  CHECK(shown(add_months(on("2026-11-30"), 3)) == "2027-02-28");
  CHECK(shown(add_months(on("2026-12-15"), 13)) == "2028-01-15");
}

TEST_CASE("delay: the last day moves to the next working day") {
  CHECK(shown(end_of(on("2026-09-03"), {1, 0})) == "2026-10-05");  // Saturday 3 October
  CHECK(shown(end_of(on("2026-09-04"), {1, 0})) == "2026-10-05");  // Sunday
  CHECK(shown(end_of(on("2026-09-05"), {1, 0})) == "2026-10-05");
  CHECK(shown(end_of(on("2026-11-25"), {1, 0})) == "2026-12-28");  // Christmas, then a week-end
  CHECK(shown(end_of(on("2026-11-16"), {0, 8})) == "2026-11-24");
}

TEST_CASE("delay: the eleven public holidays, those of Easter among them") {
  for (const char* day :
       {"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15",
        "2026-11-01", "2026-11-11", "2026-12-25", "2024-04-01", "2024-05-09", "2024-05-20", "2038-04-26"}) {
    CHECK_MESSAGE(!is_working_day(on(day)), day);
  }
  for (const char* day : {"2026-04-03", "2026-04-07", "2026-05-15", "2026-05-26", "2026-11-02", "2026-12-24"}) {
    CHECK_MESSAGE(is_working_day(on(day)), day);
  }
}
