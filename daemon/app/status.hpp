// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "daemon/poll/schedule.hpp"

namespace vigifuite::app {

/// One line for `systemctl status`: "19 sources, 1 failing (hibp); 1204 incidents; last read at 14:02 UTC". Of those
/// that fail at most three are named. Pure.
std::string status_line(const std::vector<Source>& sources, const std::map<std::string, poll::SourceState>& states,
                        std::uint64_t incidents);

}  // namespace vigifuite::app
