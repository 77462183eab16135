// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/adapter.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {

/// Where a record stands in its payload, cheap until somebody asks for the words: {"$[", 12, "]"}, {Place::kLine, 31}.
struct Place {
  static constexpr std::string_view kLine = "line ", kRecord = "record ";

  std::string_view before;
  std::uint64_t number = 0;
  std::string_view after = {};

  /// "$[12]", "line 31"; "$[12].Name" with `member` ".Name".
  [[nodiscard]] Text text(std::string_view member = {}) const;
};

/// The longest parts of a notice that pass; what is longer is cut on a UTF-8 boundary.
inline constexpr std::size_t kMaxKeyBytes = 512;
inline constexpr std::size_t kMaxTitleBytes = std::size_t{1} << 10U;
inline constexpr std::size_t kMaxTextBytes = std::size_t{64} << 10U;
inline constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 10U;
inline constexpr std::size_t kMaxLabels = 256;
inline constexpr std::size_t kMaxLinks = 64;

/// Stands between an adapter and its caller's sink: every record becomes one notice or one reject through it.
///
/// It numbers the records, cuts what is too long, and rejects a key that an earlier record had (the first stays).
/// A key over kMaxKeyBytes is shortened to its beginning and its digest, so that it still names one item.
/// Not thread safe; one per payload.
class KeyGuard {
 public:
  /// `sink` must outlive the guard.
  explicit KeyGuard(NoticeSink& sink);

  /// The payload has given kMaxRecords records: stop reading, report() says so.
  [[nodiscard]] bool full() const noexcept { return report_.records >= kMaxRecords; }

  /// One record that can be told; `place` is used only if it must be rejected. Sets `notice.record`.
  void notice(Notice notice, const Place& place);
  /// One record that cannot. `reason` is one sentence.
  void reject(Text place, Text reason);
  template <class... Args>
  void reject(Text place, Message reason, const Args&... args) {
    reject(std::move(place), in_both(reason, args...));
  }

  /// What was read; `broken_at` says where and why reading stopped early.
  [[nodiscard]] ReadReport report(Text broken_at = {}) const;
  /// The same when full() stopped the reading at `next`.
  [[nodiscard]] ReadReport report_full(const Place& next) const;

 private:
  struct Slot {
    Digest key;
    std::uint64_t record = 0;  ///< 0: free
  };
  /// The record that had this key before, or 0 after noting that `record` has it.
  std::uint64_t remember(Digest key, std::uint64_t record);
  void grow();

  NoticeSink& sink_;
  ReadReport report_;
  std::vector<Slot> slots_;  ///< open addressing, a power of two, at most half full
  std::size_t used_ = 0;
  std::array<char, kMaxKeyBytes> long_key_{};
};

}  // namespace vigifuite::feeds
