// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What goes with a letter: one page that tells in plain words what happened, what the letter asks, what to do and what
// comes next; and the blocks to paste into an online form. Words of a kind of letter, and what is known of the form,
// are data: schemas/letters/summaries.json and cnil-form.json, each with its source and whether it is verified.

#include "daemon/letters/render.hpp"

namespace vigifuite::letters {

/// Sentences of one kind of letter.
struct SummaryWords {
  std::vector<std::string> codes;  ///< "L1"
  std::vector<Text> asks, then;
  bool found = false;
};

/// What is known of an online form.
struct OnlineForm {
  struct Choice {
    Text ask, choose;
    bool found = false;
  };
  std::vector<std::string> letters;  ///< kinds that have this form
  std::string place;
  Text name;
  std::size_t most = 0;  ///< characters of a block
  bool most_found = false;
  std::vector<Choice> choices;
};

/// What the page says beside the letter's own words.
struct SummaryFacts {
  std::string_view code;  ///< "L1"; the two letters of L5 are told apart: "L5A", "L5B"
  Text purpose;           ///< of the kind, when it has no sentences of its own
  CategorySet exposed;    ///< without what only an attacker says
};

/// Reads the documents. Malformed names the entry.
Result<std::vector<SummaryWords>> read_summaries(std::string_view json);
Result<OnlineForm> read_form(std::string_view json);

/// The page, in the language of the profile. One A4 page of text: at most 60 lines.
std::vector<Block> summary_of(const Letter& letter, const SummaryFacts& facts, const Request& request,
                              const Vocabulary& vocabulary);

/// The blocks to paste, each with what it is and its length. Refused when the letter does not go where there is a form.
Result<std::string> fields_of(const Letter& letter, Language language);

/// The letter in the format asked for.
Result<Written> write_letter(const Letter& letter, const SummaryFacts& facts, const Request& request,
                             const Vocabulary& vocabulary);

}  // namespace vigifuite::letters
