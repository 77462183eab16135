// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Text laid out for a terminal: wrapped by display width, safe to print whatever its words came from.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vigifuite::cli {

/// Columns the text takes on a terminal. Style marks take none.
std::size_t display_width(std::string_view text) noexcept;

/// The text without control characters nor bidirectional overrides: words of a source must not move the cursor.
/// Line breaks and tabulations become spaces, unless `keep_lines`. Bytes that are not UTF-8 become U+FFFD.
std::string printable(std::string_view text, bool keep_lines = false);

/// At most `columns` wide, ending in "…" when it was cut.
std::string shortened(std::string_view text, std::size_t columns);

/// Emphasis, carried inside the text; a Page without colour drops it. Never the only sign of anything.
std::string bold(std::string_view text);
std::string dim(std::string_view text);

/// What the words of an announcement prove: each has a colour of its own, and is underlined. For single words: a line
/// may break between two of them.
enum class Ink : unsigned char { Disclosure, Exposed, Safe, Body, Processor, People, Dates };
std::string inked(Ink ink, std::string_view word);

/// Lines under construction.
class Page {
 public:
  Page(std::size_t width, bool colour) : width_(width), colour_(colour) {}

  /// A paragraph: the first line starts at `indent`, the next ones at `hanging`.
  Page& text(std::string_view words, std::size_t indent = 0, std::size_t hanging = 0);
  /// "  Label   words…", the words wrapped under themselves; nothing when there are no words.
  Page& field(std::string_view label, std::size_t label_columns, std::string_view words, std::size_t indent = 2);
  /// A line that must be pasted whole: broken only before an option, with a backslash.
  Page& command(std::string_view line, std::size_t indent = 2);
  Page& blank();
  /// Lines as they are (a letter's body), cleaned but not wrapped.
  Page& verbatim(std::string_view lines);

  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  [[nodiscard]] bool coloured() const noexcept { return colour_; }
  [[nodiscard]] bool empty() const noexcept { return out_.empty(); }
  [[nodiscard]] const std::string& str() const noexcept { return out_; }

 private:
  void put_line(std::string_view line);
  void wrap(std::string line, std::size_t hanging, std::string_view words);

  std::size_t width_;
  bool colour_;
  std::string out_;
};

/// Columns aligned by display width.
class Table {
 public:
  enum class Align : unsigned char { Left, Right };
  struct Column {
    std::string title;
    Align align = Align::Left;
    bool shrinks = false;  ///< cut short when the page is too narrow
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// `note` goes on lines of its own below the row.
  void row(std::vector<std::string> cells, std::string note = {});
  void print(Page& page) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::string note;
  };
  [[nodiscard]] std::vector<std::size_t> widths(std::size_t page_width) const;
  [[nodiscard]] std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace vigifuite::cli
