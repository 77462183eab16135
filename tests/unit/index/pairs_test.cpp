// SPDX-License-Identifier: AGPL-3.0-or-later
// The labelled pairs of real records (tests/merge): how often merging says what a reader said.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <map>

#include "tests/support/blocks_in_memory.hpp"
#include "tests/support/merge_records.hpp"

using namespace vigifuite;
using namespace vigifuite::index;
using Label = test::LabelledPair::Label;

namespace {

struct Score {
  std::size_t found = 0, missed = 0, kept_apart = 0, wrongly_joined = 0, unsure = 0;
  [[nodiscard]] double precision() const { return share(found, wrongly_joined); }
  [[nodiscard]] double recall() const { return share(found, missed); }

 private:
  static double share(std::size_t good, std::size_t bad) {
    return static_cast<double>(good) / static_cast<double>(good + bad);
  }
};

/// Which group each record of the set ends in, when all of them are known.
class Merged {
 public:
  Merged() {
    const TraitsReader reader(Vocabulary::shipped(), MergeWords::shipped());
    for (const Sighting& record : test::merge_records()) {
      traits_.emplace(SightingRef{record.source, record.key}, reader.read(record));
    }
    test::BlocksInMemory blocks;
    const CurationIndex nobody;
    Neighbourhood all(blocks, nobody);
    for (const auto& [ref, traits] : traits_) REQUIRE(all.put(std::nullopt, traits).has_value());
    auto groups = all.settle();
    REQUIRE(groups.has_value());
    for (std::size_t i = 0; i < groups->size(); ++i) {
      for (const Traits* member : (*groups)[i].members) group_[member->ref] = i;
    }
  }
  [[nodiscard]] bool joined(const test::LabelledPair& pair) const {
    return group_.at(refs_.at(pair.a)) == group_.at(refs_.at(pair.b));
  }
  /// With VIGIFUITE_SHOW, which rule spoke of a pair on which merging errs.
  void show(const test::LabelledPair& pair) const {
    if (std::getenv("VIGIFUITE_SHOW") == nullptr) return;
    const auto made = decide(traits_.at(refs_.at(pair.a)), traits_.at(refs_.at(pair.b)));
    fmt::print("{} {} | {} | {} {} {} | {} | {}\n", joined(pair) ? "WRONG" : "MISSED", pair.a, pair.b,
               name_of(made.decision), name_of(made.reason), made.force, pair.kind, pair.why);
  }

 private:
  std::map<SightingRef, Traits> traits_;
  std::map<SightingRef, std::size_t> group_;
  std::map<std::string, SightingRef> refs_ = test::merge_record_refs();
};

Score score_of(const Merged& merged, const std::vector<test::LabelledPair>& pairs) {
  Score score;
  for (const test::LabelledPair& pair : pairs) {
    if (pair.label == Label::Unsure) {
      ++score.unsure;
      continue;
    }
    const bool same = pair.label == Label::Same, joined = merged.joined(pair);
    ++(same ? (joined ? score.found : score.missed) : (joined ? score.wrongly_joined : score.kept_apart));
    if (same != joined) merged.show(pair);
  }
  return score;
}

}  // namespace

TEST_CASE("merge: the labelled pairs of real records are told apart as a reader does") {
  const Merged merged;
  const Score score = score_of(merged, test::labelled_pairs());
  fmt::print("labelled pairs: precision {:.4f} ({} of {} joined), recall {:.4f} ({} of {} the same), {} not scored\n",
             score.precision(), score.found, score.found + score.wrongly_joined, score.recall(), score.found,
             score.found + score.missed, score.unsure);
  CHECK(score.found + score.missed + score.wrongly_joined + score.kept_apart >= 600);
  CHECK(score.precision() >= 0.99);
  CHECK(score.recall() >= 0.90);
}

TEST_CASE("merge: no two incidents of France Travail, or of Pôle emploi before it, become one") {
  const Merged merged;
  std::size_t different = 0;
  for (const test::LabelledPair& pair : test::labelled_pairs()) {
    if (pair.kind != "employment" || pair.label != Label::Different) continue;
    ++different;
    CHECK_MESSAGE(!merged.joined(pair), pair.a << " and " << pair.b << ": " << pair.why);
  }
  CHECK(different >= 20);
}
