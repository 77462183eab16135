// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace vigifuite::ops {

/// Hands values from any thread to one that takes them, in order. Bounded in items and in bytes; one value alone may be
/// larger than the bound, so that it can never be stuck. No producer ever waits: when full, it starts nothing.
template <class T>
class Queue {
 public:
  Queue(std::size_t max_items, std::size_t max_bytes) : max_items_(max_items), max_bytes_(max_bytes) {}

  /// False, and `value` untouched, when there is no room or the queue is closed.
  [[nodiscard]] bool try_push(T&& value, std::size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || !room_for(bytes)) return false;
      items_.emplace_back(std::move(value), bytes);
      bytes_ += bytes;
    }
    changed_.notify_one();
    return true;
  }

  /// Waits for a value. Nothing when `stop` was asked for, or when the queue is closed and empty.
  [[nodiscard]] std::optional<T> pop(const std::stop_token& stop = {}) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [this] { return closed_ || !items_.empty(); }) || items_.empty()) {
      return std::nullopt;
    }
    std::optional<T> value(std::move(items_.front().first));
    bytes_ -= items_.front().second;
    items_.pop_front();
    return value;
  }

  /// Takes no more values; those inside can still be popped.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
  }

  /// Whether a value of `bytes` would be taken now.
  [[nodiscard]] bool has_room(std::size_t bytes) const {
    const std::lock_guard lock(mutex_);
    return !closed_ && room_for(bytes);
  }
  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return items_.size();
  }

 private:
  [[nodiscard]] bool room_for(std::size_t bytes) const noexcept {
    if (items_.empty()) return max_items_ > 0;
    return items_.size() < max_items_ && bytes <= max_bytes_ - std::min(bytes_, max_bytes_);
  }

  const std::size_t max_items_;
  const std::size_t max_bytes_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable_any changed_;
  std::deque<std::pair<T, std::size_t>> items_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace vigifuite::ops
