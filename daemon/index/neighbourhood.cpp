// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/neighbourhood.hpp"

#include <algorithm>

namespace vigifuite::index {
namespace {

using Key = Traits::Key;
constexpr std::int32_t kUndated = std::numeric_limits<std::int32_t>::min();

/// Where a sighting stands in the orders of a block: by its dates (value 0), and among those that share a figure or a
/// page.
struct Stand {
  Key value = 0;
  std::int32_t day = kUndated;
  friend auto operator<=>(const Stand&, const Stand&) = default;
};

std::vector<Stand> stands_of(const Traits& traits) {
  std::vector<Stand> stands;
  if (traits.event.known()) stands.push_back({0, traits.event.first});
  if (traits.told.known()) stands.push_back({0, traits.told.first});
  const std::int32_t day = stands.empty() ? kUndated : stands.front().day;
  if (stands.empty()) stands.push_back({0, kUndated});
  for (const std::int64_t figure : traits.people) stands.push_back({static_cast<Key>(figure) | 1ULL << 63U, day});
  for (const Key page : traits.links) stands.push_back({page >> 1U | 1ULL << 62U, day});
  std::sort(stands.begin(), stands.end());
  stands.erase(std::unique(stands.begin(), stands.end()), stands.end());
  return stands;
}

std::string name_of(const SightingRef& ref) {
  return ref.source + '\0' + ref.key;
}

}  // namespace

struct Neighbourhood::Node {
  Traits traits;
  std::vector<Key> blocks;
  std::uint32_t round = 0;  ///< when it was last put in a group
  bool put = false;         ///< what is stored of it no longer holds
};

struct Neighbourhood::Block {
  struct Entry {
    Stand stand;
    Place place = 0;
    const SightingRef* ref = nullptr;
    friend bool operator<(const Entry& a, const Entry& b) {
      if (a.stand != b.stand) return a.stand < b.stand;
      return *a.ref < *b.ref;
    }
  };
  std::vector<Entry> entries;  ///< sorted
};

Neighbourhood::Neighbourhood(Blocks& blocks, const CurationIndex& curation) : blocks_(blocks), curation_(curation) {}
Neighbourhood::~Neighbourhood() = default;

Neighbourhood::Place Neighbourhood::node(Traits traits) {
  const auto [found, added] = places_.try_emplace(name_of(traits.ref), static_cast<Place>(nodes_.size()));
  if (added) {
    auto node = std::make_unique<Node>();
    node->blocks = blocks_of(traits);
    node->traits = std::move(traits);
    nodes_.push_back(std::move(node));
  }
  return found->second;
}

Result<Neighbourhood::Block*> Neighbourhood::block(Key key) {
  if (const auto found = loaded_.find(key); found != loaded_.end()) return found->second.get();
  auto block = std::make_unique<Block>();
  VIGIFUITE_TRY(blocks_.load(key, [&](Traits traits) {
    const Place place = node(std::move(traits));
    const Node& it = *nodes_[place];
    if (it.put) return;  // it was replaced; where it stands now, it was inserted
    for (const Stand& stand : stands_of(it.traits)) block->entries.push_back({stand, place, &it.traits.ref});
  }));
  std::sort(block->entries.begin(), block->entries.end());
  return loaded_.emplace(key, std::move(block)).first->second.get();
}

Status Neighbourhood::load_around(Place place) {
  for (const Key key : nodes_[place]->blocks) {
    auto loaded = block(key);
    if (!loaded) return std::move(loaded).error();
  }
  return Done{};
}

void Neighbourhood::mark(Place place) {
  seeds_.push_back(place);
}

/// Looks at the pairs that an entry at `at` parted, or brought together by leaving: those `apart` places from each
/// other around it. Their groups may change, though neither of the two did.
void Neighbourhood::mark_parted(const Block& block, std::size_t at, std::size_t apart) {
  const auto& entries = block.entries;
  for (std::size_t first = at > apart ? at - apart : 0; first < at && first + apart < entries.size(); ++first) {
    const auto& a = entries[first];
    const auto& b = entries[first + apart];
    if (a.stand.value != b.stand.value || a.place == b.place) continue;
    if (verdict(nodes_[a.place]->traits, nodes_[b.place]->traits, curation_).decision != Decision::Merge) continue;
    mark(a.place);
    mark(b.place);
  }
}

void Neighbourhood::insert(Place place) {
  const Node& node = *nodes_[place];
  for (const Key key : node.blocks) {
    Block& block = *loaded_.at(key);
    for (const Stand& stand : stands_of(node.traits)) {
      const Block::Entry entry{stand, place, &node.traits.ref};
      const auto at = block.entries.insert(std::lower_bound(block.entries.begin(), block.entries.end(), entry), entry);
      mark_parted(block, static_cast<std::size_t>(at - block.entries.begin()), kNear + 1);
    }
  }
}

void Neighbourhood::remove(Place place) {
  const Node& node = *nodes_[place];
  for (const Key key : node.blocks) {
    Block& block = *loaded_.at(key);
    for (std::size_t i = 0; i < block.entries.size();) {
      if (block.entries[i].place != place) {
        ++i;
        continue;
      }
      block.entries.erase(block.entries.begin() + static_cast<std::ptrdiff_t>(i));
      mark_parted(block, i, kNear);
    }
  }
}

Status Neighbourhood::put(const std::optional<Traits>& before, Traits traits) {
  const auto known = places_.find(name_of(traits.ref));
  if (before || known != places_.end()) {
    const Place place = known != places_.end() ? known->second : node(*before);
    VIGIFUITE_TRY(load_around(place));
    for (const Place other : near(place)) {
      if (verdict(nodes_[place]->traits, nodes_[other]->traits, curation_).decision == Decision::Merge) mark(other);
    }
    remove(place);
  }
  const Place place = node(traits);
  Node& node = *nodes_[place];
  node.put = true;
  node.blocks = blocks_of(traits);
  node.traits = std::move(traits);
  VIGIFUITE_TRY(load_around(place));
  insert(place);
  mark(place);
  return Done{};
}

Status Neighbourhood::touch(const Traits& traits) {
  const Place place = node(traits);
  VIGIFUITE_TRY(load_around(place));
  mark(place);
  return Done{};
}

/// Those a sighting is compared with, each once.
std::vector<Neighbourhood::Place> Neighbourhood::near(Place place) const {
  std::vector<Place> found;
  const Node& node = *nodes_[place];
  const auto stands = stands_of(node.traits);
  for (const Key key : node.blocks) {
    const auto& entries = loaded_.at(key)->entries;
    for (const Stand& stand : stands) {
      const auto at = std::lower_bound(entries.begin(), entries.end(), Block::Entry{stand, place, &node.traits.ref});
      const auto here = static_cast<std::size_t>(at - entries.begin());
      const std::size_t first = here > kNear ? here - kNear : 0;
      const std::size_t last = std::min(here + kNear + 1, entries.size());
      for (std::size_t i = first; i < last; ++i) {
        if (entries[i].place != place && entries[i].stand.value == stand.value) found.push_back(entries[i].place);
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Result<std::vector<Neighbourhood::Place>> Neighbourhood::curated_near(Place place) {
  std::vector<Place> found;
  if (curation_.empty()) return found;
  for (const SightingRef& ref : curation_.joined_with(nodes_[place]->traits.ref)) {
    if (const auto known = places_.find(name_of(ref)); known != places_.end()) {
      found.push_back(known->second);
      continue;
    }
    auto traits = blocks_.find(ref);
    if (!traits) return std::move(traits).error();
    if (*traits) found.push_back(node(std::move(**traits)));
  }
  return found;
}

/// All that pairs to be joined lead to from `seed`.
Status Neighbourhood::gather(Place seed, std::vector<Place>& component, std::vector<Join>& joins) {
  component.assign(1, seed);
  nodes_[seed]->round = round_;
  for (std::size_t next = 0; next < component.size(); ++next) {
    const Place place = component[next];
    VIGIFUITE_TRY(load_around(place));
    auto others = curated_near(place);
    if (!others) return std::move(others).error();
    const auto by_rules = near(place);
    others->insert(others->end(), by_rules.begin(), by_rules.end());
    std::sort(others->begin(), others->end());
    others->erase(std::unique(others->begin(), others->end()), others->end());
    for (const Place other : *others) {
      const Traits &a = nodes_[place]->traits, &b = nodes_[other]->traits;
      const PairVerdict pair = verdict(a, b, curation_);
      if (pair.decision != Decision::Merge) continue;
      if (nodes_[other]->round != round_) {
        nodes_[other]->round = round_;
        component.push_back(other);
      }
      if (a.ref < b.ref) joins.push_back({place, other, pair.reason, pair.force, pair.curated});
    }
  }
  return Done{};
}

Result<std::vector<Group>> Neighbourhood::settle() {
  std::vector<Group> groups;
  std::vector<Place> component, rank(nodes_.size());
  std::vector<Join> joins;
  ++round_;
  std::vector<Place> seeds;
  seeds.swap(seeds_);
  for (const Place seed : seeds) {
    if (nodes_[seed]->round == round_) continue;
    joins.clear();
    VIGIFUITE_TRY(gather(seed, component, joins));
    std::sort(component.begin(), component.end(),
              [&](Place a, Place b) { return nodes_[a]->traits.ref < nodes_[b]->traits.ref; });
    rank.resize(nodes_.size());
    std::vector<const Traits*> sightings;
    for (std::uint32_t i = 0; i < component.size(); ++i) {
      rank[component[i]] = i;
      sightings.push_back(&nodes_[component[i]]->traits);
    }
    for (Join& join : joins) {
      join.a = rank[join.a];
      join.b = rank[join.b];
    }
    Clusters clusters = cluster(sightings, joins, curation_);
    std::vector<std::uint32_t> place_in_group(sightings.size()), group_of(sightings.size());
    for (const auto& members : clusters.groups) {
      Group& group = groups.emplace_back();
      for (std::uint32_t i = 0; i < members.size(); ++i) {
        place_in_group[members[i]] = i;
        group_of[members[i]] = static_cast<std::uint32_t>(groups.size() - 1);
        group.members.push_back(sightings[members[i]]);
      }
    }
    for (Join join : clusters.joins) {
      Group& group = groups[group_of[join.a]];
      join.a = place_in_group[join.a];
      join.b = place_in_group[join.b];
      group.joins.push_back(join);
    }
  }
  return groups;
}

Result<std::vector<Neighbourhood::Compared>> Neighbourhood::compared_with(const Traits& traits) {
  const Place place = node(traits);
  VIGIFUITE_TRY(load_around(place));
  std::vector<Compared> found;
  for (const Place other : near(place)) {
    const Traits& it = nodes_[other]->traits;
    found.push_back({&it, verdict(nodes_[place]->traits, it, curation_)});
  }
  std::sort(found.begin(), found.end(),
            [](const Compared& a, const Compared& b) { return a.other->ref < b.other->ref; });
  return found;
}

}  // namespace vigifuite::index
