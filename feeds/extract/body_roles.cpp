// SPDX-License-Identifier: AGPL-3.0-or-later
// What the words around a name say of its part in a leak.
//
// A name stands in a phrase: "chez | l'opérateur funéraire | Sérénis". The step reads it in three places.
//   the phrase   the nouns right before the name, back to their article: a provider, a group of thieves, a newspaper, a
//                tool, a person's title; or an apposition after it (", le prestataire de la mairie,")
//   the governor what stands before the phrase, with its preposition: "clients de", "piratage de", "prestataire de"
//                (then the name is the customer), "hébergé par", "selon"
//   the verb     what the name is the subject of: "annonce", "a été victime", "revendique", "n'est pas concernée"
// and a name may stand where titles and signatures do. Each gives points; bodies.cpp adds them up.
#include <algorithm>
#include <array>

#include "feeds/extract/role_reader.hpp"

namespace vigifuite::feeds::extract {

RoleReader::RoleReader(const Parsed& parsed)
    : parsed_(parsed), document_(parsed.document), marks_(parsed.marks), french_(parsed.language == Language::French) {
  data_.assign(document_.tokens.size(), false);
  for (const Mention& mention : marks_.mentions) {
    if (mention.categories.empty()) continue;
    for (std::uint32_t i = mention.first; i < mention.last; ++i) data_[i] = true;
  }
}

BodyRole RoleReader::read(const BodyName& name) {
  name_ = &name;
  sentence_ = &document_.sentences[name.sentence];
  role_ = {};
  phrase_first_ = name.first;
  read_name();
  read_phrase();
  if (role_.provider == 0) read_provider_before();
  if (role_.provider == 0) read_governor();
  if (role_.product) role_.victim = std::min(role_.victim, 3);
  read_place();
  const int before = role_.provider;
  read_after();
  const bool said_after = role_.provider >= before + 6;
  if (before >= 6 && role_.provider >= 6 && !said_after && phrase_first_ < name_->first && article(phrase_first_) &&
      !possessive(phrase_first_) && !document_.is_word(phrase_first_, "un") &&
      !document_.is_word(phrase_first_, "une") && subject())
    role_.provider = 3, role_.perhaps = true;  // "L'éditeur X a informé ses clients": nobody else is hit, perhaps
  if (bracketed() || city()) role_.place = true;
  if (english_possessive(name_->last)) role_.place = false;
  if (role_.victim <= -6) role_.provider = 0;  // said to be safe
  return role_;
}

void RoleReader::read_name() {
  const std::uint32_t first = name_->first;
  for (std::uint32_t i = first; i < name_->last; ++i) {
    if (const CueMatch* told = match(i, Cue::Authority); told != nullptr && (i == first || told->value == kTold)) {
      const CueMatch* kind = match(i, Cue::Body);
      if (kind != nullptr && kind->last > told->last) break;  // "police municipale de…"
      if (told->value == kTold)
        role_.other += 9;
      else
        role_.soft = true;
      break;
    }
    if (const CueMatch* media = match(i, Cue::Reporter); media != nullptr && media->value == kByName) role_.other += 9;
    if (i == first && match(i, Cue::Titled) != nullptr) role_.other += 9;  // "Minister for Education"
    if (const CueMatch* thief = match(i, Cue::Attacker); thief != nullptr && thief->value == kByName && i == first)
      role_.other += 9;
  }
  // "Bonjour Sofiane,"
  if (first == sentence_->first + 1 && (document_.is_word(first - 1, "bonjour") || document_.is_word(first - 1, "hi") ||
                                        document_.is_word(first - 1, "hello") || document_.is_word(first - 1, "dear") ||
                                        document_.is_word(first - 1, "cher") || document_.is_word(first - 1, "chere")))
    role_.other += kBarred;
  // "the Sable group", "LockBit gang"
  if (const CueMatch* thief = match(name_->last, Cue::Attacker); !french_ && thief != nullptr && attack_near())
    role_.other += 9;
  // the authority's name goes on before this word: "parquet de Paris"
  if (first >= sentence_->first + 2 && genitive(first - 1) && marks_.on(first - 2, Cue::Authority) && !name_->headed)
    role_.other += 9;
}

bool RoleReader::attack_near() const {
  const std::uint32_t from = name_->first > sentence_->first + 14 ? name_->first - 14 : sentence_->first;
  return marks_.any(from, std::min(sentence_->last, name_->last + 8), Cue::Attack) ||
         marks_.any(from, std::min(sentence_->last, name_->last + 8), Cue::Claims) ||
         marks_.any(from, name_->first, Cue::Misuse) || marks_.any(from, name_->first, Cue::Hit);
}

/// "Nantes", "Rue de Grenelle".
bool RoleReader::city() const {
  return !name_->headed && marks_.on(name_->first, Cue::Alone) &&
         (name_->last == name_->first + 1 || genitive(name_->first + 1));
}

/// Walks back over the nouns and adjectives that stand before the name without a preposition of their own.
void RoleReader::read_phrase() {
  std::uint32_t at = name_->first;
  while (mark_at(at - 1, '"')) --at;
  if (at == sentence_->first) return;
  // ", " between the noun and the name: "notre logisticien, Fretalys,"
  const bool comma = mark_at(at - 1, ',') || mark_at(at - 1, ':');
  std::uint32_t from = comma ? at - 1 : at;
  if (!comma && article(from - 1)) {
    phrase_first_ = from - 1;
    // "l'hébergeur, la société X": another noun may stand before the comma
    return;
  }
  const std::uint32_t stop = from > sentence_->first + kPhrase ? from - kPhrase : sentence_->first;
  std::uint32_t first = from;
  while (first > stop) {
    const std::uint32_t i = first - 1;
    if (!word_at(i) || verb(i)) break;
    if (first == from && !comma && (genitive(i) || preposition(i))) break;
    if (preposition(i) && !document_.is_word(i, "a")) break;
    if (document_.tokens[i].capital && i != sentence_->first && !marks_.on(i, Cue::Common)) break;
    --first;
    if (article(i) || contracted(i)) break;
  }
  if (first == from) return;
  bool told = read_nouns(first, from, comma);
  // "son agrégateur de vols, X", "chez son gestionnaire X": whoever serves the body hit
  if (!told && possessive(first) && from - first > 1 && cue_at(marks_, first + 1, Cue::VictimOf) == nullptr) {
    role_.provider += ours(first) ? 6 : 4;
    told = true;
  }
  if (!comma || told) phrase_first_ = first;
}

/// The first noun of the phrase that has a part decides. True when one did.
bool RoleReader::read_nouns(std::uint32_t first, std::uint32_t last, bool comma) {
  for (std::uint32_t i = first; i < last; ++i) {
    const CueMatch* kind = match(i, Cue::Body);
    if (kind != nullptr && kind->value == kKindBefore && !comma) role_.victim += 1;
    if (const CueMatch* found = match(i, Cue::Provider);
        found != nullptr && found->value == kNoun && found->last <= last) {
      if (customer_inside(found->last, last)) return false;
      role_.provider += 6;
      return true;
    }
    if (const CueMatch* found = match(i, Cue::Titled);
        found != nullptr && found->last <= last && !name_->headed && (!comma || found->last == last)) {
      if (genitive(last - 1)) return false;
      role_.other += kBarred;
      return true;
    }
    if (const CueMatch* found = match(i, Cue::Reporter);
        found != nullptr && found->value != kByName && found->last <= last && !comma) {
      if (owned(first)) return false;  // "les abonnés du quotidien X"
      role_.other += 9;
      return true;
    }
    if (const CueMatch* found = match(i, Cue::Attacker);
        found != nullptr && found->last <= last && !comma && attacker(*found))
      return true;
    if (const CueMatch* found = match(i, Cue::Parent); found != nullptr && found->last <= last) {
      role_.victim -= genitive(found->last - 1) || document_.is_word(found->last - 1, "mere") ? 8 : 3;
      return true;
    }
    if (comma) continue;
    if (const CueMatch* found = match(i, Cue::VictimOf);
        found != nullptr && found->value == kLeakOf && found->last == last) {
      role_.victim += 5;  // "Incident Ornavia", "Cyberattaque Free"
      return true;
    }
    if (match(i, Cue::Person) != nullptr && i + 1 == last && french_ && !data_[i] && plural(i)) {
      role_.victim += 5;  // "les clients Boulanger"
      return true;
    }
    if (match(i, Cue::Product) != nullptr) {
      role_.product = true;
      return true;
    }
  }
  return false;
}

/// Data or persons of what the phrase names stand before it.
bool RoleReader::owned(std::uint32_t phrase) const {
  if (phrase <= sentence_->first || !(contracted(phrase) || genitive(phrase - 1))) return false;
  const std::uint32_t noun = contracted(phrase) ? phrase - 1 : phrase - 2;
  if (noun < sentence_->first || !word_at(noun)) return false;
  return match(noun, Cue::Person) != nullptr || marks_.on(noun, Cue::VictimOf);
}

bool RoleReader::plural(std::uint32_t i) const {
  return document_.word(i).ends_with('s') || document_.word(i).ends_with('x');
}

/// Not "notre magasin, X" nor "notre directrice, X".
bool RoleReader::served_by(std::uint32_t noun) const {
  return match(noun, Cue::Titled) == nullptr && match(noun, Cue::Body) == nullptr &&
         match(noun, Cue::VictimOf) == nullptr && match(noun, Cue::Person) == nullptr &&
         match(noun, Cue::Product) == nullptr && match(noun, Cue::Thing) == nullptr;
}

/// "le prestataire de la mairie Axerno" says nothing; "prestataire de vote électronique Urna" does.
bool RoleReader::customer_inside(std::uint32_t first, std::uint32_t last) const {
  return first + 1 == last && genitive(first);
}

/// "le groupe X" may be a company: only quotes, or words about the attack, make it a gang.
bool RoleReader::attacker(const CueMatch& found) {
  static constexpr std::array<std::string_view, 8> kPlaces = {"forum",      "forums",      "canal",   "blog",
                                                              "messagerie", "marketplace", "channel", "place"};
  if (among(document_.word(found.first), kPlaces) && !sold_at(found.first)) return false;
  const bool group = document_.is_word(found.first, "groupe") || document_.is_word(found.first, "collectif") ||
                     document_.is_word(found.first, "group");
  const bool plain = found.last - found.first == 1 && group;
  const bool quoted = name_->first > sentence_->first && mark_at(name_->first - 1, '"');
  if (plain && !quoted && !(by(found.first) && attack_near()) && !loots()) return false;
  if (plain && french_ && name_->headed) return false;
  role_.other += 12;
  return true;
}

/// "sur le forum X"
bool RoleReader::sold_at(std::uint32_t i) const {
  const std::uint32_t stop = i > sentence_->first + 3 ? i - 3 : sentence_->first;
  for (std::uint32_t at = i; at-- > stop;) {
    if (document_.is_word(at, "sur") || document_.is_word(at, "on") || document_.is_word(at, "dans") ||
        document_.is_word(at, "via"))
      return true;
  }
  return false;
}

/// "le groupe X a publié, a déversé": what a gang does with its loot.
bool RoleReader::loots() const {
  for (std::uint32_t i = name_->last; i < std::min(sentence_->last, name_->last + 5); ++i) {
    if (!word_at(i)) return false;
    if (match(i, Cue::Claims) != nullptr || marks_.on(i, Cue::Misuse)) return true;
    for (const std::string_view stem :
         {"diffus", "publi", "divulgu", "devers", "balanc", "dump", "releas", "post", "leak"}) {
      if (document_.word(i).starts_with(stem)) return true;
    }
    const CueMatch* said = match(i, Cue::Announces);
    if (said != nullptr && said->value == kClaims) return true;
  }
  return false;
}

bool RoleReader::by(std::uint32_t i) const {
  for (std::uint32_t at = i; at > sentence_->first && at + 3 > i; --at) {
    if (document_.is_word(at - 1, "par") || document_.is_word(at - 1, "by")) return true;
  }
  return false;
}

/// "l'hébergeur, la société X", "emploie comme hébergeur la société X".
void RoleReader::read_provider_before() {
  std::uint32_t at = phrase_first_;
  if (mark_at(at - 1, ',') || mark_at(at - 1, ':') || mark_at(at - 1, '(')) --at;
  const std::uint32_t stop = at > sentence_->first + 7 ? at - 7 : sentence_->first;
  for (std::uint32_t i = at; i-- > stop;) {
    if (!word_at(i) || verb(i)) return;
    if (ours(i) && at != phrase_first_ && i + 1 < at && served_by(i + 1)) {
      role_.provider += 6;  // "notre expert-comptable, le cabinet X"
      return;
    }
    if (const CueMatch* found = match(i, Cue::Provider);
        found != nullptr && found->value == kNoun && found->last <= at) {
      // right before it, or with what completes it and then a comma
      if (found->last == at || at != phrase_first_) role_.provider += 6;
      return;
    }
    if (at == phrase_first_ && i + 2 < at) return;
  }
}

std::vector<BodyRole> judge_roles(const Parsed& parsed, const std::vector<BodyName>& names) {
  RoleReader reader(parsed);
  std::vector<BodyRole> roles;
  roles.reserve(names.size());
  for (const BodyName& name : names) roles.push_back(reader.read(name));
  return roles;
}

}  // namespace vigifuite::feeds::extract
