// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"

namespace vigifuite::feeds {

/// A tree costs a parser up to twenty times the bytes it was read from: this many marks ('<') and no more.
inline constexpr std::size_t kMaxMarks = 2'000'000;
/// Elements within elements; what is deeper is not a feed.
inline constexpr std::size_t kMaxElementDepth = 256;

/// Malformed when the document has more than kMaxMarks marks. Reads it once, before any parser does.
Status refuse_too_much_markup(std::string_view text);

/// How much of an XML text can be parsed without going deeper than kMaxElementDepth: its size when all of it can.
std::size_t extent_within_depth(std::string_view xml);

/// The line of a place in a text, counted from 1. Places must be asked in ascending order.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  std::uint64_t line_of(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t seen_ = 0;
  std::uint64_t line_ = 1;
};

/// The http or https address that `reference` means in a document at `base`; empty when it means none.
std::string resolve_address(std::string_view reference, std::string_view base);

/// Adds a value to the text that a record's digest is taken from, so that no two records have the same text.
void append_value(std::string& record, std::string_view value);

}  // namespace vigifuite::feeds
