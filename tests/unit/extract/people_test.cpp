// SPDX-License-Identifier: AGPL-3.0-or-later
// How many persons, among all the numbers of a text.
#include <doctest/doctest.h>

#include "parse.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds::extract;
using test::ParsedText;

namespace {

/// The number of persons hit, 0 for none.
std::int64_t people(std::string_view text, Language language = Language::French) {
  CAPTURE(text);
  const ParsedText read(text, language);
  const auto found = count_people(read.parsed);
  return found ? found->count : 0;
}

std::int64_t english(std::string_view text) {
  return people(text, Language::English);
}

}  // namespace

TEST_CASE("people: digits, letters and words give numbers") {
  CHECK(people("Les noms de 12 400 clients de Sportalia ont été dérobés.") == 12'400);
  CHECK(people("Une fuite touche 33M d'assurés de la mutuelle Vialis : noms et NIR volés.") == 33'000'000);
  CHECK(people("Les noms et adresses d'1,6 million de clients de Sportalia ont été volés.") == 1'600'000);
  CHECK(people("Fuite chez Sportalia : 12 k comptes clients piratés, noms et adresses volés.") == 12'000);
  CHECK(people("Les noms de trois cents patients du cabinet Vertelle ont été volés.") == 300);
  CHECK(people("Les noms et adresses de deux mille cinq cents patients ont été volés au cabinet Vertelle.") == 2'500);
  CHECK(people("Les noms de quelque cent cinquante mille assurés de la mutuelle Vialis ont été volés.") == 150'000);
  CHECK(people("Un demi-million de clients de Sportalia ont vu leurs noms et adresses volés.") == 500'000);
  CHECK(people("Une centaine de milliers de clients de Sportalia ont vu leurs noms volés.") == 100'000);
  CHECK(people("Quatre-vingts familles ont vu leurs noms et revenus affichés par la crèche Montclar.") == 80);
  CHECK(people("Quatre-vingt-quinze détenus ont vu leurs noms et dossiers affichés par la prison de Vertelle.") == 95);
  CHECK(english("Names of 1.2 million customers were stolen from Northgate.") == 1'200'000);
  CHECK(english("Hackers took names and addresses of 2.3m customers of Northgate.") == 2'300'000);
  CHECK(english("Names of three hundred and fifty patients of Northgate were stolen.") == 350);
  CHECK(english("Names of two dozen patients of Northgate were sent to the wrong person.") == 24);
}

TEST_CASE("people: those whose data are named are counted, whatever the noun") {
  CHECK(
      people("Les récépissés de 64 étrangers, avec noms et photos, ont été affichés par la préfecture de Vertelle.") ==
      64);
  CHECK(people("Vol de données à la mairie de Lonzac : 412 probationnaires ont vu leurs noms volés.") == 412);
  CHECK(people("Les noms et opinions de 1 944 enquêtés ont été publiés par l'université de Brévannes.") == 1'944);
  CHECK(people("La liste des 15 200 encartés du parti Avenir Clair, avec leurs noms, a été volée.") == 15'200);
  CHECK(people("Les noms et photos de 4 350 dockers ont été volés au port de Brévannes.") == 4'350);
  CHECK(people("Le cabinet Vertelle a perdu les dossiers de 120 nouveau-nés : noms et groupes sanguins.") == 120);
  CHECK(people("La crèche Montclar a perdu les fiches de 1 100 tout-petits : noms et allergies.") == 1'100);
  CHECK(people("31.000 Lillois ont vu leurs noms et adresses volés à la métropole de Lille.") == 31'000);
  CHECK(people("Noms et adresses de 73 000 destinataires de colis exposés par Distri'Flash.") == 73'000);
  CHECK(english("Names and grades of some 1,500 undergraduates of Ravenscourt College were exposed.") == 1'500);
  CHECK(english("Names of 4,200 ratepayers were exposed by Ashby County Council.") == 4'200);
  CHECK(english("The names of 12,400 Northgate Clinics patients were stolen.") == 12'400);
}

TEST_CASE("people: lines, inhabitants, numbers of accounts and ranges are not") {
  CHECK(people("Entre 8 000 et 12 000 clients de Sportalia ont vu leurs noms et adresses volés.") == 0);
  CHECK(people("Plusieurs milliers de clients de Sportalia ont vu leurs noms et adresses volés.") == 0);
  CHECK(people("300 000 lignes contenant noms et adresses ont été volées à Sportalia.") == 0);
  CHECK(
      people("La commune de Lonzac (8 200 habitants) s'est fait voler un fichier de noms et adresses d'administrés.") ==
      0);
  CHECK(people("Un pirate vend 40 000 IBAN et noms volés à Nordicel pour 2 000 euros.") == 0);
  CHECK(english("Between 5,000 and 7,000 customers of Northgate had names stolen.") == 0);
  CHECK(english("Thousands of customers of Northgate had names stolen.") == 0);
  CHECK(english("A file of 300,000 records with names was stolen from Northgate.") == 0);
}

TEST_CASE("people: those a body serves, employs or wrote to are not those hit") {
  CHECK(people("L'association Mille Pas, qui suit 2 300 personnes, a révélé les e-mails de 173 d'entre elles.") == 173);
  CHECK(people(
            "La banque Pécule, qui compte un million de clients, a écrit à 52 600 d'entre eux : noms et IBAN volés.") ==
        52'600);
  CHECK(people("La mairie de Lonzac a envoyé par erreur à 4 100 habitants un tableau listant les noms de 286 "
               "locataires en impayé.") == 286);
  CHECK(people("Le courriel, adressé à 4 100 abonnés, contenait les noms et adresses de 286 locataires de l'OPH de "
               "Lonzac.") == 286);
  CHECK(people("Noms et NIR volés à la CAF : 5 100 allocataires reçoivent un courrier, les 60 000 autres ne sont pas "
               "concernés.") == 5'100);
  CHECK(people("Sportalia : noms et adresses de 45 000 acheteurs volés ; 800 magasins et 3 000 salariés ne sont pas "
               "touchés.") == 45'000);
  CHECK(
      people("Les noms de 12 000 jeunes ont été volés à la mission locale de Vertelle, qui emploie 40 conseillers.") ==
      12'000);
  CHECK(english("You are one of 88,500 travellers affected (the programme has 6.4 million members). Names were viewed "
                "at Skylark Air.") == 88'500);
  CHECK(english("Northgate, which serves 900,000 households, said names of 40,000 customers were stolen.") == 40'000);
  CHECK(english("Thornbridge Homes sends its newsletter to 4,100 residents; it listed the names and arrears of 286 "
                "tenants by mistake.") == 286);
}

TEST_CASE("people: a part is not the whole, nor the whole the part") {
  CHECK(people("Personnes concernées : 167 travailleurs, dont 41 encadrants. Noms et NIR volés à l'ESAT du Lys.") ==
        167);
  CHECK(people("Noms et NIR volés à Vialis : 4 000 assurés, parmi lesquels 2 000 retraités.") == 4'000);
  CHECK(people("Noms volés à Vialis : 4 000 assurés. Pour 300 d'entre eux, l'IBAN est aussi concerné.") == 4'000);
  CHECK(people("Noms volés à Vialis : 4 000 assurés touchés ; les IBAN de 300 personnes le sont aussi.") == 4'000);
  CHECK(people("Sur ses 900 000 adhérents, 40 000 ont vu leurs noms et IBAN volés, indique la mutuelle Vialis.") ==
        40'000);
  CHECK(people("600 des 21 000 étudiants de l'université de Brévannes ont vu leurs noms et notes volés.") == 600);
  CHECK(people("Sur 21 000 étudiants, 600 sont concernés par le vol des noms et notes à l'université de Brévannes.") ==
        600);
  CHECK(people("1 830 élèves du lycée Montclar, soit 61 classes, ont vu leurs noms et notes volés.") == 1'830);
  CHECK(english("Names of 40,000 of Northgate's 900,000 customers were stolen.") == 40'000);
  CHECK(english("In total, 7,350 individuals had names stolen at Northgate, of whom 1,200 are employees.") == 7'350);
  CHECK(english("The files belong to 61,204 members, including 118 Maine residents, and contain names stolen from "
                "Northgate.") == 61'204);
}

TEST_CASE("people: groups that have nobody in common are added") {
  CHECK(people("Noms et NIR volés. À Lormeau, 18 700 patients sont touchés ; à Saint-Vaast, 6 450.") == 25'150);
  CHECK(people("Noms et NIR volés chez Vialis : 18 700 patients et 6 450 soignants sont touchés.") == 25'150);
  CHECK(people("Personnes : 167 travailleurs + 41 encadrants. Noms et NIR volés à l'ESAT du Lys.") == 208);
  CHECK(people("Noms volés à Vialis : 4 000 assurés, auxquels s'ajoutent 2 000 ayants droit.") == 6'000);
  CHECK(people("Les noms de 1 830 élèves du lycée Montclar ont été volés. Les noms et salaires de 212 enseignants "
               "l'ont été également.") == 2'042);
  CHECK(english("An attacker copied names of 1,830 pupils of Ravenscourt College. The names and salaries of 212 "
                "employees were also copied.") == 2'042);
  CHECK(english("An attacker copied names of 1,830 pupils and 212 employees of Ravenscourt College.") == 2'042);
}

TEST_CASE("people: the figure of the body wins over the thief's, which stands when it is alone") {
  CHECK(people("« 8 millions de clients », fanfaronne un vendeur. Sportalia dément ce chiffre : 214 000 clients ont vu "
               "leurs noms volés.") == 214'000);
  CHECK(people("« 8 millions de clients », se vante un pirate ; l'enseigne Sportalia en compte 214 000, dont les noms "
               "et adresses ont été volés.") == 214'000);
  CHECK(people("Un pirate affirme avoir volé les noms et mots de passe de 200 000 abonnés de Nordicel.") == 200'000);
  CHECK(english("The hackers claim 2 million victims; Northgate says names of 15,000 customers were stolen.") ==
        15'000);
  CHECK(english("A hacker claims to hold names of 2 million customers of Northgate.") == 2'000'000);
}

TEST_CASE("people: a figure corrected replaces the one before") {
  CHECK(people("Nouveau bilan : le nombre de clients de Sportalia touchés passe de 23 000 à 26 480, noms et adresses "
               "volés.") == 26'480);
  CHECK(people("Ce ne sont pas 15 000 mais 9 000 clients de Sportalia dont les noms et adresses ont été volés.") ==
        9'000);
  CHECK(people("Sportalia corrige : 9 000 clients, et non 15 000, ont vu leurs noms et adresses volés.") == 9'000);
  CHECK(english("Northgate said 15,000 customers, not 50,000 as first reported, had names stolen.") == 15'000);
}

TEST_CASE("people: at least, about, no fewer than say nothing against the number") {
  CHECK(people("Les noms et IBAN de pas moins de 740 foyers ont été copiés à la mairie de Lonzac.") == 740);
  CHECK(people("Près de 1 500 foyers sont concernés par le vol des noms et adresses à la mairie de Lonzac.") == 1'500);
  CHECK(people("Les noms et adresses de plus de 5 600 motards ont été volés à la fédération des motards.") == 5'600);
  CHECK(people("Environ 2000 personnes sont concernées par le vol des noms et adresses à Sportalia en 2024.") == 2'000);
  CHECK(english("Names and grades of some 1,500 undergraduates of Ravenscourt College were exposed.") == 1'500);
}

TEST_CASE("people: who answers a label, a question or a rumour says it best") {
  CHECK(people("Dossiers ouverts : 3 912 ; sociétaires concernés : 3 406. Noms et IBAN volés.") == 3'406);
  CHECK(people("Le hacker parle de 2 millions de victimes, la plateforme Parlomi répond 340 000.") == 340'000);
  CHECK(people("La presse avait parlé de 14 000 soignants ; l'Ordre en dénombre 3 377.") == 3'377);
  CHECK(people("« Moins de 500 personnes », disait-on lundi. « Près de 5 000 », rectifie le directeur.") == 5'000);
  CHECK(people("Vos noms et adresses ont été lus. Vous êtes 214 dans ce cas.") == 214);
  CHECK(people("Des fiches de collaborateurs, au nombre de 950, ont été copiées.") == 950);
}

TEST_CASE("people: those of the rest of the body, or of the rest of the world, are not those hit") {
  CHECK(people("Les noms de 268 familles ont été copiés. Le lycée Montclar compte 540 élèves.") == 268);
  CHECK(people("Les noms de 890 aides ont été lus. Du côté des 5 000 employeurs, rien n'a filtré.") == 890);
  CHECK(people("Le tableau a été adressé par erreur à l'ensemble des managers, soit 74 personnes. Il nommait 1 204 "
               "salariés.") == 1'204);
  CHECK(english("One file named 23,608 retirees. The vendor says 60 million people are affected worldwide.") == 23'608);
  CHECK(english("44,871 members, 12 of them in Maine, had names stolen.") == 44'871);
}

TEST_CASE("people: as many persons as files, and the persons whose mail it was") {
  CHECK(people("3 502 fiches ont été parcourues, soit autant de personnes.") == 3'502);
  CHECK(english("The wrong statement was attached to 1,204 members' emails.") == 1'204);
  CHECK(people("Aux 1 150 élèves actuels s'ajoutent 6 400 anciens, dont les noms ont été volés.") == 7'550);
}

TEST_CASE("people: a thief's figure is marked as a claim, and is no sure one") {
  const ParsedText read("Un pirate affirme avoir volé les noms de 200 000 abonnés de Nordicel.");
  const auto found = count_people(read.parsed);
  REQUIRE(found.has_value());
  CHECK(found->claimed);
  CHECK(found->confidence <= 0.5F);
  CHECK(read.at(found->evidence) == "200 000 abonnés");
}
