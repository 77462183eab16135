// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fmt/format.h>

#include "daemon/letters/format.hpp"
#include "schemas/core/check.hpp"
#include "schemas/core/embedded.hpp"

namespace vigifuite::letters {
namespace {

/// Text as an element or a quoted attribute holds it.
void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
}

std::string inline_html(std::string_view text) {
  std::string out;
  for (const Span& span : spans_of(text)) {
    switch (span.kind) {
      case Span::Kind::Words: append_escaped(out, span.text); break;
      case Span::Kind::Value: {
        const bool isolated = has_right_to_left(span.text);
        if (isolated) out += "<bdi>";
        append_escaped(out, span.text);
        if (isolated) out += "</bdi>";
        break;
      }
      case Span::Kind::Url:
        out += "<a rel=\"noreferrer\" href=\"";
        append_escaped(out, span.text);
        out += "\">";
        append_escaped(out, span.text);
        out += "</a>";
        break;
      case Span::Kind::Blank:
        out += "<mark>[";
        append_escaped(out, span.text);
        out += "]</mark>";
        break;
    }
  }
  return out;
}

/// Writes blocks one after the other; knows which element is open.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void add(const Block& block) {
    const bool heads =
        block.kind == BlockKind::Sender || block.kind == BlockKind::Addressee || block.kind == BlockKind::Place;
    if (before_ == nullptr && heads) {
      out_ += "<header>\n";
      in_header_ = true;
    }
    if (before_ == nullptr || !joins(block, *before_)) {
      close_group();
      if (in_header_ && !heads) {
        out_ += "</header>\n";
        in_header_ = false;
      }
      if (!in_header_ && !in_main_) {
        out_ += "<main>\n";
        in_main_ = true;
      }
      open_group(block);
    } else if (!list_) {
      out_ += "<br>\n";
    }
    if (list_) out_ += block.kind == BlockKind::Box ? "<li class=\"box\">" + label_of(block) : std::string("<li>");
    out_ += inline_html(block.text);
    if (list_) out_ += "</li>\n";
    before_ = &block;
  }

  void finish() {
    close_group();
    if (in_header_) out_ += "</header>\n";
    if (in_section_) out_ += "</section>\n";
    if (in_main_) out_ += "</main>\n";
  }

 private:
  void open_group(const Block& block) {
    switch (block.kind) {
      case BlockKind::Title: open("h1", ""); break;
      case BlockKind::Section:
        if (in_section_) out_ += "</section>\n";
        out_ += fmt::format("<section aria-labelledby=\"s{0}\">\n<h2 id=\"s{0}\">", ++sections_);
        in_section_ = true;
        end_ = "</h2>\n";
        break;
      case BlockKind::Sender:
        if (in_header_) return open("address", " class=\"sender\"");
        [[fallthrough]];
      case BlockKind::Signature: open("p", block.text.starts_with("⟦") ? " class=\"signature\"" : ""); break;
      case BlockKind::Addressee: open("p", " class=\"addressee\""); break;
      case BlockKind::Place: open("p", " class=\"place\""); break;
      case BlockKind::Numbered:
      case BlockKind::Attachment:
        open("ol", block.number == 1 ? std::string() : fmt::format(" start=\"{}\"", block.number));
        break;
      case BlockKind::Item:
      case BlockKind::Box: open("ul", block.kind == BlockKind::Box ? " class=\"boxes\"" : ""); break;
      case BlockKind::Paragraph: open("p", ""); break;
    }
  }

  void open(std::string_view element, std::string_view attributes) {
    out_ += fmt::format("<{}{}>", element, attributes);
    list_ = element == "ol" || element == "ul";
    if (list_) out_ += '\n';
    end_ = fmt::format("</{}>\n", element);
  }

  void close_group() {
    out_ += end_;
    end_.clear();
    list_ = false;
  }

  std::string& out_;
  const Block* before_ = nullptr;
  std::string end_;
  int sections_ = 0;
  bool list_ = false, in_header_ = false, in_main_ = false, in_section_ = false;
};

}  // namespace

std::string to_html(const Sheet& sheet, const std::vector<Block>& blocks) {
  const auto style = find_file(embedded_letters(), "letter.css");
  VIGIFUITE_CHECK(style.has_value());
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
      code_of(sheet.language));
  append_escaped(out, sheet.title);
  out.append("</title>\n<style>\n").append(*style).append("</style>\n</head>\n<body>\n");
  Writer writer(out);
  for (const Block& block : blocks) writer.add(block);
  writer.finish();
  return out.append("</body>\n</html>\n");
}

}  // namespace vigifuite::letters
