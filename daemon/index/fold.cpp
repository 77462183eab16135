// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/fold.hpp"

#include <algorithm>
#include <tuple>

#include "daemon/index/correct.hpp"
#include "daemon/index/rank.hpp"

// An incident is a pure function of the set of its sightings: they are put in one order (the most trusted first, then
// the latest, then by source and key) and read in that order, so that neither the order of arrival nor a repeat shows.

namespace vigifuite::index {

PartialDate told_on(const Sighting& sighting) {
  return sighting.disclosed.known() ? sighting.disclosed : sighting.incident.from;
}

bool is_ranked_before(const Sighting& a, const Sighting& b) {
  if (a.withdrawn != b.withdrawn) return b.withdrawn;
  if (a.states_facts != b.states_facts) return a.states_facts;
  if (a.unsure != b.unsure) return b.unsure;
  if (a.trust != b.trust) return a.trust < b.trust;
  const PartialDate day_a = told_on(a), day_b = told_on(b);
  if (day_a != day_b) return day_a > day_b;
  return std::tie(a.source, a.key) < std::tie(b.source, b.key);
}

namespace {

constexpr std::size_t kMaxListed = 200;  ///< of each list of an incident; the most trusted are first, and kept

/// An older and a newer reading of one notice: only the newer counts.
void keep_latest(std::vector<Sighting>& sightings) {
  std::sort(sightings.begin(), sightings.end(), [](const Sighting& a, const Sighting& b) {
    return std::tie(a.source, a.key, b.last_changed, a.digest) < std::tie(b.source, b.key, a.last_changed, b.digest);
  });
  const auto same = [](const Sighting& a, const Sighting& b) { return a.source == b.source && a.key == b.key; };
  sightings.erase(std::unique(sightings.begin(), sightings.end(), same), sightings.end());
}

template <class T>
void add_unique(std::vector<T>& list, const T& item) {
  if (list.size() < kMaxListed && std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

/// One row per body; what a later row knows more of it is filled in.
void add_bodies(std::vector<OrganisationRef>& list, const std::vector<OrganisationRef>& more) {
  for (const OrganisationRef& ref : more) {
    const std::string key = organisation_key(ref);
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const OrganisationRef& known) { return organisation_key(known) == key; });
    if (found == list.end()) {
      if (list.size() < kMaxListed) list.push_back(ref);
      continue;
    }
    if (found->name.empty()) found->name = ref.name;
    if (found->domain.empty()) found->domain = ref.domain;
  }
}

void add_link(std::vector<SourceLink>& list, const SourceLink& link) {
  const bool known = std::any_of(list.begin(), list.end(), [&](const SourceLink& one) { return one.url == link.url; });
  if (!known && !link.url.empty() && list.size() < kMaxListed) list.push_back(link);
}

LinkKind kind_of(Trust trust) noexcept {
  switch (trust) {
    case Trust::Authority: return LinkKind::Authority;
    case Trust::Organisation: return LinkKind::Official;
    case Trust::Press: return LinkKind::Press;
    case Trust::Curator:
    case Trust::Curated:
    case Trust::Aggregator:
    case Trust::Attacker: return LinkKind::Tracker;
  }
  return LinkKind::Tracker;
}

void add_links(std::vector<SourceLink>& list, const Sighting& sighting) {
  if (sighting.trust == Trust::Attacker) return;  // where an attacker speaks, the leaked data is not far
  for (const SourceLink& link : sighting.links) add_link(list, link);
  add_link(list, {sighting.url, kind_of(sighting.trust), sighting.disclosed});
}

/// Best trust first, then the latest; a figure told by several is kept once.
void sort_people(std::vector<PeopleFigure>& people) {
  std::sort(people.begin(), people.end(), [](const PeopleFigure& a, const PeopleFigure& b) {
    return std::tie(a.by, b.date, b.count, a.qualifier, a.source) <
           std::tie(b.by, a.date, a.count, b.qualifier, b.source);
  });
  const auto same = [](const PeopleFigure& a, const PeopleFigure& b) {
    return std::tie(a.count, a.by, a.date, a.source) == std::tie(b.count, b.by, b.date, b.source);
  };
  people.erase(std::unique(people.begin(), people.end(), same), people.end());
  if (people.size() > kMaxListed) people.resize(kMaxListed);
}

/// The most trusted claims about each category win; when they contradict each other, it is exposed: nobody is told
/// on a draw that their data is safe.
void settle_categories(Incident& incident) {
  CategorySet settled;
  for (std::size_t level = 0; level <= static_cast<std::size_t>(Trust::Attacker); ++level) {
    CategorySet exposed, not_exposed;
    for (const CategoryClaim& claim : incident.claims) {
      if (claim.by != static_cast<Trust>(level)) continue;
      exposed = exposed | claim.exposed;
      not_exposed = not_exposed | claim.not_exposed;
    }
    incident.exposed = incident.exposed | (exposed - settled);
    incident.not_exposed = incident.not_exposed | (not_exposed - exposed - settled);
    settled = settled | exposed | not_exposed;
  }
}

void add_evidence(std::vector<Evidence>& list, const Sighting& sighting) {
  for (const Evidence& evidence : sighting.evidence) {
    if (list.size() >= kMaxListed) return;
    list.push_back({sighting.source, sighting.disclosed, evidence.sentence, evidence.facts});
  }
}

void take_if_empty(std::string& value, const std::string& from) {
  if (value.empty()) value = from;
}

void take_if_empty(Text& value, const Text& from) {
  if (value.empty()) value = from;
}

/// Adds what one live sighting says; the more trusted came before.
void add_sighting(Incident& incident, const Sighting& sighting) {
  incident.verified = incident.verified || sighting.verified;
  incident.disputed = incident.disputed || sighting.disputed;
  incident.public_service = incident.public_service || sighting.public_service;
  take_if_empty(incident.title, sighting.title);
  take_if_empty(incident.summary, sighting.summary);
  take_if_empty(incident.people_note, sighting.people_note);
  take_if_empty(incident.country, sighting.country);
  take_if_empty(incident.sector, sighting.sector);
  if (!incident.incident.known()) incident.incident = sighting.incident;
  if (!incident.disclosed.known()) incident.disclosed = sighting.disclosed;
  add_bodies(incident.organisations, sighting.organisations);
  add_bodies(incident.processors, sighting.processors);
  for (const std::string& kind : sighting.organisation_classes) add_unique(incident.organisation_classes, kind);
  incident.people.insert(incident.people.end(), sighting.people.begin(), sighting.people.end());
  for (const Population& population : sighting.populations) add_unique(incident.populations, population);
  if (!sighting.exposed.empty() || !sighting.not_exposed.empty()) {
    incident.claims.push_back(
        {sighting.source, sighting.trust, sighting.disclosed, sighting.exposed, sighting.not_exposed});
  }
  for (const std::string& label : sighting.unmapped_labels) add_unique(incident.unmapped_labels, label);
  add_evidence(incident.evidence, sighting);
  add_links(incident.links, sighting);
  for (const AuthorityAction& action : sighting.actions) add_unique(incident.actions, action);
  for (const ComplaintForm& form : sighting.complaint_forms) add_unique(incident.complaint_forms, form);
}

/// Takes the corrections out: they announce nothing.
std::vector<Sighting> take_corrections(std::vector<Sighting>& sightings) {
  const auto first = std::stable_partition(sightings.begin(), sightings.end(),
                                           [](const Sighting& sighting) { return !sighting.correction; });
  std::vector<Sighting> corrections(std::make_move_iterator(first), std::make_move_iterator(sightings.end()));
  sightings.erase(first, sightings.end());
  return corrections;
}

/// What the sources say, before anybody corrects it.
void fold_sources(Incident& incident, std::vector<Sighting> sightings) {
  if (sightings.empty()) return;
  std::sort(sightings.begin(), sightings.end(), is_ranked_before);
  const Sighting& best = sightings.front();
  // Withdrawn ones come last: when even the best is withdrawn, nobody vouches for the incident any more.
  incident.status = best.withdrawn ? IncidentStatus::Retracted : best.status;
  incident.states_facts = best.states_facts;
  incident.unsure = best.unsure;
  for (const Sighting& sighting : sightings) {
    if (sighting.withdrawn && !best.withdrawn) break;  // withdrawn ones come last
    if (sighting.states_facts == best.states_facts && sighting.unsure == best.unsure)
      add_sighting(incident, sighting);
    else
      add_links(incident.links, sighting);  // a text: another source to read, not a fact
  }
  settle_categories(incident);
  if (incident.claims.size() > kMaxListed) incident.claims.resize(kMaxListed);
  sort_people(incident.people);
}

}  // namespace

Incident fold(std::string id, std::vector<Sighting> sightings) {
  Incident incident;
  incident.id = std::move(id);
  incident.verified = false;
  if (sightings.empty()) return incident;
  keep_latest(sightings);
  incident.first_seen = sightings.front().first_seen;
  for (const Sighting& sighting : sightings) {
    incident.sightings.push_back({sighting.source, sighting.key});
    incident.first_seen = std::min(incident.first_seen, sighting.first_seen);
  }
  std::vector<Sighting> corrections = take_corrections(sightings);
  fold_sources(incident, std::move(sightings));
  apply_corrections(incident, std::move(corrections));
  return incident;
}

}  // namespace vigifuite::index
