// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/fold.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;

namespace {

Sighting told(std::string_view source, Trust trust, std::string_view disclosed, std::string_view from = {}) {
  Sighting out;
  out.source = source;
  out.key = "1";
  out.trust = trust;
  out.states_facts = true;
  out.status = trust == Trust::Attacker ? IncidentStatus::Claimed : IncidentStatus::Confirmed;
  out.title = {"Fuite chez Acme", "Leak at Acme"};
  out.organisations = {{"", "Acme Corp", ""}};
  if (!disclosed.empty()) out.disclosed = sample::on(disclosed);
  if (!from.empty()) out.incident.from = sample::on(from);
  out.first_seen = out.last_changed = sample::at("2024-03-13T09:00:00Z");
  return out;
}

std::string bytes_of(const Incident& incident) {
  JsonOut out;
  write(out, incident, Vocabulary::shipped());
  return std::string(out.str());
}

CategorySet set(std::initializer_list<std::string_view> slugs) {
  return sample::categories(slugs);
}

}  // namespace

TEST_CASE("fold: the most trusted source speaks, and every figure is kept with who gave it") {
  Sighting authority = told("cnil", Trust::Authority, "2026-01-22");
  authority.title = {"Sanction", ""};
  authority.people = {{36820828, Qualifier::Exact, Trust::Authority, sample::on("2026-01-22"), ""}};
  Sighting body = told("acme", Trust::Organisation, "2024-03-13", "2024-02-06");
  body.status = IncidentStatus::Claimed;
  body.people = {{43000000, Qualifier::About, Trust::Organisation, sample::on("2024-03-13"), "https://acme.example/"}};
  Sighting press = told("press-a", Trust::Press, "2024-03-14");
  press.people = {body.people[0],
                  {40000000, Qualifier::About, Trust::Press, sample::on("2024-03-14"), ""},
                  {41000000, Qualifier::About, Trust::Press, sample::on("2024-03-15"), ""}};
  press.summary = {"Résumé.", ""};
  const Incident incident = index::fold("acme-2024-03", {press, body, authority});
  CHECK(incident.status == IncidentStatus::Confirmed);
  CHECK(incident.title.fr == "Sanction");
  CHECK(incident.summary.fr == "Résumé.");
  CHECK(incident.incident.from == sample::on("2024-02-06"));
  REQUIRE(incident.people.size() == 4);
  CHECK(incident.people[0].count == 36820828);
  CHECK(incident.people[1].count == 43000000);
  CHECK(incident.people[2].count == 41000000);
  CHECK(incident.people[3].count == 40000000);
  CHECK(incident.sightings == std::vector<SightingRef>{{"acme", "1"}, {"cnil", "1"}, {"press-a", "1"}});
  CHECK(incident.revisions.empty());
}

TEST_CASE("fold: per category the most trusted wins, and a draw is never called safe") {
  Sighting body = told("acme", Trust::Organisation, "2024-03-13");
  body.exposed = set({"name"});
  body.not_exposed = set({"iban", "password"});
  Sighting press_a = told("press-a", Trust::Press, "2024-03-14");
  press_a.exposed = set({"iban", "nir"});
  press_a.not_exposed = set({"health", "name"});
  Sighting press_b = told("press-b", Trust::Press, "2024-03-15");
  press_b.exposed = set({"health"});
  press_b.not_exposed = set({"nir"});
  const Incident incident = index::fold("acme-2024-03", {press_a, press_b, body});
  CHECK(incident.exposed == set({"name", "nir", "health"}));
  CHECK(incident.not_exposed == set({"iban", "password"}));
  CHECK(incident.claims.size() == 3);
}

TEST_CASE("fold: what a source withdrew no longer counts, unless nothing else is left") {
  Sighting kept = told("press-a", Trust::Press, "2024-03-14");
  kept.exposed = set({"name"});
  Sighting gone = told("cnil", Trust::Authority, "2024-03-13");
  gone.exposed = set({"nir"});
  gone.title = {"Retiré", ""};
  gone.withdrawn = true;
  const Incident incident = index::fold("acme-2024-03", {gone, kept});
  CHECK(incident.exposed == set({"name"}));
  CHECK(incident.title.fr == "Fuite chez Acme");
  CHECK(incident.sightings.size() == 2);
  const Incident alone = index::fold("acme-2024-03", {gone});
  CHECK(alone.exposed == set({"nir"}));
  CHECK(alone.title.fr == "Retiré");
}

TEST_CASE("fold: an attacker's pages are never among the links, nor is a page listed twice") {
  Sighting claim = told("claims", Trust::Attacker, "2024-03-01");
  claim.url = "https://attacker.example/post";
  claim.links = {{"https://attacker.example/sample", LinkKind::Tracker, {}}};
  Sighting press = told("press-a", Trust::Press, "2024-03-14");
  press.url = "https://press.example/1";
  press.links = {{"https://press.example/1", LinkKind::Press, {}}};
  const Incident incident = index::fold("acme-2024-03", {claim, press});
  REQUIRE(incident.links.size() == 1);
  CHECK(incident.links[0].url == "https://press.example/1");
}

TEST_CASE("fold: a text whose facts are not extracted adds a source to read, not a fact") {
  Sighting text = told("press-a", Trust::Authority, "2024-03-14");
  text.states_facts = false;
  text.url = "https://press.example/1";
  text.title = {"Un texte", ""};
  text.exposed = set({"nir"});
  const Incident incident = index::fold("acme-2024-03", {text, told("press-b", Trust::Press, "2024-03-13")});
  CHECK(incident.states_facts);
  CHECK(incident.title.fr == "Fuite chez Acme");
  CHECK(incident.exposed.empty());
  CHECK(incident.links.size() == 1);
  CHECK_FALSE(index::fold("acme-2024-03", {text}).states_facts);
}

TEST_CASE("fold: verified when one source is, by its registry id and its name when two tell them") {
  Sighting rumour = told("press-a", Trust::Curated, "2024-03-13");
  rumour.verified = false;
  rumour.organisations = {{"france-travail", "", ""}};
  CHECK_FALSE(index::fold("x", {rumour}).verified);
  Sighting press = told("press-b", Trust::Press, "2024-03-13");
  press.organisations = {{"france-travail", "Pôle emploi", "pole-emploi.fr"}};
  const Incident incident = index::fold("x", {rumour, press});
  CHECK(incident.verified);
  CHECK(incident.organisations == std::vector<OrganisationRef>{{"france-travail", "Pôle emploi", "pole-emploi.fr"}});
}

TEST_CASE("fold: the order of arrival and repeats do not show in the bytes") {
  std::mt19937 random(7);
  const auto up_to = [&](std::size_t last) { return std::uniform_int_distribution<std::size_t>(0, last)(random); };
  const std::string_view days[] = {"2024-03-12", "2024-03-13", "2024-03", ""};
  for (int round = 0; round < 300; ++round) {
    std::vector<Sighting> sightings;
    for (std::size_t i = 0; i <= up_to(5); ++i) {
      Sighting one = told("source-" + std::to_string(up_to(3)), static_cast<Trust>(up_to(5)), days[up_to(3)]);
      one.key = std::to_string(i);
      one.title.fr = "Titre " + std::to_string(i);
      one.withdrawn = up_to(3) == 0;
      one.states_facts = up_to(3) != 0;
      one.verified = up_to(1) == 0;
      one.status = static_cast<IncidentStatus>(up_to(3));
      one.organisations.push_back({"", "Body " + std::to_string(up_to(2)), up_to(1) == 0 ? "a.example" : ""});
      one.exposed = CategorySet(up_to(255));
      one.not_exposed = CategorySet(up_to(255));
      for (std::size_t n = up_to(2); n > 0; --n) {
        one.people.push_back({static_cast<std::int64_t>(up_to(3)),
                              static_cast<Qualifier>(up_to(3)),
                              static_cast<Trust>(up_to(5)),
                              {2024, static_cast<std::uint8_t>(up_to(2)), 0},
                              ""});
      }
      one.links.push_back({"https://press.example/" + std::to_string(up_to(2)), LinkKind::Press, {}});
      sightings.push_back(one);
    }
    const std::string expected = bytes_of(index::fold("x", sightings));
    for (int turn = 0; turn < 4; ++turn) {
      std::vector<Sighting> shuffled = sightings;
      shuffled.push_back(sightings[up_to(sightings.size() - 1)]);
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      REQUIRE(bytes_of(index::fold("x", shuffled)) == expected);
    }
  }
}

TEST_CASE("fold: of two readings of one notice only the later counts") {
  Sighting before = told("press-a", Trust::Press, "2024-03-13");
  Sighting after = before;
  after.last_changed = sample::at("2024-03-20T09:00:00Z");
  after.title = {"Corrigé", ""};
  CHECK(index::fold("x", {after, before}).title.fr == "Corrigé");
  CHECK(index::fold("x", {before, after}).title.fr == "Corrigé");
  CHECK(index::fold("x", {before, after}).sightings.size() == 1);
}

TEST_CASE("fold: lists are bounded, and the most trusted are kept") {
  std::vector<Sighting> many;
  for (int i = 0; i < 500; ++i) {
    Sighting one = told("press-" + std::to_string(i), Trust::Press, "2024-03-13");
    one.url = "https://press.example/" + std::to_string(i);
    one.people = {{i, Qualifier::Exact, Trust::Press, {}, ""}};
    many.push_back(one);
  }
  many.push_back(told("cnil", Trust::Authority, "2024-03-13"));
  many.back().url = "https://authority.example/";
  const Incident incident = index::fold("x", many);
  CHECK(incident.links.size() == 200);
  CHECK(incident.links.front().url == "https://authority.example/");
  CHECK(incident.people.size() == 200);
  CHECK(incident.sightings.size() == 501);
  CHECK(index::fold("x", {}).sightings.empty());
}

TEST_CASE("compare: says what differs, and whether it matters to people") {
  const Incident before = sample::full_incident();
  const auto difference = [&](auto change) {
    Incident after = before;
    change(after);
    const auto found = index::compare(before, after);
    std::string text;
    for (const std::string& code : found.changes) text += code + " ";
    return text + (found.material ? "material" : "minor");
  };
  CHECK(difference([](Incident&) {}) == "minor");
  CHECK(difference([](Incident& i) { i.status = IncidentStatus::Retracted; }) == "status material");
  CHECK(difference([](Incident& i) { i.verified = !i.verified; }) == "status material");
  CHECK(difference([](Incident& i) { i.exposed = {}; }) == "exposed material");
  CHECK(difference([](Incident& i) { i.not_exposed = {}; }) == "not_exposed material");
  CHECK(difference([](Incident& i) { i.people.front().count = 1; }) == "people material");
  CHECK(difference([](Incident& i) { i.people.push_back({1, {}, Trust::Press, {}, ""}); }) == "people minor");
  CHECK(difference([](Incident& i) { i.people.clear(); }) == "people material");
  CHECK(difference([](Incident& i) { i.populations.clear(); }) == "population material");
  CHECK(difference([](Incident& i) { i.processors.clear(); }) == "processor material");
  CHECK(difference([](Incident& i) { i.organisations.pop_back(); }) == "organisations material");
  CHECK(difference([](Incident& i) { i.organisations[0].domain = "x.example"; }) == "organisations minor");
  CHECK(difference([](Incident& i) { i.organisation_classes.clear(); }) == "organisations material");
  CHECK(difference([](Incident& i) { i.disclosed = {}; }) == "period minor");
  CHECK(difference([](Incident& i) { i.links.clear(); }) == "sources minor");
  CHECK(difference([](Incident& i) { i.title = {}; }) == "text minor");
}
