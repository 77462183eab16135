// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/alert/plan.hpp"

namespace vigifuite::alert {

Plan plan(const Incident& incident, bool material_change, const match::WatchSet& concerned,
          const match::WatchSet& told) {
  Plan result;
  if (!incident.states_facts) return result;
  // Nobody hears first of an incident by its retraction, of one we have no source for, or of what was not read surely;
  // who heard of it hears that too.
  if (incident.verified && !incident.unsure && incident.status != IncidentStatus::Retracted) {
    result.first = concerned;
    result.first.subtract(told);
  }
  // Everyone told, even who is no longer concerned: a corrected fact reaches whoever was told the wrong one.
  if (material_change) result.update = told;
  return result;
}

}  // namespace vigifuite::alert
