// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/instant.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite {

/// Writes one JSON document, in order, into one buffer.
///
/// Text that is not UTF-8 is written with U+FFFD in place of the bad bytes, so that what we print always parses.
/// Unbalanced begin/end is a bug and stops the program at str(). Not thread safe. Ours, because a store of a million
/// claims is two million documents of thirty short texts each: a text without anything to escape is one copy.
class JsonOut {
 public:
  JsonOut& begin_object() { return open('{'); }
  JsonOut& end_object() { return close('}'); }
  JsonOut& begin_array() { return open('['); }
  JsonOut& end_array() { return close(']'); }
  JsonOut& key(std::string_view name);

  JsonOut& value(std::string_view text);
  JsonOut& value(const char* text) { return value(std::string_view(text)); }
  JsonOut& value(const std::string& text) { return value(std::string_view(text)); }
  JsonOut& value(bool flag);
  JsonOut& value(double number);
  JsonOut& value(std::int64_t number);
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, std::int64_t>) JsonOut& value(T number) {
    return value(static_cast<std::int64_t>(number));
  }
  JsonOut& value(Instant instant) { return value(to_string(instant)); }
  JsonOut& value(PartialDate date) { return value(to_string(date)); }
  JsonOut& null();
  /// A JSON text that is already whole and valid (a stored document).
  JsonOut& raw(std::string_view json);

  template <class T>
  JsonOut& member(std::string_view name, const T& member_value) {
    return key(name).value(member_value);
  }
  /// Writes the member only when there is something to write.
  JsonOut& member_if(std::string_view name, std::string_view text) {
    return text.empty() ? *this : key(name).value(text);
  }
  JsonOut& member_if(std::string_view name, PartialDate date) { return date.known() ? key(name).value(date) : *this; }
  /// {"fr": …, "en": …} with the languages there are; nothing when there is none.
  JsonOut& member_if(std::string_view name, const Text& text);

  /// What was written so far; the document is whole when every begin has its end.
  [[nodiscard]] std::string_view str() const;
  /// Starts again with an empty document, keeping the buffer.
  void clear();

 private:
  JsonOut& open(char bracket);
  JsonOut& close(char bracket);
  /// Something that needs no quotes.
  JsonOut& bare(std::string_view json);
  void append_text(std::string_view text, char after);
  char* write_difficult(char* start, std::string_view text);
  /// Where `bytes` more can be written, after the comma that is due.
  char* room(std::size_t bytes);
  void wrote_up_to(const char* end) { size_ = static_cast<std::size_t>(end - buffer_.data()); }

  std::string buffer_;  ///< its first size_ bytes are the document
  std::size_t size_ = 0;
  std::size_t depth_ = 0;
  bool comma_ = false;  ///< due before the next key or value
};

}  // namespace vigifuite
