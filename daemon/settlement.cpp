// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/settlement.hpp"

#include <algorithm>

#include "daemon/index/fold.hpp"
#include "daemon/index/ids.hpp"
#include "schemas/correction.hpp"

namespace vigifuite {
namespace {

/// Whether an incident may begin with this sighting alone. News of the whole world pass through a feed: a text must
/// name a body that we know, or be of France or in French. Any other only joins an incident that somebody else told of.
bool opens_incident(const Sighting& sighting) {
  const auto reads_disclosure = [](const Evidence& evidence) {
    return std::any_of(evidence.facts.begin(), evidence.facts.end(),
                       [](const ReadFact& fact) { return fact.fact == Fact::Disclosure; });
  };
  if (!std::any_of(sighting.evidence.begin(), sighting.evidence.end(), reads_disclosure)) return true;
  const bool known = std::any_of(sighting.organisations.begin(), sighting.organisations.end(),
                                 [](const OrganisationRef& ref) { return !ref.id.empty(); });
  return known || !sighting.organisation_classes.empty() || sighting.country == "FR" || !sighting.title.fr.empty();
}

}  // namespace

using index::PlacedSighting;

/// The blocks of the store; the sightings they name are read once and kept.
class Settlement::StoredBlocks final : public index::Blocks {
 public:
  explicit StoredBlocks(Settlement& settlement) : settlement_(settlement) {}

  Status load(index::Traits::Key block, const std::function<void(index::Traits)>& take) override {
    auto refs = settlement_.batch_.block(block);
    if (!refs) return std::move(refs).error();
    for (const SightingRef& ref : *refs) {
      if (settlement_.arrivals_.contains(ref)) continue;  // known, and put where it stands now
      auto placed = settlement_.placed(ref);
      if (!placed) return std::move(placed).error();
      if (*placed != nullptr) take(settlement_.reader_.read((*placed)->sighting));
    }
    return Done{};
  }
  Result<std::optional<index::Traits>> find(const SightingRef& ref) override {
    auto placed = settlement_.placed(ref);
    if (!placed) return std::move(placed).error();
    return *placed == nullptr ? std::nullopt : std::optional(settlement_.reader_.read((*placed)->sighting));
  }

 private:
  Settlement& settlement_;
};

Settlement::Settlement(const Vocabulary& vocabulary, index::Batch& batch, const index::CurationIndex& curation,
                       Instant now)
    : batch_(batch),
      now_(now),
      reader_(vocabulary, index::MergeWords::shipped()),
      blocks_(std::make_unique<StoredBlocks>(*this)),
      neighbourhood_(*blocks_, curation) {}

Settlement::~Settlement() = default;

/// As it is now: as it arrived, or as stored. Null when there is none.
Result<const PlacedSighting*> Settlement::placed(const SightingRef& ref) {
  if (const auto found = arrivals_.find(ref); found != arrivals_.end()) return &found->second;
  if (const auto found = loaded_.find(ref); found != loaded_.end()) return &found->second;
  auto stored = batch_.placed(ref);
  if (!stored) return std::move(stored).error();
  if (!*stored) return static_cast<const PlacedSighting*>(nullptr);
  return &loaded_.emplace(ref, std::move(**stored)).first->second;
}

/// A correction announces nothing: it goes wherever the sighting goes that it is about.
Status Settlement::put_correction(Sighting correction) {
  const SightingRef about = correction.correction->about;
  const SightingRef ref{correction.source, correction.key};
  auto known = placed(ref);
  if (!known) return std::move(known).error();
  if (*known != nullptr) correction.first_seen = (*known)->sighting.first_seen;
  index::Placement placement = *known == nullptr ? index::Placement{} : (*known)->placement;
  arrivals_.insert_or_assign(ref, PlacedSighting{std::move(correction), std::move(placement)});
  return touch(about);
}

Status Settlement::put(Sighting sighting, bool unknown) {
  if (sighting.correction) return put_correction(std::move(sighting));
  const SightingRef ref{sighting.source, sighting.key};
  auto known = unknown && !arrivals_.contains(ref) ? Result<const PlacedSighting*>(nullptr) : placed(ref);
  if (!known) return std::move(known).error();
  const PlacedSighting* before = *known;
  const bool was_compared = before != nullptr && before->sighting.states_facts;
  if (before != nullptr) sighting.first_seen = before->sighting.first_seen;
  const bool here_before = arrivals_.contains(ref);
  if (!sighting.states_facts && !was_compared && !here_before) {
    batch_.put_sighting(sighting, index::Placement{});
    return Done{};
  }
  std::optional<index::Traits> traits_before;
  if (was_compared || here_before) traits_before = reader_.read(before->sighting);
  index::Traits traits = reader_.read(sighting);
  const auto blocks = index::blocks_of(traits);
  batch_.put_blocks(ref, traits_before ? index::blocks_of(*traits_before) : index::Traits::Keys(), blocks);
  constexpr std::size_t kMembersBytes = 1024;
  bytes_ += kMembersBytes + sighting.summary.fr.size() + sighting.summary.en.size();
  PlacedSighting arrived{std::move(sighting), before == nullptr ? index::Placement{} : before->placement};
  VIGIFUITE_TRY(neighbourhood_.put(traits_before, std::move(traits)));
  arrivals_.insert_or_assign(ref, std::move(arrived));
  return Done{};
}

Status Settlement::touch(const SightingRef& ref) {
  auto known = placed(ref);
  if (!known) return std::move(known).error();
  if (*known == nullptr || !(*known)->sighting.states_facts || (*known)->sighting.correction) return Done{};
  touched_.insert(ref);
  return neighbourhood_.touch(reader_.read((*known)->sighting));
}

Result<Settlement::Clusters> Settlement::clusters() {
  auto groups = neighbourhood_.settle();
  if (!groups) return std::move(groups).error();
  Clusters clusters;
  for (const index::Group& group : *groups) {
    Cluster& cluster = clusters.emplace_back();
    for (const index::Traits* traits : group.members) {
      auto known = placed(traits->ref);
      if (!known) return std::move(known).error();
      VIGIFUITE_CHECK(*known != nullptr);
      const bool arrived = arrivals_.contains(traits->ref) || touched_.contains(traits->ref);
      cluster.members.push_back({**known, (*known)->placement.incident, arrived, false});
    }
  }
  return clusters;
}

/// Whether an id is bound to a sighting that is not among those looked at.
Result<bool> Settlement::bound_elsewhere(const std::string& id, const std::set<SightingRef>& here) {
  auto incident = batch_.incident(id);
  if (!incident) return std::move(incident).error();
  if (!*incident) return false;
  for (const SightingRef& ref : (*incident)->sightings) {
    if (here.contains(ref)) continue;
    auto other = placed(ref);
    if (!other) return std::move(other).error();
    if (*other != nullptr && (*other)->placement.own == id) return true;
  }
  return false;
}

/// A store of format 1 bound no id to a sighting: each id of it is bound to the sighting a catalogue gave it for, or to
/// the oldest one.
Status Settlement::adopt_ids(Clusters& clusters) {
  std::set<std::string> bound;
  std::set<SightingRef> here;
  for (const Cluster& cluster : clusters) {
    for (const Member& member : cluster.members) {
      bound.insert(member.placed.placement.own);
      here.insert({member.placed.sighting.source, member.placed.sighting.key});
    }
  }
  std::map<std::string, Member*> best;
  const auto rank = [](const std::string& id, const Member& member) {
    const Sighting& sighting = member.placed.sighting;
    return std::tuple(sighting.preferred_id != id, sighting.first_seen, std::tie(sighting.source, sighting.key));
  };
  for (Cluster& cluster : clusters) {
    for (Member& member : cluster.members) {
      if (member.was_in.empty() || bound.contains(member.was_in) || !member.placed.placement.own.empty()) continue;
      Member*& first = best[member.was_in];
      if (first == nullptr || rank(member.was_in, member) < rank(member.was_in, *first)) first = &member;
    }
  }
  for (const auto& [id, member] : best) {
    auto elsewhere = bound_elsewhere(id, here);
    if (!elsewhere) return std::move(elsewhere).error();
    if (*elsewhere) continue;
    member->placed.placement.own = id;
    member->placed.placement.own_since = member->placed.sighting.first_seen;
    member->moved = true;
  }
  return Done{};
}

/// Only what changed is folded anew: an incident in which something arrived, which somebody joined, or left.
void Settlement::find_changed(Clusters& clusters) {
  std::map<std::string, std::size_t> members_of;
  for (const Cluster& cluster : clusters) {
    for (const Member& member : cluster.members) ++members_of[member.was_in];
  }
  for (Cluster& cluster : clusters) {
    const Member* holder = first_holder(cluster);
    const std::string id = holder == nullptr ? std::string() : holder->placed.placement.own;
    cluster.changed = id.empty() || members_of[id] != cluster.members.size() ||
                      std::any_of(cluster.members.begin(), cluster.members.end(), [&](const Member& member) {
                        return member.arrived || member.moved || member.was_in != id;
                      });
  }
}

/// The member whose own id is the incident's: one that a catalogue asked for, be it bound to another member, else the
/// oldest.
const Settlement::Member* Settlement::first_holder(const Cluster& cluster) {
  std::set<std::string_view> wanted;
  for (const Member& member : cluster.members) wanted.insert(member.placed.sighting.preferred_id);
  const auto rank = [&](const Member& member) {
    const index::Placement& placement = member.placed.placement;
    return std::tuple(!wanted.contains(placement.own), placement.own_since, std::tie(placement.own));
  };
  const Member* first = nullptr;
  for (const Member& member : cluster.members) {
    if (member.placed.placement.own.empty()) continue;
    if (first == nullptr || rank(member) < rank(*first)) first = &member;
  }
  return first;
}

Status Settlement::give_curated_id(Member& member) {
  index::Placement& placement = member.placed.placement;
  const std::string& wanted = member.placed.sighting.preferred_id;
  if (!placement.own.empty() || !index::is_id(wanted) || given_.contains(wanted)) return Done{};
  auto given = batch_.is_given(wanted);
  if (!given) return std::move(given).error();
  if (*given) return Done{};
  placement.own = wanted;
  placement.own_since = now_;
  member.moved = true;
  given_.insert(wanted);
  return Done{};
}

/// Gives an incident its first id, bound to its oldest sighting.
Status Settlement::found(Cluster& cluster) {
  Status lookup = Done{};
  const auto taken = [&](const std::string& id) {
    if (given_.contains(id)) return true;
    auto given = batch_.is_given(id);
    if (!given) lookup = given.error();
    return given && *given;
  };
  const auto founder = std::min_element(
      cluster.members.begin(), cluster.members.end(),
      [](const Member& a, const Member& b) { return a.placed.sighting.first_seen < b.placed.sighting.first_seen; });
  founder->placed.placement.own = index::make_id(cluster.incident, taken);
  founder->placed.placement.own_since = now_;
  founder->moved = true;
  given_.insert(founder->placed.placement.own);
  return lookup;
}

/// Finds the corrections of what changes: those the stored incidents rest on, and those that arrive.
Status Settlement::attach_corrections(Clusters& clusters) {
  std::set<SightingRef> corrections;
  for (const auto& [ref, arrival] : arrivals_) {
    if (arrival.sighting.correction) corrections.insert(ref);
  }
  std::set<std::string> looked_at;
  std::map<SightingRef, Cluster*> cluster_of;
  for (Cluster& cluster : clusters) {
    for (const Member& member : cluster.members) {
      cluster_of[{member.placed.sighting.source, member.placed.sighting.key}] = &cluster;
      if (!cluster.changed || member.was_in.empty() || !looked_at.insert(member.was_in).second) continue;
      auto incident = batch_.incident(member.was_in);
      if (!incident) return std::move(incident).error();
      if (!*incident) continue;
      for (const SightingRef& ref : (*incident)->sightings) {
        if (ref.source == kCuratorSource) corrections.insert(ref);
      }
    }
  }
  for (const SightingRef& ref : corrections) {
    auto correction = placed(ref);
    if (!correction) return std::move(correction).error();
    if (*correction == nullptr || !(*correction)->sighting.correction) continue;
    const auto cluster = cluster_of.find((*correction)->sighting.correction->about);
    if (cluster != cluster_of.end()) cluster->second->corrections.push_back(**correction);
  }
  return Done{};
}

Status Settlement::give_ids(Clusters& clusters) {
  for (Cluster& cluster : clusters) {
    for (Member& member : cluster.members) VIGIFUITE_TRY(give_curated_id(member));
  }
  find_changed(clusters);
  VIGIFUITE_TRY(attach_corrections(clusters));
  for (Cluster& cluster : clusters) {
    if (!cluster.changed) {
      cluster.incident.id = first_holder(cluster)->placed.placement.own;
      continue;
    }
    cluster.opens = first_holder(cluster) != nullptr ||
                    std::any_of(cluster.members.begin(), cluster.members.end(),
                                [](const Member& member) { return opens_incident(member.placed.sighting); });
    if (!cluster.opens) continue;
    std::vector<Sighting> sightings;
    for (const Member& member : cluster.members) sightings.push_back(member.placed.sighting);
    for (const PlacedSighting& correction : cluster.corrections) sightings.push_back(correction.sighting);
    cluster.incident = index::fold({}, std::move(sightings));
    if (first_holder(cluster) == nullptr) VIGIFUITE_TRY(found(cluster));
    cluster.incident.id = first_holder(cluster)->placed.placement.own;
    for (Member& member : cluster.members) {
      const std::string& own = member.placed.placement.own;
      if (!own.empty() && own != cluster.incident.id) cluster.incident.former_ids.push_back(own);
      member.moved = member.moved || member.was_in != cluster.incident.id;
      member.placed.placement.incident = cluster.incident.id;
    }
    std::sort(cluster.incident.former_ids.begin(), cluster.incident.former_ids.end());
  }
  return Done{};
}

/// The stored incidents that change, by id; those that are no more too.
Result<Settlement::ById> Settlement::stored_incidents(const Clusters& clusters) {
  ById stored;
  const auto load = [&](const std::string& id) -> Status {
    if (id.empty() || stored.contains(id)) return Done{};
    auto incident = batch_.incident(id);
    if (!incident) return std::move(incident).error();
    if (*incident) stored.emplace(id, std::move(**incident));
    return Done{};
  };
  for (const Cluster& cluster : clusters) {
    if (!cluster.changed || !cluster.opens) continue;
    for (const std::string& id : cluster.incident.former_ids) VIGIFUITE_TRY(load(id));
    if (!given_.contains(cluster.incident.id)) VIGIFUITE_TRY(load(cluster.incident.id));
    for (const Member& member : cluster.members) VIGIFUITE_TRY(load(member.was_in));
  }
  return stored;
}

void Settlement::put_members(const Cluster& cluster) {
  for (const Member& member : cluster.members) {
    const SightingRef ref{member.placed.sighting.source, member.placed.sighting.key};
    if (member.moved || arrivals_.contains(ref)) batch_.put_sighting(member.placed.sighting, member.placed.placement);
  }
  for (const PlacedSighting& correction : cluster.corrections) {
    const bool arrived = arrivals_.contains({correction.sighting.source, correction.sighting.key});
    if (!arrived && correction.placement.incident == cluster.incident.id) continue;
    batch_.put_sighting(correction.sighting, index::Placement{cluster.incident.id, {}, {}});
  }
}

Result<std::vector<SettledIncident>> Settlement::settle() {
  auto clusters = this->clusters();
  if (!clusters) return std::move(clusters).error();
  VIGIFUITE_TRY(adopt_ids(*clusters));
  VIGIFUITE_TRY(give_ids(*clusters));
  auto before = stored_incidents(*clusters);
  if (!before) return std::move(before).error();
  std::vector<SettledIncident> out;
  for (Cluster& cluster : *clusters) {
    if (!cluster.changed) continue;
    put_members(cluster);
    if (cluster.opens) out.push_back(settled(cluster, *clusters, *before));
  }
  // Redirects first: an id may have led elsewhere until now.
  for (const Cluster& cluster : *clusters) {
    if (!cluster.changed) continue;
    for (const std::string& id : cluster.incident.former_ids) batch_.put_redirect(id, cluster.incident.id);
  }
  for (const SettledIncident& one : out) {
    const auto stored = before->find(one.incident.id);
    if (stored == before->end() || !(stored->second == one.incident)) batch_.put_incident(one.incident);
  }
  std::erase_if(out, [](const SettledIncident& one) { return !one.is_new && !one.changed && one.joined.empty(); });
  return out;
}

}  // namespace vigifuite
