// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/index/merge_words.hpp"
#include "schemas/incident.hpp"

namespace vigifuite::index {

/// The days a date can mean, counted from 1970. Known to the day, the month or the year.
struct Days {
  enum class Precision : unsigned char { Unknown, Year, Month, Day };
  std::int32_t first = 0;
  std::int32_t last = 0;
  Precision precision = Precision::Unknown;
  [[nodiscard]] bool known() const noexcept { return precision != Precision::Unknown; }
  [[nodiscard]] bool to_the_day() const noexcept { return precision == Precision::Day; }
  friend bool operator==(const Days&, const Days&) = default;
};

/// What two sightings are compared by: all that `decide` looks at, so that a million of them fit in memory and none of
/// their documents is opened to find who tells of the same incident. Names and addresses are hashes.
struct Traits {
  using Key = std::uint64_t;
  using Keys = std::vector<Key>;  ///< sorted, each once

  SightingRef ref;
  Trust trust = Trust::Press;
  bool states_facts = false;
  bool unsure = false;  ///< read from a text, and not surely
  bool withdrawn = false;
  bool processor_stated = false;   ///< as such, not read in a name: "Acme (via Beta)"
  std::uint8_t times = 0;          ///< in its words: 1 "again", 2 "deuxième fuite"…
  std::uint8_t times_in_list = 0;  ///< in its source's counting: 2 for "Acme #2"
  std::uint16_t country = 0;       ///< two letters
  Days event;                      ///< when it happened, as written
  Days event_at_least;             ///< the same, when a first of a month may stand for that month
  Days told;                       ///< when it was made public
  Instant first_seen{};
  Keys whole;                        ///< its bodies: registry ids, hosts, names as one word
  Keys bare;                         ///< their names without what a group, a country or a town hall adds
  Keys parts;                        ///< names inside those names: "SFR / RED by SFR", "Acme (Beta)"
  Keys shortened;                    ///< their names without the last word: they meet whole names only
  Keys processors;                   ///< through whom the data went
  Keys links;                        ///< addresses of pages it cites
  std::vector<std::int64_t> people;  ///< figures, sorted
  Key curated = 0;                   ///< of the id a catalogue gives, or 0

  friend bool operator==(const Traits&, const Traits&) = default;
};

/// How a sighting is read for comparison. Pure.
class TraitsReader {
 public:
  TraitsReader(const Vocabulary& vocabulary, const MergeWords& words) : vocabulary_(vocabulary), words_(words) {}
  [[nodiscard]] Traits read(const Sighting& sighting) const;

 private:
  const Vocabulary& vocabulary_;
  const MergeWords& words_;
};

/// Under which keys a sighting meets those it may be merged with; sorted, each once. Two sightings without a key in
/// common are never compared.
Traits::Keys blocks_of(const Traits& traits);

}  // namespace vigifuite::index
