// SPDX-License-Identifier: AGPL-3.0-or-later
// Which numbers of a text count persons (the first two stages of people.cpp).
#include "feeds/extract/figures.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "feeds/extract/cue_index.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::uint32_t kReach = 6;         ///< tokens that may stand between a number and what it counts
constexpr std::uint32_t kOwned = 14;        ///< tokens between data and whose they are
constexpr std::size_t kMostFigures = 2000;  ///< of one text

class FigureFinder {
 public:
  explicit FigureFinder(const Parsed& parsed) : parsed_(parsed), document_(parsed.document), marks_(parsed.marks) {}

  std::vector<Figure> run() {
    for (std::uint32_t s = 0; s < document_.sentences.size() && figures_.size() < kMostFigures; ++s) read_sentence(s);
    return std::move(figures_);
  }

 private:
  void read_sentence(std::uint32_t index) {
    const Sentence& sentence = document_.sentences[index];
    Numeral before;
    std::size_t range_from = 0;
    bool part = false;  // the number before is some of this one
    for (std::uint32_t i = sentence.first; i < sentence.last;) {
      if (document_.tokens[i].kind != TokenKind::Number && !marks_.on(i, Cue::Number)) {
        ++i;
        continue;
      }
      const Numeral number = read_numeral(parsed_, i, sentence.last);
      if (number.last == number.first) {
        ++i;
        continue;
      }
      if (before.last != 0 && (is_range(before, number) || is_ratio(before, number))) {
        // Neither end of a range is a figure; the noun after it is not counted again.
        while (figures_.size() > range_from && figures_.back().number.first >= before.first) figures_.pop_back();
      } else if (number.valid && !parsed_.elsewhere[number.first]) {
        range_from = figures_.size();
        consider(number, sentence, index);
        if (part && figures_.size() > range_from) figures_.back().base = figures_.back().whole = true;
        part = part_of(number, sentence.last);
        if (part && number.value >= 10) add_part(number, index);
      }
      before = number;
      i = number.last;
    }
  }

  /// "30 000 à 50 000", "entre 200 et 300". Not "passe de 23 000 à 26 480", which corrects.
  bool is_range(const Numeral& low, const Numeral& high) const {
    if (high.first != low.last + 1) return false;
    if (low.first > 0) {
      if (said(low.first, Cue::Figure, static_cast<std::int64_t>(FigureWord::Corrects))) return false;
    }
    for (const std::string_view link : {"a", "to", "ou", "or"}) {
      if (document_.is_word(low.last, link)) return true;
    }
    if (document_.is_mark(low.last, '-')) return true;
    return (document_.is_word(low.last, "et") || document_.is_word(low.last, "and")) &&
           said(low.first, Cue::Approx, kRange);
  }

  /// "1 in 10"
  bool is_ratio(const Numeral& part, const Numeral& whole) const {
    return whole.first == part.last + 1 && parsed_.language == Language::English && document_.is_word(part.last, "in");
  }
  /// "600 | des | 21 000 étudiants", "40,000 of Northgate's 900,000 customers": some of a number that follows.
  bool part_of(const Numeral& number, std::uint32_t end) const {
    const std::uint32_t at = number.last;
    if (at >= end || !(document_.is_word(at, "des") || document_.is_word(at, "of") || document_.is_word(at, "sur")))
      return false;
    for (std::uint32_t i = at + 1; i < std::min(end, at + kReach); ++i) {
      const Numeral whole = read_numeral(parsed_, i, end);
      if (whole.last != whole.first) return whole.valid && whole.value > number.value;
      const Token& token = document_.tokens[i];
      if (token.kind != TokenKind::Word || !(token.capital || !token.spaced || marks_.on(i, Cue::Filler))) return false;
    }
    return false;
  }
  void add_part(const Numeral& number, std::uint32_t index) {
    if (!figures_.empty() && figures_.back().number.first == number.first) return;
    Figure figure;
    figure.number = number;
    figure.sentence = index;
    figure.noun_last = number.last;
    figure.noun = true;
    figures_.push_back(figure);
  }
  /// A match of `cue` with `value` ends right before `token`.
  bool said(std::uint32_t token, Cue cue, std::int64_t value) const {
    bool found = false;
    const std::uint32_t from = token > kReach ? token - kReach : 0;
    each_cue(marks_, from, token, cue,
             [&](const CueMatch& match) { found = found || (match.last == token && match.value == value); });
    return found;
  }

  void consider(const Numeral& number, const Sentence& sentence, std::uint32_t index) {
    Figure figure;
    figure.number = number;
    figure.sentence = index;
    figure.noun_last = number.last;
    const NounAfter after = noun_after(number, sentence, figure.noun_last);
    figure.noun = after != NounAfter::None;
    if (after == NounAfter::Thing && !as_many_persons(number, sentence)) return;
    figure.placed = placed(number, sentence);
    figure.labelled = !figure.noun && labelled(number, sentence, index);
    if (!figure.noun && elliptic(number, sentence, index)) {
      figure.noun = true;
      figure.noun_last = number.last + 1;
    }
    if (!figure.noun && !counted_without_noun(number, sentence, index) && !goes_on(figure, sentence, index)) return;
    for (std::uint32_t i = number.last; i < figure.noun_last; ++i) {
      if (const CueMatch* person = cue_at(marks_, i, Cue::Person)) figure.kind = static_cast<PersonKind>(person->value);
    }
    figure.base = figure.way_in = figure.noun && way_in(number, figure.noun_last);
    figures_.push_back(figure);
  }
  /// "avec quarante-deux comptes d'enseignants", "depuis 14 000 comptes piratés": accounts used to get in.
  bool way_in(const Numeral& number, std::uint32_t noun_last) const {
    bool account = false;
    for (std::uint32_t i = number.last; i < noun_last; ++i) {
      const std::string_view word = document_.word(i);
      account = account || word == "comptes" || word == "accounts" || word == "identifiants" || word == "profils";
    }
    if (!account) return false;
    for (std::uint32_t i = number.first > 3 ? number.first - 3 : 0; i < number.first; ++i) {
      const std::string_view word = document_.word(i);
      for (const std::string_view way :
           {"avec", "via", "depuis", "grace", "par", "aide", "moyen", "using", "through", "with", "from"}) {
        if (word == way) return true;
      }
    }
    return false;
  }

  /// "3 502 fiches ont été parcourues, soit autant de personnes"
  bool as_many_persons(const Numeral& number, const Sentence& sentence) const {
    for (std::uint32_t i = number.last; i + 2 < std::min(sentence.last, number.last + kOwned); ++i) {
      if (document_.tokens[i].kind == TokenKind::Number || document_.is_mark(i, ';')) return false;
      if (document_.is_word(i, "autant") && cue_at(marks_, i + 2, Cue::Person) != nullptr) return true;
      if (document_.is_word(i, "as") && document_.is_word(i + 1, "many") &&
          cue_at(marks_, i + 2, Cue::Person) != nullptr)
        return true;
    }
    return false;
  }

  enum class NounAfter : std::uint8_t { Person, Thing, None };

  /// What the number counts. Between it and the noun stand fillers, a word or two we do not know, or a name.
  NounAfter noun_after(const Numeral& number, const Sentence& sentence, std::uint32_t& noun_last) const {
    const std::uint32_t at = number.last, end = sentence.last;
    int unknown = parsed_.language == Language::English ? 2 : 1;
    bool of = false;
    for (std::uint32_t i = at; i < end && i < at + kReach; ++i) {
      const Token& token = document_.tokens[i];
      if (token.kind == TokenKind::Mark && token.mark == '"') continue;
      if (token.kind == TokenKind::Mark && token.mark == '%') return NounAfter::Thing;
      if (token.kind != TokenKind::Word) return NounAfter::None;
      if (name_before_noun(i, end)) continue;
      const CueMatch* person = cue_at(marks_, i, Cue::Person);
      const CueMatch* thing = cue_at(marks_, i, Cue::Thing);
      if (singular_article(i) || (year_like(number) && i > at)) return NounAfter::None;
      if (person != nullptr && (thing == nullptr || person->last > thing->last))
        return person_noun(*person, end, noun_last);
      if (thing != nullptr || category_at(i)) return NounAfter::Thing;
      if (const CueMatch* filler = cue_at(marks_, i, Cue::Filler)) {
        of = of || document_.is_word(i, "de") || document_.is_word(i, "d");
        i = filler->last - 1;
      } else if (sounds_like_persons(i) || (i == at && plural(i) && owns_data(number, sentence))) {
        noun_last = i + 1;
        return NounAfter::Person;
      } else if (unknown-- == 0 || (of && parsed_.language == Language::French && !token.capital)) {
        return NounAfter::None;
      }
    }
    return NounAfter::None;
  }

  /// "2025 an unknown person"
  bool singular_article(std::uint32_t i) const {
    return document_.is_word(i, "a") || document_.is_word(i, "an") || document_.is_word(i, "un") ||
           document_.is_word(i, "une");
  }
  static bool year_like(const Numeral& number) {
    return !number.grouped && number.digits && number.value >= 1900 && number.value <= 2100;
  }

  /// The "Northgate Clinics" of "12,400 Northgate Clinics patients".
  bool name_before_noun(std::uint32_t i, std::uint32_t end) const {
    return parsed_.language == Language::English && document_.tokens[i].capital && i + 1 < end &&
           document_.tokens[i + 1].kind == TokenKind::Word && document_.tokens[i + 1].spaced;
  }

  /// A plural that no list has, and that ends as the names of those who do something do: "appelants", "randonneuses",
  /// "enquêtés"; or a capital that ends as the names of people from somewhere do: "Lillois".
  bool sounds_like_persons(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 16> kEnds = {
        "eurs",  "euses",  "iens",   "iennes", "istes", "ants",    "antes",  "iers",
        "ieres", "logues", "trices", "ciens",  "aires", "graphes", "iatres", "mans"};
    static constexpr std::array<std::string_view, 8> kFrom = {"ois",  "ais",  "iens",  "ains",
                                                              "eens", "ards", "oises", "aises"};
    static constexpr std::array<std::string_view, 9> kEnglish = {"payers", "holders", "workers", "goers",  "ists",
                                                                 "ians",   "makers",  "tees",    "keepers"};
    const std::string_view word = document_.word(i);
    const auto ends_as = [&](const auto& tails) {
      return std::any_of(tails.begin(), tails.end(), [&](std::string_view tail) { return word.ends_with(tail); });
    };
    if (word.size() < 6) return false;
    if (parsed_.language == Language::English) return !document_.tokens[i].capital && ends_as(kEnglish);
    if (document_.tokens[i].capital) return !document_.tokens[i].capitals && ends_as(kFrom);
    return (word.size() >= 7 && ends_as(kEnds)) || participle(i);
  }
  /// "enquêtés", "encartées": a participle that stands for those it was done to; not "quantités", "sociétés".
  bool participle(std::uint32_t i) const {
    const std::string_view written = document_.written(i, i + 1);
    const bool accent = written.ends_with("és");
    const std::string_view word = document_.word(i);
    for (const std::string_view tail : {"ites", "iete", "ietes", "autes", "ultes", "ertes", "antes", "nees"}) {
      if (word.ends_with(tail)) return false;
    }
    return accent;
  }
  bool plural(std::uint32_t i) const {
    const std::string_view word = document_.word(i);
    return word.size() >= 5 && (word.ends_with('s') || word.ends_with('x')) && !document_.tokens[i].capital &&
           !marks_.on(i, Cue::Hit) && !marks_.on(i, Cue::Data);
  }
  /// "les noms et photos de | 4 350 dockers": data are theirs, so they are persons whatever the noun.
  bool owns_data(const Numeral& number, const Sentence& sentence) const {
    std::uint32_t at = number.first;
    while (at > sentence.first && (marks_.on(at - 1, Cue::Approx) || marks_.on(at - 1, Cue::Filler)) &&
           !genitive(at - 1))
      --at;
    if (at <= sentence.first + 1 || !genitive(at - 1)) return false;
    const std::uint32_t from = at > sentence.first + kOwned ? at - kOwned : sentence.first;
    for (std::uint32_t i = at - 1; i-- > from;) {
      if (document_.tokens[i].kind == TokenKind::Mark && !document_.is_mark(i, ',') && !document_.is_mark(i, '"'))
        return false;
      if (marks_.on(i, Cue::Auxiliary) || marks_.on(i, Cue::Have)) return false;
      if (names_data(i)) return true;
    }
    return false;
  }
  bool genitive(std::uint32_t i) const {
    return document_.is_word(i, "de") || document_.is_word(i, "d") || document_.is_word(i, "des") ||
           document_.is_word(i, "of");
  }
  /// A category of data, or what holds them, ends here.
  bool names_data(std::uint32_t i) const {
    if (marks_.on(i, Cue::Data)) return true;
    const auto after = std::upper_bound(marks_.mentions.begin(), marks_.mentions.end(), i,
                                        [](std::uint32_t at, const Mention& mention) { return at < mention.first; });
    return after != marks_.mentions.begin() && std::prev(after)->last > i && !std::prev(after)->categories.empty();
  }

  /// "À Lormeau, | 18 700 patients": the clause begins with a place.
  bool placed(const Numeral& number, const Sentence& sentence) const {
    std::uint32_t at = number.first;
    while (at > sentence.first && (marks_.on(at - 1, Cue::Approx) || document_.is_mark(at - 1, ','))) --at;
    std::uint32_t first = at;
    while (first > sentence.first && first + kReach > at && document_.tokens[first - 1].capital &&
           document_.tokens[first - 1].kind == TokenKind::Word && !in_at(first - 1))
      --first;
    if (first == at || first == sentence.first || !in_at(first - 1)) return false;
    --first;
    return first == sentence.first || document_.is_mark(first - 1, ';') || document_.is_mark(first - 1, ',') ||
           document_.is_mark(first - 1, ':') || document_.is_word(first - 1, "et") ||
           document_.is_word(first - 1, "and");
  }
  bool in_at(std::uint32_t i) const {
    for (const std::string_view word : {"a", "au", "aux", "en", "in", "at", "pour", "for", "chez"}) {
      if (document_.is_word(i, word)) return true;
    }
    return false;
  }
  /// "1 150 élèves actuels, auxquels s'ajoutent | 6 400 anciens": the noun is the one before.
  bool elliptic(const Numeral& number, const Sentence& sentence, std::uint32_t index) const {
    if (figures_.empty() || figures_.back().sentence != index || !figures_.back().noun) return false;
    if (number.last >= sentence.last || !marks_.on(number.last, Cue::Filler)) return false;
    const std::string_view word = document_.word(number.last);
    const bool adjective =
        word == "anciens" || word == "anciennes" || word == "autres" || word == "nouveaux" || word == "others";
    return adjective && (number.last + 1 >= sentence.last || document_.tokens[number.last + 1].kind == TokenKind::Mark);
  }
  /// "; à Saint-Vaast, | 6 450.": the noun is that of the place before.
  bool goes_on(Figure& figure, const Sentence& sentence, std::uint32_t index) const {
    if (!figure.placed || figures_.empty() || !figures_.back().placed || index - figures_.back().sentence > 1)
      return false;
    if (figure.number.last < sentence.last && document_.tokens[figure.number.last].kind != TokenKind::Mark)
      return false;
    figure.noun = figures_.back().noun;
    return figure.noun;
  }

  /// "clients", "customer accounts"; but not "patient records", where English puts the head last.
  NounAfter person_noun(const CueMatch& person, std::uint32_t end, std::uint32_t& noun_last) const {
    std::uint32_t last = person.last;
    while (last < end) {
      if (const CueMatch* next = cue_at(marks_, last, Cue::Person)) {
        last = next->last;
      } else if (owner(last)) {
        break;
      } else if (parsed_.language == Language::English && head_follows(last)) {
        return NounAfter::Thing;
      } else {
        break;
      }
    }
    noun_last = last;
    return NounAfter::Person;
  }
  /// "12,000 customers' | names": persons all the same.
  bool owner(std::uint32_t at) const {
    const std::string_view rest = document_.text.substr(document_.tokens[at - 1].end, 4);
    return parsed_.language == Language::English && (rest.starts_with("' ") || rest.starts_with("\u2019 "));
  }
  bool head_follows(std::uint32_t at) const {
    const CueMatch* thing = cue_at(marks_, at, Cue::Thing);
    if (thing == nullptr) return category_at(at);
    for (const std::string_view word :
         {"and",   "or",  "in",   "on", "at",  "by",  "for", "with", "from", "to",   "that", "who",
          "which", "was", "were", "is", "are", "had", "has", "have", "as",   "than", "but",  "if"}) {
      if (document_.is_word(at, word)) return false;
    }
    return true;
  }
  bool category_at(std::uint32_t token) const {
    const auto it = std::lower_bound(marks_.mentions.begin(), marks_.mentions.end(), token,
                                     [](const Mention& mention, std::uint32_t at) { return mention.first < at; });
    return it != marks_.mentions.end() && it->first == token;
  }

  /// "Candidats : 21.907", "Combien de clients ? 18 050.", "Ce sont pas 15 000 mais…", "Au total, 4 300."
  bool counted_without_noun(const Numeral& number, const Sentence& sentence, std::uint32_t index) const {
    if (told_of(number, sentence)) return true;
    if (year_like(number)) return false;
    if (!number.grouped && number.digits && number.value < 10) return false;
    if (number.last < sentence.last && (document_.tokens[number.last].kind == TokenKind::Number ||
                                        document_.is_mark(number.last, '/') || document_.is_mark(number.last, '.')))
      if (!ends_sentence(number.last, sentence)) return false;
    if (number.last < sentence.last && month_or_unit(number.last)) return false;
    if (number.first > sentence.first && document_.tokens[number.first - 1].kind == TokenKind::Number) return false;
    if (labelled(number, sentence, index)) return true;
    if ((number.grouped || after_whole(number, sentence)) && subject(number, sentence)) return true;
    return number.grouped && announced(number, sentence);
  }
  /// "vous êtes | 214 dans ce cas", "des agents, au nombre de | 950".
  bool told_of(const Numeral& number, const Sentence& sentence) const {
    if (number.value < 10 || number.first < sentence.first + 2) return false;
    std::uint32_t at = number.first;
    while (at > sentence.first && marks_.on(at - 1, Cue::Approx) && !document_.is_word(at - 1, "de")) --at;
    if (at < sentence.first + 2) return false;
    const bool are = document_.is_word(at - 2, "vous") || document_.is_word(at - 2, "ils") ||
                     document_.is_word(at - 2, "elles") || document_.is_word(at - 2, "nous");
    if (are &&
        (document_.is_word(at - 1, "etes") || document_.is_word(at - 1, "sont") || document_.is_word(at - 1, "sommes")))
      return number.last >= sentence.last || !marks_.on(number.last, Cue::Thing);
    return document_.is_word(at - 1, "de") && document_.is_word(at - 2, "nombre") && at >= sentence.first + 3 &&
           document_.is_word(at - 3, "au");
  }
  /// "40 000 ont vu leurs noms exposés": a verb follows, and nothing that could be counted stands before.
  bool subject(const Numeral& number, const Sentence& sentence) const {
    if (number.last >= sentence.last || document_.tokens[number.last].kind != TokenKind::Word) return false;
    if (!marks_.on(number.last, Cue::Have) && !marks_.on(number.last, Cue::Auxiliary)) return false;
    bool thing = false;
    each_cue(marks_, sentence.first, number.first, Cue::Thing,
             [&](const CueMatch& match) { thing = thing || !function_word(match.first); });
    return !thing;
  }
  /// "Sur 21 000 étudiants, | 600 sont concernés."
  bool after_whole(const Numeral& number, const Sentence& sentence) const {
    return number.first > sentence.first && document_.is_mark(number.first - 1, ',') && !figures_.empty() &&
           figures_.back().number.first > sentence.first && figures_.back().number.first <= sentence.first + 4;
  }
  bool ends_sentence(std::uint32_t token, const Sentence& sentence) const {
    return token + 1 >= sentence.last && document_.tokens[token].kind == TokenKind::Mark;
  }
  bool month_or_unit(std::uint32_t token) const { return cue_at(marks_, token, Cue::Calendar) != nullptr; }

  /// Persons stand before the colon, the bar or the question mark that the number answers.
  bool labelled(const Numeral& number, const Sentence& sentence, std::uint32_t index) const {
    std::uint32_t at = number.first;
    while (at > sentence.first && (marks_.on(at - 1, Cue::Approx) || document_.is_mark(at - 1, '"'))) --at;
    if (at > sentence.first) {
      const bool answers = document_.is_mark(at - 1, ':') || document_.is_mark(at - 1, '|') ||
                           document_.is_mark(at - 1, '?') || document_.is_mark(at - 1, '-');
      return answers && last_is_person(label_first(sentence.first, at - 1), at - 1);
    }
    if (index == 0) return false;
    const Sentence& before = document_.sentences[index - 1];
    return (before.end == '?' || before.end == ':' || before.shape == Shape::Heading) &&
           last_is_person(before.first, before.last);
  }
  /// Where the label before `last` begins: "Dossiers ouverts : 3 912 ; | sociétaires concernés : 3 406".
  std::uint32_t label_first(std::uint32_t first, std::uint32_t last) const {
    std::uint32_t at = last;
    while (at > first && !document_.is_mark(at - 1, ';') && !document_.is_mark(at - 1, ':')) --at;
    return at;
  }
  bool names_persons(std::uint32_t first, std::uint32_t last) const {
    bool found = false;
    each_cue(marks_, first, last, Cue::Person, [&](const CueMatch&) { found = true; });
    return found;
  }
  /// Of the persons and things named in [first, last), the first is persons: "Nombre d'usagers", not "Dossiers de
  /// patients".
  bool last_is_person(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
      const CueMatch* person = cue_at(marks_, i, Cue::Person);
      const CueMatch* thing = cue_at(marks_, i, Cue::Thing);
      if (person != nullptr && (thing == nullptr || person->last > thing->last)) return true;
      if (thing != nullptr && !function_word(i)) return false;
    }
    return false;
  }
  bool function_word(std::uint32_t token) const { return !head_follows(token); }

  /// The clause announces a number and names persons, or nothing else that could be counted.
  bool announced(const Numeral& number, const Sentence& sentence) const {
    bool announces = false, person = false, thing = false;
    if (number.first > sentence.first && document_.is_mark(number.first - 1, ':') &&
        !names_persons(label_first(sentence.first, number.first - 1), number.first))
      return false;  // the label is of something else
    const std::uint32_t from = number.first > sentence.first + 3 * kReach ? number.first - 3 * kReach : sentence.first;
    const std::uint32_t to = std::min(sentence.last, number.last + 2 * kReach);
    each_cue(marks_, from, to, Cue::Figure, [&](const CueMatch& match) {
      announces = announces || match.value == static_cast<std::int64_t>(FigureWord::Announces) ||
                  match.value == static_cast<std::int64_t>(FigureWord::Total) ||
                  (match.value == static_cast<std::int64_t>(FigureWord::Withdraws) && match.last <= number.first) ||
                  (match.value == static_cast<std::int64_t>(FigureWord::Corrects) && match.last <= number.first);
    });
    each_cue(marks_, from, to, Cue::Person, [&](const CueMatch&) { person = true; });
    each_cue(marks_, from, number.first, Cue::Thing,
             [&](const CueMatch& match) { thing = thing || !function_word(match.first); });
    return announces && (person || !thing);
  }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  std::vector<Figure> figures_;
};

}  // namespace

std::vector<Figure> find_figures(const Parsed& parsed) {
  return FigureFinder(parsed).run();
}

}  // namespace vigifuite::feeds::extract
