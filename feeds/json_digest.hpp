// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "schemas/core/digest.hpp"
#include "schemas/core/json_in.hpp"

namespace vigifuite::feeds {

/// Stands for a JSON value: the order of members does not matter, the order of elements does, numbers count by value
/// (1 and 1.0 are one). Two texts of equal value have one digest.
Digest digest_of(JsonValue value) noexcept;

/// The members that a format reads, by name. Built once; at most 32.
class MemberTable {
 public:
  MemberTable(std::initializer_list<std::string_view> names);

  /// The place of `name` among the names given, or -1. `hash` must be hash_of(name).
  [[nodiscard]] int find(std::string_view name, std::uint64_t hash) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  static std::uint64_t hash_of(std::string_view name) noexcept;

 private:
  static constexpr std::size_t kSlots = 128;
  struct Slot {
    std::uint64_t hash = 0;
    std::string_view name;
    int index = -1;
  };
  std::array<Slot, kSlots> slots_{};
  std::size_t size_ = 0;
};

/// One walk over the members of a record (an object): gives its digest (over all of them) and, in `found`, those of `table` in
/// the order of its names (the first, when a name is there twice; nothing when it is not there).
Digest read_members(JsonValue record, const MemberTable& table, std::span<JsonValue> found) noexcept;

}  // namespace vigifuite::feeds
