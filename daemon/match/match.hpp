// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "schemas/hit.hpp"

namespace vigifuite::match {

/// The verdict for one person and one incident, with its reasons; nothing when no tie is with a body of the incident,
/// of its processors' customers, or of its classes. Pure.
///
/// Order of decision, per tie (the surest verdict of all ties wins): notified -> affected; retracted -> not_affected;
/// relation or period outside every stated population -> not_affected, with the sentence; began after -> not_affected;
/// through a processor only -> possible; claim, unverified or part -> possible; whole population, confirmed, dates
/// precise enough -> likely; no population stated and the tie held at the incident -> possible (confirmed: the body
/// said who was told); ended before, unstated -> undetermined.
std::optional<Hit> judge(const Profile& profile, const Incident& incident, const Vocabulary& vocabulary);

/// The organisation keys under which an incident must be looked for, from a tie: the body itself, the bodies it is a
/// local part of, and the processors it works with.
std::vector<std::string> keys_for_tie(const Tie& tie, const Vocabulary& vocabulary);

/// The organisation keys whose postings an incident concerns: its bodies, its classes, and the customers of its processors.
std::vector<std::string> keys_for_incident(const Incident& incident, const Vocabulary& vocabulary);

/// Fills in registry ids of the ties whose words denote one body. Config: an unknown body, with near names suggested.
Status resolve(Profile& profile, const Vocabulary& vocabulary, Language language);

}  // namespace vigifuite::match
