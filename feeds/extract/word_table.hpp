// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vigifuite::feeds::extract {

constexpr std::uint32_t kAnyArticles = 1;
constexpr std::uint32_t kAnyNumber = 2;
constexpr std::uint32_t kAnyCapital = 3;

/// The words of patterns, as numbers. A word of a text answers to several: itself, its stem, the prefixes it begins
/// with.
class WordTable {
 public:
  WordTable();
  /// The number of a word as patterns write it: '=word', 'word', 'word*', "~", "#" or "^".
  std::uint32_t number_of(std::string_view word);
  /// Before the first lookup.
  void finish();
  /// Appends the numbers that a folded word of a text answers to.
  void lookup(std::string_view word, std::vector<std::uint32_t>& out) const;
  /// An article, a possessive, "de": what "~" skips.
  [[nodiscard]] bool is_article(std::string_view word) const { return articles_.find(word) != articles_.end(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
  };
  using Numbers = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;

  std::uint32_t number_in(Numbers& numbers, std::string_view word);

  Numbers exact_, stems_, prefixes_, articles_;
  std::array<std::vector<std::pair<std::string, std::uint32_t>>, 256> prefixes_by_letter_;
  std::uint32_t next_ = 4;
};

}  // namespace vigifuite::feeds::extract
