// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigifuite {

/// Bytes that must not be copied about, printed or left in memory: wiped when destroyed.
///
/// Non-copyable and without a formatter: logging a Secret does not compile.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes) noexcept : bytes_(std::move(bytes)) {}
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { other.wipe(); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      bytes_ = std::move(other.bytes_);
      other.wipe();
    }
    return *this;
  }
  ~Secret() { wipe(); }

  /// The bytes, for the one call that needs them.
  [[nodiscard]] std::string_view reveal() const noexcept { return bytes_; }

 private:
  void wipe() noexcept;
  std::string bytes_;
};

}  // namespace vigifuite
