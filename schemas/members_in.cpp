// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/members_in.hpp"

#include <algorithm>
#include <limits>

namespace vigifuite {

void MembersIn::append_path(std::string& out) const {
  if (parent_ == nullptr) {
    out += '$';
    return;
  }
  parent_->append_path(out);
  out += '.';
  out += name_;
  if (index_) out.append("[").append(std::to_string(*index_)).append("]");
}

void MembersIn::complain(std::string_view name, std::string_view what) const {
  if (!wrong_.empty()) return;
  append_path(wrong_);
  if (!name.empty()) wrong_.append(".").append(clip(name, 60));
  wrong_.append(": ").append(what);
}

JsonValue MembersIn::given(std::string_view name, Need need) const {
  const JsonValue json = object_[name];
  if (!json && need == Need::Required) complain(name, "missing");
  return json;
}

void MembersIn::read(std::string_view name, std::string& value, Need need) const {
  const JsonValue json = given(name, need);
  if (!json) return;
  if (const auto text = json.string())
    value = *text;
  else
    complain(name, "expected a string");
}

void MembersIn::read(std::string_view name, Text& value) const {
  within(name, [&](const MembersIn& text) {
    text.read("fr", value.fr);
    text.read("en", value.en);
  });
}

void MembersIn::read(std::string_view name, bool& value) const {
  const JsonValue json = object_[name];
  if (!json) return;
  if (const auto flag = json.boolean())
    value = *flag;
  else
    complain(name, "expected true or false");
}

void MembersIn::read(std::string_view name, std::int64_t& value, Need need) const {
  const JsonValue json = given(name, need);
  if (!json) return;
  if (const auto number = json.integer())
    value = *number;
  else
    complain(name, "expected an integer");
}

void MembersIn::read(std::string_view name, std::uint32_t& value, Need need) const {
  std::int64_t number = value;
  read(name, number, need);
  if (number < 0 || number > std::numeric_limits<std::uint32_t>::max())
    complain(name, "out of range");
  else
    value = static_cast<std::uint32_t>(number);
}

void MembersIn::read(std::string_view name, std::optional<std::int64_t>& value) const {
  if (!object_[name]) return;
  std::int64_t number = 0;
  read(name, number);
  value = number;
}

void MembersIn::read(std::string_view name, PartialDate& value) const {
  const JsonValue json = object_[name];
  if (!json) return;
  if (const auto date = parse_partial_date(json.text()))
    value = *date;
  else
    complain(name, "expected a date: 2024, 2024-03 or 2024-03-13");
}

void MembersIn::read(std::string_view name, Instant& value, Need need) const {
  const JsonValue json = given(name, need);
  if (!json) return;
  if (const auto instant = parse_rfc3339(json.text()))
    value = *instant;
  else
    complain(name, "expected a date and time: 2024-03-13T09:00:00Z");
}

void MembersIn::read(std::string_view name, std::vector<std::string>& value) const {
  const JsonValue json = array(name);
  if (!json) return;
  value.clear();
  for (const auto element : json.items()) {
    if (const auto text = JsonValue(element).string())
      value.emplace_back(*text);
    else
      complain(name, "expected strings");
  }
}

JsonValue MembersIn::array(std::string_view name) const {
  const JsonValue json = object_[name];
  if (json && !json.is_array()) complain(name, "expected an array");
  return json.is_array() ? json : JsonValue{};
}

void MembersIn::refuse_others(std::initializer_list<std::string_view> known) const {
  for (const auto member : object_.members()) {
    if (std::find(known.begin(), known.end(), member.key) == known.end()) complain(member.key, "unknown member");
  }
}

}  // namespace vigifuite
