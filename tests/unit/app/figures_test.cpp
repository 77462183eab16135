// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/figures.hpp"

#include "tests/unit/app/world.hpp"

using namespace vigifuite;

namespace {

/// Four leaks, one of them taken back: two of one body, one through a processor, one of no known day.
constexpr std::string_view kLeaks = R"({"schema": "vigifuite/catalogue@v1", "title": "essai", "incidents": [
  {"id": "travail-2025-11", "title": {"fr": "Un"}, "organisations": ["france-travail"], "sector": "emploi", "country": "FR",
   "public_service": true, "status": "confirmed", "incident": {"from": "2025-11-01", "to": "2025-11-10"},
   "disclosed": "2025-11-20", "exposed": ["name", "nir"], "not_exposed": [], "summary": {"fr": "x"}, "sources": [],
   "people": [{"count": 1000, "qualifier": "about", "by": "organisation"}]},
  {"id": "travail-2025-12", "title": {"fr": "Deux"}, "organisations": ["france-travail"], "sector": "emploi", "country": "FR",
   "public_service": true, "status": "confirmed", "incident": {"from": "2025-12-01"}, "disclosed": "2025-12-31",
   "exposed": ["name"], "not_exposed": [], "summary": {"fr": "x"}, "sources": [],
   "people": [{"count": 9000, "qualifier": "about", "by": "attacker"}]},
  {"id": "alan-2024-05", "title": {"fr": "Trois"}, "organisations": ["alan"], "processors": [{"id": "almerys"}], "sector": "santé",
   "country": "FR", "public_service": false, "status": "claimed", "disclosed": "2024-05", "exposed": ["name"],
   "not_exposed": [], "summary": {"fr": "x"}, "sources": [], "people": [{"count": 50, "qualifier": "exact", "by": "press"}]},
  {"id": "alan-2024-06", "title": {"fr": "Quatre"}, "organisations": ["alan"], "sector": "santé", "country": "FR",
   "public_service": false, "status": "retracted", "disclosed": "2024-06-01", "exposed": ["iban"], "not_exposed": [],
   "summary": {"fr": "x"}, "sources": [], "people": [{"count": 70, "qualifier": "exact", "by": "press"}]}]})";

/// The CNIL's rows, by month only: what the shipped source reads.
constexpr std::string_view kNotifications =
    "mois;secteur;cause\n2025-11;Commerce;Vol\n2025-11;Commerce;Vol\n2025-12;Commerce;Vol\n";

Source notifications() {
  Source source;
  source.id = "notifications";
  source.name = "Notifications d'essai";
  source.format = "mapped_csv";
  source.trust = Trust::Authority;
  source.enabled = true;
  source.complete_listing = true;
  source.mapping = {{"delimiter", {";"}},  {"title", {"Violation : {secteur}"}},
                    {"text", {"{cause}"}}, {"published", {"mois"}},
                    {"facts", {"no"}},     {"counts", {"notifications"}}};
  return source;
}

struct Observatory : test::World {
  std::shared_ptr<std::vector<Source>> sources = std::make_shared<std::vector<Source>>();

  [[nodiscard]] api::Core core() {
    return {.vocabulary = Vocabulary::shipped(),
            .store = *store,
            .watchlist = *watchlist,
            .pipeline = *pipeline,
            .sources = [this] { return sources; },
            .now = [] { return test::kNow; },
            .write = {},
            .update = {},
            .scheduled = false,
            .backups_below = {}};
  }
  api::Figures figures() {
    auto read = api::figures_of(core());
    REQUIRE(read.has_value());
    return std::move(*read);
  }
};

void read_leaks(Observatory& world) {
  const auto read = world.ingest(std::string(kLeaks));
  REQUIRE(read.has_value());
  CHECK(read->rejects == 0);
  CHECK(read->incidents_new == 4);
}

}  // namespace

TEST_CASE(
    "figures: leaks add up by year, service, sector, category; those taken back and an attacker's figures do not") {
  Observatory world;
  read_leaks(world);
  const auto figures = world.figures();
  CHECK(figures.all.incidents == 3);
  CHECK(figures.all.people == 1050);
  CHECK(figures.years.at(2025).incidents == 2);
  CHECK(figures.years.at(2025).people == 1000);
  CHECK(figures.years.at(2024).incidents == 1);
  CHECK(figures.public_service.incidents == 2);
  CHECK(figures.others.people == 50);
  CHECK(figures.sectors.at("emploi").incidents == 2);
  CHECK(figures.by_category[Vocabulary::shipped().category("name")->index] == 3);
  CHECK(figures.by_category[Vocabulary::shipped().category("iban")->index] == 0);
}

TEST_CASE("figures: what came through a processor, who was hit again, and how long the announcement took") {
  Observatory world;
  read_leaks(world);
  const auto figures = world.figures();
  REQUIRE(figures.processors.size() == 1);
  CHECK(figures.processors[0].name == "Almerys");
  CHECK(figures.through_processor.incidents == 1);
  REQUIRE(figures.repeated.size() == 1);
  CHECK(figures.repeated[0].id == "france-travail");
  CHECK(figures.repeated[0].tally.incidents == 2);
  CHECK(figures.delays == std::vector<std::int64_t>{10, 30});
}

TEST_CASE("figures: the notifications that a source counts stand beside the leaks known of the month") {
  Observatory world;
  read_leaks(world);
  world.sources->push_back(notifications());
  CHECK(world.figures().months.empty());  // never read
  const Payload payload{"notifications", std::string(kNotifications), "text/csv", {{}, {}}, test::kNow};
  const auto read = world.pipeline->ingest(world.sources->front(), payload, {}, test::kNow);
  REQUIRE_MESSAGE(read.has_value(), read.error().what);
  const auto figures = world.figures();
  CHECK(figures.counted_by == "Notifications d'essai");
  REQUIRE(figures.months.size() == 2);
  CHECK(figures.months.at("2025-11").notifications == 2);
  CHECK(figures.months.at("2025-11").incidents == 1);
  CHECK(figures.months.at("2025-12").notifications == 1);
  world.sources->front().enabled = false;
  CHECK(world.figures().months.empty());
}
