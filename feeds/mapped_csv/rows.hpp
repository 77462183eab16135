// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <csv.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigifuite::feeds::mapped_csv {

inline constexpr std::size_t kMaxCellBytes = std::size_t{64} << 10U;
inline constexpr std::size_t kMaxCells = 512;

struct Dialect {
  char delimiter = ',';
  char quote = '"';
};

/// One row: its cells, trimmed, and the line it begins on.
struct Row {
  std::vector<std::string> cells;
  std::uint64_t line = 0;
  bool too_long = false;  ///< a cell or the number of cells is over its bound
};

/// Cuts CSV text into rows (libcsv), whatever its line ends. `text` must outlive it.
class RowCutter {
 public:
  RowCutter(std::string_view text, Dialect dialect);
  ~RowCutter();
  RowCutter(const RowCutter&) = delete;  // libcsv is given its address
  RowCutter& operator=(const RowCutter&) = delete;

  /// The next row, or null at the end. Valid until the next call.
  const Row* next();
  /// After the end: whether a quoted cell was never closed, and the row it is in.
  [[nodiscard]] bool quote_is_open() const noexcept { return quote_is_open_; }
  [[nodiscard]] const Row& rest() const noexcept { return row_; }

 private:
  static void on_cell(void* bytes, std::size_t size, void* cutter) noexcept;
  static void on_row(int end, void* cutter) noexcept;
  std::string_view next_line();

  csv_parser parser_{};
  std::string_view text_;
  std::uint64_t line_ = 0;
  Row row_;
  bool row_done_ = false;
  bool in_row_ = false;
  bool out_of_memory_ = false;
  bool quote_is_open_ = false;
};

}  // namespace vigifuite::feeds::mapped_csv
