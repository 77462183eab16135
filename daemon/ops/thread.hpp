// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <exception>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace vigifuite::ops {

/// A named thread that is always joined. An exception that reaches its root is kept, never lost and never fatal by
/// itself: `on_failure` is called on that thread and decides (asks the program to stop).
class Thread {
 public:
  using Body = std::function<void(std::stop_token)>;

  /// `name` shows in ps and gdb (15 bytes).
  Thread(std::string name, Body body, std::function<void()> on_failure = {});
  /// Asks it to stop and waits.
  ~Thread();
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  void request_stop() noexcept { thread_.request_stop(); }
  /// Waits for the end of the body; then failure() may be asked.
  void join();
  /// What ended the thread, or null. Only after join().
  [[nodiscard]] std::exception_ptr failure() const noexcept { return failure_; }

 private:
  void run(std::stop_token stop) noexcept;

  std::string name_;
  Body body_;
  std::function<void()> on_failure_;
  std::exception_ptr failure_;
  std::jthread thread_;  // last: it starts when everything above is there
};

/// One sentence for the log.
std::string describe(const std::exception_ptr& failure);

}  // namespace vigifuite::ops
