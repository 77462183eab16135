// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/json_in.hpp"

#include <fmt/format.h>

namespace vigifuite {
namespace {

struct Empties {
  simdjson::dom::parser array_parser, object_parser;
  simdjson::dom::element array, object;
  Empties() {
    VIGIFUITE_CHECK(array_parser.parse(std::string_view("[]")).get(array) == simdjson::SUCCESS);
    VIGIFUITE_CHECK(object_parser.parse(std::string_view("{}")).get(object) == simdjson::SUCCESS);
  }
};

const Empties& empties() noexcept {
  static const Empties instance;
  return instance;
}

std::string_view without_bom(std::string_view text) noexcept {
  return text.substr(0, 3) == "\xEF\xBB\xBF" ? text.substr(3) : text;
}

std::string_view explain(simdjson::error_code code, std::string_view text) {
  if (code == simdjson::DEPTH_ERROR) return "it is nested more than 1024 deep";
  if (code == simdjson::UTF8_ERROR) return "it is not valid UTF-8";
  if (code == simdjson::EMPTY) return "it is empty";
  if (code == simdjson::CAPACITY) return "it is too large";
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && text[start] == '<') return "it looks like HTML or XML";
  return {};
}

}  // namespace

simdjson::dom::array JsonValue::empty_array() noexcept {
  simdjson::dom::array array;
  VIGIFUITE_CHECK(empties().array.get(array) == simdjson::SUCCESS);
  return array;
}

simdjson::dom::object JsonValue::empty_object() noexcept {
  simdjson::dom::object object;
  VIGIFUITE_CHECK(empties().object.get(object) == simdjson::SUCCESS);
  return object;
}

Result<JsonValue> JsonParser::parse(std::string_view text) {
  return parse(text, true);
}

Result<JsonValue> JsonParser::parse_in_place(const std::string& text) {
  return parse(text, text.capacity() - text.size() < simdjson::SIMDJSON_PADDING);
}

Result<JsonValue> JsonParser::parse(std::string_view text, bool copy) {
  text = without_bom(text);
  simdjson::dom::element root;
  const simdjson::error_code code = parser_.parse(text.data(), text.size(), copy).get(root);
  if (code == simdjson::SUCCESS) return JsonValue(root);
  if (code == simdjson::MEMALLOC) throw std::bad_alloc();
  const std::string_view why = explain(code, text);
  return fail(ErrorKind::Malformed, fmt::format("not a JSON document ({} bytes): {}", text.size(),
                                                why.empty() ? simdjson::error_message(code) : why.data()));
}

}  // namespace vigifuite
