// SPDX-License-Identifier: AGPL-3.0-or-later
// A curator's corrections through the API: what is accepted, what is refused, what comes of it.
#include "daemon/api/corrections.hpp"

#include <algorithm>

#include "daemon/api/service.hpp"
#include "tests/support/sample_shapes.hpp"
#include "tests/unit/app/world.hpp"

using namespace vigifuite;
using test::World;

namespace {

using Strings = std::vector<std::string>;

constexpr const char* kId = "france-travail-2026-11";
const World::Item kItem{
    "1", "France Travail : des données volées",
    "Les noms et les adresses e-mail de 12 000 inscrits à France Travail ont été volés le 10 novembre "
    "2026. Les coordonnées bancaires ne sont pas concernées."};

/// A service over a world that has read one item.
struct Desk {
  World world;
  api::Service service{api::Core{
      Vocabulary::shipped(),
      *world.store,
      *world.watchlist,
      *world.pipeline,
      [] { return std::make_shared<const std::vector<Source>>(); },
      [] { return test::kNow; },
      [](const std::function<Status()>& change) { return change(); },
      [](const Strings&) -> Result<std::vector<api::SourceReport>> { return std::vector<api::SourceReport>{}; },
      std::chrono::days(90),
      false,
      {}}};

  Desk() {
    world.watch("Pôle emploi:2020..");
    REQUIRE(world.read_feed({kItem}));
    REQUIRE(world.deliver() == Strings{"first france-travail-2026-11 possible"});
  }
  http::ApiReply post(const std::string& path, const std::string& body) {
    return service.handle({"POST", "/api/v1/incidents/" + path, {}, body});
  }
  http::ApiReply correct(const Strings& settings, const std::string& because = "Communiqué relu.") {
    JsonOut out;
    out.begin_object().key("set").begin_array();
    for (const std::string& setting : settings) out.value(setting);
    out.end_array().member("because", because).member("language", "en").end_object();
    return post(std::string(kId) + "/corrections", std::string(out.str()));
  }
  std::string refusal(const Strings& settings, const std::string& because = "Communiqué relu.") {
    const auto reply = correct(settings, because);
    CHECK(reply.status >= 400);
    JsonParser parser;
    return std::string((*parser.parse(reply.body))["detail"].text());
  }
};

}  // namespace

TEST_CASE("corrections: they win over the source, also when it is read again, and reach who was told") {
  Desk desk;
  const auto reply = desk.correct({"exposed=+nir,-email", "people=~15 000", "status=confirmed"});
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  Incident incident = desk.world.incident(kId);
  CHECK(incident.exposed == sample::categories({"name", "nir"}));
  CHECK(incident.people ==
        std::vector{PeopleFigure{15'000, Qualifier::About, Trust::Curator, date_of(test::kNow), ""}});
  CHECK(incident.status == IncidentStatus::Confirmed);
  CHECK(incident.not_exposed == sample::categories({"iban"}));
  REQUIRE(incident.corrections.size() == 1);
  CHECK(incident.corrections[0].number == 1);
  REQUIRE(incident.revisions.size() == 2);
  CHECK(incident.revisions[1].source == kCuratorSource);
  CHECK(incident.revisions[1].because == "Communiqué relu.");
  CHECK(incident.revisions[1].material);
  CHECK(desk.world.deliver() == Strings{"update france-travail-2026-11 possible"});
  World::Item changed = kItem;
  changed.text += " Les adresses postales ont aussi été volées.";
  REQUIRE(desk.world.read_feed({changed}));
  incident = desk.world.incident(kId);
  CHECK(incident.exposed == sample::categories({"name", "nir", "postal_address"}));
  CHECK(incident.people.size() == 1);
  CHECK(incident.status == IncidentStatus::Confirmed);
}

TEST_CASE("corrections: one is withdrawn by its number, once, with a reason, and the sources speak again") {
  Desk desk;
  REQUIRE(desk.correct({"exposed=iban"}).status == 200);
  REQUIRE(desk.correct({"people="}).status == 200);
  CHECK(desk.world.incident(kId).exposed == sample::categories({"iban"}));
  CHECK(desk.world.incident(kId).not_exposed.empty());
  CHECK(desk.world.incident(kId).people.empty());
  const std::string path = std::string(kId) + "/corrections/1/withdraw";
  CHECK(desk.post(path, R"({"because":""})").status == 400);
  CHECK(desk.post(path, R"({"because":"Je me suis trompé."})").status == 200);
  const Incident incident = desk.world.incident(kId);
  CHECK(incident.exposed == sample::categories({"name", "email"}));
  CHECK(incident.not_exposed == sample::categories({"iban"}));
  CHECK(incident.people.empty());
  REQUIRE(incident.corrections.size() == 2);
  CHECK(incident.corrections[0].withdrawn_because == "Je me suis trompé.");
  CHECK(incident.revisions.back().because == "Je me suis trompé.");
  CHECK(desk.post(path, R"({"because":"Encore."})").status >= 400);
  CHECK(desk.post(std::string(kId) + "/corrections/9/withdraw", R"({"because":"x"})").status >= 400);
  CHECK(desk.post("rien/corrections", R"({"set":["people=1"],"because":"x"})").status == 404);
}

TEST_CASE("corrections: what makes no sense is refused with one sentence, and nothing changes") {
  Desk desk;
  const std::pair<Strings, const char*> kRows[] = {
      {{}, "nothing to correct"},
      {{"colour=red"}, "does not say what to correct"},
      {{"people"}, "does not say what to correct"},
      {{"people=many"}, "people takes a number of people"},
      {{"people=-3"}, "people takes a number of people"},
      {{"people=1", "people=2"}, "people can be given only once"},
      {{"status=done"}, "status cannot be “done”"},
      {{"exposed=nirr"}, "no kind of data is called “nirr”"},
      {{"exposed=+nir,email"}, "put + or - before each word"},
      {{"exposed=+nir", "not_exposed=+nir"}, "nir cannot be both"},
      {{"exposed=+nir,-nir"}, "nir cannot be both"},
      {{"from=hier"}, "from takes a date"},
      {{"from=2027"}, "from: 2027 has not come yet"},
      {{"to=2026-11-01"}, "would end (2026-11-01) before it begins (2026-11-10)"},
      {{"title=" + std::string(2001, 'a')}, "title: more than 2000 bytes"},
      {Strings(65, "organisation=A"), "at most 64 fields"},
  };
  for (const auto& [settings, expected] : kRows) {
    const std::string said = desk.refusal(settings);
    CHECK_MESSAGE(said.find(expected) != std::string::npos, said);
  }
  CHECK(desk.refusal({"people=1"}, "  ").find("a correction has a reason") != std::string::npos);
  CHECK(desk.world.incident(kId).revisions.size() == 1);
}

TEST_CASE("corrections: a body is known by its id or any of its names, and several can be given") {
  Desk desk;
  REQUIRE(desk.correct({"organisation=pole emploi", "organisation=CHU de Rennes", "processor=Axerno"}).status == 200);
  const Incident incident = desk.world.incident(kId);
  REQUIRE(incident.organisations.size() == 2);
  CHECK(incident.organisations[0].id == "france-travail");
  CHECK(incident.organisations[1].name == "CHU de Rennes");
  CHECK_FALSE(incident.organisation_classes.empty());
  CHECK(incident.public_service);
  REQUIRE(incident.processors.size() == 1);
  CHECK(incident.processors[0].name == "Axerno");
  CHECK(desk.world.store->incidents_of("~axerno").value() == Strings{kId});
}

TEST_CASE("corrections: a status says that what was for a curator is an incident, a body says who is concerned") {
  Desk desk;
  desk.world.watch("CAF:2020..");
  REQUIRE(desk.world.read_feed(
      {kItem, {"2", "Des données volées", "Les noms et adresses de 3 000 allocataires ont été volés."}}));
  REQUIRE(desk.world.store->counts()->unsure == 1);
  index::IncidentFilter filter;
  filter.unsure = true;
  JsonParser parser;
  const auto page = desk.world.store->incidents(filter);
  const std::string id((*parser.parse(page->documents.at(0)))["id"].text());
  REQUIRE(desk.post(id + "/corrections", R"({"set":["organisation=CAF"],"because":"x"})").status == 200);
  CHECK(desk.world.deliver().empty());
  REQUIRE(desk.post(id + "/corrections", R"({"set":["status=claimed"],"because":"x"})").status == 200);
  CHECK(desk.world.deliver() == Strings{"first " + id + " possible"});
  CHECK(desk.world.store->counts()->unsure == 0);
}

TEST_CASE("corrections: all are listed, with the texts they label; what nobody corrected is skipped") {
  Desk desk;
  REQUIRE(desk.correct({"exposed=name,nir", "from=2026-11-09"}).status == 200);
  const auto reply = desk.service.handle({"GET", "/api/v1/corrections", {}, {}});
  REQUIRE(reply.status == 200);
  JsonParser parser;
  const JsonValue document = *parser.parse(reply.body);
  REQUIRE(document["items"].items().size() == 1);
  REQUIRE(document["examples"].items().size() == 1);
  const JsonValue example = *document["examples"].items().begin();
  CHECK(example["id"].text() == "france-travail-2026-11/1");
  CHECK(example["format"].text() == "text");
  CHECK(example["lang"].text() == "fr");
  CHECK(example["published"].text() == "2026-11-20");
  CHECK(example["text"].text() == kItem.title + "\n\n" + kItem.text);
  CHECK(example["is_disclosure"].boolean() == true);
  CHECK(example["people_affected"].integer() == 12'000);
  CHECK(example["incident_from"].text() == "2026-11-09");
  CHECK(example["note"].text() == "Communiqué relu.");
  Strings exposed, skip;
  for (const auto slug : example["exposed"].items()) exposed.emplace_back(JsonValue(slug).text());
  for (const auto name : example["skip"].items()) skip.emplace_back(JsonValue(name).text());
  CHECK(exposed == Strings{"name", "nir"});
  CHECK(skip == Strings{"not_exposed", "organisations", "processor", "people_affected", "incident_to"});
}

TEST_CASE("corrections: a text that a curator says is no leak becomes an example of none") {
  Desk desk;
  REQUIRE(desk.correct({"status=retracted"}, "Une panne, pas une fuite.").status == 200);
  const auto reply = desk.service.handle({"GET", "/api/v1/corrections", {}, {}});
  JsonParser parser;
  const JsonValue document = *parser.parse(reply.body);
  const JsonValue example = *document["examples"].items().begin();
  CHECK(example["is_disclosure"].boolean() == false);
  CHECK(example["exposed"].items().size() == 0);
  CHECK(example["organisations"].items().size() == 0);
  CHECK(example["skip"].items().size() == 0);
  REQUIRE(desk.post(std::string(kId) + "/corrections/1/withdraw", R"({"because":"Si."})").status == 200);
  const auto after = desk.service.handle({"GET", "/api/v1/corrections", {}, {}});
  CHECK((*parser.parse(after.body))["examples"].items().size() == 0);
  CHECK((*parser.parse(after.body))["items"].items().size() == 1);
}
