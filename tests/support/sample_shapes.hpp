// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// One full and one minimal value of each shape. Every member is set in the full ones, so that a codec that
// forgets one fails. The people and most bodies are invented.

#include "schemas/curation.hpp"
#include "schemas/hit.hpp"

namespace vigifuite::sample {

inline CategorySet categories(std::initializer_list<std::string_view> slugs) {
  CategorySet set;
  for (const auto slug : slugs) set.add(Vocabulary::shipped().category(slug).value());
  return set;
}

inline Instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}
inline PartialDate on(std::string_view text) {
  return parse_partial_date(text).value();
}

/// Sets the members a sighting and an incident share.
template <class Shape>
void fill_facts(Shape& shape) {
  shape.states_facts = true;
  shape.unsure = true;
  shape.verified = false;
  shape.disputed = true;
  shape.status = IncidentStatus::Corrected;
  shape.title = {"Fuite « Acme »", "Acme \"leak\""};
  shape.summary = {"Résumé,\nsur deux lignes.", "Summary."};
  shape.organisations = {{"france-travail", "Pôle emploi", "pole-emploi.fr"}, {"", "Acme Corp", ""}};
  shape.organisation_classes = {"communes", "caf"};
  shape.processors = {{"", "Sous-traitant", ""}};
  shape.country = "FR";
  shape.sector = "employment";
  shape.public_service = true;
  shape.incident = {on("2024-02-06"), on("2024-03")};
  shape.disclosed = on("2024-03-13");
  shape.people = {{36820828, Qualifier::Exact, Trust::Authority, on("2026-01-22"), "https://authority.example/1"},
                  {43000000, Qualifier::AtLeast, Trust::Organisation, on("2024"), ""}};
  shape.people_note = {"Deux chiffres.", "Two figures."};
  shape.populations = {{{"france-travail"},
                        Relation::Employee,
                        {on("2004-03"), on("2024-03")},
                        Extent::Whole,
                        {"Vingt ans.", "Twenty years."},
                        "https://press.example/2"}};
  shape.exposed = categories({"name", "nir", "email"});
  shape.not_exposed = categories({"password"});
  shape.unmapped_labels = {"Phlogiston levels"};
  shape.links = {{"https://press.example/2", LinkKind::Press, on("2024-03-14")},
                 {"https://authority.example/1", LinkKind::Authority, {}}};
  shape.actions = {
      {on("2026-01-22"), "CNIL", {"amende", "fine"}, 5000000, "SAN-0000-000", "https://authority.example/1"},
      {{}, "Parquet", {"enquête", ""}, std::nullopt, "", ""}};
  shape.complaint_forms = {{{"Formulaire.", "Form."}, on("2024-03"), on("2025"), "https://forms.example/"}};
  shape.first_seen = at("2024-03-13T09:00:00Z");
}

/// A sentence and what was read in it; `source` is empty in a sighting.
inline Evidence evidence(std::string source) {
  const PartialDate day = source.empty() ? PartialDate{} : on("2024-03-14");
  return {std::move(source),
          day,
          "Les e-mails ont fuité, pas les mots de passe.",
          {{Fact::Exposed, "email", "e-mails", 90},
           {Fact::NotExposed, "password", "mots de passe", 40},
           {Fact::Disclosure, "", "", 60}}};
}

inline Sighting full_sighting() {
  Sighting sighting;
  fill_facts(sighting);
  sighting.source = "press-one";
  sighting.key = "item/1";
  sighting.digest = {0x0123456789abcdefULL, 0xfedcba9876543210ULL};
  sighting.trust = Trust::Curated;
  sighting.origin = "press-two";
  sighting.last_changed = at("2024-03-14T10:11:12Z");
  sighting.withdrawn = true;
  sighting.preferred_id = "acme-2024-03";
  sighting.url = "https://press.example/2";
  sighting.doubts = {"incident date `n/a` is not a date"};
  sighting.evidence = {evidence({})};
  sighting.correction = Correction{{"cnil", "1"},
                                   {CorrectedField::Exposed, CorrectedField::People},
                                   {CorrectedField::Exposed},
                                   categories({"iban"}),
                                   "Communiqué relu.",
                                   "Erreur de lecture."};
  return sighting;
}

inline Sighting minimal_sighting() {
  Sighting sighting;
  sighting.source = "press-one";
  sighting.key = "item/2";
  return sighting;
}

inline Incident full_incident() {
  Incident incident;
  fill_facts(incident);
  incident.id = "acme-2024-03";
  incident.revisions = {{1, at("2024-03-13T09:00:00Z"), "press-one", {"new"}, true},
                        {2, at("2024-03-14T09:00:00Z"), "", {"people", "exposed"}, false},
                        {3, at("2024-03-15T09:00:00Z"), "curator", {"status"}, true, "Communiqué relu."},
                        {4, at("2024-03-16T09:00:00Z"), "", {"merged"}, true, "Même communiqué.", "acme-2024-04"}};
  incident.claims = {{"press-one", Trust::Press, on("2024-03"), categories({"name", "nir", "email"}), {}},
                     {"cnil", Trust::Authority, {}, {}, categories({"password"})}};
  incident.evidence = {evidence("press-one")};
  incident.corrections = {
      {1, at("2024-03-15T09:00:00Z"), {CorrectedField::State}, "Communiqué relu.", std::nullopt, ""},
      {2,
       at("2024-03-16T09:00:00Z"),
       {CorrectedField::Organisation, CorrectedField::Title},
       "Autre société.",
       at("2024-03-17T09:00:00Z"),
       "C'était bien elle."}};
  incident.sightings = {{"cnil", "1"}, {"press-one", "item/1"}};
  incident.former_ids = {"acme-2024-04"};
  return incident;
}

inline Incident minimal_incident() {
  Incident incident;
  incident.id = "acme-undated";
  return incident;
}

inline Curation curation() {
  return {7,
          CurationKind::Split,
          at("2024-03-16T09:00:00Z"),
          {{"cnil", "1"}},
          {{"press-one", "item/1"}, {"press-two", "2"}},
          {"acme-2024-03"},
          "Deux vols."};
}

inline Profile full_profile() {
  Profile profile;
  profile.label = "adhérent 12";
  profile.language = Language::English;
  profile.ties = {{{"france-travail", "Pôle emploi", ""}, Relation::User, {on("2009"), on("2013")}, false},
                  {{"", "Acme Corp", "acme.example"}, Relation::Employee, {on("2019-06-01"), {}}, true}};
  profile.notified = {{"acme-2024-03", on("2024-03-20"), "courriel"}, {"acme-undated", {}, ""}};
  profile.identity = {"Camille Exemple", "1 rue du Test\n00000 Ville", "camille@exemple.example", "+33000000000"};
  return profile;
}

inline Hit hit() {
  return {"acme-2024-03",
          2,
          Verdict::NotAffected,
          {{ReasonCode::OutsidePeriod, {"Clients de 2024.", ""}, "https://acme.example/avis", ""}},
          1,
          std::nullopt};
}

}  // namespace vigifuite::sample
