// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/adapter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "feeds/encoding.hpp"
#include "feeds/html_text.hpp"
#include "feeds/mapped_csv/rows.hpp"
#include "feeds/mapped_notice.hpp"
#include "feeds/markup.hpp"
#include "schemas/core/text.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace mapped_csv {
namespace {

/// The header is looked for in this many rows: some publishers put a note above it.
constexpr std::size_t kHeaderWithin = 20;

/// A piece of a value: words of the mapping, or a column by name or number.
struct Part {
  enum class Kind : unsigned char { Words, Name, Number };
  Kind kind = Kind::Words;
  std::string words;  ///< the words, or the name of the column
  std::size_t column = 0;
};
/// "Column", "#3", "=words" or "{Column} and {Column}".
using Value = std::vector<Part>;

struct Plan {
  Mapping mapping;
  std::array<std::vector<Value>, kFields> values;
  Dialect dialect;
  std::string encoding;
  bool has_header = true;
};

Result<Part> read_column(std::string_view text) {
  if (!text.starts_with('#')) return Part{Part::Kind::Name, std::string(text), 0};
  std::size_t number = 0;
  const std::string_view digits = text.substr(1);
  const bool is_number = !digits.empty() && digits.size() <= 3 && digits.find_first_not_of("0123456789") == digits.npos;
  // "#id" is a column's name.
  if (!is_number) return Part{Part::Kind::Name, std::string(text), 0};
  for (const char c : digits) number = number * 10 + static_cast<std::size_t>(c - '0');
  if (number == 0) return fail(ErrorKind::Config, Message::MapColumnZero);
  return Part{Part::Kind::Number, {}, number - 1};
}

Result<Value> read_value(std::string_view text) {
  Value value;
  if (text.starts_with('=')) return Value{Part{Part::Kind::Words, std::string(text.substr(1)), 0}};
  if (text.find('{') == std::string_view::npos) {
    auto part = read_column(text);
    if (!part) return std::move(part).error();
    return Value{std::move(*part)};
  }
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    if (open > 0) value.push_back({Part::Kind::Words, std::string(text.substr(0, open)), 0});
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos || close == open + 1) {
      return fail(ErrorKind::Config, Message::MapBraceColumn);
    }
    auto part = read_column(text.substr(open + 1, close - open - 1));
    if (!part) return std::move(part).error();
    value.push_back(std::move(*part));
    text.remove_prefix(close + 1);
  }
  return value;
}

Result<char> one_character(const Mapping& mapping, std::string_view key, char otherwise) {
  const auto found = mapping.own.find(key);
  if (found == mapping.own.end()) return otherwise;
  if (found->second == "tab") return '\t';
  if (found->second.size() == 1) return found->second.front();
  return fail(ErrorKind::Config, Message::MapOneCharacter, key);
}

Result<Plan> plan_of(const Source& source) {
  Plan plan;
  auto mapping = read_mapping(source, {"delimiter", "quote", "encoding", "header"});
  if (!mapping) return std::move(mapping).error();
  plan.mapping = std::move(*mapping);
  for (std::size_t field = 0; field < kFields; ++field) {
    for (const std::string& text : plan.mapping.fields[field]) {
      auto value = read_value(text);
      if (!value) return in_context(name_of(static_cast<Field>(field)), std::move(value).error());
      plan.values[field].push_back(std::move(*value));
    }
  }
  const auto delimiter = one_character(plan.mapping, "delimiter", ',');
  const auto quote = one_character(plan.mapping, "quote", '"');
  if (!delimiter) return delimiter.error();
  if (!quote) return quote.error();
  plan.dialect = {*delimiter, *quote};
  if (*delimiter == *quote) return fail(ErrorKind::Config, Message::MapQuoteDelimiter);
  if (const auto found = plan.mapping.own.find("encoding"); found != plan.mapping.own.end()) {
    plan.encoding = found->second;
    if (!is_known_encoding(plan.encoding)) {
      return fail(ErrorKind::Config, Message::MapEncoding, plan.encoding);
    }
  }
  if (const auto found = plan.mapping.own.find("header"); found != plan.mapping.own.end()) {
    if (found->second != "yes" && found->second != "no") return fail(ErrorKind::Config, Message::MapHeader);
    plan.has_header = found->second == "yes";
  }
  for (const auto& values : plan.values) {
    for (const Value& value : values) {
      for (const Part& part : value) {
        if (plan.has_header || part.kind != Part::Kind::Name) continue;
        return fail(ErrorKind::Config, Message::MapNameNoHeader, part.words);
      }
    }
  }
  return plan;
}

/// Finds the header, then makes a notice of each row below it.
class Reader {
 public:
  Reader(Plan plan, std::string_view base, NoticeSink& sink)
      : plan_(std::move(plan)), records_(plan_.mapping, base, sink), header_found_(!plan_.has_header) {}

  /// One row. Malformed when the header cannot be found or lacks a column.
  Status row(const Row& row) {
    const bool is_blank =
        std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return cell.empty(); });
    if (is_blank) return Done{};
    if (header_found_) {
      record(row);
      return Done{};
    }
    if (rows_above_ == 0) first_row_ = row;
    if (is_header(row)) return take_header(row);
    if (++rows_above_ < kHeaderWithin) return Done{};
    return no_header();
  }

  Result<ReadReport> finish(const Row& rest, bool quote_is_open) && {
    const Place place{Place::kLine, rest.line};
    const Text open_quote = in_both(Message::Within, place.text(), in_both(Message::FeedOpenQuote));
    if (!header_found_) return quote_is_open ? fail(ErrorKind::Malformed, open_quote) : no_header();
    if (quote_is_open) records_.guard().reject(place.text(), Message::FeedOpenQuoteIn);
    if (records_.guard().full()) return records_.guard().report_full(place);
    return records_.guard().report(quote_is_open ? open_quote : Text{});
  }

  bool full() noexcept { return records_.guard().full(); }

 private:
  template <class Visit>
  void each_name(Visit visit) {
    for (auto& values : plan_.values) {
      for (Value& value : values) {
        for (Part& part : value) {
          if (part.kind == Part::Kind::Name) visit(part);
        }
      }
    }
  }

  /// The place of the column called `name`, or the number of columns.
  static std::size_t column_called(const Row& row, std::string_view name) {
    const std::string wanted = fold(name);
    const auto found =
        std::find_if(row.cells.begin(), row.cells.end(), [&](const std::string& cell) { return fold(cell) == wanted; });
    return static_cast<std::size_t>(found - row.cells.begin());
  }

  bool is_header(const Row& row) {
    bool has_names = false;
    bool is_one = false;
    each_name([&](const Part& part) {
      has_names = true;
      is_one = is_one || column_called(row, part.words) < row.cells.size();
    });
    return is_one || !has_names;
  }

  /// Puts numbers for names. A value one of whose columns is missing is dropped; a field left with none is refused,
  /// for a publisher who renames a column must not silently cost us what was in it.
  Status take_header(const Row& row) {
    header_found_ = true;
    columns_ = row.cells.size();
    for (std::size_t field = 0; field < kFields; ++field) {
      auto& values = plan_.values[field];
      if (values.empty()) continue;
      std::string missing;
      std::erase_if(values, [&](Value& value) {
        return std::any_of(value.begin(), value.end(), [&](Part& part) {
          if (part.kind == Part::Kind::Name) part.column = column_called(row, part.words);
          const bool is_missing = part.kind != Part::Kind::Words && part.column >= row.cells.size();
          if (is_missing) missing = part.kind == Part::Kind::Name ? part.words : fmt::format("#{}", part.column + 1);
          return is_missing;
        });
      });
      if (!values.empty()) continue;
      return fail(ErrorKind::Malformed, Message::FeedNoColumn, row.line, missing, name_of(static_cast<Field>(field)),
                  listed(row));
    }
    return Done{};
  }

  static std::string listed(const Row& row) {
    return std::string(clip(one_line(fmt::format("{}", fmt::join(row.cells, " | "))), 400));
  }

  Error no_header() const {
    if (first_row_.cells.empty()) return fail(ErrorKind::Malformed, Message::FeedEmpty);
    return fail(ErrorKind::Malformed, Message::FeedNoHeader, kHeaderWithin, listed(first_row_));
  }

  /// What a value gives in a row; empty when all its columns are.
  static std::string given(const Value& value, const Row& row) {
    std::string text;
    bool says_something = value.size() == 1 && value.front().kind == Part::Kind::Words;
    for (const Part& part : value) {
      if (part.kind == Part::Kind::Words) {
        text += part.words;
      } else if (part.column < row.cells.size() && !row.cells[part.column].empty()) {
        text += row.cells[part.column];
        says_something = true;
      }
    }
    return says_something ? text : std::string();
  }

  void record(const Row& row) {
    const Place place{Place::kLine, row.line};
    if (row.too_long) {
      records_.guard().reject(place.text(), Message::FeedCellLong, kMaxCellBytes);
      return;
    }
    // Empty cells beyond the header are left by spreadsheets; full ones mean that the cells are not where they seem.
    const auto extra = row.cells.begin() + static_cast<std::ptrdiff_t>(
                                               columns_ == 0 ? row.cells.size() : std::min(columns_, row.cells.size()));
    if (std::any_of(extra, row.cells.end(), [](const std::string& cell) { return !cell.empty(); })) {
      records_.guard().reject(place.text(), Message::FeedCells, row.cells.size(), columns_);
      return;
    }
    MappedRecords::Values values;
    for (auto cell = row.cells.begin(); cell != extra; ++cell) append_value(values.digested, *cell);
    for (std::size_t field = 0; field < kFields; ++field) {
      for (const Value& value : plan_.values[field]) {
        values.text[field] = given(value, row);
        if (!values.text[field].empty()) break;
      }
      if (static_cast<Field>(field) != Field::Text) values.text[field] = one_line(values.text[field]);
    }
    const MappingOptions& options = plan_.mapping.options;
    values.labels = split_list(values.text[index_of(Field::Labels)], options.labels_separator);
    values.safe_labels = split_list(values.text[index_of(Field::SafeLabels)], options.labels_separator);
    values.links = split_list(values.text[index_of(Field::Links)], options.links_separator);
    records_.tell(values, place);
  }

  Plan plan_;
  MappedRecords records_;
  bool header_found_;
  std::size_t rows_above_ = 0;
  std::size_t columns_ = 0;  ///< of the header; 0: there is none
  Row first_row_;
};

Status check(const Source& source) {
  const auto plan = plan_of(source);
  if (!plan) return plan.error();
  return Done{};
}

bool is_html(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || text[start] != '<') return false;
  const std::string head = fold(text.substr(start, 64));
  return head.starts_with("doctype html") || head.starts_with("html");
}

Result<ReadReport> read(const Payload& payload, const Source& source, NoticeSink& sink) {
  auto plan = plan_of(source);
  if (!plan) return std::move(plan).error();
  const auto text = to_utf8(payload.bytes, payload.content_type, MarkupKind::Plain, plan->encoding);
  if (!text) return text.error();
  if (is_html(*text)) return fail(ErrorKind::Malformed, Message::FeedHtmlForCsv);
  RowCutter cutter(*text, plan->dialect);
  Reader reader(std::move(*plan), source.homepage.empty() ? source.url : source.homepage, sink);
  while (const Row* row = cutter.next()) {
    VIGIFUITE_TRY(reader.row(*row));
    if (reader.full()) break;
  }
  return std::move(reader).finish(cutter.rest(), cutter.quote_is_open());
}

}  // namespace
}  // namespace mapped_csv

const Adapter& adapter_mapped_csv() {
  static constexpr Adapter kAdapter{"mapped_csv", "any CSV, by a mapping of its columns", mapped_csv::check,
                                    mapped_csv::read};
  return kAdapter;
}

}  // namespace vigifuite::feeds
