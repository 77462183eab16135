// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the letters rest on, all of it: what is verified, what is still to be, and what nobody has read again for a
// year.

#include "daemon/letters/rules.hpp"

namespace vigifuite::letters {

struct LawItem {
  enum class Kind : unsigned char { Article, Note, Address, Way };
  Kind kind = Kind::Article;
  std::string id;
  std::string text;  ///< French: the citation, the note's words, the line
  Reading read;
  PartialDate from;
  PartialDate until;
  bool stale = false;
  std::vector<std::string> letters;  ///< the kinds that use it
};

/// Every statement of law or practice, each once, those to be verified first. Pure.
std::vector<LawItem> law_items(const Rules& rules, PartialDate today);

/// Writes "vigifuite/law@v1" (schemas/json/law.schema.json), of the shipped rules.
void write_law(JsonOut& out, Instant now);

}  // namespace vigifuite::letters
