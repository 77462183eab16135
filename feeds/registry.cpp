// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/registry.hpp"

#include <vector>

namespace vigifuite::feeds {

#include "formats.inc"

std::span<const Adapter* const> adapters() noexcept {
  static const std::vector<const Adapter*> all = all_adapters();
  return all;
}

const Adapter* find_adapter(std::string_view name) noexcept {
  for (const Adapter* adapter : adapters()) {
    if (adapter->name == name) return adapter;
  }
  return nullptr;
}

}  // namespace vigifuite::feeds
