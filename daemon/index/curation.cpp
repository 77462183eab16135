// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/curation.hpp"

#include <algorithm>

namespace vigifuite::index {

CurationIndex::CurationIndex(const std::vector<Curation>& decisions) : decisions_(decisions) {
  std::sort(decisions_.begin(), decisions_.end(),
            [](const Curation& a, const Curation& b) { return a.number < b.number; });
  for (std::size_t i = 0; i < decisions_.size(); ++i) {
    for (const SightingRef& ref : decisions_[i].left) by_sighting_[ref].push_back({i, true});
    for (const SightingRef& ref : decisions_[i].right) by_sighting_[ref].push_back({i, false});
  }
}

std::optional<CurationIndex::Answer> CurationIndex::about(const SightingRef& a, const SightingRef& b) const {
  const auto of_a = by_sighting_.find(a), of_b = by_sighting_.find(b);
  if (of_a == by_sighting_.end() || of_b == by_sighting_.end()) return std::nullopt;
  for (auto i = of_a->second.rbegin(); i != of_a->second.rend(); ++i) {
    for (const Place& j : of_b->second) {
      if (i->decision != j.decision || i->left == j.left) continue;
      return Answer{decisions_[i->decision].kind, decisions_[i->decision].number};
    }
  }
  return std::nullopt;
}

std::vector<SightingRef> CurationIndex::joined_with(const SightingRef& ref) const {
  std::vector<SightingRef> joined;
  const auto found = by_sighting_.find(ref);
  if (found == by_sighting_.end()) return joined;
  for (const Place& place : found->second) {
    const Curation& decision = decisions_[place.decision];
    if (decision.kind != CurationKind::Merge) continue;
    for (const SightingRef& other : place.left ? decision.right : decision.left) {
      const auto answer = about(ref, other);
      if (answer && answer->kind == CurationKind::Merge) joined.push_back(other);
    }
  }
  std::sort(joined.begin(), joined.end());
  joined.erase(std::unique(joined.begin(), joined.end()), joined.end());
  return joined;
}

}  // namespace vigifuite::index
