// SPDX-License-Identifier: AGPL-3.0-or-later
// Every real JSON document of the formats with a known shape or a mapping: notices + rejects = the records it has.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

Reading read_as(std::string_view format, std::string_view bytes) {
  const Adapter* adapter = find_adapter(format);
  REQUIRE(adapter != nullptr);
  return read_document(*adapter, bytes);
}

Reading read_mapped(const std::string& mapping, std::string_view bytes) {
  const auto source = read_source_file(
      "id='test'\nname='Test'\nformat='mapped_json'\nurl='https://list.example/'\ntrust='aggregator'\n[mapping]\n" +
          mapping,
      "test.toml");
  REQUIRE_MESSAGE(source.has_value(), source.error().what);
  return read_document(*find_adapter("mapped_json"), bytes, *source);
}

struct Expected {
  const char* file;
  std::uint64_t records;
};

/// All records are told, none twice, and where they are is known.
void check_whole(const Reading& reading, std::uint64_t records) {
  REQUIRE_MESSAGE(reading.report.has_value(), reading.report.error().what);
  CHECK(reading.report->records == records);
  CHECK(reading.report->broken_at.empty());
  for (const Reject& reject : reading.sink.rejects) {
    CHECK_FALSE(reject.place.en.empty());
    CHECK_FALSE(reject.reason.en.empty());
  }
  CHECK_MESSAGE(reading.sink.rejects.empty(),
                reading.sink.rejects.front().place.en << " " << reading.sink.rejects.front().reason.en);
  std::set<std::string> keys;
  for (const KeptNotice& notice : reading.sink.notices) keys.insert(notice.key);
  CHECK(keys.size() == reading.sink.notices.size());
}

}  // namespace

TEST_CASE("corpus: every Have I Been Pwned list is read whole, in all its shapes") {
  for (const Expected& document : {Expected{"hibp/breaches-2018-07-09.json", 293},
                                   {"hibp/breaches-2018-12-18.json", 334},
                                   {"hibp/breaches-2023-04-05.json", 667},
                                   {"hibp/breaches-2025-02-25.json", 871},
                                   {"hibp/breaches-2025-03-03.json", 875},
                                   {"hibp/breaches-2025-11-13-wrapped.json", 920}}) {
    CAPTURE(document.file);
    const auto bytes = corpus_file(document.file);
    if (!bytes) return;
    const Reading reading = read_as("hibp", *bytes);
    check_whole(reading, document.records);
    for (const KeptNotice& notice : reading.sink.notices) {
      CHECK(notice.url.starts_with("https://haveibeenpwned.com/Breach/"));
      CHECK(notice.people_count.has_value());
      CHECK_FALSE(notice.published.empty());
      CHECK_FALSE(notice.from.empty());
    }
  }
}

TEST_CASE("corpus: a list of data classes is not a list of breaches") {
  const auto bytes = corpus_file("hibp/dataclasses-2025-02.json");
  if (!bytes) return;
  const Reading reading = read_as("hibp", *bytes);
  REQUIRE(reading.report.has_value());
  CHECK(reading.report->records == 148);
  CHECK(reading.sink.rejects.size() == 148);
  CHECK(reading.sink.rejects.front().place.en == "$[0]");
}

TEST_CASE("corpus: the windows of the newest thirty have no name: the title names them") {
  const auto folder = std::filesystem::path(vigifuite::test::source_dir()) / ".." / "shared" / "corpus" / "hibp";
  int documents = 0;
  for (const char* part : {"windows", "windows-same-content"}) {
    if (!std::filesystem::exists(folder / part)) {
      MESSAGE("skipped: " << part << " is not there");
      return;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder / part)) {
      const Reading reading = read_as("hibp", *file_bytes(entry.path()));
      check_whole(reading, 30);
      CHECK(reading.sink.notices.front().key == reading.sink.notices.front().title);
      CHECK(reading.sink.notices.front().url.empty());
      ++documents;
    }
  }
  CHECK(documents == 20);
}

TEST_CASE("corpus: every XposedOrNot reply is read whole") {
  for (const Expected& document : {Expected{"xposedornot/breaches-2026-07-08.json", 763},
                                   {"xposedornot/breaches-2026-07-13.json", 763},
                                   {"xposedornot/breaches-2026-07-17.json", 764},
                                   {"xposedornot/breaches-2026-07-19.json", 765},
                                   {"xposedornot/breaches-2026-07-20.json", 766},
                                   {"xposedornot/breaches-2026-07-21.json", 767},
                                   {"xposedornot/breaches-2026-07-22.json", 768},
                                   {"xposedornot/breaches-2026-07-24.json", 769}}) {
    CAPTURE(document.file);
    const auto bytes = corpus_file(document.file);
    if (!bytes) return;
    const Reading reading = read_as("xposedornot", *bytes);
    check_whole(reading, document.records);
    CHECK(std::count_if(reading.sink.notices.begin(), reading.sink.notices.end(), [](const KeptNotice& n) {
            return n.organisation.empty();
          }) == 6);  // 5 combination lists, 1 log
  }
}

TEST_CASE("corpus: the real claim list is read whole, repeated claims apart, and links to no attacker") {
  const auto bytes = corpus_file("ransomwatch/posts-2024-04-23.json");
  if (!bytes) return;
  const Reading reading = read_as("ransomware", *bytes);
  check_whole(reading, 11'039);
  for (const KeptNotice& notice : reading.sink.notices) {
    CHECK(notice.url.empty());
    CHECK(notice.links.empty());
    CHECK(notice.text.empty());
    CHECK(notice.status == "claimed");
    CHECK(notice.title.front() != ' ');
  }
}

TEST_CASE("corpus: French trackers need a mapping and no code") {
  if (const auto bytes = corpus_file("frenchbreaches/frenchbreaches_2026.json")) {
    const Reading reading = read_mapped(
        "records='incidents'\nkey='sources[0]'\nurl='sources[0]'\norganisation='organisation'\npublished='date'\n"
        "country='territoire'\nsector='secteur'\nstatus='=revendiquée'\n",
        *bytes);
    check_whole(reading, 710);
    CHECK(reading.sink.notices[1].organisation == "Fédération Française de Motocyclisme");
    CHECK(reading.sink.notices[1].url.starts_with("https://frenchbreaches.com/alertes/"));
  }
  if (const auto bytes = corpus_file("christopheboutry/fuites-2026-02-21.json")) {
    const Reading reading = read_mapped(
        "key='{name} {date}'\norganisation='name'\npublished='date'\npeople='records_count_raw'\ndomain='site_url'\n"
        "sector='service_type'\nstatus='status'\nlabels='data_types'\nlinks='source_url'\n",
        *bytes);
    check_whole(reading, 285);
    CHECK(reading.sink.notices[0].key == "Innovorder 2026-02-21");
    CHECK(reading.sink.notices[0].labels.size() == 3);
    CHECK(std::count_if(reading.sink.notices.begin(), reading.sink.notices.end(),
                        [](const KeptNotice& n) { return n.status.empty(); }) == 148);
  }
  if (const auto bytes = corpus_file("fr-aggregate/breaches-merged-2026-07-04.json")) {
    const Reading reading = read_mapped(
        "records='breaches'\nkey='Name'\ntitle='Title'\norganisation='Name'\ndomain='Domain'\nincident_from='"
        "BreachDate'\n"
        "published='AddedDate'\npeople='PwnCount'\ntext='Description'\ntext_format='html'\nlabels='DataClasses'\n"
        "links=['lien','path']\nstatus='IsVerified'\n",
        *bytes);
    check_whole(reading, 1512);
    CHECK(std::count_if(reading.sink.notices.begin(), reading.sink.notices.end(),
                        [](const KeptNotice& n) { return n.domain.empty(); }) >= 197);
    CHECK(reading.sink.notices[0].from == "2026-6-29");
  }
}

TEST_CASE("corpus: a register in JSON Lines is read line by line") {
  for (const Expected& document : {Expected{"fuitesinfos/registre-2026-08-15.jsonl", 186},
                                   {"fuitesinfos/registre-2026-08-16.jsonl", 230},
                                   {"fuitesinfos/registre-2026-08-19.jsonl", 261},
                                   {"fuitesinfos/registre-2026-08-22.jsonl", 277}}) {
    CAPTURE(document.file);
    const auto bytes = corpus_file(document.file);
    if (!bytes) return;
    check_whole(
        read_mapped("records='lines'\nkey='seq'\ntitle=['{type} : {entite}','{type} : {libelle}']\npublished='date'\n"
                    "text=['note','libelle']\n",
                    *bytes),
        document.records);
  }
}

TEST_CASE("corpus: the American merge, incident files and advisories need a mapping and no code") {
  if (const auto bytes = corpus_file("us-breach-lists/breachradar-sec-ag-hibp-2026-08-22.json")) {
    const Reading reading = read_mapped(
        "key='id'\norganisation='company'\npublished='filed'\nincident_from='breach_date'\npeople='affected'\n"
        "sector='industry'\nurl='filing_url'\nlinks='index_url'\n",
        *bytes);
    check_whole(reading, 3013);
    CHECK(std::count_if(reading.sink.notices.begin(), reading.sink.notices.end(),
                        [](const KeptNotice& n) { return !n.people.empty(); }) == 353);
  }
  const auto corpus = std::filesystem::path(vigifuite::test::source_dir()) / ".." / "shared" / "corpus";
  if (!std::filesystem::exists(corpus)) {
    MESSAGE("skipped: the corpus is not there");
    return;
  }
  int incidents = 0;
  for (const auto& entry : std::filesystem::directory_iterator(corpus / "veris" / "incidents")) {
    const Reading reading = read_mapped(
        "records='self'\nkey='incident_id'\ntitle=['victim.victim_id','summary']\norganisation='victim.victim_id'"
        "\ntext='summary'"
        "\ncountry='victim.country[0]'\n"
        "incident_from=['{timeline.incident.year}-{timeline.incident.month}-{timeline.incident.day}',"
        "'{timeline.incident.year}-{timeline.incident.month}','{timeline.incident.year}']\nstatus='security_incident'\n"
        "people='attribute.confidentiality.data_total'\nlabels='attribute.confidentiality.data[*].variety'\n"
        "links='reference'\nlinks_separator=';'\n",
        *file_bytes(entry.path()));
    check_whole(reading, 1);
    CHECK(reading.sink.notices.front().from.size() >= 4);
    CHECK(reading.sink.notices.front().from.back() != '-');
    ++incidents;
  }
  CHECK(incidents == 99);
  int advisories = 0;
  for (const auto& entry : std::filesystem::directory_iterator(corpus / "cert-fr" / "json")) {
    const Reading reading = read_mapped(
        "records='self'\nkey='reference'\ntitle='title'\npublished='revisions[0].revision_date'\ntext='summary'\n"
        "url='=https://www.cert.ssi.gouv.fr/'\nlinks='vendor_advisories[*].url'\n",
        *file_bytes(entry.path()));
    check_whole(reading, 1);
    CHECK_FALSE(reading.sink.notices.front().states_facts);
    ++advisories;
  }
  CHECK(advisories == 45);
  if (const auto bytes = corpus_file("cert-fr/derived/cert-fr-ale_with_cves-2026-07-24.json")) {
    check_whole(read_mapped("key='alert'\ntitle='alert'\npublished='published_at'\n", *bytes), 261);
  }
}
