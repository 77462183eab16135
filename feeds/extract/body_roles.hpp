// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "feeds/extract/body_names.hpp"

namespace vigifuite::feeds::extract {

/// What the words around one mention of a name say of it, in points: they add up over the mentions of a body.
struct BodyRole {
  int victim = 0;        ///< its data leaked; negative: it is said to be safe, or owns the body hit
  int provider = 0;      ///< the leak happened at it, for somebody else
  int other = 0;         ///< it took the data, reports, investigates, or is a person
  bool product = false;  ///< it is the name of a tool
  bool soft = false;     ///< an authority that may be hit as well as another body
  bool place = false;    ///< it may be where something happened
  bool located = false;  ///< such a place begins a clause: "À Valcroz, 6 150 familles…"
  bool at = false;       ///< the leak happened at it: "chez", "contre"
  bool perhaps = false;  ///< it serves somebody, who may be named: "l'éditeur X informe ses clients"
  bool owner = false;    ///< data or persons are its own: "les clients de"
  bool signs = false;    ///< it signs the text, or the text is headed by it
};

/// The roles of `names`, one for each. Linear.
std::vector<BodyRole> judge_roles(const Parsed& parsed, const std::vector<BodyName>& names);

}  // namespace vigifuite::feeds::extract
