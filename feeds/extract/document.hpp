// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigifuite::feeds::extract {

/// A text is read up to here, on a character boundary; an announcement is a page, never a book.
inline constexpr std::size_t kMaxTextBytes = std::size_t{16} << 20U;
/// A sentence is cut here: whatever compares words within a sentence stays linear over the text.
inline constexpr std::uint32_t kMaxSentenceTokens = 320;

enum class TokenKind : std::uint8_t { Word, Number, Mark, Address };

/// A word, a number, a punctuation mark or an address (web, e-mail) of a text.
struct Token {
  std::uint32_t begin = 0;  ///< bytes of the text, half open
  std::uint32_t end = 0;
  std::uint32_t folded = 0;  ///< bytes of Document::folded, half open; a number's are its digits
  std::uint32_t folded_end = 0;
  TokenKind kind = TokenKind::Word;
  /// Of a mark: one of `, ; : . ? ! ( ) " - / % |` `~` for an ellipsis, `*` for a bullet, `+` for a tick, `x` for a
  /// cross. Dashes of all lengths are '-' and every quote is '"'. A tab (between cells of a table) is '|'.
  char mark = 0;
  std::uint8_t decimals = 0;  ///< of a number: how many of its digits are after the decimal mark
  bool spaced : 1 = false;    ///< white space before it: "33 M", not "33M"; false inside "e-mail", "l'adresse"
  bool hyphen : 1 = false;    ///< joined by a hyphen to the token before it: "mail" of "e-mail"
  bool capital : 1 = false;   ///< its first letter is a capital
  bool capitals : 1 = false;  ///< every letter is, and there are two at least
};

/// What a stretch of text looks like on the page.
enum class Shape : std::uint8_t {
  Prose,
  Item,     ///< a line of a list: it begins with a bullet or a number
  Heading,  ///< a short line without a full stop, or one that ends in a colon
  Row,      ///< a line of a table: cells between tabs
};

/// A sentence, an item, a heading or a row: tokens [first, last).
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Shape shape = Shape::Prose;
  char end = 0;             ///< the mark that closes it: . ? ! : ~ or 0
  std::uint32_t block = 0;  ///< number of its line
};

/// A text cut into tokens and sentences, with the folded words. Views into `text`, which must outlive it.
struct Document {
  std::string_view text;
  std::string folded;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;

  /// Lower case, no accents: "échappent" -> "echappent".
  [[nodiscard]] std::string_view word(std::uint32_t token) const noexcept {
    const Token& t = tokens[token];
    return std::string_view(folded).substr(t.folded, t.folded_end - t.folded);
  }
  /// The bytes as written from the first token to before the last.
  [[nodiscard]] std::string_view written(std::uint32_t first, std::uint32_t last) const noexcept {
    if (first >= last) return {};
    return text.substr(tokens[first].begin, tokens[last - 1].end - tokens[first].begin);
  }
  [[nodiscard]] bool is_mark(std::uint32_t token, char mark) const noexcept {
    return token < tokens.size() && tokens[token].kind == TokenKind::Mark && tokens[token].mark == mark;
  }
  [[nodiscard]] bool is_word(std::uint32_t token, std::string_view folded_word) const noexcept {
    return token < tokens.size() && tokens[token].kind == TokenKind::Word && word(token) == folded_word;
  }
  /// The whole number a Number token writes ("10 204" is one token): nullopt when it has decimals or over 18 digits.
  [[nodiscard]] std::optional<std::int64_t> whole(std::uint32_t token) const noexcept;
  /// The value of a Number token, decimals too ("1,6").
  [[nodiscard]] double value(std::uint32_t token) const noexcept;
};

/// Cuts `text` (UTF-8; other bytes are skipped) into tokens and sentences: the segment and fold steps. Linear. Pure.
/// `spare` is a document that nobody needs any more: its memory is used again.
Document segment(std::string_view text, Document spare = {});

}  // namespace vigifuite::feeds::extract
