// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "daemon/cli/page.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {
namespace {

using Words = std::vector<std::string>;

struct Case {
  const char* name;
  Words words;
  std::map<std::string, std::string> documents = {};  ///< request -> document, in place of the usual one
  int code = 0;
};

const Words kTies = {"check", "--tie", "Pôle emploi:2009..2013", "--tie", "Harmonie Mutuelle:2019.."};
const std::string kCheck = "POST /api/v1/check";
const std::string kIncident = "france-travail-cap-emploi-2024-03";

Words with(Words words, const std::string& more) {
  words.push_back(more);
  return words;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"check", kTies, {}, 1},
      {"check-all", with(kTies, "--all"), {}, 1},
      {"check-watch", {"check", "--watch", "3"}, {}, 1},
      {"check-possible", kTies, {{kCheck, "check-possible"}}, 1},
      {"check-affected", kTies, {{kCheck, "check-affected"}}, 1},
      {"check-none", kTies, {{kCheck, "check-none"}}, 0},
      {"check-not-affected", kTies, {{kCheck, "check-not-affected"}}, 0},
      {"check-stale", kTies, {{kCheck, "check-stale"}}, 3},
      {"check-partial", kTies, {{kCheck, "check-partial"}}, 3},
      {"check-never", kTies, {{kCheck, "check-never"}}, 3},
      {"check-undetermined", kTies, {{kCheck, "check-undetermined"}}, 3},
      {"check-unknown", kTies, {{kCheck, "check-unknown"}}, 3},
      {"check-hostile", with(kTies, "--all"), {{kCheck, "check-hostile"}}, 1},
      {"check-quiet", with(kTies, "--quiet"), {}, 1},
      {"update", {"update"}},
      {"update-quiet", {"update", "--quiet"}},
      {"update-failed", {"update", "--source", "frenchbreaches"}, {{"POST /api/v1/update", "update-failed"}}, 2},
      {"incidents", {"incidents", "travail", "--since", "2024"}},
      {"incidents-texts", {"incidents", "--texts", "caf"}, {{"GET /api/v1/notices", "notices"}}},
      {"incidents-texts-wrong", {"incidents", "--texts", "--since", "2026"}, {}, 2},
      {"incidents-one", {"incidents"}, {{"GET /api/v1/incidents", "incidents-one"}}},
      {"incident-show", {"incident", "show", kIncident}},
      {"incident-history", {"incident", "history", kIncident}},
      {"incident-unknown", {"incident", "show", "nothing"}, {}, 2},
      {"watch-list", {"watch", "list"}},
      {"watch-list-empty", {"watch", "list"}, {{"GET /api/v1/watch", "watch-list-empty"}}},
      {"watch-add", {"watch", "add", "--tie", "CAF:2019..", "--label", "moi"}},
      {"watch-show", {"watch", "show", "3"}},
      {"watch-show-unknown", {"watch", "show", "99"}, {}, 2},
      {"watch-remove", {"watch", "remove", "3"}},
      {"watch-export", {"watch", "export"}},
      {"watch-notified", {"watch", "notified", "3", kIncident, "--date", "2024-03-20", "--how", "courriel"}},
      {"alerts", {"alerts"}},
      {"alerts-empty", {"alerts", "--pending"}, {{"GET /api/v1/alerts", "alerts-empty"}}},
      {"alerts-show", {"alerts", "show", "12-3"}},
      {"alerts-ack", {"alerts", "ack", "12-3"}},
      {"letter", {"letter", "cnil", kIncident, "--tie", "Pôle emploi:2009..2013"}},
      {"letter-kinds", {"letter", "kinds"}},
      {"letter-kinds-possible", {"letter", "kinds", kIncident, "--watch", "3", "--sent", "acces=2026-11-10,courriel"}},
      {"letter-kinds-who", {"letter", "kinds", kIncident}, {}, 2},
      {"letter-sent-wrong", {"letter", "relance", kIncident, "--watch", "3", "--sent", "acces"}, {}, 2},
      {"letter-answer-wrong", {"letter", "relance", kIncident, "--watch", "3", "--answer", "acces=hier"}, {}, 2},
      {"letter-detail-wrong", {"letter", "relance", kIncident, "--watch", "3", "--detail", "birth_date"}, {}, 2},
      {"case-open", {"case", "open", kIncident, "--watch", "3"}},
      {"case-list", {"case", "list"}},
      {"case-list-empty", {"case", "list"}, {{"GET /api/v1/cases", "case-list-empty"}}},
      {"case-show", {"case", "show", "3/" + kIncident}},
      {"case-sent-wrong", {"case", "sent", "3/" + kIncident, "hier"}, {}, 2},
      {"case-answer-wrong", {"case", "answer", "3/" + kIncident, "acces=2026-11-10,oui"}, {}, 2},
      {"case-note-wrong", {"case", "note", "3/" + kIncident, "un appel", "--cost", "douze"}, {}, 2},
      {"case-calendar", {"case", "calendar"}},
      {"organisations", {"organisations"}},
      {"organisations-none", {"organisations", "zorglub"}, {{"GET /api/v1/organisations", "organisations-none"}}},
      {"categories", {"categories"}},
      {"sources", {"sources"}},
      {"sources-show", {"sources", "show", "frenchbreaches"}},
      {"sources-unknown", {"sources", "show", "nothing"}, {}, 2},
      {"stats", {"stats"}},
      {"config-check", {"config", "check"}},
      {"config-check-wrong", {"config", "check", "/etc/x.toml"}, {}, 2},
      {"doctor", {"doctor"}},
      {"doctor-law", {"doctor", "--law"}},
      {"doctor-bad", {"doctor", "--reindex"}, {{"POST /api/v1/doctor", "doctor-bad"}}, 2},
      {"backup", {"backup", "/srv/backup"}},
      {"restore", {"restore", "/srv/backup"}},
      {"help", {"--help"}},
      {"help-check", {"check", "--help"}},
      {"help-watch", {"watch", "--help"}},
      {"help-letter", {"letter", "-h"}},
      {"help-incidents", {"incidents", "--help"}},
      {"nothing", {}},
      {"usage-unknown-command", {"chek"}, {}, 2},
      {"usage-unknown-option", {"check", "--tye", "x"}, {}, 2},
      {"usage-value-missing", {"check", "--tie"}, {}, 2},
      {"usage-number", {"incidents", "--limit", "many"}, {}, 2},
      {"usage-date", {"incidents", "--since", "13/03/2024"}, {}, 2},
      {"usage-choice", {"letter", "cnil", "x", "--watch", "1", "--format", "docx"}, {}, 2},
      {"usage-missing", {"incident", "show"}, {}, 2},
      {"usage-group", {"watch"}, {}, 2},
      {"usage-check", {"check"}, {}, 2},
      {"usage-tie", {"check", "--tie", "CAF:hier"}, {}, 2},
      {"usage-twice", {"check", "--profile", "a", "--profile", "b"}, {}, 2},
      {"usage-letter", {"letter", "cnil", "x"}, {}, 2},
      {"usage-watch-alone", {"check", "--watch", "1", "--tie", "x"}, {}, 2},
      {"usage-states", {"alerts", "--pending", "--sent"}, {}, 2},
      {"usage-profile-missing", {"check", "--profile", "/nonexistent/profile.json"}, {}, 2},
  };
  return all;
}

Run run_case(const Case& one, const char* language) {
  Run run;
  run.environment["LANG"] = language;
  for (const auto& [request, document] : one.documents) run.answers[request] = {document};
  run(one.words);
  return run;
}

}  // namespace

TEST_CASE("every command prints its page in both languages, within 80 columns, with its exit code") {
  for (const Case& one : cases()) {
    for (const std::string language : {"fr", "en"}) {
      CAPTURE(one.name);
      CAPTURE(language);
      const Run done = run_case(one, language == "fr" ? "fr_FR.UTF-8" : "en_GB.UTF-8");
      CHECK(done.code == one.code);
      const std::string text = transcript(one.words, done);
      check_width(done.out);
      CHECK(text.find('\x1b') == std::string::npos);
      golden(std::string(one.name) + "." + language + ".txt", text);
    }
  }
}

TEST_CASE("a terminal gets bold words, the words themselves do not change") {
  Run plain, coloured;
  plain(kTies);
  coloured.terminal = true;
  coloured.environment["TERM"] = "xterm";
  coloured(kTies);
  CHECK(coloured.out.find("\x1b[1m") != std::string::npos);
  std::string stripped;
  for (std::size_t i = 0; i < coloured.out.size(); ++i) {
    if (coloured.out[i] == '\x1b')
      i = coloured.out.find('m', i);
    else
      stripped += coloured.out[i];
  }
  CHECK(stripped == plain.out);
}

TEST_CASE("NO_COLOR, a dumb terminal and a pipe get no escape sequence") {
  for (const std::string name : {"NO_COLOR", "TERM"}) {
    Run run;
    run.terminal = true;
    run.environment[name] = name == "TERM" ? "dumb" : "1";
    run(kTies);
    CAPTURE(name);
    CHECK(run.out.find('\x1b') == std::string::npos);
  }
  Run piped;
  CHECK(piped(kTies).out.find('\x1b') == std::string::npos);
}

TEST_CASE("pages fit narrow and wide terminals") {
  for (const std::size_t columns : {40U, 60U, 100U, 300U}) {
    Run run;
    run.terminal = true;
    run.environment["NO_COLOR"] = "1";
    run.columns = columns;
    run({"check", "--watch", "3", "--all"});
    std::istringstream lines(run.out);
    std::string line;
    while (std::getline(lines, line)) {
      if (line.find("vigifuite letter") != std::string::npos) continue;  // a command is never cut inside a word
      CAPTURE(line);
      CHECK(display_width(line) <= std::min<std::size_t>(columns, 100));
    }
  }
}

TEST_CASE("--json prints the document of the API, byte for byte, and the same exit codes") {
  struct Row {
    Words words;
    const char* document;
    int code;
  };
  const std::vector<Row> rows = {{kTies, "check", 1},
                                 {{"update"}, "update", 0},
                                 {{"incidents"}, "incidents", 0},
                                 {{"incident", "show", kIncident}, "incident", 0},
                                 {{"incident", "history", kIncident}, "history", 0},
                                 {{"watch", "list"}, "watch-list", 0},
                                 {{"watch", "export"}, "watch-list", 0},
                                 {{"watch", "remove", "3"}, "done", 0},
                                 {{"alerts"}, "alerts", 0},
                                 {{"alerts", "show", "12-3"}, "alert", 0},
                                 {{"letter", "kinds"}, "letter-kinds", 0},
                                 {{"organisations"}, "organisations", 0},
                                 {{"categories"}, "categories", 0},
                                 {{"sources"}, "sources", 0},
                                 {{"stats"}, "stats", 0},
                                 {{"doctor"}, "doctor", 0}};
  for (const Row& row : rows) {
    Run run;
    run(with(row.words, "--json"));
    CAPTURE(row.document);
    CHECK(run.code == row.code);
    CHECK(run.out == slurp(kGolden / "api" / (std::string(row.document) + ".json")) + "\n");
    CHECK(run.err.empty());
  }
}

TEST_CASE("--version answers at once: no store is opened, whatever else is said") {
  Run run;
  CHECK(run({"check", "--tie", "CAF", "--version"}).code == 0);
  CHECK(run.out == "vigifuite " VIGIFUITE_VERSION "\n");
  CHECK(run.opened == 0);
}

TEST_CASE("the language is the locale's, French when there is none, and --lang wins") {
  const auto first_word = [](std::map<std::string, std::string> environment, Words words) {
    Run run;
    run.environment = std::move(environment);
    return run(words).out.substr(0, 14);
  };
  CHECK(first_word({}, {"--help"}) == "vigifuite dit ");
  CHECK(first_word({{"LANG", "C.UTF-8"}}, {"--help"}) == "vigifuite dit ");
  CHECK(first_word({{"LANG", "POSIX"}}, {"--help"}) == "vigifuite dit ");
  CHECK(first_word({{"LANG", "fr_BE.UTF-8"}}, {"--help"}) == "vigifuite dit ");
  CHECK(first_word({{"LANG", "en_US.UTF-8"}}, {"--help"}) == "vigifuite tell");
  CHECK(first_word({{"LANG", "de_DE.UTF-8"}}, {"--help"}) == "vigifuite tell");
  CHECK(first_word({{"LANG", "fr_FR"}, {"LC_ALL", "en_GB"}}, {"--help"}) == "vigifuite tell");
  CHECK(first_word({{"LANG", "en_GB"}}, {"--help", "--lang", "fr"}) == "vigifuite dit ");
  CHECK(first_word({{"LANG", "fr_FR"}}, {"--lang=en", "--help"}) == "vigifuite tell");
}

TEST_CASE("what a store refuses is said in one sentence, with what to do") {
  Run run;
  run.answers["GET /api/v1/stats"] = {"problem-storage", 500};
  CHECK(run({"stats"}).code == 2);
  CHECK(run.out.empty());
  CHECK(run.err == "vigifuite\u00A0: le dépôt /var/lib/x sert à un autre programme\n");
  CHECK(run({"stats", "--lang", "en"}).err == "vigifuite: the store /var/lib/x is in use by another process\n");
}

TEST_CASE("an error is one line in a log, and folded on a terminal") {
  Run log, person;
  log({"check", "--tie", "CAF:hier"});
  CHECK(std::count(log.err.begin(), log.err.end(), '\n') == 1);
  person.terminal = true;
  person({"check", "--tie", "CAF:hier"});
  check_width(person.err);
}

TEST_CASE("words that are also names of commands can be searched for") {
  Run run;
  run({"incidents", "stats", "watch", "update"});
  REQUIRE(run.asked.size() == 1);
  CHECK(run.asked.front().query.at("words") == "stats watch update");
}

TEST_CASE("the filters of incidents reach the API") {
  Run run;
  run({"incidents", "--organisation", "caf", "--category", "nir", "--since", "2024", "--until", "2024-06", "--status",
       "confirmed", "--public-service", "--limit", "5"});
  REQUIRE(run.asked.size() == 1);
  const std::map<std::string, std::string> expected = {
      {"organisation", "caf"}, {"category", "nir"},        {"since", "2024"}, {"until", "2024-06"},
      {"status", "confirmed"}, {"public_service", "true"}, {"limit", "5"}};
  CHECK(run.asked.front().query == expected);
}

}  // namespace vigifuite::cli::test
