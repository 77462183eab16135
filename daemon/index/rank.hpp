// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/sighting.hpp"

namespace vigifuite::index {

/// The day a sighting speaks of, for "the later one is shown".
PartialDate told_on(const Sighting& sighting);

/// The order in which fold() reads sightings: what stands first is shown. Those that vouch for it, then those that
/// state facts, that are sure, that are trusted most, the latest.
bool is_ranked_before(const Sighting& a, const Sighting& b);

}  // namespace vigifuite::index
