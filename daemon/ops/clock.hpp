// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/core/instant.hpp"

namespace vigifuite::ops {

/// Where the time of day comes from. Pure code is given an Instant; only threads ask a Clock.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const noexcept = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const noexcept override;
};

}  // namespace vigifuite::ops
