// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The words enumerations have in documents, in the order of the enumerators. For the codecs only: everybody else
// calls the name_of() and parse_…() of the type.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "schemas/curation.hpp"
#include "schemas/hit.hpp"

namespace vigifuite::words {

template <class E>
struct Table;  // one specialisation per enumeration: `last` is its last enumerator

template <>
struct Table<Trust> {
  static constexpr Trust last = Trust::Attacker;
  static constexpr std::array<std::string_view, 7> words = {"curator", "authority",  "organisation", "curated",
                                                            "press",   "aggregator", "attacker"};
};
template <>
struct Table<Fact> {
  static constexpr Fact last = Fact::NotExposed;
  static constexpr std::array<std::string_view, 7> words = {"disclosure", "organisation", "processor",  "people",
                                                            "dates",      "exposed",      "not_exposed"};
};
template <>
struct Table<CorrectedField> {
  static constexpr CorrectedField last = CorrectedField::Summary;
  static constexpr std::array<std::string_view, 11> words = {"status",       "people",    "exposed", "not_exposed",
                                                             "organisation", "processor", "from",    "to",
                                                             "disclosed",    "title",     "summary"};
};
template <>
struct Table<IncidentStatus> {
  static constexpr IncidentStatus last = IncidentStatus::Retracted;
  static constexpr std::array<std::string_view, 4> words = {"claimed", "confirmed", "corrected", "retracted"};
};
template <>
struct Table<Qualifier> {
  static constexpr Qualifier last = Qualifier::AtMost;
  static constexpr std::array<std::string_view, 4> words = {"exact", "about", "at_least", "at_most"};
};
template <>
struct Table<Relation> {
  static constexpr Relation last = Relation::Professional;
  static constexpr std::array<std::string_view, 3> words = {"user", "employee", "professional"};
};
template <>
struct Table<Extent> {
  static constexpr Extent last = Extent::Unknown;
  static constexpr std::array<std::string_view, 3> words = {"whole", "part", "unknown"};
};
template <>
struct Table<LinkKind> {
  static constexpr LinkKind last = LinkKind::Tracker;
  static constexpr std::array<std::string_view, 4> words = {"official", "authority", "press", "tracker"};
};
template <>
struct Table<CurationKind> {
  static constexpr CurationKind last = CurationKind::Split;
  static constexpr std::array<std::string_view, 2> words = {"merge", "split"};
};
template <>
struct Table<Language> {
  static constexpr Language last = Language::English;
  static constexpr std::array<std::string_view, 2> words = {"fr", "en"};
};
template <>
struct Table<Regime> {
  static constexpr Regime last = Regime::Nir;
  static constexpr std::array<std::string_view, 4> words = {"none", "art9", "art10", "nir"};
};
template <>
struct Table<LegalNature> {
  static constexpr LegalNature last = LegalNature::Unknown;
  static constexpr std::array<std::string_view, 14> words = {"state",
                                                             "state_public_body",
                                                             "local_authority",
                                                             "public_hospital",
                                                             "public_interest_group",
                                                             "private_public_service",
                                                             "association",
                                                             "mutual",
                                                             "insurer",
                                                             "company",
                                                             "independent_authority",
                                                             "judicial_authority",
                                                             "mixed",
                                                             "unknown"};
};
template <>
struct Table<Certainty> {
  static constexpr Certainty last = Certainty::Unverified;
  static constexpr std::array<std::string_view, 3> words = {"found", "general knowledge", "unverified"};
};
template <>
struct Table<LinkRole> {
  static constexpr LinkRole last = LinkRole::Partner;
  static constexpr std::array<std::string_view, 3> words = {"processor", "joint_controller", "partner"};
};
template <>
struct Table<Verdict> {
  static constexpr Verdict last = Verdict::Undetermined;
  static constexpr std::array<std::string_view, 5> words = {"affected", "likely", "possible", "not_affected",
                                                            "undetermined"};
};
template <>
struct Table<ReasonCode> {
  static constexpr ReasonCode last = ReasonCode::OnlyKind;
  static constexpr std::array<std::string_view, 21> words = {"notified",
                                                             "within_population",
                                                             "within_part_of_population",
                                                             "current_at_incident",
                                                             "through_processor",
                                                             "claim_not_confirmed",
                                                             "period_imprecise",
                                                             "period_unknown",
                                                             "population_unstated",
                                                             "local_body_unnamed",
                                                             "outside_period",
                                                             "outside_relation",
                                                             "after_incident",
                                                             "unverified",
                                                             "retracted",
                                                             "processor_other_time",
                                                             "renamed",
                                                             "taken_over",
                                                             "outside_place",
                                                             "place_unknown",
                                                             "only_kind"};
};

/// The word of a value.
template <class E>
constexpr std::string_view of(E value) noexcept {
  static_assert(Table<E>::words.size() == static_cast<std::size_t>(Table<E>::last) + 1, "one word per enumerator");
  return Table<E>::words[static_cast<std::size_t>(value)];
}

/// The value a word stands for.
template <class E>
constexpr std::optional<E> parse(std::string_view word) noexcept {
  for (std::size_t i = 0; i < Table<E>::words.size(); ++i) {
    if (Table<E>::words[i] == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace vigifuite::words
