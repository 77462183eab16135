// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "schemas/core/json_in.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {
namespace {

/// A directory of its own for one test.
class Place {
 public:
  Place() {
    std::string pattern = (std::filesystem::temp_directory_path() / "vigifuite-cli-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Place() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return file(name);
  }

 private:
  std::filesystem::path path_;
};

const std::string kIncident = "france-travail-cap-emploi-2024-03";

/// The bodies of the requests to `path`.
std::vector<std::string> bodies(const Run& run, const std::string& path) {
  std::vector<std::string> out;
  for (const http::ApiRequest& request : run.asked) {
    if (request.path == path) out.push_back(request.body);
  }
  return out;
}

}  // namespace

TEST_CASE("a letter goes to a file that only its owner can read, and never over another") {
  const Place place;
  const std::string file = place.file("plainte.txt");
  Run run;
  CHECK(run({"letter", "cnil", kIncident, "--watch", "3", "--output", file}).code == 0);
  CHECK(run.out.empty());
  CHECK(slurp(file).starts_with("[votre nom]\n"));
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  std::ofstream(file) << "déjà remplie";
  CHECK(run({"letter", "cnil", kIncident, "--watch", "3", "--output", file}).code == 2);
  CHECK(slurp(file) == "déjà remplie");
  CHECK(run.err.find("il existe déjà") != std::string::npos);
  CHECK(run({"letter", "cnil", kIncident, "--watch", "3", "--output", place.file("absent/x.txt")}).code == 2);
}

TEST_CASE("a PDF goes to a file or a pipe as it is, and never to a terminal") {
  const Place place;
  Run run;
  run.answers["POST /api/v1/letters"] = {"letter-pdf"};
  const std::string file = place.file("plainte.pdf");
  CHECK(run({"letter", "cnil", kIncident, "--watch", "3", "--format", "pdf", "--output", file}).code == 0);
  CHECK(slurp(file) == std::string("%PDF-1.4\n\xff\x00\x01", 12));
  CHECK(run({"letter", "cnil", kIncident, "--watch", "3", "--format", "pdf"}).code == 0);
  CHECK(run.out == slurp(file));
  run.terminal = true;
  CHECK(run({"letter", "cnil", kIncident, "--watch", "3", "--format", "pdf"}).code == 2);
  CHECK(run.out.empty());
  CHECK(run.asked.empty());
  CHECK(run.err.find("--output cnil-" + std::string(kIncident) + ".pdf") != std::string::npos);
  CHECK(run({"letter", "cnil", kIncident, "--watch", "3", "--format", "pdf", "--json"})
            .out.find("\"encoding\": \"base64\"") != std::string::npos);
}

TEST_CASE("a letter asks for the kind, the format, the body and the person") {
  Run run;
  run({"letter", "cnil", kIncident, "--tie", "CAF:2019..", "--format", "markdown", "--controller", "caf"});
  const auto sent = bodies(run, "/api/v1/letters");
  REQUIRE(sent.size() == 1);
  JsonParser parser;
  const auto json = parser.parse(sent.front());
  REQUIRE(json);
  CHECK((*json)["kind"].text() == "cnil");
  CHECK((*json)["incident"].text() == kIncident);
  CHECK((*json)["format"].text() == "markdown");
  CHECK((*json)["controller"].text() == "caf");
  CHECK((*json)["language"].text() == "fr");
  CHECK((*json)["profile"]["ties"].items().size() == 1);
  run({"letter", "cnil", kIncident, "--watch", "3"});
  CHECK(bodies(run, "/api/v1/letters").front().find("\"watch\":3") != std::string::npos);
}

TEST_CASE("a profile is read from a file or from the input, and ties are added to it") {
  const Place place;
  const std::string text = R"({"ties": ["Pôle emploi:2009..2013"], "identity": {"name": "Camille Exemple"}})";
  const std::string file = place.write("moi.json", text);
  Run run;
  CHECK(run({"check", "--profile", file, "--tie", "CAF:2019.."}).code == 1);
  CHECK(bodies(run, "/api/v1/check").front().find("CAF") != std::string::npos);
  CHECK(run.out.find("--profile " + file) != std::string::npos);
  run.input = text;
  CHECK(run({"check", "--profile", "-"}).code == 1);
}

TEST_CASE("a profile that cannot be used is said with its file and what to write") {
  const Place place;
  struct Row {
    std::string text;
    const char* says;
  };
  const std::vector<Row> rows = {
      {"nom: moi\n", "n'est pas un profil JSON"},
      {R"({"tyes": []})", "tyes"},
      {R"({"ties": [{"from": "2009"}]})", "organisation"},
      {"", "est vide"},
      {std::string((std::size_t{1} << 20U) + 1, ' '), "octets"},
      {R"({"ties": []})", "rien à vérifier"},
  };
  int number = 0;
  for (const Row& row : rows) {
    Run run;
    const std::string file = place.write("profil-" + std::to_string(++number) + ".json", row.text);
    CHECK(run({"check", "--profile", file}).code == 2);
    CAPTURE(run.err);
    CHECK(run.err.find(row.says) != std::string::npos);
    CHECK(run.asked.empty());
  }
}

TEST_CASE("profiles are imported one by one: a bad one is said by its place, the others go on") {
  const Place place;
  const std::string lines = place.write("gens.jsonl",
                                        "{\"label\": \"a\", \"ties\": [\"CAF\"]}\n\n{\"tyes\": 1}\nnot json\n"
                                        "{\"label\": \"b\", \"ties\": [\"MGEN:2019..\"]}");
  Run run;
  CHECK(run({"watch", "import", lines}).code == 2);
  CHECK(bodies(run, "/api/v1/watch").size() == 2);
  CHECK(run.err.find("profil 3") != std::string::npos);
  CHECK(run.err.find("profil 4") != std::string::npos);
  CHECK(run.out.find("ajoutés\u00A0: 2\u00A0; refusés\u00A0: 2") != std::string::npos);

  const std::string array = place.write("gens.json", R"([{"ties": ["CAF"]}, {"ties": ["MGEN"]}])");
  CHECK(run({"watch", "import", array}).code == 0);
  CHECK(bodies(run, "/api/v1/watch").size() == 2);
  CHECK(run({"watch", "import", place.write("broken.json", "[{]")}).code == 2);
}

TEST_CASE("what export writes, import reads") {
  const Place place;
  Run run;
  run({"watch", "export"});
  const std::string file = place.write("copie.jsonl", run.out);
  CHECK(run({"watch", "import", file}).code == 0);
  CHECK(bodies(run, "/api/v1/watch").size() == 2);
}

TEST_CASE("a backup directory is made absolute: the daemon works elsewhere") {
  Run run;
  run({"backup", "copie"});
  const std::string wanted = (std::filesystem::current_path() / "copie").string();
  CHECK(bodies(run, "/api/v1/backup").front().find(wanted) != std::string::npos);
}

TEST_CASE("update asks for the sources that are named") {
  Run run;
  run({"update", "--source", "hibp", "--source", "france"});
  CHECK(bodies(run, "/api/v1/update").front() == R"({"sources":["hibp","france"]})");
  run({"update"});
  CHECK(bodies(run, "/api/v1/update").front() == "{}");
}

TEST_CASE("long work shows that it goes on, on a terminal only, and leaves no trace of it") {
  Run person, script;
  person.terminal = true;
  person({"update"});
  CHECK(person.err.find("Lecture des sources…") != std::string::npos);
  CHECK(person.err.ends_with("\r\x1b[K"));
  CHECK(script({"update"}).err.empty());
  person({"update", "--json"});
  CHECK(person.err.empty());
}

}  // namespace vigifuite::cli::test
