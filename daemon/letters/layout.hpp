// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// From a rendered template to a printed letter. The template speaks a small line language, and every format reads
// the same blocks:
//   "# …" title   "## …" section   "< …" sender line   "> …" addressee line   "@ …" place and date
//   "= …" numbered in its section   "- …" item   "? …" box to tick   "! …" ticked box   "+ …" attachment, numbered
//   "~ …" signature line   other lines: paragraphs, separated by an empty line
// A line that begins with none of these continues the block above. ⟦name⟧ is a blank that the person fills.
// Values are wrapped in marks that no outside text can hold, so none can begin a block or pass for our own words.

#include <string>
#include <string_view>
#include <vector>

namespace vigifuite::letters {

enum class BlockKind : unsigned char {
  Title,
  Section,
  Sender,
  Addressee,
  Place,  ///< where and when it is signed
  Numbered,
  Item,
  Box,
  Attachment,
  Signature,
  Paragraph,
};

struct Block {
  BlockKind kind = BlockKind::Paragraph;
  std::size_t number = 0;  ///< of a numbered block
  bool apart = false;      ///< an empty line stands before it
  bool ticked = false;     ///< of a box
  std::string text;        ///< with marks, typeset
};

/// A value as it goes into a template: between marks.
std::string marked(std::string_view value);
/// An address, so that it is printed whole; anything but http(s) gives "".
std::string marked_url(std::string_view url);

std::vector<Block> read_blocks(std::string_view rendered);

/// A piece of a block's text as a format shows it, without marks.
struct Span {
  enum class Kind : unsigned char { Words, Value, Url, Blank };
  Kind kind = Kind::Words;
  std::string text;  ///< of a blank: its name, without brackets
};
std::vector<Span> spans_of(std::string_view text);

/// Whether a block follows the one before it without an empty line: a further line of an address, of a list.
bool joins(const Block& block, const Block& before);
/// What stands before its text: "3. ", "- ", "☐ "; empty when nothing does.
std::string label_of(const Block& block);

/// Wrapped at 78 columns.
std::string to_text(const std::vector<Block>& blocks);
/// One block of it; `before`: the block that stands before, or null.
void append_text(std::string& out, const Block& block, const Block* before);
/// CommonMark; characters of values that would mean something to Markdown are escaped.
std::string to_markdown(const std::vector<Block>& blocks);

/// The names of the blanks, each once, in order.
std::vector<std::string> blanks_of(const std::vector<Block>& blocks);
/// Whether some of it is written from right to left: such a value is set apart, so that it cannot turn its
/// neighbours round.
bool has_right_to_left(std::string_view text);
/// The text of a block with no mark.
std::string plain(std::string_view text);

}  // namespace vigifuite::letters
