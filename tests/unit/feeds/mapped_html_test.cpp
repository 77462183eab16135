// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "feeds/markup.hpp"
#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

Result<Source> source_with(const std::string& mapping) {
  return read_source_file(
      "id='test'\nname='Test'\nformat='mapped_html'\nurl='https://fuites.example/'\ntrust='curated'\n[mapping]\n" +
          mapping,
      "test.toml");
}

Reading read(const std::string& mapping, std::string_view bytes, std::string_view type = {}) {
  const Adapter* adapter = find_adapter("mapped_html");
  REQUIRE(adapter != nullptr);
  const auto source = source_with(mapping);
  REQUIRE_MESSAGE(source.has_value(), source.error().what);
  return read_document(*adapter, bytes, *source, type);
}

std::string why_not(const std::string& mapping) {
  const auto source = source_with(mapping);
  REQUIRE_FALSE(source.has_value());
  return source.error().what;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

const std::string kTimeline = R"toml(records = "//div[contains(@class, 'timeline-entry')]"
key = ".//h2/a/@id"
organisation = ".//h2"
published = ".//time"
people = ".//div[@class='timeline-description']/p/text()[normalize-space()]"
labels = ".//p//li | .//p/following-sibling::ul[following-sibling::ul]/li"
links = ".//a[normalize-space()='Source']/@href"
)toml";

const std::string kSanctions = R"toml(records = "//tr[count(td) = 4 or count(td) = 5]"
title = "concat('Sanction de la CNIL : ', normalize-space(td[2]))"
published = "td[1]"
text = "concat(normalize-space(td[last()]), '. ', normalize-space(td[last() - 1]))"
url = "td[last()]//a/@href"
facts = "no"
)toml";

}  // namespace

TEST_CASE("mapped html: the Bonjour la fuite page gives its 197 entries, each with its parts") {
  const auto bytes = corpus_file("bonjourlafuite/bonjourlafuite-2026-01-03.html");
  if (!bytes) return;
  const Reading reading = read(kTimeline, *bytes);
  REQUIRE_MESSAGE(reading.report.has_value(), reading.report.error().what);
  CHECK(reading.report->records == 197);
  CHECK(reading.report->notices == 197);
  CHECK(reading.report->broken_at.en == "");
  const auto& notices = reading.sink.notices;
  REQUIRE(notices.size() == 197);
  CHECK(notices[0].key == "Institut Polytechnique de Paris-2025-12-31");
  CHECK(notices[0].organisation == "Institut Polytechnique de Paris");
  CHECK(notices[0].published == "31 décembre 2025");
  CHECK(notices[0].people == "9 551 étudiants");
  CHECK(notices[0].labels ==
        std::vector<std::string>{"Nom, prénom", "Adresse email", "Adresse postale", "Numére de téléphone", "IBAN"});
  CHECK(notices[0].links == std::vector<std::string>{"https://fuites.example/img/ensae.png"});
  std::set<std::string> keys;
  std::size_t with_labels = 0, with_people = 0;
  for (const KeptNotice& notice : notices) {
    keys.insert(notice.key);
    CHECK(notice.states_facts);
    CHECK_FALSE(notice.organisation.empty());
    CHECK_FALSE(notice.published.empty());
    CHECK(std::find(notice.labels.begin(), notice.labels.end(), "Source") == notice.labels.end());
    with_labels += notice.labels.empty() ? 0 : 1;
    with_people += notice.people.empty() ? 0 : 1;
  }
  CHECK(keys.size() == 197);
  CHECK(with_labels == 173);
  CHECK(with_people == 74);
}

TEST_CASE("mapped html: the timeline sample") {
  const Reading reading = read(kTimeline, repository_file("feeds/mapped_html/samples/good-timeline.html"));
  REQUIRE(reading.sink.notices.size() == 2);
  CHECK(reading.sink.notices[0].organisation == "Acme & fils");
  CHECK(reading.sink.notices[0].people == "9 551 étudiants");
  CHECK(reading.sink.notices[0].labels == std::vector<std::string>{"Nom, prénom", "IBAN"});
  CHECK(reading.sink.notices[0].links ==
        std::vector<std::string>{"https://fuites.example/img/acme.png", "https://presse.example/acme"});
  CHECK(reading.sink.notices[1].people == "");
  CHECK(reading.sink.notices[1].links.empty());
}

TEST_CASE("mapped html: the CNIL's table of sanctions, in both its layouts, equal rows included") {
  const Reading reading = read(kSanctions, repository_file("feeds/mapped_html/samples/good-sanctions.html"));
  REQUIRE_MESSAGE(reading.report.has_value(), reading.report.error().what);
  REQUIRE(reading.sink.notices.size() == 5);
  const auto& notices = reading.sink.notices;
  CHECK(notices[0].title == "Sanction de la CNIL : FABRIQUE DE BOUTONS (procédure simplifiée)");
  CHECK(notices[0].published == "04/12/2025");
  CHECK(has(notices[0].text, "injonction. Durée de conservation"));
  CHECK_FALSE(notices[0].states_facts);
  CHECK(notices[1].title == "Sanction de la CNIL : EDITEUR D'UNE APPLICATION MOBILE");
  CHECK(notices[1].url == "https://decisions.example/id/1");
  CHECK(notices[3].key == notices[2].key + "#2");
  CHECK(notices[4].title == "Sanction de la CNIL : SOCIÉTÉ EXEMPLE");
  CHECK(notices[4].text == "Avertissement public. Défaut de sécurité");
}

TEST_CASE("mapped html: a page without records is refused: its layout may have changed") {
  const Reading reading = read(kTimeline, repository_file("feeds/mapped_html/samples/empty.html"));
  REQUIRE_FALSE(reading.report.has_value());
  CHECK(reading.report.error().kind == ErrorKind::Malformed);
  CHECK(has(reading.report.error().what, "layout may have changed"));
  for (const char* bytes : {"", " ", "{\"error\": 503}", "\0\0\0"})
    CHECK_FALSE(read(kTimeline, bytes).report.has_value());
}

TEST_CASE("mapped html: bad records are rejects with their line, and hostile markup is only text") {
  const Reading reading = read(kTimeline, repository_file("feeds/mapped_html/samples/hostile.html"));
  REQUIRE(reading.report.has_value());
  CHECK(reading.report->records == 5);
  REQUIRE(reading.sink.notices.size() == 2);
  CHECK(reading.sink.notices[1].organisation == "Trois fois");
  REQUIRE(reading.sink.rejects.size() == 3);
  CHECK(reading.sink.rejects[0].place.en == "line 1");
  CHECK(has(reading.sink.rejects[0].reason.en, "neither a title nor an organisation"));
  CHECK(has(reading.sink.rejects[1].reason.en, "same key as record 2"));
  CHECK(has(reading.sink.rejects[2].reason.en, "`key`) is empty"));
}

TEST_CASE("mapped html: several ways in turn, constants, patterns and lists in one cell") {
  const std::string mapping = R"toml(records = "//li"
organisation = ["b", "i"]
people = "text()"
people_pattern = '([0-9 ]+) personnes'
country = "=FR"
labels = "@data-types"
labels_separator = ";"
published = "@d"
published_pattern = '\d{4}'
)toml";
  const Reading reading =
      read(mapping,
           "<ul><li data-types='nom;adresse (rue; ville)' d='le 3/2/2024'><b>Un</b> 12 300 personnes"
           "<li><i>Deux</i> beaucoup de gens</ul>");
  REQUIRE(reading.sink.notices.size() == 2);
  CHECK(reading.sink.notices[0].people == "12 300");
  CHECK(reading.sink.notices[0].published == "2024");
  CHECK(reading.sink.notices[0].labels == std::vector<std::string>{"nom", "adresse (rue; ville)"});
  CHECK(reading.sink.notices[0].country == "FR");
  CHECK(reading.sink.notices[1].organisation == "Deux");
  CHECK(reading.sink.notices[1].people == "");
}

TEST_CASE("mapped html: the encoding is the server's or the page's") {
  const std::string mapping = "records = '//p'\norganisation = '.'";
  CHECK(read(mapping, "<meta charset=windows-1252><p>caf\xE9</p>").sink.notices.at(0).organisation == "café");
  CHECK(read(mapping, "<p>caf\xE9</p>", "text/html; charset=iso-8859-1").sink.notices.at(0).organisation == "café");
  CHECK(read(mapping, "<meta charset=iso-8859-1><p>café</p>").sink.notices.at(0).organisation == "café");
}

TEST_CASE("mapped html: too many tags, nesting and paths that cost too much end in a sentence") {
  std::string deep = "<ul><li><b>Un</b></li></ul>";
  for (int i = 0; i < 10'000; ++i) deep += "<div>";
  const Reading cut = read("records = '//li'\norganisation = 'b'", deep);
  REQUIRE(cut.report.has_value());
  CHECK(cut.report->notices == 1);
  CHECK(has(cut.report->broken_at.en, "nested too deep"));

  std::string wide;
  for (std::size_t i = 0; i <= kMaxMarks; ++i) wide += "<b>";
  CHECK(has(read("records = '//li'\norganisation = 'b'", wide).report.error().what, "2000000 tags"));

  std::string list;
  for (int i = 0; i < 20'000; ++i) list += "<li><b>x</b></li>";
  CHECK(has(read("records = '//li'\nkey = 'count(//li[count(//b) > 0])'\norganisation = 'b'", list).report.error().what,
            "XPath steps"));

  std::string nested = "<html><body>";
  for (int i = 0; i < 200; ++i) nested += "<div>";
  nested += std::string(100'000, 'x');
  CHECK(has(read("records = '//div'\norganisation = '.'", nested).report.error().what, "same text too many times"));
}

TEST_CASE("mapped html: a mapping that cannot be served is refused, by key") {
  CHECK(has(why_not("title = 'x'"), "records: is missing"));
  CHECK(has(why_not("records = '//['\ntitle = 'x'"), "records: `//[` is not an XPath expression"));
  CHECK(has(why_not("records = '//a'\ntitle = 'foo(1)'"), "title: `foo(1)` uses a function"));
  CHECK(has(why_not("records = '//a'\ntitle = 'x:y'"), "title: `x:y` uses a function or a prefix"));
  CHECK(has(why_not("records = '//a'\ntitle = 'x'\ntitle_pattern = '('"), "title_pattern: not a regular expression"));
  CHECK(has(why_not("records = '//a'\npeople = 'x'"), "map `title`, or `organisation`"));
  CHECK(has(why_not("records = '//a'\ntitle = 'x'\ntitel = 'x'"), "titel: is not a key of this mapping"));
  const Reading reading = read("records = 'count(//a)'\ntitle = 'x'", "<a>x</a>");
  CHECK(has(reading.report.error().what, "no elements, but a value"));
}
