// SPDX-License-Identifier: AGPL-3.0-or-later
// Corrections reach exactly those who were told: a change that matters makes an update that says what changed, any
// other none.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/app/world.hpp"

using namespace vigifuite;
using test::World;

namespace {

using Words = std::vector<std::string>;

const std::string kLeak =
    R"({"schema":"vigifuite/catalogue@v1","title":"essai","incidents":[{"id":"essai-2026-01","title":{"fr":"France Travail"},)"
    R"("organisations":["france-travail"],"country":"FR","status":"confirmed","incident":{"from":"2026-01-05","to":"2026-01-06"},)"
    R"("disclosed":"2026-01-20","people":[{"count":1000,"qualifier":"exact","by":"organisation","date":"2026-01-20","source":0}],)"
    R"("populations":[{"relation":"user","to":"2026-01","extent":"whole","statement":{"fr":"Toutes les personnes inscrites."},"source":0}],)"
    R"("exposed":["name","email"],"summary":{"fr":"Inventé."},"sources":[{"url":"https://exemple.invalid/a","kind":"official"}],)"
    R"("certainty":"sourced"}]})";

std::string with(std::string_view from, std::string_view to) {
  std::string document = kLeak;
  const auto at = document.find(from);
  REQUIRE(at != std::string::npos);
  return document.replace(at, from.size(), to);
}

/// One person told of the leak, another who never was; what each change makes of it.
struct Told {
  World world;
  Told() {
    world.watch("Pôle emploi:2009..2013");
    world.watch("Orange");
    REQUIRE(world.ingest(kLeak).has_value());
    REQUIRE(world.deliver() == Words{"first essai-2026-01 likely"});
  }
  Words after(const std::string& document) {
    REQUIRE(world.ingest(document, "\"2\"").has_value());
    return world.deliver();
  }
  Words last_changes() { return world.incident("essai-2026-01").revisions.back().changes; }
};

}  // namespace

TEST_CASE("corrections: each change that matters is told to who was told, once, and says what changed") {
  struct Case {
    const char* name;
    std::string document;
    std::string change;
    std::string verdict = "likely";
  };
  const std::string figure = R"("count":1000)";
  const Case cases[] = {
      {"status", with(R"("status":"confirmed")", R"("status":"corrected")"), "status"},
      {"retraction", with(R"("status":"confirmed")", R"("status":"retracted")"), "status", "not_affected"},
      {"exposed", with(R"(["name","email"])", R"(["name","email","nir"])"), "exposed"},
      {"no longer exposed", with(R"(["name","email"])", R"(["name"])"), "exposed"},
      {"people", with(figure, R"("count":43000000)"), "people"},
      {"population", with(R"("to":"2026-01","extent")", R"("to":"2025-12","extent")"), "population"},
      {"processor", with(R"("country")", R"("processors":["almerys"],"country")"), "processor"},
      {"body", with(R"(["france-travail"])", R"(["france-travail","cnaf"])"), "organisations"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Told told;
    CHECK(told.after(one.document) == Words{"update essai-2026-01 " + one.verdict});
    const Words changes = told.last_changes();
    CHECK(std::find(changes.begin(), changes.end(), one.change) != changes.end());
    CHECK(told.world.incident("essai-2026-01").revisions.back().material);
    CHECK(told.world.deliver().empty());
  }
}

TEST_CASE("corrections: a change that does not matter is in the history, and told to nobody") {
  const std::string cases[] = {
      with("Inventé.", "Inventé, mieux écrit."),
      with(R"({"fr":"France Travail"})", R"x({"fr":"France Travail (essai)"})x"),
      with(R"("from":"2026-01-05")", R"("from":"2026-01-04")"),
      with(R"("kind":"official"})", R"("kind":"official"},{"url":"https://exemple.invalid/b","kind":"press"})"),
      with(
          R"("source":0}],"populations")",
          R"("source":0},{"count":900,"qualifier":"exact","by":"press","date":"2026-01-21","source":0}],"populations")"),
  };
  for (const std::string& document : cases) {
    CAPTURE(document);
    Told told;
    CHECK(told.after(document).empty());
    CHECK(told.world.incident("essai-2026-01").revisions.size() == 2);
    CHECK_FALSE(told.world.incident("essai-2026-01").revisions.back().material);
  }
}
