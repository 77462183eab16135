// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the threads of the daemon hand one another: `io` what it fetched, the API what it wants changed or polled.

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <variant>

#include "daemon/api/core.hpp"
#include "daemon/ops/net.hpp"

namespace vigifuite::app {

/// Somebody waits for what becomes of a poll. Answered once, by whoever knows first: ingest, io, or the end.
class Waiter {
 public:
  void answer(Result<api::SourceReport> report) {
    if (!answered_.exchange(true)) promise_.set_value(std::move(report));
  }
  [[nodiscard]] std::future<Result<api::SourceReport>> future() { return promise_.get_future(); }

 private:
  std::atomic<bool> answered_ = false;
  std::promise<Result<api::SourceReport>> promise_;
};

/// A fetch that ended, on its way to `ingest`; whoever waits for what becomes of it is told.
struct Fetched {
  Source source;
  Result<ops::FetchReply> reply;
  std::chrono::milliseconds took{};
  std::shared_ptr<Waiter> waiting;
};
/// A change the API asks for.
struct Change {
  std::function<void()> run;
};
/// Answers that `ingest` is alive.
struct Ping {};
using Job = std::variant<Fetched, Change, Ping>;

/// Somebody asked for a poll now.
struct PollOrder {
  std::string source;
  std::shared_ptr<Waiter> waiting;
};

}  // namespace vigifuite::app
