// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "daemon/cli/phrases.hpp"

namespace vigifuite::cli {

/// A sentence between quotation marks, the words that prove something in bold. `evidence` is one of a document.
std::string quoted_sentence(JsonValue evidence, Language language);

/// The value of a fact in words: a category's label, a date, a number of people.
std::string fact_value(JsonValue fact, const CategoryLabels& labels, Language language);

/// "organisme : CHU de Rennes ; touché : nom, IBAN (incertain)": what was read in it. Without uncertain facts, or with
/// nothing else.
enum class Which : unsigned char { All, Uncertain };
std::string facts_in(JsonValue evidence, const CategoryLabels& labels, Language language, Which which = Which::All);

/// Why a curator should look at an incident: nobody named, perhaps no leak, facts that are not sure. Empty when not.
std::string why_unsure(JsonValue incident, const CategoryLabels& labels, Language language);

/// "statut, chiffres": the words for what a correction corrects.
std::string corrected_fields(JsonValue fields, Language language);

}  // namespace vigifuite::cli
