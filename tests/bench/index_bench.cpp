// SPDX-License-Identifier: AGPL-3.0-or-later

// index_bench [RECORDS [DIRECTORY]]: incidents of one sighting each, from their C++ shape to the synced store, by
// batches of 5,000 as the pipeline makes them; then the same number of puts of the same sizes by RocksDB alone, in the
// same run.

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "daemon/index/codec.hpp"
#include "daemon/index/database.hpp"
#include "daemon/index/keys.hpp"
#include "daemon/index/store.hpp"

namespace {

using namespace vigifuite;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t kBatch = 5'000;
constexpr std::size_t kWriteBuffer = std::size_t{16} << 20U;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double cpu_seconds(clockid_t clock = CLOCK_PROCESS_CPUTIME_ID) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

double resident_mib() {
  std::ifstream statm("/proc/self/statm");
  long total = 0;
  long resident = 0;
  statm >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

/// What a ransomware claim list says: a name, a group, a date.
Sighting make_sighting(std::size_t i) {
  Sighting sighting;
  sighting.source = "ransom-bench";
  sighting.key = fmt::format("group{}/victim-{:08}.example", i % 97, i * 2654435761U % 100'000'000U);
  sighting.digest = digest_of(sighting.key);
  sighting.trust = Trust::Attacker;
  sighting.origin = sighting.source;
  sighting.first_seen = sighting.last_changed = Instant(std::chrono::seconds(1'700'000'000));
  sighting.states_facts = true;
  sighting.title.en = fmt::format("Victim {} Holdings (claimed by group{})", i, i % 97);
  sighting.organisations.push_back({"", fmt::format("Victim {} Holdings", i), fmt::format("victim-{}.example", i)});
  sighting.disclosed = {static_cast<std::int16_t>(2018 + i % 8), static_cast<std::uint8_t>(1 + i % 12),
                        static_cast<std::uint8_t>(1 + i % 28)};
  return sighting;
}

Incident make_incident(const Sighting& sighting, std::size_t i) {
  Incident incident;
  incident.id = fmt::format("victim-{}-holdings-{}", i, to_string(sighting.disclosed).substr(0, 7));
  incident.revisions.push_back({1, sighting.first_seen, sighting.source, {"new"}, true});
  incident.states_facts = true;
  incident.title = sighting.title;
  incident.organisations = sighting.organisations;
  incident.disclosed = sighting.disclosed;
  incident.claims.push_back({sighting.source, sighting.trust, sighting.disclosed, {}, {}});
  incident.sightings.push_back({sighting.source, sighting.key});
  incident.first_seen = sighting.first_seen;
  return incident;
}

[[noreturn]] void stop(const std::string& what) {
  std::fprintf(stderr, "index_bench: %s\n", what.c_str());
  std::exit(2);
}

/// Wall seconds and CPU seconds: of the writing thread, and of the whole process (RocksDB compacts on others).
struct Cost {
  double wall = 0;
  double thread = 0;
  double process = 0;
};

void show(const char* what, std::size_t records, const Cost& cost) {
  const auto n = static_cast<double>(records);
  fmt::print("{}: {:.0f} records/s; cpu {:.1f} us a record on the writing thread, {:.1f} us with compaction\n", what,
             n / cost.wall, cost.thread / n * 1e6, cost.process / n * 1e6);
}

Cost run_ours(const fs::path& directory, std::size_t records, std::size_t& bytes) {
  const Vocabulary& vocabulary = Vocabulary::shipped();
  auto store = index::Store::open({.directory = directory, .write_buffer_bytes = kWriteBuffer}, vocabulary);
  if (!store) stop(store.error().what);
  const double before = resident_mib();
  Cost cost;
  double in_commit = 0;
  const double process = cpu_seconds();
  for (std::size_t begin = 0; begin < records; begin += kBatch) {
    std::vector<Sighting> sightings;
    std::vector<Incident> incidents;
    const double making = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    for (std::size_t i = begin; i < std::min(begin + kBatch, records); ++i) {
      sightings.push_back(make_sighting(i));
      incidents.push_back(make_incident(sightings.back(), i));
    }
    const auto start = Clock::now();
    const double thread = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    cost.process -= thread - making;
    auto batch = (*store)->batch();
    for (std::size_t i = 0; i < sightings.size(); ++i) {
      const auto known = batch->incidents_of(organisation_key(sightings[i].organisations.front()));
      const auto taken = batch->incident(incidents[i].id);
      if (!known || !taken || *taken) stop("a new incident is known already");
      batch->put_sighting(sightings[i], incidents[i].id);
      batch->put_incident(incidents[i]);
    }
    bytes += batch->bytes();
    const double commit = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    if (auto done = (*store)->commit(std::move(batch)); !done) stop(done.error().what);
    const double end = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    in_commit += end - commit;
    cost.thread += end - thread;
    cost.wall += seconds_since(start);
    if (begin % 200'000 == 0) fmt::print("  {:>9} records: {:.0f} MiB resident\n", begin, resident_mib());
  }
  cost.process += cpu_seconds() - process;
  fmt::print("  {:.0f} MiB put, {:.1f} us a record in commit, resident +{:.0f} MiB\n",
             static_cast<double>(bytes) / 1048576.0, in_commit / static_cast<double>(records) * 1e6,
             resident_mib() - before);
  const auto closing = Clock::now();
  store->reset();
  fmt::print("  close {:.0f} ms\n", seconds_since(closing) * 1e3);
  return cost;
}

/// The keys ours wrote, values of the same mean size, sorted within a batch, and nothing else.
Cost run_bare(const fs::path& directory, std::size_t records, std::size_t bytes) {
  auto database = index::Database::open({.directory = directory, .write_buffer_bytes = kWriteBuffer});
  if (!database) stop(database.error().what);
  std::string document(bytes / records / 2 - 90, 'x');
  for (std::size_t i = 0; i < document.size(); ++i) document[i] = static_cast<char>('a' + (i * 7919U) % 23U);
  const std::string row = index::encode_row({});
  Cost cost;
  const double process = cpu_seconds();
  for (std::size_t begin = 0; begin < records; begin += kBatch) {
    const double making = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    std::vector<std::pair<index::Column, std::string>> keys;
    for (std::size_t i = begin; i < std::min(begin + kBatch, records); ++i) {
      const Sighting sighting = make_sighting(i);
      const Incident incident = make_incident(sighting, i);
      keys.emplace_back(index::Column::Sighting, index::item_key(sighting.source, sighting.key));
      keys.emplace_back(index::Column::Incident, incident.id);
      keys.emplace_back(index::Column::ByDate, index::date_row_key(incident.disclosed, incident.id));
      keys.emplace_back(index::Column::ByOrganisation,
                        index::organisation_row_key(organisation_key(sighting.organisations.front()), {}));
    }
    std::sort(keys.begin(), keys.end());
    const auto start = Clock::now();
    const double thread = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    cost.process -= thread - making;
    rocksdb::WriteBatch batch;
    for (const auto& [column, key] : keys) {
      const bool holds_document = column == index::Column::Sighting || column == index::Column::Incident;
      const auto status = batch.Put((*database)->handle(column), key, holds_document ? document : row);
      if (!status.ok()) stop(status.ToString());
    }
    if (auto done = (*database)->write(batch); !done) stop(done.error().what);
    cost.thread += cpu_seconds(CLOCK_THREAD_CPUTIME_ID) - thread;
    cost.wall += seconds_since(start);
  }
  cost.process += cpu_seconds() - process;
  return cost;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t records = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const fs::path directory =
      argc > 2 ? fs::path(argv[2]) : fs::temp_directory_path() / fmt::format("index_bench.{}", getpid());
  std::size_t bytes = 0;
  const Cost ours = run_ours(directory / "ours", records, bytes);
  const Cost bare = run_bare(directory / "bare", records, bytes);
  show("store", records, ours);
  show("RocksDB alone, the same keys and sizes, sorted", records, bare);
  fmt::print("ratio {:.2f} of the wall time, {:.2f} of the CPU time\n", bare.wall / ours.wall,
             bare.process / ours.process);
  if (argc <= 2) fs::remove_all(directory);
  return 0;
}
