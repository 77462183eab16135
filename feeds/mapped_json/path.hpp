// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/json_in.hpp"

namespace vigifuite::feeds::mapped_json {

/// One step down a document: a member, the element at a place, or every element.
struct Step {
  enum class Kind : unsigned char { Member, Element, Every };
  Kind kind = Kind::Member;
  std::string name;
  std::size_t index = 0;
};

/// "victim.country[0]", "data[].variety" ("data[*].variety" is the same); "$" is where one stands, and "$.x" is "x".
class Path {
 public:
  /// Config: says what is wrong with the path.
  static Result<Path> read(std::string_view text);

  /// Calls `visit` for every value the path leads to, null included, until it gives false. False when it was stopped.
  bool each(JsonValue from, const std::function<bool(JsonValue)>& visit) const { return walk(from, 0, visit); }
  /// The first value, or nothing.
  [[nodiscard]] JsonValue first(JsonValue from) const;

 private:
  bool walk(JsonValue from, std::size_t step, const std::function<bool(JsonValue)>& visit) const;
  std::vector<Step> steps_;
};

/// What a key of the mapping says: "=words", a path, or words with paths in braces.
class Value {
 public:
  static Result<Value> read(std::string_view text);

  /// The text it gives in a record; empty when one of its paths leads to nothing that is a text, a number or a flag.
  [[nodiscard]] std::string text(JsonValue record) const;
  /// The path, when it is nothing but one; else null. Lists are read along it.
  [[nodiscard]] const Path* path() const noexcept;

 private:
  struct Part {
    std::string words;
    Path path;
    bool is_path = false;
  };
  std::vector<Part> parts_;
};

/// A string without spaces at its ends, a number or a flag as it is written in JSON; "" for anything else.
std::string scalar_text(JsonValue value);

}  // namespace vigifuite::feeds::mapped_json
