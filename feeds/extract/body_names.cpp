// SPDX-License-Identifier: AGPL-3.0-or-later
// Which words may be the name of a body.
//
// Two kinds. A run of capitalised words, with what joins them: "Sanéor Informatique", "Pages d'Encre", "Clé & Toit",
// "23andMe". And what begins with a kind of body, whose words need no capital: "centre communal d'action sociale de
// L…", "fédération de gymnastique rurale". A capital that opens a sentence says little; words that begin sentences and
// name nobody are known (lexicon/bodies.toml: common), and so are words that name no body alone (alone).
#include <array>

#include "feeds/extract/body_names.hpp"
#include "feeds/extract/cue_index.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::int64_t kHead = 1;           ///< of Cue::Body: begins a name
constexpr std::uint32_t kLongestName = 16;  ///< tokens
constexpr std::uint32_t kMostNames = 3000;  ///< of one text

template <std::size_t N>
bool among(std::string_view word, const std::array<std::string_view, N>& words) {
  for (const std::string_view candidate : words) {
    if (word == candidate) return true;
  }
  return false;
}

class NameFinder {
 public:
  explicit NameFinder(const Parsed& parsed)
      : parsed_(parsed),
        document_(parsed.document),
        marks_(parsed.marks),
        french_(parsed.language == Language::French) {}

  std::vector<BodyName> run() {
    mark_mentions();
    for (std::uint32_t s = 0; s < document_.sentences.size(); ++s) {
      const Sentence& sentence = document_.sentences[s];
      begin_ = sentence.first;
      end_ = sentence.last;
      shouted_ = shouted(sentence);
      heading_ = sentence.shape == Shape::Heading;
      for (std::uint32_t i = begin_; i < end_ && names_.size() < kMostNames;) {
        const BodyName name = read(i);
        if (name.last == 0) {
          ++i;
          continue;
        }
        if (!parsed_.elsewhere[name.first]) {
          names_.push_back(name);
          names_.back().sentence = s;
        }
        i = name.last;
      }
    }
    return std::move(names_);
  }

 private:
  /// Tokens that name data: "NIR", "RIB", "carte Vitale".
  void mark_mentions() {
    data_.assign(document_.tokens.size(), false);
    for (const Mention& mention : marks_.mentions) {
      if (mention.categories.empty()) continue;
      for (std::uint32_t i = mention.first; i < mention.last; ++i) data_[i] = true;
    }
  }
  /// Most of its words are in capitals: they say nothing.
  bool shouted(const Sentence& sentence) const {
    std::uint32_t words = 0, capitals = 0;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      if (document_.tokens[i].kind != TokenKind::Word ||
          document_.tokens[i].folded_end - document_.tokens[i].folded < 2)
        continue;
      ++words;
      capitals += document_.tokens[i].capitals ? 1 : 0;
    }
    return words >= 3 && capitals * 3 >= words * 2;
  }

  bool is_word(std::uint32_t i) const { return i < end_ && document_.tokens[i].kind == TokenKind::Word; }
  bool lower(std::uint32_t i) const { return is_word(i) && !document_.tokens[i].capital; }
  bool common(std::uint32_t i) const {
    if (!french_ && (marks_.on(i, Cue::Auxiliary) || marks_.on(i, Cue::Have))) return true;  // "What Was Involved?"
    return marks_.on(i, Cue::Common) && !initial(i) && !after_digits(i);
  }
  /// The "CA" of "5CA".
  bool after_digits(std::uint32_t i) const {
    return i > begin_ && joined(i) && document_.tokens[i - 1].kind == TokenKind::Number;
  }
  /// The "V" of "commune de V…".
  bool initial(std::uint32_t i) const {
    const Token& token = document_.tokens[i];
    return token.capital && token.folded_end - token.folded == 1 && i + 1 < document_.tokens.size() &&
           document_.is_mark(i + 1, '~') && joined_to(i + 1);
  }
  bool joined(std::uint32_t i) const { return i < end_ && !document_.tokens[i].spaced; }
  /// The bytes between a token and the next hold '&': "Duo&Co", "Clé & Toit".
  bool ampersand(std::uint32_t i) const {
    if (i == begin_ || i >= end_) return false;
    const std::uint32_t from = document_.tokens[i - 1].end;
    return document_.text.substr(from, document_.tokens[i].begin - from).find('&') != std::string_view::npos;
  }
  /// A capitalised word that may be a part of a name.
  bool capital(std::uint32_t i) const {
    if (!is_word(i) || !document_.tokens[i].capital || cue_at(marks_, i, Cue::Calendar) != nullptr) return false;
    return !data_[i] ||
           (i > begin_ && document_.tokens[i - 1].capital && !data_[i - 1] && !document_.tokens[i].capitals);
  }
  /// "23andMe", "5CA": digits that a word with a capital goes on with, and no unit ("33M", "18Go").
  bool digits_then_word(std::uint32_t i) const {
    if (i + 1 >= end_ || document_.tokens[i].kind != TokenKind::Number || !is_word(i + 1) || !joined(i + 1))
      return false;
    static constexpr std::array<std::string_view, 12> kUnits = {"go", "mo", "ko", "to",  "gb", "mb",
                                                                "tb", "kb", "md", "mds", "km", "eur"};
    const std::string_view word = document_.word(i + 1);
    const std::string_view written = document_.written(i + 1, i + 2);
    bool upper = false;
    for (const char c : written) upper = upper || (c >= 'A' && c <= 'Z');
    return word.size() >= 2 && upper && !among(word, kUnits);
  }

  /// The name that begins at `i`; `last` is 0 when none does.
  BodyName read(std::uint32_t i) const {
    const CueMatch* head = cue_at(marks_, i, Cue::Body);
    const bool within = head != nullptr && head->last < end_ && document_.tokens[head->last].hyphen;  // "Port-Lenoir"
    if (head != nullptr && head->value == kHead && !within) {
      const BodyName name = headed(*head);
      if (name.last != 0) return name;
    }
    if (digits_then_word(i)) return run_from(i, i + 2);
    if (!shouted_ && capital(i) && (!common(i) || own_article(i))) return run_from(i, i + 1);
    return {};
  }
  /// The article of a name that has its own: "chez La Poste", "Les Foulées de l'Aubrac".
  bool own_article(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 5> kArticles = {"le", "la", "les", "l", "the"};
    const bool named = capital(i + 1) && (!common(i + 1) || (i + 2 < end_ && capital(i + 2) && !common(i + 2)));
    return among(document_.word(i), kArticles) && named && (!opens_sentence(i) || whole_line(i));
  }
  /// Nothing but capitals and what joins them is on the line that `i` begins.
  bool whole_line(std::uint32_t i) const { return grow(i + 1, end_) == end_; }

  // Runs of capitalised words.

  BodyName run_from(std::uint32_t first, std::uint32_t last) const {
    BodyName name;
    name.first = first;
    name.last = grow(std::max(last, registered(first, last)), first + kLongestName);
    while (name.last > name.first && trailing(name.last - 1)) --name.last;
    if (name.last > first + 1) name.last = past_kind(name.last, first + kLongestName);
    bool named = false;
    std::uint32_t capitals = 0;
    for (std::uint32_t i = name.first; i < name.last; ++i) {
      named = named || (document_.tokens[i].kind == TokenKind::Word && !common(i) && !marks_.on(i, Cue::Alone) &&
                        (document_.tokens[i].capital || i == first + 1));
      capitals += document_.tokens[i].capital ? 1U : 0U;
    }
    const bool known =
        name.last > name.first + 1 && parsed_.vocabulary->resolve(document_.written(name.first, name.last)) != nullptr;
    if (!named && !known) return {};
    name.proper = true;
    const Token& token = document_.tokens[first];
    const bool says_nothing = token.capitals ? token.folded_end - token.folded > 6 : opens_sentence(first);
    name.opens = capitals < 2 && says_nothing && name.last == first + 1 && !subject_follows(name.last);
    finish(name);
    return name;
  }
  /// "Alumni de l'École | des mines de Vallorge": when a name ends in a kind of body, what completes it belongs to it.
  std::uint32_t past_kind(std::uint32_t last, std::uint32_t limit) const {
    const CueMatch* head = cue_at(marks_, last - 1, Cue::Body);
    if (head == nullptr || head->value != kHead || head->last != last) return last;
    const BodyName inner = headed(*head);
    return inner.last != 0 ? std::min(inner.last, limit) : last;
  }
  /// Past the lower-case words with which the registry knows a name: "Pôle emploi".
  std::uint32_t registered(std::uint32_t first, std::uint32_t last) const {
    std::uint32_t after = last;
    while (after < end_ && after < last + 2 && lower(after) && plain(after)) ++after;
    for (; after > last; --after) {
      if (parsed_.vocabulary->resolve(document_.written(first, after)) != nullptr) return after;
    }
    return last;
  }
  /// A word that ends no name. In French prose a capital inside a sentence means that it does.
  bool trailing(std::uint32_t i) const {
    const Token& token = document_.tokens[i];
    if (token.kind != TokenKind::Word || !common(i) || !token.spaced) return false;
    return !french_ || heading_ || (token.capitals && (data_[i] || shouted_)) || !token.capital;
  }
  /// A French noun without an article that opens a sentence as its subject is a name: "Ornavia annonce", "Ornavia et
  /// Velorix", "Datavolt, éditeur de logiciels, a été piraté".
  bool subject_follows(std::uint32_t at) const {
    const std::string_view word = document_.word(at - 1);
    if (!french_ || shouted_ || word.ends_with("ment") || word.ends_with("ant") || word.ends_with("ee") ||
        word.ends_with("es"))
      return false;
    if (begin_ == 0 && at < end_ && document_.is_mark(at, '-') && document_.tokens[at].spaced) return true;
    if (at < end_ && document_.is_mark(at, '(')) at = past(at + 1, ')');
    if (const std::uint32_t list = past_list(at); list != at) at = list;
    if (at < end_ && document_.is_mark(at, ',')) {
      if (!is_word(at + 1) || !lower(at + 1) || marks_.on(at + 1, Cue::Have)) return false;
      const bool aside = marks_.on(at + 1, Cue::Provider) || marks_.on(at + 1, Cue::Parent) ||
                         document_.is_word(at + 1, "qui") || marks_.on(at + 1, Cue::Body);
      if (!aside) return false;
      at = past(at + 1, ',');
    }
    if (!is_word(at)) return false;
    if (document_.is_word(at, "et")) {
      const bool article =
          document_.is_word(at + 1, "la") || document_.is_word(at + 1, "le") || document_.is_word(at + 1, "l");
      return at + 1 < end_ && (article || (capital(at + 1) && !common(at + 1)));
    }
    if (marks_.on(at, Cue::Have))
      return document_.word(at) != "a" || document_.tokens[at].end - document_.tokens[at].begin == 1;
    const CueMatch* said = cue_at(marks_, at, Cue::Announces);
    return marks_.on(at, Cue::Auxiliary) || marks_.on(at, Cue::Ne) || (said != nullptr && said->value != 4);
  }
  /// Past the names of a list that goes on after its first: "Villemanoche| , Saint-Aubin et Les Bordes-Vertes".
  std::uint32_t past_list(std::uint32_t at) const {
    if (at + 1 >= end_ || !document_.is_mark(at, ',') || !capital(at + 1) || common(at + 1)) return at;
    std::uint32_t i = at + 1;
    bool joined = false;
    while (i < end_ && i < at + kLongestName &&
           (capital(i) || document_.tokens[i].hyphen || document_.is_mark(i, ',') || document_.is_word(i, "et"))) {
      joined = joined || document_.is_word(i, "et");
      ++i;
    }
    return joined ? i : at;
  }
  /// Past the next `mark`, or the end of the sentence.
  std::uint32_t past(std::uint32_t at, char mark) const {
    while (at < end_ && !document_.is_mark(at, mark)) ++at;
    return std::min(at + 1, end_);
  }
  bool opens_sentence(std::uint32_t i) const {
    for (std::uint32_t at = begin_; at < i; ++at) {
      if (document_.tokens[at].kind == TokenKind::Word || document_.tokens[at].kind == TokenKind::Address) return false;
    }
    return true;
  }

  /// Past the words that go on with a name after `at`.
  std::uint32_t grow(std::uint32_t at, std::uint32_t limit) const {
    limit = std::min(limit, end_);
    while (at < limit) {
      const std::uint32_t next = step(at, limit);
      if (next == at) break;
      at = next;
    }
    return at;
  }
  std::uint32_t step(std::uint32_t at, std::uint32_t limit) const {
    if (is_word(at) && document_.tokens[at].hyphen) return at + 1;
    if (ampersand(at) && is_word(at)) return at + 1;
    if (possessive(at)) return saint(at) ? at + 2 : at;
    if (capital(at)) return at + 1;
    if (digits_then_word(at) && document_.tokens[at].spaced) return at + 2;
    if (number_of_name(at)) return at + 1;
    if (domain(at)) return at + 2;
    const std::uint32_t after = past_joints(at, limit);
    return after != at && after < limit && capital(after) ? after + 1 : at;
  }
  /// "St Aldhelm's | Hospital": a kind of body that a possessive names.
  bool saint(std::uint32_t at) const {
    static constexpr std::array<std::string_view, 14> kKinds = {
        "hospital", "college", "school", "church", "academy", "trust",     "university",
        "hospice",  "parish",  "club",   "clinic", "primary", "infirmary", "union"};
    return capital(at + 1) && among(document_.word(at + 1), kKinds);
  }
  /// The "s" of "Tutoring's".
  bool possessive(std::uint32_t at) const { return !french_ && is_word(at) && joined(at) && document_.word(at) == "s"; }
  /// "Sport 2000", "SDIS 4": a short number that counts nothing after it.
  bool number_of_name(std::uint32_t at) const {
    if (at >= end_ || document_.tokens[at].kind != TokenKind::Number || document_.tokens[at].decimals != 0)
      return false;
    const auto value = document_.whole(at);
    if (!value || *value > 2000 || document_.tokens[at].end - document_.tokens[at].begin > 4) return false;
    if (at + 1 >= end_) return *value < 1990;
    const Token& next = document_.tokens[at + 1];
    if (next.kind == TokenKind::Mark) return next.mark != '%' && next.mark != '/' && next.mark != '-';
    return cue_at(marks_, at + 1, Cue::Announces) != nullptr || marks_.on(at + 1, Cue::Have) ||
           marks_.on(at + 1, Cue::Auxiliary);
  }
  /// "Booking.com"
  bool domain(std::uint32_t at) const {
    return at + 1 < end_ && document_.is_mark(at, '.') && joined(at) && is_word(at + 1) && joined(at + 1) &&
           lower(at + 1) && document_.word(at + 1).size() <= 4;
  }
  /// Past up to three words that join the words of a name: "d'", "de la", "en", "of the".
  std::uint32_t past_joints(std::uint32_t at, std::uint32_t limit) const {
    static constexpr std::array<std::string_view, 14> kFrench = {"de", "d",  "du",  "des", "la",   "le",  "les",
                                                                 "l",  "en", "lez", "sur", "sous", "aux", "pour"};
    static constexpr std::array<std::string_view, 5> kEnglish = {"of", "the", "for", "at", "de"};
    std::uint32_t next = at;
    while (next < limit && next < at + 3 && (lower(next) || (shouted_ && is_word(next))) &&
           (french_ ? among(document_.word(next), kFrench) : among(document_.word(next), kEnglish)))
      ++next;
    if (next == at && at + 1 < limit && lower(at) && (document_.is_word(at, "et") || document_.is_word(at, "and")) &&
        partners(at + 1))
      return at + 1;
    return next;
  }
  bool joint(std::uint32_t at) const { return past_joints(at, at + 1) != at; }
  /// "et Associés", "and Sons": what "and" joins within a name rather than to another one.
  bool partners(std::uint32_t at) const {
    static constexpr std::array<std::string_view, 12> kPartners = {"associes",  "fils",     "freres",     "cie",
                                                                   "compagnie", "filles",   "soeurs",     "sons",
                                                                   "co",        "partners", "associates", "company"};
    return is_word(at) && among(document_.word(at), kPartners);
  }

  // Names that begin with a kind of body.

  BodyName headed(const CueMatch& head) const {
    BodyName name;
    name.first = head.first;
    name.headed = true;
    const bool capital_head = document_.tokens[head.first].capital && !shouted_;
    std::uint32_t at = head.last;
    if (at > head.first && at - 1 > head.first && capital(at - 1) && lower(head.first)) name.proper = true;
    bool complement = at - head.first > 1;
    const std::uint32_t limit = std::min(end_, head.first + kLongestName);
    while (at < limit) {
      const std::uint32_t before = at;
      if (capital(at) && (!common(at) || own_article(at) || at > head.last)) {
        at = past_kind(grow(at + 1, limit), limit);
        name.proper = true;
      } else if (digits_then_word(at) || (document_.tokens[at].kind == TokenKind::Number && at + 1 < limit &&
                                          is_word(at + 1) && joined(at + 1) && !lower(at + 1))) {
        at += 2;
        name.proper = true;
      } else if (number_of_name(at) && document_.tokens[at].spaced && at == head.last) {
        ++at;
        name.proper = true;
      } else if (!name.proper || shouted_) {
        at = lower_complement(at, limit, complement);
      } else {
        const std::uint32_t linked = of_state(head.first) && document_.is_word(at, "et") ? at + 1 : at;
        const std::uint32_t after = past_joints(linked, limit);
        if (after != linked && after < limit && capital(after)) {
          at = past_kind(grow(after + 1, limit), limit);
        } else if (after == linked && plain(at) && adjective(at)) {
          // "musée d'Art | brut de | Villeneuve"
          const std::uint32_t of = past_joints(at + 1, limit);
          if (of != at + 1 && of < limit && capital(of)) at = past_kind(grow(of + 1, limit), limit);
        }
      }
      if (at == before) break;
    }
    while (at > head.last && trailing(at - 1)) --at;
    name.last = at;
    if (name.proper) {
      if (lower(head.first) && indefinite(head.first)) name.proper = false;  // "un centre d'imagerie d'Annonay"
      finish(name);
      return name;
    }
    if (!complement || (!capital_head && !defined(head.first))) return {};
    name.proper = capital_head && !opens_sentence(head.first);
    finish(name);
    return name;
  }
  /// What the State runs has long names: "ministère de l'Europe et des Affaires étrangères".
  bool of_state(std::uint32_t head) const {
    static constexpr std::array<std::string_view, 6> kKinds = {"ministere", "secretariat", "direction",
                                                               "chambre",   "agence",      "institut"};
    return among(document_.word(head), kKinds);
  }
  /// The lower-case words that go on with it: adjectives, and what "de" brings. Sets `complement` when it has any.
  std::uint32_t lower_complement(std::uint32_t at, std::uint32_t limit, bool& complement) const {
    if (plain(at) && (adjective(at) || (at + 1 < limit && past_joints(at + 1, limit) != at + 1 && !joint(at) &&
                                        !marks_.on(at, Cue::Thing))))
      return at + 1;
    if (plain(at) && shouted_) {
      complement = true;
      return at + 1;
    }
    // "service d'insertion | et de | probation"
    const std::uint32_t linked = complement && document_.is_word(at, "et") && at + 1 < limit &&
                                         (document_.is_word(at + 1, "de") || document_.is_word(at + 1, "d"))
                                     ? at + 1
                                     : at;
    const std::uint32_t after = past_joints(linked, limit);
    if (after == linked || after >= limit) return at;
    if (capital(after)) return after;
    if (!plain(after) || document_.word(after).size() < 3) return at;
    static constexpr std::array<std::string_view, 4> kGenitive = {"de", "d", "du", "des"};
    if (!among(document_.word(linked), kGenitive) && !document_.is_word(at, "pour")) return at;
    complement = true;
    return after + 1;
  }
  bool function_word(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 34> kWords = {
        "avec",  "dans", "pour", "vers", "sous",  "chez",  "entre",  "depuis", "selon", "parmi", "contre", "apres",
        "avant", "lors", "tous", "tout", "toute", "autre", "autres", "notre",  "votre", "leurs", "quand",  "comme",
        "dont",  "mais", "donc", "puis", "sans",  "hors",  "sauf",   "plus",   "moins", "aussi"};
    return (common(i) && document_.word(i).size() <= 3) || among(document_.word(i), kWords);
  }
  /// A word that is no verb, no negation, nor anything else that ends a noun phrase.
  bool plain(std::uint32_t i) const {
    if (!is_word(i) || (document_.tokens[i].capital && !shouted_) || function_word(i)) return false;
    return cue_at(marks_, i, Cue::Announces) == nullptr && !marks_.on(i, Cue::Have) && !marks_.on(i, Cue::Auxiliary) &&
           !marks_.on(i, Cue::Negator) && !marks_.on(i, Cue::Hit) && !marks_.on(i, Cue::Ne);
  }
  bool adjective(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 46> kEnds = {
        "al",    "ale",  "aux",   "ales",  "ique",   "iques",  "aire",   "aires",  "ier",   "iere",  "ieres", "if",
        "ive",   "ives", "ien",   "ienne", "iens",   "iennes", "el",     "elle",   "els",   "elles", "ais",   "aise",
        "ois",   "oise", "oises", "ain",   "aine",   "aines",  "euse",   "public", "ime",   "ole",   "oles",  "mixte",
        "libre", "rale", "rural", "sport", "francs", "aine",   "urbain", "logis",  "unies", "unie"};
    const std::string_view word = document_.word(i);
    if (word.size() < 4) return false;
    for (const std::string_view end : kEnds) {
      if (word.ends_with(end)) return true;
    }
    return false;
  }
  bool indefinite(std::uint32_t i) const {
    return i > begin_ && (document_.is_word(i - 1, "un") || document_.is_word(i - 1, "une"));
  }
  /// A definite article stands before it: "la fédération de…", not "une fédération", "notre mutuelle".
  bool defined(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 8> kDefinite = {"le", "la", "l", "les", "du", "au", "the", "aux"};
    if (i > begin_ && is_word(i - 1)) return among(document_.word(i - 1), kDefinite);
    return i == begin_ || document_.is_mark(i - 1, '-') || document_.is_mark(i - 1, ':') ||
           document_.is_mark(i - 1, ',') || document_.is_mark(i - 1, '"');
  }

  /// What belongs to a name and is no word of it: "commune de V…", "Campus+".
  void finish(BodyName& name) const {
    name.end = document_.tokens[name.last - 1].end;
    const std::string_view rest = document_.text.substr(name.end);
    if (rest.starts_with('+') || (rest.starts_with('!') && document_.tokens[name.last - 1].capital && false))
      ++name.end;
    const Token& last = document_.tokens[name.last - 1];
    if (last.folded_end - last.folded == 1 && last.capital && name.last < document_.tokens.size() &&
        document_.is_mark(name.last, '~') && joined_to(name.last)) {
      name.end = document_.tokens[name.last].end;
      if (name.last < end_) ++name.last;
    }
  }
  bool joined_to(std::uint32_t i) const { return document_.tokens[i].begin == document_.tokens[i - 1].end; }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  bool french_;
  std::vector<bool> data_;
  std::vector<BodyName> names_;
  std::uint32_t begin_ = 0, end_ = 0;
  bool shouted_ = false, heading_ = false;
};

}  // namespace

std::vector<BodyName> find_body_names(const Parsed& parsed) {
  return NameFinder(parsed).run();
}

}  // namespace vigifuite::feeds::extract
