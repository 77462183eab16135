// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// A verdict and its reasons in a person's own words: the same sentences on the terminal and in an alert.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/hit.hpp"

namespace vigifuite {

/// What the sentence of a reason needs.
struct ReasonWords {
  std::string_view organisation;  ///< the body or processor, as people call it; may be empty
  std::string_view quote;         ///< who is affected, in the source's own words or in ours; may be empty
  bool is_quotation = true;       ///< the words are the source's: they stand in quotation marks
  std::string_view host = {};     ///< where they were read; may be empty
  Period population = {};         ///< when whoever is affected was there
  Relation relation = Relation::User;
  Period period = {};  ///< of the tie
  bool ongoing = false;
};

/// "PROBABLE", "POSSIBLE"…: always shown beside the symbol, never a colour alone.
std::string label(Language language, Verdict verdict);

/// "Vous y étiez de 2009 à 2013."
std::string tie_sentence(Language language, Relation relation, const Period& period, bool ongoing);

/// Why, in one or a few sentences. Pure.
std::string sentence(Language language, ReasonCode code, const ReasonWords& words);

/// "« ANPE » : cet organisme est devenu Pôle emploi en décembre 2008, puis France Travail en janvier 2024."
std::string renamed_sentence(Language language, std::string_view said, const std::vector<NameStep>& became);

/// "Urssaf (régionale) en janvier 2020 (les cotisations)": who has a file now.
std::string heir_words(Language language, std::string_view body, const Text& what, PartialDate since);

/// "Votre mutuelle ou assurance confie le tiers payant à Viamedis et Almerys (constaté en février 2024).": the ways
/// data took from the person's body, one chain per processor; chains that say the same of several are told at once.
std::string chain_sentences(Language language, std::string_view customer_kind,
                            const std::vector<std::vector<ChainStep>>& chains);

/// The reverse of name_of().
std::optional<Verdict> parse_verdict(std::string_view word) noexcept;
std::optional<ReasonCode> parse_reason_code(std::string_view word) noexcept;

}  // namespace vigifuite
