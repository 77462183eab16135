// SPDX-License-Identifier: AGPL-3.0-or-later
// Who said what of an incident: every fact with all its claims, the one shown first on top, and why.

#include "daemon/api/views.hpp"
#include "daemon/index/provenance.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::api {
namespace {

using index::ClaimField;
using index::ClaimPlace;

Text both(Message message) {
  return {say(Language::French, message), say(Language::English, message)};
}

/// Why it is shown, or does not count; nothing for what simply stands behind.
Text why_text(ClaimPlace place) {
  switch (place) {
    case ClaimPlace::Only: return both(Message::ClaimOnly);
    case ClaimPlace::Curator: return both(Message::ClaimCurator);
    case ClaimPlace::MoreTrusted: return both(Message::ClaimMoreTrusted);
    case ClaimPlace::Later: return both(Message::ClaimLater);
    case ClaimPlace::Alike: return both(Message::ClaimAlike);
    case ClaimPlace::Listed: return both(Message::ClaimListed);
    case ClaimPlace::ByKind: return both(Message::ClaimByKind);
    case ClaimPlace::Behind: return {};
    case ClaimPlace::Unsure: return both(Message::ClaimUnsure);
    case ClaimPlace::Withdrawn: return both(Message::ClaimWithdrawn);
  }
  return {};
}

Message status_message(IncidentStatus status) noexcept {
  switch (status) {
    case IncidentStatus::Claimed: return Message::StatusClaimed;
    case IncidentStatus::Confirmed: return Message::StatusConfirmed;
    case IncidentStatus::Corrected: return Message::StatusCorrected;
    case IncidentStatus::Retracted: return Message::StatusRetracted;
  }
  return Message::StatusClaimed;
}

std::string bodies_words(Language language, const std::vector<OrganisationRef>& refs, const Vocabulary& vocabulary,
                         const std::vector<std::string>& classes = {}) {
  std::vector<std::string> names;
  for (const std::string& id : classes) {
    const Organisation* known = vocabulary.organisation(id);
    names.push_back(known != nullptr ? known->name : id);
  }
  for (const OrganisationRef& ref : refs) {
    const Organisation* known = vocabulary.organisation(ref.id);
    names.push_back(!ref.name.empty() ? ref.name : known != nullptr ? known->name : ref.id + ref.domain);
  }
  return list_of(language, names);
}

std::string kinds_words(Language language, CategorySet set, const Vocabulary& vocabulary) {
  std::vector<std::string> names;
  for (const Category category : set) names.emplace_back(vocabulary.info(category).label.in(language));
  return list_of(language, names);
}

std::string value_words(Language language, const index::FactClaim& claim, const Vocabulary& vocabulary) {
  const Sighting& by = *claim.by;
  switch (claim.field) {
    case ClaimField::Status: return say(language, by.withdrawn ? Message::StatusRetracted : status_message(by.status));
    case ClaimField::Happened:
      return by.incident.to.known() ? period(language, by.incident) : date(language, by.incident.from);
    case ClaimField::Disclosed: return date(language, by.disclosed);
    case ClaimField::Organisations:
      return bodies_words(language, by.organisations, vocabulary, by.organisation_classes);
    case ClaimField::Processors: return bodies_words(language, by.processors, vocabulary);
    case ClaimField::People: return claim.figure == nullptr ? std::string() : figure_words(language, *claim.figure);
    case ClaimField::Exposed: return kinds_words(language, by.exposed, vocabulary);
    case ClaimField::NotExposed: return kinds_words(language, by.not_exposed, vocabulary);
  }
  return {};
}

void write_claim(JsonOut& out, const index::FactClaim& claim, const Vocabulary& vocabulary) {
  const Sighting& by = *claim.by;
  const Text value{value_words(Language::French, claim, vocabulary), value_words(Language::English, claim, vocabulary)};
  const bool is_figure = claim.figure != nullptr;
  out.begin_object().member_if("value", value.empty() ? both(Message::ClaimUnknown) : value);
  out.member("source", by.source).member("key", by.key).member_if("origin", by.origin == by.source ? "" : by.origin);
  out.member("trust", name_of(is_figure ? claim.figure->by : by.trust));
  out.member_if("date", is_figure && claim.figure->date.known() ? claim.figure->date : by.disclosed);
  // Where an attacker speaks, the leaked data is not far.
  if (by.trust != Trust::Attacker)
    out.member_if("url", is_figure && !claim.figure->source.empty() ? claim.figure->source : by.url);
  out.member_if("sentence", std::string(claim.sentence));
  out.member("place", name_of(claim.place)).member_if("because", why_text(claim.place)).end_object();
}

}  // namespace

void write_claims(JsonOut& out, const std::vector<Sighting>& sightings, const Vocabulary& vocabulary) {
  const auto claims = index::provenance(sightings);
  out.member("origins", index::origins(sightings)).key("facts").begin_array();
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const bool first = i == 0 || claims[i - 1].field != claims[i].field;
    const bool last = i + 1 == claims.size() || claims[i + 1].field != claims[i].field;
    if (first) out.begin_object().member("field", name_of(claims[i].field)).key("claims").begin_array();
    write_claim(out, claims[i], vocabulary);
    if (last) out.end_array().end_object();
  }
  out.end_array();
}

}  // namespace vigifuite::api
