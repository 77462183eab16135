// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feeds/extract/document.hpp"
#include "schemas/category.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/text.hpp"
#include "schemas/vocabulary.hpp"

// The words that the rules know, read from feeds/extract/lexicon/*.toml (embedded in the program).
//
// A file has tables [fr.categories], [fr.listed], [fr.cues], the same of `en`, and [any.cues] for both languages. A key
// of `categories` is a slug, several joined by '+', or "none" for words that look like a category and are not. A key of
// `cues` is a name of cues.def; its value is a list of patterns, or a table from a whole number to such a list, and
// then the number is the match's value (`month = { 1 = ["janvier"] }`).
//
// A pattern is words separated by spaces, folded (lower case, no accents; an apostrophe or a hyphen separates words):
//   word     itself, its plural, its feminine           =word   exactly this word
//   word*    every word that begins so                  (a|b c)  one of these; (a|b)* is (a*|b*)
//   word?    or nothing, also after a group             ~       up to three articles, possessives, "de"; may be none
//   #        a number                                  ^        a capitalised word that no other pattern takes
// The longest match wins among categories, and among the patterns of one cue.

namespace vigifuite::feeds::extract {

enum class Cue : std::uint8_t {
#define CUE(word, name, meaning) name,
#include "feeds/extract/cues.def"
#undef CUE
};
inline constexpr std::size_t kCues = 0
#define CUE(word, name, meaning) +1
#include "feeds/extract/cues.def"
#undef CUE
    ;
static_assert(kCues <= 64, "a set of cues is 64 bits");

/// Words that name categories of data.
struct Mention {
  std::uint32_t first = 0;  ///< tokens, half open
  std::uint32_t last = 0;
  CategorySet categories;  ///< empty: words that look like a category and are not ("usurpation d'identité")
  bool listed = false;     ///< its words are no data but within a list of data
};

/// Words that do something in the sentence.
struct CueMatch {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Cue cue = Cue::Negator;
  std::int32_t value = 0;
};

/// What the lexicon found in a document, in order of first token.
struct Marks {
  std::vector<Mention> mentions;
  std::vector<CueMatch> cues;
  std::vector<std::uint64_t> cover;  ///< per token: bit `Cue` is set where a match of that cue lies on it

  [[nodiscard]] bool on(std::uint32_t token, Cue cue) const noexcept {
    return ((cover[token] >> static_cast<unsigned>(cue)) & 1U) != 0;
  }
  /// A match of `cue` lies within tokens [first, last).
  [[nodiscard]] bool any(std::uint32_t first, std::uint32_t last, Cue cue) const noexcept {
    for (std::uint32_t i = first; i < last; ++i) {
      if (on(i, cue)) return true;
    }
    return false;
  }
};

/// The words of one language. Immutable once loaded; any thread may read it.
class Lexicon {
 public:
  /// The one shipped inside the program; a broken one stops the program.
  static const Lexicon& shipped(Language language);
  /// Reads files {name, bytes}. Malformed names the file, the key and the pattern.
  static Result<Lexicon> load(const std::vector<std::pair<std::string_view, std::string_view>>& files,
                              Language language, const Vocabulary& vocabulary);
  Lexicon(Lexicon&&) noexcept;
  ~Lexicon();

  /// The recognise step. Linear in the tokens. Pure.
  [[nodiscard]] Marks recognise(const Document& document, Marks spare = {}) const;

  struct Impl;  ///< feeds/extract/lexicon_impl.hpp

 private:
  explicit Lexicon(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The language most of the usual words at the start of `text` belong to; French when it cannot tell.
Language guess_language(std::string_view text);

}  // namespace vigifuite::feeds::extract
