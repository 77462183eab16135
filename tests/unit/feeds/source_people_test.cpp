// SPDX-License-Identifier: AGPL-3.0-or-later
// Whom a number counts, in the words of the French registers.
#include <doctest/doctest.h>

#include "feeds/normalise.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

TEST_CASE("people: whoever is a person is counted, whatever the register calls them") {
  struct Row {
    std::string_view text;
    std::int64_t count;
  };
  const Row kRows[] = {
      {"205 403 prospects", 205'403},
      {"186 abonnés, 8 administrateurs", 186},
      {"1 100 professionnels de la justice", 1'100},
      {"50 000 concitoyens", 50'000},
      {"447 000 licenciés", 447'000},
      {"12 assurées", 12},
      {"3 anciens élèves", 3},
  };
  for (const Row& row : kRows) {
    const auto read = parse_people(row.text, Language::French);
    REQUIRE_MESSAGE(read.has_value(), row.text);
    CHECK(read->count == row.count);
    CHECK(read->qualifier == Qualifier::Exact);
  }
}

TEST_CASE("people: homes, firms, files and shares are no persons") {
  for (const std::string_view text :
       {"3.5 millions de foyers", "3 600 entreprises (Acme, Beta)", "60Go, 97 000 fichiers", "20% des utilisateurs",
        "12 véhicules", "7 agences", "Credential stuffing", "Plusieurs dizaines de milliers de clients",
        "5.76Go, 3.8 millions de clients"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_people(text, Language::French).has_value());
  }
}
