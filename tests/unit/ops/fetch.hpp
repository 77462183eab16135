// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "daemon/ops/net.hpp"

namespace vigifuite::test {

inline constexpr const char* kAgent = "vigifuite-tests/0 (+https://example.org/contact)";

inline ops::FetchRequest request_for(std::string url) {
  ops::FetchRequest request;
  request.url = std::move(url);
  return request;
}

/// Fetches one thing and waits for its outcome.
inline Result<ops::FetchReply> fetch(ops::Fetcher& fetcher, ops::FetchRequest request) {
  std::optional<Result<ops::FetchReply>> outcome;
  fetcher.start(std::move(request), [&](Result<ops::FetchReply> result) { outcome.emplace(std::move(result)); });
  while (!outcome) fetcher.run_once(std::chrono::minutes(1));
  return std::move(*outcome);
}

inline Result<ops::FetchReply> fetch(std::string url, ops::FetchLimits limits = {}) {
  ops::Fetcher fetcher(kAgent, limits);
  return fetch(fetcher, request_for(std::move(url)));
}

inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace vigifuite::test
