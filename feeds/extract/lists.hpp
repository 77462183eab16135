// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "feeds/extract/lexicon.hpp"

namespace vigifuite::feeds::extract {

/// At `token` a phrase may go on that shares its first word with the last mention: "numéros de téléphone, de sécurité
/// sociale et de dossier", "données bancaires et médicales".
bool shares_head(const Document& document, const Marks& marks, const Sentence& sentence, std::uint32_t token);

/// The "n" of "n'a permis", not that of "n° de permis".
bool is_elided_ne(const Document& document, std::uint32_t token);

/// Drops the mentions that count only within a list of data (Mention::listed) and are in none. Linear.
void drop_unlisted(const Document& document, Marks& marks);

}  // namespace vigifuite::feeds::extract
