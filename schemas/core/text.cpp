// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace vigifuite {
namespace {

/// Ligatures and letters that NFKD leaves whole.
std::string_view spelled_out(utf8proc_int32_t c) noexcept {
  switch (c) {
    case 0x0153:
    case 0x0152: return "oe";
    case 0x00E6:
    case 0x00C6: return "ae";
    case 0x00DF: return "ss";
    case 0x00F8:
    case 0x00D8: return "o";
    case 0x0142:
    case 0x0141: return "l";
    default: return {};
  }
}

void append_folded(std::string& out, utf8proc_int32_t c) {
  if (const auto letters = spelled_out(c); !letters.empty()) {
    out.append(letters);
    return;
  }
  utf8proc_int32_t parts[8];
  int boundary = 0;
  const auto count = utf8proc_decompose_char(
      c, parts, 8,
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK),
      &boundary);
  for (utf8proc_ssize_t i = 0; i < count && i < 8; ++i) {
    const auto category = utf8proc_category(parts[i]);
    const bool letter_or_digit = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
                                 (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
    if (!letter_or_digit) {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
      continue;
    }
    utf8proc_uint8_t bytes[4];
    const auto length = utf8proc_encode_char(parts[i], bytes);
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  }
}

/// What an ASCII byte folds to; 0 for what separates words.
constexpr std::array<char, 128> kFoldedAscii = [] {
  std::array<char, 128> folded{};
  for (char c = 'a'; c <= 'z'; ++c) {
    folded[static_cast<std::size_t>(c)] = c;
    folded[static_cast<std::size_t>(c - 'a' + 'A')] = c;
  }
  for (char c = '0'; c <= '9'; ++c) folded[static_cast<std::size_t>(c)] = c;
  return folded;
}();

/// Folds the ASCII bytes at the start of `text`, and takes them off. Most names are nothing else.
void append_folded_ascii(std::string& out, std::string_view& text) {
  const std::size_t before = out.size();
  std::size_t length = 0;
  while (length < text.size() && static_cast<unsigned char>(text[length]) < 0x80) ++length;
  out.resize(before + length);
  char* end = out.data() + before;
  char last = before == 0 ? ' ' : out[before - 1];
  for (const char c : text.substr(0, length)) {
    const char folded = kFoldedAscii[static_cast<unsigned char>(c)];
    if (folded == 0 && last == ' ') continue;
    *end++ = last = folded == 0 ? ' ' : folded;
  }
  out.resize(static_cast<std::size_t>(end - out.data()));
  text.remove_prefix(length);
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      append_folded_ascii(out, text);
      continue;
    }
    utf8proc_int32_t c = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &c);
    if (length <= 0) {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
      text.remove_prefix(1);
      continue;
    }
    append_folded(out, c);
    text.remove_prefix(static_cast<std::size_t>(length));
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string slug(std::string_view text, std::size_t max_bytes) {
  std::string out;
  out.reserve(std::min(text.size(), max_bytes));
  const auto add = [&](char folded) {
    if (folded != ' ' && folded != 0)
      out.push_back(folded);
    else if (!out.empty() && out.back() != '-')
      out.push_back('-');
  };
  const bool is_ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) {
    for (std::size_t at = 0; at < text.size() && out.size() < max_bytes; ++at) {
      add(kFoldedAscii[static_cast<unsigned char>(text[at])]);
    }
  } else {
    for (const char c : fold(text)) {
      if (out.size() >= max_bytes) break;
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ') add(c);
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

std::string_view clip(std::string_view text, std::size_t max_bytes) noexcept {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace vigifuite
