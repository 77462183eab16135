// SPDX-License-Identifier: AGPL-3.0-or-later
// Procedures that are followed, through the API: kept with the profile, taken into account by letters, forgotten with
// the person.
#include <filesystem>
#include <fstream>

#include "daemon/api/service.hpp"
#include "schemas/core/json_in.hpp"
#include "tests/unit/app/world.hpp"

using namespace vigifuite;
using test::World;

namespace {

constexpr const char* kId = "france-travail-2026-09";

/// A service over a world with one leak and one person whom it may concern.
struct Desk {
  World world;
  WatchNumber person = 0;

  Desk() {
    REQUIRE(
        world.read_feed({{"1", "France Travail : des données volées",
                          "Les noms et les adresses e-mail de 12 000 inscrits à France Travail ont été volés le 1er "
                          "septembre 2026."}}));
    person = world.watch("Pôle emploi:2020..");
  }
  http::ApiReply ask(const std::string& method, const std::string& path, const std::string& body = {}) {
    api::Service service{api::Core{Vocabulary::shipped(),
                                   *world.store,
                                   *world.watchlist,
                                   *world.pipeline,
                                   [] { return std::make_shared<const std::vector<Source>>(); },
                                   [] { return test::kNow; },
                                   [](const std::function<Status()>& change) { return change(); },
                                   [](const std::vector<std::string>&) -> Result<std::vector<api::SourceReport>> {
                                     return std::vector<api::SourceReport>{};
                                   },
                                   std::chrono::days(90),
                                   false,
                                   {}}};
    return service.handle({method, path, {}, body});
  }
  [[nodiscard]] std::string path() const { return "/api/v1/cases/" + std::to_string(person) + "/" + kId; }
  http::ApiReply change(const std::string& body) { return ask("POST", path(), body); }
};

/// How a letter stands in a case, "now", "later"…
std::string standing(const http::ApiReply& reply, std::string_view id) {
  JsonParser parser;
  const auto json = parser.parse(reply.body);
  REQUIRE(json);
  for (const auto element : (*json)["letters"].items()) {
    if (JsonValue(element)["id"].text() == id) return std::string(JsonValue(element)["possible"].text());
  }
  return {};
}

constexpr const char* kRequestSent =
    R"({"procedure":{"sent":[{"kind":"acces","date":"2026-10-05","channel":"courriel"}]}})";

}  // namespace

TEST_CASE("cases: opened, added to, listed, closed, opened again; they survive a restart") {
  Desk desk;
  CHECK(desk.change(kRequestSent).status == 404);
  CHECK(desk.change(R"({"open":true})").status == 200);
  CHECK(standing(desk.ask("GET", desk.path()), "relance") == "later");
  const auto sent = desk.change(kRequestSent);
  CHECK(sent.status == 200);
  CHECK(standing(sent, "relance") == "now");
  desk.world.reopen();
  CHECK(standing(desk.ask("GET", desk.path()), "relance") == "now");
  CHECK(desk.change(R"({"close":"réponse reçue"})").body.find("\"closed\":\"2026-11-24\"") != std::string::npos);
  const auto list = desk.ask("GET", "/api/v1/cases");
  CHECK(list.body.find("réponse reçue") != std::string::npos);
  const auto again = desk.change(R"({"open":true})");
  CHECK(again.body.find("\"closed\"") == std::string::npos);
  CHECK(again.body.find("\"courriel\"") != std::string::npos);
}

TEST_CASE("cases: a letter told again with the day it arrived replaces the first, and letters count from it") {
  Desk desk;
  desk.change(R"({"open":true})");
  desk.change(kRequestSent);
  const auto reply = desk.change(
      R"({"procedure":{"sent":[{"kind":"acces","date":"2026-10-05","delivered":"2026-11-20","channel":"courriel"}]}})");
  CHECK(standing(reply, "relance") == "later");
  CHECK(reply.body.find("\"delivered\":\"2026-11-20\"") != std::string::npos);
  JsonParser parser;
  const auto json = parser.parse(reply.body);
  CHECK((*json)["procedure"]["sent"].items().size() == 1);
}

TEST_CASE("cases: a letter for the watched person takes what was done into account") {
  Desk desk;
  const std::string body =
      R"({"kind":"relance","incident":")" + std::string(kId) + R"(","watch":)" + std::to_string(desk.person) + "}";
  CHECK(desk.ask("POST", "/api/v1/letters", body).status == 409);
  desk.change(R"({"open":true})");
  desk.change(kRequestSent);
  const auto made = desk.ask("POST", "/api/v1/letters", body);
  CHECK(made.status == 200);
  CHECK(made.body.find("5\u00a0octobre") != std::string::npos);
}

TEST_CASE("cases: what cannot be is refused in one sentence, and nothing is changed") {
  Desk desk;
  desk.change(R"({"open":true})");
  desk.change(kRequestSent);
  const std::string before = desk.ask("GET", desk.path()).body;
  for (const char* body :
       {"", "{", R"({"procedure":{"sent":[{"kind":"acces","date":"2027-01-01"}]}})",
        R"({"procedure":{"sent":[{"kind":"pardon","date":"2026-01-01"}]}})",
        R"({"procedure":{"answers":[{"kind":"cnil","date":"2026-11-01","outcome":"refused"}]}})",
        R"({"procedure":{"sent":[{"kind":"acces","date":"2026"}]}})", R"({"procedure":{"moon":[]}})"}) {
    CAPTURE(body);
    CHECK(desk.change(body).status == 400);
    CHECK(desk.ask("GET", desk.path()).body == before);
  }
  std::string many = R"({"procedure":{"consequences":[)";
  for (int i = 0; i < 600; ++i) many += std::string(i == 0 ? "" : ",") + R"({"what":"un appel"})";
  many += "]}}";
  CHECK(desk.change(many).status == 200);
  CHECK(desk.change(many).status == 409);
  CHECK(desk.ask("GET", desk.path()).status == 200);
  CHECK(desk.change(R"({"close":")" + std::string(2001, 'x') + "\"}").status == 400);
  CHECK(desk.ask("POST", "/api/v1/cases/99/" + std::string(kId), R"({"open":true})").status == 404);
  CHECK(desk.ask("POST", "/api/v1/cases/moi/" + std::string(kId), R"({"open":true})").status == 400);
  CHECK(desk.ask("POST", "/api/v1/cases/" + std::to_string(desk.person) + "/rien", R"({"open":true})").status == 404);
  CHECK(desk.ask("DELETE", desk.path()).status == 404);
}

TEST_CASE("cases: nothing of them is readable on the disk, and they go with the person") {
  Desk desk;
  desk.change(R"({"open":true})");
  desk.change(R"({"procedure":{"consequences":[{"what":"un appel de zorglub"}]}})");
  CHECK(desk.ask("DELETE", "/api/v1/watch/" + std::to_string(desk.person)).status == 200);
  CHECK(desk.ask("GET", desk.path()).status == 404);
  CHECK(desk.ask("GET", "/api/v1/cases").body.find("zorglub") == std::string::npos);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(desk.world.place.path())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    CHECK_MESSAGE(bytes.find("zorglub") == std::string::npos, entry.path().string());
  }
  CHECK(files > 0);
}

TEST_CASE("cases: a notice is scored, and not kept") {
  Desk desk;
  const auto reply =
      desk.ask("POST", "/api/v1/notice", R"({"notice":"Un accès non autorisé a eu lieu. Contact : dpo@x.invalid"})");
  CHECK(reply.status == 200);
  CHECK(reply.body.find("\"id\":\"nature\"") != std::string::npos);
  CHECK(reply.body.find("Un accès non autorisé a eu lieu.") != std::string::npos);
  CHECK(desk.ask("POST", "/api/v1/notice", "x").status == 400);
}
