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
#include <array>

#include "feeds/extract/body_roles.hpp"
#include "feeds/extract/cue_index.hpp"

namespace vigifuite::feeds::extract {
namespace {

// The numbers of lexicon/bodies.toml.
constexpr std::int64_t kSays = 1, kSuffers = 2, kClaims = 3, kDoneTo = 4, kTells = 5;  // announces
constexpr std::int64_t kLeakOf = 1, kTheirs = 2, kSpeaksFor = 3, kField = 4;           // victim_of
constexpr std::int64_t kNoun = 1, kDoneBy = 2, kServes = 3;                            // provider
constexpr std::int64_t kKindBefore = 2;                                                // body
constexpr std::int64_t kByName = 2;                                                    // attacker, reporter
constexpr std::int64_t kTold = 1;                                                      // authority

constexpr std::uint32_t kPhrase = 8;  ///< tokens of a phrase before the name
constexpr std::uint32_t kAside = 30;  ///< tokens of an apposition between commas
constexpr int kBarred = 20;

template <std::size_t N>
bool among(std::string_view word, const std::array<std::string_view, N>& words) {
  for (const std::string_view candidate : words) {
    if (word == candidate) return true;
  }
  return false;
}

class RoleReader {
 public:
  explicit RoleReader(const Parsed& parsed)
      : parsed_(parsed),
        document_(parsed.document),
        marks_(parsed.marks),
        french_(parsed.language == Language::French) {
    data_.assign(document_.tokens.size(), false);
    for (const Mention& mention : marks_.mentions) {
      if (mention.categories.empty()) continue;
      for (std::uint32_t i = mention.first; i < mention.last; ++i) data_[i] = true;
    }
  }

  BodyRole read(const BodyName& name) {
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
    read_after();
    if (role_.provider >= 6 && phrase_first_ < name_->first && article(phrase_first_) && !possessive(phrase_first_) &&
        !document_.is_word(phrase_first_, "un") && !document_.is_word(phrase_first_, "une") && subject())
      role_.provider = 3;  // "L'éditeur X a informé ses clients": nobody else is hit, perhaps
    if (bracketed() || city()) role_.place = true;
    if (role_.victim <= -6) role_.provider = 0;  // said to be safe
    return role_;
  }

 private:
  bool word_at(std::uint32_t i) const {
    return i >= sentence_->first && i < sentence_->last && document_.tokens[i].kind == TokenKind::Word;
  }
  bool mark_at(std::uint32_t i, char mark) const {
    return i >= sentence_->first && i < sentence_->last && document_.is_mark(i, mark);
  }
  /// A match of `cue` that covers `token` from its first word, or nullptr.
  const CueMatch* match(std::uint32_t token, Cue cue) const {
    return token < sentence_->last ? cue_at(marks_, token, cue) : nullptr;
  }

  bool article(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 25> kWords = {
        "le",   "la",    "les", "l",     "un", "une", "notre", "nos", "votre", "vos", "son",   "sa",  "ses",
        "leur", "leurs", "cet", "cette", "ce", "the", "a",     "an",  "our",   "its", "their", "your"};
    if (!word_at(i)) return false;
    if (document_.word(i) == "a" && french_) return false;
    return among(document_.word(i), kWords);
  }
  bool contracted(std::uint32_t i) const {
    return word_at(i) && (document_.is_word(i, "du") || document_.is_word(i, "au") || document_.is_word(i, "des") ||
                          document_.is_word(i, "aux"));
  }
  bool genitive(std::uint32_t i) const {
    return word_at(i) && (document_.is_word(i, "de") || document_.is_word(i, "d") || document_.is_word(i, "du") ||
                          document_.is_word(i, "des") || document_.is_word(i, "of"));
  }
  bool possessive(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 9> kWords = {"son",  "sa",    "ses", "notre", "nos",
                                                               "leur", "leurs", "its", "our"};
    return word_at(i) && among(document_.word(i), kWords);
  }
  bool preposition(std::uint32_t i) const {
    if (i + 1 < sentence_->last && document_.tokens[i + 1].hyphen) return false;  // "sous-traitant"
    static constexpr std::array<std::string_view, 34> kWords = {
        "chez", "par",  "contre", "a",     "au",      "aux",  "pour", "sur", "dans", "selon", "via",   "avec",
        "sous", "vers", "apres",  "avant", "depuis",  "que",  "dont", "ou",  "et",   "mais",  "comme", "at",
        "by",   "for",  "from",   "to",    "against", "with", "on",   "in",  "and",  "or"};
    return word_at(i) && among(document_.word(i), kWords);
  }
  bool verb(std::uint32_t i) const {
    return word_at(i) && (marks_.on(i, Cue::Auxiliary) || (marks_.on(i, Cue::Have) && document_.word(i) != "a") ||
                          marks_.on(i, Cue::Ne));
  }

  // The name itself.

  void read_name() {
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
      if (const CueMatch* media = match(i, Cue::Reporter); media != nullptr && media->value == kByName)
        role_.other += 9;
      if (i == first && match(i, Cue::Titled) != nullptr) role_.other += 9;  // "Minister for Education"
      if (const CueMatch* thief = match(i, Cue::Attacker); thief != nullptr && thief->value == kByName && i == first)
        role_.other += 9;
    }
    // "the Sable group", "LockBit gang"
    if (const CueMatch* thief = match(name_->last, Cue::Attacker); !french_ && thief != nullptr && attack_near())
      role_.other += 9;
    // the authority's name goes on before this word: "parquet de Paris"
    if (first >= sentence_->first + 2 && genitive(first - 1) && marks_.on(first - 2, Cue::Authority) && !name_->headed)
      role_.other += 9;
  }
  bool attack_near() const {
    const std::uint32_t from = name_->first > sentence_->first + 14 ? name_->first - 14 : sentence_->first;
    return marks_.any(from, std::min(sentence_->last, name_->last + 8), Cue::Attack) ||
           marks_.any(from, std::min(sentence_->last, name_->last + 8), Cue::Claims) ||
           marks_.any(from, name_->first, Cue::Misuse) || marks_.any(from, name_->first, Cue::Hit);
  }

  /// "Nantes", "Rue de Grenelle".
  bool city() const {
    return !name_->headed && marks_.on(name_->first, Cue::Alone) &&
           (name_->last == name_->first + 1 || genitive(name_->first + 1));
  }

  // The phrase before it.

  /// Walks back over the nouns and adjectives that stand before the name without a preposition of their own.
  void read_phrase() {
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
      role_.provider += 4;
      told = true;
    }
    if (!comma || told) phrase_first_ = first;
  }

  /// The first noun of the phrase that has a part decides. True when one did.
  bool read_nouns(std::uint32_t first, std::uint32_t last, bool comma) {
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
  bool plural(std::uint32_t i) const { return document_.word(i).ends_with('s') || document_.word(i).ends_with('x'); }
  /// "le prestataire de la mairie Axerno" says nothing; "prestataire de vote électronique Urna" does.
  bool customer_inside(std::uint32_t first, std::uint32_t last) const { return first + 1 == last && genitive(first); }
  /// "le groupe X" may be a company: only quotes, or words about the attack, make it a gang.
  bool attacker(const CueMatch& found) {
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
  bool sold_at(std::uint32_t i) const {
    const std::uint32_t stop = i > sentence_->first + 3 ? i - 3 : sentence_->first;
    for (std::uint32_t at = i; at-- > stop;) {
      if (document_.is_word(at, "sur") || document_.is_word(at, "on") || document_.is_word(at, "dans") ||
          document_.is_word(at, "via"))
        return true;
    }
    return false;
  }
  /// "le groupe X a publié, a déversé": what a gang does with its loot.
  bool loots() const {
    for (std::uint32_t i = name_->last; i < std::min(sentence_->last, name_->last + 5); ++i) {
      if (!word_at(i)) return false;
      if (match(i, Cue::Claims) != nullptr || marks_.on(i, Cue::Misuse)) return true;
      const CueMatch* said = match(i, Cue::Announces);
      if (said != nullptr && said->value == kClaims) return true;
    }
    return false;
  }
  bool by(std::uint32_t i) const {
    for (std::uint32_t at = i; at > sentence_->first && at + 3 > i; --at) {
      if (document_.is_word(at - 1, "par") || document_.is_word(at - 1, "by")) return true;
    }
    return false;
  }

  /// "l'hébergeur, la société X", "emploie comme hébergeur la société X".
  void read_provider_before() {
    std::uint32_t at = phrase_first_;
    if (mark_at(at - 1, ',') || mark_at(at - 1, ':')) --at;
    const std::uint32_t stop = at > sentence_->first + 7 ? at - 7 : sentence_->first;
    for (std::uint32_t i = at; i-- > stop;) {
      if (!word_at(i) || verb(i)) return;
      if (const CueMatch* found = match(i, Cue::Provider);
          found != nullptr && found->value == kNoun && found->last <= at) {
        // right before it, or with what completes it and then a comma
        if (found->last == at || at != phrase_first_) role_.provider += 6;
        return;
      }
      if (at == phrase_first_ && i + 2 < at) return;
    }
  }

  // What governs the phrase.

  void read_governor() {
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
    inverted(i);
  }

  /// The noun that a genitive depends on: "les clients de", "le prestataire informatique de".
  void after_genitive(std::uint32_t link) {
    const std::uint32_t stop = link > sentence_->first + 7 ? link - 7 : sentence_->first;
    for (std::uint32_t i = link; i-- > stop;) {
      if (!word_at(i) && document_.tokens[i].kind != TokenKind::Number) {
        if (!mark_at(i, '"')) return;
        continue;
      }
      if (verb(i)) return;
      if (governor(i, link)) return;
      if (preposition(i) && !document_.is_word(i, "a") && !contracted(i)) return;
    }
  }
  bool governor(std::uint32_t i, std::uint32_t link) {
    if (const CueMatch* found = match(i, Cue::Provider);
        found != nullptr && found->value == kNoun && found->last <= link) {
      role_.victim += 5;
      return true;
    }
    if (const CueMatch* found = match(i, Cue::Reporter);
        found != nullptr && found->value != kByName && found->last <= link) {
      role_.other += 4;
      return true;
    }
    if (const CueMatch* found = match(i, Cue::Parent); found != nullptr) {
      role_.victim -= 8;
      return true;
    }
    if (const CueMatch* found = match(i, Cue::VictimOf); found != nullptr && found->last <= link) {
      if (found->value == kLeakOf) role_.victim += 6;
      if (found->value == kTheirs) role_.victim += 4;
      if (found->value == kSpeaksFor) role_.victim += 3;
      return found->value != kField;
    }
    if (match(i, Cue::Attacker) != nullptr && !name_->headed && attack_near()) {
      role_.other += 6;
      return true;
    }
    if (match(i, Cue::Person) != nullptr) {
      role_.victim += 6;
      return true;
    }
    if (match(i, Cue::Authority) != nullptr && !name_->headed) {
      role_.other += 9;
      return true;
    }
    return false;
  }

  void after_preposition(std::uint32_t link) {
    const std::string_view word = document_.word(link);
    const bool leak = leak_before(link);
    if (word == "chez" || word == "at")
      role_.victim += leak ? 6 : 4;
    else if (word == "contre" || word == "against")
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
  bool leak_before(std::uint32_t link) const {
    const std::uint32_t stop = link > sentence_->first + 8 ? link - 8 : sentence_->first;
    for (std::uint32_t i = link; i-- > stop;) {
      if (verb(i)) return false;
      if (const CueMatch* found = match(i, Cue::VictimOf); found != nullptr && found->value == kLeakOf) return true;
      if (marks_.on(i, Cue::Leak) || marks_.on(i, Cue::Attack)) return true;
    }
    return false;
  }
  bool theirs_before(std::uint32_t link) const {
    const std::uint32_t stop = link > sentence_->first + 4 ? link - 4 : sentence_->first;
    for (std::uint32_t i = link; i-- > stop;) {
      if (const CueMatch* found = match(i, Cue::VictimOf); found != nullptr && found->value == kTheirs) return true;
      if (match(i, Cue::Person) != nullptr || document_.word(i).starts_with("inscri") ||
          document_.word(i).starts_with("command"))
        return true;
    }
    return false;
  }
  bool serves_before(std::uint32_t link) const {
    const std::uint32_t stop = link > sentence_->first + 12 ? link - 12 : sentence_->first;
    if (document_.is_word(link + 1, "le") && document_.is_word(link + 2, "compte")) return true;
    return marks_.any(stop, link, Cue::Provider);
  }
  /// "annoncée par X", "hébergé par X", "revendiquée par X".
  void by_name(std::uint32_t link) {
    const std::uint32_t stop = link > sentence_->first + 4 ? link - 4 : sentence_->first;
    for (std::uint32_t i = link; i-- > stop;) {
      if (!word_at(i)) return;
      const CueMatch* provider = match(i, Cue::Provider);
      if (provider != nullptr && provider->value == kDoneBy)
        role_.provider += 6;
      else if (marks_.on(i, Cue::Claims))
        role_.other += 12;
      else if (const CueMatch* media = match(i, Cue::Reporter); media != nullptr && media->last == link + 1)
        role_.other += 4;
      else if (const CueMatch* said = match(i, Cue::Announces); said != nullptr && said->value != kClaims)
        role_.victim += 3;
      else if (document_.word(i).starts_with("utilis") || document_.word(i).starts_with("employ"))
        role_.victim += 3;
      else if (marks_.on(i, Cue::Misuse))
        role_.other += name_->headed ? 0 : 4;
      else
        continue;
      return;
    }
  }
  /// "martèle la fédération", "d'après l'enquête, confirme X": said by it.
  void inverted(std::uint32_t i) {
    const CueMatch* said = match(i, Cue::Announces);
    if (said == nullptr || said->value != kSays || i == sentence_->first) return;
    if (mark_at(i - 1, ',') || mark_at(i - 1, '"'))
      role_.victim += 2;
    else if (marks_.any(i > sentence_->first + 3 ? i - 3 : sentence_->first, i, Cue::Have))
      role_.victim += 3;
  }

  // Where titles and signatures stand.

  bool bracketed() const { return mark_at(name_->first - 1, '(') && mark_at(name_->last, ')'); }

  void read_place() {
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
  bool labels(std::uint32_t first, std::uint32_t last) const {
    bool label = false;
    for (std::uint32_t i = first; i < last && i < first + 6; ++i) {
      const CueMatch* found = match(i, Cue::VictimOf);
      label = label || (found != nullptr && found->value == kField);
      if (match(i, Cue::Provider) != nullptr) return false;
    }
    return label && last - first <= 5;
  }
  bool only_articles(std::uint32_t at) const {
    while (at > sentence_->first &&
           (article(at - 1) || mark_at(at - 1, '"') || mark_at(at - 1, '-') || marks_.on(at - 1, Cue::Common)))
      --at;
    return at == sentence_->first;
  }
  /// The line has the name and hardly anything else.
  bool whole_line() const { return sentence_->last - sentence_->first <= name_->last - name_->first + 3; }
  /// A short line at the end, or what follows a last dash: "L'équipe Molotov", "– Maison Delorme".
  bool signature() const {
    const bool line =
        sentence_->shape == Shape::Heading && sentence_->end != ':' && sentence_->last - sentence_->first <= 14;
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

  // What follows it.

  void read_after() {
    std::uint32_t at = name_->last;
    while (mark_at(at, '"')) ++at;
    if (mark_at(at, '(')) at = past_bracket(at);
    if (!french_ && word_at(at) && !document_.tokens[at].spaced && document_.is_word(at, "s")) return possessed(at + 1);
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
  std::uint32_t past_bracket(std::uint32_t at) const {
    for (std::uint32_t i = at; i < std::min(sentence_->last, at + 12); ++i) {
      if (mark_at(i, ')')) return i + 1;
    }
    return at;
  }
  /// Past the comma that closes an apposition which begins at `from`, or 0.
  std::uint32_t past_comma(std::uint32_t from) const {
    for (std::uint32_t i = from; i < std::min(sentence_->last, from + kAside); ++i) {
      if (mark_at(i, ',')) return i + 1;
      if (mark_at(i, ';') || mark_at(i, ':')) return 0;
    }
    return 0;
  }
  /// ", le prestataire de la mairie", ", qui héberge la paie de…", ", victime d'une…", ", directeur de…".
  void apposition(std::uint32_t at) {
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
      if (i == at && match(i, Cue::Reporter) != nullptr) role_.other += 9;
      if (i == at && match(i, Cue::Attacker) != nullptr && attack_near()) role_.other += 6;
    }
  }

  /// "Tutoring's help desk", "X's customers".
  void possessed(std::uint32_t at) {
    for (std::uint32_t i = at; i < std::min(sentence_->last, at + 4); ++i) {
      if (match(i, Cue::Provider) != nullptr) {
        role_.victim += 4;
        return;
      }
    }
    role_.victim += 3;
  }
  /// "Marriott guests", "Equifax data breach".
  void noun_follows(std::uint32_t at) {
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
      if (preposition(i) || verb(i) || article(i)) return;
    }
  }

  void read_verb(std::uint32_t at) {
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
      if (negated && passive && (marks_.on(i, Cue::Hit) || marks_.on(i, Cue::Safe))) {
        if (subject()) role_.victim -= 8;
        return;
      }
      const CueMatch* said = match(i, Cue::Announces);
      if (said != nullptr && said->value == kDoneTo && (helped || participle(i))) {
        role_.victim += !negated ? 6 : subject() ? -8 : 0;
        return;
      }
      if (said != nullptr && said->value == kSuffers) {
        role_.victim += 6;
        return;
      }
      if (said != nullptr && said->value == kClaims) {
        role_.other += 10;
        return;
      }
      if (said != nullptr && (said->value == kSays || said->value == kTells) &&
          !(helped && document_.is_word(i, "du"))) {
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
  bool participle(std::uint32_t i) const {
    const std::string_view written = document_.written(i, i + 1);
    if (!french_) return true;
    const std::string_view tail = written.substr(written.size() - std::min<std::size_t>(written.size(), 4));
    return tail.find("é") != std::string_view::npos || document_.word(i).starts_with("compromis");
  }
  /// Nothing that governs the phrase stands before it: it begins the sentence, or follows a comma or "que".
  bool subject() const {
    std::uint32_t at = phrase_first_;
    while (at > sentence_->first && (article(at - 1) || mark_at(at - 1, '"') || mark_at(at - 1, '-'))) --at;
    if (at == sentence_->first) return true;
    const std::uint32_t i = at - 1;
    if (mark_at(i, ',') || mark_at(i, ':') || mark_at(i, ';') || mark_at(i, ')') || mark_at(i, '|')) return true;
    return word_at(i) && (document_.is_word(i, "que") || document_.is_word(i, "qu") || document_.is_word(i, "et") ||
                          document_.is_word(i, "mais") || document_.is_word(i, "and") || document_.is_word(i, "that") ||
                          marks_.on(i, Cue::Common));
  }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  bool french_;
  const BodyName* name_ = nullptr;
  const Sentence* sentence_ = nullptr;
  BodyRole role_;
  std::uint32_t phrase_first_ = 0;
  std::vector<bool> data_;  ///< per token: it names data
};

}  // namespace

std::vector<BodyRole> judge_roles(const Parsed& parsed, const std::vector<BodyName>& names) {
  RoleReader reader(parsed);
  std::vector<BodyRole> roles;
  roles.reserve(names.size());
  for (const BodyName& name : names) roles.push_back(reader.read(name));
  return roles;
}

}  // namespace vigifuite::feeds::extract
