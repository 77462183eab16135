// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// A small vocabulary, invented people, and incidents written by hand after public pages: what letters are tested on.

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "daemon/letters/render.hpp"
#include "tests/support/source_dir.hpp"

namespace letters_fixture {

using namespace vigifuite;

inline std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline const Vocabulary& vocabulary() {
  static const auto loaded = [] {
    const std::string folder = vigifuite::test::source_dir() + "/tests/unit/letters/data/";
    auto read = Vocabulary::load(file_text(folder + "categories.json"), file_text(folder + "risks.json"),
                                 file_text(folder + "organisations.json"));
    if (!read) MESSAGE(read.error().what);
    REQUIRE(read.has_value());
    return *std::move(read);
  }();
  return *loaded;
}

inline PartialDate on(std::string_view text) {
  return parse_partial_date(text).value();
}

inline CategorySet categories(std::initializer_list<std::string_view> slugs) {
  CategorySet set;
  for (const std::string_view slug : slugs) {
    const auto found = vocabulary().category(slug);
    REQUIRE_MESSAGE(found.has_value(), slug);
    set.add(*found);
  }
  return set;
}

inline Incident confirmed(std::string id, std::string title, std::string_view disclosed) {
  Incident incident;
  incident.id = std::move(id);
  incident.revisions = {{1, *parse_rfc3339("2026-11-20T06:00:00Z"), "france", {"new"}, true}};
  incident.status = IncidentStatus::Confirmed;
  incident.states_facts = true;
  incident.title.fr = std::move(title);
  incident.country = "FR";
  incident.disclosed = on(disclosed);
  return incident;
}

inline Incident france_travail() {
  Incident it = confirmed("france-travail-cap-emploi-2024-03", "France Travail et Cap emploi", "2024-03-13");
  const std::string press =
      "https://www.toutmontbeliard.com/2024/03/14/france-travail-et-cap-emploi-victimes-dune-cyberattaque/";
  const std::string decision = "https://www.legifrance.gouv.fr/cnil/id/CNILTEXT000053408671";
  it.organisations = {{"france-travail", "", ""}, {"cap-emploi", "", ""}};
  it.public_service = true;
  it.incident = {on("2024-02-06"), on("2024-03-05")};
  it.people = {{36'820'828, Qualifier::Exact, Trust::Authority, on("2026-01-22"), decision},
               {43'000'000, Qualifier::About, Trust::Organisation, on("2024-03-13"), press}};
  it.populations = {{{},
                     Relation::User,
                     {on("2004-03"), on("2024-03")},
                     Extent::Whole,
                     {"Les personnes inscrites, ou l'ayant été « au cours des 20 dernières années », et les titulaires "
                      "d'un espace candidat.",
                      ""},
                     press}};
  it.exposed = categories({"name", "civility", "birth_date", "nir", "postal_address", "phone", "email",
                           "beneficiary_number", "employment"});
  it.not_exposed = categories({"password", "iban", "health"});
  it.summary.fr =
      "Des comptes de conseillers Cap emploi ont été usurpés et 25 Go ont été extraits. La base contenait les "
      "personnes "
      "inscrites ces vingt dernières années et les titulaires d'un espace candidat.";
  it.links = {
      {"https://mdc-avocat.fr/sanction-cnil-france-travail-5-me", LinkKind::Press, {}},
      {press, LinkKind::Press, on("2024-03-14")},
      {"https://www.cnil.fr/fr/france-travail-la-cnil-enquete-sur-la-fuite-de-donnees", LinkKind::Authority, {}},
      {decision, LinkKind::Authority, {}}};
  it.actions = {{on("2024-03"),
                 "Parquet de Paris",
                 {"enquête préliminaire, plainte simplifiée en ligne ouverte aux victimes", ""},
                 {},
                 "",
                 ""},
                {on("2026-01-22"),
                 "CNIL",
                 {"sanction : amende, injonction sous astreinte de 5 000 euros par jour, publicité", ""},
                 5'000'000,
                 "SAN-2026-003",
                 decision}};
  it.complaint_forms = {{{"Une plainte simplifiée en ligne avait été ouverte sur demarches-simplifiees.fr. Vérifiez "
                          "qu'elle est encore ouverte.",
                          "A simplified online complaint was opened. Check that it is still open."},
                         on("2024-03"),
                         {},
                         ""}};
  return it;
}

inline Incident viamedis() {
  Incident it = confirmed("viamedis-almerys-2024-02", "Viamedis et Almerys", "2024-02-07");
  const std::string cnil =
      "https://www.cnil.fr/fr/"
      "violation-de-donnees-de-deux-operateurs-de-tiers-payant-la-cnil-ouvre-une-enquete-et-rappelle-aux";
  const std::string press =
      "https://www.mobilians.fr/actualites/violation-de-donnees-de-viamedis-et-almerys-la-cnil-ouvre-une-enquete/";
  it.organisations = {{"viamedis", "", ""}, {"almerys", "", ""}, {"vyv-harmonie", "", ""}};
  it.processors = {{"viamedis", "", ""}, {"almerys", "", ""}};
  it.incident = {on("2024-01"), {}};
  it.people = {{33'000'000, Qualifier::AtLeast, Trust::Authority, on("2024-02-07"), press}};
  it.people_note.fr =
      "Le chiffre compte les personnes référencées chez les deux opérateurs ; des doublons sont possibles.";
  it.populations = {{{},
                     Relation::User,
                     {{}, on("2024-02")},
                     Extent::Part,
                     {"Des assurés, et leur famille, des complémentaires qui passaient par Viamedis ou Almerys. Seule "
                      "votre complémentaire peut dire si vous étiez dans le fichier.",
                      ""},
                     press}};
  it.exposed = categories({"name", "birth_date", "nir", "insurance"});
  it.not_exposed = categories({"iban", "health", "postal_address", "phone", "email"});
  it.summary.fr =
      "Des comptes de professionnels de santé ont été usurpés chez deux opérateurs de tiers payant. Chaque "
      "complémentaire santé devait informer ses propres assurés.";
  it.links = {{cnil, LinkKind::Authority, {}}, {press, LinkKind::Press, {}}};
  it.actions = {{on("2024-02-07"), "CNIL", {"ouverture d'une enquête", ""}, {}, "", cnil}};
  return it;
}

inline Incident ministry() {
  Incident it = confirmed("ministere-interieur-2025-12", "Ministère de l'Intérieur", "2025-12-12");
  it.organisations = {{"interieur", "", ""}};
  it.public_service = true;
  it.incident = {on("2025-12-11"), {}};
  it.people = {{16'400'000, Qualifier::About, Trust::Attacker, on("2025-12"), ""}};
  it.people_note.fr = "Le ministre parle de quelques dizaines de fiches.";
  it.exposed = categories({"criminal_record"});
  it.summary.fr = "Des messageries ont été compromises et des fichiers de police ont été consultés.";
  it.links = {{"https://www.boursorama.com/bourse/actualites/france-des-fichiers-du-ministere-de-l-interieur-voles",
               LinkKind::Press,
               {}}};
  it.actions = {{on("2025-12"), "CNIL", {"saisie", ""}, {}, "", ""}};
  return it;
}

inline Incident metropole() {
  Incident it = confirmed("marseille-metropole-2026-03", "Métropole Aix-Marseille-Provence", "2026-03-24");
  it.organisations = {{"", "Métropole Aix-Marseille-Provence", ""}};
  it.organisation_classes = {"communes"};
  it.public_service = true;
  it.populations = {
      {{}, Relation::User, {{}, on("2026-03")}, Extent::Unknown, {"Des usagers de la métropole.", ""}, ""}};
  it.exposed = categories({"email"});
  it.summary.fr = "Des adresses électroniques d'usagers ont été exposées.";
  it.links = {{"https://bonjourlafuite.eu.org/img/metropole-marseille-provence.png", LinkKind::Tracker, {}}};
  return it;
}

inline Incident free_2024() {
  Incident it = confirmed("free-2024-10", "Free et Free Mobile", "2024-10-26");
  const std::string press = "https://www.quechoisir.org/billet-de-la-presidente-donnees-personnelles-free-n173794/";
  it.organisations = {{"free", "", ""}};
  it.incident = {on("2024-09-28"), on("2024-10-22")};
  it.people = {{19'200'000, Qualifier::About, Trust::Press, {}, ""}};
  it.people_note.fr =
      "Plus de 24 millions de contrats, dont 5,1 millions d'IBAN ; 19,2 millions de clients selon la presse.";
  it.exposed = categories(
      {"name", "birth_date", "birth_place", "email", "phone", "postal_address", "customer_number", "iban", "contract"});
  it.not_exposed = categories({"password", "payment_card", "communications"});
  it.summary.fr = "Une intrusion par l'accès distant a touché plus de 24 millions de contrats.";
  it.links = {{press, LinkKind::Press, {}}};
  it.actions = {{on("2026-01-08"),
                 "CNIL",
                 {"sanction de Free Mobile (articles 32 et 34 du RGPD, durée de conservation)", ""},
                 27'000'000,
                 "SAN-2026-001",
                 press},
                {on("2026-01-08"), "CNIL", {"sanction de Free (articles 32 et 34 du RGPD)", ""}, 15'000'000, "", press},
                {on("2026-01"), "CNIL", {"mise en demeure (à vérifier)", ""}, {}, "", ""}};
  return it;
}

inline Incident mdph() {
  Incident it = confirmed("mdph-92-2026-03", "MDPH des Hauts-de-Seine", "2026-03-02");
  it.organisations = {{"", "MDPH des Hauts-de-Seine", ""}};
  it.organisation_classes = {"mdph"};
  it.people = {
      {500, Qualifier::AtLeast, Trust::Aggregator, on("2026-03-02"), "https://bonjourlafuite.eu.org/img/mdph-92.jpg"}};
  it.exposed = categories({"email", "health"});
  it.summary.fr = "Les adresses d'usagers étaient visibles dans un envoi groupé.";
  it.links = {{"https://bonjourlafuite.eu.org/img/mdph-92.jpg", LinkKind::Tracker, {}}};
  return it;
}

/// An invented person with one tie.
inline Profile person(std::string name, std::string id, Period period, bool ongoing) {
  Profile profile;
  profile.label = "exemple";
  profile.ties = {{{std::move(id), std::move(name), ""}, Relation::User, period, ongoing}};
  profile.identity = {"Camille Exemple", "12 rue de l'Exemple\n00000 Exempleville", "camille@exemple.invalid", ""};
  return profile;
}

inline Hit judged(const Incident& incident, Verdict verdict, ReasonCode reason) {
  return {incident.id, incident.revision(), verdict, {{reason, {}, "", ""}}, 0, {}};
}

/// The body was asked on the day of the complaint: without a notice or a sure tie the CNIL handles nothing else.
inline const Procedure& asked_that_day() {
  static const Procedure asked = {{{"acces", on("2026-11-24"), {}, "lettre recommandée", ""}}, {}, {}};
  return asked;
}

inline letters::Request request(const Incident& incident, const Profile& profile, const Hit* hit,
                                letters::Format format = letters::Format::Text) {
  letters::Request asked;
  asked.kind = "cnil";
  asked.format = format;
  asked.profile = &profile;
  asked.incident = &incident;
  asked.hit = hit;
  if (hit != nullptr && (hit->verdict == Verdict::Possible || hit->verdict == Verdict::Undetermined)) {
    asked.procedure = &asked_that_day();
  }
  asked.now = *parse_rfc3339("2026-11-24T08:00:00Z");
  return asked;
}

inline letters::Letter letter(const Incident& incident, const Profile& profile, Verdict verdict, ReasonCode reason,
                              letters::Format format = letters::Format::Text) {
  const Hit hit = judged(incident, verdict, reason);
  auto made = letters::render(request(incident, profile, &hit, format), vocabulary());
  if (!made) MESSAGE(made.error().what);
  REQUIRE(made.has_value());
  return *std::move(made);
}

/// The text with its line breaks and no-break spaces as single spaces: wrapping must not hide a sentence.
inline std::string unwrapped(std::string_view body) {
  std::string out;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const std::string_view rest = body.substr(i);
    const bool wide = rest.starts_with("\u00a0") || rest.starts_with("\u202f");
    if (wide) i += rest.starts_with("\u00a0") ? 1 : 2;
    const char c = wide || body[i] == '\n' ? ' ' : body[i];
    if (c != ' ' || out.empty() || out.back() != ' ') out += c;
  }
  return out;
}

inline bool says(const letters::Letter& made, std::string_view words) {
  return unwrapped(made.body).find(words) != std::string::npos;
}

inline bool warns(const letters::Letter& made, std::string_view words) {
  for (const std::string& warning : made.warnings) {
    if (unwrapped(warning).find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace letters_fixture
