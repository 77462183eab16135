// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The only door to simdjson. Its DOM parser is used because it validates the whole text, where On-Demand
// validates only what is visited. Of members of the same name the first wins (tested).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "schemas/core/result.hpp"

namespace vigifuite {

/// A value of a parsed document, or nothing: asking a value for what it does not have gives nothing.
///
/// Cheap to copy. Valid until the next parse() of its JsonParser; strings it gives live as long.
class JsonValue {
 public:
  JsonValue() = default;
  explicit JsonValue(simdjson::dom::element element) : element_(element), present_(true) {}

  /// There is a value here, and it is not null.
  explicit operator bool() const noexcept { return present_ && !element_.is_null(); }
  [[nodiscard]] bool present() const noexcept { return present_; }
  [[nodiscard]] bool is_object() const noexcept { return present_ && element_.is_object(); }
  [[nodiscard]] bool is_array() const noexcept { return present_ && element_.is_array(); }
  [[nodiscard]] bool is_string() const noexcept { return present_ && element_.is_string(); }

  /// The member `key`, or nothing.
  JsonValue operator[](std::string_view key) const noexcept {
    simdjson::dom::element found;
    if (present_ && element_[key].get(found) == simdjson::SUCCESS) return JsonValue(found);
    return {};
  }

  [[nodiscard]] std::optional<std::string_view> string() const noexcept { return get<std::string_view>(); }
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept { return get<std::int64_t>(); }
  [[nodiscard]] std::optional<double> number() const noexcept { return get<double>(); }
  [[nodiscard]] std::optional<bool> boolean() const noexcept { return get<bool>(); }
  /// The string, or "" when there is none.
  [[nodiscard]] std::string_view text() const noexcept { return string().value_or(std::string_view{}); }

  /// The elements of an array; none when it is not one.
  [[nodiscard]] simdjson::dom::array items() const noexcept {
    simdjson::dom::array array;
    if (present_ && element_.get(array) == simdjson::SUCCESS) return array;
    return empty_array();
  }
  /// The members of an object (`.key`, `.value`); none when it is not one.
  [[nodiscard]] simdjson::dom::object members() const noexcept {
    simdjson::dom::object object;
    if (present_ && element_.get(object) == simdjson::SUCCESS) return object;
    return empty_object();
  }

  /// The simdjson element; only when present().
  [[nodiscard]] simdjson::dom::element element() const noexcept { return element_; }

 private:
  template <class T>
  [[nodiscard]] std::optional<T> get() const noexcept {
    T value{};
    if (present_ && element_.get(value) == simdjson::SUCCESS) return value;
    return std::nullopt;
  }
  static simdjson::dom::array empty_array() noexcept;
  static simdjson::dom::object empty_object() noexcept;

  simdjson::dom::element element_{};
  bool present_ = false;
};

/// Parses one document at a time, reusing its buffers. One per thread.
class JsonParser {
 public:
  /// `text` must be one whole JSON document, UTF-8 (a byte order mark is skipped), nested at most 1,024 deep.
  /// Malformed: says what and, where known, at which byte. The value dies with the next parse.
  Result<JsonValue> parse(std::string_view text);
  /// The same without a copy of the text, when the string's buffer has the room past its end that the parser looks at.
  Result<JsonValue> parse_in_place(const std::string& text);

 private:
  Result<JsonValue> parse(std::string_view text, bool copy);
  simdjson::dom::parser parser_;
};

}  // namespace vigifuite
