// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "schemas/core/json_in.hpp"
#include "schemas/incident.hpp"

namespace vigifuite::api {

/// Reads what a curator corrects: {"set": ["people=1200", "exposed=+iban,-nir", "organisation=A", …], "because": "…",
/// "language": "fr"}. Gives the sighting that says so, without its number. Malformed: one sentence in that language.
/// Pure.
///
/// `exposed` and `not_exposed` take slugs parted by commas: all with a sign (these are added, those are taken out), or
/// none (they are the whole list). `organisation` and `processor` may be set several times, one name each. `people` is
/// a number, after `~`, `>=` or `<=` when it is no exact one. Nothing after `=` says that it is not known.
Result<Sighting> correction_from(JsonValue body, const Incident& incident, const Vocabulary& vocabulary, Instant now);

/// A text and what a curator made of it, as one line of tests/extraction: what nobody corrected is in `skip`, for
/// nobody vouches for it. `text` is the sighting of that text, `notice` its stored words.
void write_example(JsonOut& out, std::string_view id, const Sighting& text, JsonValue notice,
                   const std::vector<Sighting>& corrections, const Vocabulary& vocabulary);

}  // namespace vigifuite::api
