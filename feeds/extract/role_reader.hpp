// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "feeds/extract/body_roles.hpp"
#include "feeds/extract/cue_index.hpp"

namespace vigifuite::feeds::extract {

/// What the words around one name say of its part: the phrase it stands in and the name itself (body_roles.cpp), what
/// governs that phrase (body_governor.cpp), what follows it and where it stands (body_verb.cpp). One reader reads the
/// names of one text, one after another; it holds the one being read. Views into `parsed`.
class RoleReader {
 public:
  explicit RoleReader(const Parsed& parsed);
  BodyRole read(const BodyName& name);

 private:
  // The numbers of lexicon/bodies.toml.
  static constexpr std::int64_t kSays = 1, kSuffers = 2, kClaims = 3, kDoneTo = 4, kTells = 5,
                                kComments = 6;                                         // announces
  static constexpr std::int64_t kLeakOf = 1, kTheirs = 2, kSpeaksFor = 3, kField = 4;  // victim_of
  static constexpr std::int64_t kNoun = 1, kDoneBy = 2, kServes = 3;                   // provider
  static constexpr std::int64_t kKindBefore = 2;                                       // body
  static constexpr std::int64_t kByName = 2;                                           // attacker, reporter
  static constexpr std::int64_t kTold = 1;                                             // authority

  static constexpr std::uint32_t kPhrase = 8;  ///< tokens of a phrase before the name
  static constexpr std::uint32_t kAside = 30;  ///< tokens of an apposition between commas
  static constexpr int kBarred = 20;

  template <std::size_t N>
  static bool among(std::string_view word, const std::array<std::string_view, N>& words) {
    for (const std::string_view candidate : words) {
      if (word == candidate) return true;
    }
    return false;
  }
  bool word_at(std::uint32_t i) const {
    return i >= sentence_->first && i < sentence_->last && document_.tokens[i].kind == TokenKind::Word;
  }
  bool mark_at(std::uint32_t i, char mark) const {
    return i >= sentence_->first && i < sentence_->last && document_.is_mark(i, mark);
  }
  /// A match of `cue` that covers `token` from its first word, or nullptr.
  const CueMatch* match(std::uint32_t token, Cue cue) const {
    return token < sentence_->last ? cue_at(marks_, token, cue) : nullptr;
  }
  bool article(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 25> kWords = {
        "le",   "la",    "les", "l",     "un", "une", "notre", "nos", "votre", "vos", "son",   "sa",  "ses",
        "leur", "leurs", "cet", "cette", "ce", "the", "a",     "an",  "our",   "its", "their", "your"};
    if (!word_at(i)) return false;
    if (document_.word(i) == "a" && french_) return false;
    return among(document_.word(i), kWords);
  }
  bool contracted(std::uint32_t i) const {
    return word_at(i) && (document_.is_word(i, "du") || document_.is_word(i, "au") || document_.is_word(i, "des") ||
                          document_.is_word(i, "aux"));
  }
  bool genitive(std::uint32_t i) const {
    return word_at(i) && (document_.is_word(i, "de") || document_.is_word(i, "d") || document_.is_word(i, "du") ||
                          document_.is_word(i, "des") || document_.is_word(i, "of"));
  }
  bool possessive(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 9> kWords = {"son",  "sa",    "ses", "notre", "nos",
                                                               "leur", "leurs", "its", "our"};
    return word_at(i) && among(document_.word(i), kWords);
  }
  /// The reader of the text is told of somebody who serves who writes it.
  bool ours(std::uint32_t i) const {
    return document_.is_word(i, "notre") || document_.is_word(i, "nos") || document_.is_word(i, "our");
  }
  bool preposition(std::uint32_t i) const {
    if (i + 1 < sentence_->last && document_.tokens[i + 1].hyphen) return false;  // "sous-traitant"
    static constexpr std::array<std::string_view, 34> kWords = {
        "chez", "par",  "contre", "a",     "au",      "aux",  "pour", "sur", "dans", "selon", "via",   "avec",
        "sous", "vers", "apres",  "avant", "depuis",  "que",  "dont", "ou",  "et",   "mais",  "comme", "at",
        "by",   "for",  "from",   "to",    "against", "with", "on",   "in",  "and",  "or"};
    return word_at(i) && among(document_.word(i), kWords);
  }
  bool verb(std::uint32_t i) const {
    return word_at(i) && (marks_.on(i, Cue::Auxiliary) || (marks_.on(i, Cue::Have) && document_.word(i) != "a") ||
                          marks_.on(i, Cue::Ne));
  }

  // body_roles.cpp
  void read_name();
  bool attack_near() const;
  bool city() const;
  void read_phrase();
  bool read_nouns(std::uint32_t first, std::uint32_t last, bool comma);
  bool owned(std::uint32_t phrase) const;
  bool plural(std::uint32_t i) const;
  bool served_by(std::uint32_t noun) const;
  bool customer_inside(std::uint32_t first, std::uint32_t last) const;
  bool attacker(const CueMatch& found);
  bool sold_at(std::uint32_t i) const;
  bool loots() const;
  bool by(std::uint32_t i) const;
  void read_provider_before();

  // body_governor.cpp
  void read_governor();
  void after_genitive(std::uint32_t link);
  bool governor(std::uint32_t i, std::uint32_t link);
  bool does_something(std::uint32_t i) const;
  bool one_customer(std::uint32_t i) const;
  void after_preposition(std::uint32_t link);
  bool one_of_them(std::uint32_t i) const;
  bool fined(std::uint32_t link) const;
  bool entrusts(std::uint32_t link) const;
  bool located(std::uint32_t link) const;
  bool leak_before(std::uint32_t link) const;
  bool theirs_before(std::uint32_t link) const;
  bool serves_before(std::uint32_t link) const;
  bool keeps_safe(std::uint32_t i) const;
  bool hires(std::uint32_t i) const;
  void by_name(std::uint32_t link);
  void inverted(std::uint32_t i);

  // body_verb.cpp
  bool bracketed() const;
  void read_place();
  bool labels(std::uint32_t first, std::uint32_t last) const;
  bool only_articles(std::uint32_t at) const;
  bool whole_line() const;
  bool signature() const;
  bool english_possessive(std::uint32_t at) const;
  void read_after();
  bool company_form(std::uint32_t i) const;
  std::uint32_t past_bracket(std::uint32_t at) const;
  std::uint32_t past_comma(std::uint32_t from) const;
  void apposition(std::uint32_t at);
  bool knows_security(std::uint32_t i) const;
  bool spared(std::uint32_t from) const;
  bool closes(std::uint32_t from) const;
  bool serves_somebody(std::uint32_t at);
  void possessed(std::uint32_t at);
  void noun_follows(std::uint32_t at);
  bool cleared(std::uint32_t at) const;
  void read_verb(std::uint32_t at);
  bool found_out(std::uint32_t at) const;
  bool counts_its_own(std::uint32_t at) const;
  bool tells_us(std::uint32_t from, std::uint32_t verb_at) const;
  bool participle(std::uint32_t i) const;
  bool subject() const;

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  bool french_;
  const BodyName* name_ = nullptr;
  const Sentence* sentence_ = nullptr;
  BodyRole role_;
  std::uint32_t phrase_first_ = 0;
  std::vector<bool> data_;  ///< per token: it names data
};

}  // namespace vigifuite::feeds::extract
