// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "schemas/incident.hpp"

namespace vigifuite::index {

/// The incident its sightings tell: order-free and idempotent (sightings are sorted first). Withdrawn sightings keep
/// their history but no longer vouch for a fact, unless nothing else is left. What the most trusted source says is
/// shown; among equals the later one. A category that equally trusted sources contradict each other on is exposed.
/// An attacker's pages are left out. What was read of a text unsurely counts only when nothing surer is there, and
/// then the incident is unsure. A curator's corrections (index/correct.hpp) come last, on top of all. Lists are
/// bounded. `revisions` stays empty. Pure.
Incident fold(std::string id, std::vector<Sighting> sightings);

/// What differs, as Revision::changes codes, and whether it matters to people (status, exposed, not_exposed,
/// population, processor, organisations, retraction, the figure shown; not one more figure that is not shown).
struct Difference {
  std::vector<std::string> changes;
  bool material = false;
};
Difference compare(const Incident& before, const Incident& after);

}  // namespace vigifuite::index
