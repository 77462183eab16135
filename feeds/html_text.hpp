// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vigifuite::feeds {

/// Beyond these the rest of a text is left out: a description is a page, never a book.
inline constexpr std::size_t kMaxHtmlTags = 10'000;
inline constexpr std::size_t kMaxHtmlBytes = std::size_t{2} << 20U;
inline constexpr std::size_t kMaxPlainBytes = std::size_t{256} << 10U;

/// What of the layout is kept, besides line breaks.
enum class HtmlLayout : unsigned char {
  Words,      ///< nothing
  Structure,  ///< items of lists begin with "- ", a tab parts the cells of a table
};

/// The words a person would read in `html` (a fragment or a page): entities decoded, scripts and styles left out,
/// one line per block, spaces collapsed. Plain text comes out as it is. Always UTF-8. Pure, thread safe.
std::string html_to_text(std::string_view html, HtmlLayout layout = HtmlLayout::Words);

/// The same, on one line: for titles.
std::string html_to_line(std::string_view html);

/// `text` trimmed, with every run of spaces and line breaks (no-break spaces too) as one space.
std::string one_line(std::string_view text);

}  // namespace vigifuite::feeds
