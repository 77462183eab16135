// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include <doctest/doctest.h>

#include "feeds/key_guard.hpp"
#include "feeds/normalise.hpp"
#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

Reading read_as(std::string_view format, std::string_view bytes) {
  return read_document(*find_adapter(format), bytes);
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string why_not(std::string_view format, std::string_view bytes) {
  const Reading reading = read_as(format, bytes);
  REQUIRE_FALSE(reading.report.has_value());
  CHECK(reading.report.error().kind == ErrorKind::Malformed);
  CHECK(reading.sink.notices.empty());
  return reading.report.error().what;
}

Result<Source> mapped(const std::string& mapping) {
  return read_source_file(
      "id='test'\nname='Test'\nformat='mapped_json'\nurl='https://list.example/'\ntrust='press'\n[mapping]\n" + mapping,
      "test.toml");
}

}  // namespace

TEST_CASE("hibp: a record is read in the source's own words") {
  const Reading reading = read_as("hibp", repository_file("feeds/hibp/samples/good.json"));
  REQUIRE(reading.sink.notices.size() == 3);
  const KeptNotice& acme = reading.sink.notices[0];
  CHECK(acme.key == "AcmeForum");
  CHECK(acme.organisation == "Acme Forum");
  CHECK(acme.domain == "acme-forum.example");
  CHECK(acme.people_count == 12034);
  CHECK(acme.status == "verified");
  CHECK(acme.from == "2024-02-01");
  CHECK(acme.url == "https://haveibeenpwned.com/Breach/AcmeForum");
  CHECK(acme.links == std::vector<std::string>{"https://press.example/acme?a=1&amp;b=2"});
  CHECK(acme.labels == std::vector<std::string>{"Email addresses", "Passwords", "Usernames"});
  CHECK(reading.sink.notices[1].organisation.empty());  // a spam list is nobody's breach
  CHECK(reading.sink.notices[2].status == "unverified");
}

TEST_CASE("hibp: members of the wrong type cost a fact, not the breach, and say so") {
  const Reading reading = read_as(
      "hibp",
      R"([{"Name":"A","PwnCount":"n/a","BreachDate":2024,"AddedDate":{},"DataClasses":"Names","IsVerified":"yes"}])");
  REQUIRE(reading.sink.notices.size() == 1);
  const KeptNotice& notice = reading.sink.notices[0];
  CHECK(notice.people == "n/a");
  CHECK(notice.from == "(a number)");
  CHECK(notice.published == "(an object)");
  CHECK(notice.status.empty());
}

TEST_CASE("hibp: what replaces the list is refused with a sentence that says what came") {
  CHECK(has(why_not("hibp", repository_file("feeds/hibp/samples/hostile-rate-limit.json")), "statuscode"));
  CHECK(has(why_not("hibp", repository_file("feeds/hibp/samples/hostile-page.json")), "HTML"));
  CHECK(has(why_not("hibp", repository_file("feeds/hibp/samples/hostile-cut.json")), "not a JSON document"));
  CHECK(has(why_not("hibp", ""), "empty"));
  CHECK(has(why_not("hibp", "[{\"Name\":\"\xFF\"}]"), "UTF-8"));
  CHECK(has(why_not("hibp", std::string(10'000, '[') + std::string(10'000, ']')), "nested"));
  CHECK(has(why_not("hibp", "7"), "neither a list"));
}

TEST_CASE("hibp: an equal key is a reject that says where the first one is, and the first stays") {
  const Reading reading =
      read_as("hibp", R"([{"Name":"A","PwnCount":1},{"Name":"B"},{"Name":"A","PwnCount":2},{"Title":"A"}])");
  REQUIRE(reading.sink.notices.size() == 2);
  CHECK(reading.sink.notices[0].people_count == 1);
  REQUIRE(reading.sink.rejects.size() == 2);
  CHECK(reading.sink.rejects[0].place.en == "$[2]");
  CHECK(reading.sink.rejects[0].record == 3);
  CHECK(reading.sink.rejects[0].reason.en == "same key as record 1");
}

TEST_CASE("hibp: an item that changes its title keeps its key and changes its digest") {
  const Reading before = read_as("hibp", R"([{"Name":"A","Title":"Acme"}])");
  const Reading after = read_as("hibp", R"([{"Name":"A","Title":"Acme Corporation"}])");
  CHECK(before.sink.notices[0].key == after.sink.notices[0].key);
  CHECK(before.sink.notices[0].digest != after.sink.notices[0].digest);
}

TEST_CASE("hibp: of members of the same name the first wins") {
  const Reading reading = read_as("hibp", R"([{"Name":"A","Name":"B","PwnCount":1,"PwnCount":2}])");
  REQUIRE(reading.sink.notices.size() == 1);
  CHECK(reading.sink.notices[0].key == "A");
  CHECK(reading.sink.notices[0].people_count == 1);
}

TEST_CASE("key guard: long parts are cut, a long key keeps naming one item") {
  const std::string long_key(3000, 'k');
  const Reading reading =
      read_as("hibp", R"([{"Name":")" + long_key + R"(1","Description":")" + std::string(100'000, 'd') +
                          R"("},{"Name":")" + long_key + R"(2","Title":")" + std::string(5000, 't') + R"("}])");
  REQUIRE(reading.sink.notices.size() == 2);
  for (const KeptNotice& notice : reading.sink.notices) {
    CHECK(notice.key.size() == kMaxKeyBytes);
    CHECK(notice.title.size() <= kMaxTitleBytes);
    CHECK(notice.text.size() <= kMaxTextBytes);
    CHECK(notice.url.size() <= kMaxFieldBytes);
  }
  CHECK(reading.sink.notices[0].key != reading.sink.notices[1].key);
}

TEST_CASE("key guard: labels and links are bounded") {
  std::string labels;
  for (int i = 0; i < 1000; ++i) labels += "\"l" + std::to_string(i) + "\",";
  std::string links;
  for (int i = 0; i < 300; ++i) links += "<a href='x'><a href=\\\"https://x.example/" + std::to_string(i) + "\\\">";
  const Reading reading =
      read_as("hibp", R"([{"Name":"A","Description":")" + links + R"(","DataClasses":[)" + labels + "\"z\"]}]");
  REQUIRE(reading.sink.notices.size() == 1);
  CHECK(reading.sink.notices[0].labels.size() == kMaxLabels);
  CHECK(reading.sink.notices[0].links.size() == kMaxLinks);
}

TEST_CASE("ransomware: three lists of one shape, and nothing an attacker wrote or hosts comes out") {
  for (const char* sample : {"good.json", "good-live.json", "good-look.json"}) {
    CAPTURE(sample);
    const Reading reading = read_as("ransomware", repository_file(std::string("feeds/ransomware/samples/") + sample));
    REQUIRE_FALSE(reading.sink.notices.empty());
    for (const KeptNotice& notice : reading.sink.notices) {
      for (const std::string& field :
           {notice.key, notice.title, notice.url, notice.text, notice.organisation, notice.sector, notice.domain}) {
        for (const char* poison : {"onion", "not-for-you", "magnet", "screenshots", "shots.example", "/post/1"})
          CHECK_FALSE(has(field, poison));
      }
      CHECK(notice.links.empty());
    }
  }
  const Reading live = read_as("ransomware", repository_file("feeds/ransomware/samples/good-live.json"));
  CHECK(live.sink.notices[0].country == "FR");
  CHECK(live.sink.notices[0].sector == "Public Sector");
  CHECK(live.sink.notices[0].from == "2025-11-01 00:00:00.000000");
  const Reading plain = read_as("ransomware", repository_file("feeds/ransomware/samples/good.json"));
  CHECK(plain.sink.notices[0].title == "Acme & Fils");
  CHECK(plain.sink.notices[0].domain.empty());
  CHECK(plain.sink.notices[1].domain == "acme.example");
}

TEST_CASE("ransomware: a source that is not said to be an attacker's is refused") {
  Source source;
  source.format = "ransomware";
  source.trust = Trust::Press;
  const Status checked = find_adapter("ransomware")->check(source);
  REQUIRE_FALSE(checked.has_value());
  CHECK(checked.error().kind == ErrorKind::Config);
  CHECK(has(checked.error().what, "attacker"));
}

TEST_CASE("known shapes: a mapping is refused, for it would have no effect") {
  for (const char* format : {"catalogue", "hibp", "xposedornot", "ransomware"}) {
    Source source;
    source.format = format;
    source.trust = Trust::Attacker;
    source.mapping["key"] = {"id"};
    const Status checked = find_adapter(format)->check(source);
    REQUIRE_FALSE(checked.has_value());
    CHECK(has(checked.error().what, "mapping.key"));
  }
}

TEST_CASE("xposedornot: combination lists and stealer logs name no body") {
  const Reading reading = read_as("xposedornot", repository_file("feeds/xposedornot/samples/good.json"));
  REQUIRE(reading.sink.notices.size() == 2);
  CHECK(reading.sink.notices[0].labels == std::vector<std::string>{"Email addresses", "Names"});
  CHECK(reading.sink.notices[0].organisation == "AcmeShop");
  CHECK(reading.sink.notices[1].organisation.empty());
  CHECK(reading.sink.notices[1].status == "unverified");
}

TEST_CASE("mapped json: the sample is read by its mapping") {
  const auto source = read_source_file(repository_file("feeds/mapped_json/samples/source.toml"), "source.toml");
  REQUIRE(source.has_value());
  const Reading reading =
      read_document(*find_adapter("mapped_json"), repository_file("feeds/mapped_json/samples/good.json"), *source);
  REQUIRE(reading.sink.notices.size() == 2);
  CHECK(reading.sink.notices[0].key == "1");
  CHECK(reading.sink.notices[0].from == "2025-11");
  CHECK(reading.sink.notices[1].from == "2024");
  CHECK(reading.sink.notices[0].people == "12000");
  CHECK(reading.sink.notices[0].labels == std::vector<std::string>{"Nom", "Adresse électronique"});
  Notice notice;
  notice.title = notice.organisation = "Acme";
  notice.people = reading.sink.notices[0].people;
  notice.states_facts = true;
  CHECK(normalise(notice, *source, Vocabulary::shipped(), *parse_rfc3339("2026-11-24")).people.at(0).count == 12000);
  const Reading hostile =
      read_document(*find_adapter("mapped_json"), repository_file("feeds/mapped_json/samples/hostile.json"), *source);
  REQUIRE(hostile.sink.rejects.size() == 5);
  CHECK(hostile.sink.rejects[3].place.en == "$.list.items[3]");
  CHECK(hostile.sink.rejects[3].reason.en == "is not an object");
  const Reading moved = read_document(*find_adapter("mapped_json"),
                                      repository_file("feeds/mapped_json/samples/hostile-moved.json"), *source);
  REQUIRE_FALSE(moved.report.has_value());
  CHECK(has(moved.report.error().what, "list.items"));
}

TEST_CASE("mapped json: a wrong path is refused when the source is read, by name") {
  for (const char* mapping : {"title='a[x]'", "title='a..b'", "title='a['", "title='a]b[0]c'", "title='{a'",
                              "title='a[0]b'", "title='$.'", "title='a'\nrecords='b['", "title='a'\ntext_format='rtf'",
                              "title='a'\ncolour='b'", "title='a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q'"}) {
    const auto source = mapped(mapping);
    CHECK_MESSAGE(!source.has_value(), mapping);
    if (!source) CHECK(source.error().kind == ErrorKind::Config);
  }
  CHECK(mapped("title='$.a[*].b[0]'\nrecords='$'").has_value());
}

TEST_CASE("mapped json: a bad line is a reject with its number; a last line that is cut says that reading was") {
  const auto source = mapped("records='lines'\nkey='n'\ntitle='t'");
  REQUIRE(source.has_value());
  const Adapter& adapter = *find_adapter("mapped_json");
  const Reading reading =
      read_document(adapter, "{\"n\":1,\"t\":\"a\"}\n\nnonsense\n{\"n\":2,\"t\":\"b\"}\n{\"n\":3,\"t\":\"c", *source);
  REQUIRE(reading.report.has_value());
  CHECK(reading.sink.notices.size() == 2);
  REQUIRE(reading.sink.rejects.size() == 2);
  CHECK(reading.sink.rejects[0].place.en == "line 3");
  CHECK(reading.sink.rejects[1].place.en == "line 5");
  CHECK(reading.report->broken_at.en == "line 5: the last line is cut");
  CHECK_FALSE(read_document(adapter, "<html>\n<body>\n", *source).report.has_value());
  const Reading whole = read_document(adapter, "{\"n\":1,\"t\":\"a\"}", *source);
  CHECK(whole.report->broken_at.empty());
}

TEST_CASE("mapped json: without a key a record is named by its values, and equal ones are told apart") {
  const auto source = mapped("title='t'");
  REQUIRE(source.has_value());
  const Reading reading = read_document(*find_adapter("mapped_json"), R"([{"t":"a"},{"t":"a"},{"t":"b"}])", *source);
  REQUIRE(reading.sink.notices.size() == 3);
  CHECK(reading.sink.notices[1].key == reading.sink.notices[0].key + "#2");
}
