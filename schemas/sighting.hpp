// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/category.hpp"
#include "schemas/core/digest.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/core/json_out.hpp"
#include "schemas/core/text.hpp"
#include "schemas/correction.hpp"
#include "schemas/evidence.hpp"
#include "schemas/organisation.hpp"
#include "schemas/source.hpp"

namespace vigifuite {

enum class IncidentStatus : unsigned char { Claimed, Confirmed, Corrected, Retracted };
/// How much of a population was hit.
enum class Extent : unsigned char { Whole, Part, Unknown };
enum class LinkKind : unsigned char { Official, Authority, Press, Tracker };

// The words of documents: "claimed", "whole", "official"…
std::string_view name_of(IncidentStatus status) noexcept;
std::string_view name_of(Extent extent) noexcept;
std::string_view name_of(LinkKind kind) noexcept;
std::optional<IncidentStatus> parse_status(std::string_view word) noexcept;
std::optional<Extent> parse_extent(std::string_view word) noexcept;
std::optional<LinkKind> parse_link_kind(std::string_view word) noexcept;

/// A number of people: a claim, dated and sourced.
struct PeopleFigure {
  std::int64_t count = 0;
  Qualifier qualifier = Qualifier::Exact;
  Trust by = Trust::Press;
  PartialDate date;    ///< when it was given
  std::string source;  ///< address of the page that gives it, or empty
  friend bool operator==(const PeopleFigure&, const PeopleFigure&) = default;
};

/// Who was in the file: decides whom it concerns.
struct Population {
  std::vector<std::string> organisations;  ///< registry ids it speaks of; empty: all of the incident
  Relation relation = Relation::User;
  Period period;  ///< a tie within it puts a person in the file; open where unknown
  Extent extent = Extent::Unknown;
  Text statement;  ///< the sentence that says so
  std::string source;
  std::optional<std::int64_t> size = {};  ///< how many people it holds, when that is public
  /// Towns, departments, regions, by name: people of bodies elsewhere are not in it. Empty: everywhere.
  std::vector<std::string> places = {};
  Text kind = {};  ///< which of them, where a tie cannot tell: "bénéficiaires du Pass'Sport"; empty: all
  friend bool operator==(const Population&, const Population&) = default;
};

/// A public page about the incident. Never one where leaked data can be had.
struct SourceLink {
  std::string url;
  LinkKind kind = LinkKind::Press;
  PartialDate date;
  friend bool operator==(const SourceLink&, const SourceLink&) = default;
};

/// What an authority did about it.
struct AuthorityAction {
  PartialDate date;
  std::string authority;
  Text action;
  std::optional<std::int64_t> amount_eur;
  std::string reference;
  std::string source;
  friend bool operator==(const AuthorityAction&, const AuthorityAction&) = default;
};

/// A simplified criminal complaint form that investigators opened for one incident.
struct ComplaintForm {
  Text note;
  PartialDate opened;
  PartialDate closed;
  std::string url;
  friend bool operator==(const ComplaintForm&, const ComplaintForm&) = default;
};

/// A notice in canonical words: what one source says of one incident. Owns its text.
struct Sighting {
  std::string source;  ///< source id
  std::string key;     ///< the notice's key within it
  Digest digest;
  Trust trust = Trust::Press;
  std::string origin;  ///< the source whose words these are: itself, or the one it republishes
  Instant first_seen{};
  Instant last_changed{};
  bool withdrawn = false;  ///< a complete listing no longer has it

  bool states_facts = false;  ///< false: a text that tells of no incident; kept, searchable, never alerted
  /// Read from a text, and not surely an incident of a body we can name: shown to a curator, told to nobody.
  bool unsure = false;
  bool verified = true;  ///< false: kept, shown as unverified, never alerted as certain
  bool disputed = false;
  IncidentStatus status = IncidentStatus::Claimed;
  std::string preferred_id;  ///< the incident id a curated catalogue gives, or empty
  Text title;
  Text summary;  ///< or the excerpt of the notice, in its language
  std::string url;
  std::vector<OrganisationRef> organisations;
  std::vector<std::string> organisation_classes;
  std::vector<OrganisationRef> processors;
  std::string country;
  std::string sector;
  bool public_service = false;
  Period incident;
  PartialDate disclosed;
  std::vector<PeopleFigure> people;
  Text people_note;
  std::vector<Population> populations;
  CategorySet exposed;
  CategorySet not_exposed;
  std::vector<std::string>
      unmapped_labels;  ///< words for categories that we do not know: counted, shown, never dropped
  std::vector<SourceLink> links;
  std::vector<AuthorityAction> actions;
  std::vector<ComplaintForm> complaint_forms;
  std::vector<std::string> doubts;  ///< what could not be read: "incident date `n/a` is not a date"
  /// The sentences that facts were read in; what the source states as data needs none. Facts that are not sure stand
  /// here only.
  std::vector<Evidence> evidence;
  std::optional<Correction> correction;  ///< set: no announcement, but a curator's correction of one

  friend bool operator==(const Sighting&, const Sighting&) = default;
};

/// Writes "vigifuite/sighting@v1" (schemas/json/sighting.schema.json).
void write(JsonOut& out, const Sighting& sighting, const Vocabulary& vocabulary);
/// Reads what write() wrote. Malformed says the member.
Result<Sighting> read_sighting(JsonValue json, const Vocabulary& vocabulary);

}  // namespace vigifuite
