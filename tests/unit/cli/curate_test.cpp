// SPDX-License-Identifier: AGPL-3.0-or-later
// What a curator looks at again and corrects.
#include "schemas/core/json_in.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {
namespace {

using Words = std::vector<std::string>;

const std::string kIncident = "mutuelle-des-ports-2025-03";

struct Case {
  const char* name;
  Words words;
  std::map<std::string, std::string> documents = {};
  int code = 0;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"incident-show-text", {"incident", "show", kIncident}},
      {"incidents-unsure", {"incidents", "--unsure"}, {{"GET /api/v1/incidents", "incidents-unsure"}}},
      {"incidents-unsure-none", {"incidents", "--unsure"}, {{"GET /api/v1/incidents", "incidents-unsure-none"}}},
      {"incident-correct",
       {"incident", "correct", kIncident, "people=12400", "exposed=+nir", "--because", "Communiqué relu."}},
      {"incident-correct-withdraw",
       {"incident", "correct", kIncident, "--withdraw", "1", "--because", "Erreur de ma part."}},
      {"incident-correct-nothing", {"incident", "correct", kIncident, "--because", "x"}, {}, 2},
      {"incident-correct-both",
       {"incident", "correct", kIncident, "people=1", "--withdraw", "1", "--because", "x"},
       {},
       2},
      {"incident-correct-why", {"incident", "correct", kIncident, "people=1"}, {}, 2},
      {"incident-correct-unknown", {"incident", "correct", "nothing", "people=1", "--because", "x"}, {}, 2},
      {"incident-corrections", {"incident", "corrections"}},
      {"incident-corrections-none", {"incident", "corrections"}, {{"GET /api/v1/corrections", "corrections-none"}}},
      {"incident-corrections-jsonl", {"incident", "corrections", "--jsonl"}},
      {"incident-merge", {"incident", "merge", kIncident, "mutuelle-des-ports-2025", "--because", "Même vol."}},
      {"incident-merge-why", {"incident", "merge", kIncident, "mutuelle-des-ports-2025"}, {}, 2},
      {"incident-split", {"incident", "split", kIncident, "fuites:a:1", "--because", "Une filiale."}},
      {"incident-split-form", {"incident", "split", kIncident, "fuites", "--because", "Une filiale."}, {}, 2},
      {"incident-undecided", {"incident", "undecided"}},
      {"incident-undecided-none", {"incident", "undecided"}, {{"GET /api/v1/undecided", "undecided-none"}}},
      {"help-incident-merge", {"incident", "merge", "--help"}},
      {"help-incident-split", {"incident", "split", "--help"}},
      {"help-incident-correct", {"incident", "correct", "--help"}},
  };
  return all;
}

}  // namespace

TEST_CASE("curate: every page in both languages, within 80 columns, with its exit code") {
  for (const Case& one : cases()) {
    for (const std::string language : {"fr", "en"}) {
      CAPTURE(one.name);
      CAPTURE(language);
      Run run;
      run.environment["LANG"] = language == "fr" ? "fr_FR.UTF-8" : "en_GB.UTF-8";
      for (const auto& [request, document] : one.documents) run.answers[request] = {document};
      run(one.words);
      CHECK(run.code == one.code);
      check_width(run.out);
      golden(std::string(one.name) + "." + language + ".txt", transcript(one.words, run));
    }
  }
}

TEST_CASE("curate: a correction reaches the API as it was typed") {
  Run run;
  run({"incident", "correct", kIncident, "people=~1 200", "organisation=CHU de Rennes", "exposed=+iban,-nir",
       "title=", "--because", "Communiqué du 3 mars"});
  REQUIRE(run.asked.size() == 1);
  CHECK(run.asked[0].method == "POST");
  JsonParser parser;
  const JsonValue body = *parser.parse(run.asked[0].body);
  Words set;
  for (const auto setting : body["set"].items()) set.emplace_back(JsonValue(setting).text());
  CHECK(set == Words{"people=~1 200", "organisation=CHU de Rennes", "exposed=+iban,-nir", "title="});
  CHECK(body["because"].text() == "Communiqué du 3 mars");
  CHECK(body["language"].text() == "fr");
}

TEST_CASE("curate: --unsure asks for what is to be looked at again, and other filters still hold") {
  Run run;
  run.answers["GET /api/v1/incidents"] = {"incidents-unsure"};
  run({"incidents", "mutuelle", "--unsure", "--since", "2025"});
  REQUIRE_FALSE(run.asked.empty());
  CHECK(run.asked[0].query.at("unsure") == "1");
  CHECK(run.asked[0].query.at("since") == "2025");
  CHECK(run.asked[0].query.at("words") == "mutuelle");
  run({"incidents"});
  CHECK_FALSE(run.asked[0].query.contains("unsure"));
}

TEST_CASE("curate: --json prints the documents") {
  Run run;
  CHECK(run({"incident", "corrections", "--json"}).out == slurp(kGolden / "api" / "corrections.json") + "\n");
  CHECK(run({"incident", "correct", kIncident, "people=1", "--because", "x", "--json"}).out ==
        slurp(kGolden / "api" / "correction.json") + "\n");
  CHECK(run({"incident", "correct", kIncident, "people=1", "--because", "x", "--quiet"}).out.empty());
}

}  // namespace vigifuite::cli::test
