// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Who said what of an incident, fact by fact, and why one of them is shown first. Pure: the same order as fold().

#include <span>
#include <string_view>
#include <vector>

#include "schemas/incident.hpp"

namespace vigifuite::index {

enum class ClaimField : unsigned char {
  Status,
  Happened,
  Disclosed,
  Organisations,
  Processors,
  People,
  Exposed,
  NotExposed
};
std::string_view name_of(ClaimField field) noexcept;  // "status", "happened"…

/// Why a claim is shown first, or is not.
enum class ClaimPlace : unsigned char {
  Only,         ///< first: nobody else says anything
  Curator,      ///< first: a curator fixed it
  MoreTrusted,  ///< first: its source is trusted more than the next one
  Later,        ///< first: as trusted as the next one, and later
  Alike,        ///< first: as trusted and as late as the next one, which says the same or stands after it by name
  Listed,       ///< a list of which every part is shown: bodies, processors
  ByKind,       ///< of each kind of data the most trusted word is shown, and "exposed" among equals
  Behind,       ///< not first
  Unsure,       ///< not counted: not read surely, and somebody surer speaks
  Withdrawn,    ///< not counted: its source took it back
};
std::string_view name_of(ClaimPlace place) noexcept;  // "only", "curator"…

/// What one source says of one fact. `by` is one of the sightings given.
struct FactClaim {
  ClaimField field = ClaimField::Status;
  ClaimPlace place = ClaimPlace::Behind;
  const Sighting* by = nullptr;
  const PeopleFigure* figure = nullptr;  ///< of People
  std::string_view sentence;             ///< that proves it, or empty: then the source states it as data
};

/// By field, and in each the one shown first is first. `sightings` must outlive what is given.
std::vector<FactClaim> provenance(std::span<const Sighting> sightings);

/// How many sources speak for themselves: one that republishes another, and that other, are one.
std::size_t origins(std::span<const Sighting> sightings);

}  // namespace vigifuite::index
