// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "feeds/extract/sentence_scope.hpp"

namespace vigifuite::feeds::extract {

/// Sentence after sentence, with what one leaves to the next: a heading, a question, the columns of a table.
class TextScope {
 public:
  explicit TextScope(const Parsed& parsed) : parsed_(parsed), ticks_(has_ticks(parsed.document)) {}

  Scoped run() &&;

 private:
  // scope.cpp
  Polarity ticked(std::uint32_t token, Polarity otherwise) const;
  Polarity ticked(const Sentence& sentence, const SentenceScope& scope, const Mention& mention,
                  Polarity otherwise) const;
  static bool has_ticks(const Document& document);
  bool complement(const Mention& mention) const;
  bool restricted(const Sentence& sentence) const;
  bool announced(const Sentence& sentence, std::size_t from) const;
  void silence_passing_words(const Sentence& sentence, std::size_t from);
  void enter(const Sentence& sentence, const SentenceScope& scope);
  void leave(const Sentence& sentence, const SentenceScope& scope, std::size_t before);
  void row(const Sentence& sentence, const SentenceScope& scope);
  bool stands_for_data(const Sentence& sentence) const;
  Polarity first_cell(const Sentence& sentence, const std::vector<std::uint32_t>& starts) const;
  Polarity crossed_column(const Sentence& sentence, const std::vector<std::uint32_t>& starts) const;
  void read_column_heads(const Sentence& sentence, const std::vector<std::uint32_t>& starts);

  // corrections.cpp
  bool echoes(std::uint32_t first) const;
  void answer_question(const Sentence& sentence, const SentenceScope& scope);
  void take_back(const Sentence& sentence, const SentenceScope& scope);
  void refer(const Sentence& sentence, const SentenceScope& scope);
  bool claimed_before(const ScopedMention& mention) const;
  bool said_by_somebody(std::uint32_t first, std::uint32_t last) const;
  bool ends_elliptic(std::uint32_t last) const;
  bool correct(const Sentence& sentence, const SentenceScope& scope);
  bool only(const Mention& mention) const;
  void correct_within(const Sentence& sentence, std::size_t from);
  bool of_its_own(std::uint32_t token, std::uint32_t last) const;
  bool false_rumour(const Sentence& sentence);
  bool aside_mistaken(const Sentence& sentence, std::size_t from);
  bool false_statement(const Sentence& sentence);
  bool denies_claim(const Sentence& sentence, std::size_t from);
  static void flip(ScopedMention& mention, bool only);

  const Parsed& parsed_;
  bool ticks_;
  Scoped found_;
  std::vector<ScopedMention>& out_ = found_.mentions;
  Polarity under_heading_ = Polarity::Assumed;
  std::uint32_t heading_block_ = 0;
  bool in_list_ = false;
  std::vector<std::size_t> passing_;         ///< mentions of the last sentence that were silenced as said in passing
  Polarity answered_ = Polarity::Assumed;    ///< the answer to the question before
  std::uint32_t block_before_ = UINT32_MAX;  ///< line of the sentence before
  std::size_t sentence_from_ = 0;            ///< mentions of the sentence before begin here
  std::size_t question_from_ = 0;
  std::size_t question_to_ = 0;
  bool worried_ = false;                ///< the question before asked whether to worry for data
  bool question_safe_ = false;          ///< the question before asked whether data are safe
  std::uint32_t claim_end_ = 0;         ///< the words that are said to be false end here
  std::vector<Polarity> heads_;         ///< of the table: what the head of each column says of the data in it
  std::vector<Polarity> column_says_;   ///< what it says of the data of a row that has a cross in it
  Polarity asked_ = Polarity::Assumed;  ///< what a question without data says of those that answer it
};

}  // namespace vigifuite::feeds::extract
