// SPDX-License-Identifier: AGPL-3.0-or-later
// What is stored of incidents: their ids, what leads to them, and that all of it follows from the stored sightings.
#include "daemon/settlement.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "daemon/pipeline.hpp"
#include "tests/support/merge_records.hpp"
#include "tests/support/sample_shapes.hpp"
#include "tests/support/temp_dir.hpp"

using namespace vigifuite;

namespace {

const Instant kNow = *parse_rfc3339("2026-11-24T08:00:00Z");

struct World {
  test::TempDir place;
  std::unique_ptr<index::Store> store;
  std::unique_ptr<match::Watchlist> watchlist;
  std::unique_ptr<Pipeline> pipeline;
  Instant now = kNow;

  World() { reopen(); }
  void reopen() {
    pipeline.reset();
    watchlist.reset();
    store.reset();
    index::StoreOptions options;
    options.directory = place.path() / "store";
    auto opened = index::Store::open(options, Vocabulary::shipped());
    REQUIRE(opened.has_value());
    store = std::move(*opened);
    auto list =
        match::Watchlist::open(*store, *match::Watchlist::key_from_file(place.path() / "key"), Vocabulary::shipped());
    REQUIRE(list.has_value());
    watchlist = std::move(*list);
    pipeline = std::make_unique<Pipeline>(Vocabulary::shipped(), *store, *watchlist);
  }
  /// A page of arrivals, a minute after the one before.
  std::vector<SettledIncident> arrive(std::vector<Sighting> page) {
    now += std::chrono::minutes(1);
    const auto decisions = store->curations();
    REQUIRE(decisions.has_value());
    const index::CurationIndex curation(*decisions);
    auto batch = store->batch();
    Settlement settlement(Vocabulary::shipped(), *batch, curation, now);
    for (Sighting& sighting : page) {
      sighting.first_seen = sighting.last_changed = now;
      REQUIRE(settlement.put(sighting).has_value());
    }
    auto settled = settlement.settle();
    REQUIRE_MESSAGE(settled.has_value(), (settled ? "" : settled.error().what));
    REQUIRE(store->commit(std::move(batch)).has_value());
    return std::move(*settled);
  }
  std::optional<Incident> find(std::string_view id) const {
    auto document = store->incident(id);
    REQUIRE(document.has_value());
    if (!*document) return std::nullopt;
    JsonParser parser;
    auto read = read_incident(*parser.parse(**document), Vocabulary::shipped());
    REQUIRE(read.has_value());
    return std::move(*read);
  }
  std::vector<Incident> all() const {
    const auto page = store->incidents({.limit = 100'000});
    REQUIRE(page.has_value());
    std::vector<Incident> out;
    JsonParser parser;
    for (const std::string& document : page->documents) {
      out.push_back(std::move(*read_incident(*parser.parse(document), Vocabulary::shipped())));
    }
    std::sort(out.begin(), out.end(), [](const Incident& a, const Incident& b) { return a.id < b.id; });
    return out;
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (const Incident& incident : all()) out.push_back(incident.id);
    return out;
  }
  /// Every stored byte of incidents, without their revisions: those tell the order of arrival.
  std::string bytes(bool with_revisions = false) const {
    std::string bytes;
    for (Incident incident : all()) {
      if (!with_revisions) incident.revisions.clear();
      JsonOut out;
      write(out, incident, Vocabulary::shipped());
      bytes.append(out.str());
    }
    return bytes;
  }
};

Sighting told(std::string source, std::string_view day, std::string body = "Acme") {
  Sighting out;
  out.source = std::move(source);
  out.key = "1";
  out.digest = digest_of(out.source);
  out.origin = out.source;
  out.trust = Trust::Press;
  out.states_facts = true;
  out.status = IncidentStatus::Confirmed;
  out.title = {"Fuite chez " + body, ""};
  out.organisations = {{"", std::move(body), ""}};
  if (!day.empty()) out.disclosed = sample::on(day);
  return out;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("settlement: an incident keeps its id whatever joins it, and says which sightings it rests on") {
  World world;
  world.arrive({told("a", "2024-03-13")});
  CHECK(world.ids() == Ids{"acme-2024-03"});
  world.arrive({told("b", "2024-03-12"), told("c", "2024-03-14")});
  world.arrive({told("d", "2024-03-11"), told("e", "2024-07-01")});
  CHECK(world.ids() == Ids{"acme-2024-03", "acme-2024-07"});
  CHECK(world.find("acme-2024-03")->sightings.size() == 4);
  CHECK(world.find("acme-2024-03")->revisions.front().changes == std::vector<std::string>{"new"});
  CHECK(world.store->examine()->empty());
}

TEST_CASE("settlement: what brings two incidents together leaves the older id, and the other leads to it for ever") {
  World world;
  Sighting first = told("a", "2024-03-01"), second = told("b", "2024-08-28");
  first.people = {{72'742'892, {}, Trust::Press, {}, {}}};
  world.arrive({first});
  world.arrive({second});
  REQUIRE(world.ids() == Ids{"acme-2024-03", "acme-2024-08"});
  Sighting bridge = told("c", "2024-08-29");
  bridge.people = first.people;
  const auto settled = world.arrive({bridge});
  CHECK(world.ids() == Ids{"acme-2024-03"});
  REQUIRE(settled.size() == 1);
  REQUIRE(settled[0].joined.size() == 1);
  CHECK(settled[0].joined[0].id == "acme-2024-08");
  const auto followed = world.find("acme-2024-08");
  REQUIRE(followed);
  CHECK(followed->id == "acme-2024-03");
  CHECK(followed->former_ids == Ids{"acme-2024-08"});
  CHECK(followed->revisions.back().changes.back() == "merged");
  CHECK(followed->revisions.back().other == "acme-2024-08");
  // Another incident of that month never gets the id that was given.
  world.arrive({told("d", "2024-08-01")});
  CHECK(world.ids() == Ids{"acme-2024-03", "acme-2024-08-2"});
  CHECK(world.find("acme-2024-08")->id == "acme-2024-03");
  CHECK(world.store->examine()->empty());

  // The bridge is withdrawn from under them: it told of something else. Each id goes back with its sighting.
  Sighting corrected = bridge;
  corrected.people.clear();
  corrected.disclosed = sample::on("2025-01-01");
  world.arrive({corrected});
  CHECK(world.ids() == Ids{"acme-2024-03", "acme-2024-08", "acme-2024-08-2", "acme-2025-01"});
  CHECK(world.find("acme-2024-08")->sightings == std::vector<SightingRef>{{"b", "1"}});
  CHECK(world.find("acme-2024-03")->former_ids.empty());
  CHECK(world.store->examine()->empty());
}

TEST_CASE("settlement: the id of a catalogue wins over an older one, which leads to it and keeps its story") {
  World world;
  world.arrive({told("a", "2024-03-13")});
  Sighting curated = told("catalogue", "2024-03-13");
  curated.trust = Trust::Curated;
  curated.preferred_id = "acme-comptes-2024-03";
  const auto settled = world.arrive({curated});
  CHECK(world.ids() == Ids{"acme-comptes-2024-03"});
  CHECK(world.find("acme-2024-03")->id == "acme-comptes-2024-03");
  REQUIRE(settled.size() == 1);
  CHECK_FALSE(settled[0].is_new);
  CHECK(world.find("acme-2024-03")->revisions.front().source == "a");
  CHECK(world.find("acme-2024-03")->revisions.size() == 2);
  // Two entries of one catalogue are never one, and a wanted id that is given already is not given again.
  Sighting other = told("catalogue", "2024-03-13");
  other.key = "2";
  other.trust = Trust::Curated;
  other.preferred_id = "acme-2024-03";
  world.arrive({other});
  CHECK(world.ids() == Ids{"acme-2024-03-2", "acme-comptes-2024-03"});
}

TEST_CASE("settlement: the id a catalogue asks for is shown also when another announcement of that leak has it") {
  World world;
  world.arrive({told("a", "2024-03-13", "Mutuelle Beta")});
  world.arrive({told("list", "2024-03-14", "Acme")});
  REQUIRE(world.ids() == Ids{"acme-2024-03", "mutuelle-beta-2024-03"});
  Sighting curated = told("catalogue", "2024-03-13", "Mutuelle Beta");
  curated.organisations.push_back({"", "Acme", ""});
  curated.trust = Trust::Curated;
  curated.preferred_id = "acme-2024-03";
  world.arrive({curated});
  CHECK(world.ids() == Ids{"acme-2024-03"});
  CHECK(world.find("mutuelle-beta-2024-03")->id == "acme-2024-03");
  CHECK(world.store->examine()->empty());
}

TEST_CASE("settlement: the same page again changes nothing, not even a revision") {
  World world;
  const std::vector<Sighting> page{told("a", "2024-03-13"), told("b", "2024-03-14"), told("c", "2024-06-01")};
  world.arrive(page);
  const std::string before = world.bytes(true);
  CHECK(world.arrive(page).empty());
  CHECK(world.bytes(true) == before);
}

TEST_CASE("settlement: one page may name a sighting twice, and the later word stands") {
  World world;
  Sighting later = told("a", "2024-06-01");
  world.arrive({told("a", "2024-03-13"), told("b", "2024-03-13"), later});
  CHECK(world.ids() == Ids{"acme-2024-03", "acme-2024-06"});
  CHECK(world.store->examine()->empty());
}

TEST_CASE(
    "settlement: a text without facts is stored alone; once its facts are known it has an incident, and not before") {
  World world;
  Sighting text = told("a", "2024-03-13");
  text.states_facts = false;
  CHECK(world.arrive({text}).empty());
  CHECK(world.ids().empty());
  CHECK(*world.store->sighting("a", "1"));
  text.states_facts = true;
  world.arrive({text});
  CHECK(world.ids() == Ids{"acme-2024-03"});
}

TEST_CASE("curation: a curator's merge wins over every rule, for ever, and is in the history") {
  World world;
  world.arrive({told("a", "2024-03-13"), told("b", "2025-06-01")});
  auto kept = world.pipeline->merge_incidents("acme-2025-06", "acme-2024-03", "Même vol, revendu.", kNow);
  REQUIRE_MESSAGE(kept.has_value(), (kept ? "" : kept.error().what));
  CHECK(*kept == "acme-2024-03");
  CHECK(world.find("acme-2025-06")->id == "acme-2024-03");
  CHECK(world.find("acme-2024-03")->revisions.back().because == "Même vol, revendu.");
  world.arrive({told("c", "2025-06-02")});  // goes where its like is
  CHECK(world.ids() == Ids{"acme-2024-03"});
  REQUIRE(world.pipeline->merge_anew(kNow).has_value());
  CHECK(world.ids() == Ids{"acme-2024-03"});
  CHECK(world.store->examine()->empty());
  const auto again = world.pipeline->merge_incidents("acme-2024-03", "acme-2025-06", "", kNow);
  CHECK(again.error().what.find("one record already") != std::string::npos);
  CHECK(world.pipeline->merge_incidents("acme-2024-03", "nobody-2024", "", kNow).error().kind == ErrorKind::NotFound);
}

TEST_CASE("curation: a curator's split wins over every rule, until a later decision of a curator") {
  World world;
  world.arrive({told("a", "2024-03-13"), told("b", "2024-03-13"), told("c", "2024-03-14")});
  REQUIRE(world.ids() == Ids{"acme-2024-03"});
  auto apart = world.pipeline->split_incident("acme-2024-03", {"b", "1"}, "Une filiale.", world.now);
  REQUIRE_MESSAGE(apart.has_value(), (apart ? "" : apart.error().what));
  CHECK(*apart == "acme-2024-03-2");
  CHECK(world.ids() == Ids{"acme-2024-03", "acme-2024-03-2"});
  CHECK(world.find("acme-2024-03")->sightings.size() == 2);
  CHECK(world.find("acme-2024-03")->revisions.back().changes.back() == "split");
  CHECK(world.find("acme-2024-03")->revisions.back().other == "acme-2024-03-2");
  CHECK(world.find("acme-2024-03-2")->revisions.front().other == "acme-2024-03");
  world.arrive({told("a", "2024-03-13"), told("d", "2024-03-13")});
  CHECK(world.ids().size() == 2);
  REQUIRE(world.pipeline->merge_anew(world.now).has_value());
  CHECK(world.ids().size() == 2);
  REQUIRE(world.pipeline->merge_incidents("acme-2024-03", "acme-2024-03-2", "Non, la même.", world.now).has_value());
  CHECK(world.ids() == Ids{"acme-2024-03"});
  CHECK(world.find("acme-2024-03-2")->id == "acme-2024-03");
  CHECK(world.pipeline->split_incident("acme-2024-03", {"nobody", "1"}, "", world.now)
            .error()
            .what.find("does not rest on") != std::string::npos);
  CHECK(world.store->examine()->empty());
}

TEST_CASE("settlement: thousands of orders of arrival end in the same incidents, each the fold of its sightings") {
  std::mt19937 random(21);
  const auto up_to = [&](std::size_t last) { return std::uniform_int_distribution<std::size_t>(0, last)(random); };
  const char* const bodies[] = {"Acme", "Acme / Beta", "Beta", "Acme (via Gamma)", "Gamma"};
  std::size_t orders = 0;
  World world;
  for (int set = 0; set < 60; ++set) {
    std::vector<Sighting> sightings;
    for (std::size_t i = 0; i < 3 + up_to(9); ++i) {
      Sighting one = told(fmt::format("source-{}-{}", set, up_to(3)), fmt::format("2024-03-{:02}", 1 + up_to(27)),
                          fmt::format("{} {}", bodies[up_to(4)], set));
      one.key = std::to_string(i);
      one.trust = static_cast<Trust>(up_to(5));
      if (up_to(3) == 0) one.people = {{static_cast<std::int64_t>(12'345 + up_to(2) * 1'111), {}, one.trust, {}, {}}};
      if (up_to(9) == 0) one.summary.fr = "Nouvelle fuite.";
      one.exposed = CategorySet(up_to(255));
      sightings.push_back(one);
    }
    std::set<std::set<SightingRef>> expected;
    for (int order = 0; order < 4; ++order, ++orders) {
      World fresh;
      std::shuffle(sightings.begin(), sightings.end(), random);
      std::set<std::string> given;
      for (const Sighting& one : sightings) {
        fresh.arrive({one});
        for (const std::string& id : fresh.ids()) given.insert(id);
      }
      std::set<std::set<SightingRef>> groups;
      for (const Incident& incident : fresh.all()) {
        groups.insert({incident.sightings.begin(), incident.sightings.end()});
        CHECK(given.contains(incident.id));
      }
      if (order == 0) expected = groups;
      REQUIRE(groups == expected);
      for (const std::string& id : given) REQUIRE(fresh.find(id));  // no id ever stops leading somewhere
      const std::string before = fresh.bytes(true);
      auto anew = fresh.pipeline->merge_anew(fresh.now);
      REQUIRE(anew.has_value());
      CHECK(*anew == 0);
      REQUIRE(fresh.bytes(true) == before);
      REQUIRE(fresh.store->examine()->empty());
    }
  }
}

TEST_CASE("settlement: the real records, in pages of any size, give the same bytes as merged anew") {
  std::vector<Sighting> records = test::merge_records();
  std::mt19937 random(22);
  std::set<std::set<SightingRef>> expected;
  for (int order = 0; order < 3; ++order) {
    World world;
    std::shuffle(records.begin(), records.end(), random);
    for (std::size_t i = 0; i < records.size();) {
      const std::size_t count = std::min<std::size_t>(1 + random() % 200, records.size() - i);
      world.arrive(
          {records.begin() + static_cast<std::ptrdiff_t>(i), records.begin() + static_cast<std::ptrdiff_t>(i + count)});
      i += count;
    }
    std::set<std::set<SightingRef>> groups;
    for (const Incident& incident : world.all()) groups.insert({incident.sightings.begin(), incident.sightings.end()});
    if (order == 0) expected = groups;
    CHECK(groups == expected);
    const std::string before = world.bytes(true);
    const auto anew = world.pipeline->merge_anew(world.now);
    REQUIRE(anew.has_value());
    CHECK(*anew == 0);
    CHECK(world.bytes(true) == before);
    CHECK(world.store->examine()->empty());
  }
}

TEST_CASE("merge anew: a store of format 1 keeps every id, and gets its blocks") {
  World world;
  Sighting curated = told("catalogue", "2024-03-13");
  curated.preferred_id = "acme-comptes-2024-03";
  const std::vector<std::pair<std::string, std::vector<Sighting>>> stored = {
      {"acme-comptes-2024-03", {told("a", "2024-03-13"), curated}},
      {"acme-2024-06", {told("b", "2024-06-01"), told("c", "2024-06-02")}},
      {"acme-2024-06-2", {told("d", "2024-06-02")}},  // which today's rules join
  };
  auto batch = world.store->batch();
  for (const auto& [id, sightings] : stored) {
    Incident incident = index::fold(id, sightings);
    incident.revisions = {{1, kNow, "a", {"new"}, true}};
    batch->put_incident(incident);
    for (const Sighting& sighting : sightings) batch->put_sighting(sighting, id);
  }
  REQUIRE(world.store->commit(std::move(batch)).has_value());
  CHECK(*world.pipeline->rules_changed());
  REQUIRE(world.pipeline->merge_anew(kNow).has_value());
  CHECK_FALSE(*world.pipeline->rules_changed());
  CHECK(world.ids() == Ids{"acme-2024-06", "acme-comptes-2024-03"});
  CHECK(world.find("acme-2024-06-2")->id == "acme-2024-06");
  CHECK(world.find("acme-comptes-2024-03")->revisions.size() == 1);
  world.arrive({told("e", "2024-06-02")});
  CHECK(world.ids() == Ids{"acme-2024-06", "acme-comptes-2024-03"});
  CHECK(world.store->examine()->empty());
}
