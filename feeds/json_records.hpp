// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <optional>

#include "feeds/json_digest.hpp"
#include "feeds/key_guard.hpp"

namespace vigifuite::feeds {

/// The records of a document and how their places are written.
struct RecordList {
  JsonItems items;
  std::string before;  ///< "$[", "$.breaches["
};

/// The list a document is, or the list in its first member called as one of `names` (null there: no records).
/// Malformed when there is none: says what there is instead.
Result<RecordList> find_records(JsonValue root, std::initializer_list<std::string_view> names);

/// The first member names of an object, for a person who must find out what came instead of a list.
Text members_of(JsonValue root);

/// For formats whose shape is known: a source that gives them a mapping is told that it has no effect (Config).
Status refuse_mapping(const Source& source);

/// A string as it is; another kind of value as a word that no reader takes for a date or a number of people
/// ("(a list)"), so that it ends as a doubt rather than unseen; nothing for null or what is not there.
std::string_view text_or_kind(JsonValue value) noexcept;

/// `text` without spaces and line breaks at its ends.
std::string_view trimmed(std::string_view text) noexcept;

/// Why a record cannot be told.
struct Refusal {
  std::string_view member;  ///< ".Name"
  Message reason;
};

/// Walks the records: `fill(found, notice)` reads the members of `table` into the notice, or says why it cannot.
template <std::size_t Members, class Fill>
ReadReport each_record(const RecordList& list, const MemberTable& table, KeyGuard& guard, Fill&& fill) {
  std::array<JsonValue, Members> found;
  Place place{list.before, 0, "]"};
  for (const JsonValue item : list.items) {
    if (guard.full()) return guard.report_full(place);
    if (!item.is_object()) {
      guard.reject(place.text(), Message::RejectNotObject);
    } else {
      Notice notice;
      notice.digest = read_members(item, table, found);
      const std::optional<Refusal> refusal = fill(found, notice);
      if (refusal) {
        guard.reject(place.text(refusal->member), refusal->reason);
      } else {
        guard.notice(notice, place);
      }
    }
    ++place.number;
  }
  return guard.report();
}

}  // namespace vigifuite::feeds
