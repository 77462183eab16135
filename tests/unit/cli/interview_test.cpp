// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/years.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/profile.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {
namespace {

PartialDate year(int value) {
  return value == 0 ? PartialDate{} : PartialDate{static_cast<std::int16_t>(value), 0, 0};
}

Run interactive(const std::string& input, const char* language = "fr_FR.UTF-8") {
  Run run;
  run.terminal = true;
  run.environment = {{"LANG", language}, {"NO_COLOR", "1"}};
  run.input = input;
  run({"check"});
  return run;
}

/// The ties that were sent to be checked.
std::vector<Tie> ties_sent(const Run& run) {
  for (const http::ApiRequest& request : run.asked) {
    if (request.path != "/api/v1/check") continue;
    JsonParser parser;
    const auto json = parser.parse(request.body);
    REQUIRE(json);
    auto profile = read_profile(*json);
    REQUIRE(profile);
    return profile->ties;
  }
  return {};
}

}  // namespace

TEST_CASE("years are understood as people type them") {
  struct Row {
    const char* answer;
    int from, to;
    bool ongoing;
  };
  const Row rows[] = {
      {"2009-2013", 2009, 2013, false},
      {"2009..2013", 2009, 2013, false},
      {"2009 – 2013", 2009, 2013, false},
      {"de 2009 à 2013", 2009, 2013, false},
      {"entre 2009 et 2013", 2009, 2013, false},
      {"from 2009 to 2013", 2009, 2013, false},
      {"2009 2013", 2009, 2013, false},
      {"depuis 2019", 2019, 0, true},
      {"Depuis l'année 2019", 2019, 0, true},
      {"à partir de 2019", 2019, 0, true},
      {"since 2019", 2019, 0, true},
      {"2019..", 2019, 0, true},
      {"2019-", 2019, 0, true},
      {"2019 à aujourd'hui", 2019, 0, true},
      {"2019, j'y suis encore", 2019, 0, true},
      {"2015", 2015, 2015, false},
      {"en 2015", 2015, 2015, false},
      {"vers 2015", 2015, 2015, false},
      {"jusqu'en 2018", 0, 2018, false},
      {"jusqu’en 2018", 0, 2018, false},
      {"until 2018", 0, 2018, false},
      {"..2018", 0, 2018, false},
      {"-2018", 0, 2018, false},
      {"avant 2018", 0, 2018, false},
      {"je ne sais plus", 0, 0, false},
      {"sais pas", 0, 0, false},
      {"I don't know", 0, 0, false},
      {"je ne m'en souviens pas", 0, 0, false},
      {"?", 0, 0, false},
      {"toujours", 0, 0, true},
      {"  2009-2013  ", 2009, 2013, false},
      {"depuis 2009 jusqu'en 2013", 2009, 2013, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.answer);
    const auto stay = parse_years(row.answer);
    REQUIRE(stay.has_value());
    CHECK(*stay == Stay{{year(row.from), year(row.to)}, row.ongoing});
  }
}

TEST_CASE("years that make no sense are asked again, never guessed") {
  for (const char* answer : {"", "  ", "bonjour", "2013-2009", "09-13", "20", "12009", "2009-2013-2017", "3000",
                             "mars 2019", "\xff\xfe", "2009\xff x", "--", "2019 2020 toujours"}) {
    CAPTURE(answer);
    CHECK_FALSE(parse_years(answer).has_value());
  }
}

TEST_CASE("an interactive check asks, understands and answers, in both languages") {
  for (const std::string language : {"fr", "en"}) {
    Run run = interactive(
        "pole emploi\n2009-2013\nharmonie\n" + std::string(language == "fr" ? "depuis" : "since") + " 2019\n\n",
        language == "fr" ? "fr_FR" : "en_GB");
    CHECK(run.code == 1);
    golden("interview." + language + ".txt", run.out);
    const auto ties = ties_sent(run);
    REQUIRE(ties.size() == 2);
    CHECK(ties[0].organisation.id == "france-travail");
    CHECK(ties[0].period == Period{year(2009), year(2013)});
    CHECK(ties[1].organisation.id == "harmonie-mutuelle");
    CHECK(ties[1].ongoing);
    CHECK(run.err.empty());
  }
}

TEST_CASE("an interactive check lists, proposes near names, and keeps a body it does not know") {
  Run run = interactive("?\nemplois\n9\n1\nje ne sais plus\nboulangerie\n\nquand\nhier\nmais si\nCAF\n2020\n\n");
  golden("interview-proposals.fr.txt", run.out);
  const auto ties = ties_sent(run);
  REQUIRE(ties.size() == 3);
  CHECK(ties[0].organisation.id == "france-travail");
  CHECK_FALSE(ties[0].period.known());
  CHECK(ties[1].organisation.id.empty());
  CHECK(ties[1].organisation.name == "boulangerie");
  CHECK_FALSE(ties[1].period.known());
  CHECK(ties[2].organisation.id == "caf");
}

TEST_CASE("the end of the input ends the questions wherever it comes") {
  CHECK(interactive("").code == 2);
  CHECK(ties_sent(interactive("CAF")).size() == 1);
  CHECK(ties_sent(interactive("CAF\n")).size() == 1);
  CHECK(ties_sent(interactive("CAF\n20")).size() == 1);
  CHECK(ties_sent(interactive("zorglub\n")).empty());
}

TEST_CASE("an interactive check stores nothing: it only reads and asks") {
  const Run run = interactive("CAF\n2020\n\n");
  for (const http::ApiRequest& request : run.asked) {
    CHECK((request.method == "GET" || request.path == "/api/v1/check"));
  }
}

TEST_CASE("bytes that are not text do no harm") {
  const Run run = interactive("\xff\xfe\x1b[2J CAF\n\n2020\n" + std::string(5000, 'x') + "\n\n2021\n\n");
  CHECK(run.out.find('\x1b') == std::string::npos);
  const auto ties = ties_sent(run);
  REQUIRE(ties.size() == 2);
  CHECK(ties[0].period.known());
  CHECK(ties[1].organisation.name.size() <= 300);
}

TEST_CASE("without a terminal nothing is asked") {
  Run run;
  run.input = "CAF\n\n";
  CHECK(run({"check"}).code == 2);
  CHECK(run.asked.empty());
}

}  // namespace vigifuite::cli::test
