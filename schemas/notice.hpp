// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "schemas/core/digest.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite {

struct Sighting;

/// One item of a payload, in the source's own words.
///
/// A view: every member is valid only during the call that hands the notice over, because a list of a million
/// claims must not cost a million copies. Whoever keeps something copies it (normalise does).
struct Notice {
  std::string_view key;      ///< names the item within its source, for ever
  Digest digest;             ///< over the values of the whole record: changes when, and only when, a value does
  std::uint64_t record = 0;  ///< place in the payload, counted from 1

  std::string_view title;
  std::string_view url;
  std::string_view text;  ///< description, plain or HTML
  bool text_is_html = false;
  std::string_view language;   ///< BCP 47, or empty: the source's
  std::string_view published;  ///< when it was announced, as written

  // What a structured source states. Empty for a text item (RSS…): its facts are in its text.
  bool states_facts = false;
  std::string_view organisation;
  std::string_view domain;
  std::string_view processor;
  std::string_view country;
  std::string_view sector;
  std::string_view incident_from;
  std::string_view incident_to;
  std::string_view status;                        ///< the source's word for claimed, confirmed…
  std::string_view people;                        ///< as written: "9 551 étudiants", "82Go"
  std::optional<std::int64_t> people_count;       ///< when the source gives a number
  std::span<const std::string_view> labels;       ///< categories said to be exposed
  std::span<const std::string_view> safe_labels;  ///< categories said not to be
  std::span<const std::string_view> links;        ///< further public sources

  /// Set by formats that already speak our canonical words (the project's own catalogue); else null.
  const Sighting* canonical = nullptr;
};

/// A record that could not become a notice: where it is and why. Never stops the others.
struct Reject {
  std::uint64_t record = 0;  ///< place in the payload, counted from 1
  Text place;                ///< "$[12].BreachDate", "line 31, column 4"
  Text reason;               ///< one sentence without a line break
};

}  // namespace vigifuite
