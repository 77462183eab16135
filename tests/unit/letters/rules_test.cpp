// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

using namespace vigifuite;
using letters::Conditions;
using letters::LetterRules;
using letters::Rules;

namespace {

constexpr PartialDate kToday{2026, 11, 24};

/// What stands between `open` and the first of `close`, for each `open`.
std::vector<std::string> between(std::string_view text, std::string_view open, std::string_view close) {
  std::vector<std::string> found;
  for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + 1)) {
    const std::size_t start = at + open.size();
    found.emplace_back(text.substr(start, text.find_first_of(close, start) - start));
  }
  return found;
}

bool is_article(std::string_view token) {
  return !token.empty() && token.find_first_of("0123456789") != std::string_view::npos &&
         std::all_of(token.begin(), token.end(), [](unsigned char c) { return std::isdigit(c) != 0 || c == '-'; });
}

/// The numbers of the articles a text cites: "articles 5, paragraphe 1, f), 24 et L. 311-3-1 du X" cites 5, 24,
/// 311-3-1.
std::set<std::string> articles_of(std::string_view text) {
  std::set<std::string> numbers;
  for (const std::string_view word : {"article ", "articles "}) {
    for (const std::string& rest : between(text, word, ";:»\n")) {
      std::istringstream tokens(rest);
      bool of_article = true;
      for (std::string token; tokens >> token && token != "du" && token != "de";) {
        if (token == "paragraphes" && tokens >> token && tokens >> token && tokens >> token) continue;  // "1 et 3"
        while (token.ends_with(',') || token.ends_with(')') || token.ends_with('.')) token.pop_back();
        const bool number = is_article(token);
        if (number && of_article) numbers.insert(token);
        if (number || token.starts_with("paragraphe")) of_article = number;
        if (token == "L" || token == "R") of_article = true;
      }
    }
  }
  return numbers;
}

Result<Rules> read(std::string_view json) {
  const EmbeddedFile files[] = {{"x.json", json}, {"x.mustache", "{{> end}}\nmots\n"}, {"part-end.mustache", "fin\n"}};
  return letters::read_rules(files);
}

std::string what(std::string_view members) {
  auto rules = read(R"({"schema":"vigifuite/letter-rules@v1",)" + std::string(members) + "}");
  return rules ? std::string() : rules.error().what;
}

std::string what_of_letter(std::string_view members) {
  return what(
      R"("letter":{"id":"x","holds_from":"2018-05-25","about":"nothing","addressee":"none","template":"x.mustache",)" +
      std::string(members) + "}");
}

constexpr std::string_view kRead = R"("source":"x","checked":"2026-11-24","state":"found")";
constexpr std::string_view kBoth = R"({"fr":"a","en":"b"})";

}  // namespace

TEST_CASE("rules and templates name the same parts") {
  for (const LetterRules& letter : letters::shipped_rules().letters) {
    CAPTURE(letter.kind.id);
    std::set<std::string> in_template, in_rules;
    for (const std::string_view open : {"{{#rule_", "{{^rule_"}) {
      for (const std::string& id : between(letter.words, open, "}")) in_template.insert(id);
    }
    for (const letters::Rule& rule : letter.rules) in_rules.insert(rule.id);
    CHECK(in_template == in_rules);
  }
}

TEST_CASE("every article is used, says what it is, where and when it was read, and since when it holds") {
  const Rules& rules = letters::shipped_rules();
  std::set<std::string, std::less<>> used;
  for (const LetterRules& letter : rules.letters) {
    for (const letters::Rule& rule : letter.rules) used.insert(rule.provisions.begin(), rule.provisions.end());
  }
  for (const letters::NamedDelay& delay : rules.delays) used.insert(delay.provision);
  for (const letters::Provision& provision : rules.provisions) {
    CAPTURE(provision.id);
    CHECK(used.contains(provision.id));
    CHECK_FALSE(provision.read.source.empty());
    CHECK(provision.read.checked.size() == 10);
    CHECK(provision.from.known());
  }
}

TEST_CASE("every article a template cites is one of its rules") {
  const Rules& rules = letters::shipped_rules();
  for (const LetterRules& letter : rules.letters) {
    CAPTURE(letter.kind.id);
    std::set<std::string> known;
    for (const letters::Rule& rule : letter.rules) {
      for (const std::string& id : rule.provisions) known.merge(articles_of(rules.provision(id)->cite));
    }
    for (const std::string& number : articles_of(letter.words)) CHECK_MESSAGE(known.contains(number), number);
  }
}

TEST_CASE("a part that rests on something unverified says so in its place") {
  const Rules& rules = letters::shipped_rules();
  for (const LetterRules& letter : rules.letters) {
    for (const letters::Rule& rule : letter.rules) {
      const bool doubtful = std::any_of(rule.provisions.begin(), rule.provisions.end(),
                                        [&](const std::string& id) { return !rules.provision(id)->read.found; });
      if (!doubtful) continue;
      CAPTURE(letter.kind.id);
      CAPTURE(rule.id);
      const std::size_t begin = letter.words.find("{{#rule_" + rule.id + "}}");
      const std::size_t end = letter.words.find("{{/rule_" + rule.id + "}}", begin);
      CHECK(letter.words.substr(begin, end - begin).find("{{{unverified}}}") != std::string::npos);
    }
  }
}

TEST_CASE("letters have one name each, and answer to their codes") {
  const Rules& rules = letters::shipped_rules();
  std::set<std::string> names;
  for (const LetterRules& letter : rules.letters) {
    CHECK(names.insert(letter.kind.id).second);
    for (const std::string& alias : letter.kind.aliases) CHECK_MESSAGE(names.insert(alias).second, alias);
    CHECK(rules.letter(letter.kind.code) == &letter);
  }
  CHECK(rules.letter("l1") == rules.letter("cnil"));
  CHECK(rules.letter("pardon") == nullptr);
}

TEST_CASE("broken rules are refused where they break") {
  CHECK(read("{").error().what.starts_with("letter rules: x.json"));
  CHECK(read("{}").error().what == "letter rules: x.json: not vigifuite/letter-rules@v1");
  CHECK(what(R"("articles":{"a":{"cite":"A","source":"x","checked":"2026-11-24","state":"sure"}})") ==
        "letter rules: a: state is neither `found` nor `to_verify`");
  CHECK(what(R"("articles":{"a":{"state":"found"}})") == "letter rules: a: no source or no date");
  CHECK(what(R"("articles":{"a":{"cite":"A",)" + std::string(kRead) + "}}") == "letter rules: a: no `from` date");
  CHECK(what(R"("delays":{"a":{"months":1,"article":"z"}})") == "letter rules: a: unknown article `z`");
  CHECK(what(R"("gates":{"a":{"when":["moon"],"state":"no","text":)" + std::string(kBoth) + "}}") ==
        "letter rules: a: unknown condition `moon`");
  CHECK(what(R"("gates":{"a":{"when":["no_tie"],"state":"perhaps","text":)" + std::string(kBoth) + "}}") ==
        "letter rules: a: `state` is none of no, later, missing");
  CHECK(what(R"("notes":[{"id":"n",)" + std::string(kRead) + R"(,"text":{"fr":"a"}}])") ==
        "letter rules: n: a note needs its words in both languages");
  CHECK(what(R"("inputs":{"i":{"type":"moon"}})") == "letter rules: i: `type` is none of text, date, amount, choice");
  CHECK(what_of_letter(R"("rules":[{"id":"r","when":["moon"]}])") == "letter rules: r: unknown condition `moon`");
  CHECK(what_of_letter(R"("rules":[{"id":"r","when":["x:sent","has:i"]}])") ==
        "letter rules: r: unknown condition `has:i`");
  CHECK(what_of_letter(R"("rules":[{"id":"r","articles":["z"]}])") == "letter rules: r: unknown article `z`");
  CHECK(what_of_letter(R"("notes":["z"])") == "letter rules: z: no such note");
  CHECK(what_of_letter(R"("gates":["z"])") == "letter rules: z: no such gate");
  CHECK(what_of_letter(R"("inputs":[{"id":"z"}])") == "letter rules: z: no such input");
  CHECK(what_of_letter(R"("clock":{"answer":"z"})") == "letter rules: x: unknown delay `z`");
  CHECK(what_of_letter(R"("code":"L99")").empty());
}

TEST_CASE("a template is its words and its parts'") {
  const auto rules = read(R"({"schema":"vigifuite/letter-rules@v1","letter":{"id":"x","holds_from":"2018-05-25",
      "about":"nothing","addressee":"none","template":"x.mustache"}})");
  REQUIRE(rules.has_value());
  CHECK(rules->letters.front().words == "fin\nmots\n");
}

TEST_CASE("what a printed part rests on without its having been read is told, each once, and only what is in force") {
  const auto rules = read(R"({"schema":"vigifuite/letter-rules@v1","articles":{
      "a":{"cite":"article A","from":"2018-05-25","source":"x","checked":"2026-11-24","state":"found"},
      "b":{"cite":"article B","from":"2018-05-25","source":"x","checked":"2025-11-23","state":"to_verify"},
      "c":{"cite":"article C","from":"2027-01-01","source":"x","checked":"2026-11-24","state":"to_verify"},
      "d":{"cite":"article D","from":"2000-01-01","until":"2026-11-23","source":"x","checked":"2026-11-24","state":"to_verify"}},
      "letter":{"id":"x","holds_from":"2018-05-25","about":"nothing","addressee":"none","template":"x.mustache",
      "rules":[{"id":"r","articles":["a","b"]},{"id":"s","when":["nir"],"articles":["b"]},
      {"id":"t","when":["!nir"],"articles":["b"]},{"id":"u","articles":["c"]},{"id":"v","articles":["d"]}]}})");
  REQUIRE(rules.has_value());
  const LetterRules& letter = rules->letters.front();
  CHECK(letters::unverified(letter, *rules, {}, kToday) == std::vector<std::string>{"article B"});
  CHECK_FALSE(letters::applies(letter.rules[3], *rules, {}, kToday));
  CHECK(letters::applies(letter.rules[3], *rules, {}, PartialDate{2027, 1, 1}));
  CHECK_FALSE(letters::applies(letter.rules[4], *rules, {}, kToday));
  CHECK(letters::stale(rules->provision("b")->read, kToday));
  CHECK_FALSE(letters::stale(rules->provision("a")->read, PartialDate{2027, 11, 24}));
  CHECK(letters::stale(rules->provision("a")->read, PartialDate{2027, 11, 25}));
  CHECK(rules->checked == "2025-11-23");
}
