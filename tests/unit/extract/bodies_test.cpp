// SPDX-License-Identifier: AGPL-3.0-or-later
// Whose data leaked, and through whom, among all the names of a text.
#include <doctest/doctest.h>

#include "parse.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds::extract;
using test::ParsedText;

namespace {

/// "A, B" for the bodies hit, " < P" for the processor.
std::string bodies(std::string_view text, Language language = Language::French) {
  CAPTURE(text);
  const ParsedText read(text, language);
  const Bodies found = find_bodies(read.parsed);
  std::string said;
  for (const BodyFact& body : found.organisations) said += (said.empty() ? "" : ", ") + body.name;
  return found.processor ? said + " < " + found.processor->name : said;
}

std::string id_of(std::string_view text) {
  const ParsedText read(text);
  const Bodies found = find_bodies(read.parsed);
  return found.organisations.empty() ? std::string("none") : found.organisations.front().id;
}

}  // namespace

TEST_CASE("bodies: the subject of what a victim says or suffers is hit") {
  CHECK(bodies("Sportalia annonce le vol des adresses de ses clients.") == "Sportalia");
  CHECK(bodies("L'assureur Mutavie Plus a été victime d'une cyberattaque.") == "Mutavie Plus");
  CHECK(bodies("La mairie de Saint-Aubin, prévenue lundi, a porté plainte.") == "mairie de Saint-Aubin");
  CHECK(bodies("Northgate Clinics said that files were copied.", Language::English) == "Northgate Clinics");
}

TEST_CASE("bodies: so is what a leak, data or persons belong to") {
  CHECK(bodies("Les noms de 12 000 clients de Vertigo Sports ont fuité.") == "Vertigo Sports");
  CHECK(bodies("Nouvelle fuite chez l'opérateur Nordicel : les IBAN sont concernés.") == "Nordicel");
  CHECK(bodies("Vol de données au centre communal d'action sociale de B…") == "centre communal d'action sociale de B…");
  CHECK(bodies("The breach at Harbour Trust exposed names.", Language::English) == "Harbour Trust");
}

TEST_CASE("bodies: a title and a signature name it") {
  CHECK(bodies("Clinique du Parc Vert : les dossiers de patients dans la nature.") == "Clinique du Parc Vert");
  CHECK(bodies("Bonjour,\nVotre nom et votre adresse ont été volés.\nL'équipe Doudoune & Cie") == "Doudoune & Cie");
  CHECK(bodies("Madame, Monsieur,\nVos noms ont été copiés.\nLa direction de la Mutuelle des Vignes") ==
        "Mutuelle des Vignes");
}

TEST_CASE("bodies: the thief, the regulator, the newspaper and the spokesman are not") {
  CHECK(bodies("L'université de Brévannes a été attaquée par le groupe « BlackHeron ». La CNIL et le parquet de Lyon "
               "sont saisis.") == "université de Brévannes");
  CHECK(bodies("Selon Zataz, les données des clients de Meublo sont en vente, explique Jean Lacombe, directeur de la "
               "sécurité.") == "Meublo");
  CHECK(bodies("Le groupe Karkoss revendique le piratage de Sofabrique.") == "Sofabrique");
}

TEST_CASE("bodies: a parent company said to be safe is not") {
  CHECK(bodies("Le piratage de Locavélo, filiale du groupe Mobilia, touche 900 clients. La maison mère Mobilia n'est "
               "pas concernée.") == "Locavélo");
}

TEST_CASE("bodies: those of a list are all hit") {
  CHECK(bodies("14 000 assurés touchés par le double piratage de Mutalis et de Carvea.") == "Mutalis, Carvea");
}

TEST_CASE("bodies: the provider is the processor next to a victim, and the victim when it is alone") {
  CHECK(bodies("La mairie de Lonzac annonce que son prestataire Cantinéo a été piraté.") ==
        "mairie de Lonzac < Cantinéo");
  CHECK(bodies("La base d'Ornica, hébergée par Datavolt, a été copiée. Ornica a prévenu ses clients.") ==
        "Ornica < Datavolt");
  CHECK(bodies("Files were copied at Lowell Payroll Ltd, the supplier that runs payroll for Ashby County Council.",
               Language::English) == "Ashby County Council < Lowell Payroll Ltd");
  CHECK(bodies("Le sous-traitant Cantinéo a été piraté.") == "Cantinéo");
  CHECK(bodies("La mairie de Lonzac annonce que son prestataire a été piraté.") == "mairie de Lonzac");
}

TEST_CASE("bodies: without a name there is none") {
  CHECK(bodies("Une mutuelle a perdu les noms de ses adhérents.") == "");
  CHECK(bodies("Les noms et adresses de nos clients ont été volés. Changez votre mot de passe.") == "");
}

TEST_CASE("bodies: the registry gives an id to a name, an acronym or a former name") {
  CHECK(id_of("France Travail annonce une fuite.") == "france-travail");
  CHECK(id_of("Pôle emploi annonce une fuite.") == "france-travail");
  CHECK(id_of("Sportalia annonce une fuite.") == "");
}

TEST_CASE("bodies: evidence is the name, within the text") {
  const ParsedText read("La commune de V… annonce le vol de dossiers.");
  const Bodies found = find_bodies(read.parsed);
  REQUIRE(found.organisations.size() == 1);
  CHECK(read.at(found.organisations.front().evidence) == "commune de V…");
}
