// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <bit>
#include <compare>
#include <cstdint>

namespace vigifuite {

/// One kind of personal data: an index into the vocabulary (schemas/vocabulary/categories.json, at most 64 rows).
struct Category {
  std::uint8_t index = 0;
  friend constexpr auto operator<=>(Category, Category) = default;
};

/// A set of categories, in 64 bits.
class CategorySet {
 public:
  constexpr CategorySet() = default;
  constexpr explicit CategorySet(std::uint64_t bits) : bits_(bits) {}

  constexpr void add(Category category) noexcept { bits_ |= bit(category); }
  constexpr void remove(Category category) noexcept { bits_ &= ~bit(category); }
  [[nodiscard]] constexpr bool has(Category category) const noexcept { return (bits_ & bit(category)) != 0; }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  [[nodiscard]] constexpr int size() const noexcept { return std::popcount(bits_); }
  [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return bits_; }

  friend constexpr CategorySet operator|(CategorySet a, CategorySet b) noexcept { return CategorySet(a.bits_ | b.bits_); }
  friend constexpr CategorySet operator&(CategorySet a, CategorySet b) noexcept { return CategorySet(a.bits_ & b.bits_); }
  /// What is in a and not in b.
  friend constexpr CategorySet operator-(CategorySet a, CategorySet b) noexcept { return CategorySet(a.bits_ & ~b.bits_); }
  friend constexpr bool operator==(CategorySet, CategorySet) = default;

  class Iterator {
   public:
    constexpr explicit Iterator(std::uint64_t rest) : rest_(rest) {}
    constexpr Category operator*() const noexcept { return Category{static_cast<std::uint8_t>(std::countr_zero(rest_))}; }
    constexpr Iterator& operator++() noexcept { rest_ &= rest_ - 1; return *this; }
    friend constexpr bool operator==(Iterator, Iterator) = default;
   private:
    std::uint64_t rest_;
  };
  [[nodiscard]] constexpr Iterator begin() const noexcept { return Iterator(bits_); }
  [[nodiscard]] constexpr Iterator end() const noexcept { return Iterator(0); }

 private:
  static constexpr std::uint64_t bit(Category category) noexcept { return std::uint64_t{1} << (category.index & 63U); }
  std::uint64_t bits_ = 0;
};

}  // namespace vigifuite
