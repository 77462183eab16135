// SPDX-License-Identifier: AGPL-3.0-or-later
// What follows a name and says its part (an apposition, the verb it is the subject of), and what its place in the text
// says: a title, a signature, the answer to a label.
#include <algorithm>
#include <array>

#include "feeds/extract/role_reader.hpp"

namespace vigifuite::feeds::extract {

bool RoleReader::bracketed() const {
  return mark_at(name_->first - 1, '(') && mark_at(name_->last, ')');
}

void RoleReader::read_place() {
  const std::uint32_t index = name_->sentence;
  const auto count = static_cast<std::uint32_t>(document_.sentences.size());
  const bool first = index == 0 || (index <= 2 && sentence_->shape == Shape::Heading);
  std::uint32_t before = phrase_first_;
  while (before > sentence_->first && (mark_at(before - 1, '"') || mark_at(before - 1, '-'))) --before;
  if (first && mark_at(name_->last, ':') && only_articles(before)) {
    role_.victim += 6;
    role_.signs = true;
  } else if (first && mark_at(phrase_first_ - 1, '-') && !mark_at(phrase_first_ - 1, ',')) {
    role_.victim += 4;
    role_.signs = true;
  } else if (first && only_articles(before) && (mark_at(name_->last, '-') || name_->last + 1 >= sentence_->last)) {
    role_.victim += 5;  // "Mairie de X – incident", "OPH de X. Baux et RIB…"
    role_.signs = true;
  } else if (first && sentence_->shape == Shape::Heading && whole_line()) {
    role_.victim += 4;
    role_.signs = true;
  } else if (first) {
    role_.victim += sentence_->shape == Shape::Heading ? 2 : 1;
  }
  if (index > 0 && index + 4 >= count && signature()) {
    role_.victim += 5;
    role_.signs = true;
  }
  if (mark_at(phrase_first_ - 1, ':') && phrase_first_ >= sentence_->first + 2) {
    if (labels(sentence_->first, phrase_first_ - 1)) role_.victim += 6;
  }
}

bool RoleReader::labels(std::uint32_t first, std::uint32_t last) const {
  bool label = false;
  for (std::uint32_t i = first; i < last && i < first + 6; ++i) {
    const CueMatch* found = match(i, Cue::VictimOf);
    label = label || (found != nullptr && found->value == kField);
    if (match(i, Cue::Provider) != nullptr) return false;
  }
  return label && last - first <= 5;
}

bool RoleReader::only_articles(std::uint32_t at) const {
  while (at > sentence_->first &&
         (article(at - 1) || mark_at(at - 1, '"') || mark_at(at - 1, '-') || marks_.on(at - 1, Cue::Common)))
    --at;
  return at == sentence_->first;
}

/// The line has the name and hardly anything else.
bool RoleReader::whole_line() const {
  return sentence_->last - sentence_->first <= name_->last - name_->first + 3;
}

/// A short line at the end, or what follows a last dash: "L'équipe Molotov", "– Maison Delorme".
bool RoleReader::signature() const {
  const bool closing = name_->sentence + 1 == document_.sentences.size() && sentence_->last - sentence_->first <= 8 &&
                       !marks_.any(sentence_->first, sentence_->last, Cue::Have);
  const bool line = closing || (sentence_->shape == Shape::Heading && sentence_->end != ':' &&
                                sentence_->last - sentence_->first <= 14);
  const bool ends = name_->last >= sentence_->last ||
                    (name_->last + 1 == sentence_->last && mark_at(name_->last, '.')) || mark_at(name_->last, ',') ||
                    mark_at(name_->last, '-') || mark_at(name_->last, '(');
  std::uint32_t at = name_->first;
  while (at > sentence_->first && word_at(at - 1)) --at;
  if (!ends) return false;
  if (at > sentence_->first && mark_at(at - 1, '-') && at - 1 + 10 >= sentence_->last && name_->first - at <= 5)
    return true;
  return line && (at == sentence_->first || mark_at(at - 1, ',') || mark_at(at - 1, '-'));
}

bool RoleReader::english_possessive(std::uint32_t at) const {
  return !french_ && word_at(at) && !document_.tokens[at].spaced && document_.is_word(at, "s");
}

void RoleReader::read_after() {
  std::uint32_t at = name_->last;
  while (mark_at(at, '"')) ++at;
  if (mark_at(at, '(')) at = past_bracket(at);
  if (english_possessive(at)) return possessed(at + 1);
  if (mark_at(at, ',') && company_form(at + 1)) {
    at += 2;  // "Ledgerly Software, Inc., the vendor"
    if (mark_at(at, '.')) ++at;
  }
  if (const CueMatch* serves = word_at(at) ? match(at, Cue::Provider) : nullptr;
      serves != nullptr && serves->value == kNoun && french_)
    role_.provider += 6;  // "la société Titraprint chargée de…"
  if (word_at(at) && !verb(at) && match(at, Cue::Announces) == nullptr && ours(at + 1) && subject())
    role_.provider += 6;  // "Postalia achemine nos magazines"
  if (mark_at(at, ',') && word_at(at + 1) && document_.tokens[at + 1].capital && !marks_.on(at + 1, Cue::Common))
    return;  // the next of a list
  if (mark_at(at, ',')) {
    const std::uint32_t inner = at + 1;
    apposition(inner);
    const std::uint32_t close = past_comma(inner);
    at = close == 0 ? inner : close;
  } else {
    if (!french_) noun_follows(at);
    if (word_at(at) &&
        (document_.is_word(at, "qui") || document_.is_word(at, "which") || document_.is_word(at, "that")))
      ++at;
  }
  read_verb(at);
}

bool RoleReader::company_form(std::uint32_t i) const {
  static constexpr std::array<std::string_view, 9> kForms = {"inc", "llc", "ltd", "llp", "corp",
                                                             "plc", "sa",  "sas", "sarl"};
  return word_at(i) && among(document_.word(i), kForms);
}

std::uint32_t RoleReader::past_bracket(std::uint32_t at) const {
  for (std::uint32_t i = at; i < std::min(sentence_->last, at + 12); ++i) {
    if (mark_at(i, ')')) return i + 1;
  }
  return at;
}

/// Past the comma that closes an apposition which begins at `from`, or 0.
std::uint32_t RoleReader::past_comma(std::uint32_t from) const {
  for (std::uint32_t i = from; i < std::min(sentence_->last, from + kAside); ++i) {
    if (mark_at(i, ',')) return i + 1;
    if (mark_at(i, ';') || mark_at(i, ':')) return 0;
  }
  return 0;
}

/// ", le prestataire de la mairie", ", qui héberge la paie de…", ", victime d'une…", ", directeur de…".
void RoleReader::apposition(std::uint32_t at) {
  if (word_at(at) && hires(at) && !document_.word(at).starts_with("u") &&
      (document_.is_word(at + 1, "par") || document_.is_word(at + 1, "by"))) {
    role_.provider += 6;
    return;
  }
  if (serves_somebody(at)) return;
  while (article(at)) ++at;
  if (at >= sentence_->last) return;
  const std::uint32_t stop = std::min(sentence_->last, at + 4);
  for (std::uint32_t i = at; i < stop; ++i) {
    if (!word_at(i)) break;
    if (const CueMatch* found = match(i, Cue::Provider)) {
      if (found->value == kNoun && i <= at + 2) role_.provider += 6;
      if (found->value == kServes && i == at) role_.provider += 4;
      break;
    }
    if (i == at && match(i, Cue::Titled) != nullptr && !name_->headed) role_.other += kBarred;
    if (i == at && document_.is_word(i, "victime")) role_.victim += 5;
    if (i == at && match(i, Cue::Reporter) != nullptr && knows_security(i)) role_.other += 9;
    if (document_.word(i).starts_with("whose") && spared(i)) {
      role_.provider = 0;  // "Payrail, whose systems were unaffected"
      role_.other += 4;
    }
    if (i == at && match(i, Cue::Attacker) != nullptr && attack_near() && closes(i)) role_.other += 6;
  }
}

/// "spécialiste de la location" is a company; "spécialiste en cybersécurité" comments.
bool RoleReader::knows_security(std::uint32_t i) const {
  if (!document_.word(i).starts_with("specialiste") && !document_.word(i).starts_with("expert")) return true;
  for (std::uint32_t at = i + 1; at < std::min(sentence_->last, i + 6); ++at) {
    for (const std::string_view stem :
         {"cyber", "secur", "numer", "informat", "protection", "donnee", "rens", "hack"}) {
      if (document_.word(at).starts_with(stem)) return true;
    }
  }
  return false;
}
bool RoleReader::spared(std::uint32_t from) const {
  for (std::uint32_t i = from; i < std::min(sentence_->last, from + 7) && !mark_at(i, ','); ++i) {
    if (marks_.on(i, Cue::Safe) || document_.is_word(i, "unaffected") || document_.is_word(i, "not")) return true;
  }
  return false;
}

/// The apposition ends before its sentence has a verb: in "…, les pirates ont publié" the clause has begun.
bool RoleReader::closes(std::uint32_t from) const {
  for (std::uint32_t i = from; i < std::min(sentence_->last, from + kAside); ++i) {
    if (mark_at(i, ',')) return true;
    if (verb(i) && !document_.is_word(from + 1, "qui")) return false;
  }
  return true;
}

/// ", qui tient notre annuaire", ", l'outil qui synchronise leurs réservations", ", which runs our payroll".
bool RoleReader::serves_somebody(std::uint32_t at) {
  bool tool = false;
  if (article(at)) {
    ++at;
    if (match(at, Cue::Product) == nullptr && match(at, Cue::Provider) == nullptr) return false;
    tool = true;
    ++at;
  }
  if (!document_.is_word(at, "qui") && !document_.is_word(at, "which") && !document_.is_word(at, "that") &&
      !document_.is_word(at, "who"))
    return false;
  const std::uint32_t does = at + 1;
  if (!word_at(does) || verb(does) || marks_.on(does, Cue::Have) || article(does)) return false;
  if (const CueMatch* said = match(does, Cue::Announces); said != nullptr && said->value != kSays) return false;
  for (std::uint32_t i = does + 1; i < std::min(sentence_->last, does + 4); ++i) {
    if (!word_at(i) || !possessive(i)) continue;
    const bool theirs = document_.is_word(i, "leur") || document_.is_word(i, "leurs") || document_.is_word(i, "their");
    if (!ours(i) && !theirs && match(does - 1, Cue::Provider) == nullptr && !tool) return false;
    role_.provider += 6;
    return true;
  }
  return false;
}

/// "Tutoring's help desk", "X's customers".
void RoleReader::possessed(std::uint32_t at) {
  for (std::uint32_t i = at; i < std::min(sentence_->last, at + 4); ++i) {
    if (match(i, Cue::Provider) != nullptr) {
      role_.victim += 4;
      return;
    }
  }
  role_.victim += 3;
}

/// "Marriott guests", "Equifax data breach".
void RoleReader::noun_follows(std::uint32_t at) {
  for (std::uint32_t i = at; i < std::min(sentence_->last, at + 3); ++i) {
    if (!word_at(i)) return;
    if (match(i, Cue::Person) != nullptr || marks_.on(i, Cue::Leak)) {
      role_.victim += 5;
      return;
    }
    const CueMatch* found = match(i, Cue::VictimOf);
    if (found != nullptr && found->value == kLeakOf) {
      role_.victim += 5;
      return;
    }
    if (found != nullptr && found->value == kSpeaksFor && i == at) {
      role_.victim += 4;  // "The Bramley Outdoor team"
      return;
    }
    if (preposition(i) || verb(i) || article(i)) return;
  }
}

/// "est mis hors de cause", "was not the source": it is cleared.
bool RoleReader::cleared(std::uint32_t at) const {
  bool negated = false;
  for (std::uint32_t i = at; i < std::min(sentence_->last, at + 6) && word_at(i); ++i) {
    negated = negated || marks_.on(i, Cue::Ne);
    if (document_.is_word(i, "hors") && document_.is_word(i + 2, "cause")) return true;
    if (negated && (document_.is_word(i, "source") || document_.is_word(i, "involved"))) return true;
  }
  return false;
}

void RoleReader::read_verb(std::uint32_t at) {
  if (cleared(at)) {
    role_.provider = 0;
    role_.victim -= 8;
    return;
  }
  bool helped = false, negated = false, passive = false;
  for (std::uint32_t i = at; i < std::min(sentence_->last, at + 6); ++i) {
    if (!word_at(i)) {
      if (mark_at(i, '"')) continue;
      break;
    }
    if (marks_.on(i, Cue::Ne)) negated = true;
    if (const CueMatch* found = match(i, Cue::Provider); found != nullptr && found->value == kServes && i <= at + 1) {
      role_.provider += 3;
      break;
    }
    if (negated && passive && (marks_.on(i, Cue::Hit) || marks_.on(i, Cue::Safe) || document_.is_word(i, "cause"))) {
      if (subject()) role_.victim -= 8;
      role_.provider = 0;
      return;
    }
    const CueMatch* said = match(i, Cue::Announces);
    if (said != nullptr && said->value == kDoneTo && french_ && helped && !passive) break;  // "a touché deux villes"
    if (said != nullptr && said->value == kDoneTo && (helped || participle(i))) {
      role_.victim += !negated ? 6 : subject() ? -8 : 0;
      return;
    }
    if (said != nullptr && said->value == kSuffers) {
      role_.victim += 6;
      return;
    }
    if (said != nullptr && said->value == kClaims) {
      if (found_out(said->last))
        role_.victim += subject() ? 4 : 2;
      else if (!counts_its_own(said->last))
        role_.other += 10;
      return;
    }
    if (said != nullptr && said->value == kComments && !helped) {
      role_.victim += subject() ? 1 : 0;
      return;
    }
    if (said != nullptr && said->value != kDoneTo && tells_us(at, i)) {
      role_.provider += 4;  // "nous a informés": somebody else writes
      return;
    }
    if (said != nullptr && said->value == kTells && passive) {
      bool by = false;  // "a été informé par son hébergeur"; "a été prévenue" says little
      for (std::uint32_t at_by = i + 1; at_by < std::min(sentence_->last, i + 7); ++at_by)
        by = by || document_.is_word(at_by, "par") || document_.is_word(at_by, "by");
      role_.victim += by ? 4 : 1;
      return;
    }
    if (said != nullptr && (said->value == kSays || said->value == kTells) && !(helped && document_.is_word(i, "du"))) {
      role_.victim += subject() ? 4 : 2;
      return;
    }
    if (marks_.on(i, Cue::Auxiliary) || marks_.on(i, Cue::Have)) {
      helped = true;
      passive = passive || marks_.on(i, Cue::Auxiliary);
      continue;
    }
    if (preposition(i) || article(i)) break;
  }
  if (helped && subject()) role_.victim += 2;
}

/// "dit avoir | repéré des téléchargements": what a victim says of itself, and no thief.
bool RoleReader::found_out(std::uint32_t at) const {
  if (!word_at(at)) return false;
  for (const std::string_view stem :
       {"reper", "constat", "decouv", "detect", "identifi", "port",   "saisi",   "inform", "corrig",
        "ferm",  "alert",   "preven", "averti", "refus",    "coup",   "agi",     "reag",   "pris",
        "perdu", "subi",    "ete",    "rien",   "mis",      "appris", "desactiv"}) {
    if (document_.word(at).starts_with(stem))
      return !document_.word(at).starts_with("mis") || !document_.is_word(at + 1, "la");
  }
  return false;
}

/// "qui en revendique un million": its own customers.
bool RoleReader::counts_its_own(std::uint32_t at) const {
  bool number = false;
  for (std::uint32_t i = at; i < std::min(sentence_->last, at + 8); ++i) {
    if (mark_at(i, ',') || mark_at(i, '.')) break;
    number = number || document_.tokens[i].kind == TokenKind::Number || marks_.on(i, Cue::Number);
    if (const CueMatch* counted = match(i, Cue::Person); counted != nullptr && number)
      return !document_.word(i).starts_with("victime");
  }
  return number && at >= 2 && document_.is_word(at - 2, "en");
}

/// "nous" before the verb, or "us" after it.
bool RoleReader::tells_us(std::uint32_t from, std::uint32_t verb_at) const {
  for (std::uint32_t i = from; i < verb_at; ++i) {
    if (document_.is_word(i, "nous")) return french_;
  }
  return !french_ && document_.is_word(verb_at + 1, "us");
}

bool RoleReader::participle(std::uint32_t i) const {
  const std::string_view written = document_.written(i, i + 1);
  if (!french_) return true;
  const std::string_view tail = written.substr(written.size() - std::min<std::size_t>(written.size(), 4));
  return tail.find("é") != std::string_view::npos || document_.word(i).starts_with("compromis");
}

/// Nothing that governs the phrase stands before it: it begins the sentence, or follows a comma or "que".
bool RoleReader::subject() const {
  std::uint32_t at = phrase_first_;
  while (at > sentence_->first && (article(at - 1) || mark_at(at - 1, '"') || mark_at(at - 1, '-'))) --at;
  if (at == sentence_->first) return true;
  const std::uint32_t i = at - 1;
  if (mark_at(i, ',') || mark_at(i, ':') || mark_at(i, ';') || mark_at(i, ')') || mark_at(i, '|')) return true;
  return word_at(i) && (document_.is_word(i, "que") || document_.is_word(i, "qu") || document_.is_word(i, "et") ||
                        document_.is_word(i, "mais") || document_.is_word(i, "and") || document_.is_word(i, "that") ||
                        (marks_.on(i, Cue::Common) && !preposition(i) && !genitive(i) && !contracted(i)));
}

}  // namespace vigifuite::feeds::extract
