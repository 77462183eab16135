// SPDX-License-Identifier: AGPL-3.0-or-later
// How the clauses of a sentence bear on one another: relative clauses, pronouns, comparisons, what stands apart.
#include "feeds/extract/sentence_scope.hpp"

namespace vigifuite::feeds::extract {

/// "They did not hold Social Security numbers, except for 46 members": those of the members leaked.
bool SentenceScope::excepted(const Mention& mention) const {
  return persons_excepted_ != UINT32_MAX && mention.last <= persons_excepted_ &&
         !barred(mention.last, persons_excepted_, false);
}

/// "cartes bancaires, que le communiqué donnait pour perdues, finalement non": what is said after the relative clause
/// decides, when it says that they are safe.
const Predicate* SentenceScope::beyond_relative(const Mention& mention) const {
  static constexpr std::array<std::string_view, 6> kRelative = {"que", "qu", "qui", "dont", "which", "that"};
  std::uint32_t at = list_end(mention);
  const std::uint32_t complement = at + 5;  // "les messages échangés avec les recruteurs, dont…"
  while (at < std::min(sentence_.last, complement) && document_.tokens[at].kind == TokenKind::Word) ++at;
  if (!mark_at(at, ',') || at + 1 >= sentence_.last) return nullptr;
  const bool where =
      document_.is_word(at + 1, "ou") && document_.tokens[at + 1].end - document_.tokens[at + 1].begin > 2;
  const bool how =
      marks_.on(at + 1, Cue::Hit) || marks_.on(at + 1, Cue::Stores);  // ", présents dans d'autres onglets,"
  if (!where && !how && std::find(kRelative.begin(), kRelative.end(), document_.word(at + 1)) == kRelative.end())
    return nullptr;
  for (++at; at < sentence_.last && !mark_at(at, ','); ++at) {
    if (mark_at(at, ';') || mark_at(at, ':')) return nullptr;
  }
  for (const Predicate& predicate : predicates_) {
    if (predicate.first < at) continue;
    const bool main = predicate.first <= at + 5 && !mention_in(at, predicate.first) && predicate.side == Side::Before;
    return main && predicate.polarity == Polarity::Safe ? &predicate : nullptr;
  }
  return nullptr;
}

/// "Celle des salariés, qui contient les salaires, n'a pas été touchée": what is said of the file holds for what is in
/// it, when it says that they are safe.
const Predicate* SentenceScope::of_container(const Mention& mention) const {
  static constexpr std::array<std::string_view, 14> kOpens = {
      "qui",      "ou",    "avec",  "dont",       "contenant", "comprenant", "regroupant",
      "laquelle", "which", "where", "containing", "holding",   "with",       "including"};
  std::uint32_t open = mention.first;
  while (open > sentence_.first && !mark_at(open - 1, ',')) {
    if (--open == sentence_.first || mark_at(open, ';') || mark_at(open, ':') || mention.first - open > 24)
      return nullptr;
  }
  while (open > sentence_.first + 1 && std::find(kOpens.begin(), kOpens.end(), document_.word(open)) == kOpens.end()) {
    do --open;
    while (open > sentence_.first + 1 && !mark_at(open - 1, ',') && !mark_at(open, ';'));
    if (mention.first - open > 24 || mark_at(open, ';')) return nullptr;
  }
  if (open <= sentence_.first + 1 || !mark_at(open - 1, ',')) return nullptr;
  std::uint32_t from = open - 1;
  while (from > sentence_.first && document_.tokens[from - 1].kind != TokenKind::Mark) --from;
  if (mention_in(from, open)) return nullptr;  // the relative speaks of data that are named
  const std::uint32_t close = list_end(mention);
  if (!mark_at(close, ',')) return nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.first <= close) continue;
    const bool main =
        predicate.first <= close + 5 && !mention_in(close, predicate.first) && predicate.side == Side::Before;
    return main && predicate.polarity == Polarity::Safe ? &predicate : nullptr;
  }
  return nullptr;
}

/// "On a craint pour les RIB ; ils sont saufs": the pronoun that opens the next clause stands for the data.
const Predicate* SentenceScope::taken_up(const Mention& mention) const {
  const std::uint32_t end = list_end(mention);
  for (const Predicate& predicate : predicates_) {
    if (predicate.first < end) continue;
    if (mention_in(end, predicate.first)) return nullptr;
    if (predicate.side == Side::Before && predicate.polarity == Polarity::Safe && subject_pronoun(predicate.first))
      return &predicate;
  }
  return nullptr;
}

/// Where the list that a mention is in ends: after "adresses" in "noms et adresses volés".
std::uint32_t SentenceScope::list_end(const Mention& mention) const {
  std::uint32_t at = mention.last;
  for (const Mention* other : mentions_) {
    if (at >= sentence_.last) break;
    if (other->first < at) continue;
    std::uint32_t next = at;
    const auto joins = [&](std::uint32_t token) {
      return document_.tokens[token].kind == TokenKind::Word ? document_.word(token).size() <= 3 : mark_at(token, ',');
    };
    while (next < other->first && joins(next) && !marks_.on(next, Cue::Yes) && !marks_.on(next, Cue::No)) ++next;
    if (next != other->first) break;
    at = other->last;
  }
  return at;
}

/// "It was said that passwords had leaked; they had not.", "The file holds card details, so these were not taken."
const Predicate* SentenceScope::denied_afterwards(const Mention& mention) const {
  static constexpr std::array<std::string_view, 14> kPronouns = {
      "ils", "elles", "il", "elle", "they", "it", "celles", "ceux", "these", "those", "none", "aucun", "aucune", "ci"};
  const auto pronoun = [&](std::uint32_t token) {
    return std::find(kPronouns.begin(), kPronouns.end(), document_.word(token)) != kPronouns.end();
  };
  for (std::size_t i = 1; i < predicates_.size(); ++i) {
    const Predicate& predicate = predicates_[i];
    const Predicate& said = predicates_[i - 1];
    if (!predicate.denied || predicate.side != Side::Before || predicate.polarity != Polarity::Safe) continue;
    const bool object = said.side == Side::After && said.last <= mention.first && mention.last < predicate.first;
    if ((!object && mention.last > said.first) || predicate.first < said.last + 2) continue;
    const bool auxiliary = marks_.on(predicate.first - 1, Cue::Have) || marks_.on(predicate.first - 1, Cue::Auxiliary);
    const bool stands_for = pronoun(predicate.first - 1 - (auxiliary ? 1 : 0)) || pronoun(predicate.first);
    if (stands_for && !mention_in(object ? list_end(mention) : said.last, predicate.first)) return &predicate;
  }
  return nullptr;
}

/// "…sont intacts, tout comme votre mot de passe", "…n'ont pas été touchées, non plus que les mandats": the predicate
/// before, which looks back at others.
const Predicate* SentenceScope::likewise(const Mention& mention) const {
  static constexpr std::array<std::string_view, 7> kLinks = {"comme", "que", "qu", "nor", "as", "so", "goes"};
  static constexpr std::array<std::string_view, 11> kBefore = {"tout", "meme", "ainsi", "plus", "autant", "bien",
                                                               "well", "same", "just",  "and",  "non"};
  const Predicate* last = nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.last <= mention.first) last = &predicate;
  }
  if (last == nullptr || last->side != Side::Before || mention.first - last->last > 16) return nullptr;
  for (std::uint32_t i = last->last + 1; i < mention.first; ++i) {
    if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, ',') && !mark_at(i, ';')) return nullptr;
    if (document_.is_word(i, "true") && document_.is_word(i - 1, "is")) return last;  // "the same is true of"
    if (std::find(kLinks.begin(), kLinks.end(), document_.word(i)) == kLinks.end()) continue;
    const bool introduced =
        mark_at(i - 1, ',') || std::find(kBefore.begin(), kBefore.end(), document_.word(i - 1)) != kBefore.end();
    if (introduced) return last;
  }
  return nullptr;
}

/// "votre mot de passe, qui n'a pas été compromis": the predicate is that of the words right before "qui".
bool SentenceScope::relative_subject(const Mention& mention, const Predicate& predicate) const {
  std::uint32_t at = mention.last;
  if (mark_at(at, ',')) ++at;
  return at < predicate.first && predicate.first <= at + 3 &&
         (document_.is_word(at, "qui") || document_.is_word(at, "which") || document_.is_word(at, "that"));
}

/// "ne l'ont pas été", "had not": a denial without a verb of its own.
bool SentenceScope::elliptic(const Predicate& predicate) const {
  if (!stands_alone(predicate.last)) return false;
  for (std::uint32_t i = predicate.first; i < predicate.last; ++i) {
    const bool grammar =
        marks_.on(i, Cue::Ne) || marks_.on(i, Cue::Pas) || marks_.on(i, Cue::Auxiliary) || marks_.on(i, Cue::Have);
    if (!grammar && document_.word(i).size() > 3) return false;
  }
  return true;
}

/// "payment cards, held by our processor, were not": what stands between commas says how they are kept.
bool SentenceScope::aside(const Predicate& predicate) const {
  if (predicate.first == sentence_.first || !mark_at(predicate.first - 1, ',') || predicate.denied || !english())
    return false;
  if (!marks_.on(predicate.first, Cue::Holds) && !marks_.on(predicate.first, Cue::Stores)) return false;
  for (std::uint32_t i = predicate.last; i < std::min(sentence_.last, predicate.last + 8); ++i) {
    if (mark_at(i, ',')) return !mention_in(predicate.last, i);
  }
  return false;
}

/// "Although passwords were hashed, they were also taken": a pronoun takes the data up again.
bool SentenceScope::resumed(const Predicate& kept, const Predicate& next) const {
  static constexpr std::array<std::string_view, 4> kPronouns = {"ils", "elles", "they", "it"};
  const std::string_view how = document_.word(kept.first);
  const bool locked = how.starts_with("hash") || how.starts_with("hach") || how.starts_with("chiffr") ||
                      how.starts_with("encrypt") || how.starts_with("crypt");
  for (std::uint32_t i = kept.last; i < next.first; ++i) {
    if (locked && (document_.is_word(i, "and") || document_.is_word(i, "et") || document_.is_word(i, "mais") ||
                   document_.is_word(i, "but") || document_.is_word(i, "puis") || document_.is_word(i, "then")))
      return true;  // "were hashed and were among the data taken"
    if (mark_at(i, ',') && std::find(kPronouns.begin(), kPronouns.end(), document_.word(i + 1)) != kPronouns.end())
      return true;
  }
  return false;
}

}  // namespace vigifuite::feeds::extract
