// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/wording.hpp"

#include <fmt/format.h>

#include "schemas/messages.hpp"

namespace vigifuite {
namespace {

using namespace std::chrono;

std::string month_name(Language language, unsigned month) {
  const auto first = static_cast<unsigned>(Message::Month1);
  return std::string(text_of(language, static_cast<Message>(first + month - 1)));
}

/// The date without its year, when the year is said once for two dates.
std::string day_and_month(Language language, PartialDate value) {
  std::string text = date(language, value);
  return text.substr(0, text.rfind(' '));
}

bool starts_with_vowel(std::string_view word) {
  return word.starts_with('a') || word.starts_with('o') || word.starts_with('e') || word.starts_with('i') ||
         word.starts_with('u');
}

std::string between(Language language, Message form, Message vowel_form, const std::string& from,
                    const std::string& to) {
  return say(language, starts_with_vowel(from) ? vowel_form : form, from, to);
}

std::string closed_period(Language language, PartialDate from, PartialDate to) {
  const bool days = from.day != 0 && to.day != 0;
  if (from == to) return date(language, from);
  if (days && from.year == to.year && from.month == to.month) {
    const std::string first = from.day == 1 && language == Language::French ? "1er" : std::to_string(from.day);
    return say(language, Message::PeriodDays, first, date(language, to));
  }
  const bool same_year = from.year == to.year && from.month != 0 && to.month != 0;
  const std::string start = same_year ? day_and_month(language, from) : date(language, from);
  // A day and a month ("du 6 février à mars 2024"): each end keeps its own article.
  if (days) return say(language, Message::PeriodDays, start, date(language, to));
  if (from.day != 0) return period(language, {from, {}}) + ", " + period(language, {{}, to});
  if (to.day != 0) return period(language, {from, {}}) + ", " + period(language, {{}, to});
  return between(language, Message::PeriodMonths, Message::PeriodMonthsVowel, start, date(language, to));
}

}  // namespace

std::string number(Language language, std::int64_t value) {
  const std::string digits = fmt::format("{}", value);
  const std::size_t sign = value < 0 ? 1 : 0;
  const std::string_view separator = language == Language::French ? "\u202F" : ",";
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > sign && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string people_count(Language language, std::int64_t value) {
  constexpr std::int64_t kMillion = 1'000'000, kTenth = 100'000;
  if (value < kMillion || value % kTenth != 0) return number(language, value);
  std::string text = number(language, value / kMillion);
  if (const auto tenths = value % kMillion / kTenth; tenths != 0) {
    text += language == Language::French ? ',' : '.';
    text += std::to_string(tenths);
  }
  return say(language, plural(language, value / kMillion, Message::Millions_one, Message::Millions_many), text);
}

std::string date(Language language, PartialDate value) {
  if (!value.known()) return {};
  if (value.month == 0) return fmt::format("{}", value.year);
  if (value.day == 0) return say(language, Message::DateMonth, month_name(language, value.month), value.year);
  const Message form = value.day == 1 ? Message::DateFirstDay : Message::DateDay;
  return say(language, form, static_cast<int>(value.day), month_name(language, value.month), value.year);
}

std::string period(Language language, const Period& value) {
  if (value.from.known() && value.to.known()) return closed_period(language, value.from, value.to);
  if (value.from.known()) {
    const std::string from = date(language, value.from);
    if (value.from.day != 0) return say(language, Message::PeriodFromDay, from);
    return say(language, starts_with_vowel(from) ? Message::PeriodFromMonthVowel : Message::PeriodFromMonth, from);
  }
  if (!value.to.known()) return {};
  return say(language, value.to.day != 0 ? Message::PeriodToDay : Message::PeriodToMonth, date(language, value.to));
}

std::string ago(Language language, Instant now, Instant then) {
  const auto gap = now - then;
  if (gap < minutes{1}) return say(language, Message::JustNow);
  if (gap < hours{1}) return say(language, Message::AgoMinutes, duration_cast<minutes>(gap).count());
  if (gap < days{2}) return say(language, Message::AgoHours, duration_cast<hours>(gap).count());
  const auto whole = duration_cast<days>(gap).count();
  if (whole > 60) return say(language, Message::AgoDate, date(language, date_of(then)));
  return say(language, plural(language, whole, Message::AgoDays_one, Message::AgoDays_many), whole);
}

std::string soon(Language language, Instant now, Instant then) {
  const auto gap = then - now;
  if (gap < minutes{1}) return say(language, Message::SoonNow);
  if (gap < hours{2}) return say(language, Message::SoonMinutes, duration_cast<minutes>(gap).count());
  if (gap < days{2}) return say(language, Message::SoonHours, duration_cast<hours>(gap).count());
  const auto whole = duration_cast<days>(gap).count();
  return say(language, plural(language, whole, Message::SoonDays_one, Message::SoonDays_many), whole);
}

std::string since(Language language, Instant now, Instant then) {
  const auto gap = now - then;
  if (gap < days{1})
    return say(language, Message::SinceHours, std::max<std::int64_t>(1, duration_cast<hours>(gap).count()));
  if (gap >= days{7}) return say(language, Message::SinceDate, date(language, date_of(then)));
  const auto first = static_cast<unsigned>(Message::Weekday0);
  const auto day = weekday{floor<days>(then)}.c_encoding();
  return say(language, Message::SinceWeekday, text_of(language, static_cast<Message>(first + day)));
}

std::string took(Language language, milliseconds duration) {
  const auto count = duration.count();
  if (count < 1000) return fmt::format("{} ms", count);
  if (count < 10'000) {
    return fmt::format("{}{}{} s", count / 1000, language == Language::French ? ',' : '.', count % 1000 / 100);
  }
  if (count < 120'000) return fmt::format("{} s", count / 1000);
  return fmt::format("{} min", count / 60'000);
}

std::string uncapitalised(std::string words) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (words.size() > 1 && upper(words[0]) && !upper(words[1])) words[0] = static_cast<char>(words[0] - 'A' + 'a');
  return words;
}

std::string list_of(Language language, const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 1 == words.size() && i != 0) return say(language, Message::ListAnd, out, words[i]);
    if (i != 0) out += ", ";
    out += words[i];
  }
  return out;
}

}  // namespace vigifuite
