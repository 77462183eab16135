// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Step 5 of the map, for a page of sightings: which incidents they tell of, and under which ids.
//
// The incidents are a pure function of three stored things: the sightings, the curators' decisions, and the ledger of
// ids. The ledger lies in the sightings themselves: an id once given is bound to one sighting for ever
// (Placement::own), and leads to whichever incident that sighting is in. Merged, an incident has several such ids: the
// one a catalogue gave is shown, else the oldest; the others lead to it. Split, each id goes with its sighting. So no
// id is ever given twice, and merging everything anew gives the same ids.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/index/neighbourhood.hpp"
#include "daemon/index/store.hpp"

namespace vigifuite {

/// What became of one incident, for those who were told of it.
struct SettledIncident {
  Incident incident;
  bool is_new = false;
  bool changed = false;        ///< it has a new revision: the last one, or the one before those of `joined`
  bool material = false;       ///< and a fact that matters to people changed
  std::uint32_t revision = 0;  ///< the one that says what changed
  /// An incident that was merged with this one and is no more.
  struct Joined {
    std::string id;
    std::uint32_t revision = 0;  ///< the revision of this one that says so
    bool material = false;       ///< against what was told of that one
  };
  std::vector<Joined> joined;
  std::string split_from;  ///< of a new one: the incident it was a part of
};

class Settlement {
 public:
  /// Works on one batch, once; everything must outlive it.
  Settlement(const Vocabulary& vocabulary, index::Batch& batch, const index::CurationIndex& curation, Instant now);
  ~Settlement();

  /// A sighting that arrived: new, changed, or withdrawn. A text without facts is stored and belongs to no incident.
  /// `unknown`: it is stored nowhere, and need not be looked for.
  Status put(Sighting sighting, bool unknown = false);
  /// One whose place is to be looked at again, though it did not change.
  Status touch(const SightingRef& ref);
  /// About how large what arrived is, which settle() will put into the batch.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
  /// A curator's words, when a curator is why incidents change.
  void because(std::string words) { because_ = std::move(words); }

  /// Decides, folds, gives ids, and puts sightings and incidents into the batch.
  Result<std::vector<SettledIncident>> settle();

 private:
  class StoredBlocks;

  struct Member {
    index::PlacedSighting placed;
    std::string was_in;    ///< the incident it was in, or ""
    bool arrived = false;  ///< put or touched
    bool moved = false;    ///< its stored placement is another one
  };
  /// One incident in the making.
  struct Cluster {
    std::vector<Member> members;                     ///< by their refs
    std::vector<index::PlacedSighting> corrections;  ///< of a curator, about any of them
    bool changed = false;
    bool opens = false;  ///< it makes an incident: not when all are texts that only join what others told
    Incident incident;
  };
  using Clusters = std::vector<Cluster>;
  using ById = std::map<std::string, Incident>;

  Result<const index::PlacedSighting*> placed(const SightingRef& ref);
  Result<Clusters> clusters();
  Status adopt_ids(Clusters& clusters);
  Result<bool> bound_elsewhere(const std::string& id, const std::set<SightingRef>& here);
  Status give_ids(Clusters& clusters);
  Status attach_corrections(Clusters& clusters);
  Status put_correction(Sighting correction);
  Status give_curated_id(Member& member);
  Status found(Cluster& cluster);
  static const Member* first_holder(const Cluster& cluster);
  static void find_changed(Clusters& clusters);
  Result<ById> stored_incidents(const Clusters& clusters);
  void put_members(const Cluster& cluster);

  // settled.cpp
  [[nodiscard]] SettledIncident settled(const Cluster& cluster, const Clusters& all, const ById& before) const;
  [[nodiscard]] Revision change(const Cluster& cluster, const Incident& before, const Incident& after) const;
  static std::vector<std::string> joined_in(const Cluster& cluster, const Clusters& all, const ById& before);
  static std::string split_into(const std::string& id, const Clusters& all, const ById& before);
  static std::string split_from(const Cluster& cluster);

  index::Batch& batch_;
  Instant now_;
  index::TraitsReader reader_;
  std::unique_ptr<StoredBlocks> blocks_;
  index::Neighbourhood neighbourhood_;
  std::map<SightingRef, index::PlacedSighting> arrivals_;
  std::set<SightingRef> touched_;
  std::map<SightingRef, index::PlacedSighting> loaded_;
  std::set<std::string> given_;  ///< ids given here
  std::string because_;
  std::size_t bytes_ = 0;
};

}  // namespace vigifuite
