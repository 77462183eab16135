// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/cli/phrases.hpp"
#include "schemas/hit.hpp"

namespace vigifuite::cli {

/// The verdict of a `check` item; Undetermined for a word we do not know.
Verdict verdict_of(JsonValue item);
/// "●", "○", "–", "?": stands beside the word, for those who do not see colours.
std::string symbol_of(Verdict verdict);

/// "France Travail et Cap emploi, du 6 février au 5 mars 2024".
std::string heading_of(JsonValue item, Language language);

/// How a body is called today: said with each hit, or once above them all.
enum class Names : unsigned char { Here, Above };

/// Why this verdict, in sentences.
std::string reasons_of(JsonValue item, Language language, Names names = Names::Here);

/// One incident as it concerns one person: verdict, why, what leaked, what did not, how many.
void print_hit(Page& page, JsonValue item, const CategoryLabels& labels, Language language, Names names = Names::Here);

/// [{"name", "since"}…]: the names a body took.
std::vector<NameStep> names_at(JsonValue steps);
/// {"fr", "en"}, ready to print.
Text text_at(JsonValue text);

}  // namespace vigifuite::cli
