// SPDX-License-Identifier: AGPL-3.0-or-later
// What becomes of the items of a feed: who is told, of what, and what only a curator sees.
#include <algorithm>

#include "tests/support/sample_shapes.hpp"
#include "tests/unit/app/world.hpp"

using namespace vigifuite;
using test::World;

namespace {

using Ids = std::vector<std::string>;

constexpr const char* kLeak =
    "France Travail a annoncé le 15 novembre 2026 que les noms et les adresses e-mail de 12 000 inscrits ont été volés "
    "le 10 novembre 2026. Les coordonnées bancaires ne sont pas concernées.";

Ids ids(const World& world, bool unsure = false) {
  index::IncidentFilter filter;
  filter.unsure = unsure;
  auto page = world.store->incidents(filter);
  REQUIRE(page);
  Ids out;
  JsonParser parser;
  for (const std::string& document : page->documents) out.emplace_back((*parser.parse(document))["id"].text());
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t notices(const World& world) {
  auto found = world.store->notices("", 100);
  REQUIRE(found);
  return found->size();
}

}  // namespace

TEST_CASE("texts: an item that announces a leak of a known body is an incident, a claim, and tells those concerned") {
  World world;
  world.watch("Pôle emploi:2020..");
  auto report = world.read_feed({{"1", "France Travail : des données volées", kLeak}});
  REQUIRE(report);
  CHECK(report->incidents_new == 1);
  REQUIRE(ids(world) == Ids{"france-travail-2026-11"});
  const Incident incident = world.incident("france-travail-2026-11");
  CHECK(incident.status == IncidentStatus::Claimed);
  CHECK(incident.exposed == sample::categories({"name", "email"}));
  CHECK(incident.not_exposed == sample::categories({"iban"}));
  CHECK_FALSE(incident.evidence.empty());
  CHECK(incident.evidence[0].source == "journal");
  CHECK(world.deliver() == Ids{"first france-travail-2026-11 possible"});
  CHECK(notices(world) == 1);  // its own words are kept too
}

TEST_CASE("texts: an item that announces no leak is kept and searchable, and is no incident") {
  World world;
  world.watch("Pôle emploi:2020..");
  auto report = world.read_feed({{"1", "Panne à France Travail",
                                  "Le site de France Travail est inaccessible depuis ce matin à cause d'une panne."}});
  REQUIRE(report);
  CHECK(report->incidents_new == 0);
  CHECK(ids(world).empty());
  CHECK(ids(world, true).empty());
  CHECK(world.deliver().empty());
  CHECK(world.store->notices("panne", 10)->size() == 1);
}

TEST_CASE("texts: a leak of a body that is not named is for a curator, and tells nobody") {
  World world;
  world.watch("Pôle emploi:2020..");
  REQUIRE(world.read_feed({{"1", "Des données volées", "Les noms et adresses de 3 000 patients ont été volés."}}));
  CHECK(ids(world).empty());
  REQUIRE(ids(world, true).size() == 1);
  CHECK(world.incident(ids(world, true)[0]).unsure);
  CHECK(world.store->counts()->unsure == 1);
  CHECK(world.deliver().empty());
}

TEST_CASE("texts: news of the rest of the world open no incident, but join one that is known") {
  const World::Item foreign{"1", "Acme Hospital data breach",
                            "Acme Hospital said that the names and email addresses of 12,000 patients were stolen."};
  World world;
  REQUIRE(world.read_feed({foreign}, Trust::Press, "en"));
  CHECK(ids(world).empty());
  CHECK(ids(world, true).empty());
  CHECK(notices(world) == 1);
  World known;
  auto batch = known.store->batch();
  Sighting list;
  list.source = "list";
  list.key = "1";
  list.trust = Trust::Aggregator;
  list.states_facts = true;
  list.organisations = {{"", "Acme Hospital", ""}};
  list.disclosed = sample::on("2026-11-19");
  batch->put_sighting(list, "acme-hospital-2026-11");
  Incident incident = index::fold("acme-hospital-2026-11", {list});
  incident.revisions = {{1, test::kNow, "list", {"new"}, true}};
  batch->put_incident(incident);
  REQUIRE(known.store->commit(std::move(batch)));
  REQUIRE(known.pipeline->merge_anew(test::kNow));  // puts it where those like it are looked for
  REQUIRE(known.read_feed({foreign}, Trust::Press, "en"));
  REQUIRE(ids(known) == Ids{"acme-hospital-2026-11"});
  CHECK(known.incident("acme-hospital-2026-11").exposed == sample::categories({"name", "email"}));
  CHECK(known.incident("acme-hospital-2026-11").sightings.size() == 2);
}

TEST_CASE("texts: a corrected item takes its word back, and who was told of it is told that") {
  World world;
  world.watch("Pôle emploi:2020..");
  REQUIRE(world.read_feed({{"1", "France Travail : des données volées", kLeak}}));
  REQUIRE(world.deliver().size() == 1);
  auto report = world.read_feed({{"1", "Rectificatif", "France Travail dément toute fuite de données."}});
  REQUIRE(report);
  CHECK(report->changed == 1);
  CHECK(world.incident("france-travail-2026-11").status == IncidentStatus::Retracted);
  CHECK(world.deliver() == Ids{"update france-travail-2026-11 not_affected"});
  REQUIRE(world.read_feed({{"1", "France Travail : des données volées", kLeak}}));
  CHECK(world.incident("france-travail-2026-11").status == IncidentStatus::Claimed);
}

TEST_CASE("texts: reading a feed again changes nothing") {
  World world;
  const std::vector<World::Item> items{{"1", "France Travail : des données volées", kLeak}};
  REQUIRE(world.read_feed(items));
  auto again = world.read_feed(items);
  REQUIRE(again);
  CHECK(again->incidents_new + again->incidents_changed + again->added + again->changed == 0);
  CHECK(world.incident("france-travail-2026-11").revisions.size() == 1);
}
