// SPDX-License-Identifier: AGPL-3.0-or-later
// What a mapping of paths can say, tried on real documents and on small ones.
#include <doctest/doctest.h>

#include <algorithm>

#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

const Adapter& mapped_json() {
  const Adapter* adapter = find_adapter("mapped_json");
  REQUIRE(adapter != nullptr);
  return *adapter;
}

std::string file_with(const std::string& mapping) {
  return "id='test'\nname='Test'\nformat='mapped_json'\nurl='https://list.example/data.json'\ntrust='press'\n"
         "[mapping]\n" +
         mapping;
}

/// A source with this [mapping], read as a person would write it.
Source source_with(const std::string& mapping) {
  auto source = read_source_file(file_with(mapping), "test.toml");
  REQUIRE_MESSAGE(source.has_value(), source.error().what);
  return *source;
}

Reading read(const std::string& mapping, std::string_view bytes) {
  return read_document(mapped_json(), bytes, source_with(mapping));
}

std::string why_not(const std::string& mapping) {
  const auto source = read_source_file(file_with(mapping), "test.toml");
  REQUIRE_FALSE(source.has_value());
  return source.error().what;
}

std::string refused(const std::string& mapping, std::string_view bytes) {
  const Reading reading = read(mapping, bytes);
  REQUIRE_FALSE(reading.report.has_value());
  CHECK(reading.report.error().kind == ErrorKind::Malformed);
  return reading.report.error().what;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

const std::string kBoutry = R"(key = "{name}|{date}"
organisation = "name"
domain = "site_url"
url = "source_url"
published = "date"
people = ["records_count", "records_count_raw"]
sector = "service_type"
labels = "data_types"
status = "status"
)";

const std::string kCertFr = R"(records = "self"
key = "reference"
title = "title"
text = "summary"
published = "revisions[0].revision_date"
links = ["vendor_advisories[].url", "links[].url"]
)";

const std::string kVeris = R"(records = "self"
key = "incident_id"
organisation = "victim.victim_id"
title = ["victim.victim_id", "incident_id"]
country = "victim.country[0]"
sector = "victim.industry"
text = "summary"
status = "security_incident"
people = "attribute.confidentiality.data_total"
labels = "attribute.confidentiality.data[].variety"
incident_from = [
  "{timeline.incident.year}-{timeline.incident.month}-{timeline.incident.day}",
  "{timeline.incident.year}-{timeline.incident.month}", "timeline.incident.year"]
published = "plus.created"
links = "reference"
links_separator = ";"
)";

}  // namespace

TEST_CASE("mapped json: what real records say arrives under the right names") {
  if (const auto bytes = corpus_file("christopheboutry/fuites-2026-02-21.json")) {
    const Reading reading = read(kBoutry, *bytes);
    const KeptNotice& first = reading.sink.notices.at(0);
    CHECK(first.key == "Innovorder|2026-02-21");
    CHECK(first.people == "41000");
    CHECK(first.labels.size() == 3);
    CHECK(first.status == "Revendiquée");
    CHECK(first.states_facts);
  }
  if (const auto bytes = corpus_file("veris/incidents/000D403E-2DC9-4EA7-9294-BD3938D1C3C7.json")) {
    const Reading reading = read(kVeris, *bytes);
    const KeptNotice& notice = reading.sink.notices.at(0);
    CHECK(notice.organisation == "Jersey City Medical Center");
    CHECK(notice.country == "US");
    CHECK(notice.labels == std::vector<std::string>{"Personal"});
    CHECK(notice.status == "Confirmed");
    CHECK(notice.links.size() == 2);
  }
  if (const auto bytes = corpus_file("cert-fr/json/CERTFR-2026-AVI-0136.json")) {
    const Reading reading = read(kCertFr, *bytes);
    CHECK(reading.sink.notices.at(0).published == "2026-02-09T00:00:00.000000");
    CHECK(reading.sink.notices.at(0).links ==
          std::vector<std::string>{"https://www.fortiguard.com/psirt/FG-IR-25-1142"});
    CHECK_FALSE(reading.sink.notices.at(0).states_facts);
  }
}

TEST_CASE("mapped json: records that hold objects and lists are read along their paths") {
  const auto source =
      read_source_file(repository_file("feeds/mapped_json/samples/good-nested.toml"), "good-nested.toml");
  REQUIRE_MESSAGE(source.has_value(), source.error().what);
  const auto sample = [&](const std::string& name) {
    return read_document(mapped_json(), repository_file("feeds/mapped_json/samples/" + name), *source);
  };
  const Reading good = sample("good-nested.json");
  REQUIRE(good.sink.notices.size() == 3);
  const KeptNotice& first = good.sink.notices[0];
  CHECK(first.key == "12");
  CHECK(first.from == "2026-1-9");
  CHECK(first.labels == std::vector<std::string>{"Nom, prénom", "IBAN", "adresse (rue, ville)"});
  CHECK(first.safe_labels == std::vector<std::string>{"Mot de passe"});
  CHECK(first.links == std::vector<std::string>{"https://acme.example/avis", "https://liste.example/journal/12"});
  CHECK(first.text == "Une première ligne.\nUne seconde.");
  CHECK(first.country == "FR");
  CHECK(good.sink.notices[1].key == "Mutuelle \"Exemple\" du Nord|2026-01-19");
  CHECK(good.sink.notices[1].from == "2025-12");
  CHECK(good.sink.notices[1].people == "1250");
  CHECK(good.sink.notices[1].labels == std::vector<std::string>{"Email", "Téléphone"});
  CHECK(good.sink.notices[2].from == "2024");
  CHECK(good.sink.notices[2].published == "(an object)");
  CHECK(good.sink.notices[2].people == "(a list)");
  CHECK(good.sink.notices[2].labels == std::vector<std::string>{"Email", "NIR"});

  const Reading hostile = sample("hostile-nested.json");
  REQUIRE(hostile.report.has_value());
  CHECK(hostile.report->records == 10);
  REQUIRE(hostile.sink.notices.size() == 2);
  CHECK(hostile.sink.notices[0].links.empty());
  CHECK(hostile.sink.notices[1].key == "2");
  CHECK(hostile.sink.rejects.at(0).place.en == "$.data.leaks[0]");
  CHECK(hostile.sink.rejects.back().reason.en == "same key as record 8");
}

TEST_CASE("mapped json: where the records are") {
  const std::string title = "title='t'\n";
  CHECK(read(title, R"([{"t":1},{"t":true},{"t":2.5}])").report->notices == 3);
  CHECK(read(title + "records='$'", R"([{"t":1}])").report->notices == 1);
  CHECK(read(title + "records='a.b'", R"({"a":{"b":[{"t":1}]}})").report->notices == 1);
  CHECK(read(title + "records='a[1]'", R"({"a":[0,[{"t":1}]]})").report->notices == 1);
  CHECK(read(title + "records='$.lines'", R"({"lines":[{"t":1}]})").report->notices == 1);
  CHECK(read(title + "records='self'", R"({"t":"x"})").report->notices == 1);
  const Reading list = read(title + "records='a.b'", R"({"a":{"b":[1]}})");
  CHECK(list.sink.rejects.at(0).place.en == "$.a.b[0]");
}

TEST_CASE("mapped json: a document that is not the list expected is refused with what it holds") {
  CHECK(has(refused("title='t'", ""), "empty"));
  CHECK(has(refused("title='t'", R"({"error":"later","status":503})"), R"(it has "error", "status")"));
  CHECK(has(refused("title='t'\nrecords='incidents'", R"([{"t":1}])"), "it is itself a list"));
  CHECK(has(refused("title='t'\nrecords='incidents'", R"({"incidents":{"t":1}})"), "`records` = \"incidents\""));
  CHECK(has(refused("title='t'\nrecords='self'", "[]"), "not an object"));
  CHECK(has(refused("title='t'\nrecords='lines'", "<!DOCTYPE html>\n<p>503</p>\n"), "no line is a JSON document"));
  CHECK_FALSE(refused("title='t'", "<!DOCTYPE html><html></html>").empty());
  CHECK_FALSE(refused("title='t'", R"([{"t":1},{"t")").empty());
  CHECK_FALSE(refused("title='t'", "[{\"t\":\"\xFF\"}]").empty());
  CHECK_FALSE(refused("title='t'", std::string(10'000, '[')).empty());
}

TEST_CASE("mapped json: a mapping that cannot be served is refused, by key") {
  CHECK(has(why_not("people='x'"), "map `title`, or `organisation`"));
  CHECK(has(why_not("title='a..b'"), "title: `a..b` is not a path: a name is missing"));
  CHECK(has(why_not("title='a[b]'"), "between [ and ] there must be nothing, * or a number"));
  CHECK(has(why_not("title='a[1'"), "a [ has no ]"));
  CHECK(has(why_not("title='a[1]b'"), "after ] there must be a dot, a [ or nothing"));
  CHECK(has(why_not("title='{a'"), "title: an opening brace must be followed by a path"));
  CHECK(has(why_not("title='a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q'"), "more than 16 steps"));
  CHECK(has(why_not("title='x'\nrecords='a.'"), "records: `a.` is not a path"));
  CHECK(has(why_not("title='x'\ntext_format='rtf'"), "text_format: must be \"html\" or \"plain\""));
  CHECK(has(why_not("title='x'\ndelimiter=';'"), "delimiter: is not a key of this mapping"));
}

TEST_CASE("mapped json: the shipped FrancePassoire source reads a catalogue of its shape") {
  const auto& sources = shipped_sources();
  const auto source =
      std::find_if(sources.begin(), sources.end(), [](const Source& s) { return s.id == "francepassoire"; });
  REQUIRE(source != sources.end());
  const Reading reading = read_document(mapped_json(), R"({"schema":"francepassoire/fiches@v1","count":2,"fiches":[
    {"slug":"acme-20260715","entity":"Acme","secteur":"services","statut":"revendiquee",
     "dates":{"revendication":"2026-07-15","publication":"2026-07-16"},
     "volume":{"count":162437,"unit":"personnes","label":"162 437 fiches clients"},
     "data_types":["identite","coordonnees"],"description":"Un essai.",
     "sources":[{"label":"Presse","url":"https://presse.example/a","kind":"article"}]},
    {"slug":"beta-20260801","entity":"Beta","secteur":"public","statut":"confirmee",
     "dates":{"revendication":"2026-08-01"},"volume":{"count":12,"unit":"lignes","label":""},
     "data_types":["sante"],"description":"Un essai.","sources":[]}]})",
                                        *source);
  REQUIRE_MESSAGE(reading.report.has_value(), reading.report.error().what);
  REQUIRE(reading.sink.notices.size() == 2);
  const KeptNotice& acme = reading.sink.notices[0];
  CHECK(acme.key == "acme-20260715");
  CHECK(acme.url == "https://francepassoire.com/fiche/acme-20260715/");
  CHECK(acme.published == "2026-07-16");
  CHECK(acme.people == "162437 personnes");
  CHECK(acme.labels == std::vector<std::string>{"identite", "coordonnees"});
  CHECK(acme.links == std::vector<std::string>{"https://presse.example/a"});
  CHECK(reading.sink.notices[1].published == "2026-08-01");
  CHECK(reading.sink.notices[1].status == "confirmee");
  // "coordonnees" and "financier" say too little to be a category: they are kept as they are.
  for (const std::string_view label : {"identite", "sante", "credentials", "documents", "geolocalisation"}) {
    CHECK_MESSAGE(Vocabulary::shipped().map_label(LabelSet::Words, label).has_value(), label);
  }
}
