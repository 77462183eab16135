// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {

constexpr std::uint32_t kNear = 5;  ///< tokens between an auxiliary and its participle

/// What an answer says: yes, no, or that nobody knows yet.
inline Polarity answer_of(const CueMatch& cue) {
  if (cue.cue == Cue::Yes) return Polarity::Exposed;
  return cue.value == 0 ? Polarity::Safe : Polarity::Silent;
}

/// One sentence with its mentions and cues, and the questions that the scope step asks of it. Views into `parsed`. It
/// is read again for each sentence, and keeps its memory.
class SentenceView {
 public:
  explicit SentenceView(const Parsed& parsed) : parsed_(parsed), document_(parsed.document), marks_(parsed.marks) {}

 protected:
  /// Takes the mentions and cues of `sentence` after those of the last one.
  void read(const Sentence& sentence) {
    sentence_ = sentence;
    mentions_.clear();
    cues_.clear();
    while (next_mention_ < marks_.mentions.size() && marks_.mentions[next_mention_].first < sentence.last)
      mentions_.push_back(&marks_.mentions[next_mention_++]);
    for (; next_cue_ < marks_.cues.size() && marks_.cues[next_cue_].first < sentence.last; ++next_cue_) {
      if (marks_.cues[next_cue_].cue <= Cue::Leak)
        cues_.push_back(&marks_.cues[next_cue_]);  // the others say nothing here
    }
    number_brackets();
    number_mentions();
  }
  bool mark_at(std::uint32_t token, char mark) const {
    return token < sentence_.last && document_.is_mark(token, mark);
  }
  /// A clause begins here that is said apart. "En revanche" inside a clause ("n'a en revanche pas eu") parts nothing.
  bool contrast_at(std::uint32_t token) const {
    if (!marks_.on(token, Cue::Contrast)) return false;
    const auto found = std::find_if(cues_.begin(), cues_.end(), [&](const CueMatch* cue) {
      return cue->cue == Cue::Contrast && cue->first <= token && token < cue->last;
    });
    if (found == cues_.end() || (*found)->value == 0) return true;
    if (mark_at((*found)->last, ',') && goes_on((*found)->last + 1))
      return false;  // "Les NIR, en revanche, n'y sont pas"
    const std::uint32_t first = (*found)->first;
    return first == sentence_.first || document_.tokens[first - 1].kind == TokenKind::Mark ||
           document_.is_word(first - 1, "et");
  }
  /// A verb or its negation follows: the clause goes on.
  bool goes_on(std::uint32_t token) const {
    return token < sentence_.last && (marks_.on(token, Cue::Ne) || marks_.on(token, Cue::Auxiliary) || have_at(token));
  }
  bool any_mark(std::uint32_t first, std::uint32_t last, std::string_view which) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (document_.tokens[i].kind == TokenKind::Mark && which.find(document_.tokens[i].mark) != std::string_view::npos)
        return true;
    }
    return false;
  }
  /// Data are named within tokens [first, last).
  bool mention_in(std::uint32_t first, std::uint32_t last) const {
    if (first >= last || first >= sentence_.last) return false;
    const std::uint32_t next = next_named_[first - sentence_.first];
    return next < mentions_.size() && mentions_[next]->last <= last;
  }
  /// For each token, which mention of data begins at it or after it first.
  void number_mentions() {
    const std::uint32_t count = sentence_.last - sentence_.first;
    next_named_.assign(count, static_cast<std::uint32_t>(mentions_.size()));
    std::uint32_t next = static_cast<std::uint32_t>(mentions_.size());
    std::size_t mention = mentions_.size();
    for (std::uint32_t i = count; i-- > 0;) {
      while (mention > 0 && mentions_[mention - 1]->first >= sentence_.first + i) {
        --mention;
        if (!mentions_[mention]->categories.empty()) next = static_cast<std::uint32_t>(mention);
      }
      next_named_[i] = next;
    }
  }

  /// Which bracket each token is in: 0 outside. What is said inside a bracket says nothing of what is outside.
  void number_brackets() {
    bracket_.assign(sentence_.last - sentence_.first, 0);
    std::uint32_t open = 0, number = 0;
    for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
      if (document_.is_mark(i, '(')) open = ++number;
      bracket_[i - sentence_.first] = open;
      if (document_.is_mark(i, ')')) open = 0;
    }
  }
  std::uint32_t bracket(std::uint32_t token) const { return bracket_[token - sentence_.first]; }
  /// "a" the verb, not "à" the preposition, which folds to the same word.
  bool have_at(std::uint32_t token) const {
    return marks_.on(token, Cue::Have) &&
           !(document_.word(token) == "a" && document_.tokens[token].end - document_.tokens[token].begin > 1);
  }
  bool auxiliary_before(std::uint32_t token) const {
    const std::uint32_t from = token - std::min(token - sentence_.first, kNear);
    for (std::uint32_t i = token; i-- > from;) {
      if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, '"') && !mark_at(i, ',')) return false;
      if (marks_.on(i, Cue::Auxiliary)) return true;
    }
    return false;
  }
  bool have_before(std::uint32_t token) const {
    const std::uint32_t from = token - std::min(token - sentence_.first, kNear - 1);
    for (std::uint32_t i = token; i-- > from;) {
      if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, '"')) return false;
      if (have_at(i)) return true;
    }
    return false;
  }
  /// Written with an é near its end, or a participle that has none: "volées", "compromis".
  bool participle(std::uint32_t token) const {
    const Token& t = document_.tokens[token];
    const std::string_view written = document_.text.substr(t.begin, t.end - t.begin);
    const std::string_view tail = written.substr(written.size() - std::min<std::size_t>(written.size(), 4));
    if (tail.find("é") != std::string_view::npos) return true;
    const std::string_view word = document_.word(token);
    static constexpr std::array<std::string_view, 9> kEnds = {"is", "ise",  "ises",  "us",  "ues",
                                                              "ue", "erts", "ertes", "aits"};
    return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return word.ends_with(end); });
  }
  /// Nothing but marks and closing words after it: "ils ne sont pas conservés."
  bool stands_alone(std::uint32_t token) const {
    return token >= sentence_.last || document_.tokens[token].kind == TokenKind::Mark;
  }
  bool english() const { return parsed_.language == Language::English; }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  Sentence sentence_;
  std::size_t next_mention_ = 0;
  std::size_t next_cue_ = 0;
  std::vector<const Mention*> mentions_;
  std::vector<const CueMatch*> cues_;  ///< those of polarity
  std::vector<std::uint32_t> bracket_;
  std::vector<std::uint32_t> next_named_;
};

}  // namespace vigifuite::feeds::extract
