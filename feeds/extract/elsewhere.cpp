// SPDX-License-Identifier: AGPL-3.0-or-later
// Which words speak of another incident or of another victim.
//
// An article about one leak recalls others: "qui avait déjà perdu les données de 43 millions de personnes", "Après LDLC
// et Sport 2000, la librairie…", "en 2022, une première attaque avait touché 4 000 agents". Their figures, dates and
// data belong to nobody here, so every later step skips the tokens marked in this one.
//
// To mark the incident the text is about would lose it whole; to miss another one costs a figure. So the step marks
// little: a clause (up to the next comma) where words open such a clause, and a whole statement only for words that
// leave no doubt or for two weak signs that agree: "déjà" with a time before, "plusieurs enseignes" with "ces derniers
// mois". One weak sign alone says nothing: "Pour rappel, l'intrusion a eu lieu le 3 mars" is the incident itself.
// A statement is a sentence, or the part of one between semicolons, or what stands in parentheses.
#include <algorithm>

#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

/// What a cue Earlier says: the numbers of lexicon/elsewhere.toml.
enum class Sign : std::uint8_t {
  Nothing = 0,
  Opens = 1,
  Whole = 2,
  Unlinked = 3,
  OpensAtName = 4,
  OpensWithName = 5,
  Clause = 6,
  Before = 10,
  Again = 11,
  Others = 12,
  Reminder = 13,
  Pluperfect = 14,
  Already = 15,
  Subordinate = 20,
  Incident = 21,
};

/// Signs seen so far in a statement, and where the first and the last of the weak ones stand.
struct Signs {
  bool before = false, again = false, others = false, reminder = false, pluperfect = false, already = false;
  bool year_alone = false;   ///< the time before is a year without a month
  bool subordinate = false;  ///< it begins with "Alors que"
  bool incident = false;     ///< it names an incident: "L'incident de mai"
  std::uint32_t first = UINT32_MAX, last = 0;

  [[nodiscard]] bool agree(bool opening_sentence) const noexcept {
    if (again && (before || pluperfect)) return true;
    if (already && before) return true;
    if (others && (before || pluperfect || reminder)) return true;
    if (reminder && (before || again)) return true;
    return year_alone && pluperfect && !opening_sentence;
  }
};

class Marker {
 public:
  explicit Marker(Parsed& parsed) : parsed_(parsed), document_(parsed.document) {}

  void run() {
    for (const Sentence& sentence : document_.sentences) {
      if (points_elsewhere(sentence)) return mark(sentence.first, static_cast<std::uint32_t>(document_.tokens.size()));
      std::uint32_t from = sentence.first;
      std::uint32_t depth_start = 0;
      int depth = 0;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        if (document_.is_mark(i, '(') && depth++ == 0) depth_start = i + 1;
        if (document_.is_mark(i, ')') && depth > 0 && --depth == 0) statement(depth_start, i, false);
        if (document_.is_mark(i, ';') && depth == 0) {
          statement(from, i, from == 0);
          from = i + 1;
        }
      }
      statement(from, sentence.last, from == 0);
    }
  }

 private:
  /// "À lire aussi": what follows on the page is other articles.
  bool points_elsewhere(const Sentence& sentence) const {
    if (sentence.first == 0 || sentence.last - sentence.first > 6) return false;
    for (std::uint32_t i = sentence.first; i + 1 < sentence.last && i <= sentence.first + 1; ++i) {
      const bool read = document_.is_word(i, "lire") || document_.is_word(i, "read") || document_.is_word(i, "voir");
      if (read && (document_.is_word(i + 1, "aussi") || document_.is_word(i + 1, "egalement") ||
                   document_.is_word(i + 1, "also") || document_.is_word(i + 1, "more")))
        return true;
    }
    return document_.is_word(sentence.first, "related") && sentence.last - sentence.first <= 3;
  }

  void statement(std::uint32_t first, std::uint32_t last, bool opening_sentence) {
    if (first >= last) return;
    auto& cues = parsed_.marks.cues;
    const auto begin = std::lower_bound(cues.begin(), cues.end(), first,
                                        [](const CueMatch& cue, std::uint32_t token) { return cue.first < token; });
    Signs signs;
    for (auto cue = begin; cue != cues.end() && cue->first < last; ++cue) {
      if (cue->cue != Cue::Earlier || nested(first, cue->first)) continue;
      sign(*cue, first, last, signs);
    }
    note_years(first, last, signs);
    if (signs.agree(opening_sentence)) mark_statement(first, last, signs);
  }

  void sign(const CueMatch& cue, std::uint32_t first, std::uint32_t last, Signs& signs) {
    const std::uint32_t end = clause_end(cue.last, last);
    const auto note = [&](bool& kind) {
      kind = true;
      signs.first = std::min(signs.first, cue.first);
      signs.last = std::max(signs.last, cue.last);
    };
    switch (static_cast<Sign>(cue.value)) {
      case Sign::Nothing: return;
      case Sign::Opens: return mark(cue.first, relative_end(end, last));
      case Sign::Clause: return mark(clause_begin(cue.first, first), end);
      case Sign::Whole: return whole(cue, first, last, signs.subordinate);
      case Sign::Unlinked:
        if (signs.incident) mark(first, last);
        return;
      case Sign::OpensAtName:
        if (cue.last < end && is_name(cue.last) && !speaks(cue.last, end)) mark(cue.first, end);
        return;
      case Sign::OpensWithName:
        for (std::uint32_t i = cue.last; i < end; ++i) {
          if (is_name(i)) return mark(cue.first, end);
        }
        return;
      case Sign::Before: return note(signs.before);
      case Sign::Again: return note(signs.again);
      case Sign::Others: return note(signs.others);
      case Sign::Reminder: return note(signs.reminder);
      case Sign::Pluperfect: return note(signs.pluperfect);
      case Sign::Already: return note(signs.already);
      case Sign::Subordinate: signs.subordinate = signs.subordinate || cue.first <= first + 1; return;
      case Sign::Incident: signs.incident = true; return;
    }
  }

  /// The whole statement, or its opening clause when it is subordinate: "Alors que l'affaire X est dans toutes les
  /// mémoires, la librairie…" goes on with the incident of the text.
  void whole(const CueMatch& cue, std::uint32_t first, std::uint32_t last, bool subordinate) {
    mark(first, subordinate ? clause_end(cue.last, last) : last);
  }

  /// A year before the one of publication is a time before; in the first months of a year last year is still near.
  void note_years(std::uint32_t first, std::uint32_t last, Signs& signs) {
    const PartialDate published = parsed_.published;
    if (!published.known()) return;
    const int near = published.month != 0 && published.month <= 3 ? published.year - 1 : published.year;
    for (std::uint32_t i = first + 1; i < last; ++i) {
      const std::int64_t year = document_.tokens[i].kind == TokenKind::Number ? document_.whole(i).value_or(0) : 0;
      const bool said_alone = document_.is_word(i - 1, "en") || document_.is_word(i - 1, "in");
      if (year < 1990 || year >= near || !said_alone) continue;
      signs.before = signs.year_alone = true;
      signs.first = std::min(signs.first, i - 1);
      signs.last = std::max(signs.last, i + 1);
    }
  }

  /// From the clause of the first sign to the clause of the last; when they open the statement, all of it.
  void mark_statement(std::uint32_t first, std::uint32_t last, const Signs& signs) {
    std::uint32_t from = signs.first;
    while (from > first && !document_.is_mark(from - 1, ',') && !document_.is_mark(from - 1, ':')) --from;
    mark(from, from == first ? last : clause_end(signs.last, last));
  }

  /// Past the comma before `token`, or `first`.
  std::uint32_t clause_begin(std::uint32_t token, std::uint32_t first) const {
    while (token > first && !document_.is_mark(token - 1, ',')) --token;
    return token;
  }

  /// The next comma outside parentheses, or `last`.
  std::uint32_t clause_end(std::uint32_t from, std::uint32_t last) const {
    int depth = 0;
    for (std::uint32_t i = from; i < last; ++i) {
      if (document_.is_mark(i, '(')) ++depth;
      if (document_.is_mark(i, ')')) --depth;
      if (depth < 0 || (depth == 0 && document_.is_mark(i, ','))) return i;
    }
    return last;
  }

  /// "Aucun rapport avec le vol de 2022, qui avait touché…": a clause goes on past the comma at `end`.
  std::uint32_t relative_end(std::uint32_t end, std::uint32_t last) const {
    if (end + 1 >= last) return end;
    static constexpr std::array<std::string_view, 4> kRelative = {"qui", "dont", "which", "where"};
    const bool goes_on = std::find(kRelative.begin(), kRelative.end(), document_.word(end + 1)) != kRelative.end();
    return goes_on ? clause_end(end + 1, last) : end;
  }

  /// `token` stands in parentheses opened after `first`.
  bool nested(std::uint32_t first, std::uint32_t token) const {
    int depth = 0;
    for (std::uint32_t i = first; i < token; ++i) {
      if (document_.is_mark(i, '(')) ++depth;
      if (document_.is_mark(i, ')')) --depth;
    }
    return depth > 0;
  }

  /// A capital letter where a sentence does not begin. In a text in capitals it says nothing.
  bool is_name(std::uint32_t token) const {
    const Token& word = document_.tokens[token];
    if (word.kind != TokenKind::Word || !word.capital || token == 0) return false;
    return !word.capitals || !document_.tokens[token - 1].capitals;
  }

  /// "after Northgate Clinics reported…": what it did then is what the text is about.
  bool speaks(std::uint32_t name, std::uint32_t end) const {
    while (name < end && is_name(name)) ++name;
    return name < end && (parsed_.marks.on(name, Cue::Announces) || parsed_.marks.on(name, Cue::Have));
  }

  void mark(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) parsed_.elsewhere[i] = true;
  }

  Parsed& parsed_;
  const Document& document_;
};

}  // namespace

void mark_elsewhere(Parsed& parsed) {
  parsed.elsewhere.assign(parsed.document.tokens.size(), false);
  Marker(parsed).run();
}

}  // namespace vigifuite::feeds::extract
