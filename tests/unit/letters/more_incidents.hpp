// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// More incidents written by hand after public pages, one per legal nature that the others leave out.

#include "tests/unit/letters/fixture.hpp"

namespace letters_fixture {

/// Social security funds: private bodies with a public task.
inline Incident caf() {
  Incident it = confirmed("caf-2024-02", "Caisses d'allocations familiales", "2024-02-13");
  const std::string press = "https://www.generation-nt.com/actualites/caf-comptes-compromis-mot-passe-2044729";
  it.organisations = {{"caf", "", ""}, {"cnaf", "", ""}};
  it.public_service = true;
  it.incident = {on("2024-02-12"), {}};
  it.people_note.fr = "Plusieurs milliers de comptes selon la CNAF.";
  it.exposed = categories({"name", "postal_address", "phone", "email", "beneficiary_number"});
  it.not_exposed = categories({"iban"});
  it.summary.fr =
      "Quelqu'un s'est connecté à des comptes d'allocataires avec des mots de passe qui auraient été volés ailleurs.";
  it.links = {{press, LinkKind::Press, {}}};
  it.actions = {{on("2024-02"), "CNIL", {"signalement reçu", ""}, {}, "", ""}};
  return it;
}

/// A public hospital, health data, a simplified complaint that was opened and closed.
inline Incident hospital() {
  Incident it = confirmed("chsf-2022-08", "Centre hospitalier sud-francilien", "2022-09-25");
  it.organisations = {{"", "Centre hospitalier sud-francilien", ""}};
  it.organisation_classes = {"hopitaux-publics"};
  it.public_service = true;
  it.incident = {on("2022-08"), {}};
  it.people_note.fr = "Un million de personnes alertées ; le nombre réel est inconnu.";
  it.exposed = categories({"name", "birth_date", "health"});
  it.summary.fr = "Un rançongiciel a touché l'hôpital, puis des comptes rendus médicaux ont été publiés.";
  it.links = {
      {"https://www.nextinpact.com/lebrief/70095/"
       "rancongiciel-lockbit-3-0-a-bien-doxxe-patients-hopital-corbeil-essonnes",
       LinkKind::Press,
       {}}};
  it.actions = {
      {on("2022"), "Parquet de Paris", {"enquête du C3N, lettre-plainte ouverte aux patients", ""}, {}, "", ""}};
  it.complaint_forms = {
      {{"Une lettre-plainte avait été ouverte aux patients.", "A complaint letter was opened to patients."},
       on("2022-09"),
       on("2023-06"),
       ""}};
  return it;
}

/// A transport authority: its legal nature depends on the town.
inline Incident transport() {
  Incident it = confirmed("tisseo-2026-09", "Tisséo", "2026-09-04");
  it.organisations = {{"transports-publics", "Tisséo", ""}};
  it.public_service = true;
  it.people = {{2877, Qualifier::Exact, Trust::Press, on("2026-09-04"),
                "https://www.ladepeche.fr/2026/09/04/cyberattaque-dampleur-a-toulouse"}};
  it.exposed = categories({"name", "email"});
  it.summary.fr = "Des enregistrements ont été diffusés et une plainte a été déposée.";
  it.links = {
      {"https://www.ladepeche.fr/2026/09/04/cyberattaque-dampleur-a-toulouse", LinkKind::Press, on("2026-09-04")}};
  return it;
}

/// A sports federation: an association.
inline Incident federation() {
  Incident it = confirmed("fff-2025-11", "Fédération française de football", "2025-11-26");
  it.organisations = {{"fff", "", ""}};
  it.exposed = categories(
      {"name", "civility", "birth_date", "birth_place", "postal_address", "email", "phone", "customer_number"});
  it.summary.fr = "Quelqu'un est entré dans le logiciel des clubs avec un compte détourné.";
  it.links = {{"https://www.fff.fr/article/15831-communique-du-26-novembre-relatif-au-vol-de-donnees.html",
               LinkKind::Official, on("2025-11-26")}};
  return it;
}

/// Only a seller says so.
inline Incident only_claimed() {
  Incident it = metropole();
  it.status = IncidentStatus::Claimed;
  return it;
}

}  // namespace letters_fixture
