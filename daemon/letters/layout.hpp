// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// From a rendered template to a printed letter. The template speaks a small line language, and every format reads
// the same blocks:
//   "# …" title   "## …" section   "< …" sender line   "> …" addressee line   "= …" numbered in its section
//   "- …" item    "+ …" attachment, numbered           other lines: paragraphs, separated by an empty line
// A line that begins with none of these continues the block above. ⟦name⟧ is a blank that the person fills.
// Values are wrapped in marks that no outside text can hold, so none can begin a block or pass for our own words.

#include <string>
#include <string_view>
#include <vector>

namespace vigifuite::letters {

enum class BlockKind : unsigned char { Title, Section, Sender, Addressee, Numbered, Item, Attachment, Paragraph };

struct Block {
  BlockKind kind = BlockKind::Paragraph;
  std::size_t number = 0;  ///< of a numbered block
  bool apart = false;      ///< an empty line stands before it
  std::string text;        ///< with marks, typeset
};

/// A value as it goes into a template: between marks.
std::string marked(std::string_view value);
/// An address, so that it is printed whole; anything but http(s) gives "".
std::string marked_url(std::string_view url);

std::vector<Block> read_blocks(std::string_view rendered);

/// Wrapped at 78 columns.
std::string to_text(const std::vector<Block>& blocks);
/// CommonMark; characters of values that would mean something to Markdown are escaped.
std::string to_markdown(const std::vector<Block>& blocks);

/// The names of the blanks, each once, in order.
std::vector<std::string> blanks_of(const std::vector<Block>& blocks);
/// The text of a block with no mark.
std::string plain(std::string_view text);

}  // namespace vigifuite::letters
