// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schemas/incident.hpp"

namespace vigifuite::index {

/// The number of a correction, from the key of its sighting ("12"); 0 for any other key.
std::uint32_t correction_number(std::string_view key) noexcept;

/// Puts a curator's corrections on top of what the sources say of an incident, the latest last, and notes them in
/// `incident.corrections`; one that was withdrawn is noted only. Order-free. Pure.
///
/// What a correction fixes holds against every source, also against those that come later. A status says that it is an
/// incident, so that it is no longer unsure, but for `retracted`: that says it is none, and lets it be.
void apply_corrections(Incident& incident, std::vector<Sighting> corrections);

}  // namespace vigifuite::index
