// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/excerpt.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "feeds/html_text.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite::feeds {
namespace {

struct Reference {
  std::string_view name;
  std::string_view text;
};
constexpr std::array<Reference, 12> kReferences = {{
    {"quot", "\""},
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"apos", "'"},
    {"nbsp", "\xC2\xA0"},
    {"mdash", "—"},
    {"ndash", "–"},
    {"hellip", "…"},
    {"eacute", "é"},
    {"rsquo", "’"},
    {"euro", "€"},
}};
constexpr std::array<std::string_view, 9> kInlineTags = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "u"};

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (c >> 6U)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0U | (c >> 12U)));
    out.push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  } else {
    out.push_back(static_cast<char>(0xF0U | (c >> 18U)));
    out.push_back(static_cast<char>(0x80U | ((c >> 12U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  }
}

bool append_numeric(std::string& out, std::string_view digits) {
  const bool is_hex = !digits.empty() && (digits.front() == 'x' || digits.front() == 'X');
  if (is_hex) digits.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
  // Windows-1252 numbers (128 to 159) have rules of their own: left to the HTML parser.
  if (error != std::errc() || end != digits.data() + digits.size() || value < 0x20 || (value >= 0x7F && value < 0xA0) ||
      (value >= 0xD800 && value < 0xE000) || value > 0x10FFFF) {
    return false;
  }
  append_utf8(out, value);
  return true;
}

/// Decodes the character reference at the start of `text`; gives its length, or 0 when it is not a usual one.
std::size_t decode_reference(std::string_view text, std::string& out) {
  // "AT&T", "A & B": no reference has fewer than two letters.
  const auto letter = [&](std::size_t at) {
    return at < text.size() && ((text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z');
  };
  if (text.size() == 1 || (text[1] != '#' && (!letter(1) || !letter(2)))) {
    out.push_back('&');
    return 1;
  }
  const std::size_t end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  if (name.front() == '#') return append_numeric(out, name.substr(1)) ? end + 1 : 0;
  for (const Reference& reference : kReferences) {
    if (reference.name == name) {
      out.append(reference.text);
      return end + 1;
    }
  }
  return 0;
}

/// The length of the inline tag at the start of `text`, or 0 when it is anything else.
std::size_t inline_tag(std::string_view text) {
  std::size_t at = text.size() > 1 && text[1] == '/' ? 2 : 1;
  const std::size_t name_at = at;
  while (at < text.size() && text[at] >= 'a' && text[at] <= 'z') ++at;
  const std::string_view name = text.substr(name_at, at - name_at);
  if (std::find(kInlineTags.begin(), kInlineTags.end(), name) == kInlineTags.end()) return 0;
  if (at < text.size() && text[at] != '>' && text[at] != ' ') return 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '>') return at + 1;
    if (text[at] != '"' && text[at] != '\'') continue;
    at = text.find(text[at], at + 1);
    if (at == std::string_view::npos) return 0;
  }
  return 0;
}

/// The text of simple HTML up to about `max_bytes`; nothing when the HTML is not simple.
std::optional<std::string> simple_html(std::string_view html, std::size_t max_bytes) {
  std::string out;
  out.reserve(std::min(html.size(), max_bytes + 16));
  // The next of each mark, found once: looking for both in one search would walk byte by byte.
  std::size_t tag = html.find('<'), reference = html.find('&');
  std::size_t at = 0;
  while (out.size() <= max_bytes) {
    const std::size_t mark = std::min(tag, reference);
    out.append(html.substr(at, mark == std::string_view::npos ? mark : mark - at));
    if (mark == std::string_view::npos) break;
    const std::size_t length = mark == tag ? inline_tag(html.substr(mark)) : decode_reference(html.substr(mark), out);
    if (length == 0) return std::nullopt;
    at = mark + length;
    if (tag < at) tag = html.find('<', at);
    if (reference < at) reference = html.find('&', at);
  }
  return out;
}

/// Line breaks and tabs as spaces.
void flatten_lines(std::string& text) {
  for (const char breaking : {'\n', '\r', '\t'}) {
    if (text.find(breaking) != std::string::npos) std::replace(text.begin(), text.end(), breaking, ' ');
  }
}

/// Runs of spaces as one, none at the ends.
void collapse(std::string& text) {
  std::size_t kept = 0;
  for (const char c : text) {
    if (c == ' ' && (kept == 0 || text[kept - 1] == ' ')) continue;
    text[kept++] = c;
  }
  text.resize(kept);
  if (!text.empty() && text.back() == ' ') text.pop_back();
}

/// Nothing to decode, remove or collapse: what most titles are.
bool is_plain(std::string_view text) noexcept {
  char before = ' ';
  for (const char c : text) {
    if (c == '<' || c == '&' || c == '\n' || c == '\r' || c == '\t' || (c == ' ' && before == ' ')) return false;
    before = c;
  }
  return text.empty() || before != ' ';
}

bool looks_like_tag(std::string_view text) noexcept {
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!') return true;
  }
  return false;
}

}  // namespace

std::string excerpt(std::string_view text, bool is_html, std::size_t max_bytes) {
  std::string out;
  if (is_html) {
    auto simple = simple_html(text, max_bytes);
    out = simple ? std::move(*simple) : html_to_text(text);
  } else {
    out = clip(text, max_bytes);
  }
  flatten_lines(out);
  out.resize(clip(out, max_bytes).size());
  return out;
}

std::string plain_title(std::string_view title, std::size_t max_bytes) {
  if (is_plain(title)) return std::string(clip(title, max_bytes));
  std::string out;
  if (looks_like_tag(title)) {
    out = html_to_text(title);
  } else {
    for (auto mark = title.find('&'); mark != std::string_view::npos; mark = title.find('&')) {
      out.append(title.substr(0, mark));
      std::size_t length = decode_reference(title.substr(mark), out);
      if (length == 0) {
        out.push_back('&');
        length = 1;
      }
      title.remove_prefix(mark + length);
    }
    out.append(title);
  }
  flatten_lines(out);
  collapse(out);
  out.resize(clip(out, max_bytes).size());
  return out;
}

}  // namespace vigifuite::feeds
