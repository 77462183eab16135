// SPDX-License-Identifier: AGPL-3.0-or-later
// Which texts are about a leak of personal data, and which only share its words.
#include <doctest/doctest.h>

#include "feeds/extract/announcement.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds::extract;

namespace {

bool leak(std::string_view text, Language language = Language::French) {
  CAPTURE(text);
  return read_announcement({text, false, language, {}}, Vocabulary::shipped()).is_disclosure;
}

}  // namespace

TEST_CASE("disclosure: an attack, a mistake, a lost device, an insider and a claim all are") {
  CHECK(leak("Des pirates ont dérobé les noms et adresses e-mail de 12 000 clients."));
  CHECK(leak("Un fichier contenant vos noms et vos IBAN a été envoyé par erreur à un autre client."));
  CHECK(leak("L'ordinateur volé contenait les noms et numéros de sécurité sociale des patients."));
  CHECK(leak("Un agent a consulté sans raison les dossiers médicaux de 300 patients."));
  CHECK(leak("Un pirate affirme avoir volé les noms et mots de passe de 200 000 abonnés."));
  CHECK(leak("The files contained names and dates of birth, which were accessed.", Language::English));
}

TEST_CASE("disclosure: an outage is not, even when it lists services and reassures about data") {
  CHECK_FALSE(
      leak("Le site est indisponible depuis une attaque par déni de service. Aucune donnée n'a été compromise."));
  CHECK_FALSE(leak("Our status page was unreachable. This was an outage and no customer data was accessed.",
                   Language::English));
}

TEST_CASE("disclosure: ransomware without a known theft, and a blocked attempt, are not") {
  CHECK_FALSE(
      leak("La commune subit une cyberattaque par rançongiciel. Rien ne permet d'affirmer que des données ont été "
           "dérobées."));
  CHECK_FALSE(leak("L'attaque a été bloquée avant toute exfiltration de données."));
}

TEST_CASE("disclosure: a denial that stands is not, one that is overturned is") {
  CHECK_FALSE(
      leak("La mutuelle dément toute fuite : le fichier mis en vente, avec noms et IBAN, est un faux. Aucune donnée "
           "n'est sortie."));
  CHECK(leak(
      "Après avoir démenti, l'opérateur reconnaît désormais que les noms et IBAN de 40 000 abonnés ont été volés."));
}

TEST_CASE("disclosure: a drill, advice, a warning against phishing, statistics are not") {
  CHECK_FALSE(
      leak("Vous avez reçu un message annonçant que vos nom et mot de passe avaient été dérobés. Il s'agissait d'un "
           "exercice interne de gestion de crise. Aucune donnée n'a été compromise."));
  CHECK_FALSE(
      leak("Que faire si vos données ont fuité ?\n1. Changez le mot de passe.\n2. Si votre RIB figure parmi les "
           "données volées, prévenez votre banque."));
  CHECK_FALSE(
      leak("De faux courriels imitent votre banque et vous demandent votre numéro de carte. Méfiez-vous de cet "
           "hameçonnage."));
  CHECK_FALSE(leak("Selon le rapport annuel de la CNIL, les violations notifiées ont progressé de 20 % en un an."));
}

TEST_CASE("disclosure: when a text is not one, it states nothing") {
  const Reading reading = read_announcement(
      {"Que faire ? Changez votre mot de passe et votre IBAN.", false, Language::French, {}}, Vocabulary::shipped());
  CHECK_FALSE(reading.is_disclosure);
  CHECK(reading.exposed.empty());
  CHECK(reading.not_exposed.empty());
  CHECK(reading.organisations.empty());
  CHECK_FALSE(reading.people.has_value());
  CHECK_FALSE(reading.dates.has_value());
}
