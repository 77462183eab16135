// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "feeds/extract/steps.hpp"

namespace vigifuite::test {

/// A text after the first steps. Keeps the text its document points into.
struct ParsedText {
  explicit ParsedText(std::string_view words, Language language = Language::French, std::string_view published = {})
      : text(words),
        parsed(feeds::extract::parse_announcement(text, language, parse_partial_date(published).value_or(PartialDate{}),
                                                  Vocabulary::shipped())) {}
  ParsedText(const ParsedText&) = delete;
  ParsedText& operator=(const ParsedText&) = delete;

  /// The words an evidence points at.
  [[nodiscard]] std::string_view at(feeds::extract::Evidence evidence) const {
    return std::string_view(text).substr(evidence.begin, evidence.end - evidence.begin);
  }

  std::string text;
  feeds::extract::Parsed parsed;
};

}  // namespace vigifuite::test
