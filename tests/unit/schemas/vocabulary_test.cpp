// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/vocabulary.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace vigifuite;

namespace {

const Vocabulary& words() {
  return Vocabulary::shipped();
}

std::string id_of(const Organisation* body) {
  return body == nullptr ? "-" : body->id;
}

std::string slugs_of(const std::optional<CategorySet>& set) {
  if (!set) return "?";
  std::string out;
  for (const Category category : *set) out += (out.empty() ? "" : ",") + words().info(category).slug;
  return out;
}

}  // namespace

TEST_CASE("vocabulary: every shipped category has words, a risk and a first thing to do in two languages") {
  REQUIRE(words().categories().size() >= 40);
  std::set<std::string> slugs;
  for (const CategoryInfo& info : words().categories()) {
    CAPTURE(info.slug);
    CHECK(slugs.insert(info.slug).second);
    CHECK_FALSE(info.label.fr.empty());
    CHECK_FALSE(info.label.en.empty());
    CHECK_FALSE(info.risk.fr.empty());
    CHECK_FALSE(info.risk.en.empty());
    CHECK_FALSE(info.first_fr.empty());
    CHECK(info.first_fr.size() == info.first_en.size());
  }
  REQUIRE(words().category("nir"));
  CHECK(words().info(*words().category("nir")).regime == Regime::Nir);
  CHECK_FALSE(words().category("NIR"));
  CHECK_FALSE(words().category(""));
}

TEST_CASE("vocabulary: labels of sources mean categories, as written or folded") {
  CHECK(slugs_of(words().map_label(LabelSet::Hibp, "Email addresses")) == "email");
  CHECK(slugs_of(words().map_label(LabelSet::Hibp, "email ADDRESSES")) == "email");
  CHECK(slugs_of(words().map_label(LabelSet::Words, "Numéro de sécurité sociale")) == "nir");
  CHECK(slugs_of(words().map_label(LabelSet::Words, "numero de securite sociale")) == "nir");
  CHECK(slugs_of(words().map_label(LabelSet::Words, "iban")) == "iban");
}

TEST_CASE("vocabulary: a label known not to be ours is an empty set, one that nobody knows is nothing") {
  const auto known = words().map_label(LabelSet::Hibp, "Address book contacts");
  REQUIRE(known);
  CHECK(known->empty());
  CHECK_FALSE(words().map_label(LabelSet::Hibp, "Phlogiston levels"));
  CHECK_FALSE(words().map_label(LabelSet::Hibp, ""));
  CHECK_FALSE(words().map_label(LabelSet::Words, std::string(100'000, 'x')));
}

TEST_CASE("vocabulary: a body is found by its name, an acronym, a former name, its id, a domain") {
  const std::pair<const char*, const char*> rows[] = {{"France Travail", "france-travail"},
                                                      {"france-travail", "france-travail"},
                                                      {"Pôle emploi", "france-travail"},
                                                      {"POLE EMPLOI", "france-travail"},
                                                      {"ANPE", "france-travail"},
                                                      {"Harmonie Mutuelle", "vyv-harmonie"},
                                                      {"Orange SA", "orange"},
                                                      {"La Mutuelle Générale", "la-mutuelle-generale"},
                                                      {"mutuelle générale", "la-mutuelle-generale"},
                                                      {"CAF", "caf"},
                                                      {"Caisse d'allocations familiales", "caf"},
                                                      {"francetravail.fr", "france-travail"},
                                                      {"urssaf", "urssaf"},
                                                      {"Nobody & Sons", "-"},
                                                      {"", "-"}};
  for (const auto& [name, id] : rows) {
    CAPTURE(name);
    CHECK(id_of(words().resolve(name)) == id);
  }
  CHECK(id_of(words().resolve("", "candidat.francetravail.fr")) == "france-travail");
  CHECK(id_of(words().resolve("", "www.pole-emploi.fr")) == "france-travail");
  CHECK(id_of(words().resolve("Espace candidat", "https://candidat.francetravail.fr/espace")) == "france-travail");
  CHECK(id_of(words().resolve("", "notfrancetravail.fr")) == "-");
  CHECK(id_of(words().resolve("", "fr")) == "-");
}

TEST_CASE("vocabulary: names are resolved as the lists of leaks write them") {
  const std::pair<const char*, const char*> rows[] = {
      {"France Travail (Dump #2)", "france-travail"},
      {"France Travail (Missions Locales / Jeunes)", "france-travail"},
      {"ANTS (France titres)", "ants"},
      {"Direction générale des Finances publiques (DGFiP)", "dgfip"},
      {"Aésio Mutuelle (via Almerys)", "aesio"},
      {"Relais Colis #2", "relais-colis"},
      {"Urssaf — DPAE", "urssaf-cn"},
      {"Gendarmerie Nationale (RESANA)", "interieur"},
      {"Ministère de l’Agriculture et de l’Alimentation", "agriculture"},
      {"Caisse des dépôts et des consignations", "caisse-des-depots"},
      {"ex-Pôle emploi", "france-travail"},
      {"130005481", "france-travail"},
      {"130 005 481", "france-travail"},
      {"13000548100010", "france-travail"},
      {"130005482", "-"},                         // not a SIREN
      {"AKAOLIFE (France Travail)", "akaolife"},  // another body, which works for it
      {"Weda (Softway Medical)", "weda"},
      {"Council of Europe", "conseil-de-l-europe"},
      {"ENSAI Network (Alumni)", "ensai"},
      {"Ville de Brest", "mairie-brest"},
      {"Medecin Direct (Malakoff Humanis)", "-"},
      {"CAF - Gironde", "-"},  // one of many
      {"RSI", "-"},            // the acronym of a body that is no more
      {"Orange Romania", "-"},
      {"L’Orange Bleue Fitness Club", "-"},
      {"FreeOnes", "-"}};
  for (const auto& [name, id] : rows) {
    CAPTURE(name);
    CHECK(id_of(words().resolve(name)) == id);
  }
}

TEST_CASE("vocabulary: the common name of a network is its head for a source, the local body for a person") {
  struct Row {
    const char* name;
    const char* source;
    const char* person;
  };
  const Row rows[] = {{"Urssaf", "urssaf-cn", "urssaf"},
                      {"l'Urssaf", "urssaf-cn", "urssaf"},
                      {"Assurance maladie", "cnam", "cpam"},
                      {"Ameli", "cnam", "cpam"},
                      {"Assurance retraite", "cnav", "carsat"},
                      {"RSI", "-", "rsi"},
                      {"France Travail", "france-travail", "france-travail"},
                      {"Cnam", "-", "-"}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(id_of(words().resolve(row.name)) == row.source);
    CHECK(id_of(words().resolve_for_person(row.name)) == row.person);
  }
  CHECK_FALSE(words().taken_as("Urssaf").empty());
  CHECK(words().taken_as("urssaf").empty());  // the id: nothing was taken for something else
  CHECK(words().taken_as("France Travail").empty());
}

TEST_CASE("vocabulary: a name of several bodies resolves to none, and says which they are") {
  CHECK(words().resolve("Cnam") == nullptr);
  std::set<std::string> ids;
  for (const Organisation* body : words().homonyms("Cnam")) ids.insert(body->id);
  CHECK(ids == std::set<std::string>{"cnam", "cnam-arts-et-metiers"});
  CHECK(words().homonyms("France Travail").empty());
  CHECK(words().homonyms("Nobody & Sons").empty());
}

TEST_CASE("vocabulary: a local body does not resolve to its kind, but its kind and place are recognised") {
  struct Row {
    const char* name;
    const char* kind;
    const char* place;
  };
  const Row rows[] = {{"CHU de Rennes", "hopitaux-publics", "rennes"},
                      {"CHU Rennes", "hopitaux-publics", "rennes"},
                      {"mairie de la Rochelle", "communes", "rochelle"},
                      {"Ville d'Orléans", "communes", "orleans"},
                      {"Nantes Métropole", "communes", "nantes"},
                      {"CAF de la Gironde", "caf", "gironde"},
                      {"Région Occitanie", "regions", "occitanie"},
                      {"Département de l'Ardèche", "departements", "ardeche"},
                      {"mairie", "communes", ""},
                      {"RSA", "departements", ""},
                      {"CAF - Gironde", "caf", "gironde"},
                      {"La Ville de Carros", "communes", "carros"},
                      {"L'Académie de Paris", "academies", "paris"},
                      {"Lycée Lavoisier", "etablissements-scolaires", "lavoisier"},
                      {"Préfecture du Rhône", "prefectures", "rhone"},
                      {"Service Départemental d'Incendie et de Secours de la Vienne", "sdis", "vienne"},
                      {"RSA Security", "-", ""},
                      {"France Travail", "-", ""},
                      {"Nobody & Sons", "-", ""}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const LocalBody body = words().local_body(row.name);
    CHECK(id_of(body.kind) == row.kind);
    CHECK(body.place == row.place);
  }
  CHECK(words().resolve("CHU de Rennes") == nullptr);
  CHECK(words().resolve("mairie de Lille") == nullptr);
}

TEST_CASE("vocabulary: near names are suggested, best first") {
  const std::pair<const char*, const char*> rows[] = {
      {"pole emplois", "france-travail"}, {"france travaille", "france-travail"}, {"frnace travail", "france-travail"},
      {"harmonie", "vyv-harmonie"},       {"CHU de Rennes", "hopitaux-publics"},  {"viamedi", "viamedis"}};
  for (const auto& [name, id] : rows) {
    CAPTURE(name);
    const auto found = words().near(name, 3);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front()->id == id);
    CHECK(found.size() <= 3);
  }
  CHECK(words().near("zzzzzzzzzz", 5).empty());
  CHECK(words().near("", 5).empty());
  CHECK(words().near("--", 5).empty());
}

TEST_CASE("vocabulary: bodies that work with a processor are known") {
  std::set<std::string> ids;
  for (const Organisation* body : words().customers_of("viamedis")) ids.insert(body->id);
  CHECK(ids.contains("vyv-harmonie"));
  CHECK_FALSE(ids.contains("france-travail"));
  CHECK(words().customers_of("nobody").empty());
}

TEST_CASE("vocabulary: first actions are those whose condition holds, by rank, no more than asked") {
  CategorySet leaked;
  leaked.add(*words().category("password"));
  leaked.add(*words().category("email"));
  const auto actions = words().first_actions(leaked, 3);
  REQUIRE_FALSE(actions.empty());
  CHECK(actions.size() <= 3);
  CHECK(actions.front()->id == "change-password");
  for (std::size_t i = 1; i < actions.size(); ++i) CHECK(actions[i - 1]->rank <= actions[i]->rank);
}

TEST_CASE("vocabulary: a broken document is refused, with the file and the entry") {
  const auto what = [](std::string_view categories, std::string_view risks, std::string_view bodies) {
    const auto loaded = Vocabulary::load(categories, risks, bodies);
    return loaded ? std::string("loaded") : loaded.error().what;
  };
  const std::string good =
      R"({"items":[{"slug":"email","group":"contact","label":{"fr":"courriel","en":"e-mail"},"regime":"none","level":"medium"}]})";
  CHECK(what(good, "{}", "{}") == "loaded");
  CHECK(what("{", "{}", "{}").starts_with("categories.json: "));
  CHECK(what(R"({"items":[]})", "{}", "{}") == "categories.json: $.items: no category");
  CHECK(what(R"({"items":[{"slug":"a"}]})", "{}", "{}") == "categories.json: $.items[0].group: missing");
  CHECK(what(good, R"({"combinations":[{"all":["e-mail"]}]})", "{}") ==
        "risks.json: $.combinations[0].all: unknown category");
  CHECK(what(good, "{}", R"({"items":[{"id":"a","name":"A"},{"id":"a","name":"B"}]})") ==
        "organisations.json: $.items: two organisations with the id a");
  CHECK(what(good, "{}", R"({"items":[{"id":"a","name":"A","parent":"b"}]})").find("parent") != std::string::npos);
}
