// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/words.hpp"

namespace vigifuite {

std::string_view name_of(Trust trust) noexcept {
  return words::of(trust);
}
std::string_view name_of(IncidentStatus status) noexcept {
  return words::of(status);
}
std::string_view name_of(Qualifier qualifier) noexcept {
  return words::of(qualifier);
}
std::string_view name_of(Relation relation) noexcept {
  return words::of(relation);
}
std::string_view name_of(Extent extent) noexcept {
  return words::of(extent);
}
std::string_view name_of(LinkKind kind) noexcept {
  return words::of(kind);
}
std::string_view name_of(Fact fact) noexcept {
  return words::of(fact);
}
std::string_view name_of(CorrectedField field) noexcept {
  return words::of(field);
}
std::string_view name_of(CurationKind kind) noexcept {
  return words::of(kind);
}
std::string_view name_of(Regime regime) noexcept {
  return words::of(regime);
}
std::string_view name_of(LegalNature nature) noexcept {
  return words::of(nature);
}
std::string_view name_of(Certainty certainty) noexcept {
  return words::of(certainty);
}
std::string_view name_of(LinkRole role) noexcept {
  return words::of(role);
}
std::string_view name_of(Verdict verdict) noexcept {
  return words::of(verdict);
}
std::string_view name_of(ReasonCode code) noexcept {
  return words::of(code);
}

std::optional<Trust> parse_trust(std::string_view word) noexcept {
  const auto trust = words::parse<Trust>(word);
  return trust == Trust::Curator ? std::nullopt : trust;
}
std::optional<IncidentStatus> parse_status(std::string_view word) noexcept {
  return words::parse<IncidentStatus>(word);
}
std::optional<Qualifier> parse_qualifier(std::string_view word) noexcept {
  return words::parse<Qualifier>(word);
}
std::optional<Relation> parse_relation(std::string_view word) noexcept {
  return words::parse<Relation>(word);
}
std::optional<Extent> parse_extent(std::string_view word) noexcept {
  return words::parse<Extent>(word);
}
std::optional<LinkKind> parse_link_kind(std::string_view word) noexcept {
  return words::parse<LinkKind>(word);
}
std::optional<Fact> parse_fact(std::string_view word) noexcept {
  return words::parse<Fact>(word);
}
std::optional<CorrectedField> parse_corrected_field(std::string_view word) noexcept {
  return words::parse<CorrectedField>(word);
}

}  // namespace vigifuite
