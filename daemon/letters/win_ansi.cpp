// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/win_ansi.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>

#include "daemon/letters/pdf_engine.hpp"

namespace vigifuite::letters {
namespace {

/// 0x80 to 0x9F; 0 where the encoding has nothing.
constexpr char32_t kUpper[] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                               0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                               0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// 0: none.
char byte_of(char32_t c) {
  if ((c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0xFF)) return static_cast<char>(static_cast<unsigned char>(c));
  if (c == 0x202F || c == 0x2009) return kNarrowByte;
  if (c == 0x2010 || c == 0x2011) return '-';
  if (c < 0x80) return 0;
  const auto* found = std::find(std::begin(kUpper), std::end(kUpper), c);
  return found == std::end(kUpper) ? '\0' : static_cast<char>(static_cast<unsigned char>(0x80 + (found - kUpper)));
}

std::optional<std::string> encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && text[plain] >= 0x20 && text[plain] < 0x7F) ++plain;
    out.append(text, 0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    utf8proc_int32_t c = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &c);
    const char byte = length > 0 ? byte_of(static_cast<char32_t>(c)) : '\0';
    if (byte == 0) return std::nullopt;
    out += byte;
    text.remove_prefix(static_cast<std::size_t>(length));
  }
  return out;
}

}  // namespace

std::optional<std::string> to_win_ansi(std::string_view text) {
  if (auto out = encode(text)) return out;
  // "e" and a combining accent are one character of the fonts once composed.
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &composed, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  if (size < 0) return std::nullopt;
  return encode({reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size)});
}

bool is_win_ansi(std::string_view text) {
  return to_win_ansi(text).has_value();
}

}  // namespace vigifuite::letters
