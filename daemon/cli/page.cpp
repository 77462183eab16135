// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/page.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <numeric>

namespace vigifuite::cli {
namespace {

// Private marks for emphasis: printable() lets them through, and nothing else below U+0020.
constexpr char kBold = '\x01', kDim = '\x02', kPlain = '\x03', kFirstInk = '\x0e', kLastInk = '\x14';

constexpr bool is_mark(utf8proc_int32_t c) noexcept {
  return c == kBold || c == kDim || c == kPlain || (c >= kFirstInk && c <= kLastInk);
}

/// Underlined: leak in bold, exposed red, safe green, body magenta, processor cyan, people yellow, dates blue.
constexpr const char* kInks[] = {"\x1b[1;4m",  "\x1b[4;31m", "\x1b[4;32m", "\x1b[4;35m",
                                 "\x1b[4;36m", "\x1b[4;33m", "\x1b[4;34m"};

std::string_view escape_of(char mark) noexcept {
  if (mark == kBold) return "\x1b[1m";
  if (mark == kDim) return "\x1b[2m";
  if (mark == kPlain) return "\x1b[0m";
  return kInks[mark - kFirstInk];
}

struct CodePoint {
  utf8proc_int32_t value;  ///< negative: a byte that is not UTF-8
  std::size_t bytes;
};

CodePoint next(std::string_view text) noexcept {
  utf8proc_int32_t value = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &value);
  if (length <= 0) return {-1, 1};
  return {value, static_cast<std::size_t>(length)};
}

/// Characters that act on a terminal or reorder what is read.
bool acts(utf8proc_int32_t c) noexcept {
  if (is_mark(c)) return false;
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0x200E || c == 0x200F || c == 0xFEFF;
}

std::size_t width_of(utf8proc_int32_t c) noexcept {
  return c < 0x20 ? 0 : static_cast<std::size_t>(std::max(0, utf8proc_charwidth(c)));
}

/// The longest beginning of `word` that is at most `columns` wide, but at least one character.
std::size_t bytes_within(std::string_view word, std::size_t columns) noexcept {
  std::size_t bytes = 0, used = 0;
  while (bytes < word.size()) {
    const CodePoint c = next(word.substr(bytes));
    if (bytes != 0 && used + width_of(c.value) > columns) break;
    used += width_of(c.value);
    bytes += c.bytes;
  }
  return bytes;
}

bool is_address(std::string_view word) noexcept {
  return word.find("://") != std::string_view::npos;
}

std::string pad(std::string_view cell, std::size_t columns, Table::Align align) {
  const std::size_t width = display_width(cell);
  const std::string spaces(columns > width ? columns - width : 0, ' ');
  return align == Table::Align::Left ? std::string(cell) + spaces : spaces + std::string(cell);
}

std::string trimmed_end(std::string text) {
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint c = next(text);
    width += c.value < 0 ? 1 : width_of(c.value);
    text.remove_prefix(c.bytes);
  }
  return width;
}

std::string printable(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint c = next(text);
    if (c.value < 0) {
      out += "\uFFFD";
    } else if (c.value == '\n' || c.value == '\t') {
      out += keep_lines ? static_cast<char>(c.value) : ' ';
    } else if (!acts(c.value)) {
      out += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::string_view kept = text.substr(0, columns == 1 ? 0 : bytes_within(text, columns - 1));
  while (kept.ends_with(' ')) kept.remove_suffix(1);
  return std::string(kept) + "…";
}

std::string bold(std::string_view text) {
  return kBold + std::string(text) + kPlain;
}
std::string dim(std::string_view text) {
  return kDim + std::string(text) + kPlain;
}

std::string inked(Ink ink, std::string_view word) {
  return static_cast<char>(kFirstInk + static_cast<char>(ink)) + std::string(word) + kPlain;
}

void Page::put_line(std::string_view line) {
  for (const char c : line) {
    if (is_mark(c)) {
      if (colour_) out_ += escape_of(c);
    } else {
      out_ += c;
    }
  }
  out_ += '\n';
}

void Page::wrap(std::string line, std::size_t hanging, std::string_view words) {
  const std::string clean = printable(words);
  std::string_view rest = clean;
  std::size_t used = display_width(line);
  bool fresh = true;  // nothing on this line yet but its margin
  const auto new_line = [&] {
    put_line(line);
    line.assign(hanging, ' ');
    used = hanging;
    fresh = true;
  };
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    std::string_view word = rest.substr(0, space);
    rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
    if (word.empty()) continue;
    if (!fresh && used + 1 + display_width(word) > width_) new_line();
    // A word longer than a line is cut, but for an address, which must stay one piece to be followed.
    while (used + 1 < width_ && used + display_width(word) > width_ && !is_address(word)) {
      const std::size_t bytes = bytes_within(word, width_ - used);
      line += word.substr(0, bytes);
      word.remove_prefix(bytes);
      new_line();
    }
    if (!fresh) line += ' ', ++used;
    line += word;
    used += display_width(word);
    fresh = false;
  }
  put_line(line);
}

Page& Page::text(std::string_view words, std::size_t indent, std::size_t hanging) {
  wrap(std::string(indent, ' '), hanging, words);
  return *this;
}

Page& Page::field(std::string_view label, std::size_t label_columns, std::string_view words, std::size_t indent) {
  if (words.empty()) return *this;
  wrap(std::string(indent, ' ') + pad(printable(label), label_columns, Table::Align::Left) + "  ",
       indent + label_columns + 2, words);
  return *this;
}

Page& Page::command(std::string_view words, std::size_t indent) {
  const std::string clean = printable(words);
  std::string_view rest = clean;
  std::size_t margin = indent;
  while (margin + display_width(rest) > width_) {
    std::size_t cut = std::string_view::npos;
    for (auto at = rest.find(" --", 1); at != std::string_view::npos; at = rest.find(" --", at + 1)) {
      if (margin + display_width(rest.substr(0, at)) + 2 > width_) break;
      cut = at;
    }
    if (cut == std::string_view::npos) break;
    put_line(std::string(margin, ' ') + std::string(rest.substr(0, cut)) + " \\");
    rest.remove_prefix(cut + 1);
    margin = indent + 2;
  }
  put_line(std::string(margin, ' ') + std::string(rest));
  return *this;
}

Page& Page::blank() {
  if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
  return *this;
}

Page& Page::verbatim(std::string_view lines) {
  const std::string clean = printable(lines, true);
  std::string_view rest = clean;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    put_line(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return *this;
}

void Table::row(std::vector<std::string> cells, std::string note) {
  for (std::string& cell : cells) cell = printable(cell);
  cells.resize(columns_.size());
  rows_.push_back({std::move(cells), std::move(note)});
}

std::vector<std::size_t> Table::widths(std::size_t page_width) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = display_width(columns_[i].title);
    for (const Row& row : rows_) width = std::max(width, display_width(row.cells[i]));
    widths.push_back(width);
  }
  const std::size_t gaps = columns_.empty() ? 0 : 2 * (columns_.size() - 1);
  constexpr std::size_t kLeast = 8;
  for (std::size_t i = columns_.size(); i-- > 0;) {  // what stands last can best be cut
    const std::size_t total = std::accumulate(widths.begin(), widths.end(), gaps);
    if (total <= page_width || !columns_[i].shrinks) continue;
    const std::size_t over = total - page_width;
    widths[i] = widths[i] > over + kLeast ? widths[i] - over : std::min(widths[i], kLeast);
  }
  return widths;
}

std::string Table::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) out += "  ";
    out += pad(shortened(cells[i], widths[i]), widths[i], columns_[i].align);
  }
  return out;
}

void Table::print(Page& page) const {
  const std::vector<std::size_t> columns = widths(page.width());
  std::vector<std::string> titles;
  for (const Column& column : columns_) titles.push_back(column.title);
  const bool headed =
      std::any_of(titles.begin(), titles.end(), [](const std::string& title) { return !title.empty(); });
  if (headed) page.verbatim(trimmed_end(line(titles, columns)));
  for (const Row& row : rows_) {
    page.verbatim(trimmed_end(line(row.cells, columns)));
    if (!row.note.empty()) page.text(row.note, 4, 4);
  }
}

}  // namespace vigifuite::cli
