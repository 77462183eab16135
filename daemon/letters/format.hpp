// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The formats a letter is written in. All are made from the same blocks (layout.hpp) and hold the same words.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/letters/layout.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite::letters {

enum class Format : unsigned char {
  Text,
  Markdown,
  Html,
  Pdf,
  Fields,   ///< the letter cut into the blocks of an online form (summary.hpp)
  Summary,  ///< one plain page about the letter (summary.hpp)
};

/// "text", "markdown", "html", "pdf", "fields", "summary".
std::string_view name_of(Format format) noexcept;
std::optional<Format> parse_format(std::string_view word) noexcept;
/// "text, markdown, html, pdf, fields, summary", for sentences.
std::string format_names();
/// Whether its bytes are no text: base64 in documents, never printed on a terminal.
bool is_binary(Format format) noexcept;

/// What a format needs to know beside the blocks.
struct Sheet {
  std::string_view title;  ///< of the document: no name of a person in it
  Language language = Language::French;
  Instant made{};  ///< the only date in the file: the same letter gives the same bytes
};

/// A file, and what its reader should know about it.
struct Written {
  std::string bytes;
  std::vector<std::string> warnings;  ///< in the reader's language
};
/// Of the first four formats; text for the others, which are made from blocks of their own. Refused only for
/// PDF; warnings are in `reader`'s language.
Result<Written> write_as(Format format, const Sheet& sheet, const std::vector<Block>& blocks, Language reader);

/// One page that needs nothing but itself: style inside, no script, no request. Everything from outside is escaped.
std::string to_html(const Sheet& sheet, const std::vector<Block>& blocks);

}  // namespace vigifuite::letters
