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

TEST_CASE("bodies: a name without an article opens a sentence as its subject") {
  CHECK(bodies("Ornavia et la gendarmerie enquêtent sur le vol des noms de 3 000 clients.") == "Ornavia");
  CHECK(bodies("Ornavia et Velorix annoncent le vol des noms de leurs clients.") == "Ornavia, Velorix");
  CHECK(bodies("Datavolt, éditeur de logiciels pour les pharmacies, a été piraté : noms et ordonnances de 30 000 "
               "patients dérobés.") == "Datavolt");
  CHECK(bodies("Ornavia (groupe Vernex) a été victime d'une cyberattaque : noms et e-mails volés.") == "Ornavia");
}

TEST_CASE("bodies: who is quoted, comments, is told or warns is not hit") {
  CHECK(bodies("Selon le chercheur Paul Merle, de la société CyberVeille, les noms des clients de Solinéa ont été "
               "exposés.") == "Solinéa");
  CHECK(bodies("« Nous présentons nos excuses », a déclaré Claire Martin, directrice générale de Solinéa. Les noms de "
               "4 000 clients ont été volés.") == "Solinéa");
  CHECK(bodies("Le quotidien L'Écho du Ponant révèle que les noms des clients de Solinéa circulent sur BreachForums, "
               "où un certain Karkoss les vend.") == "Solinéa");
  CHECK(bodies("Sur X, le directeur de l'Anssi a commenté l'attaque contre Ornavia, dont les noms de clients ont été "
               "volés.") == "Ornavia");
  CHECK(bodies("L'association UFC-Que Choisir appelle les clients d'Ornavia, dont les noms et IBAN ont été volés, à la "
               "vigilance.") == "Ornavia");
  CHECK(bodies("Le CHU de Brévannes annonce que les noms de 12 000 patients ont été volés. L'ARS et la CNIL ont été "
               "prévenues.") == "CHU de Brévannes");
  CHECK(bodies("La Fédération française de pelote a constaté un accès illicite : noms et licences copiés. Le ministère "
               "des Sports a été informé.") == "Fédération française de pelote");
  CHECK(bodies("The University of Wexmoor confirmed that names and grades of students were copied. Security firm "
               "Kestrel is investigating.",
               Language::English) == "University of Wexmoor");
  CHECK(bodies("A spokesperson for Northgate Clinics told the BBC that names of patients were stolen.",
               Language::English) == "Northgate Clinics");
}

TEST_CASE("bodies: other victims named for comparison are not hit here") {
  CHECK(bodies("Après Boulanger et Cultura, c'est au tour de Solinéa d'annoncer le vol des noms de ses clients.") ==
        "Solinéa");
  CHECK(bodies("Comme Free avant elle, la mutuelle Solinéa reconnaît le vol des IBAN de ses adhérents.") ==
        "mutuelle Solinéa");
  CHECK(bodies("Like rival Hillgear last year, Bramley Outdoor has lost the names and emails of its customers.",
               Language::English) == "Bramley Outdoor");
}

TEST_CASE("bodies: neither is what owns the body hit") {
  CHECK(bodies("Piratage de Solinéa : les noms de 4 000 clients volés. Sa maison mère, le groupe Vernex, n'est pas "
               "touchée.") == "Solinéa");
  CHECK(bodies("Filiale de Vernex, la mutuelle Solinéa s'est fait voler les noms de 4 000 adhérents.") ==
        "mutuelle Solinéa");
  CHECK(bodies("Northgate Clinics, part of Vernex Group, said names of patients were stolen.", Language::English) ==
        "Northgate Clinics");
}

TEST_CASE("bodies: its own customers claimed are no claim of a thief") {
  CHECK(bodies("« Quatre pour cent de nos sociétaires », minimise l'assureur Mavie, qui en revendique un million et "
               "demi. Leurs noms ont été volés.") == "Mavie");
}

TEST_CASE("bodies: long names of the State and names with a possessive are whole") {
  CHECK(bodies("Visalink Services, sous-traitant, a signalé au ministère de l'Europe et des Affaires étrangères une "
               "intrusion. Vos passeports ont été copiés.") ==
        "ministère de l'Europe et des Affaires < Visalink Services");
  CHECK(bodies("Un ordinateur du service pénitentiaire d'insertion et de probation de l'Yonne a été volé. Il contenait "
               "les noms des personnes suivies.") == "service pénitentiaire d'insertion et de probation de l'Yonne");
  CHECK(bodies("Patients of St Aldhelm's Hospital had their names and diagnoses exposed.", Language::English) ==
        "St Aldhelm's Hospital");
  CHECK(bodies("We discovered that someone had been reading names and card numbers in Skylark Air's Plume programme.",
               Language::English) == "Skylark Air");
}

TEST_CASE("bodies: who is entrusted, hired or does it for the body hit is the processor") {
  CHECK(bodies("Le CSE de Sologne Aéro avait confié sa billetterie à la société Loisiréo, où les noms de 4 480 "
               "salariés ont été volés.") == "CSE de Sologne Aéro < Loisiréo");
  CHECK(bodies("La plateforme Evasio-CE, retenue par le comité d'entreprise de la fonderie Lormont, a laissé fuiter "
               "les noms de 740 ouvriers.") == "comité d'entreprise de la fonderie Lormont < Evasio-CE");
  CHECK(bodies("Les hôtels Lagune & Pins doivent leur rentrée agitée à Bookéa, l'outil qui synchronise leurs "
               "réservations : noms et passeports volés.") == "hôtels Lagune & Pins < Bookéa");
  CHECK(bodies("L'entreprise Alumnet, qui tient notre annuaire pour notre compte, s'est fait voler les noms de nos "
               "diplômés.\nLe réseau des diplômés de l'École des hautes études de Marvejols") ==
        "École des hautes études de Marvejols < Alumnet");
  CHECK(bodies("Les noms des adhérents de Solinéa ont été volés via Datavolt, qui gère son tiers payant.") ==
        "Solinéa < Datavolt");
  CHECK(bodies("Solinéa : noms et adresses volés chez un sous-traitant (Datavolt).") == "Solinéa < Datavolt");
  CHECK(bodies("Le transporteur Expédilog, chargé des livraisons d'Ornavia, s'est fait voler les noms et adresses des "
               "clients.") == "Ornavia < Expédilog");
  CHECK(bodies("Notre partenaire Expédilog nous a informés d'un vol de noms et d'adresses. L'équipe Ornavia") ==
        "Ornavia < Expédilog");
  CHECK(bodies("Ornavia, client d'Expédilog, annonce le vol des noms de ses acheteurs.") == "Ornavia < Expédilog");
  CHECK(
      bodies("Helix Labs, which processes blood tests for Northgate Clinics, was hacked and names of patients stolen.",
             Language::English) == "Northgate Clinics < Helix Labs");
  CHECK(bodies("Names of Northgate Clinics patients were stolen from systems run by Helix Labs.", Language::English) ==
        "Northgate Clinics < Helix Labs");
  CHECK(bodies("Northgate Clinics has been told by its supplier Helix Labs that names of patients were copied.",
               Language::English) == "Northgate Clinics < Helix Labs");
}

TEST_CASE("bodies: where it happened serves those whose data they are") {
  CHECK(bodies("L'intrusion chez Expédilog a exposé les noms des clients d'Ornavia, qui lui sous-traite ses envois.") ==
        "Ornavia < Expédilog");
  CHECK(bodies("Un compte d'Expédilog, le prestataire logistique d'Ornavia, a été piraté. Les noms des clients "
               "d'Ornavia ont été volés.") == "Ornavia < Expédilog");
}

TEST_CASE("bodies: who handles what did not leak is no processor") {
  CHECK(bodies("La Ville de Port-Méan confirme le vol des noms des enfants. Les coordonnées bancaires ne sont pas en "
               "cause, les prélèvements étant gérés par la Trésorerie.") == "Ville de Port-Méan");
}

TEST_CASE("bodies: towns that begin a clause are hit through what serves them") {
  CHECK(bodies("Une faille chez l'éditeur de portails famille Kidélia a touché deux villes. À Lormont-le-Haut et à "
               "Sainte-Foix, les noms de 5 100 familles ont été volés.") == "Lormont-le-Haut, Sainte-Foix < Kidélia");
}

TEST_CASE("bodies: a provider told first still serves those named after it") {
  CHECK(bodies("L'imprimeur Gravéa a prévenu ses clients. Parmi eux, la mutuelle Hestia, dont les assurés voient leurs "
               "noms exposés.") == "mutuelle Hestia < Gravéa");
}

TEST_CASE("bodies: a newspaper whose readers are hit is hit, a company that knows a trade is no commentator") {
  CHECK(bodies("Le fichier des abonnés du quotidien régional L'Écho des Alpilles a été volé.") ==
        "L'Écho des Alpilles");
  CHECK(
      bodies("La CNIL inflige une amende de 1,5 million d'euros à Locaveo, spécialiste de la location de voitures.") ==
      "Locaveo");
  CHECK(bodies("Bonjour Sofiane,\nIci l'équipe sécurité de Kartoon. Vos noms ont été volés.") == "Kartoon");
}

TEST_CASE("bodies: who is cleared is no processor") {
  CHECK(bodies("Ornavia reconnaît que ses serveurs ont été forcés. L'hébergeur, Cargonet, est mis hors de cause.") ==
        "Ornavia");
  CHECK(bodies("Merrow Ferries said names were stolen. Our booking partner Seatline was not the source.",
               Language::English) == "Merrow Ferries");
}

TEST_CASE("bodies: evidence is the name, within the text") {
  const ParsedText read("La commune de V… annonce le vol de dossiers.");
  const Bodies found = find_bodies(read.parsed);
  REQUIRE(found.organisations.size() == 1);
  CHECK(read.at(found.organisations.front().evidence) == "commune de V…");
}
