// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/procedure.hpp"

#include <doctest/doctest.h>

#include "schemas/profile.hpp"

using namespace vigifuite;

namespace {

std::string refused(std::string_view json) {
  JsonParser parser;
  const auto parsed = parser.parse(json);
  REQUIRE(parsed.has_value());
  const auto read = read_procedure(*parsed);
  return read ? std::string() : read.error().what;
}

}  // namespace

TEST_CASE("procedure: what is written is read back") {
  Procedure procedure;
  procedure.sent = {{"acces", {2026, 9, 1}, {2026, 9, 3}, "lettre recommandée", "avis de réception"},
                    {"relance", {2026, 10, 6}, {}, "", ""}};
  procedure.answers = {{"acces", {2026, 9, 20}, Outcome::Extended, "D-12", "besoin de deux mois"}};
  procedure.consequences = {{{2026, 9, 10}, "faux conseiller au téléphone", 1250, 35, "relevé d'appels"},
                            {{2026, 0, 0}, "démarchage", {}, {}, ""}};
  JsonOut out;
  write(out, procedure);
  JsonParser parser;
  const auto json = parser.parse(out.str());
  REQUIRE(json.has_value());
  const auto read = read_procedure(*json);
  REQUIRE(read.has_value());
  CHECK(*read == procedure);
}

TEST_CASE("procedure: the cases of a profile are read back, and what is wrong in one is named") {
  Profile profile;
  profile.cases = {{"une-fuite-2024", {2026, 9, 1}, {2026, 10, 1}, "réponse reçue", {}},
                   {"une-autre-2025", {2026, 9, 2}, {}, "", {{{"acces", {2026, 9, 2}, {}, "courriel", ""}}, {}, {}}}};
  JsonOut out;
  write(out, profile);
  JsonParser parser;
  const auto json = parser.parse(out.str());
  REQUIRE(json.has_value());
  const auto read = read_profile(*json);
  REQUIRE(read.has_value());
  CHECK(*read == profile);
  const auto refused_profile = [&](std::string_view text) {
    const auto parsed = parser.parse(text);
    const auto wrong = read_profile(*parsed);
    return wrong ? std::string() : wrong.error().what;
  };
  CHECK(refused_profile(R"({"cases":[{"opened":"2026-09-01"}]})") == "profile: $.cases[0].incident: missing");
  CHECK(refused_profile(R"({"cases":[{"incident":"x"}]})") == "profile: $.cases[0].opened: missing");
  CHECK(refused_profile(R"({"cases":[{"incident":"x","opened":"2026-09-01","procedure":{"sent":[{}]}}]})") ==
        "profile: $.cases[0].procedure.sent[0].kind: missing");
}

TEST_CASE("procedure: a wrong member is named") {
  CHECK(refused(R"({"sent":[{"kind":"acces","date":"2026-09"}]})") ==
        "procedure: $.sent[0].date: not a day: write it as 2026-09-01");
  CHECK(refused(R"({"sent":[{"kind":"acces"}]})") == "procedure: $.sent[0].date: missing");
  CHECK(refused(R"({"sent":[{"kind":"acces","date":"2026-09-03","delivered":"2026-09-01"}]})") ==
        "procedure: $.sent[0].delivered: is before `date`");
  CHECK(refused(R"({"answers":[{"kind":"acces","date":"2026-09-03","outcome":"perhaps"}]})") ==
        "procedure: $.answers[0].outcome: unknown word");
  CHECK(refused(R"({"consequences":[{"what":"x","cents":-1}]})") == "procedure: $.consequences[0].cents: out of range");
  CHECK(refused(R"({"moon":1})").starts_with("procedure: "));
  CHECK(refused(R"({"schema":"vigifuite/procedure@v2"})").starts_with("procedure: $.schema"));
  std::string many = R"({"sent":[)";
  for (int i = 0; i < 1001; ++i) many += std::string(i == 0 ? "" : ",") + R"({"kind":"a","date":"2026-09-03"})";
  CHECK(refused(many + "]}") == "procedure: $.sent[1000]: more than 1,000 of them");
  CHECK(refused(R"({"sent":[{"kind":")" + std::string(2001, 'x') + R"(","date":"2026-09-03"}]})") ==
        "procedure: $.sent[0].kind: longer than 2,000 bytes");
}

TEST_CASE("procedure: steps as they are typed") {
  CHECK(parse_sent("acces=2026-09-01").value() == SentLetter{"acces", {2026, 9, 1}, {}, "", ""});
  CHECK(parse_sent("acces = 2026-09-01 , courriel , accusé de lecture, page 2").value() ==
        SentLetter{"acces", {2026, 9, 1}, {}, "courriel", "accusé de lecture, page 2"});
  CHECK(parse_answer("cnil=2026-10-02,accuse,44-26034").value() ==
        Answer{"cnil", {2026, 10, 2}, Outcome::Acknowledged, "44-26034", ""});
  CHECK(parse_answer("acces=2026-10-02,complete").value().outcome == Outcome::Complete);
  for (const char* wrong : {"", "acces", "=2026-09-01", "acces=", "acces=hier", "acces=2026-09", "acces=2026-02-30"}) {
    CHECK_MESSAGE(!parse_sent(wrong).has_value(), wrong);
  }
  CHECK_FALSE(parse_sent("acces=2026-09-01," + std::string(2000, 'x')).has_value());
  for (const char* wrong : {"acces=2026-09-01", "acces=2026-09-01,peut-être", "acces=2026-09-01,"}) {
    CHECK_MESSAGE(!parse_answer(wrong).has_value(), wrong);
  }
}
