// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/index/neighbourhood.hpp"
#include "daemon/index/store.hpp"

namespace vigifuite::index {

/// The blocks of a store, as committed: for questions. Any thread; the store must outlive it.
class StoreBlocks final : public Blocks {
 public:
  StoreBlocks(const Store& store, const TraitsReader& reader) : store_(store), reader_(reader) {}

  Status load(Traits::Key block, const std::function<void(Traits)>& take) override {
    auto refs = store_.block(block);
    if (!refs) return std::move(refs).error();
    for (const SightingRef& ref : *refs) {
      auto traits = find(ref);
      if (!traits) return std::move(traits).error();
      if (*traits) take(std::move(**traits));
    }
    return Done{};
  }
  Result<std::optional<Traits>> find(const SightingRef& ref) override {
    auto placed = store_.placed(ref);
    if (!placed) return std::move(placed).error();
    if (!*placed) return std::optional<Traits>();
    return std::optional<Traits>(reader_.read((*placed)->sighting));
  }

 private:
  const Store& store_;
  const TraitsReader& reader_;
};

}  // namespace vigifuite::index
