// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <bit>
#include <unordered_map>
#include <utility>
#include <vector>

#include "feeds/extract/lexicon.hpp"
#include "feeds/extract/pattern.hpp"
#include "feeds/extract/word_table.hpp"

namespace vigifuite::feeds::extract {

/// The cues that are classes of words: bits.
constexpr std::uint64_t kWordClasses = 0
#define CUE(word, name, meaning)
#define WORD_CLASS(word, name, meaning) | (std::uint64_t{1} << static_cast<unsigned>(Cue::name))
#include "feeds/extract/cues.def"
#undef CUE
    ;
constexpr bool is_word_class(Cue cue) noexcept {
  return (kWordClasses >> static_cast<unsigned>(cue) & 1U) != 0;
}

/// What a sequence ends in: categories, or a cue.
struct Ending {
  bool is_cue = false;
  Cue cue = Cue::Negator;
  std::int32_t value = 0;
  CategorySet categories;
  bool listed = false;  ///< they count within a list of data only
};

/// The sequences of all patterns as a tree: an edge is a word, a node what the words that lead to it mean.
struct Lexicon::Impl {
  struct Node {
    std::uint32_t first_ending = 0;
    std::uint16_t endings = 0;
    bool articles = false;    ///< an edge for '~'
    std::uint64_t words = 0;  ///< bit `number % 64` is set for each edge of a word, a number or a capital
  };

  WordTable words;
  std::uint64_t serial = 0;                                ///< no two lexicons of a process have the same
  std::unordered_map<std::uint64_t, std::uint32_t> edges;  ///< node and word number -> node; while loading
  /// The same for looking up: open addressing, half empty. Most lookups fail, at the first slot.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> table;
  std::vector<std::vector<Ending>> endings{1};               ///< per node; while loading
  std::vector<Node> nodes{1};                                ///< the first is the root
  std::vector<Ending> all_endings;                           ///< those of a node side by side
  std::unordered_map<std::uint32_t, std::uint64_t> classes;  ///< word number -> its word classes

  static constexpr std::uint64_t kNoEdge = UINT64_MAX;
  static std::uint64_t edge(std::uint32_t node, std::uint32_t word) { return (std::uint64_t{node} << 32U) | word; }
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> 32U) & (table.size() - 1);
  }
  void add(const Sequence& sequence, const Ending& ending);
  void finish();

  /// The node that a word leads to, or 0.
  [[nodiscard]] std::uint32_t follow(std::uint32_t node, std::uint32_t word) const {
    if (word != kAnyArticles && (nodes[node].words >> (word & 63U) & 1U) == 0) return 0;
    const std::uint64_t key = edge(node, word);
    for (std::size_t slot = slot_of(key);; slot = (slot + 1) & (table.size() - 1)) {
      if (table[slot].first == key) return table[slot].second;
      if (table[slot].first == kNoEdge) return 0;
    }
  }
};

}  // namespace vigifuite::feeds::extract
