// SPDX-License-Identifier: AGPL-3.0-or-later
// `vigifuite case`: what is sent, and the calendar.

#include <unistd.h>

#include "schemas/core/json_in.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {
namespace {

const std::string kCase = "3/france-travail-cap-emploi-2024-03";

/// The body of the last request that changed the case.
std::string sent(const Run& run) {
  std::string out;
  for (const http::ApiRequest& request : run.asked) {
    if (request.method == "POST") out = request.body;
  }
  return out;
}

}  // namespace

TEST_CASE("cases: a letter, an answer, a consequence and an end are sent as typed") {
  Run run;
  run({"case", "sent", kCase, "acces=2026-11-10,lettre recommandée,avis", "--delivered", "2026-11-12"});
  CHECK(sent(run).find(R"("kind":"acces","date":"2026-11-10","delivered":"2026-11-12")") != std::string::npos);
  run({"case", "answer", kCase, "acces=2026-11-20,partielle,D-77", "--what", "voici vos factures"});
  CHECK(sent(run).find(R"("outcome":"partial","reference":"D-77","what":"voici vos factures")") != std::string::npos);
  run({"case", "note", kCase, "Un appel", "--date", "2026-10-30", "--cost", "16,5", "--minutes", "35", "--proof",
       "journal"});
  CHECK(sent(run).find(R"("date":"2026-10-30","what":"Un appel","cents":1650,"minutes":35,"proof":"journal")") !=
        std::string::npos);
  run({"case", "close", kCase, "--because", "réponse reçue"});
  CHECK(sent(run) == R"({"close":"réponse reçue"})");
}

TEST_CASE("cases: euros are read as people write them, and nothing else") {
  for (const auto& [typed, cents] : std::vector<std::pair<std::string, std::string>>{
           {"12", "1200"}, {"12,5", "1250"}, {"12.05", "1205"}, {"0,01", "1"}}) {
    Run run;
    CHECK(run({"case", "note", kCase, "x", "--cost", typed}).code == 0);
    CHECK_MESSAGE(sent(run).find("\"cents\":" + cents) != std::string::npos, typed);
  }
  for (const char* typed : {"", "douze", "-1", "1,234", "12,", ",5", "1 000", "9999999999", "12€"}) {
    Run run;
    const int code = run({"case", "note", kCase, "x", "--cost", typed}).code;
    CHECK_MESSAGE((code == 2 || (*typed == '\0' && sent(run).find("cents") == std::string::npos)), typed);
  }
}

TEST_CASE("cases: a notice is read from a file, and the complaint that uses it is proposed") {
  std::string file = (std::filesystem::temp_directory_path() / "vigifuite-notice-XXXXXX").string();
  const int descriptor = ::mkstemp(file.data());
  REQUIRE(descriptor >= 0);
  ::close(descriptor);
  std::ofstream(file) << "Un accès non autorisé.";
  Run run;
  CHECK(run({"case", "notice", kCase, file}).code == 0);
  CHECK(sent(run) == R"({"notice":"Un accès non autorisé."})");
  CHECK(run.out.find("✓ nature de la violation") != std::string::npos);
  CHECK(run.out.find("✗ délégué à la protection des données") != std::string::npos);
  CHECK(run.out.find("vigifuite letter cnil france-travail-cap-emploi-2024-03 --watch 3") != std::string::npos);
  std::filesystem::remove(file);
  CHECK(run({"case", "notice", kCase, file}).code == 2);
}

TEST_CASE("cases: the calendar folds lines at 75 octets, ends them with CR LF, and its events keep their names") {
  Run run;
  run({"case", "calendar"});
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    CHECK(line.size() <= 76);
    CHECK(line.ends_with('\r'));
  }
  const std::string first = run.out;
  CHECK(run({"case", "calendar"}).out == first);
  CHECK(first.find("UID:3-france-travail-cap-emploi-2024-03-cnil-until@vigifuite") != std::string::npos);
  CHECK(first.find("DTSTART;VALUE=DATE:20261210\r\nDTEND;VALUE=DATE:20261211\r\n") != std::string::npos);
  CHECK(first.find("une-fuite-2025-01") == std::string::npos);  // it is closed
}

}  // namespace vigifuite::cli::test
