// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>

#include "feeds/normalise.hpp"

namespace vigifuite::feeds {
namespace {

constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

struct MonthName {
  std::string_view word;  ///< folded
  unsigned month;
};
// Whole words, folded, in both languages and their usual short forms.
constexpr std::array<MonthName, 43> kMonths = {{
    {"jan", 1},       {"janv", 1},    {"janvier", 1},   {"january", 1},   {"feb", 2},  {"fev", 2},
    {"fevr", 2},      {"fevrier", 2}, {"february", 2},  {"mar", 3},       {"mars", 3}, {"march", 3},
    {"apr", 4},       {"avr", 4},     {"avril", 4},     {"april", 4},     {"may", 5},  {"mai", 5},
    {"jun", 6},       {"june", 6},    {"juin", 6},      {"jul", 7},       {"july", 7}, {"juil", 7},
    {"juill", 7},     {"juillet", 7}, {"aug", 8},       {"august", 8},    {"aou", 8},  {"aout", 8},
    {"sep", 9},       {"sept", 9},    {"september", 9}, {"septembre", 9}, {"oct", 10}, {"october", 10},
    {"octobre", 10},  {"nov", 11},    {"november", 11}, {"novembre", 11}, {"dec", 12}, {"december", 12},
    {"decembre", 12},
}};
constexpr std::array<std::string_view, 46> kSilentWords = {
    "mon",    "tue",     "tues",      "wed",      "thu",    "thur",     "thurs",  "fri",      "sat",    "sun",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "lun",      "mer",    "jeu",
    "ven",    "sam",     "dim",       "lundi",    "mardi",  "mercredi", "jeudi",  "vendredi", "samedi", "dimanche",
    "le",     "du",      "the",       "of",       "er",     "st",       "nd",     "rd",       "th",     "a",
    "at",     "am",      "pm",        "gmt",      "utc",    "z",
};
constexpr std::array<std::string_view, 12> kZones = {"est", "edt", "cst", "cdt",  "mst", "mdt",
                                                     "pst", "pdt", "cet", "cest", "bst", "t"};

struct Number {
  int value = 0;
  std::size_t digits = 0;
  char separator = 0;  ///< the character right after it
};

struct Pieces {
  std::array<Number, 3> numbers{};
  std::size_t count = 0;
  unsigned month = 0;  ///< from a word
};

/// Reads the words and numbers of a date; the time of day and the zone are passed over. False when a word is unknown.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool scan(Pieces& pieces) {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '(') return true;  // "(heure normale d'Europe centrale)"
      if (is_digit(c)) {
        if (!number(pieces)) return false;
      } else if (static_cast<unsigned char>(c) >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
        if (!word(pieces)) return false;
      } else if ((c == '+' || c == '-') && seen_time_) {
        return true;  // the offset ends it
      } else if (std::string_view(" ,./-:\t").find(c) == std::string_view::npos) {
        return false;
      } else {
        ++at_;
      }
    }
    return true;
  }

 private:
  bool number(Pieces& pieces) {
    const std::size_t start = at_;
    int value = 0;
    while (at_ < text_.size() && is_digit(text_[at_])) {
      if (at_ - start >= 8) return false;
      value = value * 10 + (text_[at_++] - '0');
    }
    const char after = at_ < text_.size() ? text_[at_] : '\0';
    if (after == ':' || (after == 'h' && pieces.count >= 1)) {  // "09:30:00.123", "9h30"
      seen_time_ = true;
      while (at_ < text_.size() &&
             (is_digit(text_[at_]) || text_[at_] == ':' || text_[at_] == '.' || text_[at_] == 'h'))
        ++at_;
      return true;
    }
    if (pieces.count == pieces.numbers.size()) return false;
    pieces.numbers[pieces.count++] = {value, at_ - start, after};
    return true;
  }

  bool word(Pieces& pieces) {
    const std::size_t start = at_;
    while (at_ < text_.size() &&
           (static_cast<unsigned char>(text_[at_]) >= 0x80 || (text_[at_] >= 'A' && text_[at_] <= 'Z') ||
            (text_[at_] >= 'a' && text_[at_] <= 'z'))) {
      ++at_;
    }
    if (at_ - start > 24) return false;
    const std::string folded = fold(text_.substr(start, at_ - start));
    const auto month =
        std::find_if(kMonths.begin(), kMonths.end(), [&](const MonthName& m) { return m.word == folded; });
    if (month != kMonths.end() && pieces.month == 0) {
      pieces.month = month->month;
      return true;
    }
    if (folded == "gmt" || folded == "utc" || folded == "z") seen_time_ = true;
    return folded.empty() || std::find(kSilentWords.begin(), kSilentWords.end(), folded) != kSilentWords.end() ||
           std::find(kZones.begin(), kZones.end(), folded) != kZones.end();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool seen_time_ = false;
};

std::optional<PartialDate> make(int year, unsigned month, unsigned day) {
  const PartialDate date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                         static_cast<std::uint8_t>(day)};
  if (year < 1 || year > 9999 || month > 12 || (month == 0 && day != 0) || day > 31) return std::nullopt;
  if (day == 0) return date;
  using namespace std::chrono;
  if (!year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}.ok()) {
    return std::nullopt;
  }
  return date;
}

unsigned part(const Number& number) noexcept {
  return static_cast<unsigned>(number.value);
}

/// "31 décembre 2025", "Jul 23, 2025", "2021 Feb 04", "mars 2024".
std::optional<PartialDate> with_month_word(const Pieces& pieces) {
  std::size_t year_at = pieces.count;
  for (std::size_t i = 0; i < pieces.count; ++i) {
    if (pieces.numbers[i].digits == 4) year_at = i;
  }
  if (year_at == pieces.count || pieces.count > 2) return std::nullopt;
  if (pieces.count == 1) return make(pieces.numbers[0].value, pieces.month, 0);
  const Number& day = pieces.numbers[1 - year_at];
  if (day.digits > 2 || day.value == 0) return std::nullopt;
  return make(pieces.numbers[year_at].value, pieces.month, part(day));
}

/// Day and month of "07/31/2024" or "31/07/2024": the one that can be, or the language's order when both can.
std::optional<PartialDate> day_and_month(const Number& first, const Number& second, int year, Language language) {
  if (first.digits > 2 || second.digits > 2 || first.value == 0 || second.value == 0) return std::nullopt;
  bool month_first = language == Language::English && first.separator == '/';
  if (first.value > 12) month_first = false;
  if (second.value > 12) month_first = true;
  return month_first ? make(year, part(first), part(second)) : make(year, part(second), part(first));
}

std::optional<PartialDate> from_numbers(const Pieces& pieces, Language language) {
  const auto& n = pieces.numbers;
  if (pieces.count == 1 && n[0].digits == 4) return make(n[0].value, 0, 0);
  if (pieces.count == 1 && n[0].digits == 8) {
    const int value = n[0].value;
    if (value % 100 == 0 || value / 100 % 100 == 0) return std::nullopt;
    return make(value / 10000, static_cast<unsigned>(value / 100 % 100), static_cast<unsigned>(value % 100));
  }
  if (pieces.count == 2) {
    if (n[0].digits == 4 && n[1].digits <= 2 && n[1].value != 0) return make(n[0].value, part(n[1]), 0);
    if (n[1].digits == 4 && n[0].digits <= 2 && n[0].value != 0) return make(n[1].value, part(n[0]), 0);
    return std::nullopt;
  }
  if (pieces.count != 3) return std::nullopt;
  if (n[0].digits == 4 && n[1].digits <= 2 && n[2].digits <= 2 && n[1].value != 0 && n[2].value != 0) {
    return make(n[0].value, part(n[1]), part(n[2]));
  }
  if (n[2].digits == 4) return day_and_month(n[0], n[1], n[2].value, language);
  return std::nullopt;
}

/// "2018-07-09" with nothing or a time after it: what most sources write.
std::optional<PartialDate> iso_day(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10) {
    if (text[10] != 'T' && text[10] != ' ') return std::nullopt;
    for (const char c : text.substr(11)) {
      if (!is_digit(c) && c != ':' && c != '.' && c != ',' && c != 'Z' && c != '+' && c != '-' && c != ' ')
        return std::nullopt;
    }
  }
  return parse_partial_date(text.substr(0, 10));
}

}  // namespace

std::optional<PartialDate> parse_source_date(std::string_view text, Language language, Instant now) {
  if (text.size() > 100) return std::nullopt;
  std::optional<PartialDate> date = iso_day(text);
  if (!date) {
    Pieces pieces;
    if (!Scanner(text).scan(pieces) || pieces.count == 0) return std::nullopt;
    date = pieces.month != 0 ? with_month_word(pieces) : from_numbers(pieces, language);
  }
  if (!date || date->year < 1970 || date->first_day() > now + std::chrono::days(366)) return std::nullopt;
  return date;
}

}  // namespace vigifuite::feeds
