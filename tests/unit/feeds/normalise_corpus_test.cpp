// SPDX-License-Identifier: AGPL-3.0-or-later
// Every notice of the real lists in canonical words: what is sure holds for each, what is doubtful is counted and said.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "feeds/normalise.hpp"
#include "feeds/public_link.hpp"
#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

const Instant kNow = *parse_rfc3339("2026-11-24T12:00:00Z");

/// What came of one document.
struct Tally {
  std::size_t notices = 0, doubtful = 0, unresolved_labels = 0, with_categories = 0, dated = 0, known_bodies = 0;
  std::map<std::string, std::size_t> doubts;    ///< by their first two words
  std::map<std::string, std::size_t> unmapped;  ///< by label

  std::string text() const {
    std::string out = std::to_string(notices) + " notices, " + std::to_string(dated) + " dated, " +
                      std::to_string(known_bodies) + " of bodies in the registry, " + std::to_string(with_categories) +
                      " with categories; doubts:";
    for (const auto& [kind, times] : doubts) out += " " + kind + " " + std::to_string(times);
    out += doubts.empty() ? " none" : "";
    return out + "; labels not mapped: " + std::to_string(unmapped.size()) + " kinds, " +
           std::to_string(unresolved_labels) + " times";
  }
};

/// Normalises what it is given, and checks what must hold for every sighting.
struct CountingSink final : NoticeSink {
  const Source& source;
  Tally tally;

  explicit CountingSink(const Source& of) : source(of) {}

  void notice(const Notice& notice) override {
    const Sighting sighting = normalise(notice, source, Vocabulary::shipped(), kNow);
    CHECK(sighting.key == notice.key);
    CHECK(sighting.digest == notice.digest);
    CHECK(sighting.source == source.id);
    CHECK_FALSE(sighting.title.empty());
    if (source.trust == Trust::Attacker) CHECK(sighting.status == IncidentStatus::Claimed);
    CHECK((sighting.exposed & sighting.not_exposed).empty());
    for (const SourceLink& link : sighting.links) CHECK_MESSAGE(is_public_link(link.url), link.url);
    for (const PartialDate day : {sighting.disclosed, sighting.incident.from, sighting.incident.to}) {
      if (day.known()) CHECK(day.first_day() <= kNow + std::chrono::days(1));
    }
    for (const PeopleFigure& figure : sighting.people) CHECK(figure.count > 0);
    for (const std::string& text : sighting.doubts) CHECK(text.find('\n') == std::string::npos);
    count(sighting);
  }
  void reject(Reject reject) override { FAIL_CHECK(reject.place.en << ": " << reject.reason.en); }

 private:
  void count(const Sighting& sighting) {
    ++tally.notices;
    // A description that says otherwise than the fields is a doubt too, but not one of what the fields say.
    const auto of_fields = [](const std::string& doubt) { return doubt.find(" in the text") == std::string::npos; };
    tally.doubtful += std::any_of(sighting.doubts.begin(), sighting.doubts.end(), of_fields) ? 1 : 0;
    tally.with_categories += sighting.exposed.empty() ? 0 : 1;
    tally.dated += sighting.disclosed.known() ? 1 : 0;
    for (const OrganisationRef& body : sighting.organisations) tally.known_bodies += body.id.empty() ? 0 : 1;
    for (const std::string& text : sighting.doubts) ++tally.doubts[text.substr(0, text.find(" `"))];
    for (const std::string& label : sighting.unmapped_labels) {
      ++tally.unmapped[label];
      ++tally.unresolved_labels;
    }
  }
};

std::optional<Tally> tally(const std::string& path, const Source& source) {
  const auto bytes = corpus_file(path);
  if (!bytes) return std::nullopt;
  Payload payload;
  payload.bytes = *bytes;
  CountingSink sink(source);
  const auto report = find_adapter(source.format)->read(payload, source, sink);
  REQUIRE_MESSAGE(report.has_value(), report.error().what);
  MESSAGE(path << ": " << sink.tally.text());
  return std::move(sink.tally);
}

const Source& shipped(std::string_view id) {
  const auto& sources = shipped_sources();
  const auto found = std::find_if(sources.begin(), sources.end(), [&](const Source& s) { return s.id == id; });
  REQUIRE(found != sources.end());
  return *found;
}

}  // namespace

TEST_CASE("normalise: every Have I Been Pwned entry of the corpus has its date, and nearly every label its category") {
  for (const char* file :
       {"hibp/breaches-2018-07-09.json", "hibp/breaches-2018-12-18.json", "hibp/breaches-2023-04-05.json",
        "hibp/breaches-2025-02-25.json", "hibp/breaches-2025-03-03.json", "hibp/breaches-2025-11-13-wrapped.json"}) {
    const auto counted = tally(file, shipped("hibp"));
    if (!counted) continue;
    CHECK(counted->dated == counted->notices);
    CHECK(counted->doubtful == 0);
    CHECK(counted->with_categories * 100 >= counted->notices * 98);
    CHECK(counted->unmapped.size() <= 5);
  }
}

TEST_CASE("normalise: every XposedOrNot entry of the corpus") {
  for (const char* file : {"xposedornot/breaches-2026-07-08.json", "xposedornot/breaches-2026-07-24.json"}) {
    const auto counted = tally(file, shipped("xposedornot"));
    if (!counted) continue;
    CHECK(counted->dated == counted->notices);
    CHECK(counted->doubtful * 100 <= counted->notices);
    CHECK(counted->with_categories * 100 >= counted->notices * 98);
  }
}

TEST_CASE("normalise: every claim of the corpus is dated, and is a claim") {
  const auto counted = tally("ransomwatch/posts-2024-04-23.json", shipped("ransomwatch"));
  if (!counted) return;
  CHECK(counted->notices == 11'039);
  CHECK(counted->dated == counted->notices);
  CHECK(counted->doubtful == 0);
}

TEST_CASE("normalise: every entry of two French registers") {
  if (const auto counted = tally("bonjourlafuite/bonjourlafuite-2026-01-03.html", shipped("bonjourlafuite"))) {
    CHECK(counted->dated == 197);
  }
  const auto source = read_source_file(R"(id = "boutry"
name = "Test"
format = "mapped_json"
url = "https://list.example/fuites.json"
trust = "press"
country = "FR"
[mapping]
key = "{name}|{date}"
organisation = "name"
domain = "site_url"
published = "date"
people = ["records_count", "records_count_raw"]
sector = "service_type"
labels = "data_types"
status = "status"
)",
                                       "boutry.toml");
  REQUIRE_MESSAGE(source.has_value(), source.error().what);
  const auto counted = tally("christopheboutry/fuites-2026-02-21.json", *source);
  if (!counted) return;
  CHECK(counted->dated == 285);
  CHECK_FALSE(counted->doubts.contains("status"));
  CHECK(counted->with_categories * 10 >= counted->notices * 8);
}
