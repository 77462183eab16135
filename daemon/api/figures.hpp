// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the incidents add up to: the figures of an observatory.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/api/core.hpp"

namespace vigifuite::api {

/// Leaks, and the people hit as told by anybody but an attacker; somebody hit twice counts twice.
struct Tally {
  std::int64_t incidents = 0, people = 0;
};

/// A body, and the leaks it had or that went through it.
struct BodyTally {
  std::string id;  ///< registry id, or empty
  std::string name;
  Tally tally;
};

/// What an authority was notified of in a month, and the leaks announced in it that are known here.
struct MonthTally {
  std::int64_t notifications = 0, incidents = 0;
};

/// Over the incidents that were not taken back.
struct Figures {
  std::map<int, Tally, std::greater<>> years;
  Tally public_service, others;
  std::map<std::string, Tally, std::less<>> sectors;  ///< in the words of the sources
  std::vector<std::int64_t> by_category;
  std::vector<BodyTally> processors;  ///< most leaks first
  std::vector<BodyTally> repeated;    ///< bodies with two leaks or more of their own, most first
  Tally all, through_processor;
  std::vector<std::int64_t> delays;  ///< days from an incident to its disclosure, where both days are known, ascending
  std::map<std::string, MonthTally, std::less<>> months;  ///< "2025-12": those an authority counted notifications of
  std::string counted_by;                                 ///< the source of the notifications, by its name; or empty
};

/// Reads every incident, and what the sources with `counts = "notifications"` counted. Storage on failure.
Result<Figures> figures_of(const Core& core);

/// "vigifuite/stats@v1" (schemas/json/stats.schema.json).
Status write_stats(JsonOut& out, const Core& core);

}  // namespace vigifuite::api
