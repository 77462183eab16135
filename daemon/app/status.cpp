// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/app/status.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigifuite::app {

std::string status_line(const std::vector<Source>& sources, const std::map<std::string, poll::SourceState>& states,
                        std::uint64_t incidents) {
  constexpr std::size_t kNamed = 3;
  std::size_t enabled = 0, failing = 0;
  std::string named;
  Instant last{};
  for (const Source& source : sources) {
    if (!source.enabled) continue;
    ++enabled;
    const auto state = states.find(source.id);
    if (state == states.end()) continue;
    last = std::max(last, state->second.succeeded);
    if (state->second.state != poll::PollState::Failed) continue;
    if (++failing <= kNamed) named += (named.empty() ? "" : ", ") + source.id;
  }
  std::string line = fmt::format("{} sources, {} failing", enabled, failing);
  if (failing != 0) line += fmt::format(" ({}{})", named, failing > kNamed ? "…" : "");
  line += fmt::format("; {} incidents", incidents);
  if (last == Instant{}) return line;
  const auto of_day = std::chrono::floor<std::chrono::minutes>(last.time_since_epoch()) % std::chrono::days(1);
  return line + fmt::format("; last read at {:02}:{:02} UTC", of_day / std::chrono::hours(1), of_day.count() % 60);
}

}  // namespace vigifuite::app
