// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/extract/document.hpp"
#include "feeds/extract/lexicon.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/sighting.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite::feeds::extract {

/// Bytes [begin, end) of Reading::text: the words that prove a fact. Always within it, on character boundaries.
struct Evidence {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// A day, a month or a year as a text gives it; the year may be missing when neither text nor publication tell it.
struct TextDate {
  std::int16_t year = 0;   ///< 0: not known
  std::uint8_t month = 0;  ///< 0: not known
  std::uint8_t day = 0;    ///< 0: not known
  friend constexpr auto operator<=>(const TextDate&, const TextDate&) = default;
};
/// "2024-03-05", "2024-03", "2024"; without a year "--03-05", "--03".
std::string to_string(TextDate date);

/// A body, as the text names it.
struct BodyFact {
  std::string name;  ///< the words of the text: "CHU de Rennes", "commune de V…"
  std::string id;    ///< of the registry, or empty
  Evidence evidence;
  float confidence = 0;  ///< 0 to 1
};

struct PeopleFact {
  std::int64_t count = 0;
  Qualifier qualifier = Qualifier::Exact;
  bool claimed = false;  ///< only the attacker says so
  Evidence evidence;
  float confidence = 0;
};

/// When the data were got at: one day twice when there is one.
struct DatesFact {
  TextDate from;
  TextDate to;
  Evidence evidence;
  float confidence = 0;
};

struct CategoryFact {
  Category category;
  Evidence evidence;
  float confidence = 0;
};

/// What a text says of one leak. Owns its text.
struct Reading {
  std::string text;  ///< the plain text that was read: what evidence points into
  Language language = Language::French;
  /// The text announces or reports a leak of personal data. When false every list below is empty.
  bool is_disclosure = false;
  float confidence = 0;  ///< that is_disclosure is right, 0 to 1
  Evidence evidence;     ///< the words that decided it, or an empty range
  std::vector<BodyFact> organisations;
  std::optional<BodyFact> processor;
  std::optional<PeopleFact> people;
  std::optional<DatesFact> dates;
  std::vector<CategoryFact> exposed;  ///< each category once, in order of appearance
  std::vector<CategoryFact> not_exposed;
};

/// An announcement on its way: cut, folded, recognised. What every later step reads.
struct Parsed {
  Document document;
  Marks marks;
  Language language = Language::French;
  PartialDate published;        ///< may be unknown
  std::vector<bool> elsewhere;  ///< per token: it speaks of another incident, or of another victim
  const Vocabulary* vocabulary = nullptr;

  [[nodiscard]] Evidence evidence(std::uint32_t first, std::uint32_t last) const noexcept {
    if (first >= last) return {};
    return {document.tokens[first].begin, document.tokens[last - 1].end};
  }
};

/// What a caller knows of a text besides its words.
struct Announcement {
  std::string_view text;
  bool html = false;
  std::optional<Language> language;  ///< guessed when missing
  PartialDate published;             ///< gives dates their year; may be unknown
};

/// Reads one announcement. Pure, linear in the text, thread safe.
Reading read_announcement(const Announcement& announcement, const Vocabulary& vocabulary);

/// A fact with less confidence than this is kept and shown to a curator, and alerts nobody.
inline constexpr float kSure = 0.5F;

}  // namespace vigifuite::feeds::extract
