// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/json_out.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "schemas/core/check.hpp"

namespace vigifuite {
namespace {

/// `text` with U+FFFD for every byte that is not part of valid UTF-8.
std::string repaired(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (length <= text.size() && simdjson::validate_utf8(text.data(), length)) {
      out.append(text.substr(0, length));
      text.remove_prefix(length);
    } else {
      out.append("\xEF\xBF\xBD");
      text.remove_prefix(1);
    }
  }
  return out;
}

/// What ends a stretch of text that is written as it is.
enum class Stop : unsigned char { Escapes, EscapesAndOtherThanAscii };

template <Stop stop>
bool stops(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || c == '"' || c == '\\' || (stop == Stop::EscapesAndOtherThanAscii && byte >= 0x80);
}

/// The same for eight characters at once, in any order of bytes: not 0 when one of them stops.
template <Stop stop>
std::uint64_t any_stops(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t kEach = 0x0101010101010101U;
  const auto has_zero = [](std::uint64_t word) { return (word - kEach) & ~word; };
  const std::uint64_t controls = (bytes - 0x20 * kEach) & ~bytes;
  const std::uint64_t quotes = has_zero(bytes ^ (kEach * '"')) | has_zero(bytes ^ (kEach * '\\'));
  const std::uint64_t others = stop == Stop::EscapesAndOtherThanAscii ? bytes : 0;
  return (controls | quotes | others) & (0x80 * kEach);
}

template <class Word>
std::uint64_t load(const char* from) noexcept {
  Word word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

template <class Word>
void store(char* to, std::uint64_t bytes) noexcept {
  const auto word = static_cast<Word>(bytes);
  std::memcpy(to, &word, sizeof word);
}

/// Copies a text that is nothing but plain ASCII, and says whether it was: most names and all words of ours are.
bool copy_plain(char* to, std::string_view text) noexcept {
  constexpr Stop kStop = Stop::EscapesAndOtherThanAscii;
  const char* const from = text.data();
  const std::size_t size = text.size();
  if (size >= 8) {
    std::uint64_t found = 0;
    const auto copy_at = [&](std::size_t at) {
      const std::uint64_t bytes = load<std::uint64_t>(from + at);
      store<std::uint64_t>(to + at, bytes);
      found |= any_stops<kStop>(bytes);
    };
    for (std::size_t at = 0; at + 8 < size; at += 8) copy_at(at);
    copy_at(size - 8);
    return found == 0;
  }
  if (size >= 4) {
    const std::uint64_t begin = load<std::uint32_t>(from), end = load<std::uint32_t>(from + size - 4);
    store<std::uint32_t>(to, begin);
    store<std::uint32_t>(to + size - 4, end);
    return any_stops<kStop>(begin | end << 32U) == 0;
  }
  std::copy(text.begin(), text.end(), to);
  return std::none_of(text.begin(), text.end(), stops<kStop>);
}

/// How much of `text` needs no escape.
std::size_t plain_length(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at + 8 <= text.size() && any_stops<Stop::Escapes>(load<std::uint64_t>(text.data() + at)) == 0) at += 8;
  while (at < text.size() && !stops<Stop::Escapes>(text[at])) ++at;
  return at;
}

char* write_escaped(char* to, char c) noexcept {
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  *to++ = '\\';
  if (const auto at = kShort.find(c); at != std::string_view::npos) {
    *to++ = kLetters[at];
    return to;
  }
  constexpr char kDigits[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  for (const char digit : {'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 0xFU]}) *to++ = digit;
  return to;
}

char* copy(char* to, std::string_view bytes) noexcept {
  return std::copy(bytes.begin(), bytes.end(), to);
}

}  // namespace

char* JsonOut::room(std::size_t bytes) {
  if (buffer_.size() - size_ <= bytes) buffer_.resize(std::max(2 * buffer_.size(), size_ + bytes + 512));
  if (comma_) {
    VIGIFUITE_CHECK(depth_ > 0);  // one value is a document
    buffer_[size_++] = ',';
  }
  comma_ = true;
  return buffer_.data() + size_;
}

JsonOut& JsonOut::open(char bracket) {
  char* to = room(1);
  *to++ = bracket;
  wrote_up_to(to);
  ++depth_;
  comma_ = false;
  return *this;
}

JsonOut& JsonOut::close(char bracket) {
  VIGIFUITE_CHECK(depth_ > 0);
  --depth_;
  comma_ = false;
  char* to = room(1);
  *to++ = bracket;
  wrote_up_to(to);
  return *this;
}

void JsonOut::append_text(std::string_view text, char after) {
  char* to = room(text.size() + 3);
  *to++ = '"';
  to = copy_plain(to, text) ? to + text.size() : write_difficult(to - 1, text);
  *to++ = '"';
  if (after != 0) *to++ = after;
  wrote_up_to(to);
}

/// The text with its escapes, after the quotation mark at `start`; gives the end.
char* JsonOut::write_difficult(char* start, std::string_view text) {
  std::string good;
  if (!simdjson::validate_utf8(text.data(), text.size())) text = good = repaired(text);
  constexpr std::size_t kLongestEscape = 6;
  wrote_up_to(start + 1);
  comma_ = false;
  char* to = room(kLongestEscape * text.size() + 2);
  while (!text.empty()) {
    const std::size_t plain = plain_length(text);
    to = copy(to, text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    to = write_escaped(to, text.front());
    text.remove_prefix(1);
  }
  return to;
}

JsonOut& JsonOut::key(std::string_view name) {
  append_text(name, ':');
  comma_ = false;
  return *this;
}

JsonOut& JsonOut::value(std::string_view text) {
  append_text(text, 0);
  return *this;
}

JsonOut& JsonOut::bare(std::string_view json) {
  wrote_up_to(copy(room(json.size()), json));
  return *this;
}

JsonOut& JsonOut::value(bool flag) {
  return bare(flag ? "true" : "false");
}

JsonOut& JsonOut::value(std::int64_t number) {
  char* const to = room(24);
  wrote_up_to(std::to_chars(to, to + 24, number).ptr);
  return *this;
}

JsonOut& JsonOut::value(double number) {
  if (!std::isfinite(number)) return null();  // JSON has no word for it
  char* const to = room(32);
  wrote_up_to(std::to_chars(to, to + 32, number).ptr);
  return *this;
}

JsonOut& JsonOut::null() {
  return bare("null");
}

JsonOut& JsonOut::raw(std::string_view json) {
  return bare(json);
}

JsonOut& JsonOut::member_if(std::string_view name, const Text& text) {
  if (text.empty()) return *this;
  return key(name).begin_object().member_if("fr", text.fr).member_if("en", text.en).end_object();
}

std::string_view JsonOut::str() const {
  VIGIFUITE_CHECK(depth_ == 0 && size_ > 0);
  return std::string_view(buffer_).substr(0, size_);
}

void JsonOut::clear() {
  size_ = depth_ = 0;
  comma_ = false;
}

}  // namespace vigifuite
