// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/predicates.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::uint32_t kNegation = 8;  ///< tokens between the two halves of a negation

}  // namespace

void SentencePredicates::find_negations() {
  for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
    if (!marks_.on(i, Cue::Ne) || is_number_sign(i)) continue;
    if (parsed_.language == Language::English) {
      if (marks_.on(i, Cue::NotOnly) || marks_.on(i, Cue::Nothing)) continue;
      if (i > sentence_.first && marks_.on(i - 1, Cue::Ne)) continue;  // "no longer", "at no time": once
      // "At no time did the attacker have access to"
      const std::uint32_t reach = document_.is_word(i, "at") ? kNegation + 2 : kNear;
      negations_.push_back({i, i, std::min(sentence_.last, i + reach)});
      continue;
    }
    const std::uint32_t half = second_half(i);
    if (half == i && denied_subject(i)) negations_.push_back({i, i, std::min(sentence_.last, i + kNear + 1)});
    if (half != i && !marks_.on(half, Cue::NotOnly) && !adds(half))
      negations_.push_back({i, half, std::min(sentence_.last, half + kNear + 1)});
  }
  find_short_negations();
}

/// The "pas" of "ne … pas", or the "pu" of "n'ont pu", which needs none; `ne` itself when there is neither.
std::uint32_t SentencePredicates::second_half(std::uint32_t ne) const {
  for (std::uint32_t i = ne + 1; i < std::min(sentence_.last, ne + 4) && !marks_.on(i, Cue::Pas); ++i) {
    if (document_.is_word(i, "pu") && i + 1 < sentence_.last && !marks_.on(i + 1, Cue::Pas) && !restricts(i + 1))
      return i;
  }
  const std::uint32_t stop = std::min(sentence_.last, ne + kNegation);
  for (std::uint32_t i = ne + 1; i < stop; ++i) {
    if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, ',') && !mark_at(i, '"')) break;
    if (marks_.on(i, Cue::Pas)) return i;
  }
  for (std::uint32_t i = ne + 1; i < std::min(sentence_.last, ne + 4); ++i) {
    const std::string_view word = document_.word(i);
    if (restricts(i + 1)) return ne;
    if (word == "pu" || word.starts_with("peu") || word.starts_with("pouv") || word.starts_with("saur")) return i;
  }
  return ne;
}

/// "n'a pas perdu que des noms": not only.
bool SentencePredicates::adds(std::uint32_t pas) const {
  static constexpr std::array<std::string_view, 8> kAfter = {"de", "des", "les", "vos", "le", "la", "l", "d"};
  for (std::uint32_t i = pas + 1; i + 1 < std::min(sentence_.last, pas + 4); ++i) {
    if (!document_.is_word(i, "que")) continue;
    const bool told = i == pas + 1 || marks_.on(i - 1, Cue::Hit) || marks_.on(i - 1, Cue::Holds);
    return told && std::find(kAfter.begin(), kAfter.end(), document_.word(i + 1)) != kAfter.end();
  }
  return false;
}

/// "n'a pu lire que les noms"
bool SentencePredicates::restricts(std::uint32_t token) const {
  for (std::uint32_t i = token; i < std::min(sentence_.last, token + 5); ++i) {
    if (document_.is_word(i, "que") || document_.is_word(i, "qu")) return true;
    if (document_.tokens[i].kind != TokenKind::Word) return false;
  }
  return false;
}

/// "aucun accès n'", "rien n'": the other half stands before `ne`, and no data between.
bool SentencePredicates::denied_subject(std::uint32_t ne) const {
  static constexpr std::array<std::string_view, 5> kNobody = {"aucun", "aucune", "rien", "nul", "nulle"};
  const std::uint32_t from = ne > sentence_.first + 7 ? ne - 7 : sentence_.first;
  for (std::uint32_t i = ne; i-- > from;) {
    if (document_.tokens[i].kind == TokenKind::Mark || mention_in(i, ne)) return false;
    if (std::find(kNobody.begin(), kNobody.end(), document_.word(i)) != kNobody.end()) return true;
  }
  return false;
}

/// "Pas récupéré :", "non dérobés": without ne, right before the verb; "sans que l'on y trouve".
void SentencePredicates::find_short_negations() {
  for (std::uint32_t i = sentence_.first; i + 1 < sentence_.last; ++i) {
    const bool without = document_.is_word(i, "sans") || document_.is_word(i, "without");
    if (without && document_.word(i + 1).starts_with("qu"))
      negations_.push_back({i, i + 1, std::min(sentence_.last, i + kNegation + 2)});
    else if (without && reaches_soon(i + 1))  // "sans jamais approcher"
      negations_.push_back({i, i, std::min(sentence_.last, i + kNear)});
    if (!document_.is_word(i, "pas") && !document_.is_word(i, "non") && !document_.is_word(i, "jamais")) continue;
    const bool verb = marks_.on(i + 1, Cue::Hit) || marks_.on(i + 1, Cue::Holds) || marks_.on(i + 1, Cue::Stores);
    if (document_.is_word(i, "pas") && adds(i)) continue;
    const bool within = std::any_of(negations_.begin(), negations_.end(),
                                    [&](const Negation& n) { return n.first <= i && i <= n.half; });
    if (verb && !within && !marks_.on(i, Cue::Nothing)) negations_.push_back({i, i, i + 2});
  }
}

/// A verb that gets at data begins within a few words.
bool SentencePredicates::reaches_soon(std::uint32_t token) const {
  for (std::uint32_t i = token; i < std::min(sentence_.last, token + 3); ++i) {
    if (document_.tokens[i].kind != TokenKind::Word || mention_in(i, i + 1)) return false;
    if (marks_.on(i, Cue::Reaches) || (marks_.on(i, Cue::Hit) && !participle(i))) return true;
  }
  return false;
}

/// The "n" of "n° de téléphone".
bool SentencePredicates::is_number_sign(std::uint32_t token) const {
  const std::string_view rest = document_.text.substr(document_.tokens[token].end, 2);
  return rest == "°" || rest == "º";
}

const Negation* SentencePredicates::negation_of(const CueMatch& cue) const {
  for (const Negation& negation : negations_) {
    if (negation.first < cue.first && cue.first < negation.last && !any_mark(negation.half, cue.first, ".;:!?)") &&
        !mention_in(negation.half + 1, cue.first))
      return &negation;
  }
  return nullptr;
}

/// "Ce ne sont ni les noms ni les adresses qui inquiètent le plus": nothing is said of whether they leaked.
bool SentencePredicates::cleft(std::uint32_t token) const {
  bool opens = false;
  for (std::uint32_t i = sentence_.first; i + 2 <= token; ++i) {
    if (mark_at(i, ',') || mark_at(i, ';')) opens = false;
    opens = opens || (document_.is_word(i, "ce") && marks_.on(i + 1, Cue::Ne) && marks_.on(i + 2, Cue::Auxiliary));
  }
  if (!opens) return false;
  for (std::uint32_t i = token; i + 1 < sentence_.last; ++i) {
    if (mark_at(i, ';') || mark_at(i, ':')) return false;
    if (document_.is_word(i, "qui")) return !marks_.any(i, std::min(sentence_.last, i + 5), Cue::Hit);
  }
  return false;
}

}  // namespace vigifuite::feeds::extract
