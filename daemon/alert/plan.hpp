// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/match/watchlist.hpp"

namespace vigifuite::alert {

/// Who is to be told about a new revision: First to those concerned and never told, Update to those already told when
/// the change matters, whether or not they are still concerned. Nobody when the incident's facts are not extracted; no
/// First for one that is unverified or unsure, or for a retraction. Pure.
struct Plan {
  match::WatchSet first;
  match::WatchSet update;
};
Plan plan(const Incident& incident, bool material_change, const match::WatchSet& concerned,
          const match::WatchSet& told);

}  // namespace vigifuite::alert
