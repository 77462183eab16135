// SPDX-License-Identifier: AGPL-3.0-or-later
// What the words before a phrase say of the name in it: "clients de", "prestataire de", "hébergé par", "chez".
#include <algorithm>
#include <array>

#include "feeds/extract/role_reader.hpp"

namespace vigifuite::feeds::extract {

void RoleReader::read_governor() {
  std::uint32_t at = phrase_first_;
  while (mark_at(at - 1, '"')) --at;
  if (at > sentence_->first && article(at - 1)) --at;
  if (at <= sentence_->first) return;
  const std::uint32_t i = at - 1;
  const bool inside = contracted(at) && at < name_->first;  // the phrase itself begins with "du", "au"
  const std::uint32_t link = inside ? at : i;
  if (inside || word_at(i)) {
    if (genitive(link)) return after_genitive(link);
    if (preposition(link) || contracted(link)) return after_preposition(link);
  }
  if (french_ && word_at(i) && match(i, Cue::VictimOf) != nullptr) return;
  if (french_ && one_of_them(i)) {
    role_.victim += 5;
    role_.owner = true;
    return;
  }
  inverted(i);
}

/// The noun that a genitive depends on: "les clients de", "le prestataire informatique de".
void RoleReader::after_genitive(std::uint32_t link) {
  const std::uint32_t stop = link > sentence_->first + 7 ? link - 7 : sentence_->first;
  for (std::uint32_t i = link; i-- > stop;) {
    if (!word_at(i) && document_.tokens[i].kind != TokenKind::Number) {
      if (!mark_at(i, '"')) return;
      continue;
    }
    if (verb(i)) return;
    if (governor(i, link)) return;
    if (possessive(i) && i + 1 < link && !name_->headed &&
        (city() || match(i + 1, Cue::Thing) != nullptr || match(i + 1, Cue::Product) != nullptr)) {
      role_.place = true;  // "cambriolage de notre agence de Thonac"
      return;
    }
    if (preposition(i) && !document_.is_word(i, "a") && !contracted(i)) return;
  }
}

bool RoleReader::governor(std::uint32_t i, std::uint32_t link) {
  if (const CueMatch* found = match(i, Cue::Provider);
      found != nullptr && found->value == kNoun && found->last <= link) {
    role_.victim += 5;
    return true;
  }
  const CueMatch* theirs = match(i, Cue::VictimOf);  // "the website of X"
  if (const CueMatch* found = match(i, Cue::Reporter); found != nullptr && found->value != kByName &&
                                                       found->last <= link &&
                                                       (french_ || theirs == nullptr || theirs->value != kTheirs)) {
    role_.other += 4;
    return true;
  }
  if (const CueMatch* found = match(i, Cue::Parent); found != nullptr) {
    role_.victim -= 8;
    return true;
  }
  if (const CueMatch* found = match(i, Cue::VictimOf); found != nullptr && found->last <= link) {
    if (found->value == kLeakOf) role_.victim += 6;
    if (found->value == kTheirs) {
      role_.victim += 4;
      role_.owner = true;
    }
    if (found->value == kSpeaksFor) role_.victim += 3;
    return found->value != kField;
  }
  if (match(i, Cue::Attacker) != nullptr && !name_->headed && attack_near()) {
    role_.other += 6;
    return true;
  }
  if (match(i, Cue::Person) != nullptr) {
    if (one_customer(i)) {
      role_.provider += 6;
    } else {
      role_.victim += 6;
      role_.owner = true;
    }
    return true;
  }
  if (french_ && i + 1 == link && does_something(i)) {
    role_.victim += 5;
    role_.owner = true;
    return true;
  }
  if (match(i, Cue::Authority) != nullptr && !name_->headed) {
    role_.other += 9;
    return true;
  }
  return false;
}

/// "les caristes de", "tous les randonneurs de": persons that no list has.
bool RoleReader::does_something(std::uint32_t i) const {
  static constexpr std::array<std::string_view, 8> kEnds = {"istes",  "eurs",  "iers",   "iens",
                                                            "trices", "euses", "logues", "ants"};
  const std::string_view word = document_.word(i);
  if (word.size() < 7 || i == sentence_->first || match(i, Cue::Thing) != nullptr || marks_.on(i, Cue::Data) ||
      !(article(i - 1) || contracted(i - 1) || document_.tokens[i - 1].kind == TokenKind::Number))
    return false;
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view tail) { return word.ends_with(tail); });
}

/// "Ornavia, client d'Expédilog": a body that is served.
bool RoleReader::one_customer(std::uint32_t i) const {
  const bool customer = document_.is_word(i, "client") || document_.is_word(i, "cliente") ||
                        document_.is_word(i, "customer") || document_.is_word(i, "clients");
  if (!customer || i == sentence_->first) return false;
  return mark_at(i - 1, ',') || (word_at(i - 1) && marks_.on(i - 1, Cue::Auxiliary)) ||
         (!french_ && article(i - 1) && i >= sentence_->first + 2 && mark_at(i - 2, ','));
}

void RoleReader::after_preposition(std::uint32_t link) {
  const std::string_view word = document_.word(link);
  const bool leak = leak_before(link);
  if (french_ && located(link)) role_.located = true;
  if (word == "chez" || word == "at") {
    role_.victim += leak ? 6 : 4;
    role_.at = leak;
  } else if (word == "contre" || word == "against")
    role_.victim += 5;
  else if (word == "par" || word == "by")
    by_name(link);
  else if (word == "pour" || word == "for")
    role_.victim += serves_before(link) ? 5 : 0;
  else if (word == "via")
    role_.provider += 2;
  else if (word == "selon" || word == "apres")
    role_.other += 0;
  else if (word == "sur" || word == "with" || word == "on" || word == "from")
    role_.victim += theirs_before(link) ? 4 : 0;
  else if (word == "au" || word == "aux" || word == "a") {
    if (fined(link)) {
      role_.victim += 6;
      return;
    }
    if (entrusts(link)) {
      role_.provider += 6;
      return;
    }
    if (link >= sentence_->first + 2 && mark_at(link - 1, ',') &&
        (document_.is_word(link - 2, "nous") || document_.is_word(link - 2, "us"))) {
      role_.victim += 7;  // "chez nous, au Cercle des nageurs"
      return;
    }
    // "vol de données à la régie", "pris à la commune", but "un piratage à Lille" is a place
    const bool bare = word == "a" && link + 1 == name_->first && !name_->headed;
    const bool theirs = link > sentence_->first && document_.word(link - 1).starts_with("apparten");
    const bool taken = link > sentence_->first && marks_.on(link - 1, Cue::Hit) && !bare;
    role_.victim += theirs || taken || (leak && !bare) ? 5 : 0;
    role_.place = bare;
  } else if (word == "in" || word == "dans") {
    role_.victim += leak && name_->headed ? 3 : 0;
    role_.place = !name_->headed;
  }
}

/// "Parmi eux, | la mutuelle X", "ses clients, dont | la mutuelle X"
bool RoleReader::one_of_them(std::uint32_t i) const {
  if (document_.is_word(i, "dont") && i >= sentence_->first + 2)
    return mark_at(i - 1, ',') && match(i - 2, Cue::Person) != nullptr;
  return mark_at(i, ',') && i == sentence_->first + 2 && document_.is_word(i - 2, "parmi");
}

/// "inflige une amende de 1,5 million d'euros à | Locaveo"
bool RoleReader::fined(std::uint32_t link) const {
  const std::uint32_t stop = link > sentence_->first + 10 ? link - 10 : sentence_->first;
  return marks_.any(stop, link, Cue::Fine);
}

/// "avait confié sa billetterie à | la société X"
bool RoleReader::entrusts(std::uint32_t link) const {
  const std::uint32_t stop = link > sentence_->first + 8 ? link - 8 : sentence_->first;
  for (std::uint32_t i = link; i-- > stop;) {
    if (!word_at(i)) return false;
    for (const std::string_view stem : {"confi", "externalis", "entrust", "outsourc"}) {
      if (document_.word(i).starts_with(stem)) return document_.word(i).find("confirm") == std::string_view::npos;
    }
    if (document_.word(i).starts_with("sous") && i + 1 < link && document_.word(i + 1).starts_with("trait"))
      return true;
  }
  return false;
}

/// "À Lormont-le-Haut et à | Sainte-Foix, 5 100 familles": towns begin the clause, and nothing in it is denied.
bool RoleReader::located(std::uint32_t link) const {
  if (!document_.is_word(link, "a") && !document_.is_word(link, "au")) return false;
  std::uint32_t at = link;
  while (at > sentence_->first &&
         (document_.tokens[at - 1].capital || document_.tokens[at - 1].hyphen || document_.is_word(at - 1, "et") ||
          document_.is_word(at - 1, "a") || mark_at(at - 1, ',')))
    --at;
  if (at != sentence_->first && !mark_at(at - 1, ';')) return false;
  if (!mark_at(name_->last, ',') && !document_.is_word(name_->last, "et")) return false;
  return !marks_.any(name_->last, std::min(sentence_->last, name_->last + kAside), Cue::Ne);
}

bool RoleReader::leak_before(std::uint32_t link) const {
  const std::uint32_t stop = link > sentence_->first + 8 ? link - 8 : sentence_->first;
  for (std::uint32_t i = link; i-- > stop;) {
    if (verb(i)) return false;
    if (const CueMatch* found = match(i, Cue::VictimOf); found != nullptr && found->value == kLeakOf) return true;
    if (marks_.on(i, Cue::Leak) || marks_.on(i, Cue::Attack)) return true;
  }
  return false;
}

bool RoleReader::theirs_before(std::uint32_t link) const {
  const std::uint32_t stop = link > sentence_->first + 4 ? link - 4 : sentence_->first;
  for (std::uint32_t i = link; i-- > stop;) {
    if (const CueMatch* found = match(i, Cue::VictimOf); found != nullptr && found->value == kTheirs) return true;
    if (match(i, Cue::Person) != nullptr || document_.word(i).starts_with("inscri") ||
        document_.word(i).starts_with("command"))
      return true;
  }
  return false;
}

bool RoleReader::serves_before(std::uint32_t link) const {
  const std::uint32_t stop = link > sentence_->first + 12 ? link - 12 : sentence_->first;
  if (document_.is_word(link + 1, "le") && document_.is_word(link + 2, "compte")) return true;
  return marks_.any(stop, link, Cue::Provider);
}

/// "Les RIB ne sont pas en cause, étant gérés par | la Trésorerie": what it handles is what did not leak.
bool RoleReader::keeps_safe(std::uint32_t i) const {
  const std::uint32_t from = i > sentence_->first + 2 ? i - 2 : sentence_->first;
  for (std::uint32_t at = from; at < i; ++at) {
    if (document_.is_word(at, "etant")) return true;
  }
  return false;
}

/// "retenue par | la mairie", "utilisé par": who pays for a service.
bool RoleReader::hires(std::uint32_t i) const {
  static constexpr std::array<std::string_view, 12> kStems = {"utilis",   "employ",  "retenu",     "choisi",
                                                              "mandat",   "mission", "selectionn", "recrut",
                                                              "sollicit", "used",    "hired",      "retained"};
  const std::string_view word = document_.word(i);
  return std::any_of(kStems.begin(), kStems.end(), [&](std::string_view stem) { return word.starts_with(stem); });
}

/// "annoncée par X", "hébergé par X", "revendiquée par X".
void RoleReader::by_name(std::uint32_t link) {
  const std::uint32_t stop = link > sentence_->first + 4 ? link - 4 : sentence_->first;
  for (std::uint32_t i = link; i-- > stop;) {
    if (!word_at(i)) return;
    const CueMatch* provider = match(i, Cue::Provider);
    if (provider != nullptr && provider->value == kDoneBy) {
      if (!keeps_safe(i)) role_.provider += 6;
    } else if (marks_.on(i, Cue::Claims))
      role_.other += 12;
    else if (const CueMatch* media = match(i, Cue::Reporter); media != nullptr && media->last == link + 1)
      role_.other += 4;
    else if (const CueMatch* said = match(i, Cue::Announces); said != nullptr && said->value != kClaims)
      role_.victim += 3;
    else if (hires(i))
      role_.victim += 5;
    else if (marks_.on(i, Cue::Misuse))
      role_.other += name_->headed ? 0 : 4;
    else
      continue;
    return;
  }
}

/// "martèle la fédération", "d'après l'enquête, confirme X": said by it.
void RoleReader::inverted(std::uint32_t i) {
  const CueMatch* said = match(i, Cue::Announces);
  if (said == nullptr || said->value != kSays || i == sentence_->first) return;
  if (mark_at(i - 1, ',') || mark_at(i - 1, '"'))
    role_.victim += 2;
  else if (marks_.any(i > sentence_->first + 3 ? i - 3 : sentence_->first, i, Cue::Have))
    role_.victim += 3;
}

}  // namespace vigifuite::feeds::extract
