// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The steps after `segment` and `recognise`, in the order announcement.cpp runs them. Each is pure and linear.

#include <vector>

#include "feeds/extract/announcement.hpp"

namespace vigifuite::feeds::extract {

/// The first steps together: cuts, folds, recognises, marks what is elsewhere. `text` must outlive what it gives.
/// The memory of `spare`, which nobody needs any more, is used again.
Parsed parse_announcement(std::string_view text, Language language, PartialDate published, const Vocabulary& vocabulary,
                          Parsed spare = {});

/// Marks the tokens that speak of another incident or another victim (Parsed::elsewhere).
void mark_elsewhere(Parsed& parsed);

/// What the text says of each mention of a category.
enum class Polarity : std::uint8_t {
  Silent,   ///< neither exposed nor safe: advice, a channel, a risk, how they came in
  Assumed,  ///< listed without a verb, in a text about a leak
  Exposed,  ///< said to be exposed
  Safe,     ///< said not to be
};
struct ScopedMention {
  Mention mention;
  Polarity polarity = Polarity::Silent;
  std::uint32_t cue = 0;  ///< first token of the words that decided, for evidence; the mention's own when none did
};
struct Scoped {
  std::vector<ScopedMention> mentions;
  /// The same for words that speak of data, or of their leak, without saying which data ("aucune donnée", "fuite").
  std::vector<ScopedMention> data;
  /// The same for what data are in: files, records, devices.
  std::vector<ScopedMention> containers;
};
Scoped scope(const Parsed& parsed);

/// Is this text about a leak of personal data at all?
struct Verdict {
  bool is_disclosure = false;
  float confidence = 0;
  Evidence evidence;
};
Verdict judge_disclosure(const Parsed& parsed, const Scoped& scoped);

/// Whose data leaked, and through which named provider.
struct Bodies {
  std::vector<BodyFact> organisations;
  std::optional<BodyFact> processor;
};
Bodies find_bodies(const Parsed& parsed);

/// How many persons were hit.
std::optional<PeopleFact> count_people(const Parsed& parsed);

/// When the data were got at.
std::optional<DatesFact> find_dates(const Parsed& parsed);

}  // namespace vigifuite::feeds::extract
