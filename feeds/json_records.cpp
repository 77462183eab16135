// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/json_records.hpp"

#include <fmt/format.h>

#include "schemas/core/text.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
Text members_of(JsonValue root) {
  std::string names;
  int count = 0;
  for (const auto member : root.members()) {
    if (count++ == 5) {
      names += ", …";
      break;
    }
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", fold(clip(member.key, 40)));
  }
  return names.empty() ? in_both(Message::FeedNoMembers) : Text{names, names};
}

Result<RecordList> find_records(JsonValue root, std::initializer_list<std::string_view> names) {
  if (root.is_array()) return RecordList{root.items(), "$["};
  for (const std::string_view name : names) {
    const JsonValue list = root[name];
    if (list.is_array() || (list.present() && !list)) return RecordList{list.items(), fmt::format("$.{}[", name)};
  }
  if (!root.is_object()) return fail(ErrorKind::Malformed, Message::FeedNotRecords);
  return fail(ErrorKind::Malformed, Message::FeedNoList, members_of(root));
}

Status refuse_mapping(const Source& source) {
  if (source.mapping.empty()) return Done{};
  return fail(ErrorKind::Config, Message::MapNone, source.mapping.begin()->first, source.format);
}

std::string_view text_or_kind(JsonValue value) noexcept {
  if (!value) return {};
  if (const auto text = value.string()) return *text;
  if (value.is_array()) return "(a list)";
  if (value.is_object()) return "(an object)";
  return value.boolean() ? "(true or false)" : "(a number)";
}

std::string_view trimmed(std::string_view text) noexcept {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace vigifuite::feeds
