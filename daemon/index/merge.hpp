// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Whether two sightings tell of one incident. Pure, and the same whichever comes first. The essay is in merge.cpp.

#include <string_view>

#include "daemon/index/traits.hpp"

namespace vigifuite::index {

enum class Decision : unsigned char { Merge, KeepSeparate, NoDecision };
std::string_view name_of(Decision decision) noexcept;  // "merge", "keep_separate", "no_decision"

/// Why. The first ones join, the next ones keep apart, the last ones leave it to a curator.
enum class MergeReason : unsigned char {
  CuratedId,          ///< a catalogue gives both the same id
  SameFigure,         ///< the same number of people, too particular for chance
  SamePage,           ///< they cite the same page
  SameDays,           ///< it happened on the same days
  NearDisclosure,     ///< made public within a few days
  SameProcessor,      ///< one processor, and soon after one another
  SimilarFigure,      ///< only the year or month is known, but the numbers of people are alike
  SameMonth,          ///< both know the month only, and it is the same
  DifferentBodies,    ///< no body in common
  TwoRecords,         ///< one list keeps one record per event, and these are two of its records
  RecurrenceWord,     ///< one says that it is not the first time
  EventDates,         ///< they happened on different days
  ProcessorsDiffer,   ///< the data went through different processors
  DatesApart,         ///< made public too long after one another
  FactsNotExtracted,  ///< a text of which no fact is known
  ReadUnsurely,       ///< a text that was not read surely
  BodyUnknown,        ///< it names no body
  CountriesDiffer,    ///< same name, other country
  NameInPart,         ///< only a part of the names is the same
  DateMissing,        ///< nothing says when
  DateImprecise,      ///< only a year or a month is known
  SameRecordTwice,    ///< one list has two records of one day
  Recurring,          ///< one of the two says "again", on the same day
  CuratorMerged,      ///< a curator said so
  CuratorSplit,       ///< a curator said so
};
std::string_view name_of(MergeReason reason) noexcept;  // "curated_id"…

struct MergeDecision {
  Decision decision = Decision::NoDecision;
  MergeReason reason = MergeReason::DateMissing;
  /// Merge: how sure, the surest are joined first. KeepSeparate: which joins it forbids, those no surer than this.
  std::uint8_t force = 0;
};

/// A join by dates some weeks apart is no surer than this; one by the same days, a figure, a page or a curated id is.
inline constexpr std::uint8_t kSlowJoin = 100;
/// Forbids every join.
inline constexpr std::uint8_t kAlways = 255;

MergeDecision decide(const Traits& a, const Traits& b);

}  // namespace vigifuite::index
