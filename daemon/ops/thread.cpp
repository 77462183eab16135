// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/thread.hpp"

#include <pthread.h>

#include "daemon/ops/log.hpp"

namespace vigifuite::ops {

Thread::Thread(std::string name, Body body, std::function<void()> on_failure)
    : name_(std::move(name)),
      body_(std::move(body)),
      on_failure_(std::move(on_failure)),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

Thread::~Thread() {
  request_stop();
  join();
}

void Thread::join() {
  if (thread_.joinable()) thread_.join();
}

void Thread::run(std::stop_token stop) noexcept {
  pthread_setname_np(pthread_self(), name_.substr(0, 15).c_str());
  try {
    body_(std::move(stop));
  } catch (...) {
    failure_ = std::current_exception();
    log_line(LogLevel::Error, fmt::format("thread {} stopped: {}", name_, describe(failure_)));
    if (on_failure_) on_failure_();
  }
}

std::string describe(const std::exception_ptr& failure) {
  if (!failure) return "no failure";
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& exception) {
    return one_line(exception.what(), 500);
  } catch (...) {
    return "an unknown exception";
  }
}

}  // namespace vigifuite::ops
