// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// From pairs to incidents: which of a handful of sightings belong together. Pure.

#include <span>
#include <vector>

#include "daemon/index/curation.hpp"
#include "daemon/index/merge.hpp"

namespace vigifuite::index {

/// Two sightings that were joined, and why.
struct Join {
  std::uint32_t a = 0;  ///< places in the list of sightings
  std::uint32_t b = 0;
  MergeReason reason = MergeReason::NearDisclosure;
  std::uint8_t force = 0;
  std::uint64_t curated = 0;  ///< number of the curator's decision, or 0
};

/// What the rules and the curators say of a pair; a curator's word wins, and then `curated` is its number.
struct PairVerdict : MergeDecision {
  std::uint64_t curated = 0;
};
PairVerdict verdict(const Traits& a, const Traits& b, const CurationIndex& curation);

struct Clusters {
  std::vector<std::vector<std::uint32_t>> groups;  ///< places of each group's members, ascending; by their first
  std::vector<Join> joins;                         ///< that made them, surest first
};

/// `sightings` in the order of their refs, `joins` all pairs of them to be joined. The surest pairs are joined first,
/// and a pair is passed over when anything forbids it between any two members of what it would join: so that no chain
/// of likely pairs brings together what must stay apart. A group has at most kMostMembers.
Clusters cluster(std::span<const Traits* const> sightings, std::vector<Join> joins, const CurationIndex& curation);

inline constexpr std::size_t kMostMembers = 1000;

}  // namespace vigifuite::index
