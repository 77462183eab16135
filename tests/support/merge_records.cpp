// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/merge_records.hpp"

#include <algorithm>
#include <deque>
#include <fstream>
#include <iterator>

#include "feeds/normalise.hpp"
#include "schemas/core/check.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/notice.hpp"
#include "tests/support/source_dir.hpp"

namespace vigifuite::test {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-24T12:00:00Z");

template <class Take>
void each_line(const std::string& file, const Take& take) {
  std::ifstream in(source_dir() + "/tests/merge/" + file, std::ios::binary);
  VIGIFUITE_CHECK(in.good());
  JsonParser parser;
  for (std::string line; std::getline(in, line);) {
    const auto json = parser.parse(line);
    VIGIFUITE_CHECK(json.has_value());
    take(*json);
  }
}

/// The sources as they are configured, in what decides how a notice is read.
Source source_of(std::string_view id) {
  Source source;
  source.id = id;
  source.trust = Trust::Aggregator;
  source.language = Language::French;
  if (id == "catalogue") source.trust = Trust::Curated;
  if (id == "ransomwatch") source.trust = Trust::Attacker;
  if (id == "bonjourlafuite" || id == "frenchbreaches" || id == "fuitesinfos") source.country = "FR";
  if (id == "hibp") {
    source.trust = Trust::Curated;
    source.labels = LabelSet::Hibp;
  }
  if (id == "xposedornot") source.labels = LabelSet::XposedOrNot;
  if (id == "washington_ag") {
    source.trust = Trust::Authority;
    source.country = "US";
  }
  if (id == "hibp" || id == "xposedornot" || id == "washington_ag" || id == "ransomwatch" || id == "breachradar") {
    source.language = Language::English;
  }
  return source;
}

std::vector<std::string> strings(JsonValue list) {
  std::vector<std::string> out;
  for (const auto element : list.items()) out.emplace_back(JsonValue(element).text());
  return out;
}

PartialDate date_in(JsonValue text) {
  return parse_partial_date(text.text()).value_or(PartialDate{});
}

/// The project's own catalogue already speaks in canonical words.
Sighting canonical(JsonValue record) {
  Sighting out;
  out.states_facts = true;
  out.preferred_id = record["key"].text();
  out.title.fr = record["title"].text();
  out.country = record["country"].text();
  out.status = parse_status(record["status"].text()).value_or(IncidentStatus::Claimed);
  for (const std::string& id : strings(record["organisation_ids"])) out.organisations.push_back({id, {}, {}});
  for (const std::string& name : strings(record["organisation_names"])) out.organisations.push_back({{}, name, {}});
  out.organisation_classes = strings(record["organisation_classes"]);
  for (const auto element : record["processors"].items()) {
    const JsonValue processor(element);
    out.processors.push_back({std::string(processor["id"].text()), std::string(processor["name"].text()), {}});
  }
  out.incident = {date_in(record["incident_from"]), date_in(record["incident_to"])};
  out.disclosed = date_in(record["published"]);
  if (const auto people = record["people"].integer()) out.people.push_back({*people, {}, Trust::Curated, {}, {}});
  for (const std::string& url : strings(record["links"])) out.links.push_back({url, LinkKind::Press, {}});
  return out;
}

Sighting sighting_of(JsonValue record) {
  const Source source = source_of(record["source"].text());
  const auto labels = strings(record["categories"]), links = strings(record["links"]);
  const std::vector<std::string_view> label_views(labels.begin(), labels.end()), link_views(links.begin(), links.end());
  Notice notice;
  notice.key = record["key"].text();
  notice.title = record["title"].text().empty() ? record["organisation"].text() : record["title"].text();
  notice.states_facts = true;
  notice.organisation = record["organisation"].text();
  notice.domain = record["domain"].text();
  notice.processor = record["processor"].text();
  notice.country = record["country"].text();
  notice.published = record["published"].text();
  notice.incident_from = record["incident_from"].text();
  notice.incident_to = record["incident_to"].text();
  notice.status = record["status"].text();
  notice.people_count = record["people"].integer();
  if (!notice.people_count) notice.people = record["people_text"].text();
  notice.labels = label_views;
  notice.links = link_views;
  const Sighting ours = canonical(record);
  if (source.id == "catalogue") notice.canonical = &ours;
  return feeds::normalise(notice, source, Vocabulary::shipped(), kNow);
}

}  // namespace

std::vector<Sighting> merge_records() {
  std::vector<Sighting> records;
  each_line("records.jsonl", [&](JsonValue record) { records.push_back(sighting_of(record)); });
  return records;
}

std::map<std::string, SightingRef> merge_record_refs() {
  std::map<std::string, SightingRef> refs;
  each_line("records.jsonl", [&](JsonValue record) {
    refs[std::string(record["id"].text())] = {std::string(record["source"].text()), std::string(record["key"].text())};
  });
  return refs;
}

std::vector<LabelledPair> labelled_pairs() {
  std::vector<LabelledPair> pairs;
  each_line("pairs.jsonl", [&](JsonValue json) {
    LabelledPair& pair = pairs.emplace_back();
    pair.a = json["a"].text();
    pair.b = json["b"].text();
    pair.kind = json["kind"].text();
    pair.why = json["why"].text();
    if (const auto same = json["same"].boolean())
      pair.label = *same ? LabelledPair::Label::Same : LabelledPair::Label::Different;
  });
  return pairs;
}

}  // namespace vigifuite::test
