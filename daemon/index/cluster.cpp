// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/cluster.hpp"

#include <algorithm>
#include <numeric>

namespace vigifuite::index {
namespace {

/// Groups under way: each sighting leads to the first of its group, which holds the members.
class Groups {
 public:
  explicit Groups(std::size_t count) : leader_(count), members_(count) {
    std::iota(leader_.begin(), leader_.end(), 0U);
    for (std::uint32_t i = 0; i < count; ++i) members_[i] = {i};
  }
  [[nodiscard]] std::uint32_t of(std::uint32_t sighting) const { return leader_[sighting]; }
  [[nodiscard]] const std::vector<std::uint32_t>& members(std::uint32_t leader) const { return members_[leader]; }

  void join(std::uint32_t a, std::uint32_t b) {
    if (members_[a].size() < members_[b].size()) std::swap(a, b);
    for (const std::uint32_t member : members_[b]) leader_[member] = a;
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b] = {};
  }

  std::vector<std::vector<std::uint32_t>> take() {
    std::erase_if(members_, [](const auto& group) { return group.empty(); });
    for (auto& group : members_) std::sort(group.begin(), group.end());
    std::sort(members_.begin(), members_.end());
    return std::move(members_);
  }

 private:
  std::vector<std::uint32_t> leader_;
  std::vector<std::vector<std::uint32_t>> members_;
};

/// Whether `pair` keeps apart what `join` would join. A curator's join yields only to a later decision of a curator.
bool forbids(const PairVerdict& pair, const Join& join) noexcept {
  if (pair.decision != Decision::KeepSeparate) return false;
  if (join.curated != 0) return pair.curated > join.curated;
  return pair.force >= join.force;
}

}  // namespace

PairVerdict verdict(const Traits& a, const Traits& b, const CurationIndex& curation) {
  if (!curation.empty()) {
    if (const auto answer = curation.about(a.ref, b.ref)) {
      const bool merge = answer->kind == CurationKind::Merge;
      return {{merge ? Decision::Merge : Decision::KeepSeparate,
               merge ? MergeReason::CuratorMerged : MergeReason::CuratorSplit, kAlways},
              answer->number};
    }
  }
  return {decide(a, b), 0};
}

Clusters cluster(std::span<const Traits* const> sightings, std::vector<Join> joins, const CurationIndex& curation) {
  std::sort(joins.begin(), joins.end(), [](const Join& x, const Join& y) {
    return std::tie(y.curated, y.force, x.a, x.b) < std::tie(x.curated, x.force, y.a, y.b);
  });
  Groups groups(sightings.size());
  Clusters out;
  for (const Join& join : joins) {
    const std::uint32_t a = groups.of(join.a), b = groups.of(join.b);
    if (a == b || groups.members(a).size() + groups.members(b).size() > kMostMembers) continue;
    const auto forbidden = [&](std::uint32_t x, std::uint32_t y) {
      return forbids(verdict(*sightings[x], *sightings[y], curation), join);
    };
    const bool apart = std::any_of(groups.members(a).begin(), groups.members(a).end(), [&](std::uint32_t x) {
      return std::any_of(groups.members(b).begin(), groups.members(b).end(),
                         [&](std::uint32_t y) { return forbidden(x, y); });
    });
    if (apart) continue;
    groups.join(a, b);
    out.joins.push_back(join);
  }
  out.groups = groups.take();
  return out;
}

}  // namespace vigifuite::index
