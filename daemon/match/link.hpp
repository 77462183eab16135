// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// How a tie leads to an incident: by its body, by one of a kind, or through a processor. Pure.

#include "daemon/match/chain.hpp"
#include "daemon/match/keys.hpp"
#include "schemas/places.hpp"

namespace vigifuite::match {

enum class Path : unsigned char { None, Direct, LocalBody, Processor };

/// A processor through which the data of the tie's body went.
struct Through {
  std::string shown;  ///< registry id, or its name in the incident
  std::vector<ChainStep>
      chain;               ///< from the tie's body to it; empty when only the incident says that they work together
  bool before_it = false;  ///< the tie had ended when they began to work together
};

struct Link {
  Path path = Path::None;
  std::vector<Through> processors;
  std::string kind;   ///< what sort of body the tie is with, or empty
  std::string place;  ///< where, when it is a local body that says so
  PlaceKind place_kind = PlaceKind::Town;
  std::vector<std::string> names;  ///< the keys under which a population may speak of the tie's body
  bool listed = false;             ///< the incident names the tie's body
};

/// The link of a tie, as one with the body `holder` (that of the tie, or one that took over its file).
Link link_of(const Tie& tie, const OrganisationRef& holder, const Incident& incident, const Vocabulary& vocabulary);

}  // namespace vigifuite::match
