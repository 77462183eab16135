// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/undecided.hpp"

#include <algorithm>
#include <map>

namespace vigifuite::index {
namespace {

/// Whether a curator can decide what the rules could not. Of what names nobody or states nothing there is no question.
bool is_question(MergeReason reason) noexcept {
  return reason == MergeReason::CountriesDiffer || reason == MergeReason::NameInPart ||
         reason == MergeReason::DateMissing || reason == MergeReason::DateImprecise ||
         reason == MergeReason::SameRecordTwice || reason == MergeReason::Recurring ||
         reason == MergeReason::ReadUnsurely;
}

}  // namespace

MergeQuestions::MergeQuestions(const Store& store, const Vocabulary& vocabulary, const CurationIndex& curation)
    : store_(store),
      curation_(curation),
      reader_(vocabulary, MergeWords::shipped()),
      blocks_(store, reader_),
      neighbourhood_(blocks_, curation) {}

/// Whether anything keeps a sighting apart from one of the incident's.
Result<bool> MergeQuestions::kept_apart(const Incident& incident, const SightingRef& other) {
  auto theirs = blocks_.find(other);
  if (!theirs) return std::move(theirs).error();
  for (const SightingRef& ref : incident.sightings) {
    auto mine = blocks_.find(ref);
    if (!mine) return std::move(mine).error();
    if (!*theirs || !*mine) continue;
    const PairVerdict pair = verdict(**mine, **theirs, curation_);
    if (pair.decision == Decision::KeepSeparate && pair.force == kAlways) return true;
  }
  return false;
}

Result<std::vector<Undecided>> MergeQuestions::undecided(const Incident& incident) {
  std::map<std::string, Undecided> found;
  std::map<std::string, bool> apart;
  for (const SightingRef& ref : incident.sightings) {
    auto traits = blocks_.find(ref);
    if (!traits) return std::move(traits).error();
    if (!*traits) continue;
    auto compared = neighbourhood_.compared_with(**traits);
    if (!compared) return std::move(compared).error();
    for (const Neighbourhood::Compared& one : *compared) {
      if (one.verdict.decision != Decision::NoDecision || !is_question(one.verdict.reason)) continue;
      auto placed = store_.placed(one.other->ref);
      if (!placed) return std::move(placed).error();
      if (!*placed || (*placed)->placement.incident == incident.id || (*placed)->sighting.withdrawn) continue;
      const std::string& other = (*placed)->placement.incident;
      if (!apart.contains(other)) {
        auto kept = kept_apart(incident, one.other->ref);
        if (!kept) return std::move(kept).error();
        apart.emplace(other, *kept);
      }
      if (!apart.at(other)) found.try_emplace(other, Undecided{other, one.verdict.reason, ref, one.other->ref});
    }
  }
  std::vector<Undecided> out;
  for (auto& [id, one] : found) out.push_back(std::move(one));
  return out;
}

Result<std::vector<Joined>> MergeQuestions::joined(const Incident& incident) {
  std::vector<Traits> members;
  for (const SightingRef& ref : incident.sightings) {
    auto traits = blocks_.find(ref);
    if (!traits) return std::move(traits).error();
    if (*traits) members.push_back(std::move(**traits));
  }
  std::sort(members.begin(), members.end(), [](const Traits& a, const Traits& b) {
    return std::tie(a.first_seen, a.ref) < std::tie(b.first_seen, b.ref);
  });
  std::vector<Joined> out;
  for (std::size_t i = 1; i < members.size(); ++i) {
    Joined surest{members[i].ref, {}, MergeReason::NearDisclosure};
    int force = -1;
    for (const Traits& other : members) {
      if (other.ref == members[i].ref) continue;
      const PairVerdict pair = verdict(members[i], other, curation_);
      if (pair.decision != Decision::Merge || pair.force <= force) continue;
      force = pair.force;
      surest.to = other.ref;
      surest.reason = pair.reason;
    }
    if (force >= 0) out.push_back(std::move(surest));
  }
  return out;
}

}  // namespace vigifuite::index
