// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/merge.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace vigifuite::index {
namespace {

constexpr std::int32_t kSameEvent = 3;  ///< days between which one event is dated differently
constexpr std::int32_t kBlurred = 7;    ///< the same, when a list may have written the day of the announcement
constexpr std::int32_t kSameNews = 3;   ///< days within which news of one event spreads
constexpr std::int32_t kSlowNews = 21;  ///< the same, when nothing else speaks against it
constexpr std::int32_t kLateNews =
    400;  ///< how late a list may still report an event that a figure or a page identifies
constexpr std::int32_t kPageNews = 60;
constexpr std::int32_t kLateAddition = 60;   ///< after which a list's date is that of its addition
constexpr std::int32_t kPageOfOthers = 21;   ///< the same, when the names differ
constexpr std::int32_t kProcessorNews = 45;  ///< within which the customers of a processor tell of one event

bool meet(const Traits::Keys& a, const Traits::Keys& b) noexcept {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) return true;
    if (*i < *j)
      ++i;
    else
      ++j;
  }
  return false;
}

/// How well the bodies agree.
enum class SameBody : unsigned char { No, Alike, InPart, Customers, Processor, Bare, Whole };

SameBody same_body(const Traits& a, const Traits& b) noexcept {
  if (meet(a.whole, b.whole)) return SameBody::Whole;
  if (meet(a.bare, b.bare) || meet(a.bare, b.whole) || meet(a.whole, b.bare)) return SameBody::Bare;
  const bool a_in_b = meet(a.whole, b.parts) || meet(a.bare, b.parts),
             b_in_a = meet(b.whole, a.parts) || meet(b.bare, a.parts);
  if (a_in_b && b_in_a) return SameBody::Bare;  // "Acme (Beta)" and "Beta (Acme)"
  if (meet(a.processors, b.whole) || meet(a.whole, b.processors)) return SameBody::Processor;
  if (meet(a.processors, b.processors)) return SameBody::Customers;
  const auto within = [](const Traits& x, const Traits& y) {
    return meet(x.shortened, y.whole) || meet(x.shortened, y.bare) || meet(x.processors, y.parts);
  };
  if (a_in_b || b_in_a || within(a, b) || within(b, a)) return SameBody::InPart;
  return meet(a.parts, b.parts) ? SameBody::Alike : SameBody::No;
}

std::int32_t gap(const Days& a, const Days& b) noexcept {
  if (a.last < b.first) return b.first - a.last;
  if (b.last < a.first) return a.first - b.last;
  return 0;
}

/// Sources that keep one record per event: two records of theirs are two events.
bool lists_events(Trust trust) noexcept {
  return trust == Trust::Curated || trust == Trust::Aggregator;
}

/// Digits before the zeros at the end: 36 820 828 has eight, 1 500 000 two.
int digits_of(std::int64_t number) noexcept {
  while (number != 0 && number % 10 == 0) number /= 10;
  int digits = 0;
  for (; number != 0; number /= 10) ++digits;
  return digits;
}

constexpr int kParticular = 4;    ///< digits of a figure that two events of one time do not share by chance
constexpr int kUnmistakable = 5;  ///< the same, at any time

/// How particular a figure both give is, in digits; 0 when they share none. Two counts of one file differ a little:
/// 72 742 892 and 72 893 170.
int shared_digits(const Traits& a, const Traits& b) noexcept {
  int most = 0;
  for (const std::int64_t x : a.people) {
    for (const std::int64_t y : b.people) {
      const int digits = std::min(digits_of(x), digits_of(y));
      const bool nearly = std::min(x, y) > 10'000 && std::abs(x - y) <= std::max(x, y) / 200;
      if (digits >= kParticular && (x == y || nearly)) most = std::max(most, digits);
    }
  }
  return most;
}

/// Numbers that may be two counts of one file, or one of it and one of its rows.
bool similar_figures(const Traits& a, const Traits& b) noexcept {
  for (const std::int64_t x : a.people) {
    for (const std::int64_t y : b.people) {
      if (std::min(x, y) > 1000 && std::abs(x - y) <= std::max(x, y) / 8) return true;
    }
  }
  return false;
}

/// The same number, round or not.
bool same_round_figure(const Traits& a, const Traits& b) noexcept {
  return std::any_of(a.people.begin(), a.people.end(),
                     [&](std::int64_t x) { return std::binary_search(b.people.begin(), b.people.end(), x); });
}

struct Nearness {
  static constexpr std::int32_t kUnknown = std::numeric_limits<std::int32_t>::max();
  std::int32_t days = kUnknown;   ///< between the nearest dates known to the day
  std::int32_t about = kUnknown;  ///< the same, when months and years count for all of their days
  [[nodiscard]] bool known() const noexcept { return about != kUnknown; }
};

/// When the news was: a list that adds an event months later gives the day of its addition, which is none.
Days told_of(const Traits& one) noexcept {
  const bool late = one.curated == 0 && lists_events(one.trust) && one.event.known() &&
                    one.told.first - one.event.last > kLateAddition;
  return late ? Days{} : one.told;
}

/// The nearest that any date of one comes to a date of the other. A list may give the day of the event or that of the
/// announcement, and does not always say which.
Nearness nearness(const Traits& x, const Traits& y) noexcept {
  Nearness near;
  const Days told_x = told_of(x), told_y = told_of(y);
  const auto consider = [&](const Days& a, const Days& b) {
    if (a.to_the_day() && b.to_the_day()) near.days = std::min(near.days, gap(a, b));
  };
  const auto loosely = [&](const Days& a, const Days& b) {
    if (a.known() && b.known()) near.about = std::min(near.about, gap(a, b));
  };
  consider(x.event, y.event);
  consider(told_x, told_y);
  consider(x.event, told_y);
  consider(told_x, y.event);
  loosely(x.event_at_least, y.event_at_least);
  loosely(told_x, told_y);
  loosely(x.event_at_least, told_y);
  loosely(told_x, y.event_at_least);
  return near;
}

/// Lists that write the day of the announcement where others write that of the event.
bool blurs_dates(const Traits& a) noexcept {
  return a.trust == Trust::Aggregator;
}

bool events_conflict(const Traits& a, const Traits& b, const Nearness& near) noexcept {
  if (!a.event.known() || !b.event.known()) return false;
  const bool precise = a.event_at_least.to_the_day() && b.event_at_least.to_the_day();
  if (gap(a.event_at_least, b.event_at_least) <= (precise ? kSameEvent : kSlowNews)) return false;
  return !((blurs_dates(a) || blurs_dates(b)) && near.days <= kBlurred);
}

bool on_one_day(const Traits& a, const Traits& b) noexcept {
  if (a.event.known() && a.event == b.event) return true;
  if (a.event.to_the_day() && b.event.to_the_day()) return gap(a.event, b.event) == 0;
  return a.told.to_the_day() && b.told.to_the_day() && gap(a.told, b.told) == 0;
}

constexpr MergeDecision merge(MergeReason reason, int force) noexcept {
  return {Decision::Merge, reason, static_cast<std::uint8_t>(force)};
}
constexpr MergeDecision separate(MergeReason reason, std::uint8_t force = kAlways) noexcept {
  return {Decision::KeepSeparate, reason, force};
}
constexpr MergeDecision undecided(MergeReason reason) noexcept {
  return {Decision::NoDecision, reason, 0};
}

/// A list that writes a name in the same way twice means two events; in two ways, it may have one event twice.
bool written_alike(const Traits& a, const Traits& b) noexcept {
  return a.whole == b.whole && a.parts == b.parts;
}

/// What tells two events of one body apart, whatever else agrees; nothing when nothing does.
std::optional<MergeDecision> veto(const Traits& a, const Traits& b, const Nearness& near, SameBody body,
                                  bool one_figure) {
  if (a.curated != 0 && b.curated != 0 && a.ref.source == b.ref.source) return separate(MergeReason::TwoRecords);
  const bool one_list =
      a.ref.source == b.ref.source && lists_events(a.trust) && lists_events(b.trust) && !a.withdrawn && !b.withdrawn;
  if (one_list && !one_figure && body >= SameBody::Bare) {
    if (on_one_day(a, b)) {
      const bool one_page = meet(a.links, b.links);
      if (!one_page && !a.people.empty() && !b.people.empty() && !same_round_figure(a, b))
        return separate(MergeReason::TwoRecords);
      if (!one_page) return undecided(MergeReason::SameRecordTwice);
    } else {
      return near.days <= kSameNews && !written_alike(a, b) ? undecided(MergeReason::SameRecordTwice)
                                                            : separate(MergeReason::TwoRecords);
    }
  }
  if (one_list && !one_figure && body == SameBody::InPart) {
    return near.days <= kBlurred ? undecided(MergeReason::SameRecordTwice) : separate(MergeReason::TwoRecords);
  }
  if (a.processor_stated == b.processor_stated && !a.processors.empty() && !b.processors.empty() &&
      !meet(a.processors, b.processors)) {
    return separate(MergeReason::ProcessorsDiffer);
  }
  if (a.times > 1 && b.times > 1 && a.times != b.times) return separate(MergeReason::RecurrenceWord);
  if ((a.times == 0) != (b.times == 0) && !one_figure) {
    return near.days == 0 ? undecided(MergeReason::Recurring) : separate(MergeReason::RecurrenceWord);
  }
  const bool may_be_notices =
      (body == SameBody::Processor || body == SameBody::Customers) && near.days <= kProcessorNews;
  if (!one_figure && !may_be_notices && events_conflict(a, b, near)) return separate(MergeReason::EventDates);
  return std::nullopt;
}

MergeDecision by_dates(const Traits& a, const Traits& b, const Nearness& near, SameBody body) {
  if (!near.known()) return undecided(MergeReason::DateMissing);
  const int surer = body == SameBody::Whole ? 20 : 0;
  if (a.event.to_the_day() && b.event.to_the_day() && gap(a.event, b.event) <= kSameEvent) {
    return merge(MergeReason::SameDays, 170 + surer - gap(a.event, b.event));
  }
  if (near.days <= kSameNews) return merge(MergeReason::NearDisclosure, 150 - near.days + surer);
  if (near.days <= kSlowNews) return merge(MergeReason::NearDisclosure, 80 - near.days + surer);
  if (near.about > kSlowNews) return separate(MergeReason::DatesApart, kSlowJoin);
  const auto month_known = [](const Traits& one) {
    return std::max(one.told.precision, one.event_at_least.precision) >= Days::Precision::Month;
  };
  const bool months = near.about == 0 && month_known(a) && month_known(b);
  if (near.about == 0 && similar_figures(a, b)) return merge(MergeReason::SimilarFigure, 60 + surer);
  return months ? merge(MergeReason::SameMonth, 20 + surer) : undecided(MergeReason::DateImprecise);
}

/// Two that name no body in common: one page may tell of a processor and of its customers, but also of twenty leaks of
/// a week. Only a catalogue cites pages with care, and a list that cites one for two bodies says that it is a round-up.
MergeDecision without_body(const Traits& a, const Traits& b, const Nearness& near) {
  if (a.unsure || b.unsure || near.days > kPageOfOthers || !meet(a.links, b.links)) {
    return separate(MergeReason::DifferentBodies, 0);
  }
  if (a.ref.source == b.ref.source) return separate(MergeReason::TwoRecords, kSlowJoin);
  const bool curated = a.curated != 0 || b.curated != 0;
  return curated ? merge(MergeReason::SamePage, 100 - near.days) : separate(MergeReason::DifferentBodies, 0);
}

}  // namespace

MergeDecision decide(const Traits& a, const Traits& b) {
  if (!a.states_facts || !b.states_facts) return undecided(MergeReason::FactsNotExtracted);
  if (a.curated != 0 && a.curated == b.curated) return merge(MergeReason::CuratedId, 250);
  const auto names_none = [](const Traits& one) { return one.whole.empty() && one.parts.empty(); };
  if (names_none(a) || names_none(b)) return undecided(MergeReason::BodyUnknown);
  const SameBody body = same_body(a, b);
  const Nearness near = nearness(a, b);
  if (body == SameBody::No) return without_body(a, b, near);
  const int digits = shared_digits(a, b);
  const bool one_figure = digits != 0;
  if (const auto kept_apart = veto(a, b, near, body, one_figure)) return *kept_apart;
  if (a.unsure || b.unsure) return undecided(MergeReason::ReadUnsurely);
  if (a.country != 0 && b.country != 0 && a.country != b.country) return undecided(MergeReason::CountriesDiffer);
  const bool at_any_time = digits >= kUnmistakable && body >= SameBody::Bare;
  if (one_figure && (at_any_time || near.about <= kLateNews)) {
    return merge(MergeReason::SameFigure, 240 - std::min(near.about, kLateNews) / 20);
  }
  if (near.about <= kPageNews && meet(a.links, b.links)) return merge(MergeReason::SamePage, 210 - near.about / 10);
  if (body == SameBody::Processor || body == SameBody::Customers) {
    const int surer = body == SameBody::Processor ? 140 : 90;  // the notices of customers gather around the processor's
    if (near.days <= kProcessorNews) return merge(MergeReason::SameProcessor, surer - near.days);
    return near.about > kProcessorNews ? separate(MergeReason::DatesApart, kSlowJoin)
                                       : undecided(MergeReason::DateImprecise);
  }
  if (body == SameBody::InPart || body == SameBody::Alike) {
    if (near.days <= kSameNews && same_round_figure(a, b)) return merge(MergeReason::NearDisclosure, 120 - near.days);
    if (body == SameBody::InPart && near.days <= kSameNews) return merge(MergeReason::NearDisclosure, 60 - near.days);
    if (body == SameBody::Alike) return separate(MergeReason::DifferentBodies, 0);
    return near.known() && near.about > kSlowNews ? separate(MergeReason::DatesApart, 0)
                                                  : undecided(MergeReason::NameInPart);
  }
  return by_dates(a, b, near, body);
}

std::string_view name_of(Decision decision) noexcept {
  switch (decision) {
    case Decision::Merge: return "merge";
    case Decision::KeepSeparate: return "keep_separate";
    case Decision::NoDecision: return "no_decision";
  }
  return "no_decision";
}

std::string_view name_of(MergeReason reason) noexcept {
  switch (reason) {
    case MergeReason::CuratedId: return "curated_id";
    case MergeReason::SameFigure: return "same_figure";
    case MergeReason::SamePage: return "same_page";
    case MergeReason::SameDays: return "same_days";
    case MergeReason::NearDisclosure: return "near_disclosure";
    case MergeReason::SameProcessor: return "same_processor";
    case MergeReason::SimilarFigure: return "similar_figure";
    case MergeReason::SameMonth: return "same_month";
    case MergeReason::DifferentBodies: return "different_bodies";
    case MergeReason::TwoRecords: return "two_records_of_one_source";
    case MergeReason::RecurrenceWord: return "recurrence_word";
    case MergeReason::EventDates: return "event_dates_conflict";
    case MergeReason::ProcessorsDiffer: return "processors_differ";
    case MergeReason::DatesApart: return "dates_apart";
    case MergeReason::FactsNotExtracted: return "facts_not_extracted";
    case MergeReason::ReadUnsurely: return "read_unsurely";
    case MergeReason::BodyUnknown: return "organisation_unknown";
    case MergeReason::CountriesDiffer: return "countries_differ";
    case MergeReason::NameInPart: return "name_in_part";
    case MergeReason::DateMissing: return "date_missing";
    case MergeReason::DateImprecise: return "date_imprecise";
    case MergeReason::SameRecordTwice: return "same_record_twice";
    case MergeReason::Recurring: return "recurrence_same_day";
    case MergeReason::CuratorMerged: return "curator_merged";
    case MergeReason::CuratorSplit: return "curator_split";
  }
  return "";
}

}  // namespace vigifuite::index
