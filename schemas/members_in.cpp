// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/members_in.hpp"

#include <algorithm>
#include <limits>

#include "schemas/messages.hpp"

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

void MembersIn::complain(std::string_view name, const Text& what) const {
  if (!wrong_.empty()) return;
  std::string path;
  append_path(path);
  if (!name.empty()) path.append(".").append(clip(name, 60));
  wrong_ = in_both(Message::Within, path, what);
}

JsonValue MembersIn::given(std::string_view name, Need need) const {
  const JsonValue json = object_[name];
  if (!json && need == Need::Required) complain(name, Message::MemberMissing);
  return json;
}

void MembersIn::read(std::string_view name, std::string& value, Need need) const {
  const JsonValue json = given(name, need);
  if (!json) return;
  if (const auto text = json.string())
    value = *text;
  else
    complain(name, Message::MemberString);
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
    complain(name, Message::MemberFlag);
}

void MembersIn::read(std::string_view name, std::int64_t& value, Need need) const {
  const JsonValue json = given(name, need);
  if (!json) return;
  if (const auto number = json.integer())
    value = *number;
  else
    complain(name, Message::MemberInteger);
}

void MembersIn::read(std::string_view name, std::uint32_t& value, Need need) const {
  std::int64_t number = value;
  read(name, number, need);
  if (number < 0 || number > std::numeric_limits<std::uint32_t>::max())
    complain(name, Message::MemberRange);
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
    complain(name, Message::MemberDate);
}

void MembersIn::read(std::string_view name, Instant& value, Need need) const {
  const JsonValue json = given(name, need);
  if (!json) return;
  if (const auto instant = parse_rfc3339(json.text()))
    value = *instant;
  else
    complain(name, Message::MemberInstant);
}

void MembersIn::read(std::string_view name, std::vector<std::string>& value) const {
  const JsonValue json = array(name);
  if (!json) return;
  value.clear();
  for (const auto element : json.items()) {
    if (const auto text = JsonValue(element).string())
      value.emplace_back(*text);
    else
      complain(name, Message::MemberStrings);
  }
}

JsonValue MembersIn::array(std::string_view name) const {
  const JsonValue json = object_[name];
  if (json && !json.is_array()) complain(name, Message::MemberArray);
  return json.is_array() ? json : JsonValue{};
}

void MembersIn::refuse_others(std::initializer_list<std::string_view> known) const {
  for (const auto member : object_.members()) {
    if (std::find(known.begin(), known.end(), member.key) == known.end()) complain(member.key, Message::MemberUnknown);
  }
}

}  // namespace vigifuite
