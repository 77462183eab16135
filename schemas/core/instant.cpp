// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/instant.hpp"

#include <fmt/format.h>

#include <charconv>

namespace vigifuite {
namespace {

using namespace std::chrono;

/// `digits` decimal digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t digits) noexcept {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

year_month_day calendar(const PartialDate& date, unsigned month, unsigned day) {
  return {year{date.year}, std::chrono::month{month}, std::chrono::day{day}};
}

}  // namespace

std::string to_string(Instant instant) {
  const auto day_part = floor<days>(instant);
  const year_month_day date{day_part};
  const hh_mm_ss time{instant - day_part};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

sys_days PartialDate::first_day() const { return calendar(*this, month == 0 ? 1U : month, day == 0 ? 1U : day); }

sys_days PartialDate::last_day() const {
  if (day != 0) return calendar(*this, month, day);
  return sys_days{std::chrono::year{year} / std::chrono::month{month == 0 ? 12U : month} / last};
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const int year_value = number_at(text, 0, 4);
  if (year_value < 1) return std::nullopt;
  PartialDate date{static_cast<std::int16_t>(year_value), 0, 0};
  if (text.size() >= 7) {
    const int month_value = number_at(text, 5, 2);
    if (text[4] != '-' || month_value < 1 || month_value > 12) return std::nullopt;
    date.month = static_cast<std::uint8_t>(month_value);
  }
  if (text.size() == 10) {
    const int day_value = number_at(text, 8, 2);
    if (text[7] != '-' || day_value < 1) return std::nullopt;
    date.day = static_cast<std::uint8_t>(day_value);
    if (!calendar(date, date.month, date.day).ok()) return std::nullopt;
  }
  return date;
}

std::string to_string(PartialDate date) {
  if (!date.known()) return {};
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

PartialDate date_of(Instant instant) {
  const year_month_day date{floor<days>(instant)};
  return {static_cast<std::int16_t>(static_cast<int>(date.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  if (text.size() < 10) return std::nullopt;
  const auto date = parse_partial_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  Instant instant = date->first_day();
  if (text.size() == 10) return instant;
  const int hour = number_at(text, 11, 2), minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
  if ((text[10] != 'T' && text[10] != 't' && text[10] != ' ') || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      second < 0 || second > 60 || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  instant += hours{hour} + minutes{minute} + seconds{second};
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    const std::size_t digits = at + 1;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {}
    if (at == digits) return std::nullopt;
  }
  if (at == text.size()) return instant;  // no zone: taken as UTC
  if ((text[at] == 'Z' || text[at] == 'z') && at + 1 == text.size()) return instant;
  const int zone_hour = number_at(text, at + 1, 2);
  const int zone_minute = number_at(text, text.size() - 2, 2);
  if ((text[at] != '+' && text[at] != '-') || zone_hour < 0 || zone_hour > 23 || zone_minute < 0 || zone_minute > 59 ||
      (text.size() != at + 6 && text.size() != at + 5)) {
    return std::nullopt;
  }
  const auto offset = hours{zone_hour} + minutes{zone_minute};
  return text[at] == '+' ? instant - offset : instant + offset;
}

}  // namespace vigifuite
