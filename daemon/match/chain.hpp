// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The ways data take from one body to another: to its processors and their processors, to those it shares its files
// with, and over time to the bodies that took it over. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "schemas/hit.hpp"

namespace vigifuite::match {

/// Subcontracting is followed over so many steps, succession over as many.
inline constexpr std::size_t kMostSteps = 4;

/// The shortest way from `body` to `processor` (a registry id) by links that may have held during `window` and may hold
/// data of people of this relation; empty when there is none.
std::vector<const ProcessorLink*> way_to(const Organisation& body, std::string_view processor, Period window,
                                         Relation relation, const Vocabulary& vocabulary);

/// The bodies that hold data of people of this relation for `body`, or with it, over any number of steps; without
/// `body`.
std::vector<std::string> processors_of(const Organisation& body, Relation relation, const Vocabulary& vocabulary);
/// The bodies whose people's data may be with `processor` (a registry id); without it.
std::vector<std::string> customers_of(std::string_view processor, const Vocabulary& vocabulary);

/// One body that may hold the file of a tie: that of the tie, or one that took it over while the file was there.
struct Holder {
  OrganisationRef ref;
  std::vector<const Successor*> way;  ///< empty: the body of the tie itself
};
std::vector<Holder> holders_of(const Tie& tie, const Vocabulary& vocabulary);

/// How the words of a tie were understood, for whoever reads the answer.
struct Understood {
  const Organisation* body = nullptr;  ///< null when the words denote none of the registry
  std::vector<NameStep> became;        ///< the names it took since the one that was said, oldest first
  std::vector<Holder> heirs;           ///< who took over its files
  Text note;                           ///< how the common name of a network was taken
};
Understood understand(const Tie& tie, const Vocabulary& vocabulary);

}  // namespace vigifuite::match
