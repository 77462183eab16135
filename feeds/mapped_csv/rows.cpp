// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/mapped_csv/rows.hpp"

#include <algorithm>
#include <new>

#include "schemas/core/text.hpp"

namespace vigifuite::feeds::mapped_csv {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpaces);
  return begin == std::string_view::npos ? std::string_view()
                                         : text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

}  // namespace

RowCutter::RowCutter(std::string_view text, Dialect dialect) : text_(text) {
  if (csv_init(&parser_, 0) != 0) throw std::bad_alloc();
  csv_set_delim(&parser_, static_cast<unsigned char>(dialect.delimiter));
  csv_set_quote(&parser_, static_cast<unsigned char>(dialect.quote));
  csv_set_blk_size(&parser_, std::size_t{4} << 10U);
}

RowCutter::~RowCutter() {
  csv_free(&parser_);
}

void RowCutter::on_cell(void* bytes, std::size_t size, void* cutter) noexcept {
  auto& self = *static_cast<RowCutter*>(cutter);
  try {
    const std::string_view cell = trimmed({static_cast<const char*>(bytes), size});
    if (cell.size() > kMaxCellBytes || self.row_.cells.size() >= kMaxCells) self.row_.too_long = true;
    if (self.row_.cells.size() < kMaxCells) self.row_.cells.emplace_back(clip(cell, kMaxCellBytes));
  } catch (const std::bad_alloc&) {
    self.out_of_memory_ = true;
  }
}

void RowCutter::on_row(int /*end*/, void* cutter) noexcept {
  static_cast<RowCutter*>(cutter)->row_done_ = true;
}

/// The next line with its end: "\n", "\r\n" or "\r".
std::string_view RowCutter::next_line() {
  std::size_t end = text_.find_first_of("\r\n");
  if (end == std::string_view::npos)
    end = text_.size();
  else
    end += text_.substr(end, 2) == "\r\n" ? 2 : 1;
  const std::string_view line = text_.substr(0, end);
  text_.remove_prefix(end);
  return line;
}

const Row* RowCutter::next() {
  if (row_done_) row_.cells.clear(), row_.too_long = false, row_done_ = false, in_row_ = false;
  while (!text_.empty() && !row_done_) {
    const std::string_view line = next_line();
    ++line_;
    if (!in_row_) row_.line = line_;
    in_row_ = in_row_ || !trimmed(line).empty();
    csv_parse(&parser_, line.data(), line.size(), on_cell, on_row, this);
    if (out_of_memory_ || csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc();
  }
  if (!row_done_ && in_row_ && !quote_is_open_) {
    // One more line end closes the last row, unless it stands inside quotes: lenient reading would take a quote that
    // is never closed, and all that follows it, for one cell.
    csv_parse(&parser_, "\n", 1, on_cell, on_row, this);
    if (out_of_memory_) throw std::bad_alloc();
    quote_is_open_ = !row_done_;
  }
  return row_done_ ? &row_ : nullptr;
}

}  // namespace vigifuite::feeds::mapped_csv
