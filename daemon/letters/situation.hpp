// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What is true of one person, one body and one incident, before any word is chosen.

#include <map>
#include <optional>

#include "daemon/letters/notice_score.hpp"
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
  const Incident* incident = nullptr;      ///< null when the letter is about none
  const Tie* tie = nullptr;                ///< null when the person was notified and told no tie
  const ReceivedNotice* notice = nullptr;  ///< null when none is recorded
  std::vector<NoticeItem> notice_items;    ///< of its text; none when that is not at hand
  Body body;                               ///< without a name when nobody knows which it is
  std::vector<std::string> processors;     ///< names; empty when the body itself was hit
  std::vector<std::string> joint;          ///< the other joint controllers; empty when none is stated
  std::string joint_source;
  CategorySet exposed;  ///< without what only an attacker says
  CategorySet not_exposed;
  std::vector<Category> high_risk;
  std::int64_t years_since_end = 0;  ///< full years from the end of the tie to the incident
  Conditions conditions;
  /// Of the letters sent earlier, as KIND_sent, KIND_delivered, KIND_answered, KIND_due, KIND_until.
  std::map<std::string, PartialDate, std::less<>> dates;
  std::map<std::string, const SentLetter*, std::less<>> sent;  ///< the last of each kind
  std::map<std::string, const Answer*, std::less<>> answers;   ///< the last that settles something, else the last
  std::string complaint;                                       ///< kind of the last complaint to the CNIL, or empty

  [[nodiscard]] PartialDate today() const { return date_of(request->now); }
  [[nodiscard]] bool is(std::string_view condition) const { return conditions.find(condition) != conditions.end(); }
};

/// What holds whatever the letter. Pure.
Situation understand(const Request& request, const Vocabulary& vocabulary, const Rules& rules);

/// What is true of the incident, the body and the person, each by the name rules have for it (weigh.cpp).
void weigh(Situation& situation, const Rules& rules);
/// What was sent and answered, and which delays have passed (course.cpp).
void weigh_course(Situation& situation, const Rules& rules);
/// Why the steps told cannot be true: an unknown letter, a day that lies ahead, an answer before its letter.
std::optional<Error> check_course(const Procedure& procedure, const Rules& rules, PartialDate today);

/// The day the incident is placed at, as far as known: its end, its start or its disclosure.
PartialDate incident_date(const Incident& incident);

}  // namespace vigifuite::letters
