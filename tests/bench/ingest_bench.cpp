// SPDX-License-Identifier: AGPL-3.0-or-later
// From a claim list on disk to a durable store: the real list when it is there, else one of the same shape; then the
// same under new names to a million records. The limit in the same run: the bytes of the documents, put into RocksDB
// by index_bench.

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "daemon/match/watchlist.hpp"
#include "daemon/pipeline.hpp"
#include "schemas/core/json_out.hpp"
#include "tests/support/source_dir.hpp"

using namespace vigifuite;

namespace {

constexpr std::size_t kListSize = 11'039;
constexpr std::size_t kLists = 91;  // 91 x 11,039 is a million

std::size_t resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  }
  return 0;
}

double cpu_seconds(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

struct Claim {
  std::string title, group, discovered;
};

std::vector<Claim> claims() {
  std::ifstream file(vigifuite::test::source_dir() + "/../shared/corpus/ransomwatch/posts-2024-04-23.json",
                     std::ios::binary);
  std::vector<Claim> list;
  if (file) {
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    JsonParser parser;
    auto root = parser.parse(bytes);
    VIGIFUITE_CHECK(root.has_value());
    for (const auto item : root->items()) {
      const JsonValue post(item);
      list.push_back({std::string(post["post_title"].text()), std::string(post["group_name"].text()),
                      std::string(post["discovered"].text())});
    }
    fmt::print("claims: the real list, {} records\n", list.size());
    return list;
  }
  for (std::size_t i = 0; i < kListSize; ++i) {
    list.push_back({fmt::format("Invented Company {} GmbH", i), fmt::format("group{}", i % 60),
                    fmt::format("202{}-{:02}-{:02} 10:00:00.000000", i % 5, 1 + i % 12, 1 + i % 28)});
  }
  fmt::print("claims: {} synthetic records (the corpus is not here)\n", list.size());
  return list;
}

std::string document(const std::vector<Claim>& list, std::size_t round) {
  JsonOut out;
  out.begin_array();
  for (const Claim& claim : list) {
    const std::string title = round == 0 ? claim.title : fmt::format("{} {}", claim.title, round);
    out.begin_object()
        .member("post_title", title)
        .member("group_name", claim.group)
        .member("discovered", claim.discovered)
        .end_object();
  }
  out.end_array();
  return std::string(out.str());
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t lists = argc > 1 ? std::stoul(argv[1]) : kLists;
  const auto place = std::filesystem::temp_directory_path() / fmt::format("vigifuite-bench-{}", ::getpid());
  std::filesystem::create_directories(place);
  index::StoreOptions options;
  options.directory = place / "store";
  options.write_buffer_bytes = std::size_t{64} << 20U;
  auto store = index::Store::open(options, Vocabulary::shipped());
  VIGIFUITE_CHECK(store.has_value());
  auto key = match::Watchlist::key_from_file(place / "key");
  auto watchlist = match::Watchlist::open(**store, std::move(*key), Vocabulary::shipped());
  Pipeline pipeline(Vocabulary::shipped(), **store, **watchlist);

  const auto list = claims();
  const Instant now = *parse_rfc3339("2026-11-24T00:00:00Z");
  std::chrono::duration<double> spent{};
  std::uint64_t records = 0;
  std::size_t early_rss = 0;
  double thread = 0, process = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
  for (std::size_t round = 0; round < lists; ++round) {
    Source source;
    source.id = fmt::format("claims-{}", round);
    source.format = "ransomware";
    source.trust = Trust::Attacker;
    source.language = Language::English;
    Payload payload{source.id, document(list, round), "application/json", {"\"1\"", {}}, now};
    const auto start = std::chrono::steady_clock::now();
    const double thread_start = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    auto report = pipeline.ingest(source, payload, {}, now);
    spent += std::chrono::steady_clock::now() - start;
    thread += cpu_seconds(CLOCK_THREAD_CPUTIME_ID) - thread_start;
    if (!report) {
      fmt::print("failed: {}\n", report.error().what);
      return 1;
    }
    records += report->records;
    if (round == 0)
      fmt::print("first list: {} records, {:.0f} records/s\n", records, static_cast<double>(records) / spent.count());
    if (round == lists / 10) early_rss = resident_kib();
  }
  const auto rss = resident_kib();
  process = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - process;
  fmt::print("cpu {:.1f} us a record on the ingesting thread, {:.1f} us of the process\n", thread / static_cast<double>(records) * 1e6, process / static_cast<double>(records) * 1e6);
  fmt::print("{} records in {:.1f} s: {:.0f} records/s; resident {} MiB after a tenth, {} MiB at the end\n", records,
             spent.count(), static_cast<double>(records) / spent.count(), early_rss / 1024, rss / 1024);
  store->reset();
  std::filesystem::remove_all(place);
  return 0;
}
