// SPDX-License-Identifier: AGPL-3.0-or-later
// The verdicts that the shipped French catalogue must give. Its entries are read here by hand, only as far as
// judge() looks: the adapter of the catalogue has its own tests.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "daemon/match/match.hpp"
#include "tests/support/sample_shapes.hpp"
#include "tests/support/source_dir.hpp"

using namespace vigifuite;

namespace {

const Vocabulary& words() {
  return Vocabulary::shipped();
}

PartialDate date_at(JsonValue json) {
  return parse_partial_date(json.text()).value_or(PartialDate{});
}

std::vector<std::string> strings_at(JsonValue json) {
  std::vector<std::string> out;
  for (const auto item : json.items()) out.emplace_back(JsonValue(item).text());
  return out;
}

Incident entry_of(JsonValue json) {
  Incident out;
  out.id = json["id"].text();
  out.states_facts = true;
  out.verified = json["certainty"].text() == "sourced";
  out.status = parse_status(json["status"].text()).value();
  for (const std::string& id : strings_at(json["organisations"])) out.organisations.push_back({id, "", ""});
  for (const std::string& name : strings_at(json["organisation_names"])) out.organisations.push_back({"", name, ""});
  out.organisation_classes = strings_at(json["organisation_classes"]);
  for (const auto item : json["processors"].items()) {
    const JsonValue processor(item);
    out.processors.push_back({std::string(processor["id"].text()), std::string(processor["name"].text()), ""});
  }
  out.incident = {date_at(json["incident"]["from"]), date_at(json["incident"]["to"])};
  out.disclosed = date_at(json["disclosed"]);
  for (const auto item : json["people"].items()) {
    const JsonValue figure(item);
    out.people.push_back({figure["count"].integer().value(), parse_qualifier(figure["qualifier"].text()).value(),
                          parse_trust(figure["by"].text()).value_or(Trust::Aggregator), date_at(figure["date"]), ""});
  }
  for (const auto item : json["populations"].items()) {
    const JsonValue from(item);
    Population population;
    population.organisations = strings_at(from["organisations"]);
    population.relation = parse_relation(from["relation"].text()).value();
    population.period = {date_at(from["from"]), date_at(from["to"])};
    population.places = strings_at(from["places"]);
    population.kind = {std::string(from["kind"]["fr"].text()), std::string(from["kind"]["en"].text())};
    population.extent = parse_extent(from["extent"].text()).value();
    population.statement = {std::string(from["statement"]["fr"].text()), std::string(from["statement"]["en"].text())};
    out.populations.push_back(population);
  }
  return out;
}

/// The shipped entries; none, and said so, before the catalogue is there.
std::vector<Incident> catalogue() {
  std::vector<Incident> out;
  std::ifstream file(vigifuite::test::source_dir() + "/feeds/catalogue/france.json", std::ios::binary);
  if (!file) {
    MESSAGE("skipped: feeds/catalogue/france.json is not there");
    return out;
  }
  std::stringstream bytes;
  bytes << file.rdbuf();
  JsonParser parser;
  const auto json = parser.parse(bytes.str());
  REQUIRE(json);
  const JsonValue items = json->is_array() ? *json : (*json)["incidents"];
  for (const auto item : items.items()) out.push_back(entry_of(JsonValue(item)));
  REQUIRE(out.size() > 100);
  return out;
}

std::optional<Hit> hit_of(std::string_view text, std::string_view id, const std::vector<Incident>& incidents) {
  Profile profile;
  profile.ties = {parse_tie(text).value()};
  REQUIRE(match::resolve(profile, words()));
  for (const Incident& incident : incidents) {
    if (incident.id == id) return match::judge(profile, incident, words());
  }
  FAIL("the catalogue has no entry " << std::string(id));
  return std::nullopt;
}

}  // namespace

TEST_CASE(
    "catalogue: who was registered from 2009 to 2013 is likely in the leak of 2024, by the sentence on twenty years") {
  const auto incidents = catalogue();
  if (incidents.empty()) return;
  const auto hit = hit_of("Pôle emploi:2009..2013", "france-travail-cap-emploi-2024-03", incidents);
  REQUIRE(hit);
  CHECK(hit->verdict == Verdict::Likely);
  CHECK(hit->reasons.front().code == ReasonCode::WithinPopulation);
  CHECK(hit->reasons.front().quote.fr.find("20 dernières années") != std::string::npos);
}

TEST_CASE("catalogue: the same person is outside the leak of Kairos") {
  const auto incidents = catalogue();
  if (incidents.empty()) return;
  const auto hit = hit_of("Pôle emploi:2009..2013", "france-travail-kairos-2025-07", incidents);
  REQUIRE(hit);
  CHECK(hit->verdict == Verdict::NotAffected);
  CHECK(hit->reasons.front().code == ReasonCode::OutsidePeriod);
  CHECK_FALSE(hit->reasons.front().quote.fr.empty());
}

TEST_CASE("catalogue: whoever was registered at the leak of Kairos is told how many of how many, from public figures") {
  const auto incidents = catalogue();
  if (incidents.empty()) return;
  const auto hit = hit_of("France Travail:2024..", "france-travail-kairos-2025-07", incidents);
  REQUIRE(hit);
  CHECK(hit->verdict == Verdict::Possible);
  REQUIRE(hit->odds);
  CHECK(hit->odds->hit == 340000);
  CHECK(hit->odds->held == 6353400);
  CHECK_FALSE(hit->odds->held_source.empty());
}

TEST_CASE("catalogue: a leak in some regions does not meet the bodies of others") {
  const auto incidents = catalogue();
  if (incidents.empty()) return;
  const auto there = hit_of("ARS de Normandie:2019..", "ars-hopitaux-2025-09", incidents);
  REQUIRE(there);
  CHECK(there->verdict != Verdict::NotAffected);
  const auto elsewhere = hit_of("ARS de Bretagne:2019..", "ars-hopitaux-2025-09", incidents);
  CHECK((!elsewhere || elsewhere->verdict == Verdict::NotAffected));
}

TEST_CASE("catalogue: a member of a mutual that used Viamedis is possible, through the processor") {
  const auto incidents = catalogue();
  if (incidents.empty()) return;
  const auto hit = hit_of("Harmonie Mutuelle:2023..", "viamedis-almerys-2024-02", incidents);
  REQUIRE(hit);
  CHECK(hit->verdict == Verdict::Possible);
  CHECK(hit->reasons.front().code == ReasonCode::ThroughProcessor);
  CHECK(hit->reasons.front().organisation == "viamedis");
  const auto itself = hit_of("Viamedis:2023..", "viamedis-almerys-2024-02", incidents);
  REQUIRE(itself);
  CHECK(itself->verdict == Verdict::Possible);
  CHECK(itself->reasons.front().code == ReasonCode::WithinPartOfPopulation);
}

TEST_CASE("catalogue: a tie with one body does not meet the leaks of others of its kind") {
  const auto incidents = catalogue();
  if (incidents.empty()) return;
  CHECK_FALSE(hit_of("CHU de Nantes:2010..", "chu-rennes-2023-06", incidents));
  CHECK(hit_of("CHU de Rennes:2010..", "chu-rennes-2023-06", incidents));
  CHECK(hit_of("CAF:2010..", "caf-gironde-2021", incidents));
}

TEST_CASE("catalogue: nobody is likely by an unverified or unconfirmed entry") {
  for (const Incident& incident : catalogue()) {
    if (incident.verified && incident.status == IncidentStatus::Confirmed) continue;
    for (const OrganisationRef& ref : incident.organisations) {
      Profile profile;
      profile.ties = {{ref, Relation::User, {sample::on("2010"), {}}, true}};
      const auto hit = match::judge(profile, incident, words());
      CAPTURE(incident.id);
      REQUIRE(hit);
      CHECK(hit->verdict != Verdict::Likely);
    }
  }
}
