// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The documents the API answers with: from what is stored to what is shown. No decision is taken here.

#include "daemon/api/core.hpp"
#include "schemas/core/json_out.hpp"

namespace vigifuite::api {

/// Opens {"schema": "vigifuite/NAME@v1", "generated_at": …; the caller closes it.
void begin_document(JsonOut& out, std::string_view name, Instant now);

/// "freshness": which sources an answer rests on, and how fresh they are.
Status write_freshness(JsonOut& out, const Core& core);

/// One incident as it concerns one person: the stored document's members, and the hit's.
struct Concern {
  Incident incident;
  std::string document;  ///< as stored
  Hit hit;
};

/// What concerns a person, surest and newest first.
Result<std::vector<Concern>> concerns_of(const Core& core, const Profile& profile);
/// The whole answer to "am I concerned?".
Status write_check(JsonOut& out, const Core& core, const Profile& profile);
/// One row of a check.
void write_concern(JsonOut& out, const Core& core, const Profile& profile, const Concern& concern);

/// The body letters go to: the one the person has a tie with.
std::string controller_of(const Profile& profile, const Hit& hit);

void write_category_slugs(JsonOut& out, std::string_view name, CategorySet set, const Vocabulary& vocabulary);

/// A number of people as one says it: "environ 43 000 000".
std::string figure_words(Language language, const PeopleFigure& figure);

/// Why two announcements were taken for one or for two, in words that follow "because".
Text reason_text(index::MergeReason reason);

/// "sightings": the announcements an incident rests on, and why each was joined to the others; and write_claims().
Status write_announcements(JsonOut& out, const Core& core, const Incident& incident);

/// "facts": every fact with all its claims, the one shown first on top, and why; "origins": how many sources speak.
void write_claims(JsonOut& out, const std::vector<Sighting>& sightings, const Vocabulary& vocabulary);

/// The story of an incident in sentences.
Status write_history(JsonOut& out, const Core& core, const Incident& incident);

Status write_sources(JsonOut& out, const Core& core);
Status write_categories(JsonOut& out, const Core& core);
Status write_organisations(JsonOut& out, const Core& core, std::string_view words);
void write_update(JsonOut& out, const Core& core, const std::vector<SourceReport>& reports);

/// Since when an incident is only claimed, once that is long ago (Core::unconfirmed_after); else nothing.
PartialDate unconfirmed_since(const Core& core, const Incident& incident);

/// The incident of an id, read; nothing when there is none.
struct StoredIncident {
  Incident incident;
  std::string document;
};
Result<std::optional<StoredIncident>> load_incident(const Core& core, std::string_view id);

}  // namespace vigifuite::api
