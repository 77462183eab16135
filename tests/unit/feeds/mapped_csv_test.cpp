// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "feeds/mapped_notice.hpp"
#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

const Adapter& mapped_csv() {
  const Adapter* adapter = find_adapter("mapped_csv");
  REQUIRE(adapter != nullptr);
  return *adapter;
}

/// A source with this [mapping], read as a person would write it.
Source source_with(const std::string& mapping) {
  auto source = read_source_file(
      "id='test'\nname='Test'\nformat='mapped_csv'\nurl='https://list.example/"
      "data.csv'\ntrust='authority'\n[mapping]\n" +
          mapping,
      "test.toml");
  REQUIRE_MESSAGE(source.has_value(), source.error().what);
  return *source;
}

Reading read(const std::string& mapping, std::string_view bytes) {
  return read_document(mapped_csv(), bytes, source_with(mapping));
}

std::string why_not(const std::string& mapping) {
  auto read = read_source_file(
      "id='test'\nname='Test'\nformat='mapped_csv'\nurl='https://list.example/"
      "data.csv'\ntrust='authority'\n[mapping]\n" +
          mapping,
      "test.toml");
  REQUIRE_FALSE(read.has_value());
  return read.error().what;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

const std::string kViolations = R"(delimiter = ";"
encoding = "windows-1252"
title = "Violation notifiée à la CNIL : {Secteur d'activité de l'organisme concerné}"
text = "{Natures de la violation}. {Nombre de personnes impactées}."
published = "Date de réception de la notification"
sector = "Secteur d'activité de l'organisme concerné"
people = "Nombre de personnes impactées"
labels = "Typologies des données impactées"
labels_separator = ","
facts = "no"
)";

const std::string kHhs = R"(organisation = "Name of Covered Entity"
key = "{Name of Covered Entity}|{State}|{Breach Submission Date}"
repeats = "numbered"
published = "Breach Submission Date"
people = "Individuals Affected"
sector = "Covered Entity Type"
text = "Web Description"
)";

}  // namespace

TEST_CASE("mapped csv: every real list gives as many notices as it has rows") {
  struct Row {
    std::string path;
    std::size_t rows;
    std::string mapping;
  };
  const Row kRows[] = {
      {"cnil/violations-notifiees-extrait-2026-03-18.csv", 40, kViolations},
      {"cnil/controles-2014.csv", 421,
       "facts='no'\norganisation = \"Nom de l'organisme contrôlé ou nom de domaine\"\nsector=\"Secteur d'activité\""},
      {"cnil/controles-2015.csv", 496,
       "facts='no'\norganisation='Organismes'\nsector=\"Secteur d'activité de l'organisme\""},
      {"cnil/controles-2018.csv", 310, "facts='no'\norganisation='Organismes'\nstatus='Type de contrôle'"},
      {"cnil/controles-2021.csv", 384,
       "facts='no'\norganisation='Organismes contrôlés'\nstatus='Catégorie de contrôle'"},
      {"cnil/controles-2022.csv", 345,
       "facts='no'\norganisation='Organismes contrôlés'\nstatus='Modalités de contrôle'"},
      {"us-breach-lists/hhs-ocr-2019-12.csv", 574, kHhs},
      {"us-breach-lists/hhs-ocr-2020-08.csv", 580, kHhs},
      {"us-breach-lists/hhs-ocr-archive-2020-10.csv", 2785, kHhs},
      {"us-breach-lists/hhs-ocr-2024-11.csv", 857, kHhs},
      {"us-breach-lists/hhs-ocr-2025-04-bom.csv", 811, kHhs},
      {"us-breach-lists/washington-ag-2026-08-13.csv", 1618,
       "key='Id'\norganisation='Name'\npublished='DateSubmitted'\npeople='WashingtoniansAffected'"},
      {"frenchbreaches/frenchbreaches_2026.csv", 710,
       "key='source_urls'\norganisation='organisation'\nurl='source_urls'\npublished='date'\nstatus='statut'"},
      {"hibp/derived/export_breaches-2026-08-18.csv", 1026,
       "key='Name'\norganisation='Name'\ndomain='Domain'\nincident_from='BreachDate'\npeople='PwnCount'"},
      {"hibp/derived/export_dataclasses-2026-08-18.csv", 5432,
       "key='{Name}|{DataClass}'\norganisation='Name'\nlabels='DataClass'"},
      {"annuaire-fr/form-instead-of-email-2019-10.csv", 93, "key='#id'\norganisation='name'\nfacts='no'"},
      {"annuaire-fr/authority-export-2019-10.csv", 97, "key='#id'\norganisation='name'\nfacts='no'"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.path);
    const auto bytes = corpus_file(row.path);
    if (!bytes) continue;
    const Reading reading = read(row.mapping, *bytes);
    REQUIRE_MESSAGE(reading.report.has_value(), reading.report.error().what);
    CHECK(reading.report->records == row.rows);
    CHECK(reading.report->notices == row.rows);
    CHECK(reading.report->broken_at.en == "");
    std::set<std::string> keys;
    for (const KeptNotice& notice : reading.sink.notices) keys.insert(notice.key);
    CHECK(keys.size() == row.rows);
    for (const Reject& reject : reading.sink.rejects) MESSAGE(reject.place.en << ": " << reject.reason.en);
  }
}

TEST_CASE("mapped csv: the CNIL's notifications are read below their note, with their lists taken apart") {
  const auto bytes = corpus_file("cnil/violations-notifiees-extrait-2026-03-18.csv");
  if (!bytes) return;
  const Reading reading = read(kViolations, *bytes);
  REQUIRE(reading.sink.notices.size() == 40);
  const KeptNotice& first = reading.sink.notices[0];
  CHECK(first.title == "Violation notifiée à la CNIL : Administration publique");
  CHECK(first.published == "2025-12");
  CHECK(first.people == "Entre 0 et 5 personnes");
  CHECK_FALSE(first.states_facts);
  REQUIRE(first.labels.size() == 3);
  CHECK(first.labels[0] == "Etat civil (ex : nom, sexe, date de naissance, âge...)");
  CHECK(first.labels[2] == "Données d’identification ou d’accès (ex : identifiant, mot de passe, numéro client...)");
}

TEST_CASE("mapped csv: line breaks in cells, a byte order mark and the words of rows are read right") {
  if (const auto bytes = corpus_file("us-breach-lists/hhs-ocr-archive-2020-10.csv")) {
    const Reading reading = read(kHhs, *bytes);
    const auto multi = std::count_if(reading.sink.notices.begin(), reading.sink.notices.end(),
                                     [](const KeptNotice& n) { return n.text.find('\n') != std::string::npos; });
    CHECK(multi == 68);  // of 228 with line breaks, 160 have them at their end only
    CHECK(std::any_of(reading.sink.notices.begin(), reading.sink.notices.end(),
                      [](const KeptNotice& n) { return n.text.size() > 3900; }));
  }
  if (const auto bytes = corpus_file("us-breach-lists/hhs-ocr-2025-04-bom.csv")) {
    const Reading reading = read(kHhs, *bytes);
    CHECK(reading.sink.notices.at(0).organisation == "Loretto Hospital");
    CHECK(reading.sink.notices.at(0).people == "501");
  }
  if (const auto bytes = corpus_file("us-breach-lists/washington-ag-2026-08-13.csv")) {
    const Reading reading =
        read("key='Id'\norganisation='Name'\npeople='WashingtoniansAffected'\nincident_from='DateStart'", *bytes);
    CHECK(reading.sink.notices.at(1).key == "10,428");
    CHECK(reading.sink.notices.at(1).people == "11,807");
    CHECK(reading.sink.notices.at(0).from == "2021 Feb 04 12:00:00 AM");
    CHECK(reading.sink.notices.at(1).from == "");
    CHECK(reading.sink.notices.at(0).states_facts);
  }
}

TEST_CASE("mapped csv: the samples") {
  const std::string mapping = R"(delimiter = ";"
key = "{Organisme}|{Date}"
organisation = "Organisme"
incident_from = "Date"
people = "Personnes"
labels = "Données"
labels_separator = ","
links = "Sources"
links_separator = " "
)";
  const Reading good = read(mapping, repository_file("feeds/mapped_csv/samples/good.csv"));
  REQUIRE(good.sink.notices.size() == 3);
  CHECK(good.sink.notices[0].key == "Acme|2025-12-31");
  CHECK(good.sink.notices[0].people == "9 551 étudiants");
  CHECK(good.sink.notices[0].labels == std::vector<std::string>{"Nom", "prénom", "adresse (rue, ville)"});
  CHECK(good.sink.notices[0].links == std::vector<std::string>{"https://acme.example/a", "https://presse.example/b"});
  CHECK(good.sink.notices[1].organisation == "Mutuelle \"Exemple\" du Nord");
  CHECK(good.report->broken_at.en == "");
  const Reading empty = read(mapping, repository_file("feeds/mapped_csv/samples/empty.csv"));
  REQUIRE(empty.report.has_value());
  CHECK(empty.report->records == 0);
  const Reading hostile = read(mapping, repository_file("feeds/mapped_csv/samples/hostile.csv"));
  REQUIRE(hostile.report.has_value());
  REQUIRE(hostile.sink.notices.size() == 1);
  REQUIRE(hostile.sink.rejects.size() == 4);
  CHECK(hostile.sink.rejects[0].place.en == "line 3");
  CHECK(has(hostile.sink.rejects[0].reason.en, "7 cells where the header has 5"));
  CHECK(has(hostile.sink.rejects[1].reason.en, "neither a title"));
  CHECK(has(hostile.sink.rejects[2].reason.en, "same key as record 1"));
  CHECK(hostile.sink.rejects[3].place.en == "line 6");
  CHECK(has(hostile.report->broken_at.en, "line 6: a quoted cell"));
}

TEST_CASE("mapped csv: every line end, an unfinished last line, blank rows and quotes inside quotes") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const Reading reading = read("organisation='a'\ntext='b'",
                                 "a,b" + end + end + "1,\"x \"\"y\"\"" + end + "z\"" + end + ",," + end + "2,");
    REQUIRE(reading.report.has_value());
    REQUIRE(reading.sink.notices.size() == 2);
    CHECK(reading.sink.notices[0].organisation == "1");
    CHECK(has(reading.sink.notices[0].text, "x \"y\""));
    CHECK(reading.sink.notices[1].organisation == "2");
    CHECK(reading.report->records == 2);
  }
}

TEST_CASE("mapped csv: values by name, number, constant and template, several tried in turn") {
  const Reading reading =
      read("organisation=['A','B']\ntitle='{A}-{B}'\ncountry='=FR'\nstatus='#3'", "a,b,c\nx,y,z\n,y,\n");
  REQUIRE(reading.sink.notices.size() == 2);
  CHECK(reading.sink.notices[0].organisation == "x");
  CHECK(reading.sink.notices[0].title == "x-y");
  CHECK(reading.sink.notices[0].country == "FR");
  CHECK(reading.sink.notices[0].status == "z");
  CHECK(reading.sink.notices[1].organisation == "y");
  const Reading bare = read("header='no'\ndelimiter='tab'\norganisation='#2'", "a\tb\nc\td\n");
  REQUIRE(bare.sink.notices.size() == 2);
  CHECK(bare.sink.notices[1].organisation == "d");
}

TEST_CASE("mapped csv: equal rows without a key are distinct items, and keep their keys when the list grows") {
  const Reading one = read("title='a'\nfacts='no'", "a\nx\nx\ny\n");
  const Reading two = read("title='a'\nfacts='no'", "a\nw\nx\nx\ny\nx\n");
  REQUIRE(one.sink.notices.size() == 3);
  REQUIRE(two.sink.notices.size() == 5);
  std::set<std::string> before, after;
  for (const KeptNotice& n : one.sink.notices) before.insert(n.key);
  for (const KeptNotice& n : two.sink.notices) after.insert(n.key);
  CHECK(before.size() == 3);
  CHECK(std::includes(after.begin(), after.end(), before.begin(), before.end()));
}

TEST_CASE("mapped csv: a document that is not the list expected is refused with what it holds") {
  const auto refused = [](std::string_view bytes) {
    const Reading reading = read("organisation='Organisme'\npeople='Personnes'", bytes);
    REQUIRE_FALSE(reading.report.has_value());
    CHECK(reading.report.error().kind == ErrorKind::Malformed);
    return reading.report.error().what;
  };
  CHECK(has(refused(""), "empty"));
  CHECK(has(refused("\n\n"), "empty"));
  CHECK(has(refused("<!DOCTYPE html><html><body>503</body></html>"), "HTML page"));
  CHECK(has(refused("date,nom\n2025,x\n"), "none of the first 20 rows"));
  CHECK(has(refused("date,nom\n2025,x\n"), "date | nom"));
  CHECK(has(refused("note\nOrganisme,Nombre\nx,3\n"),
            "line 2: there is no column `Personnes` (for people); the columns are: Organisme | Nombre"));
  CHECK(has(refused("\"Organisme"), "line 1: a quoted cell"));
}

TEST_CASE("mapped csv: one enormous cell, and ten thousand columns, are rejects") {
  const Reading cell = read("organisation='a'", "a\n" + std::string(100'000, 'x') + "\ny\n");
  REQUIRE(cell.sink.rejects.size() == 1);
  CHECK(has(cell.sink.rejects[0].reason.en, "longer than 65536 bytes"));
  CHECK(cell.sink.notices.size() == 1);
  CHECK(read("organisation='a'", "a\n" + std::string(10'000, ',') + "\n").report->records == 0);
  CHECK(read("organisation='a'", "a\n" + std::string(10'000, ',') + "x\ny\n").report->notices == 1);
}

TEST_CASE("mapped csv: a mapping that cannot be served is refused, by key") {
  CHECK(has(why_not("people='x'"), "map `title`, or `organisation`"));
  CHECK(has(why_not("titel='x'\ntitle='y'"), "titel: is not a key of this mapping (there are: key, title"));
  CHECK(has(why_not("title='{x'"), "title: an opening brace must be followed by a column"));
  CHECK(has(why_not("title='#0'"), "title: columns are counted from #1"));
  CHECK(has(why_not("title='x'\ndelimiter=';;'"), "delimiter: must be one character"));
  CHECK(has(why_not("title='x'\nquote=','"), "quote: must not be the delimiter"));
  CHECK(has(why_not("title='x'\nencoding='utf-7'"), "encoding: `utf-7` is not one that is read"));
  CHECK(has(why_not("title='x'\nheader='no'"), "`x` is a column's name"));
  CHECK(has(why_not("title='x'\nfacts='maybe'"), "facts: must be \"yes\" or \"no\""));
  CHECK(has(why_not("title='x'\nfacts='yes'"), "facts: cannot be \"yes\" without"));
  CHECK(has(why_not("title='x'\nrepeats=['a','b']"), "repeats: takes one value"));
}

TEST_CASE("mapped csv: lists are cut at the separator, but not inside parentheses") {
  using List = std::vector<std::string>;
  CHECK(split_list("a, b ,c", ",") == List{"a", "b", "c"});
  CHECK(split_list("a (b, c), d", ",") == List{"a (b, c)", "d"});
  CHECK(split_list("a (b, c", ",") == List{"a (b", "c"});
  CHECK(split_list("a), b", ",") == List{"a)", "b"});
  CHECK(split_list(" ,, ", ",") == List{});
  CHECK(split_list("a, b", "") == List{"a, b"});
  CHECK(split_list("", ",") == List{});
}
