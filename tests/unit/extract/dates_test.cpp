// SPDX-License-Identifier: AGPL-3.0-or-later
// When the data were got at, among all the dates of a text.
#include <doctest/doctest.h>

#include "parse.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds::extract;
using test::ParsedText;

namespace {

/// "from to", one date when they are the same, "" for none.
std::string dates(std::string_view published, std::string_view text, Language language = Language::French) {
  CAPTURE(text);
  const ParsedText read(text, language, published);
  const auto found = find_dates(read.parsed);
  if (!found) return {};
  return found->from == found->to ? to_string(found->from) : to_string(found->from) + " " + to_string(found->to);
}

std::string english(std::string_view published, std::string_view text) {
  return dates(published, text, Language::English);
}

}  // namespace

TEST_CASE("dates: a span, however it is written") {
  CHECK(dates("2025-03-20", "Du 3 au 5 mars, un intrus a pu lire les noms et adresses des clients de Sportalia.") ==
        "2025-03-03 2025-03-05");
  CHECK(dates("2025-03-20", "Un intrus a lu les noms des clients de Sportalia les 3, 4 et 5 mars.") ==
        "2025-03-03 2025-03-05");
  CHECK(dates("2025-03-20",
              "Dans la nuit du jeudi 6 au vendredi 7 mars, des inconnus ont dérobé les noms et les IBAN des clients de "
              "Sportalia.") == "2025-03-06 2025-03-07");
  CHECK(dates("2025-03-20",
              "Le week-end du 8 et 9 mars, des inconnus ont dérobé les noms et les IBAN des clients de Sportalia.") ==
        "2025-03-08 2025-03-09");
  CHECK(
      dates("2025-01-20", "Entre le 28 décembre et le 3 janvier, les noms des clients de Sportalia ont été copiés.") ==
      "2024-12-28 2025-01-03");
  CHECK(dates("2025-03-20",
              "De juin 2024 à janvier 2025, un agent de la mairie de Lonzac a consulté les noms et adresses de 300 "
              "administrés.") == "2024-06 2025-01");
  CHECK(dates("2025-03-20",
              "Depuis le 3 mars et jusqu'au 11 mars, les noms des clients de Sportalia étaient visibles en ligne.") ==
        "2025-03-03 2025-03-11");
  CHECK(dates("2025-03-20",
              "Sportalia : un pirate a siphonné noms et adresses de clients le lundi 3 et le mardi 4 mars.") ==
        "2025-03-03 2025-03-04");
  CHECK(dates("2025-03-20", "Noms et adresses des clients de Sportalia volés (3-7 mars).") == "2025-03-03 2025-03-07");
  CHECK(dates("2025-03-20",
              "Du vendredi 28 février 22 heures au dimanche 2 mars 6 heures, les noms des clients de Sportalia ont été "
              "dérobés.") == "2025-02-28 2025-03-02");
  CHECK(dates("2025-03-20",
              "Entre le 12 janvier, date d'une mise à jour ratée, et le 3 mars, les noms des clients de Sportalia "
              "étaient consultables par tous.") == "2025-01-12 2025-03-03");
  CHECK(dates("2025-03-20",
              "Le fichier des clients de Sportalia est resté en ligne du 3 mars au matin au 12 mars au soir : noms, "
              "adresses.") == "2025-03-03 2025-03-12");
  CHECK(dates("2025-12-20",
              "L'été dernier, en juillet et en août, un stagiaire a photographié les noms et adresses des clients de "
              "Sportalia.") == "2025-07 2025-08");
  CHECK(
      english(
          "2025-03-20",
          "Between March 3 and March 5, 2025, an intruder copied names and addresses of Northgate Clinics patients.") ==
      "2025-03-03 2025-03-05");
  CHECK(english("2025-03-20",
                "An unauthorised person had access from 3 to 5 March 2025 to names and addresses held by Northgate "
                "Clinics.") == "2025-03-03 2025-03-05");
  CHECK(english("2025-03-20",
                "From March 3 through 5, 2025, an intruder copied the names of Northgate Clinics patients.") ==
        "2025-03-03 2025-03-05");
  CHECK(english("2025-04-20",
                "Overnight on 28-29 March, thieves stole the names and addresses of Northgate Clinics patients.") ==
        "2025-03-28 2025-03-29");
  CHECK(english("2025-04-20",
                "Investigators determined on April 11 that an unauthorized actor acquired names between 3/4/2025 and "
                "3/9/2025. Northgate Clinics began mailing letters on April 15, 2025.") == "2025-03-04 2025-03-09");
  CHECK(english("2025-04-20",
                "From January to March 2025, names of Northgate Clinics patients were visible on a public page.") ==
        "2025-01 2025-03");
}

TEST_CASE("dates: a day, a month or a year, as precise as the text") {
  CHECK(
      dates("2025-03-20", "Le 1er mars 2025, une clé USB contenant les noms des clients de Sportalia a été perdue.") ==
      "2025-03-01");
  CHECK(dates("2025-03-20", "Le 03/03/2025, les noms des clients de Sportalia ont été dérobés.") == "2025-03-03");
  CHECK(dates("2025-03-20", "Le 03.03.2025, les noms des clients de Sportalia ont été dérobés.") == "2025-03-03");
  CHECK(dates("2025-03-20", "Courant février, un salarié a copié les noms et adresses des clients de Sportalia.") ==
        "2025-02");
  CHECK(dates("2025-03-20", "Mi-février, un salarié de Sportalia a emporté les noms et adresses des clients.") ==
        "2025-02");
  CHECK(dates("2025-03-20", "Fin décembre, un salarié a copié les noms et adresses des clients de Sportalia.") ==
        "2024-12");
  CHECK(dates("2025-03-20", "En 2024, un ancien salarié a emporté les noms et adresses des clients de Sportalia.") ==
        "2024");
  CHECK(dates("2025-03-20",
              "Au début du mois de mars, les noms et adresses des clients de Sportalia ont été dérobés.") == "2025-03");
  CHECK(dates("", "Le 14 novembre, les noms et adresses des clients de Sportalia ont été dérobés.") == "--11-14");
  CHECK(english("2025-03-20",
                "In early February, an employee of Northgate Clinics copied names and addresses of patients. We filed "
                "a complaint on March 4.") == "2025-02");
  CHECK(english("2025-04-20",
                "In late November 2024, names and addresses of Northgate Clinics patients were stolen.") == "2024-11");
  CHECK(english("2025-04-20", "In 2024 a former employee of Northgate Clinics took names and addresses of patients.") ==
        "2024");
}

TEST_CASE("dates: the access, not the complaint, the notice, the sale or the correction") {
  CHECK(dates("2025-03-20", "Sportalia annonce le 10 mars que les noms de ses clients ont été dérobés le 3 mars.") ==
        "2025-03-03");
  CHECK(dates("2025-03-20",
              "Le 12 mars, Sportalia a porté plainte. Les noms de ses clients avaient été copiés le 3 mars.") ==
        "2025-03-03");
  CHECK(dates("2025-03-20",
              "Sportalia s'est aperçue le 3 mars que les noms et adresses de ses clients avaient été volés. La CNIL a "
              "été saisie le 5 mars.") == "2025-03-03");
  CHECK(dates("2025-03-20",
              "Sportalia : les fichiers mis en vente le 15 mars sur un forum ont été volés le 3 mars, noms et adresses "
              "compris.") == "2025-03-03");
  CHECK(
      dates(
          "2025-03-20",
          "Le vol des noms et adresses de clients de Sportalia, révélé le 14 mars par Le Parisien, date du 3 mars.") ==
      "2025-03-03");
  CHECK(dates("2025-03-20",
              "C'est en février que les noms et adresses des clients de Sportalia ont été copiés. Une plainte a été "
              "déposée le 2 mars.") == "2025-02");
  CHECK(dates("2025-03-20",
              "Date des faits : 3 mars 2025. Date de la notification : 6 mars 2025. Noms et adresses des clients de "
              "Sportalia copiés.") == "2025-03-03");
  CHECK(dates("2025-03-20",
              "Paris, le 18 mars 2025\nMadame, Monsieur,\nLes noms et adresses des clients de Sportalia ont été copiés "
              "le 3 mars.") == "2025-03-03");
  CHECK(english("2025-03-20",
                "On March 10, Northgate Clinics notified patients that their names were stolen on March 3.") ==
        "2025-03-03");
  CHECK(english("2025-03-20",
                "Northgate Clinics emailed a list of patients' names to the wrong person on 3 March. It reported the "
                "mistake to the ICO on 5 March.") == "2025-03-03");
  CHECK(english(
            "2025-04-20",
            "Northgate Clinics closed the gap on 2 April; names and addresses of patients were scraped on 28 March.") ==
        "2025-03-28");
}

TEST_CASE("dates: the access, not its detection, which stands when it is alone") {
  CHECK(dates("2025-03-20",
              "Détectée le 3 mars, l'intrusion remonte au 25 février : noms et adresses des clients de Sportalia ont "
              "été copiés.") == "2025-02-25");
  CHECK(dates("2025-03-20",
              "Alertée le 10 mars par un client, Sportalia a établi que son site avait laissé voir le 3 mars les noms "
              "et adresses d'autres clients.") == "2025-03-03");
  CHECK(dates("2025-03-20",
              "Sportalia s'est aperçue le 3 mars que les noms et adresses de ses clients avaient été volés. La CNIL a "
              "été saisie le 5 mars.") == "2025-03-03");
  CHECK(dates("2025-03-20",
              "Prévenue le 10 mars par son hébergeur, Sportalia annonce le vol des noms et adresses de ses clients.") ==
        "2025-03-10");
  CHECK(
      dates("2025-03-20",
            "Sportalia a découvert lundi 10 mars que les noms et adresses de ses clients circulaient sur un forum.") ==
      "2025-03-10");
  CHECK(
      english("2025-03-20",
              "On March 10, 2025, Northgate Clinics discovered that patients' names and addresses had been stolen.") ==
      "2025-03-10");
  CHECK(english("2025-04-20",
                "On March 4, 2025 (discovered on April 2, 2025), names of Northgate Clinics patients were taken.") ==
        "2025-03-04");
  CHECK(english("2025-04-20",
                "Investigators determined on April 11 that an unauthorized actor acquired names between 3/4/2025 and "
                "3/9/2025. Northgate Clinics began mailing letters on April 15, 2025.") == "2025-03-04 2025-03-09");
  CHECK(english("2025-04-20",
                "What happened? On March 28 an attacker copied names of Northgate Clinics patients. When did we learn "
                "of it? On April 2.") == "2025-03-28");
  CHECK(dates("2025-03-20",
              "Que s'est-il passé ? Le 3 mars, un attaquant a copié les noms des clients de Sportalia. Quand "
              "l'avons-nous appris ? Le 7 mars.") == "2025-03-03");
  CHECK(dates("2025-03-20",
              "- Date de l'attaque : 3 mars\n- Date de découverte : 7 mars\n- Données : noms, adresses des clients de "
              "Sportalia volés") == "2025-03-03");
}

TEST_CASE("dates: the days that the data are about are not the incident's") {
  CHECK(dates("2025-03-20",
              "Les clients ayant commandé entre le 1er janvier et le 15 février sont concernés : leurs noms et "
              "adresses ont été volés le 3 mars chez Sportalia.") == "2025-03-03");
  CHECK(dates("2025-03-20",
              "Sportalia vous informe d'un incident survenu le 3 mars. Les noms et adresses des personnes inscrites "
              "depuis le 5 janvier 2020 ont été copiés.") == "2025-03-03");
}

TEST_CASE("dates: what was left open ends when it is closed") {
  CHECK(dates("2025-03-20",
              "Le défaut, introduit le 12 janvier et corrigé le 3 mars, laissait voir les noms des clients de "
              "Sportalia.") == "2025-01-12 2025-03-03");
  CHECK(dates("2025-03-20",
              "Le fichier, déposé par erreur le 3 mars, a été retiré le 12 mars : il contenait les noms des clients de "
              "Sportalia.") == "2025-03-03 2025-03-12");
  CHECK(dates("2025-03-20",
              "Depuis le 3 mars et jusqu'au 11 mars, les noms des clients de Sportalia étaient visibles en ligne.") ==
        "2025-03-03 2025-03-11");
}

TEST_CASE("dates: yesterday, last Tuesday and the date of a statement are none") {
  CHECK(dates("2025-03-20",
              "Sportalia annonce ce 20 mars que les noms de ses clients ont été dérobés mardi dernier.") == "");
  CHECK(dates("2025-03-20",
              "Les noms des clients de Sportalia ont été dérobés hier, a-t-elle annoncé dans un communiqué daté du 19 "
              "mars.") == "");
  CHECK(
      english("2025-04-20",
              "Names of Northgate Clinics patients were stolen last Tuesday, according to a statement of 18 April.") ==
      "");
}

TEST_CASE("dates: what was sent, lost or left behind is dated too") {
  CHECK(dates("2025-03-20",
              "Un courriel contenant les noms et adresses de 300 clients est parti le 3 mars au mauvais destinataire, "
              "regrette Sportalia.") == "2025-03-03");
  CHECK(
      dates("2025-03-20",
            "Un ordinateur contenant les noms et adresses de 300 patients a disparu le 3 mars du cabinet Vertelle.") ==
      "2025-03-03");
  CHECK(dates("2025-03-20",
              "La campagne du 3 mars, envoyée en copie visible, a révélé les e-mails de 300 donateurs de l'association "
              "Mille Pas.") == "2025-03-03");
  CHECK(english("2025-03-20",
                "Northgate Clinics emailed a list of patients' names to the wrong person on 3 March. It reported the "
                "mistake to the ICO on 5 March.") == "2025-03-03");
}

TEST_CASE("dates: days in words, and a day of the week for the month before it") {
  CHECK(dates("2025-04-03", "Les pirates étaient entrés dans la nuit du quatorze au quinze février.") ==
        "2025-02-14 2025-02-15");
  CHECK(
      dates("2024-10-30", "Le lien envoyé lundi 14 octobre ouvrait le tableau. Le lien a été désactivé mercredi 16.") ==
      "2024-10-14 2024-10-16");
}

TEST_CASE("dates: what a thief put on show, what was asked and whom it concerns are other dates") {
  CHECK(english("2025-09-12",
                "The gang added Teal Ferries to its leak site on 1 September. Names were taken on 24 August.") ==
        "2025-08-24");
  CHECK(dates("2025-07-15", "« Rien à signaler », écrivait le 2 juillet l'éditeur. La base a été copiée le 23 juin.") ==
        "2025-06-23");
  CHECK(dates("2024-09-04", "Si vous avez emprunté un livre depuis 2020, votre nom a été volé.").empty());
}
