// SPDX-License-Identifier: AGPL-3.0-or-later
// Whom a population covers beyond its dates: places, a kind of people, and how many of how many.
#include <doctest/doctest.h>

#include "daemon/match/match.hpp"
#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;

namespace {

/// A body that says how many people it holds, and one that leaves only its staff's files to a processor.
const Vocabulary& words() {
  static const RegistryFile kOwn{"own.json", R"({"schema": "vigifuite/own-organisations@v1", "items": [
    {"id": "caisse", "name": "Caisse Exemple", "people_held": [
      {"count": 1000000, "date": "2015", "source": "https://caisse.example/2015"},
      {"count": 4000000, "date": "2023-12", "who": {"fr": "adhérents", "en": "members"}, "source": "https://caisse.example/2023"},
      {"count": 5000, "relation": "employee", "date": "2023", "source": "https://caisse.example/staff"}]},
    {"id": "paie", "name": "Logiciel de Paie"},
    {"id": "employeur", "name": "Employeur Exemple", "processors": [
      {"organisation": "paie", "relation": "employee", "service": {"fr": "la paie", "en": "payroll"}}]}]})"};
  static const auto loaded = Vocabulary::with(std::span(&kOwn, 1));
  REQUIRE_MESSAGE(loaded, loaded.error().what);
  return **loaded;
}

Profile person(std::string_view text, Relation relation = Relation::User) {
  Profile profile;
  profile.ties = {parse_tie(text).value()};
  profile.ties[0].relation = relation;
  match::settle(profile.ties[0], words());
  return profile;
}

Population population(Extent extent) {
  Population out;
  out.period.to = sample::on("2024-03");
  out.extent = extent;
  out.statement = {"Les personnes inscrites.", "People registered."};
  out.source = "https://press.example/who";
  return out;
}

Incident incident(std::string_view body, Population population) {
  Incident out;
  out.id = "example-2024-03";
  out.states_facts = true;
  out.status = IncidentStatus::Confirmed;
  out.organisations = {{std::string(body), "", ""}};
  out.incident = {sample::on("2024-03-01"), sample::on("2024-03-05")};
  out.disclosed = sample::on("2024-03-13");
  out.populations = {std::move(population)};
  out.revisions = {{1, {}, "", {}, true}};
  return out;
}

std::string told(const std::optional<Hit>& hit) {
  if (!hit) return "nothing";
  std::string text(name_of(hit->verdict));
  for (const Reason& reason : hit->reasons) text += " " + std::string(name_of(reason.code));
  return text;
}

}  // namespace

TEST_CASE("judge: a population of some places excludes the local bodies that are surely elsewhere") {
  Population there = population(Extent::Whole);
  there.places = {"Gironde", "Bretagne"};
  const Incident leak = incident("caf", there);
  const auto judged = [&](std::string_view tie) { return told(match::judge(person(tie), leak, words())); };
  CHECK(judged("CAF de la Gironde:2019..").find("within_population") != std::string::npos);
  CHECK(judged("CAF du Finistère:2019..").find("within_population") != std::string::npos);
  CHECK(judged("CAF de la Somme:2019..") == "not_affected outside_place");
  CHECK(judged("CAF:2019..").find("place_unknown") != std::string::npos);
  CHECK(judged("CAF d'Amiens:2019..").find("place_unknown") != std::string::npos);
  CHECK(judged("CAF de la Somme:2025..") == "not_affected outside_period");
}

TEST_CASE("judge: a population of one kind of people leaves the person to say whether they are one") {
  Population some = population(Extent::Whole);
  some.kind = {"bénéficiaires d'une aide", "recipients of an aid"};
  CHECK(told(match::judge(person("Caisse Exemple:2019.."), incident("caisse", some), words())) == "possible only_kind");
}

TEST_CASE("judge: the odds are told when the announcement or the registry says how many people there are") {
  Incident leak = incident("caisse", population(Extent::Part));
  const auto odds = [&](std::string_view tie, Relation relation = Relation::User) {
    const auto hit = match::judge(person(tie, relation), leak, words());
    REQUIRE(hit);
    return hit->odds;
  };
  CHECK_FALSE(odds("Caisse Exemple:2019.."));  // nobody said how many were hit
  leak.people = {
      {9000000, Qualifier::About, Trust::Attacker, {}, ""},
      {200000, Qualifier::About, Trust::Organisation, sample::on("2024-03-13"), "https://caisse.example/leak"}};
  const auto some = odds("Caisse Exemple:2019..");
  REQUIRE(some);
  CHECK(some->hit == 200000);
  CHECK(some->held == 4000000);  // as counted nearest to the leak
  CHECK(some->held_date == sample::on("2023-12"));
  CHECK(some->held_who.fr == "adhérents");
  CHECK(some->held_source == "https://caisse.example/2023");
  CHECK_FALSE(odds("Caisse Exemple:2009..2012"));  // the figure counts those who are there, not those who left
  CHECK_FALSE(odds("Caisse Exemple:2019..", Relation::Employee));  // another population
  leak.populations[0].size = 800000;
  REQUIRE(odds("Caisse Exemple:2019.."));
  CHECK(odds("Caisse Exemple:2019..")->held == 800000);
  leak.populations[0].size.reset();
  leak.organisations.push_back({"cnil", "", ""});
  CHECK_FALSE(odds("Caisse Exemple:2019.."));  // the figure is of several bodies
}

TEST_CASE("judge: a figure that is only a bound, or more than the body holds, gives no odds") {
  Incident leak = incident("caisse", population(Extent::Part));
  leak.people = {{200000, Qualifier::AtMost, Trust::Organisation, {}, ""}};
  CHECK_FALSE(match::judge(person("Caisse Exemple:2019.."), leak, words())->odds);
  leak.people = {{5000000, Qualifier::About, Trust::Organisation, {}, ""}};
  CHECK_FALSE(match::judge(person("Caisse Exemple:2019.."), leak, words())->odds);
}

TEST_CASE("judge: a processor that holds only the files of the staff concerns only the staff") {
  Incident leak = incident("", {});
  leak.organisations.clear();
  leak.populations.clear();
  leak.processors = {{"paie", "", ""}};
  CHECK_FALSE(match::judge(person("Employeur Exemple:2019.."), leak, words()));
  const auto staff = match::judge(person("Employeur Exemple:2019..", Relation::Employee), leak, words());
  CHECK(told(staff) == "possible through_processor current_at_incident");
}
