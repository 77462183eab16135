// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "feeds/extract/announcement.hpp"

namespace vigifuite::feeds::extract {

// The numbers of lexicon/people.toml.
enum class FigureWord : std::int64_t { Announces = 1, Total = 2, Adds = 3, Hit = 4, Withdraws = 5, Corrects = 6 };
enum class Aside : std::int64_t {
  Nothing = 0,
  Base = 1,
  Part = 2,
  Received = 3,
  After = 4,
  Thief = 5,
  Says = 6,
  Claims = 7,
  BaseOf = 8,
};
constexpr std::int64_t kRange = 4;  ///< of Cue::Approx

/// A number as written: tokens [first, last).
struct Numeral {
  std::uint32_t first = 0, last = 0;
  double value = 0;
  bool digits = false;
  bool grouped = false;  ///< "10 204", "33M", "1,6 million": written as no year or hour is
  bool valid = false;    ///< false: "des milliers", "un", which count nothing
};

/// The number that begins at token `at`, before `end`: "10 204", "33M", "une centaine de milliers". Its last is its
/// first when none does.
Numeral read_numeral(const Parsed& parsed, std::uint32_t at, std::uint32_t end);

/// Who is counted: the values of Cue::Person.
enum class PersonKind : std::int64_t {
  Served = 0,  ///< by the body: customers, patients
  Staff = 1,   ///< who works for it
  Anyone = 2,  ///< either: persons, accounts, "of them"
};

/// A number of persons, and what is said of it.
struct Figure {
  Numeral number;
  std::uint32_t noun_last = 0;  ///< past the noun, or past the number when it has none
  std::uint32_t sentence = 0;
  bool noun = false;
  bool total = false, part = false, base = false, received = false, withdrawn = false, corrected = false;
  bool claimed = false, denied = false, hit = false;
  bool sent_to = false;    ///< those a message was sent to
  bool way_in = false;     ///< accounts that were used to get in
  bool bracketed = false;  ///< it stands in brackets, as asides do
  bool also = false;       ///< a part told after the whole: "were also taken"
  bool whole = false;      ///< what a part was taken of: "600 of the 21 000 students"
  bool labelled = false;   ///< it answers a label: "Adhérents touchés : 19 250"
  bool placed = false;     ///< its clause begins with a place: "à Lormeau, 18 700 patients"
  PersonKind kind = PersonKind::Served;
  Qualifier qualifier = Qualifier::Exact;

  [[nodiscard]] bool usable() const noexcept { return !part && !base && !withdrawn && !denied; }
};

/// The numbers of a text that count persons, in order. Linear.
std::vector<Figure> find_figures(const Parsed& parsed);

}  // namespace vigifuite::feeds::extract
