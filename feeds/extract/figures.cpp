// SPDX-License-Identifier: AGPL-3.0-or-later
// Which numbers of a text count persons (the first two stages of people.cpp).
#include "feeds/extract/figures.hpp"

#include <algorithm>
#include <array>

#include "feeds/extract/cue_index.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::uint32_t kReach = 6;         ///< tokens that may stand between a number and what it counts
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
    const NounAfter after = noun_after(number.last, sentence.last, figure.noun_last);
    figure.noun = after == NounAfter::Person;
    if (after == NounAfter::Thing) return;
    if (!figure.noun && !counted_without_noun(number, sentence, index)) return;
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

  enum class NounAfter : std::uint8_t { Person, Thing, None };

  /// What the number counts. Between it and the noun stand fillers and a word or two we do not know.
  NounAfter noun_after(std::uint32_t at, std::uint32_t end, std::uint32_t& noun_last) const {
    int unknown = parsed_.language == Language::English ? 2 : 1;
    bool of = false;
    for (std::uint32_t i = at; i < end && i < at + kReach; ++i) {
      const Token& token = document_.tokens[i];
      if (token.kind == TokenKind::Mark && token.mark == '"') continue;
      if (token.kind == TokenKind::Mark && token.mark == '%') return NounAfter::Thing;
      if (token.kind != TokenKind::Word) return NounAfter::None;
      const CueMatch* person = cue_at(marks_, i, Cue::Person);
      const CueMatch* thing = cue_at(marks_, i, Cue::Thing);
      if (person != nullptr && (thing == nullptr || person->last > thing->last))
        return person_noun(*person, end, noun_last);
      if (thing != nullptr || category_at(i)) return NounAfter::Thing;
      if (const CueMatch* filler = cue_at(marks_, i, Cue::Filler)) {
        of = of || document_.is_word(i, "de") || document_.is_word(i, "d");
        i = filler->last - 1;
      } else if (sounds_like_persons(i)) {
        noun_last = i + 1;
        return NounAfter::Person;
      } else if (unknown-- == 0 || (of && parsed_.language == Language::French && !token.capital)) {
        return NounAfter::None;
      }
    }
    return NounAfter::None;
  }

  /// A plural that no list has, and that ends as the names of those who do something do: "appelants", "randonneuses".
  bool sounds_like_persons(std::uint32_t i) const {
    static constexpr std::array<std::string_view, 12> kEnds = {"eurs",  "euses", "iens",  "iennes", "istes",  "ants",
                                                               "antes", "iers",  "ieres", "logues", "trices", "ciens"};
    if (parsed_.language == Language::English || document_.tokens[i].capital) return false;
    const std::string_view word = document_.word(i);
    return word.size() >= 7 &&
           std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view tail) { return word.ends_with(tail); });
  }

  /// "clients", "customer accounts"; but not "patient records", where English puts the head last.
  NounAfter person_noun(const CueMatch& person, std::uint32_t end, std::uint32_t& noun_last) const {
    std::uint32_t last = person.last;
    while (last < end) {
      if (const CueMatch* next = cue_at(marks_, last, Cue::Person)) {
        last = next->last;
      } else if (parsed_.language == Language::English && head_follows(last)) {
        return NounAfter::Thing;
      } else {
        break;
      }
    }
    noun_last = last;
    return NounAfter::Person;
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
    if (!number.grouped && number.digits && number.value >= 1900 && number.value <= 2100) return false;
    if (!number.grouped && number.digits && number.value < 10) return false;
    if (number.last < sentence.last && (document_.tokens[number.last].kind == TokenKind::Number ||
                                        document_.is_mark(number.last, '/') || document_.is_mark(number.last, '.')))
      if (!ends_sentence(number.last, sentence)) return false;
    if (number.last < sentence.last && month_or_unit(number.last)) return false;
    if (number.first > sentence.first && document_.tokens[number.first - 1].kind == TokenKind::Number) return false;
    if (labelled(number, sentence, index)) return true;
    if (number.grouped && subject(number, sentence)) return true;
    return number.grouped && announced(number, sentence);
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
      return answers && last_is_person(sentence.first, at - 1);
    }
    if (index == 0) return false;
    const Sentence& before = document_.sentences[index - 1];
    return (before.end == '?' || before.end == ':' || before.shape == Shape::Heading) &&
           last_is_person(before.first, before.last);
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
    const std::uint32_t from = number.first > sentence.first + 2 * kReach ? number.first - 2 * kReach : sentence.first;
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
