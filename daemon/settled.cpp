// SPDX-License-Identifier: AGPL-3.0-or-later

// How an incident came to be what it is now: its revisions.

#include <algorithm>

#include "daemon/index/fold.hpp"
#include "daemon/settlement.hpp"

namespace vigifuite {
namespace {

constexpr std::size_t kMostRevisions = 500;  ///< the first one is kept, and the latest

std::uint32_t add(Incident& incident, Revision revision) {
  revision.number = incident.revision() + 1;
  incident.revisions.push_back(std::move(revision));
  if (incident.revisions.size() > kMostRevisions) incident.revisions.erase(incident.revisions.begin() + 1);
  return incident.revision();
}

}  // namespace

/// The incidents that are no more, and whose id leads to this one: the largest first.
std::vector<std::string> Settlement::joined_in(const Cluster& cluster, const Clusters& all, const ById& before) {
  const auto lives = [&](const std::string& id) {
    return std::any_of(all.begin(), all.end(), [&](const Cluster& one) { return one.incident.id == id; });
  };
  std::vector<std::string> joined;
  for (const std::string& id : cluster.incident.former_ids) {
    if (before.contains(id) && !lives(id)) joined.push_back(id);
  }
  std::stable_sort(joined.begin(), joined.end(), [&](const std::string& a, const std::string& b) {
    return before.at(a).sightings.size() > before.at(b).sightings.size();
  });
  return joined;
}

/// Where some of an incident's sightings went; "" when all are still in it.
std::string Settlement::split_into(const std::string& id, const Clusters& all, const ById& before) {
  for (const Cluster& cluster : all) {
    if (!cluster.changed || cluster.incident.id == id || before.contains(cluster.incident.id)) continue;
    const bool from_it = std::any_of(cluster.members.begin(), cluster.members.end(),
                                     [&](const Member& member) { return member.was_in == id; });
    if (from_it) return cluster.incident.id;
  }
  return {};
}

/// The incident that most of a new one's sightings come from; "" when it is all new.
std::string Settlement::split_from(const Cluster& cluster) {
  std::map<std::string, std::size_t> from;
  for (const Member& member : cluster.members) {
    if (!member.was_in.empty()) ++from[member.was_in];
  }
  const auto most =
      std::max_element(from.begin(), from.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == from.end() ? std::string() : most->first;
}

/// What differs from what was told of `before`, as a revision.
Revision Settlement::change(const Cluster& cluster, const Incident& before, const Incident& after) const {
  Revision revision;
  revision.at = now_;
  index::Difference difference = index::compare(before, after);
  bool withdrawn = false, alone = true;
  for (const Member& member : cluster.members) {
    const Sighting& sighting = member.placed.sighting;
    const bool arrived = arrivals_.contains({sighting.source, sighting.key});
    if (arrived && revision.source.empty()) revision.source = sighting.source;
    withdrawn = withdrawn || (arrived && sighting.withdrawn);
    alone = alone && sighting.withdrawn;
  }
  for (const index::PlacedSighting& correction : cluster.corrections) {
    if (arrivals_.contains({correction.sighting.source, correction.sighting.key})) {
      revision.source = correction.sighting.source;
      revision.because = correction.sighting.withdrawn ? correction.sighting.correction->withdrawn_because
                                                       : correction.sighting.correction->because;
    }
  }
  revision.changes = std::move(difference.changes);
  if (withdrawn) revision.changes.emplace_back("withdrawn");
  revision.material = difference.material || (withdrawn && alone);  // nobody else says it
  return revision;
}

SettledIncident Settlement::settled(const Cluster& cluster, const Clusters& all, const ById& before) const {
  SettledIncident out;
  out.incident = cluster.incident;
  Incident& incident = out.incident;
  const auto joined = joined_in(cluster, all, before);
  const auto stored = before.find(incident.id);
  const bool renamed = stored == before.end() && !joined.empty();
  const Incident* base = stored != before.end() ? &stored->second : renamed ? &before.at(joined.front()) : nullptr;
  const auto add_change = [&](Revision revision, std::string_view code, const std::string& other) {
    if (!other.empty()) {
      revision.changes.emplace_back(code);
      revision.other = other;
      revision.because = because_;
    }
    return revision.changes.empty() ? 0U : add(incident, std::move(revision));
  };
  if (base == nullptr) {
    out.is_new = true;
    out.split_from = split_from(cluster);
    Revision first = change(cluster, incident, incident);
    first.changes.clear();
    first.material = true;
    if (out.split_from.empty()) first.changes.emplace_back("new");
    out.revision = add_change(std::move(first), "split", out.split_from);
    return out;
  }
  incident.revisions = base->revisions;
  Revision own = change(cluster, *base, incident);
  out.material = own.material;
  out.revision = renamed ? add_change(std::move(own), "merged", base->id)
                         : add_change(std::move(own), "split", split_into(incident.id, all, before));
  out.changed = out.revision != 0;
  for (const std::string& id : joined) {
    if (&before.at(id) == base) {
      out.joined.push_back({id, out.revision, out.material});
      continue;
    }
    Revision merged = change(cluster, before.at(id), incident);
    const bool material = merged.material;
    out.joined.push_back({id, add_change(std::move(merged), "merged", id), material});
  }
  return out;
}

}  // namespace vigifuite
