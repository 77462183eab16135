// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <atomic>

#include "daemon/ops/clock.hpp"

namespace vigifuite::test {

/// A clock that moves only when told to. Any thread may read it.
class FakeClock final : public ops::Clock {
 public:
  explicit FakeClock(Instant start = Instant(std::chrono::seconds(1'700'000'000)))
      : seconds_(start.time_since_epoch().count()) {}

  [[nodiscard]] Instant now() const noexcept override { return Instant(std::chrono::seconds(seconds_.load())); }
  void advance(std::chrono::seconds by) noexcept { seconds_ += by.count(); }
  void set(Instant instant) noexcept { seconds_ = instant.time_since_epoch().count(); }

 private:
  std::atomic<std::chrono::seconds::rep> seconds_;
};

}  // namespace vigifuite::test
