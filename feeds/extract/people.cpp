// SPDX-License-Identifier: AGPL-3.0-or-later
// How many persons were hit.
//
// A text is full of numbers: prices, lines of a file, customers of the chain, seconds. The step works in four stages.
//   1. Read every number, in digits or in words: "10 204", "33M", "une centaine de milliers", "un million et demi".
//   2. Keep those that count persons: the noun after the number says so ("52 300 de nos patients"), or the label before
//      it ("Nombre d'usagers : 8 412"), or the sentence speaks of a number of persons ("Au total, 4 300.").
//   3. See what the words around say of each: a part of another ("dont 6 150 clients"), all those the body serves
//      ("qui compte 3 millions de clients"), those who received a message, a figure withdrawn ("et non 15 000"), a
//      figure only the thief gives.
//   4. Choose. The figure that corrects the others, else a total, else groups that add up, else the one whose words say
//      most surely that these persons were hit; the thief's only when there is no other.
#include <array>
#include <cmath>
#include <limits>

#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

// The numbers of lexicon/people.toml.
enum class FigureWord : std::int64_t { Announces = 1, Total = 2, Adds = 3, Hit = 4, Withdraws = 5, Corrects = 6 };
enum class Aside : std::int64_t {
  Nothing = 0,
  Base = 1,
  Part = 2,
  Received = 3,
  After = 4,
  Thief = 5,
  Says = 6,
  Claims = 7,
  BaseOf = 8,
};
constexpr std::int64_t kRange = 4;  ///< of Cue::Approx

constexpr double kMost = 9e9;               ///< nobody counts more persons
constexpr std::uint32_t kReach = 6;         ///< tokens that may stand between a number and the words that judge it
constexpr std::size_t kMostFigures = 2000;  ///< of one text

/// A number as written: tokens [first, last).
struct Numeral {
  std::uint32_t first = 0, last = 0;
  double value = 0;
  bool digits = false;
  bool grouped = false;  ///< "10 204", "33M", "1,6 million": written as no year or hour is
  bool valid = false;    ///< false: "des milliers", "un", which count nothing
};

/// A number of persons, and what is said of it.
struct Figure {
  Numeral number;
  std::uint32_t noun_last = 0;  ///< past the noun, or past the number when it has none
  std::uint32_t sentence = 0;
  bool noun = false;
  bool total = false, part = false, base = false, received = false, withdrawn = false, corrected = false;
  bool claimed = false, denied = false, hit = false;
  Qualifier qualifier = Qualifier::Exact;

  [[nodiscard]] bool usable() const noexcept { return !part && !base && !withdrawn && !denied; }
};

class NumeralReader {
 public:
  explicit NumeralReader(const Parsed& parsed) : parsed_(parsed), document_(parsed.document) {}

  /// The number that begins at `at`; last == first when none does.
  Numeral read(std::uint32_t at, std::uint32_t end) {
    out_ = {};
    out_.first = out_.last = at;
    total_ = scale_ = 0;
    current_ = -1;
    bool bare_collective = false;
    for (std::uint32_t i = at; i < end;) {
      if (document_.tokens[i].kind == TokenKind::Number) {
        if (out_.last != at) break;
        digits(i++);
      } else if (const CueMatch* word = cue_at(parsed_.marks, i, Cue::Number); word != nullptr && fits(*word)) {
        bare_collective = bare_collective || (word->value < 0 && current_ < 0);
        add(*word);
        i = word->last;
      } else if (out_.last != at && links(i, end)) {
        ++i;
        continue;
      } else {
        break;
      }
      out_.last = i;
    }
    finish(bare_collective);
    return out_;
  }

 private:
  void digits(std::uint32_t i) {
    const Token& token = document_.tokens[i];
    current_ = document_.value(i);
    out_.digits = true;
    out_.grouped = token.end - token.begin > token.folded_end - token.folded && token.decimals == 0;
    decimals_ = token.decimals != 0;
  }

  /// A word goes on with the number: "trois mille", not "trois quatre"; a lone letter only right after digits: "33M".
  bool fits(const CueMatch& word) const {
    const bool letters = word.last - word.first == 1 && document_.word(word.first).size() <= 3 && word.value <= -1000;
    if (word.value == 1 && current_ == 0.5) return false;  // the "a" of "half a million"
    if (letters && (word.first == 0 || document_.tokens[word.first - 1].kind != TokenKind::Number)) return false;
    if (word.value < 0 || word.value >= 100 || word.value == 0 || current_ < 0) return true;
    if (out_.digits) return false;
    const auto before = static_cast<std::int64_t>(current_);
    if (before % 100 == 0) return true;
    if (word.value < 10) return before % 10 == 0 && before % 100 >= 20;
    return word.value < 20 && (before % 100 == 60 || before % 100 == 80);
  }

  void add(const CueMatch& word) {
    const double value = static_cast<double>(word.value);
    if (word.value == 0) {
      if (current_ < 0 && scale_ > 0)
        total_ += scale_ / 2;
      else if (current_ == 1 && !linked_)
        current_ = 0.5;
      else
        current_ = std::max(current_, 0.0) + 0.5;
    } else if (word.value < 0 || word.value >= 1000) {
      scale_ = std::abs(value);
      const double times = current_ < 0 ? 1 : current_;
      if (word.value > -1000 && word.value < 0) {
        current_ = times * scale_;  // "une centaine", perhaps "de milliers"
      } else {
        total_ += times * scale_;
        current_ = -1;
      }
      out_.grouped = true;
    } else if (word.value == 100) {
      current_ = (current_ < 0 ? 1 : current_) * 100;
    } else {
      current_ = std::max(current_, 0.0) + value;
    }
    linked_ = false;
  }

  /// "vingt et un", "un million et demi", "two hundred and five", "une centaine de milliers", "half a million".
  bool links(std::uint32_t i, std::uint32_t end) {
    if (i + 1 >= end) return false;
    const CueMatch* next = cue_at(parsed_.marks, i + 1, Cue::Number);
    if (next == nullptr || document_.tokens[i + 1].kind == TokenKind::Number) return false;
    if (document_.is_word(i, "de") || document_.is_word(i, "d"))
      return next->value <= -1000 && current_ >= 10 && !out_.digits;
    if (document_.is_word(i, "a")) return next->value < 0;
    if (document_.is_word(i, "et"))
      linked_ = next->value == 0 || ((next->value == 1 || next->value == 11) && current_ >= 20 && !out_.digits);
    else if (document_.is_word(i, "and"))
      linked_ =
          next->value == 0 || (next->value > 0 && next->value < 100 && !out_.digits && (current_ >= 100 || total_ > 0));
    return linked_;
  }

  void finish(bool bare_collective) {
    out_.value = total_ + std::max(current_, 0.0);
    const bool whole = std::floor(out_.value + 1e-6) >= out_.value - 1e-6;
    const bool small_word = !out_.digits && out_.value < 2;
    out_.valid = out_.last > out_.first && whole && !small_word && !bare_collective && out_.value >= 1 &&
                 out_.value <= kMost && !(decimals_ && scale_ == 0);
    out_.value = std::round(out_.value);
    decimals_ = linked_ = false;
  }

  const Parsed& parsed_;
  const Document& document_;
  Numeral out_;
  double total_ = 0, current_ = -1, scale_ = 0;
  bool decimals_ = false, linked_ = false;
};

class Counter {
 public:
  explicit Counter(const Parsed& parsed) : parsed_(parsed), document_(parsed.document), marks_(parsed.marks) {}

  std::optional<PeopleFact> run() {
    for (std::uint32_t s = 0; s < document_.sentences.size() && figures_.size() < kMostFigures; ++s) read_sentence(s);
    for (std::size_t i = 0; i < figures_.size(); ++i) judge(i);
    return choose();
  }

 private:
  // Stages 1 and 2: numbers that count persons.

  void read_sentence(std::uint32_t index) {
    const Sentence& sentence = document_.sentences[index];
    NumeralReader reader(parsed_);
    Numeral before;
    std::size_t range_from = 0;
    for (std::uint32_t i = sentence.first; i < sentence.last;) {
      const Numeral number = reader.read(i, sentence.last);
      if (number.last == number.first) {
        ++i;
        continue;
      }
      if (before.last != 0 && is_range(before, number)) {
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
    figures_.push_back(figure);
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
      } else if (unknown-- == 0 || (of && parsed_.language == Language::French && !token.capital)) {
        return NounAfter::None;
      }
    }
    return NounAfter::None;
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
    return number.grouped && announced(number, sentence);
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

  // Stage 3: what is said of each figure.

  /// The stretch without a mark around the figure, within its sentence.
  std::uint32_t clause_first(const Figure& figure) const {
    const Sentence& sentence = document_.sentences[figure.sentence];
    std::uint32_t at = figure.number.first;
    while (at > sentence.first && !breaks(at - 1)) --at;
    return at;
  }
  std::uint32_t clause_last(const Figure& figure) const {
    const Sentence& sentence = document_.sentences[figure.sentence];
    std::uint32_t at = figure.noun_last;
    while (at < sentence.last && !breaks(at)) ++at;
    return at;
  }
  bool breaks(std::uint32_t token) const {
    const Token& t = document_.tokens[token];
    return t.kind == TokenKind::Mark && t.mark != '"' && t.mark != '%' && t.mark != '/';
  }

  void judge(std::size_t index) {
    Figure& figure = figures_[index];
    const std::uint32_t first = clause_first(figure), last = clause_last(figure);
    qualify(figure, first, last);
    judge_words(figure, first, last);
    judge_asides(figure, index, first, last);
    if (figure.hit) figure.base = false;
  }

  void qualify(Figure& figure, std::uint32_t first, std::uint32_t last) const {
    const std::uint32_t from = std::max(first, figure.number.first > 5 ? figure.number.first - 5 : 0);
    const std::uint32_t to = std::min(last, figure.noun_last + 3);
    const auto see = [&](const CueMatch& match) {
      const bool before = match.last <= figure.number.first && only_fillers(match.last, figure.number.first);
      const bool after = match.first >= figure.noun_last;
      if (!before && !after) return;
      if (match.value == 1) figure.qualifier = Qualifier::About;
      if (match.value == 2) figure.qualifier = Qualifier::AtLeast;
      if (match.value == 3) figure.qualifier = Qualifier::AtMost;
    };
    each_cue(marks_, from, to, Cue::Approx, see);
    if (figure.qualifier == Qualifier::Exact && !figure.number.digits && collective(figure.number))
      figure.qualifier = Qualifier::About;
  }
  bool collective(const Numeral& number) const {
    bool found = false;
    each_cue(marks_, number.first, number.last, Cue::Number,
             [&](const CueMatch& match) { found = found || (match.value < 0 && match.value >= -1000); });
    return found;
  }
  /// Nothing but fillers, articles and words of approximation in [first, last).
  bool only_fillers(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (!marks_.on(i, Cue::Approx) && !marks_.on(i, Cue::Filler) && !document_.is_mark(i, '"')) return false;
    }
    return true;
  }

  void judge_words(Figure& figure, std::uint32_t first, std::uint32_t last) const {
    const std::uint32_t start = document_.sentences[figure.sentence].first;
    each_cue(marks_, start, last, Cue::Figure, [&](const CueMatch& match) {
      const bool before = match.last <= figure.number.first;
      const bool here = match.first >= first;
      const std::uint32_t gap = before ? figure.number.first - match.last : UINT32_MAX;
      switch (static_cast<FigureWord>(match.value)) {
        case FigureWord::Announces:
        case FigureWord::Adds: break;
        case FigureWord::Total:
          figure.total = figure.total || (before && gap <= 4) || (here && match.first >= figure.noun_last);
          break;
        case FigureWord::Hit: figure.hit = figure.hit || here; break;
        case FigureWord::Withdraws: figure.withdrawn = before ? here && gap <= 4 : figure.withdrawn; break;
        case FigureWord::Corrects:
          if (before && here && gap <= 4) {
            figure.corrected = true;
            figure.withdrawn = false;
          }
          break;
      }
    });
  }

  void judge_asides(Figure& figure, std::size_t index, std::uint32_t first, std::uint32_t last) const {
    const Sentence& sentence = document_.sentences[figure.sentence];
    std::uint32_t thief = 0;
    each_cue(marks_, sentence.first, sentence.last, Cue::NotVictims, [&](const CueMatch& match) {
      const bool before = match.last <= figure.number.first;
      const bool close = before && match.first >= first && only_fillers(match.last, figure.number.first);
      switch (static_cast<Aside>(match.value)) {
        case Aside::Nothing: break;
        case Aside::Base: figure.base = figure.base || close; break;
        case Aside::BaseOf: figure.base = figure.base || (close && follows_another(index)); break;
        case Aside::Part: figure.part = figure.part || close; break;
        case Aside::Received: figure.received = figure.received || close; break;
        case Aside::After:
          if (match.first >= figure.noun_last && match.first < last && match.first - figure.noun_last <= kReach)
            aside_after(figure, match);
          break;
        case Aside::Thief:
          if (before) thief = match.last;
          break;
        case Aside::Says:
          figure.claimed = figure.claimed || (before && thief != 0 && match.first - thief <= 2 * kReach);
          break;
        case Aside::Claims: figure.claimed = figure.claimed || before || (match.first < last + 3); break;
      }
    });
    if (figure.claimed) figure.denied = marks_.any(figure.number.last, sentence.last, Cue::Denial);
  }
  /// "ont reçu le fichier" counts those it was sent to; "ne sont pas concernés" counts those who are safe.
  void aside_after(Figure& figure, const CueMatch& match) const {
    bool negated = false;
    for (const std::string_view half : {"pas", "not", "t", "aren", "unaffected", "epargnes"}) {
      negated = negated || document_.is_word(match.last - 1, half);
    }
    if (negated)
      figure.base = true, figure.hit = false;
    else
      figure.received = true;
  }
  bool follows_another(std::size_t index) const {
    return index > 0 && figures_[index - 1].sentence == figures_[index].sentence;
  }

  // Stage 4: the choice.

  std::optional<PeopleFact> choose() const {
    bool told = false;  // by the victim or an authority
    for (const Figure& figure : figures_) told = told || (figure.usable() && !figure.claimed);
    const Figure* best = nullptr;
    double best_score = 0;
    std::int64_t rivals = 0;
    for (const Figure& figure : figures_) {
      if (!figure.usable() || (told && figure.claimed)) continue;
      const double score = score_of(figure);
      if (best != nullptr && figure.number.value != best->number.value) ++rivals;
      if (best != nullptr && score <= best_score) continue;
      best = &figure;
      best_score = score;
    }
    if (best == nullptr) return std::nullopt;
    return fact_of(*best, rivals);
  }

  static double score_of(const Figure& figure) {
    double score = 0;
    if (figure.corrected) score += 8;
    if (figure.total) score += 4;
    if (figure.hit) score += 2;
    if (figure.noun) score += 2;
    if (figure.received) score -= 5;
    if (!figure.number.digits && figure.number.value < 20) score -= 2;
    return score;
  }

  PeopleFact fact_of(const Figure& best, std::int64_t rivals) const {
    PeopleFact fact;
    double count = best.number.value;
    std::uint32_t first = best.number.first, last = best.noun_last;
    if (!best.total && !best.corrected) {
      const auto at = static_cast<std::size_t>(&best - figures_.data());
      for (std::size_t i = at; i + 1 < figures_.size() && adds_up(figures_[i], figures_[i + 1]); ++i) {
        count += figures_[i + 1].number.value;
        last = figures_[i + 1].noun_last;
        --rivals;
      }
      for (std::size_t i = at; i > 0 && adds_up(figures_[i - 1], figures_[i]); --i) {
        count += figures_[i - 1].number.value;
        first = figures_[i - 1].number.first;
        --rivals;
      }
    }
    fact.count = static_cast<std::int64_t>(count);
    fact.qualifier = best.qualifier;
    fact.claimed = best.claimed;
    fact.evidence = parsed_.evidence(first, last);
    fact.confidence = best.claimed ? 0.5F : rivals > 0 ? 0.6F : best.noun ? 0.9F : 0.75F;
    return fact;
  }

  /// Two groups side by side, "38 000 patients, 1 900 soignants", or one per item of a list.
  bool adds_up(const Figure& left, const Figure& right) const {
    if (!left.usable() || !right.usable() || left.claimed != right.claimed || right.total || right.corrected)
      return false;
    if (!left.noun || left.received || right.received || left.number.value == right.number.value) return false;
    if (left.sentence != right.sentence) {
      const Sentence& a = document_.sentences[left.sentence];
      const Sentence& b = document_.sentences[right.sentence];
      return right.sentence == left.sentence + 1 && a.shape == Shape::Item && b.shape == Shape::Item && right.noun &&
             left.number.first <= a.first + 3 && right.number.first <= b.first + 3;
    }
    bool joined = false;
    for (std::uint32_t i = left.noun_last; i < right.number.first; ++i) {
      if (document_.is_mark(i, ';') || document_.is_mark(i, ':') || document_.is_mark(i, '(') ||
          document_.is_mark(i, '.'))
        return false;
      joined = joined || document_.is_mark(i, ',');
    }
    each_cue(marks_, left.noun_last, right.number.first, Cue::Figure, [&](const CueMatch& match) {
      joined = joined || match.value == static_cast<std::int64_t>(FigureWord::Adds);
    });
    return joined && right.number.first - left.noun_last <= 12;
  }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  std::vector<Figure> figures_;
};

}  // namespace

std::optional<PeopleFact> count_people(const Parsed& parsed) {
  return Counter(parsed).run();
}

}  // namespace vigifuite::feeds::extract
