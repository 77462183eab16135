// SPDX-License-Identifier: AGPL-3.0-or-later
// `vigifuite read` and `vigifuite sources probe`: pages, lines, and what needs no store.
#include <algorithm>

#include "schemas/core/json_in.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {
namespace {

using Words = std::vector<std::string>;

struct Case {
  const char* name;
  Words words;
  const char* reading = "reading";
  const char* input = "x";
  int code = 0;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"read", {"read", "-"}},
      {"read-none", {"read", "-"}, "reading-none"},
      {"read-lines", {"read", "--jsonl", "-"}, "", "{\"id\":\"x\"}\n\n{\"text\":\"y\"}\n{\"id\":\"x\"}", 2},
      {"read-missing", {"read", "/nonexistent/announcement.txt"}, "", "", 2},
      {"read-lines-misused", {"read", "--jsonl", "-", "--text-lang", "fr"}, "", "", 2},
      {"read-no-file", {"read"}, "", "", 2},
      {"help-read", {"read", "--help"}},
      {"sources-probe", {"sources", "probe", "https://journal.example/feed"}},
      {"sources-probe-failed", {"sources", "probe", "/nothing"}, "", "", 2},
      {"help-sources-probe", {"sources", "probe", "--help"}},
  };
  return all;
}

std::string stripped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b')
      i = text.find('m', i);
    else
      out += text[i];
  }
  return out;
}

}  // namespace

TEST_CASE("reading: every page in both languages, within 80 columns, with its exit code, and without a store") {
  for (const Case& one : cases()) {
    for (const std::string language : {"fr", "en"}) {
      CAPTURE(one.name);
      CAPTURE(language);
      Run run;
      run.environment["LANG"] = language == "fr" ? "fr_FR.UTF-8" : "en_GB.UTF-8";
      run.reading = one.reading;
      run.input = one.input;
      run(one.words);
      CHECK(run.code == one.code);
      CHECK(run.opened == 0);
      check_width(run.out);
      CHECK(run.out.find('\x1b') == std::string::npos);
      CHECK(run.out.find('\a') == std::string::npos);
      golden(std::string(one.name) + "." + language + ".txt", transcript(one.words, run));
    }
  }
}

TEST_CASE("reading: on a terminal the words that prove something are underlined and coloured, and are the same words") {
  Run run;
  run.input = "x";
  run.terminal = true;
  run.environment["TERM"] = "xterm";
  run({"read", "-"});
  CHECK(run.out.find("\x1b[4;31mnuméro\x1b[0m \x1b[4;31mde\x1b[0m") != std::string::npos);
  CHECK(run.out.find("\x1b[4;32mcoordonnées\x1b[0m") != std::string::npos);
  const std::string plain = stripped(run.out);
  CHECK(plain.find("Vos nom et numéro de sécurité") != std::string::npos);
  CHECK(plain.find("[touché") == std::string::npos);
  std::size_t underlined_spaces = run.out.find("m \x1b");
  CHECK(underlined_spaces != std::string::npos);  // between two words nothing is underlined
  run.environment["NO_COLOR"] = "1";
  run({"read", "-"});
  CHECK(run.out.find('\x1b') == std::string::npos);
  CHECK(run.out.find("[touché\u00A0: nom]") != std::string::npos);
}

TEST_CASE("reading: what is known of a text reaches the extractor") {
  Run run;
  run.input = "<p>x</p>";
  run({"read", "-", "--format", "html", "--text-lang", "en", "--published", "2025-03"});
  REQUIRE(run.texts.size() == 1);
  CHECK(run.texts[0].bytes == "<p>x</p>");
  CHECK(run.texts[0].html == true);
  CHECK(run.texts[0].language == Language::English);
  CHECK(run.texts[0].published == PartialDate{2025, 3, 0});
  run({"read", "-"});
  CHECK_FALSE(run.texts[1].html);
  CHECK_FALSE(run.texts[1].language);
  CHECK_FALSE(run.texts[1].published.known());
}

TEST_CASE("reading: --json prints the document") {
  Run run;
  run.input = "x";
  CHECK(run({"read", "-", "--json"}).out == slurp(kGolden / "api" / "reading.json") + "\n");
  CHECK(run({"sources", "probe", "x", "--json"}).out == slurp(kGolden / "api" / "probe.json") + "\n");
}

TEST_CASE("reading: lines are answered one by one, a bad one is named, the others go on, and the exit code tells") {
  Run run;
  run.input = "{\"id\":\"a\"}\r\n   \n{\"id\":\"b\"}\n";
  CHECK(run({"read", "--jsonl", "-"}).code == 0);
  CHECK(run.out == "{\"id\":\"x\"}\n{\"id\":\"x\"}\n");
  CHECK(run.err.empty());
  run.input = "nothing\n{\"id\":\"b\"}";
  CHECK(run({"read", "--jsonl", "-"}).code == 2);
  CHECK(run.out == "{\"id\":\"x\"}\n");
  CHECK(run.err.find("ligne 1\u00A0: ") != std::string::npos);
  CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 1);
}

TEST_CASE("reading: a line over the limit is refused without being kept, the next one is read") {
  Run run;
  run.input = "{\"id\":\"" + std::string((std::size_t{32} << 20U) + 1, 'a') + "\n{\"id\":\"b\"}\n";
  CHECK(run({"read", "--jsonl", "-"}).code == 2);
  CHECK(run.out == "{\"id\":\"x\"}\n");
  CHECK(run.err.find("ligne 1") != std::string::npos);
}

TEST_CASE("reading: a file is read as the input is") {
  const vigifuite::test::TempDir place;
  std::ofstream(place / "lines.jsonl") << "{\"id\":\"a\"}\n{\"id\":\"b\"}\n";
  std::ofstream(place / "text.txt") << "Bonjour";
  Run run;
  CHECK(run({"read", "--jsonl", (place / "lines.jsonl").string()}).out == "{\"id\":\"x\"}\n{\"id\":\"x\"}\n");
  run({"read", (place / "text.txt").string()});
  REQUIRE(run.texts.size() == 1);
  CHECK(run.texts[0].bytes == "Bonjour");
}

TEST_CASE("probe: what is typed reaches it") {
  Run run;
  run({"sources", "probe", "feed.xml", "--format", "syndication", "--limit", "3", "--text-lang", "en"});
  REQUIRE(run.probes.size() == 1);
  CHECK(run.probes[0].target == "feed.xml");
  CHECK(run.probes[0].format == "syndication");
  CHECK(run.probes[0].limit == 3);
  CHECK(run.probes[0].language == Language::English);
  run({"sources", "probe", "feed.xml"});
  CHECK(run.probes[1].format.empty());
  CHECK(run.probes[1].limit == 5);
}

}  // namespace vigifuite::cli::test
