// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/sentence_scope.hpp"

namespace vigifuite::feeds::extract {

void SentenceScope::read(const Sentence& sentence) {
  SentencePredicates::read(sentence);
  denials_.clear();
  persons_excepted_ = UINT32_MAX;
  for (const CueMatch* cue : cues_) add_denial(*cue);
}

/// Words that speak of data, or of a leak (or of what data are in), outside the mentions of categories.
const std::vector<Mention>& SentenceScope::data(bool containers) {
  data_.clear();
  for (const CueMatch* cue : cues_) {
    if (cue->cue != Cue::Data && cue->cue != Cue::Leak) continue;
    if (containers != (cue->cue == Cue::Data && cue->value == 0)) continue;
    const bool covered = std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention* mention) {
      return mention->first < cue->last && cue->first < mention->last;
    });
    if (!covered) data_.push_back({cue->first, cue->last, {}, cue->first});
  }
  return data_;
}

/// What the sentence itself says of a mention; `nothing` when it says nothing.
ScopedMention SentenceScope::judge(const Mention& mention, Polarity nothing) const {
  ScopedMention scoped{mention, nothing, mention.first};
  if (parsed_.elsewhere[mention.first]) {
    scoped.polarity = Polarity::Silent;
    return scoped;
  }
  const Predicate* after = following(mention);
  const Predicate* before = preceding(mention);
  if (conditional(mention)) {
    scoped.polarity = Polarity::Silent;
    return scoped;
  }
  if (before != nullptr && before->polarity == Polarity::Silent && before->side != Side::Before &&
      (after == nullptr || (after->polarity != Polarity::Exposed && !relative_subject(mention, *after) &&
                            !(after->polarity == Polarity::Safe && any_mark(before->last, mention.first, ":"))))) {
    scoped.polarity = Polarity::Silent;
    return scoped;
  }
  for (const Denial& denial : denials_) {
    if (denial.first <= mention.first && mention.last <= denial.last) {
      scoped.polarity = denial.inverted ? Polarity::Exposed : Polarity::Safe;
      scoped.cue = denial.first;
      return scoped;
    }
  }
  if (const Predicate* taken_back = denied_afterwards(mention)) {
    const bool safe = !elliptic(*taken_back) ? false
                      : before != nullptr    ? before->polarity == Polarity::Safe
                                             : after != nullptr && after->polarity == Polarity::Safe;
    scoped.polarity = safe ? Polarity::Exposed : Polarity::Safe;
    scoped.cue = taken_back->first;
    return scoped;
  }
  const Predicate* chosen = after;
  const bool relative =
      after != nullptr &&
      (relative_subject(mention, *after) ||
       (before != nullptr && before->polarity == Polarity::Silent && after->polarity == Polarity::Safe));
  const bool with = before != nullptr && after != nullptr && after->polarity == Polarity::Safe &&
                    document_.is_word(before->first, "avec");
  if (before != nullptr && !relative && !with && (after == nullptr || mention.first < split(*before, *after)))
    chosen = before;
  if (chosen == nullptr) chosen = likewise(mention);
  if (const Predicate* main = beyond_relative(mention)) chosen = main;
  if (chosen != nullptr) {
    scoped.polarity = chosen->polarity == Polarity::Safe && excepted(mention) ? Polarity::Exposed : chosen->polarity;
    scoped.cue = chosen->first;
  } else if (nothing == Polarity::Assumed && contrasted(mention)) {
    scoped.polarity = Polarity::Safe;
  } else if (nothing == Polarity::Assumed) {
    if (const std::uint32_t done = bare_participle(mention); done != mention.last) {
      scoped.polarity = Polarity::Exposed;
      scoped.cue = done;
    }
  }
  return scoped;
}

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
  if (!mark_at(at, ',') || at + 1 >= sentence_.last) return nullptr;
  if (std::find(kRelative.begin(), kRelative.end(), document_.word(at + 1)) == kRelative.end()) return nullptr;
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

/// What the sentence says of a list under it, when it is a heading.
Polarity SentenceScope::heading() const {
  Polarity said = Polarity::Assumed;
  for (const Predicate& predicate : predicates_) {
    if (predicate.polarity == Polarity::Safe) return Polarity::Safe;
    if (predicate.polarity == Polarity::Silent) said = Polarity::Silent;
    if (predicate.polarity == Polarity::Exposed && said == Polarity::Assumed) said = Polarity::Exposed;
  }
  if (!denials_.empty()) return Polarity::Safe;
  for (const CueMatch* cue : cues_) {
    if (cue->cue == Cue::SafeListing || (cue->cue == Cue::No && cue->last + 2 >= sentence_.last)) return Polarity::Safe;
  }
  return said;
}
/// "It was said that passwords had leaked; they had not."
const Predicate* SentenceScope::denied_afterwards(const Mention& mention) const {
  for (std::size_t i = 1; i < predicates_.size(); ++i) {
    const Predicate& predicate = predicates_[i];
    if (!predicate.denied || predicate.side != Side::Before || predicate.polarity != Polarity::Safe) continue;
    if (mention.last > predicates_[i - 1].first || predicate.first < predicates_[i - 1].last + 2) continue;
    static constexpr std::array<std::string_view, 8> kPronouns = {"ils",  "elles", "il",     "elle",
                                                                  "they", "it",    "celles", "ceux"};
    const std::uint32_t subject =
        predicate.first - 1 -
        (marks_.on(predicate.first - 1, Cue::Have) || marks_.on(predicate.first - 1, Cue::Auxiliary) ? 1 : 0);
    if (std::find(kPronouns.begin(), kPronouns.end(), document_.word(subject)) != kPronouns.end() &&
        !mention_in(predicates_[i - 1].last, predicate.first))
      return &predicate;
  }
  return nullptr;
}

/// "Si votre RIB figure parmi les données volées": whatever follows in the sentence.
bool SentenceScope::conditional(const Mention& mention) const {
  return std::any_of(predicates_.begin(), predicates_.end(), [&](const Predicate& predicate) {
    return predicate.strong && predicate.last <= mention.first && !barred(predicate.last, mention.first, false) &&
           !condition_ends(predicate, mention.first) && !conceded(predicate) &&
           !marks_.any(predicate.last, mention.first, Cue::Admits);
  });
}

/// "Si vos noms figuraient dans le fichier, vos RIB, eux, n'y étaient pas": it grants what it says, when what follows
/// says something of data and advises nothing.
bool SentenceScope::conceded(const Predicate& condition) const {
  if (!document_.is_word(condition.first, "si")) return false;
  std::uint32_t comma = condition.last;
  for (const Predicate& predicate : predicates_) {
    if (predicate.first < condition.last) continue;
    comma = predicate.last;
    break;
  }
  while (comma < sentence_.last && !mark_at(comma, ',')) ++comma;
  bool says = false;
  for (const Predicate& predicate : predicates_) {
    if (predicate.first <= comma) continue;
    if (predicate.polarity == Polarity::Silent) return false;
    says = says || predicate.polarity == Polarity::Safe;
  }
  return says && mention_in(comma, sentence_.last);
}

/// A condition ends at a comma, unless the comma is inside a list of what it speaks of.
bool SentenceScope::condition_ends(const Predicate& condition, std::uint32_t token) const {
  if (!marks_.on(condition.first, Cue::Condition)) return false;
  for (std::uint32_t i = condition.last; i < token; ++i) {
    if (mark_at(i, ',') && (!mention_in(condition.last, i) || !mention_in(i, std::min(sentence_.last, i + 6))))
      return true;
  }
  return false;
}

/// "Les RIB, eux, dormaient ailleurs", "Quant aux RIB, …", "Heureusement, les RIB …": what is set against what leaked,
/// with a verb that no list has, did not.
bool SentenceScope::contrasted(const Mention& mention) const {
  static constexpr std::array<std::string_view, 6> kThey = {"eux", "elles", "lui", "elle", "however", "meanwhile"};
  if (mark_at(mention.last, ',') && mention.last + 2 < sentence_.last && mark_at(mention.last + 2, ',')) {
    if (std::find(kThey.begin(), kThey.end(), document_.word(mention.last + 1)) != kThey.end()) return true;
  }
  const std::uint32_t first = sentence_.first;
  if (first + 1 >= sentence_.last) return false;
  if (document_.is_word(first, "heureusement") || document_.is_word(first, "fortunately") ||
      document_.is_word(first, "thankfully"))
    return true;
  const bool topic =
      document_.is_word(first, "quant") || (document_.is_word(first, "as") && document_.is_word(first + 1, "for"));
  return topic && mention.first <= first + 4;
}

/// The "volés" of "noms et adresses volés", the "exposed" of "had their names exposed": right after the list a mention
/// is in. The end of the mention when there is none.
std::uint32_t SentenceScope::bare_participle(const Mention& mention) const {
  const std::uint32_t at = list_end(mention);
  if (at >= sentence_.last || !marks_.on(at, Cue::Hit) || document_.tokens[at].kind != TokenKind::Word)
    return mention.last;
  const std::string_view word = document_.word(at);
  const bool form = english() ? word.ends_with("ed") || word.ends_with("en") : participle(at);
  return form ? at : mention.last;
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
    if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, ',')) return nullptr;
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

/// The nearest predicate after a mention that looks back at it. How data are kept ("hachés dans une base distincte")
/// says less than that they are safe.
const Predicate* SentenceScope::following(const Mention& mention) const {
  const Predicate* kept = nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.first < mention.last) continue;
    if (!same_bracket(mention, predicate)) continue;
    if (barred(mention.last, predicate.first, false)) return kept;
    if (kept != nullptr && ((predicate.polarity != Polarity::Safe && !resumed(*kept, predicate)) ||
                            mention_in(kept->last, predicate.first)))
      return kept;
    if (aside(predicate)) continue;
    if (predicate.side == Side::After) return kept;
    if (predicate.polarity != Polarity::Silent || kept != nullptr) return &predicate;
    kept = &predicate;
  }
  return kept;
}

/// "Although passwords were hashed, they were also taken": a pronoun takes the data up again.
bool SentenceScope::resumed(const Predicate& kept, const Predicate& next) const {
  static constexpr std::array<std::string_view, 4> kPronouns = {"ils", "elles", "they", "it"};
  for (std::uint32_t i = kept.last; i + 1 < next.first; ++i) {
    if (mark_at(i, ',') && std::find(kPronouns.begin(), kPronouns.end(), document_.word(i + 1)) != kPronouns.end())
      return true;
  }
  return false;
}

/// The nearest predicate before a mention that looks forward at it.
const Predicate* SentenceScope::preceding(const Mention& mention) const {
  for (std::size_t i = predicates_.size(); i-- > 0;) {
    const Predicate& predicate = predicates_[i];
    if (predicate.last > mention.first) continue;
    if (!same_bracket(mention, predicate)) continue;
    if (predicate.side == Side::Before) return nullptr;
    if (condition_ends(predicate, mention.first)) continue;
    const bool list = any_mark(predicate.last, std::min(mention.first, predicate.last + 10), ":");
    return barred(predicate.last, mention.first, list) ? nullptr : &predicate;
  }
  return nullptr;
}

bool SentenceScope::same_bracket(const Mention& mention, const Predicate& predicate) const {
  // "IBAN (non)": an answer in brackets is for what stands before them.
  return bracket(predicate.first) == 0 || predicate.fixed || bracket(predicate.first) == bracket(mention.first);
}

bool SentenceScope::barred(std::uint32_t first, std::uint32_t last, bool in_list) const {
  for (std::uint32_t i = first; i < last; ++i) {
    if (contrast_at(i)) return true;
    if (!in_list && mark_at(i, ';')) return true;
  }
  return false;
}

/// Where the object of one predicate ends and the subject of the next begins.
std::uint32_t SentenceScope::split(const Predicate& before, const Predicate& after) const {
  std::uint32_t comma = 0, conjunction = 0;
  for (std::uint32_t i = before.last; i < after.first; ++i) {
    if (mark_at(i, ';') || mark_at(i, '-') || mark_at(i, '(')) return i;
    if (mark_at(i, ',')) comma = i;
    if (document_.is_word(i, "et") || document_.is_word(i, "and")) conjunction = i;
  }
  return comma != 0 ? comma : conjunction != 0 ? conjunction : before.last;
}

}  // namespace vigifuite::feeds::extract
