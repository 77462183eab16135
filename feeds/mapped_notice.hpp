// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the mapped text formats (CSV, HTML) share: the keys of [mapping] that fill a notice, and how they fill it.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/key_guard.hpp"
#include "schemas/source.hpp"

namespace vigifuite::feeds {

/// The parts of a notice that a mapping may fill. The lists come last.
enum class Field : unsigned char {
  Key,
  Title,
  Url,
  Text,
  Language,
  Published,
  Organisation,
  Domain,
  Processor,
  Country,
  Sector,
  IncidentFrom,
  IncidentTo,
  Status,
  People,
  Labels,
  SafeLabels,
  Links,
};
inline constexpr std::size_t kFields = 18;

constexpr std::size_t index_of(Field field) noexcept {
  return static_cast<std::size_t>(field);
}
constexpr bool is_list(Field field) noexcept {
  return field >= Field::Labels;
}

/// The key of [mapping]: "incident_from".
std::string_view name_of(Field field) noexcept;

/// The options every mapped text format knows, beside the fields.
struct MappingOptions {
  bool states_facts = false;    ///< `facts`: "yes" or "no"; by default, whether an organisation is mapped
  bool number_repeats = false;  ///< `repeats = "numbered"`: an equal key is another item; without it, it is rejected
  std::string labels_separator;
  std::string links_separator;
};

/// A [mapping] taken apart: what a format must read itself, and what it need not.
struct Mapping {
  std::array<std::vector<std::string>, kFields> fields;
  MappingOptions options;
  std::map<std::string, std::string, std::less<>> own;  ///< the keys among `own_keys` that are there
};

/// Config: names the key that is unknown or has a wrong value. `own_keys` are those only this format knows.
Result<Mapping> read_mapping(const Source& source, const std::vector<std::string_view>& own_keys);

/// Cuts a cell at `separator`, except inside parentheses: "nom,adresse (rue, ville)" is two labels. Pieces are trimmed.
std::vector<std::string> split_list(std::string_view cell, std::string_view separator);

/// Turns what was found in each record into notices. One per payload.
class MappedRecords {
 public:
  MappedRecords(const Mapping& mapping, std::string_view base, NoticeSink& sink);

  /// What was found for one record.
  struct Values {
    std::array<std::string, kFields> text;
    std::vector<std::string> labels, safe_labels, links;
    std::string digested;  ///< what its digest is taken from: append_value() of every value of the record
  };
  void tell(Values& values, const Place& place);
  KeyGuard& guard() noexcept { return guard_; }

 private:
  std::string key_of(const Values& values);

  const Mapping& mapping_;
  std::string_view base_;
  KeyGuard guard_;
  std::map<Digest, std::uint64_t> times_;  ///< how often each key was met, when repeats are numbered
};

}  // namespace vigifuite::feeds
