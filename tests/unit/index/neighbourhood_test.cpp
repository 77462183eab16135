// SPDX-License-Identifier: AGPL-3.0-or-later
// Which sightings belong together follows from the set of them: not from the order in which they came, nor from what
// was there before and changed since.
#include "daemon/index/neighbourhood.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/support/blocks_in_memory.hpp"
#include "tests/support/merge_records.hpp"
#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;
using namespace vigifuite::index;

namespace {

using Partition = std::set<std::vector<SightingRef>>;

const CurationIndex& nobody() {
  static const CurationIndex none;
  return none;
}

std::vector<SightingRef> refs_of(const Group& group) {
  std::vector<SightingRef> refs;
  for (const Traits* member : group.members) refs.push_back(member->ref);
  return refs;
}

/// All at once, in the order given.
Partition merged(const std::vector<Traits>& sightings, const CurationIndex& curation = nobody()) {
  test::BlocksInMemory blocks;
  Neighbourhood all(blocks, curation);
  for (const Traits& traits : sightings) REQUIRE(all.put(std::nullopt, traits).has_value());
  auto groups = all.settle();
  REQUIRE(groups.has_value());
  Partition partition;
  for (const Group& group : *groups) partition.insert(refs_of(group));
  return partition;
}

/// As the program does it: page by page, each looking only at what is near.
class Live {
 public:
  explicit Live(const CurationIndex& curation = nobody()) : curation_(curation) {}

  void page(const std::vector<Traits>& arrivals) {
    Neighbourhood near(blocks_, curation_);
    for (const Traits& traits : arrivals) {
      const auto before = blocks_.find(traits.ref);
      REQUIRE(near.put(*before, traits).has_value());
    }
    auto groups = near.settle();
    REQUIRE(groups.has_value());
    for (const Group& group : *groups) {
      for (const Traits* member : group.members) {
        if (const auto old = group_of_.find(member->ref); old != group_of_.end()) partition_.erase(old->second);
      }
    }
    for (const Group& group : *groups) {
      for (const Traits* member : group.members) group_of_[member->ref] = refs_of(group);
      partition_.insert(refs_of(group));
    }
    for (const Traits& traits : arrivals) blocks_.keep(traits);
    looked_at_ += groups->size();
  }
  [[nodiscard]] const Partition& partition() const { return partition_; }
  [[nodiscard]] std::size_t looked_at() const { return looked_at_; }

 private:
  const CurationIndex& curation_;
  test::BlocksInMemory blocks_;
  std::map<SightingRef, std::vector<SightingRef>> group_of_;
  Partition partition_;
  std::size_t looked_at_ = 0;
};

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t up_to(std::size_t last) { return std::uniform_int_distribution<std::size_t>(0, last)(random_); }
  bool one_in(std::size_t n) { return up_to(n - 1) == 0; }
  template <class List>
  void shuffle(List& list) {
    std::shuffle(list.begin(), list.end(), random_);
  }

 private:
  std::mt19937 random_;
};

const TraitsReader& reader() {
  static const TraitsReader it(Vocabulary::shipped(), MergeWords::shipped());
  return it;
}

/// A sighting of a few bodies, sources, days, figures and pages, so that much is near and much contradicts.
Traits random_sighting(Dice& dice, std::size_t number, std::size_t days) {
  const char* const bodies[] = {"Acme",     "Acme / Beta", "Beta", "Gamma", "Acme (via Gamma)", "Beta (via Gamma)",
                                "Acme Beta"};
  Sighting one;
  one.source = "source-" + std::to_string(dice.up_to(4));
  one.key = std::to_string(number);
  one.trust = static_cast<Trust>(dice.up_to(5));
  one.states_facts = !dice.one_in(20);
  one.withdrawn = dice.one_in(20);
  one.organisations = {{"", bodies[dice.up_to(6)], ""}};
  const auto day = [&]() -> PartialDate {
    const auto at = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1} + std::chrono::days(dice.up_to(days));
    PartialDate date = date_of(at);
    if (dice.one_in(8)) date.day = 0;
    return date;
  };
  if (!dice.one_in(6)) one.disclosed = day();
  if (dice.one_in(3)) one.incident.from = day();
  if (dice.one_in(4)) one.people = {{static_cast<std::int64_t>(12'345 + dice.up_to(3) * 1'111), {}, one.trust, {}, {}}};
  if (dice.one_in(5)) one.links = {{"https://press.example/" + std::to_string(dice.up_to(4)), LinkKind::Press, {}}};
  if (dice.one_in(12)) one.summary.fr = "Deuxième fuite.";
  return reader().read(one);
}

std::vector<Traits> random_set(Dice& dice, std::size_t count, std::size_t days) {
  std::vector<Traits> set;
  for (std::size_t i = 0; i < count; ++i) set.push_back(random_sighting(dice, i, days));
  return set;
}

/// Curators who contradict the rules and each other.
CurationIndex random_curation(Dice& dice, const std::vector<Traits>& set) {
  std::vector<Curation> decisions;
  for (std::size_t i = 1; i <= dice.up_to(4); ++i) {
    Curation decision;
    decision.number = i;
    decision.kind = dice.one_in(2) ? CurationKind::Merge : CurationKind::Split;
    for (std::size_t n = 0; n <= dice.up_to(2); ++n) {
      const SightingRef left = set[dice.up_to(set.size() - 1)].ref, right = set[dice.up_to(set.size() - 1)].ref;
      if (left == right) continue;
      decision.left.push_back(left);
      decision.right.push_back(right);
    }
    if (!decision.left.empty()) decisions.push_back(decision);
  }
  return CurationIndex(decisions);
}

}  // namespace

TEST_CASE("neighbourhood: thousands of orders of made-up sightings, with curators, give the same groups") {
  Dice dice(11);
  for (int round = 0; round < 150; ++round) {
    auto set = random_set(dice, 2 + dice.up_to(25), 80);
    const CurationIndex curation = random_curation(dice, set);
    const Partition expected = merged(set, curation);
    for (int order = 0; order < 20; ++order) {
      dice.shuffle(set);
      REQUIRE(merged(set, curation) == expected);
    }
  }
}

TEST_CASE("neighbourhood: what arrives one after the other, or page by page, ends as if it had come at once") {
  Dice dice(12);
  for (int round = 0; round < 400; ++round) {
    auto set = random_set(dice, 2 + dice.up_to(40), 120);
    const CurationIndex curation = random_curation(dice, set);
    const Partition expected = merged(set, curation);
    Live live(curation);
    dice.shuffle(set);
    for (std::size_t i = 0; i < set.size();) {
      const std::size_t count = std::min(1 + dice.up_to(3), set.size() - i);
      live.page({set.begin() + static_cast<std::ptrdiff_t>(i), set.begin() + static_cast<std::ptrdiff_t>(i + count)});
      i += count;
    }
    REQUIRE(live.partition() == expected);
  }
}

TEST_CASE("neighbourhood: sightings that change and come again leave no trace of what they were") {
  Dice dice(13);
  for (int round = 0; round < 200; ++round) {
    auto set = random_set(dice, 3 + dice.up_to(25), 80);
    Live live;
    for (const Traits& traits : set) live.page({traits});
    for (std::size_t change = 0; change <= dice.up_to(10); ++change) {
      const std::size_t which = dice.up_to(set.size() - 1);
      Traits changed = random_sighting(dice, which, 80);
      changed.ref = set[which].ref;
      set[which] = changed;
      live.page({changed});
      live.page({changed});
    }
    REQUIRE(live.partition() == merged(set));
  }
}

TEST_CASE("neighbourhood: a body told of far more often than sightings are compared is merged in every order alike") {
  Dice dice(14);
  for (int round = 0; round < 6; ++round) {
    auto set = random_set(dice, 300, 40 + dice.up_to(400));  // blocks are many times kNear long
    const Partition expected = merged(set);
    dice.shuffle(set);
    CHECK(merged(set) == expected);
    Live live;
    for (const Traits& traits : set) live.page({traits});
    REQUIRE(live.partition() == expected);
  }
}

TEST_CASE("neighbourhood: hundreds of orders of real records give the same groups") {
  std::vector<Traits> set;
  for (const Sighting& record : test::merge_records()) set.push_back(reader().read(record));
  const Partition expected = merged(set);
  Dice dice(15);
  for (int order = 0; order < 100; ++order) {
    dice.shuffle(set);
    REQUIRE(merged(set) == expected);
  }
  Live live;
  for (const Traits& traits : set) live.page({traits});
  CHECK(live.partition() == expected);
  CHECK(live.looked_at() < 20 * set.size());  // each arrival looks at few others
}

TEST_CASE("cluster: what is surest is joined first, and a chain of likely pairs does not join what must stay apart") {
  const auto sighting = [](const char* source, const char* day, const char* from = "") {
    Sighting out;
    out.source = source;
    out.key = "1";
    out.states_facts = true;
    out.organisations = {{"", "Acme", ""}};
    out.disclosed = sample::on(day);
    if (*from != 0) out.incident.from = sample::on(from);
    return reader().read(out);
  };
  const Traits first = sighting("a", "2024-03-01", "2024-02-20"), middle = sighting("b", "2024-03-03"),
               second = sighting("c", "2024-03-04", "2024-03-02");
  CHECK(decide(first, middle).decision == Decision::Merge);
  CHECK(decide(middle, second).decision == Decision::Merge);
  CHECK(decide(first, second).decision == Decision::KeepSeparate);
  CHECK(merged({first, middle, second}) == Partition{{first.ref}, {middle.ref, second.ref}});  // a day apart, not two
}

TEST_CASE("cluster: an incident has so many sightings at most") {
  std::vector<Traits> set;
  for (int i = 0; i < 1500; ++i) {
    Sighting out;
    out.source = "press-" + std::to_string(i);
    out.key = "1";
    out.states_facts = true;
    out.organisations = {{"", "Acme", ""}};
    out.disclosed = sample::on("2024-03-01");
    set.push_back(reader().read(out));
  }
  std::size_t largest = 0;
  for (const auto& group : merged(set)) largest = std::max(largest, group.size());
  CHECK(largest <= kMostMembers);
  CHECK(largest > kMostMembers / 2);
}
