// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include "tests/unit/extract/parse.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds::extract;

namespace {

/// The words marked, in runs separated by " | ".
std::string marked(std::string_view text, Language language = Language::French,
                   std::string_view published = "2025-06-10") {
  const test::ParsedText read(text, language, published);
  const auto& elsewhere = read.parsed.elsewhere;
  std::string out;
  for (std::uint32_t i = 0; i < elsewhere.size();) {
    if (!elsewhere[i]) {
      ++i;
      continue;
    }
    std::uint32_t end = i;
    while (end < elsewhere.size() && elsewhere[end]) ++end;
    if (!out.empty()) out += " | ";
    out += read.parsed.document.written(i, end);
    i = end;
  }
  return out;
}
std::string marked_en(std::string_view text) {
  return marked(text, Language::English);
}

}  // namespace

TEST_CASE("elsewhere: a clause about what the body suffered before ends at its comma") {
  CHECK(
      marked(
          "L'opérateur, qui avait déjà perdu les données de 43 millions de personnes l'année précédente, prévient.") ==
      "qui avait déjà perdu les données de 43 millions de personnes l'année précédente");
  CHECK(marked("Déjà victime d'un rançongiciel en 2021, la ville annonce le vol de 300 dossiers.") ==
        "Déjà victime d'un rançongiciel en 2021");
  CHECK(marked("C'est la deuxième fuite pour l'enseigne, après celle de 2023 qui touchait 2 millions de clients.") ==
        "après celle de 2023 qui touchait 2 millions de clients.");
}

TEST_CASE("elsewhere: other victims named before the main one") {
  CHECK(marked("Après LDLC et Sport 2000, la librairie annonce à son tour une fuite.") == "Après LDLC et Sport 2000");
  CHECK(marked("Un an après le piratage de Viamedis, la mutuelle perd 40 000 dossiers.") ==
        "Un an après le piratage de Viamedis");
  CHECK(marked(
            "Ces derniers mois, plusieurs enseignes (Boulanger, 27 millions de clients) ont été piratées. Ici, 300.") ==
        "Ces derniers mois, plusieurs enseignes (Boulanger, 27 millions de clients) ont été piratées.");
}

TEST_CASE("elsewhere: an incident said to have no link, in parentheses or after it") {
  CHECK(
      marked(
          "C'est arrivé le 2 octobre. (L'incident de mai 2024, qui avait touché 4 900 dirigeants, n'a aucun lien.)") ==
      "L'incident de mai 2024, qui avait touché 4 900 dirigeants, n'a aucun lien.");
  CHECK(marked("Cette fuite est sans lien avec celle de mai 2024.") ==
        "Cette fuite est sans lien avec celle de mai 2024.");
}

TEST_CASE("elsewhere: an earlier year and one more attack") {
  CHECK(marked("L'hôpital prévient. En 2022, une première attaque avait touché 4 000 agents.") ==
        "En 2022, une première attaque avait touché 4 000 agents.");
  CHECK(marked("La mairie, qui avait subi une autre attaque en 2021, prévient 3 000 agents.") ==
        "qui avait subi une autre attaque en 2021");
}

TEST_CASE("elsewhere: the main incident is never marked") {
  CHECK(marked("Après une cyberattaque survenue le 3 mars, l'hôpital prévient 300 patients.") == "");
  CHECK(marked("Pour rappel, l'intrusion avait été détectée le 3 mars 2025 et touche 300 agents.") == "");
  CHECK(marked("En 2019, un partenaire s'est fait voler une copie de la base.") == "");
  CHECK(marked("Ces dernières semaines, un tiers a consulté vos données.") == "");
  CHECK(marked("Nous avions déjà écrit le 12 mai à 400 clients.") == "");
  CHECK(marked("Trois mois après la cyberattaque, la ville reconnaît un vol de données.") == "");
  CHECK(marked_en("We had notified 400 customers on May 2.") == "");
  CHECK(marked_en("After a ransomware attack on 3 March, data of 300 patients was copied.") == "");
}

TEST_CASE("elsewhere: the same in English") {
  CHECK(marked_en("The council, already hit by ransomware in 2021, says 300 tenants are affected.") ==
        "already hit by ransomware in 2021");
  CHECK(marked_en("In an unrelated incident last year, 9,000 members lost their data. Here 300 did.") ==
        "In an unrelated incident last year, 9,000 members lost their data.");
  CHECK(marked_en("Two rivals hit earlier this year, Pemberly and Fosse, lost card data.") ==
        "Two rivals hit earlier this year, Pemberly and Fosse, lost card data.");
}
