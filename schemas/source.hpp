// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/vocabulary.hpp"

namespace vigifuite {

/// Who speaks, most trusted first: the order in which figures are shown. A curator corrects what the others say, and is
/// no source that can be configured.
enum class Trust : unsigned char { Curator, Authority, Organisation, Curated, Press, Aggregator, Attacker };

/// "curator", "authority", "organisation", "curated", "press", "aggregator", "attacker".
std::string_view name_of(Trust trust) noexcept;
/// The word of a source file or a catalogue: nobody there speaks as the curator.
std::optional<Trust> parse_trust(std::string_view word) noexcept;

/// A configured place where disclosures are published: one TOML file (feeds/catalogue/*.toml, sources.d/*.toml).
struct Source {
  std::string id;        ///< "hibp": [a-z0-9-]{1,40}
  std::string name;      ///< shown to people
  std::string format;    ///< the name of an adapter
  std::string url;       ///< https://…, http://… (loopback or allow_http), file:///…, shipped:NAME
  std::string homepage;  ///< where a person can read about it
  std::string terms;     ///< under which terms it may be read: a licence, or a sentence
  std::string terms_url;
  std::chrono::seconds interval{std::chrono::hours(6)};
  Trust trust = Trust::Press;
  std::string republishes;  ///< id of the source whose items it repeats: then both are one origin
  Language language = Language::French;
  std::string country;  ///< ISO 3166 alpha-2 when all its incidents are of one country
  LabelSet labels = LabelSet::Words;
  bool complete_listing = true;  ///< false: a sliding window, where an item that leaves is not withdrawn
  bool allow_http = false;
  bool enabled = true;
  std::size_t max_bytes = std::size_t{16} << 20U;
  /// Mapped formats: what is where. Keys are those the adapter documents; a value is one path or several tried in turn.
  std::map<std::string, std::vector<std::string>, std::less<>> mapping;
};

}  // namespace vigifuite
