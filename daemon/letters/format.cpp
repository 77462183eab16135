// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/format.hpp"

#include <algorithm>

#include "daemon/letters/pdf_engine.hpp"
#include "daemon/letters/pdf_pages.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::letters {
namespace {

constexpr Format kFormats[] = {Format::Text, Format::Markdown, Format::Html,
                               Format::Pdf,  Format::Fields,   Format::Summary};

Result<Written> to_pdf(const Sheet& sheet, const std::vector<Block>& blocks, Language reader) {
  const bool latin = is_win_ansi(sheet.title) && std::all_of(blocks.begin(), blocks.end(), [](const Block& block) {
                       return is_win_ansi(label_of(block) + plain(block.text));
                     });
  auto engine = latin ? Result(latin_engine()) : any_engine();
  if (!engine) return std::move(engine).error();
  auto bytes = write_pages(**engine, sheet, blocks);
  if (!bytes) return fail(ErrorKind::Refused, Message::PdfFailed, bytes.error().what);
  Written out{*std::move(bytes), {}};
  if (const std::size_t missing = (*engine)->missing(); missing != 0) {
    out.warnings.push_back(say(reader, Message::PdfMissingGlyphs, std::to_string(missing)));
  }
  return out;
}

}  // namespace

std::string_view name_of(Format format) noexcept {
  switch (format) {
    case Format::Text: return "text";
    case Format::Markdown: return "markdown";
    case Format::Html: return "html";
    case Format::Pdf: return "pdf";
    case Format::Fields: return "fields";
    case Format::Summary: return "summary";
  }
  return "text";
}

std::optional<Format> parse_format(std::string_view word) noexcept {
  for (const Format format : kFormats) {
    if (name_of(format) == word) return format;
  }
  return std::nullopt;
}

std::string format_names() {
  std::string out;
  for (const Format format : kFormats) out.append(out.empty() ? "" : ", ").append(name_of(format));
  return out;
}

bool is_binary(Format format) noexcept {
  return format == Format::Pdf;
}

Result<Written> write_as(Format format, const Sheet& sheet, const std::vector<Block>& blocks, Language reader) {
  switch (format) {
    case Format::Text:
    case Format::Fields:
    case Format::Summary: return Written{to_text(blocks), {}};
    case Format::Markdown: return Written{to_markdown(blocks), {}};
    case Format::Html: return Written{to_html(sheet, blocks), {}};
    case Format::Pdf: return to_pdf(sheet, blocks, reader);
  }
  return Written{to_text(blocks), {}};
}

}  // namespace vigifuite::letters
