// SPDX-License-Identifier: AGPL-3.0-or-later
//
// What is said of each category that a text names: that it leaked, that it did not, or nothing.
//
// The problem: "Vos noms et adresses ont été copiés ; les RIB, conservés ailleurs, ne sont pas concernés, et aucun mot
// de passe ne figure dans le fichier." Four mentions, two answers, and the words that give the answer come now before,
// now after what they speak of.
//
// The idea: no grammar, but the few things of grammar that decide.
//   1. A predicate is a verb that says something of data (hit, holds, stores, is safe, was reset…), negated or not. Its
//      voice says on which side its data stand: a passive looks back at its subject, an active one forward at its
//      object.
//   2. A denying word (aucun, ni, sans, hors…) covers what follows it, up to where its list ends.
//   3. What has neither takes the word of its heading ("Données non concernées :"), of the cell beside it ("Non"), of
//      the answer after it ("Mes coordonnées bancaires ? Non."). What has nothing at all is assumed to have leaked:
//      announcements list what leaked in nominal sentences ("Noms, e-mails et téléphones dans la nature").
//   4. Advice, risks, measures, ways in and ways to tell people are predicates too: they silence the data they speak
//   of.
//
// Nothing looks beyond a sentence but headings, cells, answers and pronouns; a sentence has a bounded length, so the
// whole is linear.
#include <algorithm>
#include <array>

#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

/// Where the data of a predicate stand.
enum class Side : std::uint8_t { Before, After, Both };

struct Predicate {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Polarity polarity = Polarity::Silent;
  Side side = Side::Before;
  bool denied = false;
  bool strong = false;  ///< a condition or a rule ("si votre RIB…"): whatever is said within it is not said to be
};

/// Tokens [first, last) that a denying word covers.
struct Denial {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

constexpr std::uint32_t kNear = 5;      ///< tokens between an auxiliary and its participle
constexpr std::uint32_t kNegation = 8;  ///< tokens between the two halves of a negation

/// One sentence: its predicates, its denials, and what they make of its mentions.
class SentenceScope {
 public:
  SentenceScope(const Parsed& parsed, const Sentence& sentence, std::size_t& next_mention, std::size_t& next_cue)
      : parsed_(parsed), document_(parsed.document), marks_(parsed.marks), sentence_(sentence) {
    while (next_mention < marks_.mentions.size() && marks_.mentions[next_mention].first < sentence.last)
      mentions_.push_back(&marks_.mentions[next_mention++]);
    while (next_cue < marks_.cues.size() && marks_.cues[next_cue].first < sentence.last)
      cues_.push_back(&marks_.cues[next_cue++]);
    number_brackets();
    find_negations();
    for (const CueMatch* cue : cues_) add_predicate(*cue);
    add_elliptic();
    add_answers();
    order();
    turn_around();
    for (const CueMatch* cue : cues_) add_denial(*cue);
  }

  [[nodiscard]] const std::vector<const Mention*>& mentions() const { return mentions_; }
  /// Words that speak of data, or of a leak (or of what data are in), outside the mentions of categories.
  [[nodiscard]] std::vector<Mention> data(bool containers) const {
    std::vector<Mention> found;
    for (const CueMatch* cue : cues_) {
      if (cue->cue != Cue::Data && cue->cue != Cue::Leak) continue;
      if (containers != (cue->cue == Cue::Data && cue->value == 0)) continue;
      const bool covered = std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention* mention) {
        return mention->first < cue->last && cue->first < mention->last;
      });
      if (!covered) found.push_back({cue->first, cue->last, {}});
    }
    return found;
  }
  [[nodiscard]] const std::vector<Predicate>& predicates() const { return predicates_; }
  [[nodiscard]] bool names_data() const { return mention_in(sentence_.first, sentence_.last); }

  /// What the sentence itself says of a mention; `nothing` when it says nothing.
  ScopedMention judge(const Mention& mention, Polarity nothing) const {
    ScopedMention scoped{mention, nothing, mention.first};
    if (parsed_.elsewhere[mention.first]) {
      scoped.polarity = Polarity::Silent;
      return scoped;
    }
    const Predicate* after = following(mention);
    const Predicate* before = preceding(mention);
    if (conditional(mention)) {
      scoped.polarity = Polarity::Silent;
      return scoped;
    }
    if (before != nullptr && before->polarity == Polarity::Silent && before->side != Side::Before &&
        (after == nullptr || after->polarity != Polarity::Exposed)) {
      scoped.polarity = Polarity::Silent;
      return scoped;
    }
    for (const Denial& denial : denials_) {
      if (denial.first <= mention.first && mention.last <= denial.last) {
        scoped.polarity = Polarity::Safe;
        scoped.cue = denial.first;
        return scoped;
      }
    }
    if (const Predicate* taken_back = denied_afterwards(mention)) {
      scoped.polarity = Polarity::Safe;
      scoped.cue = taken_back->first;
      return scoped;
    }
    const Predicate* chosen = after;
    if (before != nullptr && (after == nullptr || mention.first < split(*before, *after))) chosen = before;
    if (chosen != nullptr) {
      scoped.polarity = chosen->polarity;
      scoped.cue = chosen->first;
    }
    return scoped;
  }

  /// What the sentence says of a list under it, when it is a heading.
  [[nodiscard]] Polarity heading() const {
    Polarity said = Polarity::Assumed;
    for (const Predicate& predicate : predicates_) {
      if (predicate.polarity == Polarity::Safe) return Polarity::Safe;
      if (predicate.polarity == Polarity::Silent) said = Polarity::Silent;
      if (predicate.polarity == Polarity::Exposed && said == Polarity::Assumed) said = Polarity::Exposed;
    }
    if (!denials_.empty()) return Polarity::Safe;
    for (const CueMatch* cue : cues_) {
      if (cue->cue == Cue::SafeListing || (cue->cue == Cue::No && cue->last + 2 >= sentence_.last))
        return Polarity::Safe;
    }
    return said;
  }

 private:
  bool mark_at(std::uint32_t token, char mark) const {
    return token < sentence_.last && document_.is_mark(token, mark);
  }
  /// A clause begins here that is said apart. "En revanche" inside a clause ("n'a en revanche pas eu") parts nothing.
  bool contrast_at(std::uint32_t token) const {
    if (!marks_.on(token, Cue::Contrast)) return false;
    const auto found = std::find_if(cues_.begin(), cues_.end(), [&](const CueMatch* cue) {
      return cue->cue == Cue::Contrast && cue->first <= token && token < cue->last;
    });
    if (found == cues_.end() || (*found)->value == 0) return true;
    const std::uint32_t first = (*found)->first;
    return first == sentence_.first || document_.tokens[first - 1].kind == TokenKind::Mark ||
           document_.is_word(first - 1, "et");
  }
  bool any_mark(std::uint32_t first, std::uint32_t last, std::string_view which) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (document_.tokens[i].kind == TokenKind::Mark && which.find(document_.tokens[i].mark) != std::string_view::npos)
        return true;
    }
    return false;
  }
  bool mention_in(std::uint32_t first, std::uint32_t last) const {
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention* mention) {
      return mention->first >= first && mention->last <= last && !mention->categories.empty();
    });
  }

  /// Which bracket each token is in: 0 outside. What is said inside a bracket says nothing of what is outside.
  void number_brackets() {
    bracket_.assign(sentence_.last - sentence_.first, 0);
    std::uint32_t open = 0, number = 0;
    for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
      if (document_.is_mark(i, '(')) open = ++number;
      bracket_[i - sentence_.first] = open;
      if (document_.is_mark(i, ')')) open = 0;
    }
  }
  std::uint32_t bracket(std::uint32_t token) const { return bracket_[token - sentence_.first]; }

  /// The tokens a verbal negation covers: "n'ont pas été consultés" from n' to a few words after pas.
  struct Negation {
    std::uint32_t first = 0;
    std::uint32_t half = 0;  ///< its second half, or the first when it has one only
    std::uint32_t last = 0;
  };

  void find_negations() {
    for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
      if (!marks_.on(i, Cue::Ne) || is_number_sign(i)) continue;
      if (parsed_.language == Language::English) {
        if (marks_.on(i, Cue::NotOnly) || marks_.on(i, Cue::Nothing)) continue;
        negations_.push_back({i, i, std::min(sentence_.last, i + kNear)});
        continue;
      }
      const std::uint32_t stop = std::min(sentence_.last, i + kNegation);
      for (std::uint32_t j = i + 1; j < stop; ++j) {
        if (document_.tokens[j].kind == TokenKind::Mark && !mark_at(j, ',') && !mark_at(j, '"')) break;
        if (!marks_.on(j, Cue::Pas)) continue;
        if (!marks_.on(j, Cue::NotOnly)) negations_.push_back({i, j, std::min(sentence_.last, j + kNear + 1)});
        break;
      }
    }
    if (parsed_.language == Language::French) find_short_negations();
  }
  /// "Pas récupéré :", "non dérobés": without ne, right before the verb.
  void find_short_negations() {
    for (std::uint32_t i = sentence_.first; i + 1 < sentence_.last; ++i) {
      if (!document_.is_word(i, "pas") && !document_.is_word(i, "non") && !document_.is_word(i, "jamais")) continue;
      const bool verb = marks_.on(i + 1, Cue::Hit) || marks_.on(i + 1, Cue::Holds) || marks_.on(i + 1, Cue::Stores);
      const bool within = std::any_of(negations_.begin(), negations_.end(),
                                      [&](const Negation& n) { return n.first <= i && i <= n.half; });
      if (verb && !within && !marks_.on(i, Cue::Nothing)) negations_.push_back({i, i, i + 2});
    }
  }
  /// The "n" of "n° de téléphone".
  bool is_number_sign(std::uint32_t token) const {
    const std::string_view rest = document_.text.substr(document_.tokens[token].end, 2);
    return rest == "°" || rest == "º";
  }
  const Negation* negation_of(const CueMatch& cue) const {
    for (const Negation& negation : negations_) {
      if (negation.first < cue.first && cue.first < negation.last && !any_mark(negation.half, cue.first, ".;:!?)") &&
          !mention_in(negation.half + 1, cue.first))
        return &negation;
    }
    return nullptr;
  }

  /// "a" the verb, not "à" the preposition, which folds to the same word.
  bool have_at(std::uint32_t token) const {
    return marks_.on(token, Cue::Have) &&
           !(document_.word(token) == "a" && document_.tokens[token].end - document_.tokens[token].begin > 1);
  }
  bool auxiliary_before(std::uint32_t token) const {
    const std::uint32_t from = token - std::min(token - sentence_.first, kNear);
    for (std::uint32_t i = token; i-- > from;) {
      if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, '"') && !mark_at(i, ',')) return false;
      if (marks_.on(i, Cue::Auxiliary)) return true;
    }
    return false;
  }
  bool have_before(std::uint32_t token) const {
    const std::uint32_t from = token - std::min(token - sentence_.first, kNear - 1);
    for (std::uint32_t i = token; i-- > from;) {
      if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, '"')) return false;
      if (have_at(i)) return true;
    }
    return false;
  }
  /// Written with an é near its end, or a participle that has none: "volées", "compromis".
  bool participle(std::uint32_t token) const {
    const Token& t = document_.tokens[token];
    const std::string_view written = document_.text.substr(t.begin, t.end - t.begin);
    const std::string_view tail = written.substr(written.size() - std::min<std::size_t>(written.size(), 4));
    if (tail.find("é") != std::string_view::npos) return true;
    const std::string_view word = document_.word(token);
    static constexpr std::array<std::string_view, 9> kEnds = {"is", "ise",  "ises",  "us",  "ues",
                                                              "ue", "erts", "ertes", "aits"};
    return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return word.ends_with(end); });
  }

  void add_predicate(const CueMatch& cue) {
    const Negation* negation = negation_of(cue);
    Predicate made{negation != nullptr ? negation->first : cue.first,
                   cue.last,
                   Polarity::Exposed,
                   Side::After,
                   negation != nullptr,
                   false};
    const Polarity said = made.denied ? Polarity::Safe : Polarity::Exposed;
    const bool passive = auxiliary_before(cue.first);
    if (cue.cue == Cue::Hit) {
      made.polarity = said;
      if (!set_side(cue, passive, made)) return;
    } else if (cue.cue == Cue::Holds || cue.cue == Cue::Reaches) {
      if (cue.cue == Cue::Holds && passive) return;  // "are held elsewhere"
      made.polarity = said;
    } else if (cue.cue == Cue::Stores) {
      if (!made.denied) return;  // what is kept may have leaked; what is not kept has not
      made.polarity = Polarity::Safe;
      made.side = passive || stands_alone(cue.last) ? Side::Before : Side::After;
    } else if (cue.cue == Cue::Safe) {
      made.polarity = made.denied ? Polarity::Exposed : Polarity::Safe;
      made.side = Side::Before;
    } else if (cue.cue == Cue::Misuse) {
      if (!passive && !have_before(cue.first)) return;
      made.polarity = made.denied ? Polarity::Silent : Polarity::Exposed;
      made.side = passive ? Side::Before : Side::After;
    } else if (cue.cue == Cue::Measure) {
      const bool bare = !passive && !have_before(cue.first) && participle(cue.first);
      if (bare && cue.value == 1) return;  // "vos mots de passe, chiffrés, ont été volés"
      made.polarity = Polarity::Silent;
      made.side = passive || bare ? Side::Before : Side::After;
    } else if (cue.cue == Cue::Advice || cue.cue == Cue::Vector || cue.cue == Cue::Risk) {
      made.polarity = Polarity::Silent;
      made.strong = cue.cue == Cue::Advice && cue.value == 1;
      if (cue.cue == Cue::Risk) made.side = Side::Both;
    } else if (cue.cue == Cue::Listing || cue.cue == Cue::SafeListing) {
      if (!announces_list(cue.last)) return;
      made.polarity = (cue.cue == Cue::SafeListing) != made.denied ? Polarity::Safe : Polarity::Exposed;
    } else {
      return;
    }
    predicates_.push_back(made);
  }

  /// Nothing but marks and closing words after it: "ils ne sont pas conservés."
  bool stands_alone(std::uint32_t token) const {
    return token >= sentence_.last || document_.tokens[token].kind == TokenKind::Mark;
  }
  bool announces_list(std::uint32_t token) const {
    for (std::uint32_t i = token; i < std::min(sentence_.last, token + 8); ++i) {
      if (mark_at(i, ':')) return true;
    }
    return sentence_.shape == Shape::Heading && !mention_in(token, sentence_.last);
  }

  /// Which side a verb of hitting looks at; false when it says nothing of either (a bare participle).
  bool set_side(const CueMatch& cue, bool passive, Predicate& made) const {
    const bool english = parsed_.language == Language::English;
    if (cue.value == 1) {
      made.side = Side::Before;
    } else if (passive) {
      made.side = Side::Before;
    } else if (have_before(cue.first)) {
      made.side = Side::After;
    } else if (english) {
      made.side = Side::After;
    } else if (cue.value == 2 && !participle(cue.first)) {
      made.side = Side::After;
    } else {
      made.side = Side::Before;  // a bare participle speaks of what it follows: nothing new, but to deny it
      return made.denied;
    }
    return true;
  }

  /// "Vos déplacements ne l'ont pas été", "les factures n'y étaient pas": a negation without a verb of ours.
  void add_elliptic() {
    for (const Negation& negation : negations_) {
      const bool known = std::any_of(predicates_.begin(), predicates_.end(),
                                     [&](const Predicate& predicate) { return predicate.first == negation.first; });
      if (known) continue;
      std::uint32_t end = negation.half + 1;
      bool verb = false;
      for (std::uint32_t i = negation.first > sentence_.first + 2 ? negation.first - 2 : sentence_.first;
           i < end && i < sentence_.last; ++i)
        verb = verb || marks_.on(i, Cue::Auxiliary) || have_at(i);
      while (end < sentence_.last && (marks_.on(end, Cue::Auxiliary) || document_.is_word(end, "plus") ||
                                      document_.is_word(end, "eux") || document_.is_word(end, "elles")))
        ++end;
      if (!verb || !(stands_alone(end) || stands_in(end) || unknown_participle(negation, end))) continue;
      predicates_.push_back({negation.first, end, Polarity::Safe, Side::Before, true, false});
    }
  }
  /// "ne sont pas dans le fichier", "were not part of it".
  bool stands_in(std::uint32_t token) const {
    static constexpr std::array<std::string_view, 10> kIn = {"dans",  "parmi", "sur", "chez",   "in",
                                                             "among", "part",  "on",  "within", "amongst"};
    return token < sentence_.last && std::find(kIn.begin(), kIn.end(), document_.word(token)) != kIn.end();
  }
  /// "n'ont pas été exportés": what was not done to data, with a verb that no list has.
  bool unknown_participle(const Negation& negation, std::uint32_t token) const {
    bool passive = false;
    for (std::uint32_t i = negation.first > sentence_.first + 2 ? negation.first - 2 : sentence_.first; i < token; ++i)
      passive = passive || marks_.on(i, Cue::Auxiliary);
    if (!passive || token >= sentence_.last || document_.tokens[token].kind != TokenKind::Word) return false;
    const bool known = marks_.on(token, Cue::Misuse) || marks_.on(token, Cue::Measure) || marks_.on(token, Cue::Advice);
    const bool form = parsed_.language == Language::English ? document_.word(token).ends_with("ed") : participle(token);
    return form && !known;
  }

  /// "Les décomptes de soins, non. Les numéros, non plus." and "IBAN : oui".
  void add_answers() {
    for (const CueMatch* cue : cues_) {
      if (cue->cue != Cue::No && cue->cue != Cue::Yes) continue;
      if (!stands_alone(cue->last)) continue;
      if (mark_at(cue->last, ':') && cue->first <= sentence_.first + 1) {  // "Non : numéro de sécurité sociale, RIB"
        predicates_.push_back({cue->first, cue->last, cue->cue == Cue::No ? Polarity::Safe : Polarity::Exposed,
                               Side::After, cue->cue == Cue::No, false});
        continue;
      }
      if (cue->first == sentence_.first) continue;
      const bool apart = document_.tokens[cue->first - 1].kind == TokenKind::Mark || cue->last - cue->first > 1 ||
                         document_.is_word(cue->first, "non") || document_.is_word(cue->first, "oui");
      if (!apart || !mention_in(sentence_.first, cue->first)) continue;
      if (cue->cue == Cue::Yes && document_.tokens[cue->first - 1].kind != TokenKind::Mark &&
          !document_.is_word(cue->first, "oui"))
        continue;
      predicates_.push_back({cue->first, cue->last, cue->cue == Cue::No ? Polarity::Safe : Polarity::Exposed,
                             Side::Before, cue->cue == Cue::No, false});
    }
  }

  /// In order of place; of two that overlap, the one that says no, else the longer.
  void order() {
    std::stable_sort(predicates_.begin(), predicates_.end(), [](const Predicate& a, const Predicate& b) {
      return a.first != b.first ? a.first < b.first : a.last > b.last;
    });
    std::vector<Predicate> kept;
    for (const Predicate& predicate : predicates_) {
      if (kept.empty() || predicate.first >= kept.back().last) {
        kept.push_back(predicate);
      } else if (predicate.polarity == Polarity::Safe && kept.back().polarity == Polarity::Exposed) {
        kept.back() = predicate;
      }
    }
    predicates_ = std::move(kept);
  }

  /// A predicate that looks back and finds nothing looks forward: "Ont été dérobés : noms et adresses".
  void turn_around() {
    for (std::size_t i = 0; i < predicates_.size(); ++i) {
      Predicate& predicate = predicates_[i];
      if (predicate.side != Side::Before) continue;
      const std::uint32_t from = clause_start(i);
      if (mention_in(from, predicate.first)) continue;
      if (predicate.polarity != Polarity::Safe || opens_clause(from, predicate.first)) predicate.side = Side::After;
    }
  }
  std::uint32_t clause_start(std::size_t index) const {
    std::uint32_t from = sentence_.first;
    for (std::size_t i = 0; i < index; ++i) from = std::max(from, predicates_[i].last);
    for (std::uint32_t i = from; i < predicates_[index].first; ++i) {
      if (mark_at(i, ';') || mark_at(i, ':') || contrast_at(i)) from = i + 1;
    }
    return from;
  }
  /// Only words that can stand before an inverted verb, or before "data that": "Ne sont pas concernés", "Ce qui n'a
  /// pas".
  bool opens_clause(std::uint32_t first, std::uint32_t last) const {
    static constexpr std::array<std::string_view, 22> kEmpty = {
        "ce", "qui", "que",  "qu",  "en",   "et",  "y",    "donc",  "les",  "des", "la",
        "le", "l",   "what", "was", "were", "the", "they", "which", "that", "is",  "personnelles"};
    for (std::uint32_t i = first; i < last; ++i) {
      if (document_.tokens[i].kind == TokenKind::Mark || marks_.on(i, Cue::Data) || contrast_at(i)) continue;
      const std::string_view word = document_.word(i);
      if (std::find(kEmpty.begin(), kEmpty.end(), word) == kEmpty.end()) return false;
    }
    return true;
  }

  void add_denial(const CueMatch& cue) {
    const bool excludes = cue.cue == Cue::Excludes && negation_of(cue) == nullptr;
    if (cue.cue != Cue::Negator && cue.cue != Cue::Except && !excludes) return;
    if (marks_.on(cue.first, Cue::NotOnly)) return;
    if (cue.cue == Cue::Negator && within_negation(cue)) return;
    if (leads(cue) && !reaches_data(cue.last)) return;
    denials_.push_back({cue.first, denial_end(cue)});
  }
  /// The "pas de" of "n'a pas de": the verb decides.
  bool within_negation(const CueMatch& cue) const {
    return std::any_of(negations_.begin(), negations_.end(), [&](const Negation& negation) {
      return negation.half == cue.first && negation.first != cue.first && !document_.is_word(cue.first, "ni") &&
             !document_.word(cue.first).starts_with("aucun");
    });
  }
  /// A preposition: it denies the words right after it, and those they are listed with.
  bool leads(const CueMatch& cue) const {
    return cue.cue == Cue::Except || document_.is_word(cue.first, "sans") || document_.is_word(cue.first, "without");
  }
  /// Data follow at once: "sans mot de passe", not "sans raison les mots de passe".
  bool reaches_data(std::uint32_t token) const {
    for (std::uint32_t i = token; i < std::min(sentence_.last, token + 5); ++i) {
      if (document_.tokens[i].kind == TokenKind::Mark && !mark_at(i, '"') && !mark_at(i, '(')) return false;
      if (marks_.on(i, Cue::Data) || marks_.on(i, Cue::Leak)) return true;
      const bool here =
          std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention* mention) { return mention->first == i; });
      if (here) return true;
      static constexpr std::array<std::string_view, 26> kBefore = {
          "le",   "la",    "les", "l",   "un", "une", "des", "du",   "de",    "d",         "vos",   "votre",  "nos",
          "leur", "leurs", "ses", "son", "sa", "any", "the", "your", "their", "toutefois", "aucun", "aucune", "ni"};
      if (std::find(kBefore.begin(), kBefore.end(), document_.word(i)) == kBefore.end()) return false;
    }
    return false;
  }
  std::uint32_t denial_end(const CueMatch& cue) const {
    const std::uint32_t group = bracket(cue.first);
    for (std::uint32_t i = cue.last; i < sentence_.last; ++i) {
      if (bracket(i) != group && bracket(cue.first) != 0) return i;
      const Token& token = document_.tokens[i];
      if (token.kind == TokenKind::Mark && std::string_view(";:.!?|").find(token.mark) != std::string_view::npos)
        return i;
      if (contrast_at(i) || (marks_.on(i, Cue::Only) && !marks_.on(i, Cue::Negator) && !within_que(i))) return i;
      if (mark_at(i, ',') && !list_goes_on(i + 1, leads(cue) && cue.first <= sentence_.first + 1)) return i;
      for (const Predicate& predicate : predicates_) {
        if (predicate.first == i && i > cue.last && predicate.polarity == Polarity::Exposed &&
            predicate.side == Side::After && !predicate.denied)
          return i;
        if (predicate.last == i && predicate.first >= cue.last && predicate.side == Side::Before) return i;
      }
    }
    return sentence_.last;
  }
  /// "que" joins as often as it restricts.
  bool within_que(std::uint32_t token) const {
    const std::string_view word = document_.word(token);
    return word == "que" || word == "qu";
  }
  /// After a comma: another of the same list, or something else?
  bool list_goes_on(std::uint32_t token, bool leading) const {
    std::uint32_t at = token;
    while (at < sentence_.last && at < token + 3 && !mention_in(at, std::min(sentence_.last, at + 8))) ++at;
    for (std::uint32_t i = token; i < std::min(sentence_.last, token + 4); ++i) {
      if (marks_.on(i, Cue::Negator)) return true;
      for (const Mention* mention : mentions_) {
        if (mention->first != i) continue;
        return !(leading && i > token);
      }
      if (document_.tokens[i].kind == TokenKind::Mark) break;
    }
    return false;
  }

  /// "It was said that passwords had leaked; they had not."
  const Predicate* denied_afterwards(const Mention& mention) const {
    for (std::size_t i = 1; i < predicates_.size(); ++i) {
      const Predicate& predicate = predicates_[i];
      if (!predicate.denied || predicate.side != Side::Before || predicate.polarity != Polarity::Safe) continue;
      if (mention.last > predicates_[i - 1].first || predicate.first < predicates_[i - 1].last + 2) continue;
      static constexpr std::array<std::string_view, 8> kPronouns = {"ils",  "elles", "il",     "elle",
                                                                    "they", "it",    "celles", "ceux"};
      const std::uint32_t subject =
          predicate.first - 1 -
          (marks_.on(predicate.first - 1, Cue::Have) || marks_.on(predicate.first - 1, Cue::Auxiliary) ? 1 : 0);
      if (std::find(kPronouns.begin(), kPronouns.end(), document_.word(subject)) != kPronouns.end() &&
          !mention_in(predicates_[i - 1].last, predicate.first))
        return &predicate;
    }
    return nullptr;
  }

  /// "Si votre RIB figure parmi les données volées": whatever follows in the sentence.
  bool conditional(const Mention& mention) const {
    return std::any_of(predicates_.begin(), predicates_.end(), [&](const Predicate& predicate) {
      return predicate.strong && predicate.last <= mention.first && !barred(predicate.last, mention.first, false) &&
             !condition_ends(predicate, mention.first);
    });
  }
  /// A condition ends at a comma, unless the comma is inside a list of what it speaks of.
  bool condition_ends(const Predicate& condition, std::uint32_t token) const {
    if (!marks_.on(condition.first, Cue::Condition)) return false;
    for (std::uint32_t i = condition.last; i < token; ++i) {
      if (mark_at(i, ',') && (!mention_in(condition.last, i) || !mention_in(i, std::min(sentence_.last, i + 6))))
        return true;
    }
    return false;
  }

  /// The nearest predicate after a mention that looks back at it.
  const Predicate* following(const Mention& mention) const {
    for (const Predicate& predicate : predicates_) {
      if (predicate.first < mention.last) continue;
      if (!same_bracket(mention, predicate)) continue;
      if (barred(mention.last, predicate.first, false)) return nullptr;
      return predicate.side == Side::After ? nullptr : &predicate;
    }
    return nullptr;
  }
  /// The nearest predicate before a mention that looks forward at it.
  const Predicate* preceding(const Mention& mention) const {
    for (std::size_t i = predicates_.size(); i-- > 0;) {
      const Predicate& predicate = predicates_[i];
      if (predicate.last > mention.first) continue;
      if (!same_bracket(mention, predicate)) continue;
      if (predicate.side == Side::Before) return nullptr;
      if (condition_ends(predicate, mention.first)) continue;
      const bool list = any_mark(predicate.last, std::min(mention.first, predicate.last + 10), ":");
      return barred(predicate.last, mention.first, list) ? nullptr : &predicate;
    }
    return nullptr;
  }
  bool same_bracket(const Mention& mention, const Predicate& predicate) const {
    return bracket(predicate.first) == 0 || bracket(predicate.first) == bracket(mention.first);
  }
  bool barred(std::uint32_t first, std::uint32_t last, bool in_list) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (contrast_at(i)) return true;
      if (!in_list && mark_at(i, ';')) return true;
    }
    return false;
  }
  /// Where the object of one predicate ends and the subject of the next begins.
  std::uint32_t split(const Predicate& before, const Predicate& after) const {
    std::uint32_t comma = 0, conjunction = 0;
    for (std::uint32_t i = before.last; i < after.first; ++i) {
      if (mark_at(i, ';') || mark_at(i, '-') || mark_at(i, '(')) return i;
      if (mark_at(i, ',')) comma = i;
      if (document_.is_word(i, "et") || document_.is_word(i, "and")) conjunction = i;
    }
    return comma != 0 ? comma : conjunction != 0 ? conjunction : before.last;
  }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  const Sentence& sentence_;
  std::vector<const Mention*> mentions_;
  std::vector<const CueMatch*> cues_;
  std::vector<std::uint32_t> bracket_;
  std::vector<Negation> negations_;
  std::vector<Predicate> predicates_;
  std::vector<Denial> denials_;
};

/// Sentence after sentence, with what one leaves to the next: a heading, a question, the columns of a table.
class TextScope {
 public:
  explicit TextScope(const Parsed& parsed) : parsed_(parsed) {}

  Scoped run() && {
    std::size_t next_mention = 0, next_cue = 0;
    for (const Sentence& sentence : parsed_.document.sentences) {
      const SentenceScope scope(parsed_, sentence, next_mention, next_cue);
      answer_question(sentence, scope);
      correct(sentence);
      enter(sentence, scope);
      for (const Mention& data : scope.data(false)) found_.data.push_back(scope.judge(data, Polarity::Assumed));
      for (const Mention& file : scope.data(true)) found_.containers.push_back(scope.judge(file, Polarity::Assumed));
      const std::size_t before = out_.size();
      if (sentence.shape == Shape::Row) {
        row(sentence, scope);
      } else {
        for (const Mention* mention : scope.mentions()) {
          if (!mention->categories.empty()) out_.push_back(scope.judge(*mention, under_heading_));
        }
        silence_passing_words(sentence, before);
      }
      leave(sentence, scope, before);
    }
    return std::move(found_);
  }

 private:
  /// A list of data, or a word beside a leak, is assumed to have leaked; one word in passing is not.
  void silence_passing_words(const Sentence& sentence, std::size_t from) {
    CategorySet named;
    for (std::size_t i = from; i < out_.size(); ++i) {
      if (out_[i].polarity == Polarity::Assumed || out_[i].polarity == Polarity::Exposed)
        named = named | out_[i].mention.categories;
    }
    const bool list = named.size() > 1 || (sentence.shape == Shape::Item && sentence.last - sentence.first <= 12);
    if (list || sentence.end == '?' || parsed_.marks.any(sentence.first, sentence.last, Cue::Leak) ||
        parsed_.marks.any(sentence.first, sentence.last, Cue::Hit) ||
        parsed_.marks.any(sentence.first, sentence.last, Cue::Yes))
      return;
    for (std::size_t i = from; i < out_.size(); ++i) {
      if (out_[i].polarity == Polarity::Assumed) out_[i].polarity = Polarity::Silent;
    }
  }

  /// Does the heading still hold for this sentence?
  void enter(const Sentence& sentence, const SentenceScope& scope) {
    if (sentence.shape == Shape::Item || sentence.shape == Shape::Row) {
      in_list_ = true;
      return;
    }
    // A heading speaks of the list under it, or of the lines under it that name data and head nothing.
    const bool listed = scope.heading() == Polarity::Assumed && sentence.end != ':' && scope.names_data();
    if (sentence.shape == Shape::Heading && listed && sentence.block <= heading_block_ + 1) {
      heading_block_ = sentence.block;
      return;
    }
    if (sentence.shape == Shape::Heading || in_list_ || sentence.block > heading_block_ + 1) {
      under_heading_ = Polarity::Assumed;
      in_list_ = false;
    }
  }
  void leave(const Sentence& sentence, const SentenceScope& scope, std::size_t before) {
    const bool listed = sentence.shape == Shape::Heading && heading_block_ == sentence.block && sentence.end != ':';
    // "✘ Pas dérobé", over items that are one level down.
    const bool item_heads = sentence.shape == Shape::Item && !scope.names_data() &&
                            sentence.last - sentence.first <= 6 && scope.heading() != Polarity::Assumed;
    if ((sentence.shape == Shape::Heading && !listed) || sentence.end == ':' || item_heads) {
      under_heading_ = scope.heading();
      heading_block_ = sentence.block;
      in_list_ = false;
    }
    sentence_from_ = before;
    question_from_ = sentence.end == '?' ? before : out_.size();
    question_to_ = out_.size();
  }

  /// "Mes coordonnées bancaires ? Non." and "Vos antécédents ? Ils ne quittent pas le service médical."
  void answer_question(const Sentence& sentence, const SentenceScope& scope) {
    if (question_from_ == question_to_) return;
    Polarity answer = Polarity::Assumed;
    std::uint32_t first = sentence.first;
    while (first < sentence.last && parsed_.document.tokens[first].kind == TokenKind::Mark) ++first;
    if (first == sentence.last) return;
    if (parsed_.marks.on(first, Cue::No))
      answer = Polarity::Safe;
    else if (parsed_.marks.on(first, Cue::Yes))
      answer = Polarity::Exposed;
    else if (!scope.predicates().empty() && !scope.names_data())
      answer = scope.predicates().front().polarity;
    if (answer == Polarity::Assumed) return;
    for (std::size_t i = question_from_; i < question_to_; ++i) {
      if (out_[i].polarity == Polarity::Silent) continue;
      out_[i].polarity = answer;
      out_[i].cue = first;
    }
  }

  /// "…échappaient à la fuite. Cela s'est révélé inexact": the sentence before said the contrary of what is.
  void correct(const Sentence& sentence) {
    bool corrects = false;
    for (std::uint32_t i = sentence.first; i < std::min(sentence.last, sentence.first + 12); ++i)
      corrects = corrects || parsed_.marks.on(i, Cue::Corrects);
    if (!corrects) return;
    for (std::size_t i = sentence_from_; i < out_.size(); ++i) {
      if (out_[i].polarity == Polarity::Safe)
        out_[i].polarity = Polarity::Exposed;
      else if (out_[i].polarity == Polarity::Exposed)
        out_[i].polarity = Polarity::Safe;
    }
  }

  /// A row says yes or no in its last cell, or its columns do in their heads.
  void row(const Sentence& sentence, const SentenceScope& scope) {
    const Document& document = parsed_.document;
    std::size_t column = 0;
    std::vector<std::uint32_t> starts = {sentence.first};
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      if (document.is_mark(i, '|')) starts.push_back(i + 1);
    }
    const std::uint32_t answer = starts.back();
    Polarity said = under_heading_;
    if (answer < sentence.last && starts.size() > 1) {
      if (parsed_.marks.on(answer, Cue::No))
        said = Polarity::Safe;
      else if (parsed_.marks.on(answer, Cue::Yes))
        said = Polarity::Exposed;
    }
    if (scope.mentions().empty()) read_column_heads(sentence, starts);
    for (const Mention* mention : scope.mentions()) {
      if (mention->categories.empty()) continue;
      while (column + 1 < starts.size() && starts[column + 1] <= mention->first) ++column;
      const Polarity here = said == Polarity::Assumed && column < heads_.size() ? heads_[column] : said;
      out_.push_back(scope.judge(*mention, here));
    }
  }
  void read_column_heads(const Sentence& sentence, const std::vector<std::uint32_t>& starts) {
    heads_.assign(starts.size(), Polarity::Assumed);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::uint32_t end = i + 1 < starts.size() ? starts[i + 1] : sentence.last;
      if (parsed_.marks.any(starts[i], end, Cue::SafeListing) || parsed_.marks.any(starts[i], end, Cue::No))
        heads_[i] = Polarity::Safe;
    }
    // "Donnée | Concernée ?" heads a column of answers, not of data.
  }

  const Parsed& parsed_;
  Scoped found_;
  std::vector<ScopedMention>& out_ = found_.mentions;
  Polarity under_heading_ = Polarity::Assumed;
  std::uint32_t heading_block_ = 0;
  bool in_list_ = false;
  std::size_t sentence_from_ = 0;  ///< mentions of the sentence before begin here
  std::size_t question_from_ = 0;
  std::size_t question_to_ = 0;
  std::vector<Polarity> heads_;
};

}  // namespace

Scoped scope(const Parsed& parsed) {
  return TextScope(parsed).run();
}

}  // namespace vigifuite::feeds::extract
