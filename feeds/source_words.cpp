// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/source_words.hpp"

#include <algorithm>
#include <array>

namespace vigifuite::feeds {
namespace {

struct StatusRow {
  std::string_view word;  ///< folded
  StatusWord meaning;
};
constexpr StatusWord kConfirmed{IncidentStatus::Confirmed, true, false};
constexpr StatusWord kClaimed{IncidentStatus::Claimed, true, false};
constexpr StatusWord kUnverified{IncidentStatus::Claimed, false, false};
constexpr StatusWord kFalse{IncidentStatus::Claimed, false, true};
constexpr StatusWord kDenied{IncidentStatus::Claimed, true, true};

constexpr std::array<StatusRow, 50> kStatuses = {{
    {"verified", kConfirmed},
    {"confirmed", kConfirmed},
    {"confirme", kConfirmed},
    {"confirmee", kConfirmed},
    {"verifie", kConfirmed},
    {"verifiee", kConfirmed},
    {"avere", kConfirmed},
    {"averee", kConfirmed},
    {"officiel", kConfirmed},
    {"officielle", kConfirmed},
    {"reconnu", kConfirmed},
    {"reconnue", kConfirmed},
    {"acknowledged", kConfirmed},
    {"notified", kConfirmed},
    {"notifie", kConfirmed},
    {"true", kConfirmed},
    {"claimed", kClaimed},
    {"claim", kClaimed},
    {"revendique", kClaimed},
    {"revendiquee", kClaimed},
    {"revendication", kClaimed},
    {"ransomware", kClaimed},
    {"rancongiciel", kClaimed},
    {"alleged", kClaimed},
    {"presume", kClaimed},
    {"presumee", kClaimed},
    {"suspected", kClaimed},
    {"suspecte", kClaimed},
    {"suspectee", kClaimed},
    {"unconfirmed", kClaimed},
    {"non confirme", kClaimed},
    {"non confirmee", kClaimed},
    {"en cours", kClaimed},
    {"pending", kClaimed},
    {"unverified", kUnverified},
    {"non verifie", kUnverified},
    {"non verifiee", kUnverified},
    {"false", kUnverified},
    {"fabricated", kFalse},
    {"fake", kFalse},
    {"faux", kFalse},
    {"false positive", kFalse},
    {"dementi", kDenied},
    {"dementie", kDenied},
    {"denied", kDenied},
    {"disputed", kDenied},
    {"conteste", kDenied},
    {"retracted", {IncidentStatus::Retracted, true, false}},
    {"retracte", {IncidentStatus::Retracted, true, false}},
    {"corrected", {IncidentStatus::Corrected, true, false}},
}};

struct CountryRow {
  std::string_view name;  ///< folded
  std::string_view code;
};
constexpr std::array<CountryRow, 40> kCountries = {{
    {"france", "FR"},      {"fra", "FR"},
    {"la reunion", "RE"},  {"reunion", "RE"},
    {"mayotte", "YT"},     {"guadeloupe", "GP"},
    {"martinique", "MQ"},  {"guyane", "GF"},
    {"belgique", "BE"},    {"belgium", "BE"},
    {"suisse", "CH"},      {"switzerland", "CH"},
    {"luxembourg", "LU"},  {"canada", "CA"},
    {"etats unis", "US"},  {"united states", "US"},
    {"usa", "US"},         {"united states of america", "US"},
    {"royaume uni", "GB"}, {"united kingdom", "GB"},
    {"uk", "GB"},          {"allemagne", "DE"},
    {"germany", "DE"},     {"italie", "IT"},
    {"italy", "IT"},       {"espagne", "ES"},
    {"spain", "ES"},       {"portugal", "PT"},
    {"pays bas", "NL"},    {"netherlands", "NL"},
    {"irlande", "IE"},     {"ireland", "IE"},
    {"monaco", "MC"},      {"maroc", "MA"},
    {"morocco", "MA"},     {"algerie", "DZ"},
    {"algeria", "DZ"},     {"tunisie", "TN"},
    {"tunisia", "TN"},     {"australia", "AU"},
}};

constexpr std::size_t kMaxWord = 100;

}  // namespace

std::optional<StatusWord> parse_status_word(std::string_view word) {
  if (word == "verified") return kConfirmed;  // said of nearly every entry of the largest list
  if (word.size() > kMaxWord) return std::nullopt;
  const std::string folded = fold(word);
  const auto* row =
      std::find_if(kStatuses.begin(), kStatuses.end(), [&](const StatusRow& r) { return r.word == folded; });
  if (row == kStatuses.end()) return std::nullopt;
  return row->meaning;
}

std::string country_code(std::string_view country) {
  if (country.size() > kMaxWord) return {};
  const std::string folded = fold(country);
  const auto* row =
      std::find_if(kCountries.begin(), kCountries.end(), [&](const CountryRow& r) { return r.name == folded; });
  if (row != kCountries.end()) return std::string(row->code);
  if (folded.size() != 2 || country.size() != 2) return {};
  if (folded[0] < 'a' || folded[0] > 'z' || folded[1] < 'a' || folded[1] > 'z') return {};
  return {static_cast<char>(folded[0] - 'a' + 'A'), static_cast<char>(folded[1] - 'a' + 'A')};
}

}  // namespace vigifuite::feeds
