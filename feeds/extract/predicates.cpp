// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/predicates.hpp"

namespace vigifuite::feeds::extract {

void SentencePredicates::read(const Sentence& sentence) {
  SentenceView::read(sentence);
  negations_.clear();
  predicates_.clear();
  find_negations();
  for (const CueMatch* cue : cues_) add_predicate(*cue);
  add_other_negations();
  add_bare_auxiliaries();
  add_answers();
  order();
  turn_around();
}

void SentencePredicates::add_predicate(const CueMatch& cue) {
  const Negation* negation = negation_of(cue);
  Predicate made{negation != nullptr ? negation->first : cue.first, cue.last, Polarity::Exposed, Side::After,
                 negation != nullptr};
  made.known = true;
  const Polarity said = made.denied ? Polarity::Safe : Polarity::Exposed;
  const bool passive = auxiliary_before(cue.first);
  if (cue.cue == Cue::Hit) {
    if (noun(cue)) return;
    if (opens_topic(cue)) return;
    made.polarity = !made.denied && elsewhere(cue) ? Polarity::Safe : said;
    if (!set_side(cue, passive, made)) return;
  } else if (cue.cue == Cue::Holds || cue.cue == Cue::Reaches) {
    if (cue.cue == Cue::Holds && passive) return;  // "are held elsewhere"
    if (says_that(cue) || (document_.is_word(cue.first, "avec") && !names_after(cue.last))) return;
    if (feared(cue)) return;
    made.polarity = said;
  } else if (cue.cue == Cue::Stores) {
    if (!made.denied) return;  // what is kept may have leaked; what is not kept has not
    made.polarity = Polarity::Safe;
    made.side = passive || !names_after(cue.last) ? Side::Before : Side::After;
  } else if (cue.cue == Cue::Safe) {
    if (partly(cue.first)) return;
    made.polarity = made.denied ? Polarity::Exposed : Polarity::Safe;
    made.last_only = !passive && !made.denied && masked(cue.first) && !document_.word(cue.first).ends_with('s');
    made.side = cue.value == 1 ? Side::After : Side::Before;
  } else if (cue.cue == Cue::Misuse) {
    if (!passive && !have_before(cue.first)) return;
    made.polarity = made.denied ? Polarity::Silent : Polarity::Exposed;
    made.side = passive ? Side::Before : Side::After;
  } else if (cue.cue == Cue::Measure) {
    const bool bare = !passive && !have_before(cue.first) && participle(cue.first);
    if (document_.word(cue.first).starts_with("chiffre") && !english() && !participle(cue.first)) return;  // a figure
    if (cue.value == 1 && (bare || (english() && !passive))) return;  // "vos mots de passe, chiffrés, ont été volés"
    made.polarity = Polarity::Silent;
    made.side = passive || bare ? Side::Before : Side::After;
  } else if (cue.cue == Cue::Advice || cue.cue == Cue::Vector || cue.cue == Cue::Risk) {
    made.polarity = Polarity::Silent;
    for (const Mention* mention : mentions_) {
      if (cue.first < mention->first && mention->first < made.last) made.last = mention->first;
    }
    made.strong = cue.cue == Cue::Advice && cue.value == 1;
    if (cue.cue == Cue::Risk) made.side = Side::Both;
  } else if (cue.cue == Cue::Listing || cue.cue == Cue::SafeListing) {
    if (!announces_list(cue.last) || (cue.cue == Cue::Listing && negation != nullptr)) return;
    made.polarity = cue.cue == Cue::SafeListing ? Polarity::Safe : Polarity::Exposed;
    made.first = cue.first;
  } else {
    return;
  }
  if (made.side == Side::After && relative(made.first)) made.side = Side::Before;
  predicates_.push_back(made);
}

/// "le code secret, que nous ne conservons pas": the object stands before "que".
bool SentencePredicates::relative(std::uint32_t token) const {
  const std::uint32_t from = token > sentence_.first + 4 ? token - 4 : sentence_.first;
  for (std::uint32_t i = token; i-- > from && i > sentence_.first;) {
    if (document_.tokens[i].kind != TokenKind::Word) return false;
    const std::string_view word = document_.word(i);
    const bool link = english() ? word == "which" || word == "that" : word == "que" || word == "qu";
    if (!link) continue;
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention* mention) {
      return mention->last == i || (mention->last + 1 == i && mark_at(i - 1, ','));
    });
  }
  return false;
}

/// "le risque d'une fuite de", "en cas de vol de": not said to have happened.
bool SentencePredicates::feared(const CueMatch& cue) const {
  const std::uint32_t from = cue.first > sentence_.first + 4 ? cue.first - 4 : sentence_.first;
  return marks_.any(from, cue.first, Cue::Risk) || marks_.any(from, cue.first, Cue::Advice) ||
         marks_.any(from, cue.first, Cue::Condition) || marks_.any(from, cue.first, Cue::Blocked) ||
         marks_.any(std::max(from, cue.first - std::min(cue.first, 2U)), cue.first, Cue::Nothing);
}

/// "une fuite", "toute fuite": the noun, where "fuité" is the verb.
bool SentencePredicates::noun(const CueMatch& cue) const {
  if (english() || cue.last - cue.first != 1 || !document_.word(cue.first).starts_with("fuite") ||
      participle(cue.first))
    return false;
  return cue.first > sentence_.first && document_.tokens[cue.first - 1].kind == TokenKind::Word &&
         !have_at(cue.first - 1) && !marks_.on(cue.first - 1, Cue::Auxiliary);
}

bool SentencePredicates::announces_list(std::uint32_t token) const {
  // "Ce qu'il n'a pas vu, parce que l'outil ne l'affiche pas : votre adresse"
  const bool far = document_.is_word(sentence_.first, "ce") || document_.is_word(sentence_.first, "what");
  for (std::uint32_t i = token; i < std::min(sentence_.last, token + (far ? 24 : 8)); ++i) {
    if (mark_at(i, ':')) return true;
    if (names_after_at(i)) break;
  }
  const bool heads =
      sentence_.shape == Shape::Heading || (sentence_.shape == Shape::Item && sentence_.last - token <= 2);
  return heads && !mention_in(sentence_.first, sentence_.last);
}

/// Which side a verb of hitting looks at; false when it says nothing of either (a bare participle).
bool SentencePredicates::set_side(const CueMatch& cue, bool passive, Predicate& made) const {
  const bool english = parsed_.language == Language::English;
  if (cue.value == 1) {
    made.side = Side::Before;
  } else if (passive) {
    made.side = Side::Before;
  } else if (have_before(cue.first) || coordinated(cue.first)) {
    made.side = Side::After;
  } else if (english) {
    made.side = made.denied && !names_after(cue.last) && names_before(made.first) ? Side::Before : Side::After;
  } else if ((cue.value == 2 || (made.denied && document_.word(cue.first).ends_with("er") && names_after(cue.last))) &&
             !participle(cue.first)) {
    made.side = Side::After;
  } else {
    made.side = Side::Before;  // a bare participle speaks of what it follows: nothing new, but to deny it
    return made.denied;
  }
  return true;
}

/// "a deviné un mot de passe et copié les noms": a participle that shares the auxiliary of another.
bool SentencePredicates::coordinated(std::uint32_t token) const {
  if (english() || token < sentence_.first + 3 || !participle(token) || !names_after(token + 1)) return false;
  if (!document_.is_word(token - 1, "et") && !document_.is_word(token - 1, "puis")) return false;
  for (std::uint32_t i = token - 1; i-- > sentence_.first;) {
    if (mark_at(i, ';') || mark_at(i, ':')) return false;
    if (have_at(i)) return true;
  }
  return false;
}

/// "Vos déplacements ne l'ont pas été", "les RIB n'étaient pas lisibles", "ne transitaient pas par Keyvest": whatever
/// the verb, data of which something is denied in a text about a leak did not leak. Words that deny nothing of the kind
/// ("ne suffit pas") are hidden by Cue::Nothing.
void SentencePredicates::add_other_negations() {
  for (const Negation& negation : negations_) {
    const bool known = std::any_of(predicates_.begin(), predicates_.end(),
                                   [&](const Predicate& predicate) { return predicate.first == negation.first; });
    if (known || cleft(negation.half)) continue;
    std::uint32_t end = negation.half + 1;
    while (end < sentence_.last && (marks_.on(end, Cue::Auxiliary) || document_.is_word(end, "plus") ||
                                    document_.is_word(end, "eux") || document_.is_word(end, "elles")))
      ++end;
    if (end < sentence_.last &&
        (marks_.on(end, Cue::Misuse) || marks_.on(end, Cue::Measure) || marks_.on(end, Cue::Advice)))
      continue;
    if (marks_.any(negation.first, std::min(end, sentence_.last), Cue::Excludes)) continue;  // "ne conteste pas"
    const bool passive = has_aux(negation, end);
    if (!names_data_at_all() && !marks_.any(sentence_.first, sentence_.last, Cue::Leak)) {
      predicates_.push_back({negation.first, end, Polarity::Safe, Side::Before, true});  // an answer, perhaps
    } else if (!names_before(negation.first) && heads(negation.first) && colon_follows(end)) {
      predicates_.push_back({negation.first, end, Polarity::Safe, Side::After, true});
    } else if (stands_alone(end) && after_safe_verb(negation.first)) {
      predicates_.push_back({negation.first, end, Polarity::Exposed, Side::Before, true});
    } else if (!passive && names_after(end)) {
      predicates_.push_back({negation.first, end, Polarity::Safe, Side::After, true});
    } else if (names_before(negation.first)) {
      predicates_.push_back({negation.first, end, Polarity::Safe, Side::Before, true});
    } else if (passive || pronoun_before(negation.first)) {
      predicates_.push_back(
          {negation.first, end, Polarity::Safe, names_after(end) ? Side::After : Side::Before, true, false});
    }
  }
}

bool SentencePredicates::names_data_at_all() const {
  return mention_in(sentence_.first, sentence_.last) || marks_.any(sentence_.first, sentence_.last, Cue::Data);
}

/// The clause up to a negation stands for data: "Ce qu'il n'emporte pas", "N'ont pas fuité", "Les données qui n'ont
/// pas".
bool SentencePredicates::heads(std::uint32_t token) const {
  static constexpr std::array<std::string_view, 6> kFirst = {"ce", "ceux", "celles", "what", "ne", "n"};
  std::uint32_t from = token;
  while (from > sentence_.first && document_.tokens[from - 1].kind == TokenKind::Word) --from;
  if (from == token) return true;
  return std::find(kFirst.begin(), kFirst.end(), document_.word(from)) != kFirst.end() ||
         marks_.any(from, token, Cue::Data);
}

/// "Ce qu'il n'emporte pas :"
bool SentencePredicates::colon_follows(std::uint32_t token) const {
  for (std::uint32_t i = token; i < std::min(sentence_.last, token + 6); ++i) {
    if (mark_at(i, ':')) return mention_in(i, sentence_.last);
    if (document_.tokens[i].kind == TokenKind::Mark) return false;
  }
  return false;
}

/// "Le RIB avait été retiré ; le NIR ne l'avait pas été": what is denied is that it is safe.
bool SentencePredicates::after_safe_verb(std::uint32_t token) const {
  const Predicate* before = nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.last <= token && (before == nullptr || predicate.last > before->last)) before = &predicate;
  }
  return before != nullptr && before->polarity == Polarity::Safe && !before->denied && !before->fixed;
}

/// "Passwords were not taken; names were."
void SentencePredicates::add_bare_auxiliaries() {
  for (std::uint32_t i = sentence_.first + 1; i < sentence_.last; ++i) {
    if (!marks_.on(i, Cue::Auxiliary) || !stands_alone(i + 1)) continue;
    if (!english()) {  // "ils l'étaient"
      const bool stands_for = document_.is_word(i - 1, "l") || document_.is_word(i - 1, "le");
      if (stands_for && !marks_.any(i - std::min(i - sentence_.first, 3U), i, Cue::Ne))
        predicates_.push_back(
            {i - 1, i + 1, after_safe_verb(i - 1) ? Polarity::Safe : Polarity::Exposed, Side::Before});
      continue;
    }
    const bool named =
        std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention* mention) { return mention->last == i; });
    if (named) predicates_.push_back({i, i + 1, Polarity::Exposed, Side::Before});
  }
}

/// To be, near the negation: what is said is said of its subject.
bool SentencePredicates::has_aux(const Negation& negation, std::uint32_t end) const {
  const std::uint32_t from = negation.first > sentence_.first + 2 ? negation.first - 2 : sentence_.first;
  for (std::uint32_t i = from; i < std::min(end, sentence_.last); ++i) {
    if (marks_.on(i, Cue::Auxiliary)) return true;
  }
  return false;
}

/// Data are named before `token`, in its clause; or before that, when a pronoun stands for them: "RIB : rien n'a
/// fuité".
bool SentencePredicates::names_before(std::uint32_t token) const {
  const bool pronoun = pronoun_before(token);
  for (std::size_t i = mentions_.size(); i-- > 0;) {
    if (mentions_[i]->last > token || mentions_[i]->categories.empty()) continue;
    for (std::uint32_t at = mentions_[i]->last; at < token; ++at) {
      if (contrast_at(at) || (!pronoun && (mark_at(at, ';') || (mark_at(at, ':') && !right_after_colon(token)))))
        return false;
    }
    return true;
  }
  return false;
}

/// "Bank details, passwords: not held": what follows the colon speaks of what stands before it.
bool SentencePredicates::right_after_colon(std::uint32_t token) const {
  return token > sentence_.first && mark_at(token - 1, ':') && !mention_in(token, sentence_.last);
}

/// "elles ne", "rien de tout cela n'", "they had not": within a few words before `token`.
bool SentencePredicates::pronoun_before(std::uint32_t token) const {
  static constexpr std::array<std::string_view, 14> kPronouns = {"ils",    "elles",  "il",    "elle", "rien",
                                                                 "aucun",  "aucune", "they",  "it",   "none",
                                                                 "celles", "ceux",   "celle", "celui"};
  for (const std::string_view object : {"en", "les", "l", "y"}) {
    if (!english() && token + 1 < sentence_.last && document_.is_word(token + 1, object))
      return true;  // "n'en gardons"
  }
  const std::uint32_t from = token > sentence_.first + 5 ? token - 5 : sentence_.first;
  for (std::uint32_t i = token; i-- > from;) {
    if (document_.tokens[i].kind != TokenKind::Word) return false;
    if (std::find(kPronouns.begin(), kPronouns.end(), document_.word(i)) != kPronouns.end()) return true;
  }
  return false;
}

/// Data are named right after `token`, as an object is.
bool SentencePredicates::names_after(std::uint32_t token) const {
  for (std::uint32_t i = token; i < std::min(sentence_.last, token + 7); ++i) {
    if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, '"')) return false;
    if (std::any_of(mentions_.begin(), mentions_.end(),
                    [&](const Mention* mention) { return mention->first == i && !mention->categories.empty(); }))
      return true;
  }
  return false;
}

/// In order of place; of two that overlap, the one that says no, else the longer.
void SentencePredicates::order() {
  std::stable_sort(predicates_.begin(), predicates_.end(), [](const Predicate& a, const Predicate& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.last != b.last ? a.last > b.last : a.fixed && !b.fixed;
  });
  std::size_t kept = 0;
  for (const Predicate& predicate : predicates_) {
    if (kept == 0 || predicate.first >= predicates_[kept - 1].last) {
      predicates_[kept++] = predicate;
    } else if (predicate.polarity == Polarity::Safe && predicates_[kept - 1].polarity == Polarity::Exposed) {
      predicates_[kept - 1] = predicate;
    }
  }
  predicates_.resize(kept);
}

/// A predicate that looks back and finds nothing looks forward: "Ont été dérobés : noms et adresses".
void SentencePredicates::turn_around() {
  for (std::size_t i = 0; i < predicates_.size(); ++i) {
    Predicate& predicate = predicates_[i];
    if (predicate.side == Side::After && predicate.denied && !predicate.fixed &&
        !mention_in(predicate.last, sentence_.last) && names_before(predicate.first))
      predicate.side = Side::Before;
    if (predicate.side != Side::Before || predicate.fixed) continue;
    const bool place = document_.is_word(predicate.first, "dans") || document_.is_word(predicate.first, "in");
    if (place && i > 0 && predicates_[i - 1].last == predicate.first) continue;  // "figuraient dans le fichier"
    const std::uint32_t from = clause_start(i);
    if (mention_in(from, predicate.first) || !speaks_of_data(predicate.last)) continue;
    if (predicate.denied && stands_alone(predicate.last) && subject_pronoun(predicate.first)) continue;
    if (predicate.polarity != Polarity::Safe || opens_clause(from, predicate.first)) predicate.side = Side::After;
  }
}

/// "they", "elles" or "ils" right before `token`, or before the auxiliary there: what is said is said of them.
bool SentencePredicates::subject_pronoun(std::uint32_t token) const {
  static constexpr std::array<std::string_view, 5> kPronouns = {"ils", "elles", "they", "it", "ci"};
  for (std::uint32_t i = token; i > sentence_.first && i + 2 > token;) {
    if (std::find(kPronouns.begin(), kPronouns.end(), document_.word(--i)) != kPronouns.end()) return true;
  }
  return false;
}

/// Data are named, in general or not, from `token` on.
bool SentencePredicates::speaks_of_data(std::uint32_t token) const {
  return mention_in(token, sentence_.last) || marks_.any(token, sentence_.last, Cue::Data);
}

std::uint32_t SentencePredicates::clause_start(std::size_t index) const {
  std::uint32_t from = sentence_.first;
  for (std::size_t i = 0; i < index; ++i) {
    const bool kept = predicates_[i].polarity == Polarity::Silent && predicates_[i].side == Side::Before;
    if (!kept) from = std::max(from, predicates_[i].last);
  }
  for (std::uint32_t i = from; i < predicates_[index].first; ++i) {
    if (mark_at(i, ';') || mark_at(i, ':') || contrast_at(i)) from = i + 1;
  }
  return from;
}

/// Only words that can stand before an inverted verb, or before "data that": "Ne sont pas concernés", "Ce qui n'a
/// pas".
bool SentencePredicates::opens_clause(std::uint32_t first, std::uint32_t last) const {
  static constexpr std::array<std::string_view, 41> kEmpty = {
      "ce",   "qui",          "que",     "qu",    "en",        "et",      "y",   "donc", "les",          "des",
      "la",   "le",           "l",       "what",  "was",       "were",    "the", "they", "which",        "that",
      "is",   "personnelles", "restent", "reste", "demeurent", "demeure", "s",   "bien", "heureusement", "il",
      "elle", "ils",          "elles",   "on",    "nous",      "he",      "she", "it",   "we",           "you",
      "ne"};
  for (std::uint32_t i = first; i < last; ++i) {
    if (document_.tokens[i].kind != TokenKind::Word || marks_.on(i, Cue::Data) || marks_.on(i, Cue::Auxiliary) ||
        marks_.on(i, Cue::Contrast))
      continue;
    const std::string_view word = document_.word(i);
    if (std::find(kEmpty.begin(), kEmpty.end(), word) == kEmpty.end()) return false;
  }
  return true;
}

}  // namespace vigifuite::feeds::extract
