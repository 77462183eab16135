// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/source_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "feeds/registry.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

constexpr std::string_view kGood = R"(id = "acme"
name = "Acme"
format = "syndication"
url = "https://acme.example/feed"
trust = "press"
)";

std::string complaint(std::string_view toml) {
  const auto source = read_source_file(toml, "sources.d/acme.toml");
  REQUIRE_FALSE(source.has_value());
  CHECK(source.error().kind == ErrorKind::Config);
  CHECK(source.error().what.starts_with("sources.d/acme.toml:"));
  CHECK(source.error().what.find('\n') == std::string::npos);
  return source.error().what;
}

std::string complaint_with(std::string_view line) {
  return complaint(std::string(kGood) + std::string(line));
}

}  // namespace

TEST_CASE("source file: every key is read") {
  const auto source = read_source_file(std::string(kGood) + R"(homepage = "https://acme.example/"
terms = "CC BY 4.0"
terms_url = "https://acme.example/terms"
interval = "90m"
republishes = "hibp"
language = "en"
country = "US"
labels = "veris"
complete_listing = false
allow_http = true
enabled = false
max_bytes = 2048
)",
                                       "acme.toml");
  REQUIRE_MESSAGE(source.has_value(), source.error().what);
  CHECK(source->id == "acme");
  CHECK(source->terms == "CC BY 4.0");
  CHECK(source->interval == std::chrono::minutes(90));
  CHECK(source->republishes == "hibp");
  CHECK(source->language == Language::English);
  CHECK(source->country == "US");
  CHECK(source->labels == LabelSet::Veris);
  CHECK_FALSE(source->complete_listing);
  CHECK(source->allow_http);
  CHECK_FALSE(source->enabled);
  CHECK(source->max_bytes == 2048);
  CHECK(source->trust == Trust::Press);
}

TEST_CASE("source file: what is wrong is said with its line, its key and what is expected") {
  struct Row {
    std::string line;
    std::string expected;
  };
  const Row kRows[] = {
      {"intervall = \"6h\"", ":6: `intervall` is not a key of a source file; did you mean `interval`?"},
      {"colour = \"red\"", ":6: `colour` is not a key of a source file"},
      {"interval = 6", ":6: `interval` must be a text in quotes"},
      {"interval = \"6 heures\"", ":6: `interval` must be a number and m, h or d"},
      {"interval = \"1m\"", "from \"5m\" to \"31d\""},
      {"interval = \"99999d\"", "from \"5m\" to \"31d\""},
      {"language = \"de\"", "`language` is `de`; it must be one of: fr, en"},
      {"labels = \"Hibp\"", "one of: words, hibp, xposedornot, veris, dpv"},
      {"country = \"France\"", "two capital letters"},
      {"enabled = \"yes\"", ":6: `enabled` must be true or false, without quotes"},
      {"max_bytes = 100000000000", "`max_bytes` must be a number of bytes from 1024 to 67108864"},
      {"max_bytes = -1", "must be a number of bytes"},
      {"homepage = \"ftp://x\"", ":6: `homepage` must begin with https:// or http://"},
      {"terms = \"\"", "must not be empty"},
      {"terms = \"\"\"a\nb\"\"\"", "must be on one line"},
      {"republishes = \"A B\"", "must be 1 to 40 of a-z, 0-9 and -"},
      {"mapping = \"x\"", "`mapping` must be a table"},
      {"[mapping]\ntitle = [\"a\", 2]", "`mapping` title must be a text in quotes"},
      {"[mapping]\ntitle = []", "`mapping` title must have 1 to 16 values"},
      {"[mapping]\ntitle.x = \"a\"", "`mapping` title must be a text in quotes"},
      {"[mapping]\ntitle = \"a\"", ":6: `mapping` the format syndication takes no mapping"},
      {"name = \"twice\"", ":6: not TOML: "},
      {"terms = ", ":6: not TOML: "},
  };
  for (const Row& row : kRows) {
    const std::string said = complaint_with(row.line);
    CHECK_MESSAGE(said.find(row.expected) != std::string::npos, said << " / " << row.expected);
  }
}

TEST_CASE("source file: no source takes the name or the voice of the curator") {
  const auto refusal = [](std::string_view id, std::string_view trust) {
    const std::string text = "id = \"" + std::string(id) + "\"\nname = \"Acme\"\nformat = \"syndication\"\n" +
                             "url = \"https://acme.example/feed\"\ntrust = \"" + std::string(trust) + "\"\n";
    const auto source = feeds::read_source_file(text, std::string(id) + ".toml");
    return source ? std::string("read") : source.error().what;
  };
  CHECK(refusal("acme", "press") == "read");
  CHECK(refusal("curator", "press").find("which is the name of the corrections") != std::string::npos);
  CHECK(refusal("acme", "curator").find("`trust`") != std::string::npos);
}

TEST_CASE("source file: addresses that cannot or must not be read are refused") {
  struct Row {
    std::string url;
    std::string expected;
  };
  const Row kRows[] = {
      {"ftp://acme.example/x", ":4: `url` must begin with https://"},
      {"acme.example", "must begin with https://"},
      {"https://", "names no host"},
      {"https:///x", "names no host"},
      {"https://a b.example/", "%20"},
      {"https://user:word@acme.example/", "no name or password"},
      {"http://acme.example/", "allow_http"},
      {"http://127.0.0.1.acme.example/", "allow_http"},
      {"https://abcdef.onion/", "hidden service"},
      {"https://abcdef.onion:80/", "hidden service"},
      {"file://etc/x", "three slashes"},
      {"shipped:nothing.json", "`nothing.json`, which is not shipped"},
  };
  for (const Row& row : kRows) {
    const std::string said =
        complaint("id = \"a\"\nname = \"a\"\nformat = \"syndication\"\nurl = \"" + row.url + "\"\ntrust = \"press\"\n");
    CHECK_MESSAGE(said.find(row.expected) != std::string::npos, said << " / " << row.expected);
  }
  for (const std::string url :
       {"http://localhost:8080/x", "http://127.0.0.1/x", "http://[::1]:80/x", "file:///tmp/x.xml"}) {
    CHECK_MESSAGE(
        read_source_file("id='a'\nname='a'\nformat='syndication'\ntrust='press'\nurl='" + url + "'", "a").has_value(),
        url);
  }
}

TEST_CASE("source file: a missing key, an unknown format or trust, and too large a file are said") {
  CHECK(complaint("id = 'a'").find("`name` is missing") != std::string::npos);
  const std::string format = complaint("id='a'\nname='a'\nformat='syndicasion'\nurl='file:///x'\ntrust='press'");
  CHECK(format.find(":3: `format` is `syndicasion`, which is not a format; did you mean `syndication`?") !=
        std::string::npos);
  CHECK(complaint("id='a'\ntrust='friend'").find(":2: `trust` is `friend`; it must be one of: authority") !=
        std::string::npos);
  CHECK(complaint(std::string(100'000, '#')).find("not a source file") != std::string::npos);
  CHECK(complaint("x = " + std::string(10'000, '[')).find("not TOML") != std::string::npos);
  CHECK(complaint("\xFF").find("not TOML") != std::string::npos);
}

TEST_CASE("shipped sources: at least twenty are read, each with its terms, its own id, and an origin that exists") {
  const auto& sources = shipped_sources();
  CHECK(sources.size() >= 20);
  CHECK(std::is_sorted(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.id < b.id; }));
  std::set<std::string> ids, urls;
  for (const Source& source : sources) {
    ids.insert(source.id);
    urls.insert(source.url);
  }
  CHECK(ids.size() == sources.size());
  CHECK(urls.size() == sources.size());
  for (const Source& source : sources) {
    CAPTURE(source.id);
    CHECK(shipped_document(source.id + ".toml").has_value());
    CHECK_FALSE(source.terms.empty());
    if (!source.url.starts_with("shipped:")) CHECK_FALSE(source.homepage.empty());
    CHECK(find_adapter(source.format)->check(source).has_value());
    if (!source.republishes.empty()) CHECK(ids.contains(source.republishes));
    CHECK(source.republishes != source.id);
    const bool needs_act = source.url.starts_with("file:") || source.terms.find("Aucune licence") != std::string::npos;
    if (needs_act) CHECK_FALSE(source.enabled);
  }
}

TEST_CASE("shipped sources: a feed is a window, where an item that leaves is not withdrawn") {
  for (const Source& source : shipped_sources()) {
    CAPTURE(source.id);
    if (source.format == "syndication") CHECK_FALSE(source.complete_listing);
  }
}

TEST_CASE("shipped sources: the mapped ones read the documents they were written for") {
  struct Row {
    std::string id;
    std::string path;
    std::size_t records;
  };
  const Row kRows[] = {{"bonjourlafuite", "bonjourlafuite/bonjourlafuite-2026-01-03.html", 197},
                       {"cnil-violations", "cnil/violations-notifiees-extrait-2026-03-18.csv", 40},
                       {"washington-ag", "us-breach-lists/washington-ag-2026-08-13.csv", 1618},
                       {"hhs-ocr", "us-breach-lists/hhs-ocr-archive-2020-10.csv", 2785}};
  for (const Row& row : kRows) {
    CAPTURE(row.id);
    const auto& sources = shipped_sources();
    const auto source = std::find_if(sources.begin(), sources.end(), [&](const Source& s) { return s.id == row.id; });
    REQUIRE(source != sources.end());
    const auto bytes = corpus_file(row.path);
    if (!bytes) continue;
    const Reading reading = read_document(*find_adapter(source->format), *bytes, *source);
    REQUIRE_MESSAGE(reading.report.has_value(), reading.report.error().what);
    CHECK(reading.report->records == row.records);
    CHECK(reading.report->notices == row.records);
  }
}

TEST_CASE("shipped sources: the CNIL's sanctions are read from the layout of its page") {
  const auto& sources = shipped_sources();
  const auto source =
      std::find_if(sources.begin(), sources.end(), [](const Source& s) { return s.id == "cnil-sanctions"; });
  REQUIRE(source != sources.end());
  const Reading reading = read_document(*find_adapter("mapped_html"),
                                        repository_file("feeds/mapped_html/samples/good-sanctions.html"), *source);
  CHECK(reading.report->notices == 5);
}

TEST_CASE("shipped documents: what is not shipped is nothing") {
  CHECK_FALSE(shipped_document("nothing.json").has_value());
}
