// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <compare>
#include <string>

namespace vigifuite {

/// Names a sighting: a source, and the key of a notice within it.
struct SightingRef {
  std::string source;
  std::string key;
  friend auto operator<=>(const SightingRef&, const SightingRef&) = default;
};

}  // namespace vigifuite
