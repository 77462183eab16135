// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/sentence_scope.hpp"

namespace vigifuite::feeds::extract {

void SentenceScope::add_denial(const CueMatch& cue) {
  const bool excludes = cue.cue == Cue::Excludes && negation_of(cue) == nullptr;
  const bool bare_not =
      english() && cue.cue == Cue::Ne && document_.is_word(cue.first, "not") && names_after_at(cue.last);
  if (cue.cue != Cue::Negator && cue.cue != Cue::Except && !excludes && !bare_not) return;
  if (marks_.on(cue.first, Cue::NotOnly)) return;
  if (std::any_of(mentions_.begin(), mentions_.end(),
                  [&](const Mention* mention) { return mention->first <= cue.first && cue.last <= mention->last; }))
    return;                                                                    // "sans porc"
  if (cue.last < sentence_.last && document_.tokens[cue.last].hyphen) return;  // "no-claims history"
  if (answers_colon(cue)) return;
  if (contrasts(cue)) {
    add_contrast(cue);
    return;
  }
  if (cue.cue == Cue::Negator && (within_negation(cue) || doubled(cue) || cleft(cue.first))) return;
  if (some_persons(cue)) persons_excepted_ = cue.first;
  if (persons_excepted_ == cue.first) return;
  if ((leads(cue) || gone(cue)) && !reaches_data(cue.last)) return;
  if (gone(cue) && cue.first > sentence_.first && document_.tokens[cue.first - 1].kind == TokenKind::Word) return;
  const std::uint32_t last = denial_end(cue);
  const bool inverted =
      cue.cue == Cue::Except ? excepts_from_safe(cue.first, last) : after_safe(cue) || contrary_of_safe(cue);
  denials_.push_back({cue.first, last, inverted});
}

/// "RIB : aucune preuve de fuite": a denial after a colon that names no data speaks of those before it.
bool SentenceScope::answers_colon(const CueMatch& cue) {
  if (cue.cue != Cue::Negator || cue.first == sentence_.first || !mark_at(cue.first - 1, ':')) return false;
  std::uint32_t end = cue.last;
  while (end < sentence_.last && !mark_at(end, ';') && !mark_at(end, ',')) ++end;
  std::uint32_t from = cue.first - 1;
  while (from > sentence_.first && !mark_at(from - 1, ';')) --from;
  if (mention_in(cue.first, end) || !mention_in(from, cue.first)) return false;
  denials_.push_back({from, cue.first});
  return true;
}

/// "contrairement à", "unlike": what follows is the contrary of what the clause says, not a part of it.
bool SentenceScope::contrasts(const CueMatch& cue) const {
  static constexpr std::array<std::string_view, 7> kWords = {"contrairement", "difference", "inverse", "contraire",
                                                             "unlike",        "contrast",   "rebours"};
  if (cue.cue != Cue::Except) return false;
  for (std::uint32_t i = cue.first; i < cue.last; ++i) {
    if (std::find(kWords.begin(), kWords.end(), document_.word(i)) != kWords.end()) return true;
  }
  return false;
}

void SentenceScope::add_contrast(const CueMatch& cue) {
  if (!reaches_data(cue.last)) return;
  const std::uint32_t last = denial_end(cue);
  if (last + 1 < sentence_.last && mark_at(last, ',')) {
    for (const std::string_view relative : {"qui", "que", "qu", "which", "that", "dont"}) {
      if (document_.is_word(last + 1, relative)) return;  // "Au contraire des adresses, qui ont fuité": it says itself
    }
  }
  const Predicate* main = nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.polarity == Polarity::Silent) continue;
    if (predicate.first >= last && cue.first <= sentence_.first + 1) {
      main = &predicate;
      break;
    }
    if (predicate.last <= cue.first) main = &predicate;
  }
  denials_.push_back({cue.first, last, main != nullptr && main->polarity == Polarity::Safe});
}

/// "Les RIB ont été épargnés ; ce n'est pas le cas des noms", "On ne peut pas en dire autant des noms".
bool SentenceScope::contrary_of_safe(const CueMatch& cue) const {
  bool points_back = false;
  for (std::uint32_t i = cue.first; i < cue.last; ++i) {
    for (const std::string_view word : {"cas", "autant", "autrement", "differemment", "same", "case"})
      points_back = points_back || document_.is_word(i, word);
  }
  if (!points_back) return false;
  const Predicate* before = nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.last <= cue.first && predicate.polarity != Polarity::Silent) before = &predicate;
  }
  return before != nullptr ? before->polarity == Polarity::Safe : before_ == Polarity::Safe;
}

/// "Les RIB ont échappé aux voleurs ; pas les noms": not safe.
bool SentenceScope::after_safe(const CueMatch& cue) const {
  if (!document_.is_word(cue.first, "pas") && !document_.is_word(cue.first, "mais")) return false;
  if (cue.first == sentence_.first || document_.tokens[cue.first - 1].kind != TokenKind::Mark) return false;
  const Predicate* before = nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.first >= cue.first) return false;
    before = &predicate;
  }
  return before != nullptr && before->polarity == Polarity::Safe && !before->denied && !before->fixed;
}

/// "Les IBAN n'ont pas été volés, contrairement aux noms", "Hormis les noms, aucune donnée n'a été volée".
bool SentenceScope::excepts_from_safe(std::uint32_t first, std::uint32_t last) const {
  std::uint32_t next = last;
  while (next < sentence_.last && document_.tokens[next].kind == TokenKind::Mark) ++next;
  for (const std::string_view relative : {"qui", "que", "qu", "which", "that", "dont"}) {
    if (next < sentence_.last && document_.is_word(next, relative))
      return false;  // "Hors certificats, qui sont stockés ailleurs"
  }
  // "Aucune autre donnée que les noms", "nothing other than names"
  for (std::uint32_t i = first; i > sentence_.first && i + 4 > first; --i) {
    if (document_.tokens[i - 1].kind == TokenKind::Mark) break;
    const std::string_view word = document_.word(i - 1);
    if (marks_.on(i - 1, Cue::Negator) || word.starts_with("aucun") || word == "rien" || word == "nothing") return true;
  }
  const Predicate* before = nullptr;
  const Predicate* after = nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.last <= first) before = &predicate;
    if (after == nullptr && predicate.first >= last) after = &predicate;
  }
  if (before != nullptr) return before->polarity == Polarity::Safe;
  const bool denied = std::any_of(cues_.begin(), cues_.end(),
                                  [&](const CueMatch* cue) { return cue->cue == Cue::Negator && cue->first >= last; });
  return after != nullptr && (after->polarity == Polarity::Safe || denied) && !mention_in(last, after->first);
}

/// The "pas de" of "n'a pas de": the verb decides.
bool SentenceScope::within_negation(const CueMatch& cue) const {
  return std::any_of(negations_.begin(), negations_.end(), [&](const Negation& negation) {
    return negation.half == cue.first && negation.first != cue.first && !document_.is_word(cue.first, "ni") &&
           !document_.word(cue.first).starts_with("aucun");
  });
}

/// "n'a laissé de côté ni les noms, ni les adresses": what is not safe, twice denied, leaked.
bool SentenceScope::doubled(const CueMatch& cue) const {
  for (std::size_t i = predicates_.size(); i-- > 0;) {
    const Predicate& predicate = predicates_[i];
    if (predicate.last > cue.first) continue;
    return predicate.denied && predicate.polarity == Polarity::Exposed && !any_mark(predicate.last, cue.first, ";:.!?");
  }
  return false;
}

/// "plus de NIR, plus d'adresses": no longer any; "bien plus de noms" is the contrary.
bool SentenceScope::gone(const CueMatch& cue) const {
  return cue.cue == Cue::Negator && cue.last - cue.first == 2 && document_.is_word(cue.first, "plus");
}

/// "except for 46 members", "sauf pour une centaine de clients": theirs leaked (SentenceScope::excepted).
bool SentenceScope::some_persons(const CueMatch& cue) const {
  if (cue.cue != Cue::Except) return false;
  for (std::uint32_t i = cue.last; i < std::min(sentence_.last, cue.last + 5); ++i) {
    if (document_.tokens[i].kind == TokenKind::Mark) return false;
    const bool counted = document_.tokens[i].kind == TokenKind::Number || marks_.on(i, Cue::Number);
    if (counted && marks_.any(i, std::min(sentence_.last, i + 5), Cue::Person)) return true;
  }
  return false;
}

/// "accessible de l'extérieur sans mot de passe": how the door stood open, not what was behind it.
bool SentenceScope::unlocked(const Denial& denial, const Mention& mention) const {
  const bool preposition = document_.is_word(denial.first, "sans") || document_.is_word(denial.first, "without");
  const bool lock = document_.is_word(mention.last - 1, "passe") || document_.is_word(mention.last - 1, "password") ||
                    document_.is_word(mention.last - 1, "identifiant");
  if (!preposition || !lock || denial.first == sentence_.first || mark_at(denial.first - 1, ',')) return false;
  return std::none_of(mentions_.begin(), mentions_.end(), [&](const Mention* other) {
    return other->last == denial.first || (other->first > mention.first && other->last <= denial.last);
  });
}

/// A preposition: it denies the words right after it, and those they are listed with.
bool SentenceScope::leads(const CueMatch& cue) const {
  return cue.cue == Cue::Except || document_.is_word(cue.first, "sans") || document_.is_word(cue.first, "without");
}

/// Data follow at once: "sans mot de passe", not "sans raison les mots de passe".
bool SentenceScope::reaches_data(std::uint32_t token) const {
  std::uint32_t stop = std::min(sentence_.last, token + 5);
  for (std::uint32_t i = token; i < stop; ++i) {
    const bool heads = i == token && mark_at(i, ':');  // "Hors : IBAN, mots de passe"
    if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, '"') && !mark_at(i, '(') && !mark_at(i, ',') &&
        !heads)
      return false;
    if (heads) continue;
    if (marks_.on(i, Cue::Data) || marks_.on(i, Cue::Leak)) return true;
    const bool here =
        std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention* mention) { return mention->first == i; });
    if (here) return true;
    static constexpr std::array<std::string_view, 31> kBefore = {
        "le",        "la",    "les",    "l",     "un",   "une",   "des",  "du",     "de",  "d",    "vos",
        "votre",     "nos",   "leur",   "leurs", "ses",  "son",   "sa",   "any",    "the", "your", "their",
        "toutefois", "aucun", "aucune", "ni",    "tout", "toute", "tous", "toutes", "all"};
    if (const std::uint32_t after = mark_at(i, ',') ? past_aside(i) : i; after != i) {
      stop = std::min(sentence_.last, after + 5);
      i = after;
      continue;
    }
    if (std::find(kBefore.begin(), kBefore.end(), document_.word(i)) == kBefore.end()) return false;
  }
  return false;
}

std::uint32_t SentenceScope::denial_end(const CueMatch& cue) const {
  const std::uint32_t group = bracket(cue.first);
  for (std::uint32_t i = cue.last; i < sentence_.last; ++i) {
    if (bracket(i) != group && bracket(cue.first) != 0) return i;
    const Token& token = document_.tokens[i];
    const bool heads = i == cue.last && cue.cue == Cue::Except && mark_at(i, ':');
    if (token.kind == TokenKind::Mark && std::string_view(";:.!?|").find(token.mark) != std::string_view::npos &&
        !heads)
      return i;
    if (contrast_at(i) || (marks_.on(i, Cue::Only) && !marks_.on(i, Cue::Negator) && !within_que(i))) return i;
    if (mark_at(i, ',')) {
      if (const std::uint32_t after = past_aside(i); after != i) {
        i = after;
        continue;
      }
      if (!list_goes_on(i + 1, leads(cue) && cue.first <= sentence_.first + 1)) return i;
    }
    for (const Predicate& predicate : predicates_) {
      if (predicate.first == i && i > cue.last && !nominal(i) && predicate.polarity == Polarity::Exposed &&
          predicate.side == Side::After && !predicate.denied)
        return i;
      if (predicate.last == i && predicate.first >= cue.last && predicate.side == Side::Before) return i;
    }
  }
  return sentence_.last;
}

/// "sauf l'IBAN, tronqué, et le téléphone", "et, dixit la ligue, les RIB": the second comma of what stands apart within
/// a list, when the list goes on after it; `comma` itself otherwise.
std::uint32_t SentenceScope::past_aside(std::uint32_t comma) const {
  static constexpr std::array<std::string_view, 17> kLinks = {"que",   "qu", "et",  "ou",  "ni",       "de",
                                                              "des",   "du", "d",   "and", "or",       "nor",
                                                              "trace", "of", "aux", "au",  "exception"};
  const auto links = [&](std::uint32_t token) {
    return token < sentence_.last && std::find(kLinks.begin(), kLinks.end(), document_.word(token)) != kLinks.end();
  };
  for (std::uint32_t i = comma + 1; i < std::min(sentence_.last, comma + 8); ++i) {
    if (names_after_at(i)) return comma;
    if (!mark_at(i, ',')) {
      if (document_.tokens[i].kind == TokenKind::Mark) return comma;
      continue;
    }
    const bool goes_on = i > comma + 1 && (links(comma - 1) || links(i + 1));
    return goes_on && mention_in(i, std::min(sentence_.last, i + 8)) ? i : comma;
  }
  return comma;
}

/// "any access to", "tout accès à": what is denied, not what is said.
bool SentenceScope::nominal(std::uint32_t token) const {
  static constexpr std::array<std::string_view, 14> kDeterminers = {
      "any", "no", "all", "the", "toute", "tout", "aucun", "aucune", "un", "une", "la", "l", "d", "de"};
  if (marks_.on(token, Cue::Reaches) &&
      std::find(kDeterminers.begin(), kDeterminers.end(), document_.word(token)) != kDeterminers.end())
    return true;
  return token > sentence_.first &&
         std::find(kDeterminers.begin(), kDeterminers.end(), document_.word(token - 1)) != kDeterminers.end();
}

/// "que" joins as often as it restricts.
bool SentenceScope::within_que(std::uint32_t token) const {
  const std::string_view word = document_.word(token);
  return word == "que" || word == "qu";
}

/// After a comma: another of the same list, or something else?
bool SentenceScope::list_goes_on(std::uint32_t token, bool leading) const {
  std::uint32_t at = token;
  while (at < sentence_.last && at < token + 3 && !mention_in(at, std::min(sentence_.last, at + 8))) ++at;
  for (std::uint32_t i = token; i < std::min(sentence_.last, token + 4); ++i) {
    if (leading && document_.word(i).starts_with("aucun")) return false;  // "Hormis les noms, aucune donnée"
    if (marks_.on(i, Cue::Negator) || document_.is_word(i, "including") || document_.is_word(i, "compris")) return true;
    for (const Mention* mention : mentions_) {
      if (mention->first != i) continue;
      return !(leading && i > token);
    }
    if (document_.tokens[i].kind == TokenKind::Mark) break;
  }
  return false;
}

}  // namespace vigifuite::feeds::extract
