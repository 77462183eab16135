// SPDX-License-Identifier: AGPL-3.0-or-later
// `vigifuite letter` on a terminal: what is asked, and what is made of the answers.

#include <unistd.h>

#include "schemas/core/json_in.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {
namespace {

Run interactive(const std::string& input, std::vector<std::string> arguments, const char* language = "fr_FR.UTF-8") {
  Run run;
  run.terminal = true;
  run.environment = {{"LANG", language}, {"NO_COLOR", "1"}};
  run.input = input;
  run(arguments);
  return run;
}

/// The body of the last request to a path.
std::string last_body(const Run& run, std::string_view path) {
  std::string out;
  for (const http::ApiRequest& request : run.asked) {
    if (request.path == path) out = request.body;
  }
  return out;
}

/// The first leak, a request of 10 November that was acknowledged, no complaint, the criminal complaint; then what it
/// asks: a birth date (wrong, then right), whether somebody broke in, an amount; no file.
constexpr const char* kAnswers = "1\n2026-11-10\n2\n2026-11-12\n\n2\n31/12/1980\n1980-12-31\n1\n\n\n";

}  // namespace

TEST_CASE("a letter is asked for question by question, shown, and written nowhere unless a file is named") {
  for (const std::string language : {"fr", "en"}) {
    Run run = interactive(kAnswers, {"letter", "--watch", "3"}, language == "fr" ? "fr_FR" : "en_GB");
    CHECK(run.code == 0);
    golden("letter-interview." + language + ".txt", run.out);
  }
}

TEST_CASE("what was answered is what is sent, and what is known is not asked") {
  Run run = interactive(kAnswers, {"letter", "--watch", "3"});
  const std::string body = last_body(run, "/api/v1/letters");
  JsonParser parser;
  const auto json = parser.parse(body);
  REQUIRE(json);
  CHECK((*json)["kind"].text() == "plainte-penale");
  CHECK((*json)["incident"].text() == "france-travail-cap-emploi-2024-03");
  CHECK((*json)["watch"].integer() == 3);
  CHECK((*json)["details"]["birth_date"].text() == "1980-12-31");
  CHECK((*json)["details"]["intrusion"].text() == "oui");
  CHECK_FALSE((*json)["details"]["amount"]);
  CHECK(body.find("2026-11-10") != std::string::npos);
  CHECK(run.out.find("Vos prénom et nom") == std::string::npos);
  CHECK(run.out.find("Vous avez déjà envoyé") == std::string::npos);
}

TEST_CASE("the end of the input ends the questions wherever it comes, and writes nothing") {
  const std::string answers = kAnswers;
  for (std::size_t end = 0; end < answers.size(); ++end) {
    if (end != 0 && answers[end - 1] != '\n') continue;
    Run run = interactive(answers.substr(0, end), {"letter", "--watch", "3"});
    CAPTURE(end);
    CHECK(run.code == 0);
    CHECK(run.err.find("vigifuite :") == std::string::npos);
  }
}

TEST_CASE("only what is missing is asked: a kind and an incident given are not") {
  Run run = interactive("\n\n\n1\n\n\n", {"letter", "plainte-penale", "france-travail-cap-emploi-2024-03"});
  CHECK(run.out.find("De quelle fuite") == std::string::npos);
  CHECK(run.out.find("Quelle lettre") == std::string::npos);
  run = interactive("", {"letter"});
  CHECK(run.out.find("?") != std::string::npos);
  run.terminal = false;
  CHECK(run({"letter"}).code == 2);
  CHECK(run.asked.empty());
}

}  // namespace vigifuite::cli::test
