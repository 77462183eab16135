// SPDX-License-Identifier: AGPL-3.0-or-later

// What changes incidents without anything arriving: a curator's decision, and a change of the rules.

#include <fmt/format.h>

#include <algorithm>

#include "daemon/pipeline.hpp"
#include "schemas/core/embedded.hpp"
#include "schemas/messages.hpp"

namespace vigifuite {
namespace {

/// Raised when the code of a rule changes in a way that its words do not show.
constexpr int kMergeRules = 2;
constexpr std::size_t kPerPage = 1000;

/// By what the sightings are merged: the rules, their words, and the names of the registry.
std::string merge_rules() {
  const auto words = hex(index::MergeWords::shipped().digest());
  const auto names = hex(digest_of(find_file(embedded_vocabulary(), "organisations.json").value_or("")));
  return fmt::format("{} {} {}", kMergeRules, std::string_view(words.data(), words.size()),
                     std::string_view(names.data(), names.size()));
}

}  // namespace

/// The incident of an id, or of one that leads to it.
Result<Incident> Pipeline::incident_called(std::string_view id) const {
  auto document = store_.incident(id);
  if (!document) return std::move(document).error();
  if (!*document) return fail(ErrorKind::NotFound, Message::AskNoIncident, id);
  JsonParser parser;
  auto json = parser.parse(**document);
  if (!json) return std::move(json).error();
  return read_incident(*json, vocabulary_);
}

/// Stores a decision, and settles what it is about. Gives where `asked` is afterwards.
Result<std::string> Pipeline::curate(Curation decision, const SightingRef& asked) {
  VIGIFUITE_TRY(look_who_is_watched());
  auto decisions = store_.curations();
  if (!decisions) return std::move(decisions).error();
  auto batch = store_.batch();
  auto number = batch->put_curation(decision);
  if (!number) return std::move(number).error();
  decision.number = *number;
  decisions->push_back(decision);
  const index::CurationIndex curation(*decisions);
  IngestReport report;
  Settlement settlement(vocabulary_, *batch, curation, decision.at);
  settlement.because(decision.because);
  for (const auto* side : {&decision.left, &decision.right}) {
    for (const SightingRef& ref : *side) VIGIFUITE_TRY(settlement.touch(ref));
  }
  VIGIFUITE_TRY(conclude(*batch, settlement, decision.at, report));
  auto incident = batch->incident_of(asked.source, asked.key);
  if (!incident) return incident;
  VIGIFUITE_TRY(store_.commit(std::move(batch)));
  return incident;
}

Result<std::string> Pipeline::merge_incidents(std::string_view one, std::string_view other, std::string because,
                                              Instant now) {
  auto left = incident_called(one);
  if (!left) return std::move(left).error();
  auto right = incident_called(other);
  if (!right) return std::move(right).error();
  if (left->id == right->id) {
    return fail(ErrorKind::Refused, Message::MergeAlready, one, other, left->id);
  }
  Curation decision;
  decision.kind = CurationKind::Merge;
  decision.at = now;
  decision.left = left->sightings;
  decision.right = right->sightings;
  decision.incidents = {left->id, right->id};
  decision.because = std::move(because);
  const SightingRef asked = decision.left.front();
  return curate(std::move(decision), asked);
}

Result<std::string> Pipeline::split_incident(std::string_view id, const SightingRef& sighting, std::string because,
                                             Instant now) {
  auto incident = incident_called(id);
  if (!incident) return std::move(incident).error();
  Curation decision;
  decision.kind = CurationKind::Split;
  decision.at = now;
  decision.left = {sighting};
  for (const SightingRef& ref : incident->sightings) {
    if (ref != sighting) decision.right.push_back(ref);
  }
  if (decision.right.size() == incident->sightings.size()) {
    return fail(ErrorKind::NotFound, Message::SplitNoSighting, incident->id, sighting.source, sighting.key);
  }
  if (decision.right.empty()) {
    return fail(ErrorKind::Refused, Message::SplitAlone, incident->id);
  }
  decision.incidents = {incident->id};
  decision.because = std::move(because);
  return curate(std::move(decision), sighting);
}

Result<bool> Pipeline::rules_changed() const {
  auto rules = store_.merge_rules();
  if (!rules) return std::move(rules).error();
  return *rules != merge_rules();
}

/// Every sighting that states facts, put in its blocks again.
Status Pipeline::rebuild_blocks() {
  VIGIFUITE_TRY(store_.clear_blocks());
  const index::TraitsReader reader(vocabulary_, index::MergeWords::shipped());
  auto batch = store_.batch();
  std::size_t count = 0;
  const auto take = [&](const SightingRef& ref) -> Status {
    auto placed = batch->placed(ref);
    if (!placed) return std::move(placed).error();
    if (*placed) batch->put_blocks(ref, {}, index::blocks_of(reader.read((*placed)->sighting)));
    if (++count % kPerPage != 0) return Done{};
    VIGIFUITE_TRY(store_.commit(std::move(batch)));
    batch = store_.batch();
    progress_();
    return Done{};
  };
  Status outcome = Done{};
  VIGIFUITE_TRY(store_.scan_all([&](const SightingRef& ref) {
    outcome = take(ref);
    return outcome.has_value();
  }));
  VIGIFUITE_TRY(std::move(outcome));
  return store_.commit(std::move(batch));
}

Result<std::uint64_t> Pipeline::merge_anew(Instant now) {
  bool empty = true;
  VIGIFUITE_TRY(store_.scan_all([&](const SightingRef&) { return empty = false; }));
  if (empty) {
    VIGIFUITE_TRY(store_.set_merge_rules(merge_rules()));
    return std::uint64_t{0};
  }
  VIGIFUITE_TRY(look_who_is_watched());
  VIGIFUITE_TRY(store_.set_merge_rules({}));  // until it is done
  VIGIFUITE_TRY(rebuild_blocks());
  auto decisions = store_.curations();
  if (!decisions) return std::move(decisions).error();
  const index::CurationIndex curation(*decisions);
  std::vector<SightingRef> page;
  IngestReport report;
  const auto settle_page = [&]() -> Status {
    auto batch = store_.batch();
    Settlement settlement(vocabulary_, *batch, curation, now);
    for (const SightingRef& ref : page) VIGIFUITE_TRY(settlement.touch(ref));
    page.clear();
    VIGIFUITE_TRY(conclude(*batch, settlement, now, report));
    VIGIFUITE_TRY(store_.commit(std::move(batch)));
    progress_();
    return Done{};
  };
  Status outcome = Done{};
  VIGIFUITE_TRY(store_.scan_all([&](const SightingRef& ref) {
    page.push_back(ref);
    if (page.size() >= kPerPage) outcome = settle_page();
    return outcome.has_value();
  }));
  VIGIFUITE_TRY(std::move(outcome));
  VIGIFUITE_TRY(settle_page());
  VIGIFUITE_TRY(store_.set_merge_rules(merge_rules()));
  return report.incidents_new + report.incidents_changed;
}

}  // namespace vigifuite
