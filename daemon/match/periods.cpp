// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/periods.hpp"

#include <algorithm>

namespace vigifuite::match {
namespace {

using Day = std::chrono::sys_days;

/// The ends of time, far enough from the limits of the type.
constexpr Day kBeginning{std::chrono::days{-1'000'000}};
constexpr Day kEnd{std::chrono::days{10'000'000}};

struct Days {
  Day first;
  Day last;
};

bool inside(Days inner, Days outer) {
  return inner.first >= outer.first && inner.last <= outer.last;
}
bool touches(Days a, Days b) {
  return a.first <= b.last && b.first <= a.last;
}

Days meaning(PartialDate date) {
  return {date.first_day(), date.last_day()};
}

}  // namespace

Overlap overlap(const Tie& tie, Period window) {
  const bool begin_known = tie.period.from.known();
  const bool end_known = tie.period.to.known();
  const Days bounds{window.from.known() ? window.from.first_day() : kBeginning,
                    window.to.known() ? window.to.last_day() : kEnd};
  if (!begin_known && !end_known && !tie.ongoing) return Overlap::Unknown;
  if (!window.known()) return Overlap::Within;

  const Days begin = begin_known ? meaning(tie.period.from) : Days{kBeginning, kEnd};
  const Days end = end_known ? meaning(tie.period.to) : tie.ongoing ? Days{kEnd, kEnd} : Days{kBeginning, kEnd};
  const Day first = begin_known ? begin.first : kBeginning;
  const Day last = end_known ? end.last : kEnd;
  if (last < bounds.first) return Overlap::Before;
  if (first > bounds.last) return Overlap::After;

  // Whatever the dates exactly mean, the tie held from its latest beginning to its earliest end…
  const bool end_sure = end_known || tie.ongoing;
  if (begin_known && end_sure && begin.last <= end.first && touches({begin.last, end.first}, bounds)) {
    return Overlap::Within;
  }
  // …and at one moment of each end that is known.
  if (begin_known && inside(begin, bounds)) return Overlap::Within;
  if (end_known && inside(end, bounds)) return Overlap::Within;
  return Overlap::Maybe;
}

Period window_of(Period incident, PartialDate disclosed) {
  Period window = incident;
  if (!window.from.known()) window.from = window.to.known() ? window.to : disclosed;
  if (window.to.known() || !disclosed.known()) return window;
  // Who let data out until it was announced did so at the latest on that day.
  if (disclosed.last_day() >= window.from.first_day()) window.to = disclosed;
  return window;
}

}  // namespace vigifuite::match
