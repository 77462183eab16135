// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads dates and spans of dates as they are written.
#include "feeds/extract/date_reader.hpp"

#include <algorithm>
#include <array>

#include "feeds/extract/cue_index.hpp"
#include "feeds/extract/figures.hpp"

namespace vigifuite::feeds::extract {
namespace {

bool day_fits(int day, int month) noexcept {
  static constexpr std::array<int, 13> kDays = {31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day >= 1 && day <= kDays[static_cast<std::size_t>(month)];
}

class DateReader {
 public:
  explicit DateReader(const Parsed& parsed, bool month_first = false)
      : parsed_(parsed), document_(parsed.document), marks_(parsed.marks), month_first_(month_first) {}

  bool writes_month_first() const {
    if (parsed_.language != Language::English) return false;
    const auto count = static_cast<std::uint32_t>(document_.tokens.size());
    for (std::uint32_t i = 0; i + 3 < count; ++i) {
      std::uint32_t last = 0;
      if (month(i, count) != 0 && day(i + 1, count, last) != 0 && mark(last, count, ',') && year(last + 1, count) != 0)
        return true;
    }
    return false;
  }

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
    if (const int said = day_in_words(token, end, last); said != 0) return said;
    last = token + 1;
    const int value = number(token, end);
    if (value < 1 || value > 31 || document_.tokens[token].folded_end - document_.tokens[token].folded > 2) return 0;
    if (one_of(last, end, {"er", "st", "nd", "rd", "th"}) && !document_.tokens[last].spaced) ++last;
    return value;
  }

  /// "quatorze", "vingt et un".
  int day_in_words(std::uint32_t token, std::uint32_t end, std::uint32_t& last) const {
    if (token >= end || parsed_.language != Language::French || document_.tokens[token].kind != TokenKind::Word ||
        !marks_.on(token, Cue::Number))
      return 0;
    const Numeral said = read_numeral(parsed_, token, std::min(end, token + 4));
    if (!said.valid || said.digits || said.grouped || said.value > 31) return 0;
    last = said.last;
    return static_cast<int>(said.value);
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
    if (at == 0 || sentence_opens(at)) return true;
    return document_.is_mark(at - 1, '(') || document_.is_mark(at - 1, '|') || document_.is_mark(at - 1, ':') ||
           document_.is_mark(at - 1, '"') ||
           one_of(at - 1, at, {"le", "du", "au", "des", "depuis", "on", "since", "from", "nuit", "l", "les"});
  }

  bool sentence_opens(std::uint32_t at) const {
    const auto next =
        std::lower_bound(document_.sentences.begin(), document_.sentences.end(), at,
                         [](const Sentence& sentence, std::uint32_t token) { return sentence.first < token; });
    return next != document_.sentences.end() && next->first == at;
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
    const std::uint32_t after = connector(past_days(next, end), end);
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

  /// Past the days between the first and the last of a list: "3, | 4 | et 5 mars".
  std::uint32_t past_days(std::uint32_t at, std::uint32_t end) const {
    std::uint32_t next = 0;
    while (mark(at, end, ',')) {
      const std::uint32_t weekday = calendar(at + 1, end) == kWeekday ? 2 : 1;
      if (day(at + weekday, end, next) == 0 || month(next, end) != 0) break;
      at = next;
    }
    return at;
  }

  /// The second date of a span, past a time of day and the words that join: "14 mars à 21 h 40 au 16 mars".
  std::optional<Read> second_of_span(const Read& low, std::uint32_t end) const {
    std::uint32_t at = skip_time(low.last, end);
    if (at != low.last && mark(at, end, ',')) ++at;
    const std::uint32_t after = connector(at, end);
    if (after == at) return std::nullopt;
    if (auto read = later_day(low, after, end)) return read;
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
    const bool years = high && precision(high->date) == 1 && precision(low.date) == 1;
    if (!high || (!years && (precision(high->date) == 1 || precision(low.date) == 1))) return std::nullopt;
    return high;
  }
  /// "du 14 octobre, 22 h, au 15, 4 h": the second day has no month of its own.
  std::optional<Read> later_day(const Read& low, std::uint32_t at, std::uint32_t end) const {
    std::uint32_t last = 0;
    const int the_day =
        low.date.day != 0 && parsed_.language == Language::French && !date(at, end) ? day(at, end, last) : 0;
    if (the_day <= low.date.day || !day_fits(the_day, low.date.month)) return std::nullopt;
    if (last < end && document_.tokens[last].kind == TokenKind::Word) return std::nullopt;
    Read high{low.date, last};
    high.date.day = small(the_day);
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
      } else if (one_of(next, end, {"le", "la", "les", "en", "the", "on", "in", "soir", "matin"})) {
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

  const Parsed& parsed_;
  const Document& document_;
  const Marks& marks_;
  bool month_first_ = false;
};

}  // namespace

bool writes_month_first(const Parsed& parsed) {
  return DateReader(parsed).writes_month_first();
}

std::optional<DateMention> read_date(const Parsed& parsed, bool month_first, std::uint32_t at, std::uint32_t end) {
  return DateReader(parsed, month_first).read(at, end);
}

}  // namespace vigifuite::feeds::extract
