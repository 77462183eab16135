// SPDX-License-Identifier: AGPL-3.0-or-later
// How many persons were hit.
//
// A text is full of numbers: prices, lines of a file, customers of the chain, seconds. The step works in four stages.
//   1. Read every number, in digits or in words: "10 204", "33M", "une centaine de milliers", "un million et demi".
//   2. Keep those that count persons: the noun after the number says so ("52 300 de nos patients"), or that data are
//      theirs ("les récépissés de 64 étrangers"), or the label before it ("Nombre d'usagers : 8 412"), or the sentence
//      speaks of a number of persons ("Au total, 4 300.").
//   3. See what the words around say of each: a part of another ("dont 6 150 clients"), all those the body serves
//      ("qui compte 3 millions de clients"), those who received a message, a figure withdrawn ("et non 15 000"), a
//      figure only the thief gives.
//   4. Choose. The figure that corrects the others, else a total, else groups that add up, else the one whose words say
//      most surely that these persons were hit; the thief's only when there is no other.
#include <array>
#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/figures.hpp"
#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::uint32_t kReach = 6;  ///< tokens that may stand between a number and the words that judge it

class Counter {
 public:
  explicit Counter(const Parsed& parsed)
      : parsed_(parsed), document_(parsed.document), marks_(parsed.marks), figures_(find_figures(parsed)) {}

  std::optional<PeopleFact> run() {
    for (std::size_t i = 0; i < figures_.size(); ++i) judge(i);
    return choose();
  }

 private:
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
    judge_quote(figure);
    if (partitive(figure) && aside_of_another(figure, index)) figure.part = true;
    judge_asides(figure, index, first, last);
    figure.base = figure.base || does_to(figure);
    figure.whole = figure.whole || set_apart(figure);
    figure.base = figure.base || figure.whole;
    if (figure.hit && !figure.way_in && !figure.whole) figure.base = false;
    figure.received = figure.received || sent_there(figure, first);
    figure.claimed = figure.claimed || quotes_thief(figure);
    if (figure.claimed)
      figure.denied =
          figure.denied || marks_.any(figure.number.last, document_.sentences[figure.sentence].last, Cue::Denial);
    figure.bracketed = in_brackets(figure);
    for (std::uint32_t i = first; i < last; ++i)
      figure.also = figure.also || document_.is_word(i, "also") || document_.is_word(i, "egalement");
  }
  /// Where the figure begins, with the words of approximation before it.
  std::uint32_t begins(const Figure& figure) const {
    const std::uint32_t first = document_.sentences[figure.sentence].first;
    std::uint32_t at = figure.number.first;
    while (at > first && (marks_.on(at - 1, Cue::Approx) || marks_.on(at - 1, Cue::Filler))) --at;
    return at;
  }
  /// "qui suit | 2 300 personnes": those somebody does something to every day, when it is no leak.
  bool does_to(const Figure& figure) const {
    const std::uint32_t at = begins(figure), first = document_.sentences[figure.sentence].first;
    if (!figure.noun || at < first + 2 || document_.tokens[at - 1].kind != TokenKind::Word) return false;
    const std::uint32_t verb = at - 1;
    if (counts_its_own(verb, first)) return true;
    for (const Cue cue : {Cue::Have, Cue::Auxiliary, Cue::Hit, Cue::Figure, Cue::Holds, Cue::Reaches, Cue::Dated}) {
      if (marks_.on(verb, cue)) return false;
    }
    for (const std::string_view word : {"qui", "which", "that", "who"}) {
      if (document_.is_word(verb - 1, word)) return true;
    }
    return false;
  }
  /// "Le lycée compte | 540 élèves", not "on compte 540 victimes".
  bool counts_its_own(std::uint32_t verb, std::uint32_t first) const {
    if (!document_.is_word(verb, "compte") && !document_.is_word(verb, "comptent")) return false;
    if (document_.written(verb, verb + 1).ends_with("é")) return false;
    for (const std::string_view word : {"on", "en", "nous", "se"}) {
      if (verb == first || document_.is_word(verb - 1, word)) return false;
    }
    return document_.tokens[verb - 1].kind == TokenKind::Word;
  }
  /// "Du côté des | 5 000 employeurs, rien n'a filtré", "Quant aux | 19 000 licenciés, … ne sont pas concernées".
  bool set_apart(const Figure& figure) const {
    const Sentence& sentence = document_.sentences[figure.sentence];
    const std::uint32_t at = begins(figure);
    if (at > sentence.first + 5 || at == sentence.first) return false;
    const bool opens = document_.is_word(sentence.first, "quant") || document_.is_word(sentence.first, "cote") ||
                       document_.is_word(sentence.first + 1, "cote") || document_.is_word(sentence.first, "as");
    return opens && (marks_.any(figure.noun_last, sentence.last, Cue::Ne) ||
                     marks_.any(figure.noun_last, sentence.last, Cue::Safe));
  }
  /// "sends its newsletter to | 4,100 residents": those who got what was sent, unless no other figure is there.
  bool sent_there(const Figure& figure, std::uint32_t clause) const {
    std::uint32_t at = figure.number.first;
    while (at > clause && marks_.on(at - 1, Cue::Approx) && !to(at - 1)) --at;
    while (at > clause && marks_.on(at - 1, Cue::Filler) && !to(at - 1)) --at;
    if (at > clause && document_.is_word(at - 1, "soit") && at >= clause + 1) return to_all(at - 1, figure);
    if (at <= clause || !to(at - 1)) return false;
    for (std::uint32_t i = at - 1; i-- > clause;) {
      for (const std::string_view stem :
           {"send", "sent", "forward", "circulat", "distribut", "deliver", "envo", "adress", "transmi", "diffus",
            "expedi", "achemin", "mailed", "emailed", "destin", "vers", "fourni", "livr"}) {
        if (document_.word(i).starts_with(stem)) return true;
      }
    }
    return false;
  }
  /// "adressé par erreur à l'ensemble des managers, soit | 74 personnes"
  bool to_all(std::uint32_t that_is, const Figure& figure) const {
    const std::uint32_t first = document_.sentences[figure.sentence].first;
    const std::uint32_t from = that_is > first + 2 * kReach ? that_is - 2 * kReach : first;
    bool everybody = false;
    for (std::uint32_t i = that_is; i-- > from;) {
      everybody = everybody || (to(i) && (document_.is_word(i + 1, "l") || document_.is_word(i + 1, "tous") ||
                                          document_.is_word(i + 1, "toutes") || document_.is_word(i, "aux")));
      const std::string_view word = document_.word(i);
      if (everybody && (word.starts_with("adress") || word.starts_with("envo") || word.starts_with("transmi") ||
                        word.starts_with("diffus")))
        return true;
    }
    return false;
  }
  bool to(std::uint32_t i) const {
    return document_.is_word(i, "to") || document_.is_word(i, "a") || document_.is_word(i, "aux");
  }
  /// "« 8 millions de clients », fanfaronne un vendeur": who is quoted says it.
  bool quotes_thief(const Figure& figure) const {
    const std::uint32_t last = document_.sentences[figure.sentence].last;
    std::uint32_t close = figure.noun_last;
    while (close < last && close < figure.noun_last + 2 * kReach && !document_.is_mark(close, '"')) ++close;
    if (close >= last || !document_.is_mark(close, '"') || !opened(figure)) return false;
    for (std::uint32_t i = close + 1; i < std::min(last, close + 2 * kReach); ++i) {
      if (document_.is_mark(i, ';') || document_.is_mark(i, ':')) return false;
      const CueMatch* thief = cue_at(marks_, i, Cue::NotVictims);
      if (thief != nullptr && thief->value == static_cast<std::int64_t>(Aside::Thief)) return true;
    }
    return false;
  }
  /// A quote stands open before the figure.
  bool opened(const Figure& figure) const {
    bool open = false;
    for (std::uint32_t i = document_.sentences[figure.sentence].first; i < figure.number.first; ++i)
      open = document_.is_mark(i, '"') ? !open : open;
    return open;
  }
  /// "12 of them", "300 d'entre eux"
  bool partitive(const Figure& figure) const {
    return figure.noun_last >= figure.number.last + 2 &&
           (document_.is_word(figure.number.last, "of") ||
            (document_.is_word(figure.number.last, "d") && document_.is_word(figure.number.last + 1, "entre")));
  }
  /// ", 12 of them in Maine", "une plaque pour 300 d'entre eux": told of a figure before.
  bool aside_of_another(const Figure& figure, std::size_t index) const {
    const std::uint32_t at = begins(figure), first = document_.sentences[figure.sentence].first;
    if (at == first) return false;
    const bool aside = document_.is_mark(at - 1, ',') && follows_another(index) && figures_[index - 1].usable();
    return aside || document_.is_word(at - 1, "pour") || document_.is_word(at - 1, "for") ||
           document_.is_word(at - 1, "chez");
  }
  /// "« Moins de 500 personnes », disait-on", "« Près de 5 000 », rectifie le directeur".
  void judge_quote(Figure& figure) const {
    const std::uint32_t last = document_.sentences[figure.sentence].last;
    std::uint32_t at = figure.noun_last;
    if (at >= last || !document_.is_mark(at, '"')) return;
    if (++at < last && document_.is_mark(at, ',')) ++at;
    if (at >= last) return;
    const std::string_view verb = document_.word(at);
    if (verb.starts_with("rectif") || verb.starts_with("corrig")) figure.corrected = true;
    if (verb.ends_with("ait") && marks_.on(at, Cue::NotVictims)) figure.withdrawn = true;
  }
  bool in_brackets(const Figure& figure) const {
    const Sentence& sentence = document_.sentences[figure.sentence];
    for (std::uint32_t i = figure.number.first; i-- > sentence.first;) {
      if (document_.is_mark(i, ')')) return false;
      if (document_.is_mark(i, '(')) return true;
    }
    return false;
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
        case Aside::BaseOf:
          figure.base = figure.base || (close && (follows_another(index) || precedes_another(index, sentence)));
          break;
        case Aside::Part:
          // "la mutuelle, dont 27 000 assurés voient leur nom exposé": of whose, not of whom
          figure.part = figure.part || (close && (!document_.is_word(match.first, "dont") || follows_another(index)));
          break;
        case Aside::Received:
          figure.received = figure.received || close;
          figure.sent_to = figure.sent_to || close;
          break;
        case Aside::After:
          if (match.first >= figure.noun_last && match.first < last && match.first - figure.noun_last <= kReach)
            aside_after(figure, match);
          break;
        case Aside::Thief:
          if (before) thief = match.last;
          break;
        case Aside::Says:
          figure.claimed = figure.claimed ||
                           (before && thief != 0 && match.first - thief <= 2 * kReach &&
                            !parted(match.last, figure.number.first) && !answered(match.last, figure.number.first));
          break;
        case Aside::Claims:
          figure.claimed =
              figure.claimed || (before ? !parted(match.last, figure.number.first) : match.first < last + 3);
          break;
      }
    });
    if (figure.claimed) figure.denied = marks_.any(figure.number.last, sentence.last, Cue::Denial);
  }
  /// Another statement begins between the two.
  bool parted(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (document_.is_mark(i, ';')) return true;
    }
    return false;
  }
  /// "le hacker parle de 2 millions, la plateforme répond | 340 000": somebody else speaks now.
  bool answered(std::uint32_t first, std::uint32_t last) const {
    bool comma = false;
    for (std::uint32_t i = first; i < last; ++i) {
      comma = comma || document_.is_mark(i, ',');
      if (comma && marks_.on(i, Cue::Announces)) return true;
    }
    return false;
  }
  /// "ont reçu le fichier" counts those it was sent to; "ne sont pas concernés" counts those who are safe.
  void aside_after(Figure& figure, const CueMatch& match) const {
    bool negated = false;
    for (const std::string_view half : {"pas", "not", "t", "aren", "unaffected", "epargnes", "worldwide", "globally",
                                        "inscrits", "affilies", "a", "dans", "par", "radio", "presse", "television"}) {
      negated = negated || document_.is_word(match.last - 1, half);
    }
    // also where it overrides that they are hit: those of everybody, or of the rumour
    if (document_.is_word(match.last - 1, "worldwide") || document_.is_word(match.last - 1, "globally"))
      figure.whole = true;
    if (negated)
      figure.base = true, figure.hit = false;
    else
      figure.received = true;
  }
  /// "Sur ses 900 000 adhérents, 40 000 ont…"
  bool precedes_another(std::size_t index, const Sentence& sentence) const {
    return index + 1 < figures_.size() && figures_[index + 1].sentence == figures_[index].sentence &&
           figures_[index].number.first <= sentence.first + 4;
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
      const bool larger = best != nullptr && score == best_score && best->noun == figure.noun &&
                          figure.number.value > best->number.value;
      if (best != nullptr && score <= best_score && !larger) continue;
      best = &figure;
      best_score = score;
    }
    if (best == nullptr || best->sent_to) return std::nullopt;
    return fact_of(*best, rivals);
  }

  static double score_of(const Figure& figure) {
    double score = 0;
    if (figure.corrected) score += 8;
    if (figure.total || figure.labelled) score += 4;
    if (figure.hit) score += 2;
    if (figure.noun) score += 2;
    if (figure.received) score -= 5;
    if (figure.bracketed) score -= 3;
    if (figure.also) score -= 3;
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
    if (left.placed && right.placed) return right.sentence - left.sentence <= 1;
    if (left.sentence != right.sentence) {
      if (apart(left, right)) return true;
      const Sentence& a = document_.sentences[left.sentence];
      const Sentence& b = document_.sentences[right.sentence];
      return right.sentence == left.sentence + 1 && a.shape == Shape::Item && b.shape == Shape::Item && right.noun &&
             left.number.first <= a.first + 3 && right.number.first <= b.first + 3;
    }
    bool joined = plus_between(left.noun_last, right.number.first);
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

  /// "167 travailleurs + 41 encadrants"
  bool plus_between(std::uint32_t first, std::uint32_t last) const {
    if (first == 0 || last - first > 3) return false;
    const std::uint32_t from = document_.tokens[first - 1].end;
    const std::string_view between = document_.text.substr(from, document_.tokens[last].begin - from);
    return between.find('+') != std::string_view::npos || between.find('&') != std::string_view::npos;
  }
  /// Those served and those who work there, told in sentences of their own: "les noms de 1 830 élèves… Ceux de 212
  /// enseignants l'ont été également."
  bool apart(const Figure& left, const Figure& right) const {
    const bool staff = (left.kind == PersonKind::Staff) != (right.kind == PersonKind::Staff);
    const bool anyone = left.kind == PersonKind::Anyone || right.kind == PersonKind::Anyone;
    return staff && !anyone && right.noun && (right.also || right.hit) && right.sentence - left.sentence <= 2;
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
