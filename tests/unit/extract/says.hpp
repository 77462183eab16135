// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/extract/announcement.hpp"

namespace vigifuite::test {

using namespace feeds::extract;

/// The categories of `facts`, in order, parted by spaces.
inline std::string slugs(const std::vector<CategoryFact>& facts) {
  std::vector<std::string> all;
  for (const CategoryFact& fact : facts) all.push_back(Vocabulary::shipped().info(fact.category).slug);
  std::sort(all.begin(), all.end());
  std::string out;
  for (const std::string& slug : all) out += (out.empty() ? "" : " ") + slug;
  return out;
}

struct Said {
  std::string exposed;
  std::string safe;
};

/// Reads `text` after a sentence that tells of a leak.
inline Said read(std::string_view text, Language language = Language::French, bool html = false) {
  const std::string whole = std::string(language == Language::French ? "Une fuite de données a été constatée.\n"
                                                                     : "A data breach was found.\n") +
                            std::string(text);
  const Reading reading =
      read_announcement({html ? text : std::string_view(whole), html, language, {}}, Vocabulary::shipped());
  return {slugs(reading.exposed), slugs(reading.not_exposed)};
}

/// Checks what `text` says to be exposed, and safe.
inline void says(std::string_view text, std::string_view exposed, std::string_view safe,
                 Language language = Language::French) {
  CAPTURE(text);
  const Said said = read(text, language);
  CHECK(said.exposed == exposed);
  CHECK(said.safe == safe);
}

}  // namespace vigifuite::test
