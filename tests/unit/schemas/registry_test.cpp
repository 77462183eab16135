// SPDX-License-Identifier: AGPL-3.0-or-later
// A sysadmin's own list of bodies over the shipped registry: what it adds, and how it is refused.
#include <doctest/doctest.h>

#include "schemas/core/json_out.hpp"
#include "schemas/organisation_codec.hpp"
#include "schemas/vocabulary.hpp"

using namespace vigifuite;

namespace {

using Loaded = Result<std::unique_ptr<const Vocabulary>>;

RegistryFile file(std::string_view items, std::string name = "own.json") {
  return {std::move(name), R"({"schema": "vigifuite/own-organisations@v1", "items": [)" + std::string(items) + "]}"};
}

Loaded with(std::string_view items) {
  const RegistryFile one = file(items);
  return Vocabulary::with(std::span(&one, 1));
}

/// The sentence by which a list is refused.
std::string refused(std::string_view items, Language language = Language::English) {
  const RegistryFile one = file(items);
  const auto loaded = Vocabulary::with(std::span(&one, 1));
  if (loaded) return "accepted";
  CHECK(loaded.error().kind == ErrorKind::Config);
  return loaded.error().in(language);
}

}  // namespace

TEST_CASE("registry: a body of one's own is found by its name, its alias, its domain and its SIREN") {
  const auto words =
      with(R"({"id": "ma-mutuelle", "name": "Ma Mutuelle", "aliases": ["MM Santé"], "kind": "complementary_insurer",
    "domains": ["ma-mutuelle.example"], "siren": "732829320", "processors": [{"organisation": "viamedis", "from": "2019"}]})");
  REQUIRE_MESSAGE(words, words.error().what);
  for (const char* name :
       {"Ma Mutuelle", "ma mutuelle", "MM Santé", "732829320", "732 829 320", "73282932000074", "ma-mutuelle"}) {
    CAPTURE(name);
    REQUIRE((*words)->resolve(name) != nullptr);
    CHECK((*words)->resolve(name)->id == "ma-mutuelle");
  }
  CHECK((*words)->resolve("", "espace.ma-mutuelle.example")->id == "ma-mutuelle");
  CHECK((*words)->resolve("Pôle emploi")->id == "france-travail");  // the shipped ones are still there
  CHECK((*words)->customers_of("viamedis").back()->id == "ma-mutuelle");
}

TEST_CASE("registry: an entry with the id of a shipped body adds to it, and says over it what it says") {
  const auto words = with(R"({"id": "cnil", "aliases": ["Commission informatique"], "url": "https://cnil.example"})");
  REQUIRE_MESSAGE(words, words.error().what);
  const Organisation* cnil = (*words)->organisation("cnil");
  REQUIRE(cnil != nullptr);
  CHECK(cnil->url == "https://cnil.example");
  CHECK(cnil->name == Vocabulary::shipped().organisation("cnil")->name);
  CHECK((*words)->resolve("Commission informatique") == cnil);
  CHECK((*words)->resolve("CNIL") == cnil);
}

TEST_CASE("registry: a processor named again replaces what was said of it") {
  const auto words =
      with(R"({"id": "alan", "processors": [{"organisation": "almerys", "from": "2018", "until": "2026-06"}]})");
  REQUIRE_MESSAGE(words, words.error().what);
  const auto& links = (*words)->organisation("alan")->processors;
  REQUIRE(links.size() == 1);
  CHECK(links[0].period == Period{{2018, 0, 0}, {2026, 6, 0}});
}

TEST_CASE("registry: a contact copied from a register does not replace one that was read, but fills what is missing") {
  const auto words = with(R"({"id": "france-travail", "dpo": {"postal": "Ailleurs", "postal_certainty": "unverified",
    "email": "dpo@example.org", "email_certainty": "unverified"}})");
  REQUIRE_MESSAGE(words, words.error().what);
  const DpoContact& dpo = (*words)->organisation("france-travail")->dpo;
  CHECK(dpo.postal == Vocabulary::shipped().organisation("france-travail")->dpo.postal);
  CHECK(dpo.postal_certainty == Certainty::Found);
  CHECK(dpo.email == "dpo@example.org");
  CHECK(dpo.email_certainty == Certainty::Unverified);

  const auto read = with(R"({"id": "france-travail", "dpo": {"postal": "Ailleurs", "postal_certainty": "found"}})");
  REQUIRE(read);
  CHECK((*read)->organisation("france-travail")->dpo.postal == "Ailleurs");
}

TEST_CASE("registry: a local body of one's own belongs to its kind, with its place") {
  const auto words = with(R"({"id": "mairie-de-bourg", "name": "Mairie de Bourg-Exemple", "member_of": "communes"})");
  REQUIRE_MESSAGE(words, words.error().what);
  CHECK((*words)->resolve("Mairie de Bourg-Exemple")->id == "mairie-de-bourg");
  const LocalBody body = (*words)->local_body("Mairie de Bourg-Exemple");
  REQUIRE(body.kind != nullptr);
  CHECK(body.kind->id == "communes");
  CHECK(body.place == "bourg exemple");
}

TEST_CASE("registry: what one shipped body has is given to another by taking it away first") {
  CHECK(refused(R"({"id": "alan-turing", "name": "Institut Alan", "aliases": ["Alan"]})") != "accepted");
  const auto words = with(R"({"id": "interiale", "without": {"aliases": [], "processors": ["almerys"]}},
    {"id": "vyv-harmonie", "without": {"aliases": ["MNT"]}}, {"id": "mnt", "name": "Mutuelle nationale territoriale", "aliases": ["MNT"]})");
  REQUIRE_MESSAGE(words, words.error().what);
  CHECK((*words)->resolve("MNT")->id == "mnt");
  CHECK((*words)->organisation("interiale")->processors.empty());
}

TEST_CASE("registry: each conflict is refused with one sentence that names the file, the entry and the remedy") {
  struct Row {
    const char* items;
    const char* says;
  };
  const Row rows[] = {
      {R"({"id": "a", "name": "Corps A", "aliases": ["Le Même"]}, {"id": "b", "name": "Corps B", "aliases": ["le meme"]})",
       "already means Corps"},
      {R"({"id": "a", "name": "Corps A", "aliases": ["Pôle emploi"]})",
       "own.json: a: “Pôle emploi” already means France Travail (france-travail), which is shipped"},
      {R"({"id": "a", "name": "MGEN"})", "“MGEN” already means MGEN (mgen)"},
      {R"({"id": "a", "name": "Corps A", "domains": ["caf.fr"]})", "“caf.fr” already means"},
      {R"({"id": "a", "name": "Corps A", "siren": "130005481"})", "“130005481” already means France Travail"},
      {R"({"id": "a", "name": "Corps A", "siren": "130005482"})", "expected the nine digits of a SIREN"},
      {R"({"id": "a", "name": "Corps A", "parent": "nulle-part"})", "parent names “nulle-part”, which does not exist"},
      {R"({"id": "a", "name": "Corps A", "processors": [{"organisation": "nulle-part"}]})",
       "processors names “nulle-part”"},
      {R"({"id": "a", "name": "Corps A", "member_of": "mgen"})", "member_of names “mgen”, which is not a kind"},
      {R"({"id": "a", "name": "Corps A", "parent": "b"}, {"id": "b", "name": "Corps B", "parent": "a"})",
       "goes round in a circle"},
      {R"({"id": "a", "name": "Corps A", "parent": "a"})", "(a > a)"},
      {R"({"id": "a", "name": "Corps A", "successors": [{"organisation": "rsi"}]}, {"id": "rsi", "successors": [{"organisation": "a"}]})",
       "successors goes round in a circle"},
      {R"({"id": "a"})", "own.json: a does not exist yet: give its name"},
      {R"({"id": "a", "name": "Corps A"}, {"id": "a", "name": "Corps A"})", "own.json: a is there twice"},
      {R"({"id": "Ma Mutuelle", "name": "Ma Mutuelle"})", "is not an identifier"},
      {R"({"name": "Ma Mutuelle"})", "is not an identifier"},
      {R"({"id": "a", "name": "Corps A", "alias": ["faute"]})", "$.alias: unknown member"},
      {R"({"id": "a", "name": "Corps A", "existed": {"from": "2020", "until": "2019"}})", "is after `until`"},
      {R"({"id": "a", "name": "Corps A", "people_held": [{"count": 5, "source": "https://x.example"}]})",
       "of when is the figure?"},
      {R"("mgen")", "is not an identifier"},
  };
  for (const Row& row : rows) {
    const std::string sentence = refused(row.items);
    CAPTURE(row.items);
    CAPTURE(sentence);
    CHECK(sentence.starts_with("own.json: "));
    CHECK(sentence.find(row.says) != std::string::npos);
    CHECK(sentence.find('\n') == std::string::npos);
    CHECK(refused(row.items, Language::French) != sentence);
  }
}

TEST_CASE("registry: a file that is no list of bodies is refused, and says which it is") {
  for (const char* bytes : {"", "{", "[]", R"({"schema": "vigifuite/profile@v1", "items": []})",
                            R"({"schema": "vigifuite/own-organisations@v1"})",
                            R"({"schema": "vigifuite/own-organisations@v1", "items": {}})",
                            R"({"schema": "vigifuite/own-organisations@v1", "items": [], "item": []})"}) {
    CAPTURE(bytes);
    const RegistryFile one{"list.json", bytes};
    const auto loaded = Vocabulary::with(std::span(&one, 1));
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().what.starts_with("list.json: "));
  }
}

TEST_CASE("registry: several files are read in order, each may add to a body") {
  const RegistryFile files[] = {file(R"({"id": "a", "name": "Corps A", "url": "https://1.example"})", "1.json"),
                                file(R"({"id": "a", "aliases": ["Ancien A"], "url": "https://2.example"})", "2.json")};
  const auto words = Vocabulary::with(files);
  REQUIRE_MESSAGE(words, words.error().what);
  CHECK((*words)->resolve("Ancien A")->url == "https://2.example");
}

TEST_CASE("registry: of many bodies of one's own, each is found") {
  std::string items;
  for (int i = 0; i < 30'000; ++i) {
    const std::string n = std::to_string(i);
    items += (items.empty() ? "" : ",") + (R"({"id": "corps-)" + n + R"(", "name": "Organisme numéro )" + n + R"("})");
  }
  const auto words = with(items);
  REQUIRE_MESSAGE(words, words.error().what);
  CHECK((*words)->resolve("organisme numero 0")->id == "corps-0");
  CHECK((*words)->resolve("Organisme numéro 29999")->id == "corps-29999");
  CHECK((*words)->resolve("Pôle emploi")->id == "france-travail");
  CHECK((*words)->resolve("Organisme numéro 30000") == nullptr);
}

TEST_CASE("registry: every shipped body reads back as it was written") {
  const Vocabulary& words = Vocabulary::shipped();
  JsonParser parser;
  for (const Organisation& body : words.organisations()) {
    CAPTURE(body.id);
    JsonOut out;
    out.begin_object();
    write_members(out, body, words);
    out.end_object();
    const auto json = parser.parse(out.str());
    REQUIRE(json);
    Text wrong;
    Organisation again;
    again.id = body.id;
    read(MembersIn(*json, wrong), again, [&](std::string_view slug) { return words.category(slug); });
    CHECK(wrong.empty());
    JsonOut second;
    second.begin_object();
    write_members(second, again, words);
    second.end_object();
    CHECK(second.str() == out.str());
  }
}

TEST_CASE("registry: no name of a shipped body is that of another, unless that is declared") {
  const Vocabulary& words = Vocabulary::shipped();
  for (const Organisation& body : words.organisations()) {
    std::vector<std::string> names = body.aliases;
    names.push_back(body.name);
    for (const FormerName& former : body.former_names) names.push_back(former.name);
    for (const std::string& name : names) {
      CAPTURE(body.id);
      CAPTURE(name);
      const Organisation* meant = words.resolve_for_person(name);
      const bool declared = !words.homonyms(name).empty() || !words.taken_as(name).empty();
      CHECK((meant == &body || declared));
    }
  }
}

TEST_CASE("siren: nine digits with the right sum") {
  CHECK(is_siren("130005481"));
  CHECK(is_siren("356000000"));
  for (const char* wrong : {"130005482", "13000548", "1300054810", "13000548a", ""}) CHECK_FALSE(is_siren(wrong));
}
