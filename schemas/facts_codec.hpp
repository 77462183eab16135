// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The members that a sighting and an incident write alike.

#include <span>

#include "schemas/members_in.hpp"
#include "schemas/sighting.hpp"

namespace vigifuite {

/// What both shapes state: a view over the members of one of them.
struct FactsView {
  const Text& title;
  const Text& summary;
  std::span<const OrganisationRef> organisations;
  std::span<const std::string> organisation_classes;
  std::span<const OrganisationRef> processors;
  std::string_view country;
  std::string_view sector;
  bool public_service;
  Period incident;
  PartialDate disclosed;
  std::span<const PeopleFigure> people;
  const Text& people_note;
  std::span<const Population> populations;
  CategorySet exposed;
  CategorySet not_exposed;
  std::span<const std::string> unmapped_labels;
  std::span<const SourceLink> links;
  std::span<const AuthorityAction> actions;
  std::span<const ComplaintForm> complaint_forms;
};

/// The view of a Sighting or an Incident.
template <class Shape>
FactsView facts_of(const Shape& shape) {
  return {shape.title,       shape.summary,   shape.organisations,  shape.organisation_classes,
          shape.processors,  shape.country,   shape.sector,         shape.public_service,
          shape.incident,    shape.disclosed, shape.people,         shape.people_note,
          shape.populations, shape.exposed,   shape.not_exposed,    shape.unmapped_labels,
          shape.links,       shape.actions,   shape.complaint_forms};
}

/// Writes the members into the open object.
void write_facts(JsonOut& out, const FactsView& facts, const Vocabulary& vocabulary);

// Single members, left out when there is nothing to say. No temporary string: a million records are written.
void write_date(JsonOut& out, std::string_view name, PartialDate date);
void write_instant(JsonOut& out, std::string_view name, Instant instant);
void write_strings(JsonOut& out, std::string_view name, std::span<const std::string> strings);
void write_categories(JsonOut& out, std::string_view name, CategorySet set, const Vocabulary& vocabulary);

void read_refs(const MembersIn& in, std::string_view name, std::vector<OrganisationRef>& refs);
void read_categories(const MembersIn& in, std::string_view name, CategorySet& set, const Vocabulary& vocabulary);
void read_people(const MembersIn& in, std::vector<PeopleFigure>& people);
void read_populations(const MembersIn& in, std::vector<Population>& populations);
void read_links(const MembersIn& in, std::vector<SourceLink>& links);
void read_actions(const MembersIn& in, std::vector<AuthorityAction>& actions);
void read_forms(const MembersIn& in, std::vector<ComplaintForm>& forms);

/// Reads the same members into a Sighting or an Incident.
template <class Shape>
void read_facts(const MembersIn& in, Shape& shape, const Vocabulary& vocabulary) {
  in.read("title", shape.title);
  in.read("summary", shape.summary);
  read_refs(in, "organisations", shape.organisations);
  in.read("organisation_classes", shape.organisation_classes);
  read_refs(in, "processors", shape.processors);
  in.read("country", shape.country);
  in.read("sector", shape.sector);
  in.read("public_service", shape.public_service);
  in.within("incident", [&](const MembersIn& period) {
    period.read("from", shape.incident.from);
    period.read("to", shape.incident.to);
  });
  in.read("disclosed", shape.disclosed);
  read_people(in, shape.people);
  in.read("people_note", shape.people_note);
  read_populations(in, shape.populations);
  read_categories(in, "exposed", shape.exposed, vocabulary);
  read_categories(in, "not_exposed", shape.not_exposed, vocabulary);
  in.read("unmapped_labels", shape.unmapped_labels);
  read_links(in, shape.links);
  read_actions(in, shape.actions);
  read_forms(in, shape.complaint_forms);
}

}  // namespace vigifuite
