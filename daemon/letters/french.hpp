// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// French as it is printed: dates, numbers, articles, elision, spaces that must not break. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/incident.hpp"

namespace vigifuite::letters {

/// Outside text made safe to set in a line of ours: one line, no control or direction mark, at most three combining
/// marks in a row, brackets turned round (square ones mean a blank or an origin in our letters), at most `max_bytes`.
std::string flatten(std::string_view outside, std::size_t max_bytes = 300);

/// The sentences of `text` that state a fact: those that speak to the reader ("votre mutuelle…") or are marked
/// "à vérifier" are advice or doubt, and stay out of a letter. Flattened.
std::string facts_only(std::string_view text);

/// "13 mars 2024", "1er mars 2024", "mars 2024", "2024".
std::string date(PartialDate date);
/// "le 13 mars 2024", "en mars 2024", "en 2024".
std::string on_date(PartialDate date);
/// "du 6 février au 5 mars 2024", "de 2009 à 2013", "depuis 2019" when `ongoing`, "jusqu'au 5 mars 2013",
/// "à partir de 2019", "en 2009"; empty when nothing is known.
std::string period(const Period& period, bool ongoing = false);
/// "36 820 828", grouped by narrow no-break spaces.
std::string number(std::int64_t value);
/// "43 millions d'euros", "5 300 euros".
std::string euros(std::int64_t amount);
/// "12,50 euros", "1 200 euros": an exact sum, given in cents.
std::string money(std::int64_t cents);
/// "35 minutes", "2 heures et 5 minutes".
std::string duration(std::int64_t minutes);
/// "environ 43 millions de personnes", "36 820 828 personnes", "au moins 500 personnes".
std::string people(const PeopleFigure& figure);
/// "a, b et c".
std::string enumeration(const std::vector<std::string>& items);
/// The same in both languages: "a, b et c", "a, b and c".
Text in_row(const std::vector<std::string>& items);
/// "a, b ou c", "a, b or c".
Text either(const std::vector<std::string>& items);

/// The name with the article it takes in a sentence: "France Travail", "la CAF", "l'Urssaf", "le Ministère…".
std::string with_article(std::string_view name);
/// "de France Travail", "d'Almerys", "de la Caisse nationale…", "du Ministère…", "des Hôpitaux…".
std::string of(std::string_view name);
/// "à France Travail", "à la CAF", "au Ministère…", "aux Hôpitaux…".
std::string to(std::string_view name);

/// "que la CAF", "qu'Almerys".
std::string that(std::string_view name);

/// Puts no-break spaces where French wants them: before : ; ? ! », after «, inside "article 34", "n° 3" and
/// "6 janvier".
std::string typeset(std::string_view text);

}  // namespace vigifuite::letters
