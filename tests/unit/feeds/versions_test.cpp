// SPDX-License-Identifier: AGPL-3.0-or-later
// What successive versions of one list add, change and drop: by our keys and digests, and by comparing the values.
#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "feeds/json_digest.hpp"
#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "schemas/core/json_in.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

/// A value written in one way only: members sorted, no spaces. Shares nothing with the digest.
std::string canonical(JsonValue value) {
  if (value.is_object()) {
    std::map<std::string, std::string> members;
    for (const auto member : value.members()) members.emplace(member.key, canonical(JsonValue(member.value)));
    std::string out = "{";
    for (const auto& [name, text] : members) out += '"' + name + "\":" + text + ",";
    return out + "}";
  }
  if (value.is_array()) {
    std::string out = "[";
    for (const auto item : value.items()) out += canonical(JsonValue(item)) + ",";
    return out + "]";
  }
  if (const auto text = value.string()) return '"' + std::string(*text) + '"';
  if (const auto number = value.number()) return std::to_string(*number);
  if (const auto flag = value.boolean()) return *flag ? "true" : "false";
  return "null";
}

struct Difference {
  std::vector<std::string> added, changed, gone;
  friend bool operator==(const Difference&, const Difference&) = default;
};

template <class Value>
Difference between(const std::map<std::string, Value>& before, const std::map<std::string, Value>& after) {
  Difference difference;
  for (const auto& [key, value] : after) {
    const auto found = before.find(key);
    if (found == before.end())
      difference.added.push_back(key);
    else if (!(found->second == value))
      difference.changed.push_back(key);
  }
  for (const auto& [key, value] : before) {
    if (!after.contains(key)) difference.gone.push_back(key);
  }
  return difference;
}

struct Version {
  std::map<std::string, Digest> digests;
  std::map<std::string, std::string> values;
};

Version version_of(std::string_view format, const char* list, const char* key, const std::string& bytes) {
  Version version;
  for (const KeptNotice& notice : read_document(*find_adapter(format), bytes).sink.notices)
    version.digests[notice.key] = notice.digest;
  JsonParser parser;
  const auto root = parser.parse(bytes);
  REQUIRE(root.has_value());
  const JsonValue records = root->is_array() ? *root : (*root)[list];
  for (const auto item : records.items()) {
    const JsonValue record(item);
    std::string name(record[key] ? record[key].text() : record["Title"].text());
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    version.values[name] = canonical(record);
  }
  return version;
}

struct Step {
  std::size_t added, changed, gone;
};

void check_steps(std::string_view format, const char* list, const char* key, const std::vector<std::string>& documents,
                 const std::vector<Step>& steps) {
  REQUIRE(documents.size() == steps.size() + 1);
  Version before = version_of(format, list, key, documents.front());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    CAPTURE(i);
    Version after = version_of(format, list, key, documents[i + 1]);
    const Difference ours = between(before.digests, after.digests);
    CHECK(ours == between(before.values, after.values));
    CHECK(ours.added.size() == steps[i].added);
    CHECK(ours.changed.size() == steps[i].changed);
    CHECK(ours.gone.size() == steps[i].gone);
    before = std::move(after);
  }
}

std::vector<std::string> corpus_files(const std::vector<std::string>& names) {
  std::vector<std::string> documents;
  for (const std::string& name : names) {
    auto bytes = corpus_file(name);
    if (!bytes) return {};
    documents.push_back(std::move(*bytes));
  }
  return documents;
}

std::vector<std::string> corpus_folder(const char* folder) {
  const auto path = std::filesystem::path(vigifuite::test::source_dir()) / ".." / "shared" / "corpus" / folder;
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: " << folder << " is not there");
    return {};
  }
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> documents;
  for (const auto& file : files) documents.push_back(*file_bytes(file));
  return documents;
}

Digest digest_of_text(const char* text) {
  JsonParser parser;
  const auto root = parser.parse(text);
  REQUIRE(root.has_value());
  return feeds::digest_of(*root);
}

}  // namespace

TEST_CASE("versions: seven years of Have I Been Pwned give what a comparison of the values gives") {
  const auto documents = corpus_files({"hibp/breaches-2018-07-09.json", "hibp/breaches-2018-12-18.json",
                                       "hibp/breaches-2023-04-05.json", "hibp/breaches-2025-02-25.json",
                                       "hibp/breaches-2025-03-03.json", "hibp/breaches-2025-11-13-wrapped.json"});
  if (documents.empty()) return;
  // Members were added to the API between all but one of them: then every record changes.
  check_steps("hibp", "breaches", "Name", documents,
              {{41, 293, 0}, {333, 334, 0}, {204, 667, 0}, {4, 1, 0}, {45, 875, 0}});
}

TEST_CASE("versions: each step of the sliding window is one entry in and one out, and two steps change one") {
  const auto documents = corpus_folder("hibp/windows");
  if (documents.empty()) return;
  std::vector<Step> steps(17, Step{1, 0, 1});
  steps[6] = {0, 1, 0};
  steps[11] = {1, 1, 1};
  check_steps("hibp", "breaches", "Name", documents, steps);
}

TEST_CASE("versions: two documents of equal values and other bytes differ in nothing") {
  const auto documents = corpus_folder("hibp/windows-same-content");
  if (documents.empty()) return;
  CHECK(documents.at(0) != documents.at(1));
  check_steps("hibp", "breaches", "Name", documents, {{0, 0, 0}});
}

TEST_CASE("versions: eight replies of XposedOrNot give what a comparison of the values gives") {
  const auto documents = corpus_folder("xposedornot");
  if (documents.empty()) return;
  check_steps("xposedornot", "exposedBreaches", "breachID", documents,
              {{0, 60, 0}, {1, 3, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}});
}

TEST_CASE("digest: the order of members and the writing of a number do not count, all else does") {
  CHECK(digest_of_text(R"({"a":1,"b":[1,2]})") == digest_of_text(R"({ "b":[1.0, 2e0], "a":1 })"));
  CHECK(digest_of_text(R"("\u00e9")") == digest_of_text("\"é\""));
  CHECK(digest_of_text("-0.0") == digest_of_text("0"));
  CHECK(digest_of_text("18446744073709551615") != digest_of_text("-1"));
  const char* different[] = {"{}",
                             "[]",
                             "null",
                             "true",
                             "false",
                             "0",
                             "1",
                             "1.5",
                             "\"\"",
                             "\"0\"",
                             "\"null\"",
                             "[[]]",
                             "[{}]",
                             "[1,2]",
                             "[2,1]",
                             "[1,[2]]",
                             "[[1],2]",
                             R"({"a":1})",
                             R"({"a":"1"})",
                             R"({"b":1})",
                             R"({"a":{"b":1}})",
                             R"({"a":1,"b":1})",
                             R"({"a":null})",
                             R"({"a":[]})",
                             R"({"a":{}})",
                             R"({"a":"b"})",
                             R"({"b":"a"})",
                             R"({"a":{"x":1},"b":{"y":2}})",
                             R"({"a":{"y":2},"b":{"x":1}})",
                             R"({"a":{"b":2},"c":1})"};
  for (const char* a : different) {
    for (const char* b : different)
      CHECK_MESSAGE((digest_of_text(a) == digest_of_text(b)) == (a == b), a << " and " << b);
  }
}

TEST_CASE("digest: a long text counts to its last letter, and where it stands") {
  const std::string text(1000, 'x');
  const auto record = [](const std::string& a, const std::string& b) {
    return digest_of_text(("{\"a\":\"" + a + "\",\"b\":\"" + b + "\"}").c_str());
  };
  CHECK(record(text + "1", "") != record(text + "2", ""));
  CHECK(record(text, "") != record("", text));
  CHECK(record(text, text) == record(text, text));
}

TEST_CASE("digest: equal values in other bytes keep the notice of every format unchanged") {
  const std::string one = R"([{"Name":"Acme","Title":"Acme","PwnCount":10,"DataClasses":["Names"]}])";
  const std::string two =
      "[ {\"DataClasses\" : [ \"N\\u0061mes\" ],\n\"PwnCount\":1e1, \"Title\":\"Acme\", \"Name\":\"Acme\"} ]";
  CHECK(read_document(*find_adapter("hibp"), one).sink.notices.at(0).digest ==
        read_document(*find_adapter("hibp"), two).sink.notices.at(0).digest);
}
