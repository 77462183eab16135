// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/clock.hpp"

namespace vigifuite::ops {

Instant SystemClock::now() const noexcept {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace vigifuite::ops
