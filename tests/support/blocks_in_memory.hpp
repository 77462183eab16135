// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <map>
#include <set>

#include "daemon/index/neighbourhood.hpp"

namespace vigifuite::test {

/// Sightings by block, in memory.
class BlocksInMemory final : public index::Blocks {
 public:
  void keep(const index::Traits& traits) {
    drop(traits.ref);
    for (const auto key : index::blocks_of(traits)) by_block_[key].insert(traits.ref);
    by_ref_[traits.ref] = traits;
  }
  void drop(const SightingRef& ref) {
    const auto found = by_ref_.find(ref);
    if (found == by_ref_.end()) return;
    for (const auto key : index::blocks_of(found->second)) by_block_[key].erase(ref);
    by_ref_.erase(found);
  }
  Status load(index::Traits::Key block, const std::function<void(index::Traits)>& take) override {
    if (const auto found = by_block_.find(block); found != by_block_.end()) {
      for (const SightingRef& ref : found->second) take(by_ref_.at(ref));
    }
    return Done{};
  }
  Result<std::optional<index::Traits>> find(const SightingRef& ref) override {
    const auto found = by_ref_.find(ref);
    return found == by_ref_.end() ? std::nullopt : std::optional<index::Traits>(found->second);
  }

 private:
  std::map<SightingRef, index::Traits> by_ref_;
  std::map<index::Traits::Key, std::set<SightingRef>> by_block_;
};

}  // namespace vigifuite::test
