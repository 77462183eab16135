// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What a curator decided, as a question about two sightings. Pure.

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "schemas/curation.hpp"

namespace vigifuite::index {

/// All decisions of curators, asked pair by pair: of those that speak of a pair, the latest stands, for ever.
class CurationIndex {
 public:
  CurationIndex() = default;
  explicit CurationIndex(const std::vector<Curation>& decisions);

  struct Answer {
    CurationKind kind = CurationKind::Merge;
    std::uint64_t number = 0;  ///< of the decision: a later one wins over an earlier one
  };
  [[nodiscard]] std::optional<Answer> about(const SightingRef& a, const SightingRef& b) const;
  /// Those a curator joined this one with, in what is left of it by later decisions.
  [[nodiscard]] std::vector<SightingRef> joined_with(const SightingRef& ref) const;
  [[nodiscard]] bool speaks_of(const SightingRef& ref) const { return by_sighting_.contains(ref); }
  [[nodiscard]] bool empty() const noexcept { return by_sighting_.empty(); }

 private:
  struct Place {
    std::size_t decision = 0;
    bool left = false;
  };
  std::vector<Curation> decisions_;
  std::map<SightingRef, std::vector<Place>> by_sighting_;  ///< earliest decision first
};

}  // namespace vigifuite::index
