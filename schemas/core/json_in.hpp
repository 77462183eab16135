// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The only door to simdjson. Its DOM parser is used because it validates the whole text, where On-Demand
// validates only what is visited. Of members of the same name the first wins (tested). simdjson's own header, which
// costs more to compile than most files that read JSON, is behind json_element.hpp.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"

namespace simdjson::dom {
class parser;
}

namespace vigifuite {

class JsonItems;
class JsonMembers;

/// Where a value stands in a parsed document: the two words of a simdjson element or iterator.
struct JsonPlace {
  const void* document = nullptr;
  std::size_t index = 0;
  friend bool operator==(const JsonPlace&, const JsonPlace&) = default;
};

/// A value of a parsed document, or nothing: asking a value for what it does not have gives nothing.
///
/// Cheap to copy. Valid until the next parse() of its JsonParser; strings it gives live as long.
class JsonValue {
 public:
  JsonValue() = default;
  explicit JsonValue(JsonPlace place) noexcept : place_(place) {}

  /// There is a value here, and it is not null.
  explicit operator bool() const noexcept { return present() && !is_null(); }
  [[nodiscard]] bool present() const noexcept { return place_.document != nullptr; }
  [[nodiscard]] bool is_object() const noexcept;
  [[nodiscard]] bool is_array() const noexcept;
  [[nodiscard]] bool is_string() const noexcept;

  /// The member `key`, or nothing.
  JsonValue operator[](std::string_view key) const noexcept;

  [[nodiscard]] std::optional<std::string_view> string() const noexcept;
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
  [[nodiscard]] std::optional<double> number() const noexcept;
  [[nodiscard]] std::optional<bool> boolean() const noexcept;
  /// The string, or "" when there is none.
  [[nodiscard]] std::string_view text() const noexcept { return string().value_or(std::string_view{}); }

  /// The elements of an array; none when it is not one.
  [[nodiscard]] JsonItems items() const noexcept;
  /// The members of an object (`.key`, `.value`); none when it is not one.
  [[nodiscard]] JsonMembers members() const noexcept;

  /// The value as JSON, without white space; "null" when there is none.
  [[nodiscard]] std::string minified() const;

  [[nodiscard]] JsonPlace place() const noexcept { return place_; }

 private:
  [[nodiscard]] bool is_null() const noexcept;
  JsonPlace place_;
};

/// What JsonValue::items() gives: a range of JsonValue.
class JsonItems {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = JsonValue;
    using difference_type = std::ptrdiff_t;
    using pointer = const JsonValue*;
    using reference = JsonValue;

    explicit Iterator(JsonPlace place) noexcept : place_(place) {}
    JsonValue operator*() const noexcept { return JsonValue(place_); }
    Iterator& operator++() noexcept;
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    JsonPlace place_;
  };

  JsonItems() = default;
  JsonItems(JsonPlace begin, JsonPlace end) noexcept : begin_(begin), end_(end) {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(begin_); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(end_); }
  /// How many there are; walks them.
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  JsonPlace begin_, end_;
};

struct JsonMember {
  std::string_view key;
  JsonValue value;
};

/// What JsonValue::members() gives: a range of JsonMember.
class JsonMembers {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = JsonMember;
    using difference_type = std::ptrdiff_t;
    using pointer = const JsonMember*;
    using reference = JsonMember;

    explicit Iterator(JsonPlace place) noexcept : place_(place) {}
    JsonMember operator*() const noexcept;
    Iterator& operator++() noexcept;
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    JsonPlace place_;
  };

  JsonMembers() = default;
  JsonMembers(JsonPlace begin, JsonPlace end) noexcept : begin_(begin), end_(end) {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(begin_); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(end_); }
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  JsonPlace begin_, end_;
};

/// Parses one document at a time, reusing its buffers. One per thread.
class JsonParser {
 public:
  JsonParser();
  ~JsonParser();
  JsonParser(JsonParser&&) noexcept;
  JsonParser& operator=(JsonParser&&) noexcept;

  /// `text` must be one whole JSON document, UTF-8 (a byte order mark is skipped), nested at most 1,024 deep.
  /// Malformed: says what and, where known, at which byte. The value dies with the next parse.
  Result<JsonValue> parse(std::string_view text);
  /// The same without a copy of the text, when the string's buffer has the room past its end that the parser looks at.
  Result<JsonValue> parse_in_place(const std::string& text);

 private:
  Result<JsonValue> parse(std::string_view text, bool copy);
  std::unique_ptr<simdjson::dom::parser> parser_;
};

}  // namespace vigifuite
