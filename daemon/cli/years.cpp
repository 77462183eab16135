// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/years.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "schemas/core/text.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::int16_t kFirstYear = 1900, kLastYear = 2100;

enum class Word : unsigned char { Unknown, Filler, Since, Until, Now, Forgotten };

// Folded words: lower case, no accents, no punctuation ("jusqu'en" is "jusqu en").
constexpr std::array<std::pair<std::string_view, Word>, 56> kWords = {{
    {"de", Word::Filler},
    {"du", Word::Filler},
    {"des", Word::Filler},
    {"d", Word::Filler},
    {"a", Word::Filler},
    {"au", Word::Filler},
    {"en", Word::Filler},
    {"entre", Word::Filler},
    {"et", Word::Filler},
    {"l", Word::Filler},
    {"le", Word::Filler},
    {"la", Word::Filler},
    {"annee", Word::Filler},
    {"annees", Word::Filler},
    {"vers", Word::Filler},
    {"environ", Word::Filler},
    {"j", Word::Filler},
    {"y", Word::Filler},
    {"suis", Word::Filler},
    {"encore", Word::Now},
    {"from", Word::Filler},
    {"to", Word::Filler},
    {"between", Word::Filler},
    {"and", Word::Filler},
    {"in", Word::Filler},
    {"the", Word::Filler},
    {"year", Word::Filler},
    {"years", Word::Filler},
    {"about", Word::Filler},
    {"around", Word::Filler},
    {"depuis", Word::Since},
    {"partir", Word::Since},
    {"since", Word::Since},
    {"jusqu", Word::Until},
    {"jusque", Word::Until},
    {"until", Word::Until},
    {"till", Word::Until},
    {"avant", Word::Until},
    {"before", Word::Until},
    {"toujours", Word::Now},
    {"actuellement", Word::Now},
    {"aujourd", Word::Now},
    {"hui", Word::Now},
    {"maintenant", Word::Now},
    {"now", Word::Now},
    {"today", Word::Now},
    {"still", Word::Now},
    {"present", Word::Now},
    {"sais", Word::Forgotten},
    {"know", Word::Forgotten},
    {"souviens", Word::Forgotten},
    {"rappelle", Word::Forgotten},
    {"remember", Word::Forgotten},
    {"oublie", Word::Forgotten},
    {"forgot", Word::Forgotten},
    {"unknown", Word::Forgotten},
}};

Word meaning(std::string_view word) noexcept {
  const auto found = std::find_if(kWords.begin(), kWords.end(), [&](const auto& row) { return row.first == word; });
  return found == kWords.end() ? Word::Unknown : found->second;
}

bool is_digits(std::string_view word) noexcept {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What an answer is made of.
struct Heard {
  std::vector<PartialDate> years;
  bool since = false, until = false, now = false, forgotten = false, unknown = false;
};

void hear(Heard& heard, std::string_view word) {
  if (is_digits(word)) {
    const auto year = parse_partial_date(word);
    const bool plausible = year && year->month == 0 && year->year >= kFirstYear && year->year <= kLastYear;
    if (plausible)
      heard.years.push_back(*year);
    else
      heard.unknown = true;
    return;
  }
  switch (meaning(word)) {
    case Word::Unknown: heard.unknown = true; break;
    case Word::Filler: break;
    case Word::Since: heard.since = true; break;
    case Word::Until: heard.until = true; break;
    case Word::Now: heard.now = true; break;
    case Word::Forgotten: heard.forgotten = true; break;
  }
}

Heard listen(std::string_view answer) {
  Heard heard;
  const std::string folded = fold(answer);
  std::string_view rest = folded;
  while (!rest.empty()) {
    const auto space = rest.find(' ');
    if (const std::string_view word = rest.substr(0, space); !word.empty()) hear(heard, word);
    rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
  }
  return heard;
}

std::string_view trimmed(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_dash(std::string_view text, bool at_end) noexcept {
  for (const std::string_view dash : {"..", "-", "–", "…"}) {
    if (at_end ? text.ends_with(dash) : text.starts_with(dash)) return true;
  }
  return false;
}

}  // namespace

std::optional<Stay> parse_years(std::string_view answer) {
  answer = trimmed(answer);
  if (answer == "?") return Stay{};
  const Heard heard = listen(answer);
  if (heard.forgotten && heard.years.empty()) return Stay{};  // whatever the other words are
  if (heard.unknown || heard.years.size() > 2) return std::nullopt;
  if (heard.years.empty()) return heard.now ? std::optional(Stay{{}, true}) : std::nullopt;
  const PartialDate first = heard.years.front();
  if (heard.years.size() == 2) {
    if (first > heard.years.back() || heard.now) return std::nullopt;
    return Stay{{first, heard.years.back()}, false};
  }
  if (heard.since || heard.now || is_dash(answer, true)) return Stay{{first, {}}, true};
  if (heard.until || is_dash(answer, false)) return Stay{{{}, first}, false};
  return Stay{{first, first}, false};
}

}  // namespace vigifuite::cli
