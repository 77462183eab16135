// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schemas/incident.hpp"

namespace vigifuite {

/// What a curator can say of two groups of sightings.
enum class CurationKind : unsigned char { Merge, Split };
std::string_view name_of(CurationKind kind) noexcept;  // "merge", "split"

/// A curator's decision: the sightings of `left` and those of `right` tell of one incident, or do not. It is kept for
/// ever, wins over every rule, and is only undone by a later one.
struct Curation {
  std::uint64_t number = 0;  ///< counted from 1, in the order they were taken
  CurationKind kind = CurationKind::Merge;
  Instant at{};
  std::vector<SightingRef> left;
  std::vector<SightingRef> right;
  std::vector<std::string> incidents;  ///< ids as they were asked for
  std::string because;                 ///< the curator's words
  friend bool operator==(const Curation&, const Curation&) = default;
};

/// Writes "vigifuite/curation@v1" (schemas/json/curation.schema.json).
void write(JsonOut& out, const Curation& curation);
/// Malformed says the member.
Result<Curation> read_curation(JsonValue json);

}  // namespace vigifuite
