// SPDX-License-Identifier: AGPL-3.0-or-later
// What a sentence says of the one before it: an answer, a pronoun, a correction.
#include <algorithm>
#include <array>

#include "feeds/extract/text_scope.hpp"

namespace vigifuite::feeds::extract {

/// "Idem.", "So did bank details", "Il en va de même pour les RIB": what was said before holds here.
bool TextScope::echoes(std::uint32_t first) const {
  const Document& document = parsed_.document;
  const auto is = [&](std::uint32_t at, std::string_view word) {
    return at < document.tokens.size() && document.is_word(at, word);
  };
  if (is(first, "idem") || is(first, "ditto") || is(first, "pareil")) return true;
  if (is(first, "so") && first + 1 < document.tokens.size() &&
      (parsed_.marks.on(first + 1, Cue::Auxiliary) || parsed_.marks.on(first + 1, Cue::Have)))
    return true;
  if (is(first, "de") && is(first + 1, "meme")) return true;
  if (is(first, "meme") && is(first + 1, "chose")) return true;
  for (std::uint32_t i = first; i < first + 5; ++i) {
    if (i > first && i - 1 < document.tokens.size() && document.is_mark(i - 1, ':') &&
        (is(i, "idem") || is(i, "ditto")))
      return true;  // "RIB : idem"
    if ((is(i, "va") || is(i, "est")) && is(i + 1, "de") && is(i + 2, "meme")) return true;
    if (is(i, "same") && is(i + 1, "goes")) return true;
  }
  return false;
}

/// "Mes coordonnées bancaires ? Non.", "Mon RIB est-il à l'abri ? Oui." and "Vos antécédents ? Ils ne quittent pas le
/// service médical."
void TextScope::answer_question(const Sentence& sentence, const SentenceScope& scope) {
  if (question_from_ == question_to_) return;
  Polarity answer = Polarity::Assumed;
  std::uint32_t first = sentence.first;
  const auto says_more = [&](std::uint32_t at) {  // "Malheureusement non."
    static constexpr std::array<std::string_view, 9> kAlas = {
        "malheureusement", "helas", "heureusement", "eh",        "bien",
        "unfortunately",   "sadly", "fortunately",  "thankfully"};
    return std::find(kAlas.begin(), kAlas.end(), parsed_.document.word(at)) != kAlas.end();
  };
  const auto labels = [&](std::uint32_t at) {  // "R : Non."
    return at + 1 < sentence.last && parsed_.document.word(at).size() <= 7 && parsed_.document.is_mark(at + 1, ':') &&
           (parsed_.document.word(at).starts_with('r') || parsed_.document.word(at).starts_with('a'));
  };
  while (first < sentence.last &&
         (parsed_.document.tokens[first].kind == TokenKind::Mark || says_more(first) || labels(first)))
    ++first;
  if (first == sentence.last) return;
  if (parsed_.marks.on(first, Cue::No))
    answer = Polarity::Safe;
  else if (parsed_.marks.on(first, Cue::Yes))
    answer = Polarity::Exposed;
  else if (!scope.predicates().empty() &&
           (!scope.names_data() || scope.predicates().front().first <= first ||
            (scope.predicates().front().denied && scope.predicates().front().first <= first + 2)))
    answer = scope.predicates().front().polarity;
  else if (echoes(first))
    answer = answered_;
  if (answer == Polarity::Assumed) return;
  answered_ = answer;
  const bool yes_or_no = parsed_.marks.on(first, Cue::No) || parsed_.marks.on(first, Cue::Yes);
  for (std::size_t i = question_from_; i < question_to_; ++i) {
    if (out_[i].polarity == Polarity::Silent && !(worried_ && answer == Polarity::Safe)) continue;
    const bool asked_safe = question_safe_ && out_[i].polarity != Polarity::Exposed && yes_or_no;
    out_[i].polarity = !asked_safe ? answer : answer == Polarity::Safe ? Polarity::Exposed : Polarity::Safe;
    out_[i].cue = first;
  }
}

/// "Les IBAN sont à l'abri », disait-elle. Ils ne l'étaient pas.": a pronoun and an auxiliary, with or without "not".
void TextScope::take_back(const Sentence& sentence, const SentenceScope& scope) {
  static constexpr std::array<std::string_view, 8> kPronouns = {"ils",  "elles", "il",   "elle",
                                                                "they", "it",    "ceux", "celles"};
  const Document& document = parsed_.document;
  const std::uint32_t stop = std::min(scope.first_data(), sentence.last);
  for (std::uint32_t i = sentence.first; i + 2 < sentence.last; ++i) {
    if (i > stop) return;
    const std::string_view word = document.word(i);
    if (word.size() < 2 || word.size() > 6 || std::string_view("ietc").find(word.front()) == std::string_view::npos)
      continue;
    if (std::find(kPronouns.begin(), kPronouns.end(), word) == kPronouns.end()) continue;
    std::uint32_t at = i + 1;
    bool verb = false, denied = false, stands_for = parsed_.language == Language::English;
    for (; at < sentence.last && document.tokens[at].kind == TokenKind::Word && at < i + 7; ++at) {
      verb = verb || parsed_.marks.on(at, Cue::Auxiliary) || parsed_.marks.on(at, Cue::Have);
      denied = denied || parsed_.marks.on(at, Cue::Ne) || document.is_word(at, "not");
      stands_for = stands_for || document.is_word(at, "l") || document.is_word(at, "le");
      if (!verb && !denied && document.word(at).size() > 2) break;
    }
    if (!verb || !stands_for || at == i + 1 || (at < sentence.last && document.tokens[at].kind == TokenKind::Word))
      continue;
    if (!ends_elliptic(at - 1)) continue;
    for (std::size_t m = sentence_from_; m < out_.size(); ++m) {
      const bool passing = std::find(passing_.begin(), passing_.end(), m) != passing_.end();
      if (denied && (passing || (out_[m].polarity == Polarity::Silent && claimed_before(out_[m]))))
        out_[m].polarity = Polarity::Safe;
      else if (denied)
        flip(out_[m], false);
      else if (out_[m].polarity == Polarity::Safe)
        out_[m].polarity = Polarity::Exposed;
    }
    return;
  }
}

/// "Nous avons cru les NIR hors de cause. Ils sont en cause, comme…": the pronoun that opens a sentence stands for
/// the data of the one before.
void TextScope::refer(const Sentence& sentence, const SentenceScope& scope) {
  static constexpr std::array<std::string_view, 6> kPronouns = {"ils", "elles", "they", "ceux", "celles", "these"};
  const std::string_view word = parsed_.document.word(sentence.first);
  if (std::find(kPronouns.begin(), kPronouns.end(), word) == kPronouns.end() || scope.predicates().empty()) return;
  const Predicate& said = scope.predicates().front();
  if (!said.known || said.side != Side::Before || said.first > sentence.first + 5 || said.polarity == Polarity::Silent)
    return;
  for (std::size_t m = sentence_from_; m < out_.size(); ++m) {
    if (out_[m].polarity != Polarity::Silent || claimed_before(out_[m])) out_[m].polarity = said.polarity;
  }
}

/// It was silenced by words of what somebody had said or thought: "avons cru que".
bool TextScope::claimed_before(const ScopedMention& mention) const {
  const std::uint32_t from = mention.mention.first > 12 ? mention.mention.first - 12 : 0;
  return parsed_.marks.any(from, mention.mention.first, Cue::Advice) && said_by_somebody(from, mention.mention.first);
}

bool TextScope::said_by_somebody(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t i = first; i < last; ++i) {
    for (const std::string_view thought :
         {"cru", "pense", "croyait", "croyions", "affirme", "assure", "thought", "believed", "said"}) {
      if (parsed_.document.is_word(i, thought)) return true;
    }
  }
  return false;
}

bool TextScope::ends_elliptic(std::uint32_t last) const {
  const Document& document = parsed_.document;
  return parsed_.marks.on(last, Cue::Auxiliary) || parsed_.marks.on(last, Cue::Have) ||
         parsed_.marks.on(last, Cue::Pas) || document.is_word(last, "not");
}

/// "…échappaient à la fuite. Cela s'est révélé inexact": the sentence before said the contrary of what is.
bool TextScope::correct(const Sentence& sentence, const SentenceScope& scope) {
  bool corrects = false;
  for (std::uint32_t i = sentence.first; i < std::min(sentence.last, sentence.first + 12); ++i) {
    if (i >= scope.first_data()) break;  // it speaks of its own
    corrects = corrects || (parsed_.marks.on(i, Cue::Corrects) && !parsed_.marks.on(i, Cue::Negator) &&
                            !of_its_own(i, sentence.last));
  }
  if (!corrects) return false;
  for (std::size_t i = sentence_from_; i < out_.size(); ++i) flip(out_[i], only(out_[i].mention));
  return true;
}

/// "Il est faux de dire que", "Ce n'est pas le cas des noms": the words that follow say what is not so.
bool TextScope::of_its_own(std::uint32_t token, std::uint32_t last) const {
  while (token < last && parsed_.marks.on(token, Cue::Corrects)) ++token;
  if (token >= last) return false;
  static constexpr std::array<std::string_view, 10> kFollows = {"que", "qu",   "de", "d",    "du",
                                                                "des", "pour", "to", "that", "for"};
  return std::find(kFollows.begin(), kFollows.end(), parsed_.document.word(token)) != kFollows.end();
}

/// "Seules les adresses étaient en cause. C'est inexact": others are.
bool TextScope::only(const Mention& mention) const {
  const std::uint32_t from = mention.first > 3 ? mention.first - 3 : 0;
  for (std::uint32_t i = from; i < mention.first; ++i) {
    if (parsed_.document.word(i).starts_with("seul") || parsed_.document.is_word(i, "only")) return true;
  }
  return false;
}

/// "Our letter, which listed phone numbers, was mistaken": what stands between the commas is not so.
bool TextScope::aside_mistaken(const Sentence& sentence, std::size_t from) {
  const Document& document = parsed_.document;
  for (std::uint32_t i = sentence.first + 1; i < sentence.last; ++i) {
    if (!document.is_mark(i - 1, ',') || !parsed_.marks.on(i, Cue::Corrects)) continue;
    claim_end_ = i;
    return from < out_.size() && out_[from].mention.first < i && parsed_.language == Language::English;
  }
  return false;
}

/// "…étaient concernés ; ce n'est finalement pas le cas": the same within one sentence.
void TextScope::correct_within(const Sentence& sentence, std::size_t from) {
  if (from == out_.size()) return;
  if (denies_claim(sentence, from) || false_statement(sentence) || aside_mistaken(sentence, from) ||
      false_rumour(sentence)) {
    for (std::size_t m = from; m < out_.size(); ++m) {
      if (out_[m].mention.first < claim_end_) flip(out_[m], false);
    }
    return;
  }
  std::uint32_t semicolon = sentence.last;
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    if (parsed_.document.is_mark(i, ';') || parsed_.document.is_mark(i, ':')) semicolon = i;
    if (i > semicolon && i < semicolon + 8 && parsed_.marks.on(i, Cue::Corrects)) {
      for (std::size_t m = from; m < out_.size() && out_[m].mention.first < semicolon; ++m) flip(out_[m], false);
      return;
    }
  }
}

void TextScope::flip(ScopedMention& mention, bool only) {
  if (mention.polarity == Polarity::Safe)
    mention.polarity = Polarity::Exposed;
  else if (mention.polarity != Polarity::Silent && !only)
    mention.polarity = Polarity::Safe;
}

/// "Faux : les cartes auraient été volées", "Myth: …": what follows is not so.
bool TextScope::false_statement(const Sentence& sentence) {
  static constexpr std::array<std::string_view, 7> kFalse = {"faux", "inexact", "infox", "false",
                                                             "myth", "untrue",  "mythe"};
  const Document& document = parsed_.document;
  std::uint32_t at = sentence.first;
  while (at < sentence.last && document.tokens[at].kind == TokenKind::Mark) ++at;
  if (at + 1 >= sentence.last || !(document.is_mark(at + 1, ':') || document.is_mark(at + 1, '-'))) return false;
  claim_end_ = sentence.last;
  return std::find(kFalse.begin(), kFalse.end(), document.word(at)) != kFalse.end();
}

/// "La rumeur selon laquelle les mots de passe auraient fuité est infondée", "Reports that passwords leaked are false".
bool TextScope::false_rumour(const Sentence& sentence) {
  static constexpr std::array<std::string_view, 8> kRumours = {"rumeur", "allegation", "affirmation", "report",
                                                               "claim",  "suggestion", "rumour",      "rumor"};
  static constexpr std::array<std::string_view, 11> kFalse = {"infond",  "fauss",    "faux",      "mensong",
                                                              "dementi", "inexact",  "false",     "untrue",
                                                              "unfound", "baseless", "foundation"};
  const Document& document = parsed_.document;
  bool told = false;
  for (std::uint32_t i = sentence.first; i + 1 < sentence.last; ++i) {
    const std::string_view word = document.word(i);
    const auto begins = [&](std::string_view start) { return word.starts_with(start); };
    if (!told && std::any_of(kRumours.begin(), kRumours.end(), begins)) {
      const std::string_view next = document.word(i + 1);
      told = next == "selon" || next == "that" || next == "que" || next == "voulant";
    } else if (told && i > sentence.first + 4 && std::any_of(kFalse.begin(), kFalse.end(), begins)) {
      claim_end_ = i;
      return true;
    }
  }
  return false;
}

/// "Le pirate affirme détenir des mots de passe, ce que l'entreprise dément": the first clause is not so.
bool TextScope::denies_claim(const Sentence& sentence, std::size_t from) {
  static constexpr std::array<std::string_view, 12> kDenies = {"dement",   "dementent", "nie",        "nient",
                                                               "conteste", "refute",    "contestent", "refutent",
                                                               "denies",   "denied",    "disputes",   "disputed"};
  static constexpr std::array<std::string_view, 4> kThis = {"this", "that", "it", "cela"};
  const Document& document = parsed_.document;
  if (from == out_.size()) return false;
  std::uint32_t clause = out_[from].mention.last;
  for (std::uint32_t i = clause; i < sentence.last; ++i) {
    if (document.is_mark(i, ',') || document.is_mark(i, ';')) clause = i;
    if (std::find(kDenies.begin(), kDenies.end(), document.word(i)) == kDenies.end()) continue;
    const bool what = document.is_word(clause + 1, "ce") && document.word(clause + 2).starts_with("qu");
    const bool it = i + 1 < sentence.last && std::find(kThis.begin(), kThis.end(), document.word(i + 1)) != kThis.end();
    claim_end_ = clause;
    if ((what || it) && !parsed_.marks.any(clause, i, Cue::Ne)) return true;
  }
  return false;
}

}  // namespace vigifuite::feeds::extract
