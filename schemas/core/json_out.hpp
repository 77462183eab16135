// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/instant.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite {

/// Writes one JSON document, in order, into a string (RapidJSON's streaming writer behind a small face).
///
/// Text that is not UTF-8 is written with U+FFFD in place of the bad bytes, so that what we print always parses.
/// Unbalanced begin/end is a bug and stops the program at str(). Not thread safe.
class JsonOut {
 public:
  JsonOut();
  ~JsonOut();
  JsonOut(JsonOut&&) noexcept;
  JsonOut& operator=(JsonOut&&) noexcept;

  JsonOut& begin_object();
  JsonOut& end_object();
  JsonOut& begin_array();
  JsonOut& end_array();
  JsonOut& key(std::string_view name);

  JsonOut& value(std::string_view text);
  JsonOut& value(const char* text) { return value(std::string_view(text)); }
  JsonOut& value(const std::string& text) { return value(std::string_view(text)); }
  JsonOut& value(bool flag);
  JsonOut& value(double number);
  JsonOut& value(std::int64_t number);
  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, std::int64_t>)
  JsonOut& value(T number) { return value(static_cast<std::int64_t>(number)); }
  JsonOut& value(Instant instant) { return value(to_string(instant)); }
  JsonOut& value(PartialDate date) { return value(to_string(date)); }
  JsonOut& null();
  /// A JSON text that is already whole and valid (a stored document).
  JsonOut& raw(std::string_view json);

  template <class T>
  JsonOut& member(std::string_view name, const T& member_value) { return key(name).value(member_value); }
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
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vigifuite
