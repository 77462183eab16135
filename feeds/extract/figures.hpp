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
  Qualifier qualifier = Qualifier::Exact;

  [[nodiscard]] bool usable() const noexcept { return !part && !base && !withdrawn && !denied; }
};

/// The numbers of a text that count persons, in order. Linear.
std::vector<Figure> find_figures(const Parsed& parsed);

}  // namespace vigifuite::feeds::extract
