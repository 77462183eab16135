// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/merge.hpp"

#include <algorithm>
#include <array>

namespace vigifuite::index {
namespace {

using std::chrono::days;

constexpr days kSameEvent{3};        ///< how far apart days of one event may be told
constexpr days kSameDisclosure{21};  ///< how far apart announcements of one event may be

struct Stretch {
  std::chrono::sys_days first;
  std::chrono::sys_days last;
};

/// Days between two stretches; zero when they touch.
days gap(Stretch a, Stretch b) {
  if (a.last < b.first) return b.first - a.last;
  if (b.last < a.first) return a.first - b.last;
  return days{0};
}

Stretch stretch(Period period) {
  return {period.from.first_day(), (period.to.known() ? period.to : period.from).last_day()};
}

bool to_the_day(Period period) {
  return period.from.day != 0 && (!period.to.known() || period.to.day != 0);
}

bool share_a_body(const std::vector<OrganisationRef>& a, const std::vector<OrganisationRef>& b) {
  return std::any_of(a.begin(), a.end(), [&](const OrganisationRef& one) {
    const std::string key = organisation_key(one);
    return std::any_of(b.begin(), b.end(),
                       [&](const OrganisationRef& other) { return organisation_key(other) == key; });
  });
}

/// Whether words say that it is not the first time: then it may be another event of the same body.
bool says_again(const Text& text) {
  constexpr std::array<std::string_view, 30> kWords = {" deuxieme ",
                                                       " second incident ",
                                                       " second vol ",
                                                       " second breach ",
                                                       " second leak ",
                                                       " seconde fuite ",
                                                       " seconde attaque ",
                                                       " troisieme ",
                                                       " quatrieme ",
                                                       " nouvelle fuite ",
                                                       " nouveau vol ",
                                                       " nouveau piratage ",
                                                       " nouvelle cyberattaque ",
                                                       " nouvelle attaque ",
                                                       " nouvelle violation ",
                                                       " nouvelle intrusion ",
                                                       " nouvel incident ",
                                                       " autre fuite ",
                                                       " a nouveau ",
                                                       " de nouveau ",
                                                       " encore une fois ",
                                                       " recidive ",
                                                       " breached again ",
                                                       " another breach ",
                                                       " another leak ",
                                                       " new breach ",
                                                       " third breach ",
                                                       " 2nd ",
                                                       " third leak ",
                                                       " repeat breach "};
  for (const std::string* words : {&text.fr, &text.en}) {
    if (words->empty()) continue;
    const std::string folded = " " + vigifuite::fold(*words) + " ";
    for (const std::string_view word : kWords) {
      if (folded.find(word) != std::string::npos) return true;
    }
  }
  return false;
}

/// Sources that keep one record per event: two records of theirs are two events.
bool lists_events(Trust trust) noexcept {
  return trust == Trust::Curated || trust == Trust::Aggregator;
}

MergeDecision by_disclosure(const Sighting& sighting, const Incident& incident) {
  const PartialDate a = sighting.disclosed.known() ? sighting.disclosed : sighting.incident.from;
  const PartialDate b = incident.disclosed.known() ? incident.disclosed : incident.incident.from;
  if (!a.known() || !b.known()) return {Decision::NoDecision, "date_missing"};
  const Stretch one{a.first_day(), a.last_day()}, other{b.first_day(), b.last_day()};
  if (gap(one, other) > kSameDisclosure) {
    const bool claim = sighting.trust == Trust::Attacker || incident.status == IncidentStatus::Claimed;
    return {Decision::KeepSeparate, claim ? "claim_dates_apart" : "dates_apart"};
  }
  if (a.day != 0 && b.day != 0) return {Decision::Merge, "same_organisation_near_disclosure"};
  const bool same_month = a.month != 0 && a.year == b.year && a.month == b.month;
  if (same_month) return {Decision::Merge, "same_organisation_same_month"};
  return {Decision::NoDecision, "date_imprecise"};
}

MergeDecision by_dates(const Sighting& sighting, const Incident& incident) {
  if (sighting.incident.from.known() && incident.incident.from.known()) {
    const days apart = gap(stretch(sighting.incident), stretch(incident.incident));
    if (to_the_day(sighting.incident) && to_the_day(incident.incident)) {
      if (apart <= kSameEvent) return {Decision::Merge, "same_organisation_same_days"};
      return {Decision::KeepSeparate, "event_dates_conflict"};
    }
    if (apart > kSameDisclosure) return {Decision::KeepSeparate, "event_dates_conflict"};
  }
  return by_disclosure(sighting, incident);
}

template <class List>
bool same_bodies(const List& a, const List& b) {
  const auto keys = [](const List& refs) {
    std::vector<std::string> out;
    for (const OrganisationRef& ref : refs) out.push_back(organisation_key(ref));
    std::sort(out.begin(), out.end());
    return out;
  };
  return keys(a) == keys(b);
}

bool same_figure_shown(const std::vector<PeopleFigure>& a, const std::vector<PeopleFigure>& b) {
  if (a.empty() || b.empty()) return a.empty() == b.empty();
  return a.front().count == b.front().count && a.front().qualifier == b.front().qualifier;
}

/// "2024-03" of what is best known.
std::string month_of(const Sighting& sighting) {
  PartialDate date = sighting.incident.from.known() ? sighting.incident.from : sighting.disclosed;
  date.day = 0;
  return date.known() ? to_string(date) : "undated";
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

MergeDecision decide(const Sighting& sighting, const Incident& incident) {
  if (!sighting.preferred_id.empty() && sighting.preferred_id == incident.id) return {Decision::Merge, "curated_id"};
  if (!sighting.states_facts || !incident.states_facts) return {Decision::NoDecision, "facts_not_extracted"};
  if (sighting.organisations.empty() || incident.organisations.empty()) {
    return {Decision::NoDecision, "organisation_unknown"};
  }
  if (!share_a_body(sighting.organisations, incident.organisations)) {
    return {Decision::KeepSeparate, "different_organisations"};
  }
  const bool same_source = std::any_of(incident.sightings.begin(), incident.sightings.end(),
                                       [&](const SightingRef& ref) { return ref.source == sighting.source; });
  if (same_source && lists_events(sighting.trust)) return {Decision::KeepSeparate, "two_records_of_one_source"};
  if (says_again(sighting.title) || says_again(sighting.summary) || says_again(incident.title) ||
      says_again(incident.summary)) {
    return {Decision::KeepSeparate, "recurrence_word"};
  }
  if (!sighting.processors.empty() && !incident.processors.empty() &&
      !share_a_body(sighting.processors, incident.processors)) {
    return {Decision::KeepSeparate, "processors_differ"};
  }
  if (!sighting.country.empty() && !incident.country.empty() && sighting.country != incident.country) {
    return {Decision::NoDecision, "countries_differ"};
  }
  return by_dates(sighting, incident);
}

Difference compare(const Incident& before, const Incident& after) {
  Difference difference;
  const auto note = [&](bool changed, const char* code, bool material) {
    if (!changed) return;
    if (difference.changes.empty() || difference.changes.back() != code) difference.changes.emplace_back(code);
    difference.material = difference.material || material;
  };
  note(before.status != after.status || before.verified != after.verified || before.disputed != after.disputed ||
           before.states_facts != after.states_facts || before.unsure != after.unsure,
       "status", true);
  note(before.people != after.people, "people", !same_figure_shown(before.people, after.people));
  note(before.exposed != after.exposed, "exposed", true);
  note(before.not_exposed != after.not_exposed, "not_exposed", true);
  note(before.populations != after.populations, "population", true);
  note(before.processors != after.processors, "processor", !same_bodies(before.processors, after.processors));
  note(before.organisations != after.organisations, "organisations",
       !same_bodies(before.organisations, after.organisations));
  note(before.organisation_classes != after.organisation_classes, "organisations", true);
  note(before.incident != after.incident || before.disclosed != after.disclosed, "period", false);
  note(before.links != after.links || before.actions != after.actions || before.sightings != after.sightings ||
           before.complaint_forms != after.complaint_forms || before.claims != after.claims ||
           before.evidence != after.evidence || before.corrections != after.corrections,
       "sources", false);
  note(before.title != after.title || before.summary != after.summary || before.people_note != after.people_note ||
           before.sector != after.sector || before.country != after.country ||
           before.public_service != after.public_service || before.unmapped_labels != after.unmapped_labels,
       "text", false);
  return difference;
}

std::string make_id(const Sighting& sighting, const std::function<bool(const std::string&)>& taken) {
  std::string base;
  if (is_id(sighting.preferred_id)) {
    base = sighting.preferred_id;
  } else {
    if (!sighting.organisations.empty()) {
      const OrganisationRef& body = sighting.organisations.front();
      base = slug(!body.name.empty() ? body.name : !body.id.empty() ? body.id : body.domain);
    }
    if (base.empty()) base = "incident";
    base += "-" + month_of(sighting);
  }
  if (!taken(base)) return base;
  constexpr int kTries = 20;  // a list that repeats one name must not be tried number by number
  for (int i = 2; i <= kTries; ++i) {
    std::string id = base + "-" + std::to_string(i);
    if (!taken(id)) return id;
  }
  Digest digest = digest_of(sighting.source + '\0' + sighting.key);
  for (;; ++digest.high) {
    std::string id = base + "-" + std::string(hex(digest).data(), 16);
    if (!taken(id)) return id;
  }
}

}  // namespace vigifuite::index
