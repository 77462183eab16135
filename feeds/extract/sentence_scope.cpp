// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/sentence_scope.hpp"

namespace vigifuite::feeds::extract {

void SentenceScope::read(const Sentence& sentence, Polarity before) {
  before_ = before;
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
    const std::uint32_t near = cue->first - std::min(cue->first - sentence_.first, 3U);
    const bool heads = cue->cue == Cue::Leak && marks_.any(near, cue->first, Cue::SafeListing) &&
                       mention_in(cue->last, sentence_.last);  // "Ce qui n'a pas fuité : mots de passe"
    // "Exception faite des noms, aucune donnée": some.
    const bool some =
        std::any_of(denials_.begin(), denials_.end(), [](const Denial& denial) { return denial.inverted; });
    const bool verb = cue->cue == Cue::Leak && cue->last - cue->first == 1 && !english() && participle(cue->first) &&
                      names_data();  // "que les mots de passe aient fuité"
    if (heads || verb || (cue->cue == Cue::Data && (some || qualified(*cue)))) continue;
    const bool covered = std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention* mention) {
      return mention->first < cue->last && cue->first < mention->last;
    });
    if (!covered) data_.push_back({cue->first, cue->last, {}});
  }
  return data_;
}

/// "Aucune donnée administrative, bancaire ou fiscale": of a kind, and not data in general.
bool SentenceScope::qualified(const CueMatch& cue) const {
  if (english() || cue.last >= sentence_.last || document_.tokens[cue.last].kind != TokenKind::Word) return false;
  const std::string_view word = document_.word(cue.last);
  if (word.starts_with("personnel") || word.starts_with("sensible") || word.starts_with("nominati")) return false;
  static constexpr std::array<std::string_view, 12> kKinds = {"ative", "atives", "aire", "aires", "ique", "iques",
                                                              "ale",   "ales",   "elle", "elles", "ere",  "ieres"};
  return std::any_of(kKinds.begin(), kKinds.end(), [&](std::string_view kind) { return word.ends_with(kind); });
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
  if (before != nullptr && before->strong && conceded(*before)) before = nullptr;
  if (conditional(mention) || gives_value(mention)) {
    scoped.polarity = Polarity::Silent;
    return scoped;
  }
  if (before != nullptr && before->polarity == Polarity::Silent && before->side != Side::Before &&
      (after == nullptr || (after->polarity != Polarity::Exposed && !relative_subject(mention, *after) &&
                            !(after->polarity == Polarity::Safe && any_mark(before->last, mention.first, ":"))))) {
    scoped.polarity = Polarity::Silent;
    return scoped;
  }
  for (std::size_t i = denials_.size(); i-- > 0;) {  // the innermost
    const Denial& denial = denials_[i];
    if (denial.first <= mention.first && mention.last <= denial.last) {
      scoped.polarity = denial.inverted             ? Polarity::Exposed
                        : unlocked(denial, mention) ? Polarity::Silent
                                                    : Polarity::Safe;
      if (scoped.polarity == Polarity::Safe && excepted(mention)) scoped.polarity = Polarity::Exposed;
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
  if (const std::uint32_t done = chosen == after && after != nullptr ? bare_participle(mention) : mention.last;
      done != mention.last && done < after->first && mention_in(done, after->first)) {  // "Noms volés, RIB épargnés"
    scoped.polarity = Polarity::Exposed;
    scoped.cue = done;
    return scoped;
  }
  if (chosen == after && after != nullptr && after->polarity == Polarity::Exposed) {
    for (const Predicate& next : predicates_) {  // "les numéros qu'ils contiennent demeurent inaccessibles"
      if (next.first == after->last && next.side == Side::Before && next.polarity == Polarity::Safe) chosen = &next;
    }
  }
  if (const Predicate* main = beyond_relative(mention)) chosen = main;
  if (const Predicate* main = of_container(mention)) chosen = main;
  if (chosen == nullptr || chosen->polarity == Polarity::Silent) {
    if (const Predicate* later = taken_up(mention)) chosen = later;
  }
  if (chosen != nullptr) {
    scoped.polarity = chosen->polarity == Polarity::Safe && excepted(mention) ? Polarity::Exposed : chosen->polarity;
    scoped.cue = chosen->first;
  } else if (nothing == Polarity::Assumed && (contrasted(mention) || topic_denied(mention))) {
    scoped.polarity = Polarity::Safe;
  } else if (nothing == Polarity::Assumed) {
    if (const std::uint32_t done = bare_participle(mention); done != mention.last) {
      scoped.polarity = Polarity::Exposed;
      scoped.cue = done;
    }
  }
  return scoped;
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
/// "téléphone 01 00 00 00 00", "e-mail : dpo@ville.example": where to write and call, not what leaked.
bool SentenceScope::gives_value(const Mention& mention) const {
  std::uint32_t at = mention.last;
  if (mark_at(at, ':')) ++at;
  const bool street = mention.last - mention.first == 1 && mention.first > sentence_.first &&
                      document_.tokens[mention.first - 1].kind == TokenKind::Number;  // "1 rue du Port"
  if (street && document_.is_word(mention.first, "rue")) return true;
  if (at >= sentence_.last) return false;
  if (document_.tokens[at].kind == TokenKind::Address) return true;
  if (document_.tokens[at].kind != TokenKind::Number) return false;
  if (document_.word(at).starts_with('0')) return true;
  static constexpr std::array<std::string_view, 10> kStreets = {"rue",  "avenue", "place",  "boulevard", "bd",
                                                                "quai", "chemin", "street", "road",      "cours"};
  return at + 1 < sentence_.last &&
         std::find(kStreets.begin(), kStreets.end(), document_.word(at + 1)) != kStreets.end();
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
    const bool hits = predicate.polarity == Polarity::Exposed && !document_.word(condition.last - 1).starts_with("vo");
    says = says || predicate.polarity == Polarity::Safe || hits;
  }
  says = says || marks_.any(comma, sentence_.last, Cue::Negator);
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

/// "Côté RIB, rien à signaler", "With regard to bank details, we found no evidence of access".
bool SentenceScope::topic_denied(const Mention& mention) const {
  static constexpr std::array<std::string_view, 11> kTopics = {
      "pour", "cote", "concernant", "s", "quant", "regarding", "with", "as", "en", "sur", "for"};
  if (mention.first > sentence_.first + 6) return false;
  if (std::find(kTopics.begin(), kTopics.end(), document_.word(sentence_.first)) == kTopics.end()) return false;
  std::uint32_t comma = mention.last;
  while (comma < std::min(sentence_.last, mention.last + 4) && !mark_at(comma, ',')) ++comma;
  if (!mark_at(comma, ',') || mention_in(comma, sentence_.last)) return false;
  return marks_.any(comma, sentence_.last, Cue::Negator) || marks_.any(comma, sentence_.last, Cue::No) ||
         marks_.any(comma, sentence_.last, Cue::Safe);
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
    if (predicate.last_only && mention_in(mention.last, predicate.first)) continue;
    if (predicate.side == Side::After) return kept;
    if (predicate.polarity != Polarity::Silent || kept != nullptr) return &predicate;
    kept = &predicate;
  }
  return kept;
}

/// The nearest predicate before a mention that looks forward at it.
const Predicate* SentenceScope::preceding(const Mention& mention) const {
  for (std::size_t i = predicates_.size(); i-- > 0;) {
    const Predicate& predicate = predicates_[i];
    if (predicate.last > mention.first) continue;
    if (!same_bracket(mention, predicate)) continue;
    if (predicate.side == Side::Before) {
      // "Ce qu'il n'a pas vu, parce que l'outil ne l'affiche pas : votre adresse"
      const Predicate& head = predicates_.front();
      const bool reason = i > 0 && head.side == Side::After && head.first == sentence_.first &&
                          any_mark(predicate.last, mention.first, ":") && !mention_in(head.last, predicate.last);
      if (!reason) return nullptr;
      return &head;
    }
    if (condition_ends(predicate, mention.first)) continue;
    const bool list = any_mark(predicate.last, std::min(mention.first, predicate.last + 10), ":");
    return barred(predicate.last, mention.first, list) ? nullptr : &predicate;
  }
  return nullptr;
}

bool SentenceScope::same_bracket(const Mention& mention, const Predicate& predicate) const {
  // "IBAN (non)": an answer in brackets is for what stands before them.
  const std::uint32_t group = bracket(predicate.first);
  if (group == 0 || group == bracket(mention.first)) return true;
  std::uint32_t open = predicate.first;
  while (open > sentence_.first && bracket(open - 1) == group) --open;
  return predicate.fixed && !mention_in(open, predicate.first);
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
