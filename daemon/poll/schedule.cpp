// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/poll/schedule.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "schemas/core/check.hpp"

namespace vigifuite::poll {
namespace {

using std::chrono::seconds;

constexpr seconds kFirstBackoff = std::chrono::minutes(1);
constexpr seconds kLongestBackoff = std::chrono::hours(6);
constexpr seconds kShortestBackoff{15};  // full jitter alone may draw "at once"
constexpr seconds kDay = std::chrono::hours(24);
constexpr std::size_t kErrorBytes = 500;

seconds share_of(seconds whole, double part) {
  return seconds(static_cast<seconds::rep>(static_cast<double>(whole.count()) * std::clamp(part, 0.0, 1.0)));
}

/// Full jitter: anything up to the ceiling, so that sources that failed together do not come back together.
seconds backoff(std::uint32_t failures, double jitter) {
  const std::uint32_t doublings = std::min<std::uint32_t>(failures == 0 ? 0 : failures - 1, 16);
  const seconds ceiling = std::min(kFirstBackoff * (std::int64_t{1} << doublings), kLongestBackoff);
  return std::max(share_of(ceiling, jitter), kShortestBackoff);
}

seconds delay_after(const Error& error, seconds interval, std::uint32_t failures, double jitter) {
  const seconds asked = std::clamp(error.retry_after.value_or(seconds{0}), seconds{0}, kDay);
  switch (error.kind) {
    case ErrorKind::Transient:
    case ErrorKind::RateLimited:
    case ErrorKind::Storage: return std::max(backoff(failures, jitter), asked);
    case ErrorKind::Malformed: return interval + backoff(failures, jitter);
    case ErrorKind::Refused:
    case ErrorKind::NotFound:
    case ErrorKind::Config: return kDay;
  }
  return kDay;
}

bool is_due(const SourceState& state, Instant now) {
  return state.due <= now || state.attempted > now + kDay;
}

}  // namespace

std::string_view name_of(PollState state) noexcept {
  switch (state) {
    case PollState::Never: return "never";
    case PollState::Ok: return "ok";
    case PollState::Unchanged: return "unchanged";
    case PollState::Partial: return "partial";
    case PollState::Failed: return "failed";
    case PollState::Skipped: return "skipped";
  }
  return "never";
}

SourceState after_success(SourceState state, const Source& source, PollState outcome, Instant now, double jitter) {
  VIGIFUITE_CHECK(outcome == PollState::Ok || outcome == PollState::Unchanged || outcome == PollState::Partial);
  state.state = outcome;
  state.attempted = now;
  state.succeeded = now;
  state.failures = 0;
  state.paused = false;
  state.error = {};
  const seconds spread = source.interval / 10;
  state.due = now + (source.interval - spread) + share_of(spread, jitter);
  return state;
}

SourceState after_failure(SourceState state, const Source& source, const Error& error, Instant now, double jitter) {
  state.state = PollState::Failed;
  state.attempted = now;
  if (state.failures < std::numeric_limits<std::uint32_t>::max()) ++state.failures;
  state.paused = error.kind == ErrorKind::Refused || error.kind == ErrorKind::Config;
  state.error = {std::string(clip(error.fr, kErrorBytes)), std::string(clip(error.what, kErrorBytes))};
  state.due = now + delay_after(error, source.interval, state.failures, jitter);
  return state;
}

std::vector<std::size_t> due_sources(const std::vector<Source>& sources, const std::vector<SourceState>& states,
                                     Instant now, std::size_t per_host) {
  VIGIFUITE_CHECK(sources.size() == states.size());
  std::vector<std::size_t> due;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].enabled && is_due(states[i], now)) due.push_back(i);
  }
  std::stable_sort(due.begin(), due.end(), [&](std::size_t a, std::size_t b) { return states[a].due < states[b].due; });
  std::map<std::string, std::size_t> chosen;
  std::erase_if(due, [&](std::size_t i) {
    const std::string host = host_of(sources[i].url);
    return !host.empty() && ++chosen[host] > per_host;
  });
  return due;
}

std::optional<Instant> next_due(const std::vector<Source>& sources, const std::vector<SourceState>& states) {
  VIGIFUITE_CHECK(sources.size() == states.size());
  std::optional<Instant> next;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].enabled && (!next || states[i].due < *next)) next = states[i].due;
  }
  return next;
}

std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos || url.substr(0, 4) == "file") return {};
  std::string_view authority = url.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?#\\"));
  if (const auto user = authority.rfind('@'); user != std::string_view::npos) authority.remove_prefix(user + 1);
  if (authority.substr(0, 1) == "[") {
    authority = authority.substr(0, authority.find(']') + 1);
  } else {
    authority = authority.substr(0, authority.find(':'));
  }
  std::string host(authority);
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return host;
}

}  // namespace vigifuite::poll
