// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include <set>

#include "feeds/markup.hpp"
#include "feeds/registry.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

const Adapter& syndication() {
  const Adapter* adapter = find_adapter("syndication");
  REQUIRE(adapter != nullptr);
  return *adapter;
}

Reading read(std::string_view bytes, std::string_view content_type = {}) {
  Source source;
  source.id = "test";
  source.url = "https://feed.example/feed.xml";
  return read_document(syndication(), bytes, source, content_type);
}

std::string why_refused(std::string_view bytes) {
  const Reading reading = read(bytes);
  REQUIRE_FALSE(reading.report.has_value());
  CHECK(reading.report.error().kind == ErrorKind::Malformed);
  return reading.report.error().what;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string rss(std::string_view items) {
  return "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><link>https://feed.example/</link>\n" +
         std::string(items) + "</channel></rss>";
}

}  // namespace

TEST_CASE("syndication: every real feed gives as many notices as it has items") {
  struct Row {
    std::string path;
    std::size_t items;
  };
  // The corpus' own list says 13 for the Cyberwatch feed; the document has 14 entries.
  const Row kRows[] = {{"rss-atom/cert-fr-alertes-2026-08-20.rss.xml", 40},
                       {"rss-atom/zataz-2026-08-20.rss.xml", 10},
                       {"rss-atom/bleepingcomputer-2025-07-24.rss.xml", 12},
                       {"rss-atom/databreaches-2025-07-24.rss.xml", 10},
                       {"rss-atom/securityweek-2025-07-24.rss.xml", 10},
                       {"rss-atom/proofpoint-2025-07-24.rss.xml", 10},
                       {"rss-atom/crowdstrike-2025-07-24.rss.xml", 10},
                       {"rss-atom/cybersecurity-advisories-2025-07-24.rss.xml", 10},
                       {"rss-atom/cyberwatch-reunion-mayotte-2026-08-22.atom.xml", 14},
                       {"bonjourlafuite/flus-collection-2025-01-24.atom.xml", 30},
                       {"bonjourlafuite/hexo-aggregate-2026-01-08.atom.xml", 1159},
                       {"ransomwatch/feed-2024-04-23.rss.xml", 11039}};
  for (const Row& row : kRows) {
    CAPTURE(row.path);
    const auto bytes = corpus_file(row.path);
    if (!bytes) continue;
    const Reading reading = read(*bytes);
    REQUIRE(reading.report.has_value());
    CHECK(reading.report->records == row.items);
    CHECK(reading.report->notices == row.items);
    CHECK(reading.report->broken_at.en == "");
    std::set<std::string> keys;
    for (const KeptNotice& notice : reading.sink.notices) {
      keys.insert(notice.key);
      CHECK_FALSE((notice.title.empty() && notice.text.empty()));
      CHECK_FALSE(notice.published.empty());
      CHECK_FALSE(notice.states_facts);
      CHECK(notice.title.find_first_of("\r\n\t") == std::string::npos);
    }
    CHECK(keys.size() == row.items);
  }
}

TEST_CASE("syndication: real feeds give readable titles, links of their own, and dates as written") {
  if (const auto bytes = corpus_file("bonjourlafuite/flus-collection-2025-01-24.atom.xml")) {
    const Reading reading = read(*bytes);
    REQUIRE(reading.sink.notices.size() == 30);
    CHECK(reading.sink.notices[0].title == "fuite de donnée chez mediboard");
    std::size_t via = 0;
    for (const KeptNotice& notice : reading.sink.notices) via += notice.links.size();
    CHECK(via == 30);
  }
  if (const auto bytes = corpus_file("ransomwatch/feed-2024-04-23.rss.xml")) {
    const Reading reading = read(*bytes);
    CHECK(reading.sink.notices[0].title == R"(ghimli.com\$189.1M\Australia\88GB\100%DISCLOSED)");
    CHECK(reading.sink.notices[0].published == "Tue, 23 Apr 2024 08:49:20 +0000");
    for (const KeptNotice& notice : reading.sink.notices) CHECK_FALSE(has(notice.title, "&amp;"));
  }
  if (const auto bytes = corpus_file("rss-atom/databreaches-2025-07-24.rss.xml")) {
    for (const KeptNotice& notice : read(*bytes).sink.notices) {
      CHECK(notice.language == "en-US");
      CHECK(notice.url.starts_with("https://databreaches.net/"));
      CHECK_FALSE(has(notice.title, "&#"));
    }
  }
}

TEST_CASE("syndication: the good samples of every dialect say the same of the same item") {
  struct Row {
    std::string file;
    const char* key;
  };
  const Row kRows[] = {{"good-rss-2.0.xml", "acme-1"},
                       {"good-rss-1.0.xml", "https://feed.example/acme"},
                       {"good-rss-0.91.xml", "https://feed.example/acme"},
                       {"good-atom.xml", "acme-1"},
                       {"good-json-feed.json", "acme-1"}};
  for (const Row& row : kRows) {
    CAPTURE(row.file);
    const Reading reading = read(repository_file("feeds/syndication/samples/" + row.file));
    REQUIRE(reading.report.has_value());
    CHECK(reading.report->broken_at.en == "");
    REQUIRE(reading.sink.notices.size() == 2);
    const KeptNotice& notice = reading.sink.notices[0];
    CHECK(notice.key == row.key);
    CHECK(notice.title == "Acme & fils : 9 551 clients concernés");
    CHECK(notice.url == "https://feed.example/acme");
    CHECK(has(notice.text, "adresses"));
    CHECK(has(notice.published, "2026"));
    CHECK(reading.sink.notices[1].url == "https://feed.example/deux/page?x=1&y=2");
  }
}

TEST_CASE("syndication: an empty feed is read, and is empty") {
  for (const char* file : {"empty-rss.xml", "empty-atom.xml", "empty-json-feed.json"}) {
    const Reading reading = read(repository_file(std::string("feeds/syndication/samples/") + file));
    REQUIRE(reading.report.has_value());
    CHECK(reading.report->records == 0);
    CHECK(reading.report->broken_at.en == "");
  }
}

TEST_CASE("syndication: an item without an id is named by its link, else by its title and date") {
  const Reading reading = read(
      rss("<item><title>a</title><link>/x</link></item><item><title>b</title><pubDate>hier</pubDate></item>"
          "<item><title>b</title><pubDate>demain</pubDate></item><item><title>b</title><pubDate>hier</pubDate></item>"
          "<item><category>c</category></item><item/>"));
  REQUIRE(reading.sink.notices.size() == 3);
  CHECK(reading.sink.notices[0].key == "https://feed.example/x");
  CHECK(reading.sink.notices[1].key.size() == 32);
  CHECK(reading.sink.notices[1].key != reading.sink.notices[2].key);
  REQUIRE(reading.sink.rejects.size() == 3);
  CHECK(has(reading.sink.rejects[0].reason.en, "same key as record 2"));
  CHECK(has(reading.sink.rejects[1].reason.en, "neither title"));
  CHECK(reading.sink.rejects[1].place.en == "line 3");
}

TEST_CASE("syndication: the digest changes when a value does, and not when the writing does") {
  const auto digest = [](std::string_view item) { return read(rss(item)).sink.notices.at(0).digest; };
  const Digest one = digest("<item><guid>1</guid><title>Acme</title><description>d</description></item>");
  CHECK(one ==
        digest("<item>\n<description><![CDATA[d]]></description> <title>Acme </title><guid>1</guid><!-- c --></item>"));
  CHECK(one != digest("<item><guid>1</guid><title>Acme</title><description>e</description></item>"));
  CHECK(digest("<item><guid>1</guid><title>a</title><link>https://x.example/b</link></item>") !=
        digest("<item><guid>1</guid><title>a</title></item>"));
}

TEST_CASE("syndication: relative links are resolved, and addresses that are not of the web are left out") {
  const Reading reading = read(
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/x/'><entry xml:base='y/'><id>1</id>"
      "<title>t</title><link href='../z?q=1'/></entry><entry><id>2</id><title>t</title><link "
      "href='javascript:alert(1)'/>"
      "<link rel='via' href='file:///etc/passwd'/></entry><entry><id>3</id><title>t</title><link href='//b.example/c "
      "d'/>"
      "</entry></feed>");
  REQUIRE(reading.sink.notices.size() == 3);
  CHECK(reading.sink.notices[0].url == "https://a.example/x/z?q=1");
  CHECK(reading.sink.notices[1].url == "");
  CHECK(reading.sink.notices[1].links.empty());
  CHECK(reading.sink.notices[2].url == "https://b.example/c%20d");
}

TEST_CASE("syndication: the encoding is the server's, the document's, or seen in the bytes") {
  const std::string item = "<rss><channel><item><title>caf\xE9</title></item></channel></rss>";
  CHECK(read("<?xml version='1.0' encoding='windows-1252'?>" + item).sink.notices.at(0).title == "café");
  CHECK(read(item, "application/rss+xml; charset=ISO-8859-1").sink.notices.at(0).title == "café");
  CHECK(read("<?xml version='1.0' encoding='utf-8'?>" + item).sink.notices.at(0).title == "café");
  std::string wide = "\xFF\xFE";
  for (const char c : item) wide += c, wide += '\0';
  CHECK(read(wide).sink.notices.at(0).title == "café");
}

TEST_CASE("syndication: a broken feed is read as far as it goes, and says where it broke") {
  const std::string two = "<item><title>un</title></item>\n<item><title>deux</title></item>\n";
  for (const std::string tail :
       {"<item><title>tro", "<item><title>trois</description></item>", "<item><link>x", "<item"}) {
    CAPTURE(tail);
    const Reading reading = read("<rss><channel>\n" + two + tail);
    REQUIRE(reading.report.has_value());
    CHECK(reading.report->notices == 2);
    CHECK(has(reading.report->broken_at.en, "line 4: "));
  }
  const Reading cut = read("<rss><channel>\n" + two + "<item><title>trois</title><descr");
  CHECK(cut.report->rejects == 1);
  CHECK(has(cut.sink.rejects.at(0).reason.en, "breaks inside this item"));
  CHECK(cut.sink.rejects.at(0).place.en == "line 4");
  const Reading whole = read("<rss><channel>\n" + two + "</chan");
  CHECK(whole.report->notices == 2);
  CHECK(whole.report->rejects == 0);
  CHECK_FALSE(whole.report->broken_at.empty());
}

TEST_CASE("syndication: every prefix of a feed is refused or gives only whole items") {
  const std::string good = repository_file("feeds/syndication/samples/good-rss-2.0.xml");
  const Reading all = read(good);
  for (std::size_t length = 0; length < good.size(); ++length) {
    const Reading reading = read(std::string_view(good).substr(0, length));
    if (!reading.report) continue;
    for (std::size_t i = 0; i < reading.sink.notices.size(); ++i) {
      CHECK(reading.sink.notices[i].digest == all.sink.notices.at(i).digest);
    }
  }
}

TEST_CASE("syndication: entities that explode or read files are refused") {
  CHECK(has(why_refused(repository_file("feeds/syndication/samples/hostile-billion-laughs.xml")), "DOCTYPE"));
  CHECK(has(why_refused(repository_file("feeds/syndication/samples/hostile-external-entity.xml")), "DOCTYPE"));
  CHECK(has(why_refused("<!-- x --><?a?><!doctype rss [<!ENTITY a 'b'>]><rss/>"), "DOCTYPE"));
}

TEST_CASE("syndication: nesting ten thousand deep and two million tags are refused, cheaply") {
  std::string deep = "<rss><channel><item>";
  for (int i = 0; i < 10'000; ++i) deep += "<a>";
  const Reading reading = read(deep);
  REQUIRE(reading.report.has_value());
  CHECK(reading.report->notices == 0);
  CHECK(has(reading.report->broken_at.en, "256 deep"));
  std::string nothing;
  for (int i = 0; i < 10'000; ++i) nothing += "<a>";
  why_refused(nothing);
  std::string wide = "<rss><channel>";
  for (std::size_t i = 0; i < kMaxMarks; ++i) wide += "<a/>";
  CHECK(has(why_refused(wide), "2000000 tags"));
}

TEST_CASE("syndication: what is not a feed is refused with a sentence") {
  CHECK(has(why_refused(""), "empty"));
  CHECK(has(why_refused(" \n"), "empty"));
  CHECK(has(why_refused("<!DOCTYPE html><html><head><meta charset=utf-8></head><body><p>Erreur 503</body></html>"),
            "HTML page"));
  CHECK(has(why_refused("bonjour"), "not an XML document"));
  CHECK(has(why_refused("<opml/>"), "`opml`"));
  CHECK(has(why_refused("<rss><channel><title>x"), "before its first item"));
  CHECK(has(why_refused("{\"items\":[]}"), "not a JSON Feed"));
  CHECK(has(why_refused("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{]}"), "not a JSON document"));
  CHECK(has(why_refused(std::string(100, '\0')), "empty"));
}

TEST_CASE("syndication: a mapping is refused, for it would do nothing") {
  Source source;
  CHECK(syndication().check(source).has_value());
  source.mapping["title"] = {"x"};
  CHECK_FALSE(syndication().check(source).has_value());
}
