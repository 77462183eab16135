// SPDX-License-Identifier: AGPL-3.0-or-later
// `organisations import`: the list goes to the output or to a new file, what became of the rows to the error stream.
#include <doctest/doctest.h>

#include "tests/support/temp_dir.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {

TEST_CASE("organisations import: the list is what is written, the rows are told beside it") {
  Run fake;
  CHECK(fake({"organisations", "import", "cnil-dpo", "liste.csv", "--date", "2026-05"}).code == 0);
  REQUIRE(fake.registers.size() == 1);
  CHECK(fake.registers[0].format == "cnil-dpo");
  CHECK(fake.registers[0].file == "liste.csv");
  CHECK(fake.registers[0].date == PartialDate{2026, 5, 0});
  CHECK(fake.out == "{\"items\":[]}\n");
  CHECK(fake.err.find("ligne 7") != std::string::npos);
  CHECK(fake.err.find("et 2 autres") != std::string::npos);
}

TEST_CASE("organisations import: an output file is new, and what to do with it is said") {
  const vigifuite::test::TempDir place;
  const std::string file = (place / "liste.json").string();
  Run fake;
  CHECK(fake({"organisations", "import", "annuaire", "x.json", "--output", file}).code == 0);
  CHECK(slurp(file) == "{\"items\":[]}\n");
  CHECK(fake.out.empty());
  CHECK(fake.err.find("organisations.d") != std::string::npos);
  Run again;
  CHECK(again({"organisations", "import", "annuaire", "x.json", "--output", file}).code == 2);
  CHECK(slurp(file) == "{\"items\":[]}\n");
}

TEST_CASE("organisations import: a register nobody knows is refused before anything is read") {
  Run fake;
  CHECK(fake({"organisations", "import", "bottin", "x"}).code == 2);
  CHECK(fake.registers.empty());
}

TEST_CASE("organisations import: its help fits a terminal, in both languages") {
  for (const char* language : {"fr", "en"}) {
    Run fake;
    CHECK(fake({"organisations", "import", "--help", "--lang", language}).code == 0);
    check_width(fake.out);
    golden(std::string("help-organisations-import.") + language + ".txt", fake.out);
  }
}

}  // namespace vigifuite::cli::test
