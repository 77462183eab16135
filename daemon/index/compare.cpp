// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "daemon/index/fold.hpp"

namespace vigifuite::index {
namespace {

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

}  // namespace

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

}  // namespace vigifuite::index
