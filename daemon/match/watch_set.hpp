// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// A set of watch numbers: a Roaring bitmap.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "schemas/alert.hpp"

namespace vigifuite::match {

/// A set of watch numbers (a Roaring bitmap; portable serialisation).
class WatchSet {
 public:
  WatchSet();
  ~WatchSet();
  WatchSet(const WatchSet&);
  WatchSet(WatchSet&&) noexcept;
  WatchSet& operator=(const WatchSet&);
  WatchSet& operator=(WatchSet&&) noexcept;

  void add(WatchNumber number);
  void add_sorted(std::span<const WatchNumber> numbers);
  void remove(WatchNumber number);
  [[nodiscard]] bool has(WatchNumber number) const;
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] bool empty() const;
  void merge(const WatchSet& other);  ///< union
  void subtract(const WatchSet& other);
  void intersect(const WatchSet& other);
  /// Visits in order from `from` until `visit` returns false.
  void each(WatchNumber from, const std::function<bool(WatchNumber)>& visit) const;
  [[nodiscard]] std::string bytes() const;
  /// Malformed unless the bytes are such a serialisation, whole and in order (without run containers: we write none).
  static Result<WatchSet> from_bytes(std::string_view bytes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vigifuite::match
