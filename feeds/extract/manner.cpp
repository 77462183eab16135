// SPDX-License-Identifier: AGPL-3.0-or-later
// What the words beside a verb make of it: where, how, in part, that it only tells.
#include "feeds/extract/predicates.hpp"

namespace vigifuite::feeds::extract {

/// "se trouvaient ailleurs", "figurent dans une base distincte": where they are says that they did not leak.
bool SentencePredicates::elsewhere(const CueMatch& cue) const {
  if (cue.value != 1) return false;
  for (std::uint32_t i = cue.last; i < std::min(sentence_.last, cue.last + 5); ++i) {
    if (document_.tokens[i].kind != TokenKind::Word || names_after_at(i)) return false;
    if (marks_.on(i, Cue::Safe)) return true;
  }
  return false;
}

/// "Concernant vos données bancaires, …": what the sentence will speak of.
bool SentencePredicates::opens_topic(const CueMatch& cue) const {
  return cue.first == sentence_.first &&
         (document_.is_word(cue.first, "concernant") || document_.is_word(cue.first, "touchant"));
}

/// "IBAN partiellement masqué": it leaked.
bool SentencePredicates::partly(std::uint32_t token) const {
  static constexpr std::array<std::string_view, 4> kPartly = {"partiellement", "partie", "partially", "partly"};
  return token > sentence_.first &&
         std::find(kPartly.begin(), kPartly.end(), document_.word(token - 1)) != kPartly.end();
}

/// "noms, adresses, IBAN masqué": said of the last of a list, where "intacts" is said of all.
bool SentencePredicates::masked(std::uint32_t token) const {
  static constexpr std::array<std::string_view, 8> kHow = {"masque",      "tronque", "floute",  "anonymis",
                                                           "pseudonymis", "tokenis", "caviard", "biffe"};
  const std::string_view word = document_.word(token);
  return std::any_of(kHow.begin(), kHow.end(), [&](std::string_view how) { return word.starts_with(how); });
}

/// "précise que", "shows that": a verb of saying, where "précise les" would hold its object.
bool SentencePredicates::says_that(const CueMatch& cue) const {
  if (cue.last >= sentence_.last || cue.last - cue.first != 1) return false;
  const std::string_view next = document_.word(cue.last);
  return english() ? next == "that" || next == "they" : next == "que" || next == "qu";
}

}  // namespace vigifuite::feeds::extract
