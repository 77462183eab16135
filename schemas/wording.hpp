// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Numbers, dates and stretches of time as people write them, in both languages. Pure: "now" is given.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "schemas/core/instant.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite {

/// 36820828 -> "36 820 828" (U+202F between groups) or "36,820,828".
std::string number(Language language, std::int64_t value);

/// A number of people: round millions in words ("43 millions", "1,6 million"), else as number().
std::string people_count(Language language, std::int64_t value);

/// "13 mars 2024" / "13 March 2024", "mars 2024", "2024"; the first of a month is "1er mars 2024". Empty when unknown.
std::string date(Language language, PartialDate date);

/// "du 6 février au 5 mars 2024", "du 6 au 9 mars 2024", "janvier 2024", "de 2009 à 2013", "à partir de mars 2024",
/// "jusqu'en 2018". Empty when nothing is known.
std::string period(Language language, const Period& period);

/// "il y a 2 h", "il y a 3 jours"; the date once it is older than two months.
std::string ago(Language language, Instant now, Instant then);
/// "dans 14 min".
std::string soon(Language language, Instant now, Instant then);
/// "depuis 5 h", "depuis mardi" within a week, else "depuis le 3 mars 2024".
std::string since(Language language, Instant now, Instant then);

/// "3 ms", "1,2 s", "10 s", "2 min".
std::string took(Language language, std::chrono::milliseconds duration);

/// A sentence as it follows a colon: its first letter small, unless it begins an acronym.
std::string uncapitalised(std::string words);

/// "a, b et c".
std::string list_of(Language language, const std::vector<std::string>& words);

}  // namespace vigifuite
