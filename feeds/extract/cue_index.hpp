// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>

#include "feeds/extract/lexicon.hpp"

namespace vigifuite::feeds::extract {

/// The match of `cue` that begins at `token`, or nullptr. Logarithmic in the cues.
inline const CueMatch* cue_at(const Marks& marks, std::uint32_t token, Cue cue) {
  if (!marks.on(token, cue)) return nullptr;
  auto it = std::lower_bound(marks.cues.begin(), marks.cues.end(), token,
                             [](const CueMatch& match, std::uint32_t at) { return match.first < at; });
  for (; it != marks.cues.end() && it->first == token; ++it) {
    if (it->cue == cue) return &*it;
  }
  return nullptr;
}

/// Calls `see` with each match of `cue` that begins in [first, last), in order.
template <class See>
void each_cue(const Marks& marks, std::uint32_t first, std::uint32_t last, Cue cue, See see) {
  auto it = std::lower_bound(marks.cues.begin(), marks.cues.end(), first,
                             [](const CueMatch& match, std::uint32_t at) { return match.first < at; });
  for (; it != marks.cues.end() && it->first < last; ++it) {
    if (it->cue == cue) see(*it);
  }
}

}  // namespace vigifuite::feeds::extract
