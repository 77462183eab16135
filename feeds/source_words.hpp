// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "schemas/sighting.hpp"

namespace vigifuite::feeds {

/// What a source's word for the state of an incident means.
struct StatusWord {
  IncidentStatus status = IncidentStatus::Claimed;
  bool verified = true;
  bool disputed = false;
};

/// "Confirmée", "revendiquée", "verified", "unverified", "démenti"…; nullopt for a word we do not know.
std::optional<StatusWord> parse_status_word(std::string_view word);

/// ISO 3166 alpha-2 for a code or for the usual names of the countries our sources speak of; "" when unknown.
std::string country_code(std::string_view country);

}  // namespace vigifuite::feeds
