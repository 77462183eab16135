// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/pipeline.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "schemas/core/embedded.hpp"
#include "tests/unit/app/world.hpp"

using namespace vigifuite;
using test::kNow;
using test::World;

namespace {

struct Leak {
  std::string id = "essai-2026-01";
  std::string status = "confirmed";
  std::string exposed = R"("name","email")";
  int count = 1000;
  std::string population =
      R"([{"relation":"user","to":"2026-01","extent":"whole","statement":{"fr":"Toutes les personnes inscrites."},"source":0}])";
};

std::string catalogue(const std::vector<Leak>& leaks) {
  std::string items;
  for (const Leak& leak : leaks) {
    items += fmt::format(
        R"({}{{"id":"{}","title":{{"fr":"France Travail"}},"organisations":["france-travail"],"country":"FR","public_service":true,"status":"{}","incident":{{"from":"2026-01-05","to":"2026-01-06"}},"disclosed":"2026-01-20","people":[{{"count":{},"qualifier":"exact","by":"organisation","date":"2026-01-20","source":0}}],"populations":{},"exposed":[{}],"summary":{{"fr":"Inventé."}},"sources":[{{"url":"https://exemple.invalid/a","kind":"official"}}],"certainty":"sourced"}})",
        items.empty() ? "" : ",", leak.id, leak.status, leak.count, leak.population, leak.exposed);
  }
  return fmt::format(R"({{"schema":"vigifuite/catalogue@v1","title":"essai","incidents":[{}]}})", items);
}

/// The vocabulary of a program that did not know France Travail by the name of Pôle emploi.
std::unique_ptr<const Vocabulary> older_vocabulary() {
  std::string documents[3];
  for (const EmbeddedFile& file : embedded_vocabulary()) {
    for (const auto& [name, into] : {std::pair{"categories", 0}, {"risks", 1}, {"organisations", 2}}) {
      if (file.name.find(name) != std::string_view::npos) documents[into] = file.bytes;
    }
  }
  const std::string alias = "\"Pôle emploi\"";
  for (auto at = documents[2].find(alias); at != std::string::npos; at = documents[2].find(alias, at)) {
    documents[2].replace(at, alias.size(), "\"Ancien nom\"");
  }
  auto vocabulary = Vocabulary::load(documents[0], documents[1], documents[2]);
  REQUIRE_MESSAGE(vocabulary.has_value(), vocabulary.error().what);
  return std::move(*vocabulary);
}

}  // namespace

TEST_CASE("pipeline: a payload read twice changes nothing the second time") {
  World world;
  auto first = world.ingest(catalogue({Leak{}}));
  REQUIRE(first.has_value());
  CHECK(first->incidents_new == 1);
  CHECK(first->added == 1);
  auto second = world.ingest(catalogue({Leak{}}));
  REQUIRE(second.has_value());
  CHECK(second->incidents_new + second->incidents_changed + second->added + second->changed == 0);
  CHECK(world.incident("essai-2026-01").revisions.size() == 1);
}

TEST_CASE("pipeline: the validators are stored with what they vouch for, and a refused payload stores neither") {
  World world;
  REQUIRE(world.ingest(catalogue({Leak{}}), "\"good\"").has_value());
  CHECK(world.store->source_state("essai")->validators.etag == "\"good\"");
  auto refused = world.ingest("<html>502 Bad Gateway</html>", "\"bad\"");
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::Malformed);
  CHECK(world.store->source_state("essai")->validators.etag == "\"good\"");
  CHECK(world.store->counts()->incidents == 1);
}

TEST_CASE("pipeline: whoever is watched before is told once, and again only when a fact that matters changes") {
  World world;
  world.watch("Pôle emploi:2009..2013");
  REQUIRE(world.ingest(catalogue({Leak{}}))->to_tell == 1);
  CHECK(world.deliver() == std::vector<std::string>{"first essai-2026-01 likely"});
  CHECK(world.deliver().empty());
  REQUIRE(world.ingest(catalogue({Leak{}}), "\"2\"")->to_tell == 0);
  Leak corrected;
  corrected.exposed = R"("name","email","nir")";
  REQUIRE(world.ingest(catalogue({corrected}), "\"3\"")->to_tell == 1);
  CHECK(world.deliver() == std::vector<std::string>{"update essai-2026-01 likely"});
}

TEST_CASE("pipeline: a new watch searches the past, and is owed nothing outside the stated period") {
  World world;
  Leak current;
  current.id = "essai-actuels-2026-01";
  current.population =
      R"([{"relation":"user","from":"2026-01","to":"2026-01","extent":"part","statement":{"fr":"Les personnes alors inscrites."},"source":0}])";
  REQUIRE(world.ingest(catalogue({current})).has_value());
  world.watch("Pôle emploi:2009..2013");
  CHECK(world.deliver().empty());
  world.watch("France Travail:2025..");
  CHECK(world.deliver() == std::vector<std::string>{"first essai-actuels-2026-01 possible"});
}

TEST_CASE(
    "pipeline: concerned by the body but not by the verdict, a person is told nothing now and is first told later") {
  World world;
  Leak staff;
  staff.population = R"([{"relation":"employee","extent":"whole","statement":{"fr":"Les agents."},"source":0}])";
  world.watch("Pôle emploi:2009..2013");
  REQUIRE(world.ingest(catalogue({staff})).has_value());
  CHECK(world.deliver().empty());
  REQUIRE(world.ingest(catalogue({Leak{}}), "\"2\"").has_value());
  CHECK(world.deliver() == std::vector<std::string>{"first essai-2026-01 likely"});
}

TEST_CASE("pipeline: an unverified incident is kept and shown, and nobody is told of it") {
  World world;
  world.watch("Pôle emploi:2009..2013");
  std::string document = catalogue({Leak{}});
  const std::string sourced = R"("certainty":"sourced")";
  document.replace(document.find(sourced), sourced.size(), R"("certainty":"unverified")");
  REQUIRE(world.ingest(document)->to_tell == 0);
  CHECK(world.deliver().empty());
  CHECK_FALSE(world.incident("essai-2026-01").verified);
}

TEST_CASE("pipeline: an item that leaves a complete listing is withdrawn, one that leaves a window is not") {
  for (const bool complete : {true, false}) {
    World world;
    Leak other;
    other.id = "autre-2025-06";
    REQUIRE(world.ingest(catalogue({Leak{}, other}), "\"1\"", complete).has_value());
    auto report = world.ingest(catalogue({other}), "\"2\"", complete);
    REQUIRE(report.has_value());
    CHECK(report->withdrawn == 1);
    CHECK((report->incidents_changed == 1) == complete);
    CHECK((world.incident("essai-2026-01").revisions.size() == 2) == complete);
  }
}

TEST_CASE("pipeline: one bad record is a reject with its place, and stops no other") {
  World world;
  Leak bad;
  bad.id = "";
  auto report = world.ingest(catalogue({bad, Leak{}}));
  REQUIRE(report.has_value());
  CHECK(report->records == 2);
  CHECK(report->notices == 1);
  REQUIRE(report->reject_samples.size() == 1);
  CHECK(report->reject_samples[0].en.find("record 1") != std::string::npos);
  CHECK(report->reject_samples[0].fr.find("fiche 1") != std::string::npos);
  CHECK(world.store->source_state("essai")->reject_samples == report->reject_samples);
}

TEST_CASE("pipeline: what was indexed, told and owed is there after the store is opened again") {
  World world;
  world.watch("Pôle emploi:2009..2013");
  REQUIRE(world.ingest(catalogue({Leak{}})).has_value());
  world.reopen();
  CHECK(world.deliver() == std::vector<std::string>{"first essai-2026-01 likely"});
  world.reopen();
  CHECK(world.deliver().empty());
  CHECK(world.ingest(catalogue({Leak{}}))->added == 0);
}

TEST_CASE("pipeline: an announcement that its only source withdraws is retracted, and who was told is told so") {
  World world;
  world.watch("Pôle emploi:2009..2013");
  Leak other;
  other.id = "autre-2025-06";
  other.population = R"([{"relation":"employee","extent":"whole","statement":{"fr":"Les agents."},"source":0}])";
  REQUIRE(world.ingest(catalogue({Leak{}, other})).has_value());
  REQUIRE(world.deliver() == std::vector<std::string>{"first essai-2026-01 likely"});
  REQUIRE(world.ingest(catalogue({other}), "\"2\"").has_value());
  CHECK(world.incident("essai-2026-01").status == IncidentStatus::Retracted);
  CHECK(world.deliver() == std::vector<std::string>{"update essai-2026-01 not_affected"});
}

TEST_CASE("pipeline: a complete listing that loses most of its items at once is not believed") {
  World world;
  std::vector<Leak> many(30);
  for (std::size_t i = 0; i < many.size(); ++i) many[i].id = fmt::format("essai-{}", 100 + i);
  REQUIRE(world.ingest(catalogue(many)).has_value());
  auto report = world.ingest(catalogue({many[0]}), "\"2\"");
  REQUIRE(report.has_value());
  CHECK(report->state == poll::PollState::Partial);
  CHECK(report->withdrawn == 0);
  CHECK(report->broken_at.en.find("not believed") != std::string::npos);
  CHECK(world.ingest(catalogue(many), "\"3\"")->added == 0);
}

TEST_CASE("pipeline: what changes before anybody was told is told once") {
  World world;
  world.watch("Pôle emploi:2009..2013");
  REQUIRE(world.ingest(catalogue({Leak{}})).has_value());
  Leak corrected;
  corrected.exposed = R"("name","email","nir")";
  REQUIRE(world.ingest(catalogue({corrected}), "\"2\"").has_value());
  CHECK(world.deliver() == std::vector<std::string>{"first essai-2026-01 likely"});
}

TEST_CASE("pipeline: a tie kept under its words finds its leaks, past and coming, once a registry knows the body") {
  const auto older = older_vocabulary();
  World world(*older);
  Profile profile;
  profile.ties.push_back(parse_tie("Pôle emploi:2009..2013").value());
  REQUIRE_FALSE(match::resolve(profile, *older).has_value());
  WatchNumber number = 0;
  {
    auto batch = world.store->batch();
    number = world.watchlist->add(*batch, profile).value();
    REQUIRE(world.store->commit(std::move(batch)).has_value());
  }
  REQUIRE(world.ingest(catalogue({Leak{}})).has_value());
  CHECK(world.deliver().empty());

  world.reopen();
  CHECK_FALSE(world.watchlist->posted().value());
  CHECK(world.pipeline->repost(kNow).value() == 1);
  CHECK(world.deliver() == std::vector<std::string>{"first essai-2026-01 likely"});
  const Profile known = world.watchlist->get(number).value().value();
  CHECK(known.ties.at(0).organisation.id == "france-travail");
  CHECK(known.ties.at(0).organisation.name == "Pôle emploi");
  CHECK(world.watchlist->posted().value());
  CHECK(world.pipeline->repost(kNow).value() == 0);

  Leak second;
  second.id = "essai-2026-02";
  REQUIRE(world.ingest(catalogue({Leak{}, second}), "\"2\"").has_value());
  CHECK(world.deliver() == std::vector<std::string>{"first essai-2026-02 likely"});
  REQUIRE(match::resolve(profile, Vocabulary::shipped()).has_value());
}

TEST_CASE("catalogue: every body of the registry that the shipped catalogue names is found by a tie with it") {
  World world;
  Source source;
  source.id = "france";
  source.format = "catalogue";
  source.trust = Trust::Curated;
  const auto document = find_file(embedded_catalogue(), "france.json");
  REQUIRE(document);
  REQUIRE(world.pipeline->ingest(source, {"france", std::string(*document), "", {}, kNow}, {}, kNow).has_value());
  for (const char* name : {"Free", "SFR", "Orange", "Air France", "CNRS"}) {
    Profile profile;
    profile.ties.push_back(*parse_tie(name));
    (void)match::resolve(profile, Vocabulary::shipped());
    bool found = false;
    for (const std::string& key : match::keys_for_tie(profile.ties[0], Vocabulary::shipped())) {
      const auto ids = world.store->incidents_of(key);
      REQUIRE(ids.has_value());
      for (const std::string& id : *ids) {
        const auto hit = match::judge(profile, world.incident(id), Vocabulary::shipped());
        found = found || (hit && hit->verdict != Verdict::Undetermined);
      }
    }
    CHECK_MESSAGE(found, name);
  }
}
