// SPDX-License-Identifier: AGPL-3.0-or-later
// Answers: yes, no and what stands for them, beside the data they speak of.
#include "feeds/extract/predicates.hpp"

namespace vigifuite::feeds::extract {

/// "Les décomptes de soins, non. Les numéros, non plus." and "IBAN : oui".
void SentencePredicates::add_answers() {
  add_denied_headings();
  for (const CueMatch* cue : cues_) {
    if (cue->cue != Cue::No && cue->cue != Cue::Yes) continue;
    const std::string_view next = cue->last < sentence_.last ? document_.word(cue->last) : std::string_view();
    if ((next == "pour" || next == "for") && mention_in(cue->last, std::min(sentence_.last, cue->last + 8)) &&
        cue->last - cue->first == 1 && !auxiliary_before(cue->first)) {
      predicates_.push_back({cue->first, cue->last, answer_of(*cue), Side::After, cue->cue == Cue::No, true});
      continue;  // "Oui pour les noms, non pour les mots de passe"
    }
    if (cue->cue == Cue::No && cue->value == 2 && colon_within(cue->last, 3)) {  // "Données en cours d'analyse : …"
      predicates_.push_back({cue->first, cue->last, Polarity::Silent, Side::After, false, true, true});
      continue;
    }
    const bool ends = stands_alone(cue->last) || (cue->last - cue->first > 1 && stands_in(cue->last));
    if (!ends || auxiliary_before(cue->first) || have_before(cue->first)) continue;
    const bool colon = mark_at(cue->last, ':') || mark_at(cue->last, '-');  // "OUI – nom, prénom"
    if (colon && opens_sentence(cue->first) &&
        mention_in(cue->last, sentence_.last)) {  // "Non : numéro de sécurité sociale, RIB"
      predicates_.push_back({cue->first, cue->last, answer_of(*cue), Side::After, cue->cue == Cue::No, true});
      continue;
    }
    if (cue->first == sentence_.first) continue;
    const bool apart = document_.tokens[cue->first - 1].kind == TokenKind::Mark || cue->last - cue->first > 1 ||
                       document_.is_word(cue->first, "non") || document_.is_word(cue->first, "oui");
    if ((!apart && !closes(*cue)) || !mention_in(sentence_.first, cue->first)) continue;
    if (cue->cue == Cue::Yes && document_.tokens[cue->first - 1].kind != TokenKind::Mark &&
        !document_.is_word(cue->first, "oui") && !also(*cue))
      continue;
    if (also(*cue)) {
      predicates_.push_back({cue->first, cue->last, said_before(cue->first), Side::Before, false, true});
      continue;
    }
    const bool reversed = cue->cue == Cue::No && cue->last - cue->first == 1 && after_safe_verb(cue->first);
    predicates_.push_back({cue->first, cue->last, reversed ? Polarity::Exposed : answer_of(*cue), Side::Before,
                           cue->cue == Cue::No, true});
  }
}

/// "aussi", "too": what was said last.
bool SentencePredicates::also(const CueMatch& cue) const {
  static constexpr std::array<std::string_view, 4> kAlso = {"aussi", "egalement", "also", "too"};
  return cue.cue == Cue::Yes && std::find(kAlso.begin(), kAlso.end(), document_.word(cue.last - 1)) != kAlso.end();
}

/// What the last predicate before `token` says; that data leaked when there is none.
Polarity SentencePredicates::said_before(std::uint32_t token) const {
  const Predicate* last = nullptr;
  for (const Predicate& predicate : predicates_) {
    if (predicate.last <= token && predicate.polarity != Polarity::Silent &&
        (last == nullptr || predicate.last > last->last))
      last = &predicate;
  }
  return last != nullptr ? last->polarity : Polarity::Exposed;
}

bool SentencePredicates::colon_within(std::uint32_t token, std::uint32_t words) const {
  for (std::uint32_t i = token; i < std::min(sentence_.last, token + words); ++i) {
    if (mark_at(i, ':')) return true;
  }
  return false;
}

/// "nulle trace dans le fichier", "not part of it".
bool SentencePredicates::stands_in(std::uint32_t token) const {
  static constexpr std::array<std::string_view, 10> kIn = {"dans",  "parmi", "sur",    "chez", "in",
                                                           "among", "on",    "within", "a",    "que"};
  return token < sentence_.last && std::find(kIn.begin(), kIn.end(), document_.word(token)) != kIn.end();
}

/// Nothing but a bullet or a number stands before it in its sentence.
bool SentencePredicates::opens_sentence(std::uint32_t token) const {
  for (std::uint32_t i = sentence_.first; i < token; ++i) {
    if (document_.tokens[i].kind == TokenKind::Word && document_.tokens[i].folded_end - document_.tokens[i].folded > 1)
      return false;
  }
  return true;
}

/// "vos e-mails pas.", "Coordonnées bancaires exceptées.": right after the words of data, and nothing after it.
bool SentencePredicates::closes(const CueMatch& cue) const {
  if ((cue.cue != Cue::No && !also(cue)) || !stands_alone(cue.last)) return false;
  const bool word = also(cue) || document_.is_word(cue.first, "pas") || document_.word(cue.first).starts_with("except");
  return word && std::any_of(mentions_.begin(), mentions_.end(),
                             [&](const Mention* mention) { return mention->last == cue.first; });
}

/// "Non lu : bulletins", "Pas partis :", "Not taken: passwords" whatever the verb; "RIB : jamais stockés" looks back.
void SentencePredicates::add_denied_headings() {
  static constexpr std::array<std::string_view, 5> kNo = {"non", "pas", "jamais", "not", "never"};
  for (std::uint32_t i = sentence_.first; i + 1 < sentence_.last; ++i) {
    const std::string_view word = document_.word(i);
    if (word.size() < 3 || word.size() > 6 || std::find(kNo.begin(), kNo.end(), word) == kNo.end()) continue;
    const bool opens = opens_sentence(i) || (i > sentence_.first && (mark_at(i - 1, ';') || mark_at(i - 1, '-')));
    const bool bracket_opens = i > sentence_.first && mark_at(i - 1, '(');
    std::uint32_t end = i + 1;
    while (end < sentence_.last && end < i + 5 && document_.tokens[end].kind == TokenKind::Word && !names_after_at(end))
      ++end;
    if (end == i + 1 || end >= sentence_.last || unsettled(i, end)) continue;
    if (opens && mark_at(end, ':') && !marks_.any(i + 1, end, Cue::Measure)) {
      predicates_.push_back({i, end, Polarity::Safe, Side::After, true, true});
      i = end;
      continue;
    }
    if (bracket_opens && mark_at(end, ')') && !marks_.any(i, end, Cue::Measure) && !marks_.on(i, Cue::NotOnly) &&
        mention_in(sentence_.first, i))
      predicates_.push_back({i, end, Polarity::Safe, Side::Before, true, true});
  }
}

/// "Non déterminé": nobody knows.
bool SentencePredicates::unsettled(std::uint32_t first, std::uint32_t last) const {
  return std::any_of(cues_.begin(), cues_.end(), [&](const CueMatch* cue) {
    return cue->cue == Cue::No && cue->value == 2 && first <= cue->first && cue->first < last;
  });
}

bool SentencePredicates::names_after_at(std::uint32_t token) const {
  return std::any_of(mentions_.begin(), mentions_.end(),
                     [&](const Mention* mention) { return mention->first == token && !mention->categories.empty(); });
}

}  // namespace vigifuite::feeds::extract
