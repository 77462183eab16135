// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the rules leave to a curator, and why they did what they did. Both are asked again from the stored sightings:
// nothing of it is stored, so that it is never out of date.

#include "daemon/index/store_blocks.hpp"

namespace vigifuite::index {

/// Another incident that may be this one; the rules cannot tell.
struct Undecided {
  std::string other;  ///< its id
  MergeReason reason = MergeReason::NameInPart;
  SightingRef mine;  ///< the two sightings that raise the question
  SightingRef theirs;
};

/// Why a sighting is in an incident: the surest reason that ties it to another one of it.
struct Joined {
  SightingRef sighting;
  SightingRef to;
  MergeReason reason = MergeReason::NearDisclosure;
};

/// Answers for one store, as it is when made. One thread.
class MergeQuestions {
 public:
  MergeQuestions(const Store& store, const Vocabulary& vocabulary, const CurationIndex& curation);

  /// Those that may be `incident`, each once, by id. Not those that something keeps apart from it.
  Result<std::vector<Undecided>> undecided(const Incident& incident);
  /// For each sighting but the first: in the order of the incident.
  Result<std::vector<Joined>> joined(const Incident& incident);

 private:
  Result<bool> kept_apart(const Incident& incident, const SightingRef& other);

  const Store& store_;
  const CurationIndex& curation_;
  TraitsReader reader_;
  StoreBlocks blocks_;
  Neighbourhood neighbourhood_;
};

}  // namespace vigifuite::index
