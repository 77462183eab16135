// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "schemas/incident.hpp"

namespace vigifuite::index {

/// Whether a catalogue's word can be an id: small letters, digits and dashes, at most 100.
bool is_id(std::string_view text);

/// A readable id for a new incident: "<organisation slug>-<yyyy-mm>"; `taken` says whether an id was ever given (then
/// "-2", "-3"… follow). Found in few tries, whatever a list repeats.
std::string make_id(const Incident& incident, const std::function<bool(const std::string&)>& taken);

}  // namespace vigifuite::index
