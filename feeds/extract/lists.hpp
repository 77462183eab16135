// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "feeds/extract/lexicon.hpp"

namespace vigifuite::feeds::extract {

/// The first word that a phrase at `token` may share with what it is listed with: the "numéros" of "numéros de
/// téléphone, de sécurité sociale et de dossier", the "données" of "données administratives et médicales". `token` when
/// none does.
std::uint32_t shared_head(const Document& document, const Sentence& sentence, std::uint32_t token);

/// A word that folds to another: the "n" of "n'a permis", which is not that of "n° de permis"; "notés", not "notes".
bool is_misread(const Document& document, std::uint32_t token);

/// Drops the mentions that count only within a list of data (Mention::listed) and are in none. Linear.
void drop_unlisted(const Document& document, Marks& marks);

}  // namespace vigifuite::feeds::extract
