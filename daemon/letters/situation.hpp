// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What is true of one person, one body and one incident, before any word is chosen.

#include <optional>

#include "daemon/letters/rules.hpp"

namespace vigifuite::letters {

/// A body as the letter names it. Flattened.
struct Body {
  const Organisation* registry = nullptr;  ///< null when the registry does not know it
  std::string name;                        ///< in running text
  std::string identity;  ///< where it is identified: with a blank when only the person knows which local body it is
  std::string known_as;  ///< the other name the person knows it by, or empty
  bool local_unnamed = false;
};

struct Situation {
  const Request* request = nullptr;
  const Vocabulary* vocabulary = nullptr;
  const Tie* tie = nullptr;                ///< null when the person was notified and told no tie
  const ReceivedNotice* notice = nullptr;  ///< null when none is recorded
  Body body;
  std::vector<std::string> processors;  ///< names; empty when the body itself was hit
  std::vector<std::string> joint;       ///< the other joint controllers; empty when none is stated
  std::string joint_source;
  CategorySet exposed;  ///< without what only an attacker says
  CategorySet not_exposed;
  std::vector<Category> high_risk;
  std::int64_t years_since_end = 0;  ///< full years from the end of the tie to the incident
  Conditions conditions;

  [[nodiscard]] const Incident& incident() const { return *request->incident; }
  [[nodiscard]] bool is(std::string_view condition) const { return conditions.find(condition) != conditions.end(); }
};

/// Refused when there is no body to write about.
Result<Situation> understand(const Request& request, const Vocabulary& vocabulary, const Rules& rules);

/// The day the incident is placed at, as far as known: its end, its start or its disclosure.
PartialDate incident_date(const Incident& incident);

}  // namespace vigifuite::letters
