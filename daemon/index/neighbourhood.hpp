// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Which sightings are compared with which, and what changes when one arrives. Pure but for the loading of blocks.

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "daemon/index/cluster.hpp"
#include "schemas/core/result.hpp"

namespace vigifuite::index {

/// Where sightings are kept by block; the store, or a list in tests.
class Blocks {
 public:
  virtual ~Blocks() = default;
  /// Calls `take` for every sighting of the block, in any order.
  virtual Status load(Traits::Key block, const std::function<void(Traits)>& take) = 0;
  /// One sighting, or nothing: asked only for those a curator spoke of.
  virtual Result<std::optional<Traits>> find(const SightingRef& ref) = 0;
};

/// One incident in the making.
struct Group {
  std::vector<const Traits*> members;  ///< by their refs
  std::vector<Join> joins;             ///< places are those in `members`
};

/// A part of all sightings: the blocks that were asked for, as stored, and over them what is put.
///
/// Two sightings are compared when they share a block and stand near each other in it: among the kNear next ones by one
/// of their dates, by a figure or by a page they share. That is a question about the set of all sightings, not about
/// the order in which they came; a block of n costs n * kNear comparisons, never n * n.
class Neighbourhood {
 public:
  Neighbourhood(Blocks& blocks, const CurationIndex& curation);
  ~Neighbourhood();

  /// Adds a sighting, or replaces `before`, what was known of it. The pointers given out stay valid.
  Status put(const std::optional<Traits>& before, Traits traits);
  /// As if it had changed: after a curator's decision.
  Status touch(const Traits& traits);

  /// Every group that what was put since the last call can have changed, whole; and others of their surroundings.
  Result<std::vector<Group>> settle();

  /// What the rules say of a sighting and each of those it is compared with.
  struct Compared {
    const Traits* other = nullptr;
    PairVerdict verdict;
  };
  Result<std::vector<Compared>> compared_with(const Traits& traits);

  static constexpr std::size_t kNear = 32;

 private:
  struct Node;
  struct Block;
  using Place = std::uint32_t;

  Result<Block*> block(Traits::Key key);
  Place node(Traits traits);
  void insert(Place place);
  void remove(Place place);
  void mark(Place place);
  void mark_parted(const Block& block, std::size_t at, std::size_t apart);
  Status load_around(Place place);
  std::vector<Place> near(Place place) const;
  Result<std::vector<Place>> curated_near(Place place);
  Status gather(Place seed, std::vector<Place>& component, std::vector<Join>& joins);

  Blocks& blocks_;
  const CurationIndex& curation_;
  std::vector<std::unique_ptr<Node>> nodes_;
  std::unordered_map<std::string, Place> places_;
  std::unordered_map<Traits::Key, std::unique_ptr<Block>> loaded_;
  std::vector<Place> seeds_;
  std::uint32_t round_ = 0;
};

}  // namespace vigifuite::index
