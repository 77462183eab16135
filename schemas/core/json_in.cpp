// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/json_in.hpp"

#include <algorithm>
#include <array>

#include "schemas/messages.hpp"

#include "schemas/core/json_element.hpp"

namespace vigifuite {
namespace {

using simdjson::dom::element;

/// What `value` holds when it is a `T`.
template <class T>
std::optional<T> get(JsonValue value) noexcept {
  T held{};
  if (value.present() && element_of(value).get(held) == simdjson::SUCCESS) return held;
  return std::nullopt;
}

std::string_view without_bom(std::string_view text) noexcept {
  return text.substr(0, 3) == "\xEF\xBB\xBF" ? text.substr(3) : text;
}

Text explain(simdjson::error_code code, std::string_view text) {
  if (code == simdjson::DEPTH_ERROR) return in_both(Message::JsonDeep);
  if (code == simdjson::UTF8_ERROR) return in_both(Message::JsonNotUtf8);
  if (code == simdjson::EMPTY) return in_both(Message::JsonEmpty);
  if (code == simdjson::CAPACITY) return in_both(Message::JsonLarge);
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && text[start] == '<') return in_both(Message::JsonHtml);
  constexpr std::array kBroken = {
      simdjson::TAPE_ERROR,      simdjson::STRING_ERROR,    simdjson::T_ATOM_ERROR,
      simdjson::F_ATOM_ERROR,    simdjson::N_ATOM_ERROR,    simdjson::NUMBER_ERROR,
      simdjson::UNCLOSED_STRING, simdjson::UNESCAPED_CHARS, simdjson::INCOMPLETE_ARRAY_OR_OBJECT};
  if (std::find(kBroken.begin(), kBroken.end(), code) != kBroken.end()) return in_both(Message::JsonBroken);
  return {{}, simdjson::error_message(code)};
}

}  // namespace

bool JsonValue::is_null() const noexcept {
  return element_of(*this).is_null();
}
bool JsonValue::is_object() const noexcept {
  return present() && element_of(*this).is_object();
}
bool JsonValue::is_array() const noexcept {
  return present() && element_of(*this).is_array();
}
bool JsonValue::is_string() const noexcept {
  return present() && element_of(*this).is_string();
}

JsonValue JsonValue::operator[](std::string_view key) const noexcept {
  element found;
  if (present() && element_of(*this)[key].get(found) == simdjson::SUCCESS) return value_of(found);
  return {};
}

std::optional<std::string_view> JsonValue::string() const noexcept {
  return get<std::string_view>(*this);
}
std::optional<std::int64_t> JsonValue::integer() const noexcept {
  return get<std::int64_t>(*this);
}
std::optional<double> JsonValue::number() const noexcept {
  return get<double>(*this);
}
std::optional<bool> JsonValue::boolean() const noexcept {
  return get<bool>(*this);
}

JsonItems JsonValue::items() const noexcept {
  const auto array = get<simdjson::dom::array>(*this);
  return array ? JsonItems(place_of(array->begin()), place_of(array->end())) : JsonItems();
}

JsonMembers JsonValue::members() const noexcept {
  const auto object = get<simdjson::dom::object>(*this);
  return object ? JsonMembers(place_of(object->begin()), place_of(object->end())) : JsonMembers();
}

std::string JsonValue::minified() const {
  return present() ? simdjson::minify(element_of(*this)) : "null";
}

JsonItems::Iterator& JsonItems::Iterator::operator++() noexcept {
  auto iterator = at_place<simdjson::dom::array::iterator>(place_);
  place_ = place_of(++iterator);
  return *this;
}

std::size_t JsonItems::size() const noexcept {
  return static_cast<std::size_t>(std::distance(begin(), end()));
}

JsonMember JsonMembers::Iterator::operator*() const noexcept {
  const auto iterator = at_place<simdjson::dom::object::iterator>(place_);
  return {iterator.key(), value_of(iterator.value())};
}

JsonMembers::Iterator& JsonMembers::Iterator::operator++() noexcept {
  auto iterator = at_place<simdjson::dom::object::iterator>(place_);
  place_ = place_of(++iterator);
  return *this;
}

std::size_t JsonMembers::size() const noexcept {
  return static_cast<std::size_t>(std::distance(begin(), end()));
}

JsonParser::JsonParser() : parser_(std::make_unique<simdjson::dom::parser>()) {}
JsonParser::~JsonParser() = default;
JsonParser::JsonParser(JsonParser&&) noexcept = default;
JsonParser& JsonParser::operator=(JsonParser&&) noexcept = default;

Result<JsonValue> JsonParser::parse(std::string_view text) {
  return parse(text, true);
}

Result<JsonValue> JsonParser::parse_in_place(const std::string& text) {
  return parse(text, text.capacity() - text.size() < simdjson::SIMDJSON_PADDING);
}

Result<JsonValue> JsonParser::parse(std::string_view text, bool copy) {
  text = without_bom(text);
  element root;
  const simdjson::error_code code = parser_->parse(text.data(), text.size(), copy).get(root);
  if (code == simdjson::SUCCESS) return value_of(root);
  if (code == simdjson::MEMALLOC) throw std::bad_alloc();
  return fail(ErrorKind::Malformed, Message::JsonNot, text.size(), explain(code, text));
}

}  // namespace vigifuite
