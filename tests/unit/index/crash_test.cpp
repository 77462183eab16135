// SPDX-License-Identifier: AGPL-3.0-or-later

// A process that commits without end is killed at moments of a fixed seed; what it was told is durable is there, and
// no batch is there in part.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "daemon/index/store.hpp"
#include "tests/support/child.hpp"
#include "tests/support/incidents.hpp"
#include "tests/support/temp_directory.hpp"

using namespace vigifuite;
using namespace vigifuite::index;

namespace {

constexpr int kKills = 20;
constexpr std::uint64_t kPerBatch = 20;

std::string id_of(std::uint64_t batch, std::uint64_t i) {
  return fmt::format("body-{}-{}", batch, i);
}

/// One payload: incidents, their sightings, the listing, and the state that vouches for them.
void fill(Batch& batch, std::uint64_t number) {
  std::vector<ListingEntry> listing;
  for (std::uint64_t i = 0; i < kPerBatch; ++i) {
    const std::string id = id_of(number, i);
    const auto year = static_cast<std::int16_t>(2000 + number % 20);
    Sighting sighting = tests::make_sighting("press", id, fmt::format("Body {}", i), {year, 1, 0});
    sighting.summary.fr.assign(500, 'x');
    batch.put_sighting(sighting, id);
    batch.put_incident(tests::make_incident(id, sighting));
    listing.push_back({digest_of(id), {number, i}});
  }
  batch.put_listing("press", listing);
  poll::SourceState state;
  state.validators.etag = std::to_string(number);
  batch.put_source_state("press", state);
}

/// How many batches the store holds, each wholly; the state says the last.
std::uint64_t check_whole(const Store& store) {
  auto state = store.source_state("press");
  REQUIRE(state);
  const std::uint64_t last = state->validators.etag.empty() ? 0 : std::stoull(state->validators.etag);
  auto counts = store.counts();
  REQUIRE(counts);
  CHECK(counts->incidents == last * kPerBatch);
  auto problems = store.examine();
  REQUIRE(problems);
  CHECK(problems->empty());
  auto of_body = store.incidents_of("~body-0");
  REQUIRE(of_body);
  CHECK(of_body->size() == last);
  if (last > 0) {
    auto listing = store.listing("press");
    REQUIRE(listing);
    REQUIRE(listing->size() == kPerBatch);
    for (const ListingEntry& entry : *listing) CHECK(entry.value.low == last);
  }
  return last;
}

}  // namespace

TEST_CASE("store crash child" * doctest::skip()) {
  if (tests::Child::argument().empty()) return;
  // A small write buffer: kills then fall into flushes and compactions too.
  auto store =
      Store::open({.directory = tests::Child::argument(), .write_buffer_bytes = 256 << 10}, Vocabulary::shipped());
  REQUIRE(store);
  std::uint64_t number = 0;
  if (auto state = (*store)->source_state("press"); state && !state->validators.etag.empty()) {
    number = std::stoull(state->validators.etag);
  }
  tests::Child::say("open");
  for (;;) {
    auto batch = (*store)->batch();
    fill(*batch, ++number);
    if (!(*store)->commit(std::move(batch))) return;
    tests::Child::say(std::to_string(number));
  }
}

TEST_CASE("store: after kill -9 at any moment, all that was acked is there and nothing is there by half") {
  const tests::TempDirectory directory;
  std::mt19937 random(20240313);  // NOLINT: a fixed seed, so that a failure can be had again
  std::uint64_t acked = 0;
  for (int round = 0; round < kKills; ++round) {
    {
      tests::Child child("store crash child", directory.path());
      REQUIRE(child.next_line() == "open");
      const int acks = std::uniform_int_distribution(0, 25)(random);
      for (int i = 0; i < acks; ++i) {
        const std::string line = child.next_line();
        REQUIRE_FALSE(line.empty());
        acked = std::stoull(line);
      }
      child.kill();
    }
    auto store = Store::open({.directory = directory.path()}, Vocabulary::shipped());
    INFO((store ? "" : store.error().what));
    REQUIRE(store);
    const std::uint64_t held = check_whole(**store);
    CHECK(held >= acked);
    acked = held;
  }
  CHECK(acked > 0);
}
