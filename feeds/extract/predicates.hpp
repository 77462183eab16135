// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "feeds/extract/sentence_view.hpp"

namespace vigifuite::feeds::extract {

/// Where the data of a predicate stand.
enum class Side : std::uint8_t { Before, After, Both };

/// A verb that says something of data. Tokens [first, last), from its negation on when it has one.
struct Predicate {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Polarity polarity = Polarity::Silent;
  Side side = Side::Before;
  bool denied = false;
  bool fixed = false;      ///< an answer: it looks where it looks
  bool strong = false;     ///< a condition or a rule ("si votre RIB…"): whatever is said within it is not said to be
  bool known = false;      ///< its verb is one of a list
  bool last_only = false;  ///< it speaks of the words right before it, and not of the list they close
};

/// The tokens a verbal negation covers: "n'ont pas été consultés" from n' to a few words after pas.
struct Negation {
  std::uint32_t first = 0;
  std::uint32_t half = 0;  ///< its second half, or the first when it has one only
  std::uint32_t last = 0;
};

/// A sentence and its predicates: what is affirmed and what is denied.
class SentencePredicates : public SentenceView {
 public:
  using SentenceView::SentenceView;

  [[nodiscard]] const std::vector<Predicate>& predicates() const { return predicates_; }

 protected:
  void read(const Sentence& sentence);
  /// The negation that a cue stands in, or nullptr.
  bool cleft(std::uint32_t token) const;
  bool subject_pronoun(std::uint32_t token) const;
  const Negation* negation_of(const CueMatch& cue) const;
  /// Words of data begin at `token`.
  bool names_after_at(std::uint32_t token) const;

  std::vector<Negation> negations_;
  std::vector<Predicate> predicates_;  ///< in order of place, none within another

 private:
  // negations.cpp
  void find_negations();
  bool restricts(std::uint32_t token) const;
  bool adds(std::uint32_t pas) const;
  bool denied_subject(std::uint32_t ne) const;
  std::uint32_t second_half(std::uint32_t ne) const;
  void find_short_negations();
  bool reaches_soon(std::uint32_t token) const;
  bool is_number_sign(std::uint32_t token) const;

  // predicates.cpp
  void add_predicate(const CueMatch& cue);
  bool noun(const CueMatch& cue) const;
  bool says_that(const CueMatch& cue) const;
  bool feared(const CueMatch& cue) const;
  bool announces_list(std::uint32_t token) const;
  bool set_side(const CueMatch& cue, bool passive, Predicate& made) const;
  bool coordinated(std::uint32_t token) const;
  void add_other_negations();
  bool names_data_at_all() const;
  bool heads(std::uint32_t token) const;
  bool colon_follows(std::uint32_t token) const;
  bool after_safe_verb(std::uint32_t token) const;
  void add_bare_auxiliaries();
  bool has_aux(const Negation& negation, std::uint32_t end) const;
  bool names_before(std::uint32_t token) const;
  bool names_after(std::uint32_t token) const;
  bool pronoun_before(std::uint32_t token) const;
  bool right_after_colon(std::uint32_t token) const;
  bool partly(std::uint32_t token) const;
  bool masked(std::uint32_t token) const;
  bool elsewhere(const CueMatch& cue) const;
  bool opens_topic(const CueMatch& cue) const;
  bool relative(std::uint32_t token) const;
  void order();
  void turn_around();
  bool speaks_of_data(std::uint32_t token) const;
  std::uint32_t clause_start(std::size_t index) const;
  bool opens_clause(std::uint32_t first, std::uint32_t last) const;

  // answers.cpp
  void add_answers();
  void add_denied_headings();
  bool stands_in(std::uint32_t token) const;
  bool opens_sentence(std::uint32_t token) const;
  bool closes(const CueMatch& cue) const;
  bool also(const CueMatch& cue) const;
  Polarity said_before(std::uint32_t token) const;
  bool colon_within(std::uint32_t token, std::uint32_t words) const;
  bool unsettled(std::uint32_t first, std::uint32_t last) const;
};

}  // namespace vigifuite::feeds::extract
