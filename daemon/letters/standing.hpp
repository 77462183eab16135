// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// How one letter stands for one person: whether it can be written, and everything it would be written from.

#include "daemon/letters/values.hpp"

namespace vigifuite::letters {

struct Standing {
  Possible state = Possible::Now;
  Text why;
  PartialDate from;  ///< from when, when that is known
  Situation situation;
  Details details;
  kainjow::mustache::data values;
};

/// Malformed: a detail that is not what was asked, steps that cannot be true. Pure.
Result<Standing> stand(const Request& request, const LetterRules& letter, const Vocabulary& vocabulary,
                       const Rules& rules);

}  // namespace vigifuite::letters
