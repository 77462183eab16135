// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/notice.hpp"
#include "schemas/sighting.hpp"
#include "schemas/source.hpp"

namespace vigifuite::feeds {

/// How much of a body's name is kept.
inline constexpr std::size_t kNameBytes = 300;

/// What a notice states as data: bodies, country, dates, status, people, categories, put in `out`, whose source, trust,
/// url and date of disclosure are set already. What cannot be read is a doubt. Pure.
void read_source_facts(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Language language,
                       Instant now, Sighting& out);

/// "CHU de Rennes": not a row of the registry, but one of a kind that is. Adds the kind to `out`.
void read_kind(std::string_view name, const Vocabulary& vocabulary, Sighting& out);

/// An authority, or the body itself, confirms by publishing; any other source only when it says so.
IncidentStatus usual_status(Trust trust) noexcept;

}  // namespace vigifuite::feeds
