// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/category.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/sighting_ref.hpp"

namespace vigifuite {

/// The source whose sightings are the corrections of whoever keeps this store. No source file may take the name.
inline constexpr std::string_view kCuratorSource = "curator";

/// What a curator can correct of an incident.
enum class CorrectedField : unsigned char {
  State,
  People,
  Exposed,
  NotExposed,
  Organisation,
  Processor,
  From,
  To,
  Disclosed,
  Title,
  Summary
};

/// "status", "people", "exposed", "not_exposed", "organisation", "processor", "from", "to", "disclosed", "title",
/// "summary": as on the command line.
std::string_view name_of(CorrectedField field) noexcept;
std::optional<CorrectedField> parse_corrected_field(std::string_view word) noexcept;

/// Makes of a sighting a correction: it fixes facts of its incident above every source, until it is withdrawn.
struct Correction {
  SightingRef about;  ///< a sighting that the incident rested on: the correction is of whatever incident that one is in
  /// What it corrects. Of `exposed` and `not_exposed` the whole list when in `whole`, else only the categories named.
  std::vector<CorrectedField> fields;
  std::vector<CorrectedField> whole;
  CategorySet unsaid;   ///< categories of which it says that nothing is known
  std::string because;  ///< why, in the curator's words
  std::string withdrawn_because;
  friend bool operator==(const Correction&, const Correction&) = default;
};

/// A correction as its incident shows it.
struct CorrectionNote {
  std::uint32_t number = 0;  ///< by which it is withdrawn
  Instant at{};
  std::vector<CorrectedField> fields;
  std::string because;
  std::optional<Instant> withdrawn_at{};
  std::string withdrawn_because;
  friend bool operator==(const CorrectionNote&, const CorrectionNote&) = default;
};

}  // namespace vigifuite
