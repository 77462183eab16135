// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/sighting.hpp"

namespace vigifuite {

/// What one source says of the categories.
struct CategoryClaim {
  std::string source;  ///< source id
  Trust by = Trust::Press;
  PartialDate date;
  CategorySet exposed;
  CategorySet not_exposed;
  friend bool operator==(const CategoryClaim&, const CategoryClaim&) = default;
};

/// One step of an incident's story.
struct Revision {
  std::uint32_t number = 1;
  Instant at{};
  std::string source;  ///< whose notice made it
  /// Codes: "new", "status", "people", "exposed", "not_exposed", "population", "processor", "organisations", "period",
  /// "sources", "text", "withdrawn", "merged" (another incident was this one), "split" (a part of it was another one).
  std::vector<std::string> changes;
  bool material = false;  ///< a fact that matters to people changed: who was told is told again
  std::string because{};  ///< a curator's reason
  std::string other{};    ///< id of the incident that was merged with this one, or split from it
  friend bool operator==(const Revision&, const Revision&) = default;
};

/// What happened, folded from all its sightings. Its id is readable and never changes.
struct Incident {
  std::string id;
  std::vector<Revision> revisions;  ///< oldest first, never empty
  IncidentStatus status = IncidentStatus::Claimed;
  bool states_facts = false;
  bool unsure = false;  ///< nobody but a text that was not read surely tells of it: for a curator, told to nobody
  bool verified = true;
  bool disputed = false;
  Text title;
  Text summary;
  std::vector<OrganisationRef> organisations;  ///< bodies entrusted with the data
  std::vector<std::string> organisation_classes;
  std::vector<OrganisationRef> processors;
  std::string country;
  std::string sector;
  bool public_service = false;
  Period incident;
  PartialDate disclosed;
  std::vector<PeopleFigure> people;  ///< every figure; the one shown first is first
  Text people_note;
  std::vector<Population> populations;
  CategorySet exposed;  ///< the most trusted claim about each category wins
  CategorySet not_exposed;
  std::vector<CategoryClaim> claims;
  std::vector<std::string> unmapped_labels;
  std::vector<SourceLink> links;
  std::vector<AuthorityAction> actions;
  std::vector<ComplaintForm> complaint_forms;
  std::vector<Evidence> evidence;  ///< of all its sightings; also facts that are not sure, and not shown as facts
  std::vector<CorrectionNote> corrections;  ///< by number; `claims` and the other facts are as they leave them
  std::vector<SightingRef> sightings;       ///< the notices it rests on, and its corrections
  std::vector<std::string> former_ids;      ///< ids that lead here, sorted
  Instant first_seen{};

  [[nodiscard]] std::uint32_t revision() const noexcept { return revisions.empty() ? 0 : revisions.back().number; }
  [[nodiscard]] Instant updated() const noexcept { return revisions.empty() ? Instant{} : revisions.back().at; }
  friend bool operator==(const Incident&, const Incident&) = default;
};

/// Writes "vigifuite/incident@v1" (schemas/json/incident.schema.json): the bytes that are stored, served and exported.
void write(JsonOut& out, const Incident& incident, const Vocabulary& vocabulary);
Result<Incident> read_incident(JsonValue json, const Vocabulary& vocabulary);

}  // namespace vigifuite
