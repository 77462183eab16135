// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What everybody may read: incidents, notices, sources. There is no method here that reaches the watch list, so
// whatever is built from a Reader (the public API) cannot leak it.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/poll/schedule.hpp"
#include "schemas/incident.hpp"

namespace vigifuite::index {

/// Which incidents. Every member that is set must hold.
struct IncidentFilter {
  std::string words{};         ///< each folded word occurs in the title, the summary, the organisations or the id
  std::string organisation{};  ///< organisation_key
  std::optional<Category> category{};
  PartialDate since{}, until{};  ///< of the disclosure (or the incident when unknown)
  std::optional<IncidentStatus> status{};
  bool public_service = false;
  bool unverified_too = true;
  /// False: those that are sure. True: those that are not, or of which a fact is not, but for the retracted ones.
  bool unsure = false;
  std::size_t limit = 50;
  std::size_t offset = 0;
};

struct IncidentPage {
  std::vector<std::string> documents;  ///< stored JSON, newest disclosure first
  std::size_t total = 0;               ///< how many match, without limit and offset
};

/// Counters for `vigifuite stats`.
struct Counts {
  std::uint64_t incidents = 0, confirmed = 0, sightings = 0, notices = 0, sources = 0;
  std::uint64_t unsure = 0;  ///< which `unsure` of the filter finds; those that are unsure are not among `incidents`
};

class Reader {
 public:
  virtual ~Reader() = default;

  /// The stored JSON of an incident; follows redirects. Storage on failure, nullopt when there is none.
  [[nodiscard]] virtual Result<std::optional<std::string>> incident(std::string_view id) const = 0;
  [[nodiscard]] virtual Result<IncidentPage> incidents(const IncidentFilter& filter) const = 0;
  /// Ids of the incidents in which a body (organisation_key) is an organisation or a processor.
  [[nodiscard]] virtual Result<std::vector<std::string>> incidents_of(std::string_view organisation_key) const = 0;
  /// The stored JSON of what one source said.
  [[nodiscard]] virtual Result<std::optional<std::string>> sighting(std::string_view source,
                                                                    std::string_view key) const = 0;
  /// The stored JSON of a text item's own words.
  [[nodiscard]] virtual Result<std::optional<std::string>> notice(std::string_view source,
                                                                  std::string_view key) const = 0;
  /// Text items, newest first: stored JSON ("vigifuite/notice@v1").
  [[nodiscard]] virtual Result<std::vector<std::string>> notices(std::string_view words, std::size_t limit) const = 0;
  [[nodiscard]] virtual Result<poll::SourceState> source_state(std::string_view source) const = 0;
  [[nodiscard]] virtual Result<Counts> counts() const = 0;
};

}  // namespace vigifuite::index
