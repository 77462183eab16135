// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/layout.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "daemon/letters/french.hpp"

namespace vigifuite::letters {
namespace {

constexpr std::size_t kColumns = 78;
constexpr std::size_t kAddresseeColumn = 38;
constexpr char kValue = '\x02', kValueEnd = '\x03', kUrl = '\x05', kUrlEnd = '\x06';
constexpr std::string_view kBlank = "⟦", kBlankEnd = "⟧";

struct Marker {
  std::string_view text;
  BlockKind kind;
};
constexpr std::string_view kTicked = "! ";
constexpr Marker kMarkers[] = {{"# ", BlockKind::Title},      {"## ", BlockKind::Section}, {"< ", BlockKind::Sender},
                               {"> ", BlockKind::Addressee},  {"@ ", BlockKind::Place},    {"= ", BlockKind::Numbered},
                               {"- ", BlockKind::Item},       {"? ", BlockKind::Box},      {kTicked, BlockKind::Box},
                               {"+ ", BlockKind::Attachment}, {"~ ", BlockKind::Signature}};

std::string_view trim(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  return line;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    utf8proc_int32_t c = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &c);
    columns += length > 0 ? static_cast<std::size_t>(std::max(0, utf8proc_charwidth(c))) : 1U;
    text.remove_prefix(length > 0 ? static_cast<std::size_t>(length) : 1U);
  }
  return columns;
}

/// Wraps at ordinary spaces; a word longer than the line (an address) has a line of its own.
void wrap(std::string& out, std::string_view text, std::string_view first, std::string_view indent) {
  std::string line(first);
  std::size_t columns = width(first);
  bool has_word = false;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    if (word.empty()) continue;
    const std::size_t word_columns = width(word);
    if (has_word && columns + 1 + word_columns > kColumns) {
      out.append(line).push_back('\n');
      line.assign(indent);
      columns = width(indent);
      has_word = false;
    }
    if (has_word) line.push_back(' ');
    line.append(word);
    columns += word_columns + (has_word ? 1U : 0U);
    has_word = true;
  }
  out.append(line).push_back('\n');
}

void append_escaped(std::string& out, char c, bool at_start) {
  constexpr std::string_view kAlways = "\\`*_<>#|~&";
  constexpr std::string_view kAtStart = "+-=!.)";
  if (kAlways.find(c) != std::string_view::npos || (at_start && kAtStart.find(c) != std::string_view::npos))
    out += '\\';
  out += c;
}

/// Markdown of one block's text: addresses as autolinks, values escaped.
std::string inline_markdown(std::string_view text) {
  std::string out;
  bool in_value = false, in_url = false, at_start = false;
  for (const char c : text) {
    if (c == kValue)
      in_value = at_start = true;
    else if (c == kValueEnd)
      in_value = false;
    else if (c == kUrl)
      in_url = true, out += '<';
    else if (c == kUrlEnd)
      in_url = false, out += '>';
    else if (in_value && !in_url) {
      append_escaped(out, c, at_start);
      if (c < '0' || c > '9') at_start = false;  // "1." at the start would be a list
    } else
      out += c;
  }
  replace_all(out, kBlank, "[");
  replace_all(out, kBlankEnd, "]");
  return out;
}

}  // namespace

std::string marked(std::string_view value) {
  std::string out(1, kValue);
  return out.append(value).append(1, kValueEnd);
}

std::string marked_url(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  std::string out(1, kUrl);
  for (const char c : url.substr(0, 1000)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || std::string_view("<>\"`\\{}[]^|").find(c) != std::string_view::npos) {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out.append(1, kUrlEnd);
}

bool joins(const Block& block, const Block& before) {
  if (block.kind != before.kind) return false;
  switch (block.kind) {
    case BlockKind::Sender:
    case BlockKind::Addressee:
    case BlockKind::Signature: return !block.apart;
    case BlockKind::Numbered:
    case BlockKind::Item:
    case BlockKind::Box:
    case BlockKind::Attachment: return true;
    case BlockKind::Place:
    case BlockKind::Title:
    case BlockKind::Section:
    case BlockKind::Paragraph: return false;
  }
  return false;
}

std::string label_of(const Block& block) {
  switch (block.kind) {
    case BlockKind::Item: return "- ";
    case BlockKind::Box: return block.ticked ? "☒ " : "☐ ";
    case BlockKind::Numbered:
    case BlockKind::Attachment: return fmt::format("{}. ", block.number);
    case BlockKind::Title:
    case BlockKind::Section:
    case BlockKind::Sender:
    case BlockKind::Addressee:
    case BlockKind::Place:
    case BlockKind::Signature:
    case BlockKind::Paragraph: return {};
  }
  return {};
}

std::vector<Span> spans_of(std::string_view text) {
  std::vector<Span> spans;
  Span::Kind kind = Span::Kind::Words;
  const auto add = [&](Span::Kind wanted, std::string_view more) {
    if (more.empty()) return;
    if (spans.empty() || spans.back().kind != wanted) spans.push_back({wanted, {}});
    spans.back().text += more;
  };
  while (!text.empty()) {
    if (kind != Span::Kind::Url && text.starts_with(kBlank)) {
      const std::size_t end = std::min(text.find(kBlankEnd), text.size());
      const std::string name = plain(text.substr(kBlank.size(), end - kBlank.size()));
      spans.push_back({Span::Kind::Blank, name});
      text.remove_prefix(std::min(end + kBlankEnd.size(), text.size()));
      continue;
    }
    constexpr char kStops[] = {kValue, kValueEnd, kUrl, kUrlEnd, kBlank[0], '\0'};
    const char c = text.front();
    std::size_t taken = 1;
    if (c == kValue) {
      kind = Span::Kind::Value;
    } else if (c == kUrl) {
      kind = Span::Kind::Url;
    } else if (c == kValueEnd || c == kUrlEnd) {
      kind = Span::Kind::Words;
    } else {
      taken = std::min(text.find_first_of(kStops, 1), text.size());
      add(kind, text.substr(0, taken));
    }
    text.remove_prefix(taken);
  }
  return spans;
}

std::vector<Block> read_blocks(std::string_view rendered) {
  std::vector<Block> blocks;
  bool open = false;
  std::size_t numbered = 0, attachments = 0;
  while (!rendered.empty()) {
    const std::size_t end = rendered.find('\n');
    std::string_view line = trim(rendered.substr(0, end));
    rendered.remove_prefix(end == std::string_view::npos ? rendered.size() : end + 1);
    if (line.empty()) {
      open = false;
      continue;
    }
    const auto* marker = std::find_if(std::begin(kMarkers), std::end(kMarkers),
                                      [&](const Marker& row) { return line.starts_with(row.text); });
    if (marker != std::end(kMarkers)) {
      blocks.push_back(
          {marker->kind, 0, !open, marker->text == kTicked, std::string(trim(line.substr(marker->text.size())))});
      if (marker->kind == BlockKind::Section) numbered = 0;
      if (marker->kind == BlockKind::Numbered) blocks.back().number = ++numbered;
      if (marker->kind == BlockKind::Attachment) blocks.back().number = ++attachments;
    } else if (open) {
      blocks.back().text.append(" ").append(line);
    } else {
      blocks.push_back({BlockKind::Paragraph, 0, !open, false, std::string(line)});
    }
    open = true;
  }
  for (Block& block : blocks) block.text = typeset(block.text);
  return blocks;
}

bool has_right_to_left(std::string_view text) {
  while (!text.empty()) {
    utf8proc_int32_t c = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &c);
    if (length > 0) {
      const auto bidi = utf8proc_get_property(c)->bidi_class;
      if (bidi == UTF8PROC_BIDI_CLASS_R || bidi == UTF8PROC_BIDI_CLASS_AL || bidi == UTF8PROC_BIDI_CLASS_AN)
        return true;
    }
    text.remove_prefix(length > 0 ? static_cast<std::size_t>(length) : 1U);
  }
  return false;
}

std::string plain(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return c == kValue || c == kValueEnd || c == kUrl || c == kUrlEnd; });
  replace_all(out, kBlank, "[");
  replace_all(out, kBlankEnd, "]");
  return out;
}

void append_text(std::string& out, const Block& block, const Block* before) {
  if (before != nullptr && !joins(block, *before)) out += '\n';
  const std::string text = plain(block.text);
  switch (block.kind) {
    case BlockKind::Title: wrap(out, text, "", ""); break;
    case BlockKind::Section:
      if (before != nullptr) out += '\n';
      wrap(out, text, "", "");
      out.append(std::min(width(text), kColumns), '-').push_back('\n');
      break;
    case BlockKind::Sender:
    case BlockKind::Signature: wrap(out, text, "", "  "); break;
    case BlockKind::Addressee:
    case BlockKind::Place: {
      const std::string indent(kAddresseeColumn, ' ');
      wrap(out, text, indent, indent);
      break;
    }
    case BlockKind::Numbered:
    case BlockKind::Item:
    case BlockKind::Box:
    case BlockKind::Attachment: wrap(out, text, label_of(block), std::string(width(label_of(block)), ' ')); break;
    case BlockKind::Paragraph: wrap(out, text, "", ""); break;
  }
}

std::string to_text(const std::vector<Block>& blocks) {
  std::string out;
  const Block* before = nullptr;
  for (const Block& block : blocks) {
    append_text(out, block, before);
    before = &block;
  }
  return out;
}

std::string to_markdown(const std::vector<Block>& blocks) {
  std::string out;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (i != 0 && !joins(block, blocks[i - 1])) out += '\n';
    const std::string text = inline_markdown(block.text);
    switch (block.kind) {
      case BlockKind::Title: out.append("# ").append(text); break;
      case BlockKind::Section: out.append("## ").append(text); break;
      case BlockKind::Sender:
      case BlockKind::Addressee:
      case BlockKind::Signature:
        out.append(text);
        if (i + 1 < blocks.size() && joins(blocks[i + 1], block)) out += '\\';  // a hard line break
        break;
      case BlockKind::Numbered:
      case BlockKind::Item:
      case BlockKind::Attachment: out.append(label_of(block)).append(text); break;
      case BlockKind::Box: out.append("- ").append(label_of(block)).append(text); break;
      case BlockKind::Place:
      case BlockKind::Paragraph: out.append(text); break;
    }
    out += '\n';
  }
  return out;
}

std::vector<std::string> blanks_of(const std::vector<Block>& blocks) {
  std::vector<std::string> names;
  for (const Block& block : blocks) {
    std::size_t at = 0;
    while ((at = block.text.find(kBlank, at)) != std::string::npos) {
      const std::size_t start = at + kBlank.size();
      const std::size_t end = block.text.find(kBlankEnd, start);
      if (end == std::string::npos) break;
      std::string name = plain(std::string_view(block.text).substr(start, end - start));
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
      at = end;
    }
  }
  return names;
}

}  // namespace vigifuite::letters
