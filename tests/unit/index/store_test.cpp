// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/store.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/incidents.hpp"
#include "tests/support/temp_directory.hpp"

using namespace vigifuite;
using namespace vigifuite::index;
using tests::make_incident;
using tests::make_sighting;

namespace {

using Ids = std::vector<std::string>;

std::unique_ptr<Store> open_store(const std::filesystem::path& directory, bool read_only = false) {
  auto store = Store::open({.directory = directory, .read_only = read_only}, Vocabulary::shipped());
  INFO((store ? "" : store.error().what));
  REQUIRE(store);
  return std::move(*store);
}

void put(Store& store, const std::vector<Incident>& incidents) {
  auto batch = store.batch();
  for (const Incident& incident : incidents) {
    batch->put_sighting(make_sighting("press", incident.id, "Acme", {}), incident.id);
    batch->put_incident(incident);
  }
  REQUIRE(store.commit(std::move(batch)));
}

Ids ids_of(const IncidentPage& page) {
  Ids ids;
  JsonParser parser;
  for (const std::string& document : page.documents) {
    auto json = parser.parse(document);
    REQUIRE(json);
    ids.emplace_back((*json)["id"].text());
  }
  return ids;
}

Ids find(const Store& store, const IncidentFilter& filter) {
  auto page = store.incidents(filter);
  REQUIRE(page);
  return ids_of(*page);
}

}  // namespace

TEST_CASE("store: what is not sure is left out of lists and counts, and found by who reviews it") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  Incident sure = make_incident("sure", "Acme", {2024, 3, 1}), unsure = make_incident("unsure", "Acme", {2024, 3, 2});
  Incident doubtful = make_incident("doubtful", "Acme", {2024, 3, 3}),
           gone = make_incident("gone", "Acme", {2024, 3, 4});
  unsure.unsure = gone.unsure = true;
  gone.status = IncidentStatus::Retracted;
  doubtful.evidence = {{"press", {}, "Une phrase.", {{Fact::Exposed, "iban", "", 40}}}};
  put(*store, {sure, unsure, doubtful, gone});
  CHECK(find(*store, {}) == Ids{"doubtful", "sure"});
  CHECK(find(*store, {.unsure = true}) == Ids{"doubtful", "unsure"});
  CHECK(find(*store, {.organisation = "~acme", .unsure = true}) == Ids{"doubtful", "unsure"});
  const auto counts = store->counts();
  REQUIRE(counts);
  CHECK(counts->incidents == 2);
  CHECK(counts->unsure == 2);
}

TEST_CASE("store: the words of one text are found by its name, and a text is counted once") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  auto batch = store->batch();
  const Sighting alone = make_sighting("press", "1", "Acme", {}), told = make_sighting("press", "2", "Acme", {});
  batch->put_sighting(alone, "");
  batch->put_sighting(told, "acme");
  batch->put_incident(make_incident("acme", told));
  batch->put_notice("press", "1", R"({"title":"Un"})");
  batch->put_notice("press", "2", R"({"title":"Deux"})");
  REQUIRE(store->commit(std::move(batch)));
  CHECK(store->notice("press", "2")->value() == R"({"title":"Deux"})");
  CHECK_FALSE(store->notice("press", "3")->has_value());
  CHECK_FALSE(store->notice("", "1")->has_value());
  CHECK(store->counts()->sightings == 2);
  CHECK(store->counts()->notices == 2);
}

TEST_CASE("store: what a batch holds is seen in it at once, and in the store after the commit only") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  const Sighting sighting = make_sighting("press", "k", "Acme", {2024, 3, 13});
  auto batch = store->batch();
  batch->put_sighting(sighting, "acme-2024-03");
  batch->put_incident(make_incident("acme-2024-03", sighting));
  CHECK(batch->bytes() > 0);
  CHECK((*batch->incident("acme-2024-03"))->title == sighting.title);
  CHECK(*batch->incident_of("press", "k") == "acme-2024-03");
  CHECK((*batch->sighting("press", "k"))->digest == sighting.digest);
  CHECK(*batch->incidents_of("~acme") == Ids{"acme-2024-03"});
  CHECK_FALSE(*store->incident("acme-2024-03"));
  CHECK(store->incidents_of("~acme")->empty());
  REQUIRE(store->commit(std::move(batch)));
  CHECK(*store->incident("acme-2024-03"));
  CHECK(*store->sighting("press", "k"));
  CHECK(*store->incidents_of("~acme") == Ids{"acme-2024-03"});
  CHECK_FALSE(*store->incident("other"));
  CHECK_FALSE(*store->sighting("press", "other"));
}

TEST_CASE("store: a batch given up leaves nothing") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  { store->batch()->put_incident(make_incident("a", "Acme", {2024, 1, 1})); }
  CHECK(store->counts()->incidents == 0);
}

TEST_CASE("store: everything is there after it is closed and opened again, also for reading only") {
  const tests::TempDirectory directory;
  {
    const auto store = open_store(directory.path());
    auto batch = store->batch();
    batch->put_incident(make_incident("acme-2024-03", "Acme", {2024, 3, 0}));
    poll::SourceState state;
    state.validators.etag = "\"abc\"";
    batch->put_source_state("press", state);
    REQUIRE(store->commit(std::move(batch)));
  }
  for (const bool read_only : {false, true}) {
    const auto store = open_store(directory.path(), read_only);
    CHECK(*store->incident("acme-2024-03"));
    CHECK(store->source_state("press")->validators.etag == "\"abc\"");
    CHECK(store->source_state("never polled")->state == poll::PollState::Never);
  }
}

TEST_CASE("store: rows follow an incident whose bodies or dates change, in one batch and across batches") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  Incident incident = make_incident("x", "Acme", {2024, 3, 0});
  put(*store, {incident, make_incident("y", "Acme", {2023, 1, 0})});
  incident.organisations = {{"", "Beta", ""}};
  incident.disclosed = {2022, 1, 1};
  put(*store, {incident});
  CHECK(*store->incidents_of("~acme") == Ids{"y"});
  CHECK(*store->incidents_of("~beta") == Ids{"x"});
  CHECK(find(*store, {}) == Ids{"y", "x"});

  auto batch = store->batch();
  incident.organisations = {{"", "Gamma", ""}};
  batch->put_incident(incident);
  CHECK(batch->incidents_of("~beta")->empty());
  incident.organisations = {{"", "Beta", ""}, {"", "Acme", ""}};
  batch->put_incident(incident);
  CHECK(batch->incidents_of("~gamma")->empty());
  CHECK(*batch->incidents_of("~acme") == Ids{"x", "y"});
  REQUIRE(store->commit(std::move(batch)));
  CHECK(*store->incidents_of("~acme") == Ids{"x", "y"});
  CHECK(store->incidents_of("~gamma")->empty());
  CHECK(store->examine()->empty());
  CHECK(*store->reindex() == 0);
}

TEST_CASE("store: an organisation whose first incident leaves keeps the others, and the last one out leaves no row") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  Incident first = make_incident("first", "Acme", {2024, 1, 0});
  Incident second = make_incident("second", "Acme", {2024, 2, 0});
  put(*store, {first});
  put(*store, {second});
  first.organisations = {{"", "Beta", ""}};
  put(*store, {first});
  CHECK(*store->incidents_of("~acme") == Ids{"second"});
  put(*store, {make_incident("third", "Acme", {2024, 3, 0})});
  CHECK(*store->incidents_of("~acme") == Ids{"second", "third"});
  second.organisations.clear();
  Incident third = make_incident("third", "Beta", {2024, 3, 0});
  put(*store, {second, third});
  CHECK(store->incidents_of("~acme")->empty());
  CHECK(*store->incidents_of("~beta") == Ids{"first", "third"});
  CHECK(store->examine()->empty());
}

TEST_CASE("store: an incident that became another is followed, and is in no list any more") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  put(*store, {make_incident("a", "Acme", {2024, 1, 0}), make_incident("b", "Acme", {2024, 1, 0})});
  auto batch = store->batch();
  batch->put_redirect("a", "b");
  CHECK_FALSE(*batch->incident("a"));
  REQUIRE(store->commit(std::move(batch)));
  CHECK(*store->incident("a") == *store->incident("b"));
  CHECK(find(*store, {}) == Ids{"b"});
  CHECK(*store->incidents_of("~acme") == Ids{"b"});
  batch = store->batch();
  batch->put_redirect("b", "a");
  REQUIRE(store->commit(std::move(batch)));
  CHECK(store->incident("a").error().kind == ErrorKind::Storage);  // a circle is said, not followed for ever
}

TEST_CASE("store: filters by date, status, body, public service and verification, newest first, page by page") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  Incident confirmed = make_incident("confirmed", "Acme", {2024, 3, 13});
  confirmed.status = IncidentStatus::Confirmed;
  confirmed.public_service = true;
  Incident unverified = make_incident("unverified", "Acme", {2023, 0, 0});
  unverified.verified = false;
  put(*store,
      {unverified, confirmed, make_incident("old", "Beta", {2019, 6, 0}), make_incident("new", "Acme", {2025, 1, 1})});

  CHECK(find(*store, {}) == Ids{"new", "confirmed", "unverified", "old"});
  CHECK(find(*store, {.organisation = "~acme"}) == Ids{"new", "confirmed", "unverified"});
  CHECK(find(*store, {.since = {2023, 6, 0}}) == Ids{"new", "confirmed", "unverified"});  // "2023" may be after June
  CHECK(find(*store, {.since = {2024, 0, 0}, .until = {2024, 0, 0}}) == Ids{"confirmed"});
  CHECK(find(*store, {.until = {2019, 5, 0}}).empty());
  CHECK(find(*store, {.status = IncidentStatus::Confirmed}) == Ids{"confirmed"});
  CHECK(find(*store, {.public_service = true}) == Ids{"confirmed"});
  CHECK(find(*store, {.unverified_too = false}) == Ids{"new", "confirmed", "old"});
  CHECK(find(*store, {.limit = 2, .offset = 1}) == Ids{"confirmed", "unverified"});
  CHECK(find(*store, {.organisation = "~acme", .limit = 1, .offset = 2}) == Ids{"unverified"});
  CHECK(find(*store, {.offset = 9}).empty());
  CHECK(store->incidents({.limit = 0})->total == 4);
  CHECK(find(*store, {.organisation = std::string("a\0b", 3)}).empty());
  const auto counts = store->counts();
  CHECK(counts->incidents == 4);
  CHECK(counts->confirmed == 1);
  CHECK(counts->sightings == 4);
}

TEST_CASE("store: words are looked for without case or accents in title, summary, id and every name of a body") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  Incident ft = make_incident("fr-x-2024", "", {2024, 3, 0});
  ft.organisations = {{"france-travail", "", ""}};
  ft.title = {"Fuite de données", ""};
  ft.summary = {"Une cyberattaque à Nîmes", ""};
  put(*store, {ft, make_incident("beta", "Beta", {2023, 1, 0})});
  CHECK(find(*store, {.words = "POLE emploi"}) == Ids{"fr-x-2024"});  // a former name, from the registry
  CHECK(find(*store, {.words = "nimes donnees"}) == Ids{"fr-x-2024"});
  CHECK(find(*store, {.words = "nimes beta"}).empty());
  CHECK(find(*store, {.words = "fuite"}) == Ids{"fr-x-2024", "beta"});
  CHECK(find(*store, {.words = " ,. "}) == Ids{"fr-x-2024", "beta"});
  CHECK(find(*store, {.words = "fuite", .organisation = "~beta"}) == Ids{"beta"});
}

TEST_CASE("store: incidents are found by a category they exposed") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  const auto nir = Vocabulary::shipped().categories().front().slug;
  const auto category = Vocabulary::shipped().category(nir);
  REQUIRE(category);
  Incident with = make_incident("with", "Acme", {2024, 1, 0});
  with.exposed.add(*category);
  Incident without = make_incident("without", "Acme", {2024, 1, 0});
  without.not_exposed.add(*category);
  put(*store, {with, without});
  CHECK(find(*store, {.category = category}) == Ids{"with"});
}

TEST_CASE("store: text items come newest first, within the limit, and by words") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  auto batch = store->batch();
  for (const auto& [key, title, day] :
       {std::tuple{"a", "Fuite à Nîmes", 1}, {"b", "Autre", 3}, {"c", "Fuite à Brest", 2}}) {
    Sighting sighting = make_sighting("rss", key, "", {2024, 1, static_cast<std::uint8_t>(day)});
    sighting.states_facts = false;
    sighting.organisations.clear();
    batch->put_sighting(sighting, "");
    JsonOut json;
    json.begin_object().member("schema", "vigifuite/notice@v1").member("key", key).member("title", title).end_object();
    batch->put_notice("rss", key, json.str());
  }
  REQUIRE(store->commit(std::move(batch)));
  const auto keys = [&](std::string_view words, std::size_t limit) {
    std::string out;
    auto notices = store->notices(words, limit);
    REQUIRE(notices);
    for (const std::string& notice : *notices) out += notice[notice.find("\"key\":\"") + 7];
    return out;
  };
  CHECK(keys("", 10) == "bca");
  CHECK(keys("", 2) == "bc");
  CHECK(keys("fuite", 10) == "ca");
  CHECK(keys("fuite nimes", 10) == "a");
  CHECK(keys("", 0).empty());
  CHECK(store->counts()->notices == 3);
  CHECK(*store->batch()->incident_of("rss", "a") == "");
}

TEST_CASE("store: a listing comes back sorted and whole whatever its size, and shrinks and grows") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  for (const std::size_t size : {3U, 5000U, 1500U, 0U, 1U}) {
    std::vector<ListingEntry> entries;
    for (std::uint64_t i = 0; i < size; ++i) entries.push_back({digest_of(std::to_string(i)), {i, size}});
    auto batch = store->batch();
    batch->put_listing("press", entries);
    batch->put_listing("other", std::vector<ListingEntry>{{{1, 1}, {1, 1}}});
    REQUIRE(store->commit(std::move(batch)));
    std::sort(entries.begin(), entries.end());
    CHECK(*store->listing("press") == entries);
  }
  CHECK(store->listing("other")->size() == 1);
  CHECK(store->listing("unknown")->empty());
}

TEST_CASE("store: a listing of which one entry changed is written in part only") {
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  std::vector<ListingEntry> entries;
  for (std::uint64_t i = 0; i < 20'000; ++i) entries.push_back({digest_of(std::to_string(i)), {i, 0}});
  auto batch = store->batch();
  batch->put_listing("press", entries);
  const std::size_t whole = batch->bytes();
  REQUIRE(store->commit(std::move(batch)));
  entries[7].value.high = 1;
  batch = store->batch();
  batch->put_listing("press", entries);
  CHECK(batch->bytes() < whole / 10);
}

TEST_CASE("store: watch values are read back from the batch, and an empty one deletes") {
  using Column = Batch::WatchColumn;
  const tests::TempDirectory directory;
  const auto store = open_store(directory.path());
  auto batch = store->batch();
  batch->put_watch(Column::Told, "a", "1");
  batch->put_watch(Column::Told, "a", "2");
  batch->put_watch(Column::Posting, "a", "p");
  CHECK(*batch->get_watch(Column::Told, "a") == "2");
  CHECK_FALSE(*batch->get_watch(Column::Meta, "a"));
  REQUIRE(store->commit(std::move(batch)));
  CHECK(*store->get_watch(Column::Told, "a") == "2");
  batch = store->batch();
  batch->put_watch(Column::Told, "a", "");
  CHECK_FALSE(*batch->get_watch(Column::Told, "a"));
  REQUIRE(store->commit(std::move(batch)));
  CHECK_FALSE(*store->get_watch(Column::Told, "a"));
  std::string seen;
  REQUIRE(store->scan_watch(Column::Posting, "", [&](std::string_view key, std::string_view value) {
    seen.append(key).append(value);
    return true;
  }));
  CHECK(seen == "ap");
}

TEST_CASE("store: a backup taken while it is open is a store, and never overwrites") {
  const tests::TempDirectory directory;
  const auto copy = directory.path() / "copy";
  const auto store = open_store(directory.path() / "store");
  put(*store, {make_incident("a", "Acme", {2024, 1, 0})});
  REQUIRE(store->backup(copy));
  put(*store, {make_incident("b", "Acme", {2024, 1, 0})});
  CHECK(store->backup(copy).error().kind == ErrorKind::Config);
  const auto restored = open_store(copy);
  CHECK(*restored->incident("a"));
  CHECK_FALSE(*restored->incident("b"));
}
