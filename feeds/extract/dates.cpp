// SPDX-License-Identifier: AGPL-3.0-or-later
// When the data were got at.
//
// An announcement dates many things: the attack, its discovery, the complaint, the message itself, the data. The step
//   1. reads every date and every span of dates, as precise as it is written: "du 21 août au 5 septembre 2018",
//      "dans la nuit du 30 au 31 décembre", "mi-février 2026", "03/07/2025", "January 27 and February 4, 2025";
//   2. completes the years: a span shares its year; a date without one takes the latest that is not after publication;
//   3. asks what each dates: the nearest word of the sentence that can be dated decides (attack, detection, or other
//      things such as a complaint), where a comma counts as a longer way; a heading or a question answers for a
//      sentence that says nothing itself ("Quand ? Le mardi 5 mars");
//   4. takes the access; without one the detection; spans before days, days before months and years.
#include <array>
#include <cstdlib>

#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/steps.hpp"

namespace vigifuite::feeds::extract {
namespace {

// The numbers of lexicon/dates.toml.
enum class Role : std::int64_t {
  Nothing = 0,
  Access = 1,
  Detection = 2,
  Other = 3,
  Since = 4,
  Closing = 5,
  Exposure = 6,
  Label = 7
};
constexpr std::int64_t kWeekday = 20;
constexpr std::int64_t kPart = 30;

constexpr std::uint32_t kFar = 1000;  ///< farther than any word of a sentence
constexpr std::uint32_t kCommaWay = 4;
constexpr std::uint32_t kSemicolonWay = 40;
constexpr std::size_t kMostDates = 500;  ///< of one text

/// A date or a span of dates as written: tokens [first, last).
struct DateMention {
  TextDate from, to;
  std::uint32_t first = 0, last = 0;
  std::uint32_t sentence = 0;
  bool span = false;
  Role role = Role::Nothing;
  std::uint32_t distance = kFar;  ///< to the word that gave the role
  bool since = false;             ///< the first day only: "depuis le 3 mars"
};

bool day_fits(int day, int month) noexcept {
  static constexpr std::array<int, 13> kDays = {31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day >= 1 && day <= kDays[static_cast<std::size_t>(month)];
}

/// How precise: 1 year, 2 month, 3 day.
int precision(TextDate date) noexcept {
  return date.day != 0 ? 3 : date.month != 0 ? 2 : 1;
}

class DateReader {
 public:
  explicit DateReader(const Parsed& parsed)
      : parsed_(parsed), document_(parsed.document), marks_(parsed.marks), month_first_(month_first()) {}

  /// The date or the span that begins at `at`, or nothing.
  std::optional<DateMention> read(std::uint32_t at, std::uint32_t end) const {
    DateMention mention;
    mention.first = at;
    if (auto span = days_then_date(at, end)) return span;
    const auto low = date(at, end);
    if (!low) return std::nullopt;
    mention.from = mention.to = low->date;
    mention.last = low->last;
    if (auto high = second_of_span(*low, end)) {
      mention.to = high->date;
      mention.last = high->last;
      mention.span = true;
      share_year(mention.from, mention.to);
    }
    return mention;
  }

 private:
  struct Read {
    TextDate date;
    std::uint32_t last = 0;
  };

  /// The whole number at a token, or 0. Two digits after a decimal point are no number here.
  int number(std::uint32_t token, std::uint32_t end) const {
    if (token >= end || document_.tokens[token].kind != TokenKind::Number) return 0;
    const auto value = document_.whole(token);
    return value && *value > 0 && *value < 10000 ? static_cast<int>(*value) : 0;
  }
  std::int64_t calendar(std::uint32_t token, std::uint32_t end) const {
    const CueMatch* match = token < end ? cue_at(marks_, token, Cue::Calendar) : nullptr;
    return match == nullptr ? 0 : match->value;
  }
  /// A month; in English it needs its capital: "may" is no month.
  int month(std::uint32_t token, std::uint32_t end) const {
    const std::int64_t value = calendar(token, end);
    if (value < 1 || value > 12) return 0;
    return parsed_.language == Language::French || document_.tokens[token].capital ? static_cast<int>(value) : 0;
  }
  /// A year of this century or the last, or 0.
  int year(std::uint32_t token, std::uint32_t end) const {
    const int value = number(token, end);
    const bool plain = value != 0 && document_.tokens[token].end - document_.tokens[token].begin == 4;
    return plain && value >= 1950 && value <= 2100 ? value : 0;
  }
  bool mark(std::uint32_t token, std::uint32_t end, char wanted) const {
    return token < end && document_.is_mark(token, wanted);
  }
  bool word(std::uint32_t token, std::uint32_t end, std::string_view wanted) const {
    return token < end && document_.is_word(token, wanted);
  }
  bool one_of(std::uint32_t token, std::uint32_t end, std::initializer_list<std::string_view> wanted) const {
    for (const std::string_view candidate : wanted) {
      if (word(token, end, candidate)) return true;
    }
    return false;
  }

  /// "5", "1er", "premier", "3rd": the day, and past it.
  int day(std::uint32_t token, std::uint32_t end, std::uint32_t& last) const {
    last = token + 1;
    if (word(token, end, "premier") || word(token, end, "1er")) return 1;
    const int value = number(token, end);
    if (value < 1 || value > 31 || document_.tokens[token].folded_end - document_.tokens[token].folded > 2) return 0;
    if (one_of(last, end, {"er", "st", "nd", "rd", "th"}) && !document_.tokens[last].spaced) ++last;
    return value;
  }

  std::optional<Read> date(std::uint32_t at, std::uint32_t end) const {
    if (calendar(at, end) == kWeekday) {
      ++at;
      if (mark(at, end, ',') || mark(at, end, '.')) ++at;
      if (one_of(at, end, {"le", "the"})) ++at;
    }
    if (auto read = numeric(at, end)) return read;
    if (auto read = day_month(at, end)) return read;
    if (auto read = month_day(at, end)) return read;
    return month_or_year(at, end);
  }

  /// "03/07/2025", "2025-07-03", "3.7.25", "15/01".
  std::optional<Read> numeric(std::uint32_t at, std::uint32_t end) const {
    const int a = number(at, end);
    if (a == 0 || at + 2 >= end || document_.tokens[at + 1].kind != TokenKind::Mark) return std::nullopt;
    const char between = document_.tokens[at + 1].mark;
    if ((between != '/' && between != '-' && between != '.') || document_.tokens[at + 1].spaced ||
        document_.tokens[at + 2].spaced)
      return std::nullopt;
    if (at > 0 && document_.tokens[at - 1].kind == TokenKind::Mark && document_.tokens[at - 1].mark == between)
      return std::nullopt;
    if (between == '.') {
      if (auto short_year = dotted(a, at + 2, end)) return short_year;
    }
    const int b = number(at + 2, end);
    if (b == 0) return std::nullopt;
    const bool third = mark(at + 3, end, between) && number(at + 4, end) != 0 && !document_.tokens[at + 4].spaced;
    if (!third) return between == '/' && introduced(at) ? day_of(a, b, 0, at + 3) : std::nullopt;
    const int c = number(at + 4, end);
    if (a >= 1950)
      return valid(c, b, a) ? std::optional<Read>({{year16(a), small(b), small(c)}, at + 5}) : std::nullopt;
    if (c < 100 ? c > 50 : (c < 1950 || c > 2100)) return std::nullopt;
    return day_of(a, b, c < 100 ? 2000 + c : c, at + 5);
  }
  /// "3.7.25": the last two are one number with decimals to the segmenter.
  std::optional<Read> dotted(int day, std::uint32_t token, std::uint32_t end) const {
    if (token >= end || document_.tokens[token].kind != TokenKind::Number || document_.tokens[token].decimals != 2)
      return std::nullopt;
    const int digits = static_cast<int>(document_.value(token) * 100 + 0.5);
    return day_of(day, digits / 100, 2000 + digits % 100, token + 1);
  }
  /// Day and month in the order of the language; in American English the month comes first.
  std::optional<Read> day_of(int a, int b, int year, std::uint32_t last) const {
    if (month_first_ && valid(b, a, year)) return Read{{year16(year), small(a), small(b)}, last};
    if (valid(a, b, year)) return Read{{year16(year), small(b), small(a)}, last};
    if (parsed_.language == Language::English && valid(b, a, year))
      return Read{{year16(year), small(a), small(b)}, last};
    return std::nullopt;
  }
  static bool valid(int day, int month, int /*year*/) noexcept {
    return month >= 1 && month <= 12 && day_fits(day, month);
  }
  static std::int16_t year16(int year) noexcept { return static_cast<std::int16_t>(year); }
  static std::uint8_t small(int value) noexcept { return static_cast<std::uint8_t>(value); }
  /// "le 15/01", "(28/02)": words that announce a date, so that "24/7" is none.
  bool introduced(std::uint32_t at) const {
    if (at == 0) return false;
    return document_.is_mark(at - 1, '(') ||
           one_of(at - 1, at, {"le", "du", "au", "des", "depuis", "on", "since", "from", "nuit", "l", "les"});
  }

  /// "5 septembre 2018", "1er juillet", "the 5th of March 2024".
  std::optional<Read> day_month(std::uint32_t at, std::uint32_t end) const {
    std::uint32_t next = 0;
    const int the_day = day(at, end, next);
    if (the_day == 0) return std::nullopt;
    if (word(next, end, "of")) ++next;
    const int the_month = month(next, end);
    if (the_month == 0 || !day_fits(the_day, the_month)) return std::nullopt;
    ++next;
    if (mark(next, end, '.') && year(next + 1, end) != 0) ++next;
    if (mark(next, end, ',') && parsed_.language == Language::English && year(next + 1, end) != 0) ++next;
    const int the_year = year(next, end);
    return Read{{year16(the_year), small(the_month), small(the_day)}, next + (the_year != 0 ? 1 : 0)};
  }

  /// "January 27, 2025", "Sep. 14", "October 2-9, 2023" up to its first day.
  std::optional<Read> month_day(std::uint32_t at, std::uint32_t end) const {
    const int the_month = month(at, end);
    if (the_month == 0 || parsed_.language == Language::French) return std::nullopt;
    std::uint32_t next = at + 1;
    if (mark(next, end, '.')) ++next;
    std::uint32_t last = 0;
    const int the_day = day(next, end, last);
    if (the_day == 0 || !day_fits(the_day, the_month) || mark(last, end, ':')) return std::nullopt;
    std::uint32_t after = last;
    if (mark(after, end, ',')) ++after;
    const int the_year = year(after, end);
    return Read{{year16(the_year), small(the_month), small(the_day)}, the_year != 0 ? after + 1 : last};
  }

  /// "fin octobre", "mi-février 2026", "March 2024", "courant 2025", "en 2019", "été 2024".
  std::optional<Read> month_or_year(std::uint32_t at, std::uint32_t end) const {
    std::uint32_t next = at;
    bool part = false;
    if (const CueMatch* match = next < end ? cue_at(marks_, next, Cue::Calendar) : nullptr;
        match != nullptr && match->value == kPart) {
      next = match->last;
      part = true;
    }
    while (next > at && one_of(next, end, {"du", "de", "d", "mois", "of", "the", "l", "annee", "year"})) ++next;
    if (const int the_month = month(next, end); the_month != 0) {
      ++next;
      if (mark(next, end, '.') && year(next + 1, end) != 0) ++next;
      const int the_year = year(next, end);
      return Read{{year16(the_year), small(the_month), 0}, next + (the_year != 0 ? 1 : 0)};
    }
    const int the_year = year(next, end);
    if (the_year == 0 || (!part && !year_alone(next, end))) return std::nullopt;
    return Read{{year16(the_year), 0, 0}, next + 1};
  }
  /// "en 2019", "in 2023", "depuis 2021", "entre 2022 et 2024", "l'année 2025".
  bool year_alone(std::uint32_t at, std::uint32_t end) const {
    return at > 0 && !mark(at + 1, end, '%') &&
           one_of(at - 1, at,
                  {"en", "in", "of", "depuis", "since", "annee", "year", "entre", "between", "from", "during", "et",
                   "and", "a", "to"});
  }

  /// "21 au 5 septembre", "3 et le 5 mars", "11 and 14 May", "30 au 31 décembre": a day that shares the month after it.
  std::optional<DateMention> days_then_date(std::uint32_t at, std::uint32_t end) const {
    std::uint32_t start = at;
    if (calendar(start, end) == kWeekday) ++start;
    std::uint32_t next = 0;
    const int low = day(start, end, next);
    if (low == 0) return std::nullopt;
    const std::uint32_t after = connector(next, end);
    if (after == next) return std::nullopt;
    const auto high = date(after, end);
    if (!high || high->date.day == 0) return std::nullopt;
    DateMention mention;
    mention.first = at;
    mention.last = high->last;
    mention.span = true;
    mention.to = mention.from = high->date;
    mention.from.day = small(low);
    if (low > high->date.day) {  // "du 28 au 3 mars"
      if (mention.from.month == 0) return std::nullopt;
      mention.from.month = small(mention.from.month == 1 ? 12 : mention.from.month - 1);
      if (mention.from.month == 12 && mention.from.year != 0) --mention.from.year;
    }
    return mention;
  }

  /// The second date of a span, past a time of day and the words that join: "14 mars à 21 h 40 au 16 mars".
  std::optional<Read> second_of_span(const Read& low, std::uint32_t end) const {
    std::uint32_t at = skip_time(low.last, end);
    const std::uint32_t after = connector(at, end);
    if (after == at) return std::nullopt;
    if (low.date.day != 0) {
      // "October 2-9, 2023", "January 28 through 31"
      std::uint32_t last = 0;
      const int the_day =
          parsed_.language == Language::English && low.date.year == 0 && !date(after, end) ? day(after, end, last) : 0;
      if (the_day > low.date.day && day_fits(the_day, low.date.month)) {
        Read high{low.date, last};
        high.date.day = small(the_day);
        if (mark(last, end, ',')) ++last;
        if (const int the_year = year(last, end); the_year != 0) {
          high.date.year = year16(the_year);
          high.last = last + 1;
        }
        return high;
      }
    }
    auto high = date(after, end);
    if (!high || precision(high->date) != precision(low.date)) return std::nullopt;
    return high;
  }
  /// ", 21:40 UTC", "à 14 h 30", "at 9 a.m.".
  std::uint32_t skip_time(std::uint32_t at, std::uint32_t end) const {
    std::uint32_t next = at;
    if (mark(next, end, ',')) ++next;
    if (one_of(next, end, {"a", "vers", "at"})) ++next;
    if (number(next, end) == 0 && !(next < end && document_.tokens[next].kind == TokenKind::Number)) return at;
    ++next;
    if (!mark(next, end, ':') && !one_of(next, end, {"h", "heures", "pm", "am", "utc"})) return at;
    ++next;
    if (next < end && document_.tokens[next].kind == TokenKind::Number) ++next;
    if (one_of(next, end, {"utc", "gmt", "cet", "cest", "am", "pm", "h"})) ++next;
    return next;
  }
  /// Past the words that join two ends of a span, or `at` when there are none.
  std::uint32_t connector(std::uint32_t at, std::uint32_t end) const {
    std::uint32_t next = at;
    bool joins = false;
    if (mark(next, end, '-')) {
      joins = true;
      ++next;
    }
    while (next < at + 5) {
      if (one_of(next, end, {"au", "et", "a", "and", "to", "through", "until", "till", "jusqu", "puis", "ou"})) {
        joins = true;
        ++next;
      } else if (one_of(next, end, {"le", "la", "les", "the", "on", "soir", "matin"})) {
        ++next;
      } else {
        break;
      }
    }
    return joins ? next : at;
  }

  static void share_year(TextDate& from, const TextDate& to) {
    if (from.year == 0 && to.year != 0) {
      const bool later = std::pair(from.month, from.day) > std::pair(to.month, to.day) && from.month != to.month;
      from.year = static_cast<std::int16_t>(to.year - (later ? 1 : 0));
    }
  }

  /// "January 27, 2025" somewhere: so "3/4/2025" is the fourth of March.
  bool month_first() const {
    if (parsed_.language != Language::English) return false;
    const auto count = static_cast<std::uint32_t>(document_.tokens.size());
    for (std::uint32_t i = 0; i + 3 < count; ++i) {
      std::uint32_t last = 0;
      if (month(i, count) != 0 && day(i + 1, count, last) != 0 && mark(last, count, ',') && year(last + 1, count) != 0)
        return true;
    }
    return false;
  }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  bool month_first_ = false;
};

class Dater {
 public:
  explicit Dater(const Parsed& parsed) : parsed_(parsed), document_(parsed.document), marks_(parsed.marks) {}

  std::optional<DatesFact> run() {
    collect();
    for (DateMention& mention : mentions_) {
      complete(mention);
      judge(mention);
    }
    std::erase_if(mentions_, [&](const DateMention& mention) {
      return after_publication(mention.from) || mention.role == Role::Other;
    });
    return choose();
  }

 private:
  void collect() {
    const DateReader reader(parsed_);
    for (std::uint32_t s = 0; s < document_.sentences.size(); ++s) {
      const Sentence& sentence = document_.sentences[s];
      for (std::uint32_t i = sentence.first; i < sentence.last && mentions_.size() < kMostDates;) {
        auto mention = reader.read(i, sentence.last);
        if (!mention) {
          ++i;
          continue;
        }
        mention->sentence = s;
        if (!parsed_.elsewhere[i]) mentions_.push_back(*mention);
        i = mention->last;
      }
    }
  }

  // Years.

  PartialDate limit() const {
    if (parsed_.published.known()) return parsed_.published;
    PartialDate latest;
    for (const DateMention& mention : mentions_) {
      if (mention.to.year != 0 && mention.to.month != 0)
        latest = std::max(latest, PartialDate{mention.to.year, mention.to.month, mention.to.day});
    }
    return latest;
  }
  void complete(DateMention& mention) const {
    if (mention.to.year != 0) return;
    const PartialDate last = limit();
    if (!last.known()) return;
    mention.to.year = latest_year(mention.to, last);
    const bool over_new_year = mention.from.month > mention.to.month;
    mention.from.year = static_cast<std::int16_t>(mention.to.year - (over_new_year ? 1 : 0));
  }
  static std::int16_t latest_year(TextDate date, PartialDate last) {
    const bool later = last.month != 0 &&
                       (date.month > last.month || (date.month == last.month && last.day != 0 && date.day > last.day));
    return static_cast<std::int16_t>(last.year - (later ? 1 : 0));
  }
  bool after_publication(TextDate date) const {
    const PartialDate last = parsed_.published;
    if (!last.known() || date.year == 0) return false;
    if (date.year != last.year) return date.year > last.year;
    if (last.month == 0 || date.month == 0 || date.month != last.month)
      return last.month != 0 && date.month > last.month;
    return last.day != 0 && date.day > last.day;
  }

  // Roles.

  void judge(DateMention& mention) const {
    nearest(mention, mention.sentence);
    if (mention.role == Role::Nothing && mention.sentence > 0) {
      const Sentence& before = document_.sentences[mention.sentence - 1];
      const bool asks = before.shape == Shape::Heading || before.end == '?' || before.end == ':';
      if (asks) from_heading(mention, before);
    }
  }
  void nearest(DateMention& mention, std::uint32_t index) const {
    const Sentence& sentence = document_.sentences[index];
    each_cue(marks_, sentence.first, sentence.last, Cue::Dated, [&](const CueMatch& match) {
      if (match.value == static_cast<std::int64_t>(Role::Nothing)) return;
      if (match.first < mention.last && match.last > mention.first) return;
      if (match.value == static_cast<std::int64_t>(Role::Since)) {
        mention.since = mention.since || (match.last <= mention.first && mention.first - match.last <= 2);
        return;
      }
      const std::uint32_t way = distance(match, mention);
      if (way >= mention.distance) return;
      mention.distance = way;
      mention.role = static_cast<Role>(match.value);
    });
  }
  std::uint32_t distance(const CueMatch& match, const DateMention& mention) const {
    const bool before = match.last <= mention.first;
    const std::uint32_t from = before ? match.last : mention.last, to = before ? mention.first : match.first;
    std::uint32_t way = before ? 0 : 1;
    for (std::uint32_t i = from; i < to; ++i) {
      const Token& token = document_.tokens[i];
      if (token.kind != TokenKind::Mark)
        ++way;
      else if (token.mark == ';')
        way += kSemicolonWay;
      else
        way += kCommaWay;
    }
    return way;
  }
  void from_heading(DateMention& mention, const Sentence& heading) const {
    each_cue(marks_, heading.first, heading.last, Cue::Dated, [&](const CueMatch& match) {
      if (match.value == static_cast<std::int64_t>(Role::Nothing) ||
          match.value == static_cast<std::int64_t>(Role::Since))
        return;
      mention.role = static_cast<Role>(match.value);
      mention.distance = kFar / 2;
    });
  }

  // The choice.

  static int rank(const DateMention& mention) noexcept {
    const bool day = precision(mention.from) == 3;
    if (precision(mention.from) == 1 && mention.span && mention.distance > 3) return 0;
    switch (mention.role) {
      case Role::Access:
      case Role::Exposure: return 40 + (day ? 4 : 0) + (mention.span ? 2 : 0);
      case Role::Label: return 30 + (mention.span ? 2 : 0);
      case Role::Detection: return day ? 21 : 20;
      case Role::Nothing: return mention.span && day ? 10 : 0;
      case Role::Closing: return mention.span && day ? 9 : 0;
      case Role::Other:
      case Role::Since: return 0;
    }
    return 0;
  }

  std::optional<DatesFact> choose() const {
    const DateMention* best = nullptr;
    for (const DateMention& mention : mentions_) {
      if (rank(mention) > (best == nullptr ? 0 : rank(*best))) best = &mention;
    }
    if (best == nullptr) return std::nullopt;
    DatesFact fact;
    fact.from = best->from;
    fact.to = best->to;
    fact.evidence = parsed_.evidence(best->first, best->last);
    fact.confidence = best->role == Role::Nothing || best->role == Role::Closing ? 0.6F
                      : best->role == Role::Detection                            ? 0.75F
                                                                                 : 0.9F;
    if (!best->span && precision(best->from) == 3) extend(*best, fact);
    return fact;
  }

  /// The other end of a span told apart: "la première fois le 5 avril, la dernière le 29 avril", "depuis le 27 avril"
  /// with the day it was noticed, "mis en ligne le 6 juin" with the day it was closed.
  void extend(const DateMention& best, DatesFact& fact) const {
    for (const DateMention& mention : mentions_) {
      if (&mention == &best || precision(mention.to) != 3 || mention.span) continue;
      const bool access = mention.role == Role::Access || mention.role == Role::Exposure;
      if (access && mention.sentence == best.sentence) {
        fact.from = std::min(fact.from, mention.from);
        fact.to = std::max(fact.to, mention.to);
      }
      const bool ends = (mention.role == Role::Detection && best.since) ||
                        (mention.role == Role::Closing && best.role == Role::Exposure);
      if (ends) fact.to = std::max(fact.to, mention.to);
    }
  }

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  std::vector<DateMention> mentions_;
};

}  // namespace

std::optional<DatesFact> find_dates(const Parsed& parsed) {
  return Dater(parsed).run();
}

}  // namespace vigifuite::feeds::extract
