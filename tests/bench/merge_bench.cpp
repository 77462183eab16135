// SPDX-License-Identifier: AGPL-3.0-or-later

// merge_bench [SIGHTINGS [INCIDENTS [DIRECTORY]]]: sightings merged from scratch, in the pages of the pipeline, from
// their C++ shape to the synced store; then single sightings added to a store of many incidents. Two of five sightings
// tell of an event nobody else tells of; the others are of events told two to six times, by four kinds of source.

#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "daemon/settlement.hpp"

namespace {

using namespace vigifuite;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t kPage = 2'000;
constexpr Instant kNow{std::chrono::seconds(1'790'000'000)};

double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

double most_resident_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Numbers that look drawn at random, the same at each run.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

/// The `telling`-th report of an event.
Sighting sighting_of(std::uint64_t event, std::uint64_t telling) {
  constexpr Trust kTrusts[] = {Trust::Press, Trust::Aggregator, Trust::Curated, Trust::Attacker};
  const std::uint64_t luck = mixed(event);
  Sighting out;
  out.source = fmt::format("source-{}", telling);
  out.key = fmt::format("{:012x}", luck & 0xffffffffffffU);
  out.digest = digest_of(out.key);
  out.origin = out.source;
  out.trust = kTrusts[telling % 4];
  out.states_facts = true;
  out.status = IncidentStatus::Confirmed;
  out.first_seen = out.last_changed = kNow;
  const std::string name = fmt::format("Société {:x} du {}", luck % 1'000'003, telling % 2 == 0 ? "Nord" : "nord");
  out.title.fr = name;
  out.organisations = {{"", name, telling == 1 ? fmt::format("societe-{:x}.example", luck % 1'000'003) : ""}};
  out.disclosed = {static_cast<std::int16_t>(2018 + luck / 7 % 8), static_cast<std::uint8_t>(1 + luck / 59 % 12),
                   static_cast<std::uint8_t>(1 + (luck / 711 + telling) % 28)};
  if (telling % 2 == 1) out.people = {{static_cast<std::int64_t>(luck % 900'000), Qualifier::Exact, out.trust, {}, {}}};
  out.exposed = CategorySet(luck & 0xffU);
  return out;
}

class Sightings {
 public:
  Sighting next() {
    if (telling_ == told_) {
      ++event_;
      telling_ = 0;
      told_ = mixed(event_ + 7) % 5 < 2 ? 1 : 2 + mixed(event_) % 5;
    }
    return sighting_of(event_, telling_++);
  }

 private:
  std::uint64_t event_ = 0, telling_ = 0, told_ = 0;
};

void must(const Status& status) {
  if (status) return;
  fmt::print(stderr, "{}\n", status.error().what);
  std::exit(1);
}

const index::CurationIndex kNobody{};

void settle(index::Batch& batch, std::vector<Sighting> page) {
  Settlement settlement(Vocabulary::shipped(), batch, kNobody, kNow);
  for (Sighting& sighting : page) must(settlement.put(std::move(sighting)));
  auto settled = settlement.settle();
  must(settled ? Status(Done{}) : Status(settled.error()));
}

void from_scratch(index::Store& store, std::size_t count) {
  Sightings sightings;
  const double started = cpu_seconds();
  const auto clock = Clock::now();
  double making = 0;
  for (std::size_t done = 0; done < count;) {
    const double before = cpu_seconds();
    std::vector<Sighting> page;
    for (; page.size() < kPage && done < count; ++done) page.push_back(sightings.next());
    making += cpu_seconds() - before;
    auto batch = store.batch();
    settle(*batch, std::move(page));
    must(store.commit(std::move(batch)));
  }
  const double cpu = cpu_seconds() - started - making;
  const double wall = std::chrono::duration<double>(Clock::now() - clock).count();
  const auto counts = store.counts();
  fmt::print(
      "{} sightings merged from scratch into {} incidents: {:.1f} s of processor time, {:.1f} s in all, {:.0f} a "
      "second; "
      "at most {:.0f} MiB resident\n",
      count, counts ? counts->incidents : 0, cpu, wall, static_cast<double>(count) / cpu, most_resident_mib());
}

void one_by_one(index::Store& store) {
  constexpr std::size_t kTimes = 1'000;
  std::vector<double> settling, committing;
  for (std::size_t i = 0; i < kTimes; ++i) {
    std::vector<Sighting> page{sighting_of(1 + mixed(i) % 30'000, 6 + i % 3)};
    const auto start = Clock::now();
    auto batch = store.batch();
    settle(*batch, std::move(page));
    const auto settled = Clock::now();
    must(store.commit(std::move(batch)));
    settling.push_back(std::chrono::duration<double, std::milli>(settled - start).count());
    committing.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  const auto counts = store.counts();
  std::sort(settling.begin(), settling.end());
  std::sort(committing.begin(), committing.end());
  fmt::print(
      "one sighting added to {} incidents: median {:.3f} ms, 99 of 100 within {:.3f} ms; with its synced commit "
      "{:.3f} ms\n",
      counts ? counts->incidents : 0, settling[kTimes / 2], settling[kTimes * 99 / 100], committing[kTimes / 2]);
}

std::unique_ptr<index::Store> open(const fs::path& where) {
  fs::remove_all(where);
  auto store = index::Store::open({.directory = where}, Vocabulary::shipped());
  must(store ? Status(Done{}) : Status(store.error()));
  return std::move(*store);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const std::size_t incidents = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 100'000;
  const fs::path place = argc > 3 ? fs::path(argv[3]) : fs::temp_directory_path() / "vigifuite-merge-bench";
  {
    const auto store = open(place);
    from_scratch(*store, count);
  }
  {
    const auto store = open(place);
    from_scratch(*store, incidents * 28 / 10);
    one_by_one(*store);
  }
  fs::remove_all(place);
}
