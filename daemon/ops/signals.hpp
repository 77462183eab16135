// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <csignal>
#include <memory>
#include <optional>

#include "schemas/core/result.hpp"

namespace vigifuite::ops {

enum class Signal : unsigned char { Stop, Reload };

/// SIGTERM and SIGINT (Stop) and SIGHUP (Reload) as a file descriptor to wait on. Open it on the main thread before any
/// other thread starts: the signals are blocked there and threads inherit that. The mask is put back when destroyed.
class Signals {
 public:
  /// Transient when the system has no descriptor left.
  static Result<std::unique_ptr<Signals>> open();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  /// Readable when a signal waits. Owned by this object.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  /// The next signal that arrived, without waiting.
  [[nodiscard]] std::optional<Signal> next() noexcept;

 private:
  Signals(int descriptor, const sigset_t& before) noexcept : descriptor_(descriptor), before_(before) {}
  int descriptor_;
  sigset_t before_;
};

}  // namespace vigifuite::ops
