// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The public facts of an incident as a letter states them: each with who says so and where it was read. What an
// attacker says is never among them. All strings are French, flattened.

#include "daemon/letters/situation.hpp"

namespace vigifuite::letters {

struct SourceRow {
  std::string label;  ///< "S1"
  std::string kind;   ///< "page d'une autorité", "presse"…
  std::string date;
  std::string url;   ///< marked
  std::string gave;  ///< the figures it gives
};

/// A statement and its origin: "[rapporté par la presse] (S1 et S2)".
struct Stated {
  std::string text;
  std::string when;     ///< of a figure
  std::string heading;  ///< of an authority's act: who, when, reference, amount
  std::string origin;
};

struct PublicFacts {
  std::vector<SourceRow> sources;
  std::string origin;  ///< of a fact whose own source is not recorded: every kind of source it may come from
  std::vector<Stated> populations;
  std::vector<Stated> figures;
  std::vector<Stated> actions;
  Stated exposed;
  Stated not_exposed;
  std::string unmapped;
  std::string figures_unsourced;
  std::string joint_source;  ///< label
};

PublicFacts public_facts(const Situation& situation);

/// The French labels of a set, in the vocabulary's order.
std::string labels(const Vocabulary& vocabulary, CategorySet set);

}  // namespace vigifuite::letters
