// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Synthetic sightings and incidents for the tests of the store and of the watch list.

#include <string>

#include "schemas/incident.hpp"

namespace vigifuite::tests {

inline Sighting make_sighting(const std::string& source, const std::string& key, const std::string& organisation,
                              PartialDate disclosed) {
  Sighting sighting;
  sighting.source = source;
  sighting.key = key;
  sighting.digest = digest_of(key);
  sighting.origin = source;
  sighting.first_seen = sighting.last_changed = Instant(std::chrono::seconds(1'700'000'000));
  sighting.states_facts = true;
  sighting.title = {"Fuite chez " + organisation, ""};
  sighting.organisations = {{"", organisation, ""}};
  sighting.disclosed = disclosed;
  return sighting;
}

inline Incident make_incident(const std::string& id, const Sighting& sighting) {
  Incident incident;
  incident.id = id;
  incident.revisions.push_back({1, sighting.first_seen, sighting.source, {"new"}, true});
  incident.status = sighting.status;
  incident.states_facts = sighting.states_facts;
  incident.verified = sighting.verified;
  incident.title = sighting.title;
  incident.summary = sighting.summary;
  incident.organisations = sighting.organisations;
  incident.disclosed = sighting.disclosed;
  incident.first_seen = sighting.first_seen;
  incident.sightings.push_back({sighting.source, sighting.key});
  return incident;
}

inline Incident make_incident(const std::string& id, const std::string& organisation, PartialDate disclosed) {
  return make_incident(id, make_sighting("press", id, organisation, disclosed));
}

}  // namespace vigifuite::tests
