// SPDX-License-Identifier: AGPL-3.0-or-later
// What is said of data: each hard form of saying no, of saying nothing, and how far it reaches.
#include <doctest/doctest.h>

#include "tests/unit/extract/says.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds::extract;
using vigifuite::test::read;
using vigifuite::test::Said;
using vigifuite::test::says;

TEST_CASE("scope: a negated passive speaks of its whole subject") {
  says("Les noms ont été volés. Les mots de passe, les IBAN et les adresses e-mail n'ont pas été compromis.", "name",
       "email iban password");
  says("Les noms ont été volés ; les RIB, conservés à la trésorerie, ne sont pas concernés.", "name", "iban");
  says("Vos mots de passe ne figurent pas dans le fichier, qui contient vos noms.", "name", "password");
  says("Vos noms ont fuité, et les cartes bancaires n'en font finalement pas partie.", "name", "payment_card");
  says("Les noms ont été copiés. Les IBAN n'ont pas été exportés.", "name", "iban");
  says("Names were taken. Passwords and email addresses weren't accessed.", "name", "email password",
       Language::English);
}

TEST_CASE("scope: a negated active verb speaks of its objects") {
  says("Le fichier contient les noms. Il ne contient pas les mots de passe ni les IBAN.", "name", "iban password");
  says("Le pirate a lu les noms mais n'a pas eu accès aux mots de passe.", "name", "password");
  says("L'intrus a vu les noms. Il n'a en revanche pas eu accès aux IBAN.", "name", "iban");
  says("Vos noms ont fuité. Nous ne conservons pas votre mot de passe.", "name", "password");
  says("Names were stolen. The file did not include passwords.", "name", "password", Language::English);
}

TEST_CASE("scope: ni… ni, aucun, sans, hors, sauf, à l'exception de") {
  says("Noms volés. Ni les mots de passe ni les IBAN n'ont été atteints.", "name", "iban password");
  says("Noms et adresses e-mail ont été volés, sans mot de passe ni IBAN.", "email name", "iban password");
  says("Les noms ont été volés. Aucun mot de passe ni IBAN n'était présent.", "name", "iban password");
  says("Les noms ont été volés. Ne sont concernés ni votre mot de passe, ni votre IBAN.", "name", "iban password");
  says("Le fichier comprend les noms, hors IBAN.", "name", "iban");
  says("Toutes les données ont été copiées : noms, adresses e-mail, à l'exception des mots de passe.", "email name",
       "password");
  says("Noms et e-mails (mais pas les mots de passe) ont fuité.", "email name", "password");
  says("Names and emails were stolen, but no passwords or IBANs.", "email name", "iban password", Language::English);
  says("Names were taken. Neither passwords nor email addresses were involved.", "name", "email password",
       Language::English);
}

TEST_CASE("scope: safe without a negation") {
  says("Les noms ont été volés. Les mots de passe échappent à la fuite.", "name", "password");
  says("Les noms ont été volés, les IBAN restent à l'abri.", "name", "iban");
  says("Les noms ont été volés. Le maire exclut que les mots de passe aient été compromis.", "name", "password");
  says("Les noms ont été volés. La fuite de mots de passe est aujourd'hui exclue.", "name", "password");
  says("Les noms ont été volés. Les IBAN ont été épargnés.", "name", "iban");
  says("Names were stolen. Passwords are stored separately and are safe.", "name", "password", Language::English);
  says("Names were stolen. We found no evidence that passwords or IBANs were taken.", "name", "iban password",
       Language::English);
}

TEST_CASE("scope: the negation ends where another statement begins") {
  says("Aucun mot de passe n'a été volé, mais les noms et les IBAN l'ont été.", "iban name", "password");
  says("Les mots de passe ne sont pas concernés ; les noms et les IBAN ont été copiés.", "iban name", "password");
  says("Le fichier contient les noms et les IBAN, les mots de passe n'étant pas concernés.", "iban name", "password");
  says("Hors mots de passe, les noms et les IBAN ont été copiés.", "iban name", "password");
}

TEST_CASE("scope: what looks like a negation and is none") {
  says("Le pirate n'a volé que les noms.", "name", "");
  says("Le pirate a volé non seulement les noms mais aussi les IBAN.", "iban name", "");
  says("Les noms ont été volés sans délai par une personne non autorisée.", "name", "");
  says("Les noms ont été volés. Nous n'avons pas connaissance d'une diffusion de vos IBAN.", "name", "");
  says("Il n'est pas exclu que les mots de passe aient été volés avec les noms.", "name password", "");
}

TEST_CASE("scope: headings, cells and answers give their word to what they head") {
  says("Données concernées :\n- nom\n- adresse e-mail\nDonnées non concernées :\n- mot de passe\n- IBAN", "email name",
       "iban password");
  says("Ce qui a été copié : noms\nCe qui ne l'a pas été : IBAN, mots de passe", "name", "iban password");
  says("Mes noms et prénoms ? Oui. Mes coordonnées bancaires ? Non.", "name", "iban");
  says("Vos noms ont été volés. Les mots de passe, non. Les IBAN non plus.", "name", "iban password");
  says("OUI, vos noms ont été exposés. NON, votre mot de passe n'est pas en danger.", "name", "password");
  says("✓ Récupéré : nom\n✗ Pas récupéré : IBAN, mot de passe", "name", "iban password");
  says("Nom ........ OUI\nIBAN ....... NON", "name", "iban");
  const Said table = read(
      "<p>Fuite de données.</p><table><tr><th>Donnée</th><th>Concernée ?</th></tr><tr><td>Nom</td><td>Oui</td></tr>"
      "<tr><td>Mot de passe</td><td>Non</td></tr></table>",
      Language::French, true);
  CHECK(table.exposed == "name");
  CHECK(table.safe == "password");
}

TEST_CASE("scope: advice, risks, measures and ways in are neither exposed nor safe") {
  says("Les noms ont été volés. Changez votre mot de passe.", "name", "");
  says("Les noms ont été volés. Ne communiquez jamais votre mot de passe ni votre IBAN.", "name", "");
  says("Les noms ont été volés. Nous ne vous demanderons jamais votre mot de passe.", "name", "");
  says("Les noms ont été volés. Si votre IBAN figure parmi les données volées, prévenez votre banque.", "name", "");
  says("Les noms ont été volés. Les mots de passe ont été réinitialisés.", "name", "");
  says("Names were stolen. Please change your password.", "name", "", Language::English);
}

TEST_CASE("scope: a correction in the text overturns what it said") {
  says("Nous vous disions que les IBAN échappaient à la fuite. Cela s'est révélé inexact. Les noms ont été volés.",
       "iban name", "");
  says("Earlier reports suggested that passwords had leaked; they had not. Names were taken.", "name", "password",
       Language::English);
}

TEST_CASE("scope: conditional words expose as plain ones do") {
  says("Vos noms sont susceptibles d'avoir été consultés.", "name", "");
  says("Les IBAN auraient été volés.", "iban", "");
}

TEST_CASE("scope: no category is both exposed and safe, and evidence lies within the text") {
  for (const char* text :
       {"Les mots de passe ont été volés. Les mots de passe n'ont pas été volés.",
        "Les échanges avec l'assistance ont été volés, les messages privés ne sont pas concernés."}) {
    const Reading reading = read_announcement({text, false, Language::French, {}}, Vocabulary::shipped());
    for (const CategoryFact& exposed : reading.exposed) {
      CHECK(exposed.evidence.begin < exposed.evidence.end);
      CHECK(exposed.evidence.end <= reading.text.size());
      for (const CategoryFact& safe : reading.not_exposed) CHECK(exposed.category != safe.category);
    }
  }
}
