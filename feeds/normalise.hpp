// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/notice.hpp"
#include "schemas/sighting.hpp"
#include "schemas/source.hpp"

namespace vigifuite::feeds {

/// A notice in canonical words: organisation by registry, dates with their precision, counts with their qualifier,
/// categories. What cannot be read becomes a doubt, never a guess; unknown labels are kept. Copies what it keeps. Pure.
Sighting normalise(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now);

/// A date as sources write it: ISO 8601 in every precision, RFC 2822, "2021 Feb 04 12:00:00 AM", "07/31/2024" (US
/// sources), "31 décembre 2025", "Wed Dec 31 2025 01:00:00 GMT+0100 (…)", "2026-6-9"… Dates before 1970 or more
/// than a year after `now` are refused. Gives the local date as written.
std::optional<PartialDate> parse_source_date(std::string_view text, Language language, Instant now);

/// A number of people as sources write it: "9 551 étudiants", "1,6 million", "33M", "10,427", "plus de 5 000".
/// nullopt for what is not a number of people ("82Go", "n/a", "lignes").
std::optional<PeopleFigure> parse_people(std::string_view text, Language language);

}  // namespace vigifuite::feeds
