// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/encoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>

#include "schemas/core/json_element.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace {

struct Encoding {
  std::string_view label;  ///< lower case, as documents write it
  const char* iconv_name;
};

// A list, and not whatever iconv knows: the name comes from outside, and iconv's rarer converters have had holes.
// As browsers do, Latin-1 and ASCII are read as Windows-1252, which holds them.
constexpr Encoding kEncodings[] = {
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"utf-8-bom", "UTF-8"},
    {"utf-8-sig", "UTF-8"},
    {"utf-16", "UTF-16LE"},
    {"utf-16le", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
    {"windows-1252", "WINDOWS-1252"},
    {"cp1252", "WINDOWS-1252"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"latin-1", "WINDOWS-1252"},
    {"us-ascii", "WINDOWS-1252"},
    {"ascii", "WINDOWS-1252"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"windows-1250", "WINDOWS-1250"},
    {"windows-1251", "WINDOWS-1251"},
    {"windows-1253", "WINDOWS-1253"},
    {"windows-1254", "WINDOWS-1254"},
    {"koi8-r", "KOI8-R"},
    {"macintosh", "MACINTOSH"},
    {"shift_jis", "CP932"},
    {"euc-jp", "EUC-JP"},
    {"euc-kr", "CP949"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"gb18030", "GB18030"},
    {"big5", "BIG5"},
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const char* iconv_name_of(std::string_view label) {
  const std::string wanted = lower(label);
  for (const Encoding& encoding : kEncodings) {
    if (encoding.label == wanted) return encoding.iconv_name;
  }
  return nullptr;
}

/// The value after `name` and '=', quoted or not: charset=utf-8, encoding='x', charset = "x". Or nothing.
std::string_view value_after(std::string_view text, std::string_view name) {
  const std::string folded = lower(text);
  std::size_t at = folded.find(name);
  if (at == std::string::npos) return {};
  at = folded.find_first_not_of(" \t\r\n", at + name.size());
  if (at == std::string::npos || folded[at] != '=') return {};
  at = folded.find_first_not_of(" \t\r\n\"'", at + 1);
  if (at == std::string::npos) return {};
  const std::size_t end = std::min(folded.find_first_of(" \t\r\n\"';>?/", at), folded.size());
  return text.substr(at, end - at);
}

std::string_view said_by_document(std::string_view bytes, MarkupKind kind) {
  switch (kind) {
    case MarkupKind::Plain: return {};
    case MarkupKind::Xml: {
      const std::size_t start = bytes.find_first_not_of(" \t\r\n");
      if (start == std::string_view::npos || bytes.substr(start, 5) != "<?xml") return {};
      const std::string_view head = bytes.substr(start, 200);
      return value_after(head.substr(0, head.find("?>")), "encoding");
    }
    case MarkupKind::Html: {
      const std::string_view head = bytes.substr(0, 2048);
      const std::size_t meta = lower(head).find("<meta");
      return meta == std::string::npos ? std::string_view() : value_after(head.substr(meta), "charset");
    }
  }
  return {};
}

/// The encoding that the first bytes give away (a mark, or a '<' in two bytes), and the length of the mark.
std::optional<std::pair<const char*, std::size_t>> seen_in_bytes(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return {{"UTF-8", 3}};
  if (bytes.starts_with("\xFF\xFE"sv)) return {{"UTF-16LE", 2}};
  if (bytes.starts_with("\xFE\xFF"sv)) return {{"UTF-16BE", 2}};
  if (bytes.starts_with("<\0"sv)) return {{"UTF-16LE", 0}};
  if (bytes.starts_with("\0<"sv)) return {{"UTF-16BE", 0}};
  return std::nullopt;
}

std::string convert(std::string_view bytes, const char* from) {
  struct Close {
    using pointer = iconv_t;
    void operator()(iconv_t handle) const { iconv_close(handle); }
  };
  const iconv_t opened = iconv_open("UTF-8", from);
  // A libc without this converter: what cannot be converted is read as the commonest encoding rather than refused.
  if (opened == reinterpret_cast<iconv_t>(-1)) return valid_utf8(bytes);
  const std::unique_ptr<iconv_t, Close> handle(opened);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 4);
  std::array<char, 16384> buffer;
  char* in = const_cast<char*>(bytes.data());  // iconv's type predates const; it does not write there
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t done = iconv(handle.get(), &in, &left, &to, &room);
    out.append(buffer.data(), buffer.size() - room);
    if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    out += "\xEF\xBF\xBD";  // a wrong or cut-off character
    ++in;
    --left;
    iconv(handle.get(), nullptr, nullptr, nullptr, nullptr);
  }
  std::replace(out.begin(), out.end(), '\0', ' ');
  return out;
}

/// Length of the UTF-8 character at the start of `text`, or 0 when there is none.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || length > text.size()) return 0;
  return simdjson::validate_utf8(text.data(), length) ? length : 0;
}

/// One byte as Windows-1252, in UTF-8.
void append_windows_1252(std::string& out, unsigned char byte) {
  static constexpr std::uint16_t kHigh[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                              0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                              0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  const unsigned code = byte >= 0x80 && byte < 0xA0 ? kHigh[byte - 0x80] : byte;
  if (code >= 0x800) {
    out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
    out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)));
  } else {
    out.push_back(static_cast<char>(0xC0U | (code >> 6U)));
  }
  out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
}

}  // namespace

bool is_known_encoding(std::string_view name) {
  return iconv_name_of(name) != nullptr;
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  if (simdjson::validate_utf8(text.data(), text.size())) {
    out = text;
  } else {
    out.reserve(text.size() + 16);
    while (!text.empty()) {
      const std::size_t length = character_length(text);
      if (length == 0)
        append_windows_1252(out, static_cast<unsigned char>(text.front()));
      else
        out.append(text.substr(0, length));
      text.remove_prefix(std::max<std::size_t>(length, 1));
    }
  }
  std::replace(out.begin(), out.end(), '\0', ' ');
  return out;
}

Result<std::string> to_utf8(std::string_view bytes, std::string_view content_type, MarkupKind kind,
                            std::string_view declared) {
  const char* from = nullptr;
  if (const auto seen = seen_in_bytes(bytes)) {
    from = seen->first;
    bytes.remove_prefix(seen->second);
  } else if (!declared.empty()) {
    from = iconv_name_of(declared);
    if (from == nullptr) return fail(ErrorKind::Malformed, Message::FeedEncoding, declared);
  } else {
    from = iconv_name_of(value_after(content_type, "charset"));
    if (from == nullptr) from = iconv_name_of(said_by_document(bytes, kind));
  }
  if (from == nullptr || std::string_view(from) == "UTF-8") return valid_utf8(bytes);
  // A server's or a template's "iso-8859-1" is often left over: bytes that are UTF-8 beyond ASCII are UTF-8.
  const bool is_ascii =
      std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const bool is_single_byte = std::string_view(from) == "WINDOWS-1252" && declared.empty();
  if (is_single_byte && (is_ascii || simdjson::validate_utf8(bytes.data(), bytes.size()))) return valid_utf8(bytes);
  return convert(bytes, from);
}

}  // namespace vigifuite::feeds
