// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/delay.hpp"

#include <algorithm>
#include <array>

namespace vigifuite {
namespace {

using namespace std::chrono;

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
sys_days easter(int year_number) {
  const int a = year_number % 19, b = year_number / 100, c = year_number % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int month_number = (h + l - 7 * m + 114) / 31, day_number = (h + l - 7 * m + 114) % 31 + 1;
  return sys_days{year{year_number} / month{static_cast<unsigned>(month_number)} /
                  day{static_cast<unsigned>(day_number)}};
}

bool is_public_holiday(sys_days value) {
  const year_month_day date{value};
  constexpr std::array<month_day, 8> kFixed = {January / 1, May / 1,      May / 8,       July / 14,
                                               August / 15, November / 1, November / 11, December / 25};
  if (std::find(kFixed.begin(), kFixed.end(), date.month() / date.day()) != kFixed.end()) return true;
  const days since_easter = value - easter(static_cast<int>(date.year()));
  return since_easter == days{1} || since_easter == days{39} || since_easter == days{50};
}

}  // namespace

sys_days add_months(sys_days value, int count) {
  const year_month_day from{value};
  const year_month_day moved = from + months{count};
  return moved.ok() ? sys_days{moved} : sys_days{moved.year() / moved.month() / last};
}

bool is_working_day(sys_days value) {
  const weekday day{value};
  return day != Saturday && day != Sunday && !is_public_holiday(value);
}

sys_days end_of(sys_days from, Delay delay) {
  sys_days end = add_months(from, delay.months) + days{delay.days};
  while (!is_working_day(end)) end += days{1};
  return end;
}

}  // namespace vigifuite
