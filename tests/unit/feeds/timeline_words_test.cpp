// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "feeds/normalise.hpp"
#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "schemas/vocabulary.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

/// Says every notice in canonical words.
struct NormalisingSink final : NoticeSink {
  const Source& source;
  Instant now;
  std::vector<Sighting> sightings;

  NormalisingSink(const Source& of, Instant at) : source(of), now(at) {}
  void notice(const Notice& notice) override {
    sightings.push_back(normalise(notice, source, Vocabulary::shipped(), now));
  }
  void reject(Reject reject) override { FAIL_CHECK(reject.place.en << ": " << reject.reason.en); }
};

}  // namespace

TEST_CASE("normalise: the entries of Bonjour la fuite get their dates, people and categories") {
  const auto bytes = corpus_file("bonjourlafuite/bonjourlafuite-2026-01-03.html");
  if (!bytes) return;
  const auto& sources = shipped_sources();
  const auto source =
      std::find_if(sources.begin(), sources.end(), [](const Source& s) { return s.id == "bonjourlafuite"; });
  REQUIRE(source != sources.end());
  Payload payload;
  payload.bytes = *bytes;
  NormalisingSink sink(*source, *parse_rfc3339("2026-01-03T12:00:00Z"));
  REQUIRE(find_adapter(source->format)->read(payload, *source, sink).has_value());
  REQUIRE(sink.sightings.size() == 197);

  std::size_t dated = 0, with_people = 0, doubted_people = 0, with_categories = 0, labelled = 0;
  std::map<std::string, int> unmapped;
  for (const Sighting& sighting : sink.sightings) {
    dated += sighting.disclosed.known() ? 1 : 0;
    with_people += sighting.people.empty() ? 0 : 1;
    for (const std::string& doubt : sighting.doubts) doubted_people += doubt.starts_with("number of people") ? 1 : 0;
    with_categories += sighting.exposed.empty() ? 0 : 1;
    labelled += !sighting.exposed.empty() || !sighting.unmapped_labels.empty() ? 1 : 0;
    for (const std::string& label : sighting.unmapped_labels) ++unmapped[label];
    CHECK(sighting.status == IncidentStatus::Claimed);  // a register confirms nothing by itself
    CHECK(sighting.organisations.size() == 1);
  }
  CHECK(dated == 197);
  CHECK(with_people + doubted_people == 74);
  CHECK(with_people >= 55);  // the others are volumes ("82Go"), words ("quelques centaines de milliers") or not people
  CHECK(with_categories * 10 >= labelled * 9);
  MESSAGE("people read " << with_people << ", doubted " << doubted_people << "; entries with categories "
                         << with_categories << " of " << labelled
                         << " with labels; labels not mapped: " << unmapped.size() << " kinds");
  const Sighting& first = sink.sightings.front();
  CHECK(to_string(first.disclosed) == "2025-12-31");
  REQUIRE(first.people.size() == 1);
  CHECK(first.people[0].count == 9551);
  CHECK(first.exposed.has(*Vocabulary::shipped().category("iban")));
}
