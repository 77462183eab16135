// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/instant.hpp"

namespace vigifuite {

/// What of an announcement was read from its words.
enum class Fact : unsigned char { Disclosure, Organisation, Processor, People, Dates, Exposed, NotExposed };

/// "disclosure", "organisation", "processor", "people", "dates", "exposed", "not_exposed".
std::string_view name_of(Fact fact) noexcept;
std::optional<Fact> parse_fact(std::string_view word) noexcept;

/// A fact read with less confidence than this, in percent, is kept and shown to a curator; nobody is told of it.
inline constexpr std::uint32_t kSurePercent = 50;

/// One fact, and the words that prove it.
struct ReadFact {
  Fact fact = Fact::Disclosure;
  std::string value;  ///< a slug, a name, a number, "2024-03-05" or "2024-03-05/2024-03-07"; empty for a disclosure
  std::string words;  ///< as they stand in the sentence; empty when the whole sentence proves it
  std::uint32_t confidence = 0;  ///< percent
  [[nodiscard]] bool sure() const noexcept { return confidence >= kSurePercent; }
  friend bool operator==(const ReadFact&, const ReadFact&) = default;
};

/// A sentence of an announcement, and what was read in it.
struct Evidence {
  std::string source;    ///< source id; in a sighting, whose own it is, empty
  PartialDate date;      ///< when that source said it; in a sighting empty
  std::string sentence;  ///< in the words of the source, on one line, clipped
  std::vector<ReadFact> facts;
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

}  // namespace vigifuite
