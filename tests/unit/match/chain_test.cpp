// SPDX-License-Identifier: AGPL-3.0-or-later
// Bodies over time: old names, files that moved, processors that came and went.
#include "daemon/match/chain.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "daemon/match/match.hpp"
#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;

namespace {

/// An insurer that left its work to one processor until 2020, to another since, which passes it on to a third.
const Vocabulary& words() {
  static const RegistryFile kOwn{"own.json", R"({"schema": "vigifuite/own-organisations@v1", "items": [
    {"id": "assureur", "name": "Assureur Exemple", "kind": "complementary_insurer", "processors": [
      {"organisation": "ancien", "until": "2020-06", "service": {"fr": "le tiers payant", "en": "third-party payment"}},
      {"organisation": "nouveau", "from": "2020-07", "service": {"fr": "le tiers payant", "en": "third-party payment"}}]},
    {"id": "ancien", "name": "Ancien Opérateur"},
    {"id": "nouveau", "name": "Nouvel Opérateur", "processors": [
      {"organisation": "hebergeur", "certain": false, "service": {"fr": "l'hébergement", "en": "hosting"}}]},
    {"id": "hebergeur", "name": "Hébergeur Exemple", "processors": [{"organisation": "nouveau"}]},
    {"id": "disparu", "name": "Corps Disparu", "aliases": ["CD"], "existed": {"until": "2017"}, "successors": [
      {"organisation": "heritier", "since": "2018-01-01", "what": {"fr": "les dossiers", "en": "the files"}}]},
    {"id": "heritier", "name": "Corps Héritier", "successors": [{"organisation": "dernier", "since": "2022"}]},
    {"id": "dernier", "name": "Dernier Corps"}]})"};
  static const auto loaded = Vocabulary::with(std::span(&kOwn, 1));
  REQUIRE_MESSAGE(loaded, loaded.error().what);
  return **loaded;
}

Tie tie(std::string_view text) {
  Tie out = parse_tie(text).value();
  match::settle(out, words());
  return out;
}

/// A leak at a processor in a month, which names only the processor.
Incident leak_at(std::string_view processor, std::string_view month) {
  Incident out;
  out.id = "leak";
  out.states_facts = true;
  out.status = IncidentStatus::Confirmed;
  out.processors = {{std::string(processor), "", ""}};
  out.incident = {sample::on(month), sample::on(month)};
  out.disclosed = out.incident.from;
  out.revisions = {{1, {}, "", {}, true}};
  return out;
}

Incident leak_of(std::string_view body, std::string_view month) {
  Incident out = leak_at("", month);
  out.processors.clear();
  out.organisations = {{std::string(body), "", ""}};
  return out;
}

std::optional<Hit> judged(std::string_view text, const Incident& incident) {
  Profile profile;
  profile.ties = {tie(text)};
  return match::judge(profile, incident, words());
}

std::string told(const std::optional<Hit>& hit) {
  if (!hit) return "nothing";
  std::string text(name_of(hit->verdict));
  for (const Reason& reason : hit->reasons) text += " " + std::string(name_of(reason.code));
  return text;
}

std::string names(const std::vector<NameStep>& steps) {
  std::string text;
  for (const NameStep& step : steps) text += (text.empty() ? "" : " > ") + step.name + " " + to_string(step.since);
  return text;
}

}  // namespace

TEST_CASE("understand: an old name leads to the names since, each with its date") {
  CHECK(names(match::understand(tie("Pôle emploi:2009..2013"), words()).became) == "France Travail 2024-01-01");
  CHECK(names(match::understand(tie("ANPE:2005..2007"), words()).became) ==
        "Pôle emploi 2008-12-19 > France Travail 2024-01-01");
  CHECK(names(match::understand(tie("assedic"), words()).became) ==
        "Pôle emploi 2008-12-19 > France Travail 2024-01-01");
  CHECK(match::understand(tie("France Travail:2005..2007"), words()).became.empty());
  CHECK(names(match::understand(tie("CNAMTS"), words()).became).ends_with("2018-01-01"));
  CHECK(match::understand(tie("Nobody & Sons"), words()).body == nullptr);
}

TEST_CASE("holders: files follow the bodies that took them over, for whoever was there before") {
  const auto ids = [](std::string_view text) {
    std::string out;
    for (const auto& holder : match::holders_of(tie(text), words())) out += (out.empty() ? "" : " ") + holder.ref.id;
    return out;
  };
  CHECK(ids("Corps Disparu:2010..2012") == "disparu heritier dernier");
  CHECK(ids("CD") == "disparu heritier dernier");
  CHECK(ids("Corps Héritier:2023..") == "heritier");
  CHECK(ids("RSI:2010..2015") == "rsi urssaf cpam carsat");
  CHECK(ids("LMDE:2012..2015") == "lmde cpam");
  CHECK(ids("LMDE:2020..") == "lmde");
  CHECK(ids("LMDE:2019..") == "lmde cpam");  // January or December: not known
  CHECK(ids("France Travail") == "france-travail");
}

TEST_CASE("judge: a leak at the body that took the files over concerns whoever was with the old one, and says so") {
  const auto hit = judged("Corps Disparu:2010..", leak_of("dernier", "2024-05"));
  CHECK(told(hit) == "possible current_at_incident taken_over taken_over");
  REQUIRE(hit);
  CHECK(hit->body == "dernier");
  CHECK(hit->reasons[1].organisation == "heritier");
  CHECK(hit->reasons[1].what.fr == "les dossiers");
  CHECK(hit->reasons[2].organisation_name == "Dernier Corps");
  CHECK(told(judged("Corps Héritier:2023..", leak_of("dernier", "2024-05"))) == "nothing");
  CHECK(judged("Corps Disparu:2010..", leak_of("disparu", "2016-05"))->body.empty());
}

TEST_CASE("judge: an old name is told with the verdict, and changes nothing of it") {
  const Incident leak = leak_of("france-travail", "2025-05");
  CHECK(told(judged("France Travail:2010..", leak)) == "possible current_at_incident");
  const auto hit = judged("Pôle emploi:2010..", leak);
  CHECK(told(hit) == "possible current_at_incident renamed");
  CHECK(hit->reasons.back().organisation_name == "Pôle emploi");
}

TEST_CASE("chain: the processor of the time, not of another, and the way there") {
  const auto way = [](std::string_view to, Period window) {
    std::string out;
    for (const ProcessorLink* link :
         match::way_to(*words().organisation("assureur"), to, window, Relation::User, words())) {
      out += (out.empty() ? "" : " > ") + link->organisation;
    }
    return out;
  };
  const Period in_2019{{2019, 0, 0}, {2019, 0, 0}}, in_2024{{2024, 3, 0}, {2024, 3, 0}};
  CHECK(way("ancien", in_2019) == "ancien");
  CHECK(way("ancien", in_2024).empty());
  CHECK(way("nouveau", in_2019).empty());
  CHECK(way("nouveau", in_2024) == "nouveau");
  CHECK(way("hebergeur", in_2024) == "nouveau > hebergeur");
  CHECK(way("hebergeur", {}) == "nouveau > hebergeur");
  CHECK(way("mgen", {}).empty());
  CHECK(way("assureur", {}).empty());
}

TEST_CASE("judge: a leak two steps down the chain reaches the insurer's people, with each step told") {
  const auto hit = judged("Assureur Exemple:2021..", leak_at("hebergeur", "2024-03"));
  CHECK(told(hit) == "possible through_processor current_at_incident");
  REQUIRE(hit);
  const auto& chain = hit->reasons[0].chain;
  REQUIRE(chain.size() == 2);
  CHECK(chain[0].name == "Nouvel Opérateur");
  CHECK(chain[0].period.from == PartialDate{2020, 7, 0});
  CHECK(chain[1].service.fr == "l'hébergement");
  CHECK_FALSE(chain[1].certain);
  CHECK(hit->reasons[0].customer_kind == "complementary_insurer");
}

TEST_CASE("judge: who left before the body worked with the processor is not told they were in its files") {
  CHECK(told(judged("Assureur Exemple:2015..2018", leak_at("nouveau", "2024-03"))) ==
        "undetermined population_unstated processor_other_time");
  CHECK(told(judged("Assureur Exemple:2015..", leak_at("nouveau", "2024-03"))) ==
        "possible through_processor current_at_incident");
  CHECK(told(judged("Assureur Exemple:2021..", leak_at("ancien", "2019-05"))) == "nothing");
  CHECK(told(judged("Assureur Exemple:2015..", leak_at("ancien", "2019-05"))) ==
        "possible through_processor current_at_incident");
  CHECK(told(judged("Assureur Exemple:2015..", leak_at("ancien", "2024-05"))) == "nothing");
}

TEST_CASE("keys: whoever a chain or a succession reaches is found from both ends") {
  const auto has = [](const std::vector<std::string>& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  CHECK(has(match::keys_for_tie(tie("Assureur Exemple"), words()), "hebergeur"));
  CHECK(has(match::keys_for_incident(leak_at("hebergeur", "2024-03"), words()), "assureur"));
  CHECK(has(match::posting_keys(tie("Corps Disparu:2010..2012"), words()), "dernier"));
  CHECK_FALSE(has(match::posting_keys(tie("Corps Héritier:2023.."), words()), "dernier"));
  CHECK(has(match::posting_keys(tie("Lycée Lavoisier"), words()), "education-nationale"));
}
