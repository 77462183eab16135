// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "schemas/alert.hpp"
#include "schemas/hit.hpp"
#include "schemas/notice_codec.hpp"
#include "tests/support/sample_shapes.hpp"
#include "tests/support/source_dir.hpp"

using namespace vigifuite;

namespace {

const Vocabulary& words() {
  return Vocabulary::shipped();
}

template <class Shape>
std::string text_of(const Shape& shape) {
  JsonOut out;
  write(out, shape, words());
  return std::string(out.str());
}

std::string text_of(const Profile& profile) {
  JsonOut out;
  write(out, profile);
  return std::string(out.str());
}

std::string complaint_about_profile(const std::string& text) {
  JsonParser parser;
  const auto json = parser.parse(text);
  REQUIRE(json);
  const auto profile = read_profile(*json);
  return profile ? std::string("read") : profile.error().what;
}

}  // namespace

TEST_CASE("codec: a sighting reads back as it was written, full or minimal") {
  for (const Sighting& sighting : {sample::full_sighting(), sample::minimal_sighting()}) {
    JsonParser parser;
    const std::string text = text_of(sighting);
    const auto read = read_sighting(*parser.parse(text), words());
    REQUIRE_MESSAGE(read, read.error().what);
    CHECK(*read == sighting);
    CHECK(text_of(*read) == text);
  }
}

TEST_CASE("codec: an incident reads back as it was written, full or minimal") {
  for (const Incident& incident : {sample::full_incident(), sample::minimal_incident()}) {
    JsonParser parser;
    const std::string text = text_of(incident);
    const auto read = read_incident(*parser.parse(text), words());
    REQUIRE_MESSAGE(read, read.error().what);
    CHECK(*read == incident);
    CHECK(text_of(*read) == text);
  }
}

TEST_CASE("codec: an incident that was stored before there were merges is still read") {
  std::ifstream file(vigifuite::test::source_dir() + "/tests/unit/schemas/incident_v1_without_merges.json",
                     std::ios::binary);
  std::stringstream golden;
  golden << file.rdbuf();
  JsonParser parser;
  const std::string text = golden.str();
  const auto read = read_incident(*parser.parse(text), words());
  REQUIRE(read);
  CHECK(text_of(*read) + "\n" == text);
  CHECK(read->former_ids.empty());
}

TEST_CASE("codec: a curator's decision reads back as it was written, and a wrong one is refused") {
  JsonParser parser;
  JsonOut out;
  write(out, sample::curation());
  const std::string text(out.str());
  CHECK(
      text ==
      R"({"schema":"vigifuite/curation@v1","number":7,"kind":"split","at":"2024-03-16T09:00:00Z","left":[{"source":"cnil","key":"1"}],"right":[{"source":"press-one","key":"item/1"},{"source":"press-two","key":"2"}],"incidents":["acme-2024-03"],"because":"Deux vols."})");
  const auto read = read_curation(*parser.parse(text));
  REQUIRE(read);
  CHECK(*read == sample::curation());
  for (const auto& [from, to] :
       {std::pair{"\"number\":7", "\"number\":0"}, std::pair{"\"split\"", "\"join\""},
        std::pair{"curation@v1", "curation@v2"}, std::pair{R"([{"source":"cnil","key":"1"}])", "[]"}}) {
    std::string wrong = text;
    wrong.replace(wrong.find(from), std::string_view(from).size(), to);
    CAPTURE(wrong);
    CHECK_FALSE(read_curation(*parser.parse(wrong)));
  }
}

TEST_CASE("codec: the bytes of an incident do not change by accident (version 1, golden file)") {
  std::ifstream file(vigifuite::test::source_dir() + "/tests/unit/schemas/incident_v1.json", std::ios::binary);
  std::stringstream golden;
  golden << file.rdbuf();
  CHECK(text_of(sample::full_incident()) + "\n" == golden.str());
}

TEST_CASE("codec: an incident written before there was evidence is still read") {
  std::ifstream file(vigifuite::test::source_dir() + "/tests/unit/schemas/incident_v1_without_evidence.json",
                     std::ios::binary);
  std::stringstream old;
  old << file.rdbuf();
  JsonParser parser;
  const auto read = read_incident(*parser.parse(old.str()), words());
  REQUIRE_MESSAGE(read, read.error().what);
  Incident expected = sample::full_incident();
  expected.unsure = false;
  expected.evidence.clear();
  expected.corrections.clear();
  expected.former_ids.clear();
  expected.revisions.resize(2);
  CHECK(*read == expected);
}

TEST_CASE("codec: a document that is not ours is refused with the path of the first wrong member") {
  JsonParser parser;
  std::string text = text_of(sample::full_incident());
  const auto refusal = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    const auto at = changed.find(from);
    REQUIRE(at != std::string::npos);
    changed.replace(at, from.size(), to);
    const auto read = read_incident(*parser.parse(changed), words());
    return read ? std::string("read") : read.error().what;
  };
  CHECK(refusal("incident@v1", "incident@v2").find("$.schema") != std::string::npos);
  CHECK(refusal("\"qualifier\":\"at_least\"", "\"qualifier\":\"many\"") ==
        "incident: $.people[1].qualifier: unknown word");
  CHECK(refusal("\"count\":36820828", "\"count\":\"36\"") == "incident: $.people[0].count: expected an integer");
  CHECK(refusal("\"id\":", "\"ie\":") == "incident: $.id: missing");
  CHECK(refusal("\"confidence\":90", "\"confidence\":190") ==
        "incident: $.evidence[0].facts[0].confidence: expected a percentage");
  CHECK(refusal("\"fields\":[\"status\"]", "\"fields\":[\"statuts\"]") ==
        "incident: $.corrections[0].fields: unknown word");
  CHECK(refusal("2024-02-06", "2024-02-31").starts_with("incident: $.incident.from: expected a date"));
  CHECK(refusal("\"nir\"", "\"nirr\"") == "incident: $.exposed: unknown category");
  CHECK(parse_trust("authority") == Trust::Authority);
  CHECK_FALSE(parse_trust("curator"));  // a source file says this word, and no curator
  CHECK_FALSE(read_incident(*parser.parse("[]"), words()));
  CHECK_FALSE(read_sighting(*parser.parse("{}"), words()));
}

TEST_CASE("codec: a profile reads back as it was written, full or empty") {
  for (const Profile& profile : {sample::full_profile(), Profile{}}) {
    JsonParser parser;
    const auto read = read_profile(*parser.parse(text_of(profile)));
    REQUIRE_MESSAGE(read, read.error().what);
    CHECK(*read == profile);
  }
}

TEST_CASE("codec: a profile may be written by hand, with ties as on the command line") {
  JsonParser parser;
  const auto read = read_profile(*parser.parse(
      R"({"ties":["Pôle emploi:2009..2013",{"organisation":"CAF","from":"2019","ongoing":true,"relation":"employee"}]})"));
  REQUIRE_MESSAGE(read, read.error().what);
  REQUIRE(read->ties.size() == 2);
  CHECK(read->ties[0].organisation.name == "Pôle emploi");
  CHECK(read->ties[0].period == Period{{2009, 0, 0}, {2013, 0, 0}});
  CHECK(read->ties[1].organisation.name == "CAF");
  CHECK(read->ties[1].relation == Relation::Employee);
  CHECK(read->ties[1].ongoing);
}

TEST_CASE("codec: what is wrong in a profile is named, and never repeated") {
  CHECK(complaint_about_profile(R"({"tiess":[]})") == "profile: $.tiess: unknown member");
  CHECK(complaint_about_profile(R"({"ties":[{"organisation":"CAF","form":"2019"}]})") ==
        "profile: $.ties[0].form: unknown member");
  CHECK(complaint_about_profile(R"({"ties":[{"from":"2019"}]})").find("$.ties[0].organisation: missing") !=
        std::string::npos);
  CHECK(complaint_about_profile(R"({"ties":[{"organisation":"CAF","from":"2019","to":"2018"}]})") ==
        "profile: $.ties[0].from: is after `to`");
  CHECK(complaint_about_profile(R"({"ties":["CAF:yesterday"]})").find("yesterday") == std::string::npos);
  CHECK(complaint_about_profile(R"({"ties":{}})") == "profile: $.ties: expected an array");
  CHECK(complaint_about_profile(R"({"language":"de"})") == "profile: $.language: unknown word");
  CHECK(complaint_about_profile(R"({"identity":{"name":")" + std::string(3000, 'a') + "\"}}") ==
        "profile: $.identity.name: longer than 2,000 bytes");
  std::string many = "{\"ties\":[\"a\"";
  for (int i = 0; i < 1000; ++i) many += ",\"a\"";
  CHECK(complaint_about_profile(many + "]}") == "profile: $.ties: more than 1,000 ties");
}

TEST_CASE("tie: what a person types is read") {
  struct Row {
    const char* text;
    const char* name;
    Period period;
    bool ongoing;
  };
  const Row rows[] = {{"Pôle emploi:2009..2013", "Pôle emploi", {{2009, 0, 0}, {2013, 0, 0}}, false},
                      {"CAF:2019..", "CAF", {{2019, 0, 0}, {}}, true},
                      {"Free:..2022", "Free", {{}, {2022, 0, 0}}, false},
                      {"MGEN", "MGEN", {}, false},
                      {"caf:2020", "caf", {{2020, 0, 0}, {2020, 0, 0}}, false},
                      {" CAF : 2019-06 .. 2020-02-29 ", "CAF", {{2019, 6, 0}, {2020, 2, 29}}, false},
                      {"CAF:..", "CAF", {}, false},
                      {"CAF:", "CAF", {}, false},
                      {"Groupe A : filiale B:2019..", "Groupe A : filiale B", {{2019, 0, 0}, {}}, true}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto tie = parse_tie(row.text);
    REQUIRE(tie);
    CHECK(tie->organisation.name == row.name);
    CHECK(tie->period == row.period);
    CHECK(tie->ongoing == row.ongoing);
    CHECK(tie->relation == Relation::User);
  }
}

TEST_CASE("tie: what cannot be read is refused and the form is shown") {
  for (const char* text :
       {"", ":2019", "  ", "CAF:hier", "CAF:2019...2020", "CAF:2013..2009", "CAF:2019-13..", "CAF:01/2019"}) {
    CAPTURE(text);
    const auto tie = parse_tie(text);
    REQUIRE_FALSE(tie);
    CHECK(tie.error().kind == ErrorKind::Malformed);
    CHECK(tie.error().what.find("“Pôle emploi:2009..2013”") != std::string::npos);
    CHECK(tie.error().fr.find("un lien s'écrit par exemple") != std::string::npos);
  }
  CHECK_FALSE(parse_tie(std::string(301, 'a')));
  CHECK(parse_tie(std::string(300, 'a')));
}

TEST_CASE("organisation key: the registry id, else the words, never empty for a body that has any") {
  CHECK(organisation_key({"france-travail", "Pôle emploi", ""}) == "france-travail");
  CHECK(organisation_key({"", "Acme Corp.", "acme.example"}) == "~acme-corp");
  CHECK(organisation_key({"", "", "acme.example"}) == "~acme-example");
  CHECK(organisation_key({}).empty());
  const std::string greek = organisation_key({"", "Ελλάδα", ""});
  CHECK(greek.size() > 10);
  CHECK(greek != organisation_key({"", "Αθήνα", ""}));
}

TEST_CASE("alert id: it reads back as it was written, and has one spelling") {
  const AlertId id{12, 3};
  CHECK(to_string(id) == "12-3");
  REQUIRE(parse_alert_id("12-3"));
  CHECK(*parse_alert_id("12-3") == id);
  for (const char* text : {"", "12", "-", "12-", "-3", "012-3", "12-03", "12--3", "12-3 ", "12-4294967296", "a-b"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_alert_id(text));
  }
}

TEST_CASE("notice: its own words are kept, the text no longer than allowed and cut between characters") {
  const std::string text(kMaxNoticeText - 1, 'a');
  const std::string long_text = text + "é";
  Notice notice;
  notice.key = "k1";
  notice.title = "Titre";
  notice.text = long_text;
  notice.text_is_html = true;
  JsonParser parser;
  const std::string document = notice_document(notice, "cnil", *parse_rfc3339("2024-03-13T09:00:00Z"));
  const auto json = parser.parse(document);
  REQUIRE(json);
  CHECK((*json)["schema"].text() == "vigifuite/notice@v1");
  CHECK((*json)["source"].text() == "cnil");
  CHECK((*json)["text"].text() == text);
  CHECK((*json)["text_is_html"].boolean() == true);
  CHECK((*json)["first_seen"].text() == "2024-03-13T09:00:00Z");
  CHECK_FALSE((*json)["url"].present());
}

TEST_CASE("hit: its members are written into the object that holds it") {
  JsonOut out;
  out.begin_object();
  write_members(out, sample::hit());
  out.end_object();
  CHECK(out.str() ==
        R"({"incident":"acme-2024-03","revision":2,"verdict":"not_affected","reasons":[{"code":"outside_period",)"
        R"("quote":{"fr":"Clients de 2024."},"source":"https://acme.example/avis"}],"tie_index":1})");
}
