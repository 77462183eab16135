// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/hit.hpp"

namespace vigifuite::match {

/// The verdict for one person and one incident, with its reasons; nothing when no tie is with a body of the incident,
/// of its processors' customers, or of its classes, or when the incident's facts are not extracted or were not read
/// surely. Pure.
///
/// Order of decision, per tie: notified -> affected (even without a tie); retracted -> not_affected;
/// relation or period outside every stated population -> not_affected, with the sentence; began after -> not_affected;
/// through a processor only -> possible; claim, unverified or part -> possible; whole population, confirmed, dates
/// precise enough -> likely; no population stated and the tie held at the incident -> possible (confirmed: the body
/// said who was told); ended before, unstated -> undetermined. Of several ties the surest verdict wins, except that
/// "undetermined" wins over "not affected": nobody is told they are safe while one of their ties is open.
///
/// A file follows the body that took it over: the tie is judged with that body too, when it began before.
///
/// A person's data went through a processor when the incident names several bodies besides it, or names only it and
/// the registry says that the person's body worked with it then, itself or through others. One single body that lost
/// data at its processor answers for its whole population, and is judged as any other.
std::optional<Hit> judge(const Profile& profile, const Incident& incident, const Vocabulary& vocabulary);

/// The organisation keys under which an incident must be looked for, from a tie: the body itself, the bodies it is a
/// local part of, those that took it over, and the processors they work with.
std::vector<std::string> keys_for_tie(const Tie& tie, const Vocabulary& vocabulary);

/// The keys under which a tie is posted, so that whoever keys_for_incident() names is found: as keys_for_tie(), without
/// the processors (a processor's own incident names its customers).
std::vector<std::string> posting_keys(const Tie& tie, const Vocabulary& vocabulary);

/// The organisation keys whose postings an incident concerns: its bodies, its classes, and the customers of its
/// processors. Whoever judge() has a verdict for by a tie is posted under one of them.
std::vector<std::string> keys_for_incident(const Incident& incident, const Vocabulary& vocabulary);

/// Fills in the registry id of a tie whose words denote one body; an id that the registry has not becomes words.
void settle(Tie& tie, const Vocabulary& vocabulary);

/// Fills in registry ids of the ties whose words denote one body; the words are kept. A local body ("CHU de Rennes")
/// stays as named. Config: an unknown body (near names are suggested) or one of several of that name (all are named);
/// the other ties are resolved all the same.
Status resolve(Profile& profile, const Vocabulary& vocabulary);

}  // namespace vigifuite::match
