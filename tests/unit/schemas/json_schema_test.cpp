// SPDX-License-Identifier: AGPL-3.0-or-later
// What the codecs write is what the published JSON Schemas describe, by a validator that is not ours.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

#include "schemas/core/embedded.hpp"
#include "schemas/notice_codec.hpp"
#include "tests/support/sample_shapes.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/support/temp_dir.hpp"

using namespace vigifuite;

namespace {

const std::string kSource = vigifuite::test::source_dir();

enum class Judgement { Valid, Invalid, NoValidator };

Judgement validate(const std::string& schema, const std::filesystem::path& document) {
  const std::string command = "/usr/bin/python3 '" + kSource + "/tests/support/validate_json.py' '" + kSource +
                              "/schemas/" + schema + "' '" + document.string() + "'";
  const int status = std::system(command.c_str());
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  if (code != 0 && code != 1) MESSAGE("skipped: python3-jsonschema is not installed");
  return code == 0 ? Judgement::Valid : code == 1 ? Judgement::Invalid : Judgement::NoValidator;
}

Judgement validate_text(const std::string& shape, std::string_view text) {
  const test::TempDir directory;
  const auto file = directory / "document.json";
  std::ofstream(file, std::ios::binary) << text;
  return validate("json/" + shape + ".schema.json", file);
}

template <class Write>
std::string written(const Write& write_one) {
  JsonOut out;
  write_one(out);
  return std::string(out.str());
}

}  // namespace

TEST_CASE("json schema: every shape we write is valid, full or minimal") {
  const Vocabulary& words = Vocabulary::shipped();
  Notice notice;
  notice.key = "k";
  Notice full_notice = notice;
  full_notice.title = full_notice.url = full_notice.text = full_notice.published = "x";
  full_notice.language = "fr";
  full_notice.text_is_html = true;
  const std::pair<const char*, std::string> documents[] = {
      {"sighting", written([&](JsonOut& out) { write(out, sample::full_sighting(), words); })},
      {"sighting", written([&](JsonOut& out) { write(out, sample::minimal_sighting(), words); })},
      {"incident", written([&](JsonOut& out) { write(out, sample::full_incident(), words); })},
      {"incident", written([&](JsonOut& out) { write(out, sample::minimal_incident(), words); })},
      {"curation", written([&](JsonOut& out) { write(out, sample::curation()); })},
      {"profile", written([&](JsonOut& out) { write(out, sample::full_profile()); })},
      {"profile", written([&](JsonOut& out) { write(out, Profile{}); })},
      {"profile", R"({"ties":["CAF:2019..",{"organisation":"Acme"}]})"},
      {"hit", written([&](JsonOut& out) {
         out.begin_object();
         write_members(out, sample::hit());
         out.end_object();
       })},
      {"notice", notice_document(notice, "cnil", {})},
      {"notice", notice_document(full_notice, "cnil", {})}};
  for (const auto& [shape, text] : documents) {
    CAPTURE(shape);
    CAPTURE(text);
    CHECK(validate_text(shape, text) != Judgement::Invalid);
  }
}

TEST_CASE("json schema: what our codecs refuse, the schemas refuse too") {
  const std::pair<const char*, const char*> documents[] = {
      {"profile", R"({"tiess":[]})"},
      {"profile", R"({"ties":[{"from":"2019"}]})"},
      {"profile", R"({"ties":[{"organisation":"CAF","to":"2019","ongoing":true}]})"},
      {"incident", R"({"schema":"vigifuite/incident@v1"})"},
      {"incident",
       R"({"schema":"vigifuite/incident@v2","id":"a","status":"claimed","states_facts":true,"verified":true,"first_seen":"1970-01-01T00:00:00Z"})"},
      {"hit", R"({"incident":"a","revision":1,"verdict":"surely","reasons":[],"tie":0})"}};
  for (const auto& [shape, text] : documents) {
    CAPTURE(text);
    CHECK(validate_text(shape, text) != Judgement::Valid);
  }
}

TEST_CASE("json schema: the shipped vocabulary is valid") {
  for (const std::string name : {"categories", "merge", "organisations", "risks"}) {
    CAPTURE(name);
    CHECK(validate("json/" + name + ".schema.json", kSource + "/schemas/vocabulary/" + name + ".json") !=
          Judgement::Invalid);
  }
}

TEST_CASE("json schema: every schema is shipped in the program") {
  for (const char* name : {"alert", "curation", "hit", "incident", "notice", "profile", "sighting", "tie"}) {
    CHECK(find_file(embedded_shapes(), std::string(name) + ".schema.json"));
  }
}
