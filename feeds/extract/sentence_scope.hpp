// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "feeds/extract/predicates.hpp"

namespace vigifuite::feeds::extract {

/// Tokens [first, last) that a denying word covers.
struct Denial {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool inverted = false;  ///< an exception to what is safe: exposed
};

/// One sentence: its predicates, its denials, and what they make of its mentions.
class SentenceScope : public SentencePredicates {
 public:
  using SentencePredicates::SentencePredicates;

  /// The sentences of a text in order, each once. `before`: what the one before said last of data.
  void read(const Sentence& sentence, Polarity before = Polarity::Assumed);

  [[nodiscard]] const std::vector<const Mention*>& mentions() const { return mentions_; }
  /// Words that speak of data, or of a leak (or of what data are in), outside the mentions of categories.
  [[nodiscard]] const std::vector<Mention>& data(bool containers);
  [[nodiscard]] bool names_data() const { return mention_in(sentence_.first, sentence_.last); }
  /// Past the first mention of a category; UINT32_MAX when there is none.
  [[nodiscard]] std::uint32_t first_data() const {
    for (const Mention* mention : mentions_) {
      if (!mention->categories.empty()) return mention->last;
    }
    return UINT32_MAX;
  }
  /// What the sentence itself says of a mention; `nothing` when it says nothing.
  [[nodiscard]] ScopedMention judge(const Mention& mention, Polarity nothing) const;
  /// What the sentence says of a list under it, when it is a heading.
  [[nodiscard]] Polarity heading() const;

 private:
  // denials.cpp
  void add_denial(const CueMatch& cue);
  bool excepts_from_safe(std::uint32_t first, std::uint32_t last) const;
  bool within_negation(const CueMatch& cue) const;
  bool doubled(const CueMatch& cue) const;
  bool gone(const CueMatch& cue) const;
  bool leads(const CueMatch& cue) const;
  bool answers_colon(const CueMatch& cue);
  bool contrasts(const CueMatch& cue) const;
  void add_contrast(const CueMatch& cue);
  bool contrary_of_safe(const CueMatch& cue) const;
  bool after_safe(const CueMatch& cue) const;
  bool unlocked(const Denial& denial, const Mention& mention) const;
  bool some_persons(const CueMatch& cue) const;
  std::uint32_t past_aside(std::uint32_t comma) const;
  bool reaches_data(std::uint32_t token) const;
  std::uint32_t denial_end(const CueMatch& cue) const;
  bool nominal(std::uint32_t token) const;
  bool within_que(std::uint32_t token) const;
  bool list_goes_on(std::uint32_t token, bool leading) const;

  // sentence_scope.cpp
  bool conceded(const Predicate& condition) const;
  bool qualified(const CueMatch& cue) const;
  bool gives_value(const Mention& mention) const;
  bool conditional(const Mention& mention) const;
  bool condition_ends(const Predicate& condition, std::uint32_t token) const;
  bool topic_denied(const Mention& mention) const;
  bool contrasted(const Mention& mention) const;
  std::uint32_t bare_participle(const Mention& mention) const;
  const Predicate* following(const Mention& mention) const;
  const Predicate* preceding(const Mention& mention) const;
  bool same_bracket(const Mention& mention, const Predicate& predicate) const;
  bool barred(std::uint32_t first, std::uint32_t last, bool in_list) const;
  std::uint32_t split(const Predicate& before, const Predicate& after) const;

  // clauses.cpp
  bool excepted(const Mention& mention) const;
  std::uint32_t list_end(const Mention& mention) const;
  const Predicate* beyond_relative(const Mention& mention) const;
  const Predicate* of_container(const Mention& mention) const;
  const Predicate* taken_up(const Mention& mention) const;
  const Predicate* denied_afterwards(const Mention& mention) const;
  const Predicate* likewise(const Mention& mention) const;
  bool elliptic(const Predicate& predicate) const;
  bool aside(const Predicate& predicate) const;
  bool relative_subject(const Mention& mention, const Predicate& predicate) const;
  bool resumed(const Predicate& kept, const Predicate& next) const;

  std::vector<Denial> denials_;
  std::vector<Mention> data_;
  Polarity before_ = Polarity::Assumed;
  std::uint32_t persons_excepted_ = UINT32_MAX;  ///< "except for 46 members" begins here
};

}  // namespace vigifuite::feeds::extract
