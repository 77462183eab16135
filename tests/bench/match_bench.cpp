// SPDX-License-Identifier: AGPL-3.0-or-later

// match_bench [PROFILES]: profiles of six ties each, one body that 43 % of them have a tie with; how long it takes to
// say whom a disclosure of that body concerns, beside a memcpy of the resulting numbers in the same run.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <random>
#include <vector>

#include "daemon/match/watchlist.hpp"

namespace {

using namespace vigifuite;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t kBatch = 10'000;
constexpr int kRounds = 9;

template <class Work>
double median_ms(const Work& work) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    const auto start = Clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "match_bench: %s\n", result.error().what.c_str());
    std::exit(2);
  }
  return std::move(*result);
}

Profile make_profile(std::mt19937& random) {
  Profile profile;
  profile.label = "x";
  const auto chance = [&](int percent) { return std::uniform_int_distribution(0, 99)(random) < percent; };
  for (int i = 0; i < 6; ++i) {
    const int body = i == 0 && chance(43) ? 0 : std::uniform_int_distribution(1, 90)(random);
    const auto from = static_cast<std::int16_t>(std::uniform_int_distribution(1980, 2023)(random));
    const PartialDate to = chance(50) ? PartialDate{} : PartialDate{static_cast<std::int16_t>(from + 2), 0, 0};
    profile.ties.push_back({{"", fmt::format("Body {}", body), ""}, Relation::User, {{from, 0, 0}, to}, false});
  }
  return profile;
}

void fill(index::Store& store, match::Watchlist& watchlist, std::size_t profiles) {
  std::mt19937 random(1);  // NOLINT: the same people in every run
  const auto start = Clock::now();
  for (std::size_t made = 0; made < profiles; made += kBatch) {
    std::vector<Profile> page;
    for (std::size_t i = made; i < std::min(made + kBatch, profiles); ++i) page.push_back(make_profile(random));
    auto batch = store.batch();
    must(watchlist.add_many(*batch, page));
    must(store.commit(std::move(batch)));
  }
  const double took = std::chrono::duration<double>(Clock::now() - start).count();
  fmt::print("{} profiles added in {:.1f} s: {:.0f}/s\n", profiles, took, static_cast<double>(profiles) / took);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t profiles = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const fs::path directory = fs::temp_directory_path() / fmt::format("match_bench.{}", ::getpid());
  {
    auto store = must(index::Store::open({.directory = directory, .write_buffer_bytes = std::size_t{64} << 20U},
                                         Vocabulary::shipped()));
    auto watchlist = must(match::Watchlist::open(*store, Secret(std::string(32, 'k')), Vocabulary::shipped()));
    fill(*store, *watchlist, profiles);
    must(store->scrub());

    std::size_t posting_bytes = 0;
    must(store->scan_watch(index::Batch::WatchColumn::Posting, {}, [&](std::string_view key, std::string_view value) {
      posting_bytes += key.size() + value.size();
      return true;
    }));
    match::WatchSet concerned;
    const double all = median_ms([&] { concerned = must(watchlist->concerned({"~body-0"}, {})); });
    const double some = median_ms([&] { must(watchlist->concerned({"~body-0"}, {{2004, 0, 0}, {2024, 0, 0}})); });
    std::vector<WatchNumber> ids;
    concerned.each(0, [&](WatchNumber number) {
      ids.push_back(number);
      return true;
    });
    std::vector<WatchNumber> copy(ids.size());
    const double limit = median_ms([&] { std::memcpy(copy.data(), ids.data(), ids.size() * sizeof(WatchNumber)); });
    fmt::print(
        "{} concerned: {:.2f} ms ({:.2f} ms with a period); memcpy of their numbers {:.3f} ms: {:.2f} of its speed\n",
        ids.size(), all, some, limit, limit / all);
    fmt::print("postings: {:.1f} bytes a profile\n",
               static_cast<double>(posting_bytes) / static_cast<double>(profiles));
    const double queueing = median_ms([&] {
      auto batch = store->batch();
      must(watchlist->start_campaign(*batch, "fr-bench", 1, AlertKind::First, concerned, Instant{}));
      must(store->commit(std::move(batch)));
    });
    fmt::print("one campaign for them, synced: {:.2f} ms\n", queueing);
    if (copy != ids) return 1;
  }
  fs::remove_all(directory);
  return 0;
}
