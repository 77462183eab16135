// SPDX-License-Identifier: AGPL-3.0-or-later
// Public registers become lists to review. The people and the bodies here are invented, but for shipped ones.
#include "feeds/registers/register.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "schemas/messages.hpp"

using namespace vigifuite;
using feeds::registers::Import;

namespace {

constexpr std::string_view kCnilHeader =
    "SIREN organisme désignant;Nom organisme désignant;Secteur activité organisme désignant;Code NAF organisme "
    "désignant;Adresse postale organisme désignant;Code postal organisme désignant;Ville organisme désignant;Pays "
    "organisme "
    "désignant;Type de DPO;Date de la désignation;SIREN organisme désigné;Nom organisme désigné;Secteur activité "
    "organisme "
    "désigné;Code NAF organisme désigné;Adresse postale organisme désigné;Code postal organisme désigné;Ville "
    "organisme "
    "désigné;Pays organisme désigné;Moyen contact DPO email;Moyen contact DPO url;Moyen contact DPO téléphone;Moyen "
    "contact "
    "DPO adresse postale;Moyen contact DPO code postal;Moyen contact DPO ville;Moyen contact DPO pays;Moyen contact "
    "DPO autre\r\n";

/// One row of the CNIL's list: SIREN, name, town, date, e-mail, address.
std::string row(std::string_view siren, std::string_view name, std::string_view town, std::string_view date,
                std::string_view email, std::string_view address = "") {
  std::string line;
  const auto cell = [&](std::string_view text) { line.append(text).append(";"); };
  cell(siren), cell(name), cell("O"), cell("8411Z"), cell("1 RUE EXEMPLE"), cell("75001"), cell(town), cell("France");
  cell("Personne physique"), cell(date);
  for (int i = 0; i < 8; ++i) cell("");
  cell(email), cell(""), cell(""), cell(address), cell(address.empty() ? "" : "1000"), cell(town), cell("France");
  return line + "\r\n";
}

Result<Import> read(std::string_view format, std::string_view bytes, std::string name = "register.csv") {
  const feeds::registers::Reading reading{bytes, std::move(name), {2026, 5, 0}};
  return feeds::registers::find(format)->read(std::span(&reading, 1), Vocabulary::shipped());
}

/// A list that was imported is one that a sysadmin may use as it is.
void accepted(const Import& import, std::string_view format) {
  const feeds::registers::Reading reading{{}, "register.csv", {2026, 5, 0}};
  const RegistryFile file{"import.json",
                          document_of(import, *feeds::registers::find(format), reading, Vocabulary::shipped())};
  const auto words = Vocabulary::with(std::span(&file, 1));
  REQUIRE_MESSAGE(words, words.error().what);
}

const Organisation* body_of(const Import& import, std::string_view id) {
  const auto found =
      std::find_if(import.bodies.begin(), import.bodies.end(), [&](const Organisation& body) { return body.id == id; });
  return found == import.bodies.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("cnil-dpo: a known body is completed, a new one is added, contacts are unverified and dated") {
  const std::string csv =
      "\xEF\xBB\xBF" + std::string(kCnilHeader) +
      row("130005481", "FRANCE TRAVAIL", "PARIS", "25/05/2018", "dpo@francetravail.example") +
      row("732829320", "MUTUELLE EXEMPLE", "LYON", "01/06/2018", "dpo@mutuelle.example", "2 rue du Port");
  const auto import = read("cnil-dpo", csv);
  REQUIRE_MESSAGE(import, import.error().what);
  CHECK(import->rows == 2);
  CHECK(import->known == 1);
  CHECK(import->added == 1);
  CHECK(import->refused == 0);
  const Organisation* known = body_of(*import, "france-travail");
  REQUIRE(known != nullptr);
  CHECK(known->dpo.email == "dpo@francetravail.example");
  CHECK(known->dpo.email_certainty == Certainty::Unverified);
  CHECK(known->dpo.read == PartialDate{2026, 5, 0});
  CHECK(known->siren.empty());  // the registry has it
  const Organisation* added = body_of(*import, "mutuelle-exemple");
  REQUIRE(added != nullptr);
  CHECK(added->siren == "732829320");
  CHECK(added->certainty == Certainty::Unverified);
  CHECK(added->dpo.postal == "Délégué à la protection des données, MUTUELLE EXEMPLE, 2 rue du Port, 01000 LYON");
  accepted(*import, "cnil-dpo");
}

TEST_CASE("cnil-dpo: of several designations of one body the last wins, whatever the order and the form of the date") {
  const std::string older = row("732829320", "MUTUELLE EXEMPLE", "LYON", "25/05/2018", "old@mutuelle.example");
  const std::string newer = row("732829320", "MUTUELLE EXEMPLE", "LYON", "2021-02-01", "new@mutuelle.example");
  for (const std::string& rows : {older + newer, newer + older}) {
    const auto import = read("cnil-dpo", std::string(kCnilHeader) + rows);
    REQUIRE(import);
    REQUIRE(import->bodies.size() == 1);
    CHECK(import->bodies[0].dpo.email == "new@mutuelle.example");
  }
}

TEST_CASE("cnil-dpo: bodies of one name are told apart, and a list of them is accepted") {
  const auto import = read("cnil-dpo", std::string(kCnilHeader) +
                                           row("732829320", "SYNDICAT DES EAUX", "LYON", "25/05/2018", "a@x.example") +
                                           row("443061841", "SYNDICAT DES EAUX", "BREST", "25/05/2018", "b@x.example") +
                                           row("552100554", "CNIL", "PARIS", "25/05/2018", "c@x.example"));
  REQUIRE_MESSAGE(import, import.error().what);
  CHECK(import->bodies.size() == 2);
  REQUIRE(import->samples.size() == 1);  // a name of the registry with another number: nothing tells the two apart
  CHECK(import->samples[0].line == 4);
  accepted(*import, "cnil-dpo");
}

TEST_CASE("cnil-dpo: bad rows are named by line and reason, and stop no other") {
  const std::string csv = std::string(kCnilHeader) +
                          row("732829321", "MAUVAIS NUMERO", "LYON", "25/05/2018", "a@x.example") +
                          row("732829320", "", "LYON", "25/05/2018", "a@x.example") +
                          row("", "SANS ADRESSE", "LYON", "25/05/2018", "pas une adresse") +
                          row("443061841", "BON ORGANISME", "LYON", "25/05/2018", "a@x.example");
  const auto import = read("cnil-dpo", csv);
  REQUIRE(import);
  CHECK(import->rows == 4);
  CHECK(import->refused == 3);
  CHECK(import->added == 1);
  REQUIRE(import->samples.size() == 3);
  CHECK(import->samples[0].line == 2);
  CHECK(import->samples[0].reason.en == "“MAUVAIS NUMERO”: wrong SIREN number");
  CHECK(import->samples[1].reason.fr == "sans nom d'organisme");
  CHECK(import->samples[2].reason.en == "“SANS ADRESSE”: malformed e-mail address");
}

TEST_CASE("cnil-dpo: Windows-1252 is read as well as UTF-8, and another file is refused") {
  std::string latin(kCnilHeader);
  latin += row("732829320", "HÔPITAL PRIVÉ EXEMPLE", "ÉVRY", "25/05/2018", "dpo@hopital.example");
  std::string bytes;  // as ISO-8859-1
  for (std::size_t i = 0; i < latin.size(); ++i) {
    const auto c = static_cast<unsigned char>(latin[i]);
    if (c == 0xC3)
      bytes += static_cast<char>(static_cast<unsigned char>(latin[++i]) + 0x40);
    else
      bytes += latin[i];
  }
  const auto import = read("cnil-dpo", bytes);
  REQUIRE_MESSAGE(import, import.error().what);
  REQUIRE(import->bodies.size() == 1);
  CHECK(import->bodies[0].name == "HÔPITAL PRIVÉ EXEMPLE");
  for (const char* other : {"", "a;b;c\n1;2;3\n", "{}", "\xFF\xFE"}) {
    const auto refused = read("cnil-dpo", other);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Malformed);
    CHECK(refused.error().fr.find("n'est pas la liste des délégués") != std::string::npos);
  }
}

TEST_CASE("cnil-dpo: a quote that is never closed is told") {
  const auto import = read("cnil-dpo", std::string(kCnilHeader) + "732829320;\"JAMAIS FERMÉ;O\r\n");
  REQUIRE(import);
  CHECK(import->refused == 1);
  CHECK(import->samples.front().reason.en.find("never closed") != std::string::npos);
}

TEST_CASE("annuaire: the JSON of the DILA gives local bodies of their kind; desks are left aside") {
  const auto import = read("annuaire", R"({"service": [
    {"id": "1", "nom": "Mairie - Bourg-Exemple", "siren": "217500016", "pivot": [{"type_service_local": "mairie"}],
     "adresse": [{"type_adresse": "Adresse", "numero_voie": "1 place Exemple", "code_postal": "1000", "nom_commune": "Bourg-Exemple"}],
     "adresse_courriel": ["mairie@bourg.example"], "site_internet": [{"valeur": "https://www.bourg.example/"}]},
    {"id": "2", "nom": "Mairie - Bourg-Exemple - annexe du Port", "pivot": [{"type_service_local": "mairie"}]},
    {"id": "3", "nom": "Bureau de poste", "pivot": []},
    {"id": "4", "nom": ""}]})",
                           "annuaire.json");
  REQUIRE_MESSAGE(import, import.error().what);
  CHECK(import->rows == 4);
  CHECK(import->added == 1);
  CHECK(import->left == 2);
  CHECK(import->refused == 1);
  REQUIRE(import->bodies.size() == 1);
  const Organisation& body = import->bodies.front();
  CHECK(body.name == "Mairie de Bourg-Exemple");
  CHECK(body.member_of == "communes");
  CHECK(body.domains == std::vector<std::string>{"bourg.example"});
  CHECK(body.dpo.email.empty());  // the general address is not the officer's
  CHECK(body.dpo.how == "Adresse électronique générale : mairie@bourg.example");
  CHECK(body.dpo.postal.find("01000 Bourg-Exemple") != std::string::npos);
  accepted(*import, "annuaire");
}

TEST_CASE("annuaire: members written as text, as its API gives them, are read the same") {
  const auto import =
      read("annuaire", R"([{"nom": "Mairie - Bourg-Exemple", "pivot": "[{\"type_service_local\": \"mairie\"}]",
    "adresse": "[{\"code_postal\": \"75001\", \"nom_commune\": \"Bourg-Exemple\", \"numero_voie\": \"1 rue X\"}]"}])",
           "api.json");
  REQUIRE_MESSAGE(import, import.error().what);
  REQUIRE(import->bodies.size() == 1);
  CHECK(import->bodies[0].dpo.postal.find("75001 Bourg-Exemple") != std::string::npos);
}

TEST_CASE("annuaire: a document that is neither form is refused") {
  for (const char* bytes : {"", "{\"a\": 1}", "{", "name,notes\nx,y\n"}) {
    CAPTURE(bytes);
    CHECK_FALSE(read("annuaire", bytes, "other"));
  }
}

TEST_CASE("datenanfragen: a record gives names, contact and brands; a bad record stops no other") {
  const std::string bytes[] = {
      R"({"slug": "exemple", "name": "Exemple SAS", "runs": ["Marque Une", "Marque Deux"], "web": "https://exemple.example",
          "address": "1 rue X\n75001 Paris\nFrance", "email": "dpo@exemple.example", "quality": "verified"})",
      R"({"slug": "autre"})", "{"};
  std::vector<feeds::registers::Reading> readings;
  for (const std::string& one : bytes) readings.push_back({one, "record.json", {2026, 5, 0}});
  const auto import = feeds::registers::find("datenanfragen")->read(readings, Vocabulary::shipped());
  REQUIRE_MESSAGE(import, import.error().what);
  CHECK(import->rows == 3);
  CHECK(import->refused == 2);
  REQUIRE(import->bodies.size() == 1);
  const Organisation& body = import->bodies.front();
  CHECK(body.aliases == std::vector<std::string>{"Marque Une", "Marque Deux"});
  CHECK(body.dpo.postal == "Délégué à la protection des données, Exemple SAS, 1 rue X, 75001 Paris");
  CHECK(body.dpo.email_certainty == Certainty::Unverified);
  accepted(*import, "datenanfragen");
}
