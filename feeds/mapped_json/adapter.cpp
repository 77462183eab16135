// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/adapter.hpp"

#include "feeds/html_text.hpp"
#include "feeds/json_records.hpp"
#include "feeds/mapped_json/path.hpp"
#include "feeds/mapped_notice.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace mapped_json {
namespace {

struct Plan {
  Mapping mapping;
  std::array<std::vector<Value>, kFields> values;
  std::string records_text = "$";
  Path records;
  bool is_lines = false;
  bool is_self = false;  ///< the document is the one record
  bool text_is_html = false;
};

Result<Plan> plan_of(const Source& source) {
  Plan plan;
  auto mapping = read_mapping(source, {"records", "text_format"});
  if (!mapping) return std::move(mapping).error();
  plan.mapping = std::move(*mapping);
  for (std::size_t field = 0; field < kFields; ++field) {
    for (const std::string& text : plan.mapping.fields[field]) {
      auto value = Value::read(text);
      if (!value) return in_context(name_of(static_cast<Field>(field)), std::move(value).error());
      plan.values[field].push_back(std::move(*value));
    }
  }
  if (const auto own = plan.mapping.own.find("records"); own != plan.mapping.own.end()) plan.records_text = own->second;
  plan.is_lines = plan.records_text == "lines";
  plan.is_self = plan.records_text == "self";
  auto records = Path::read(plan.is_lines || plan.is_self ? "$" : plan.records_text);
  if (!records) return in_context("records", std::move(records).error());
  plan.records = std::move(*records);
  if (const auto own = plan.mapping.own.find("text_format"); own != plan.mapping.own.end()) {
    if (own->second != "html" && own->second != "plain") {
      return fail(ErrorKind::Config, Message::MapTextFormat);
    }
    plan.text_is_html = own->second == "html";
  }
  return plan;
}

/// A date, a number of people or a state that is a list or an object is told as such: it ends as a doubt, not unseen.
bool is_told_by_kind(Field field) noexcept {
  return field == Field::Published || field == Field::IncidentFrom || field == Field::IncidentTo ||
         field == Field::Status || field == Field::People;
}

class Reader {
 public:
  Reader(const Plan& plan, std::string_view base, NoticeSink& sink) : plan_(plan), records_(plan.mapping, base, sink) {}

  KeyGuard& guard() noexcept { return records_.guard(); }

  void record(JsonValue record, const Place& place) {
    if (!record.is_object()) {
      guard().reject(place.text(), Message::RejectNotObject);
      return;
    }
    MappedRecords::Values values;
    const auto digits = hex(digest_of(record));
    values.digested.assign(digits.begin(), digits.end());
    for (std::size_t at = 0; at < kFields; ++at) {
      const auto field = static_cast<Field>(at);
      if (is_list(field)) continue;
      for (const Value& value : plan_.values[at]) {
        values.text[at] = text_of(value, record, field);
        if (!values.text[at].empty()) break;
      }
    }
    const MappingOptions& options = plan_.mapping.options;
    values.labels = list(Field::Labels, record, options.labels_separator);
    values.safe_labels = list(Field::SafeLabels, record, options.labels_separator);
    values.links = list(Field::Links, record, options.links_separator);
    records_.tell(values, place);
  }

 private:
  std::string text_of(const Value& value, JsonValue record, Field field) const {
    std::string text = value.text(record);
    if (field == Field::Text) return plan_.text_is_html ? html_to_text(text) : text;
    if (text.empty() && is_told_by_kind(field) && value.path() != nullptr) {
      const JsonValue found = value.path()->first(record);
      if (found.is_array() || found.is_object()) text = text_or_kind(found);
    }
    return one_line(text);
  }

  /// Everything the first way that leads somewhere leads to; a list at its end is taken apart.
  std::vector<std::string> list(Field field, JsonValue record, std::string_view separator) const {
    std::vector<std::string> items;
    const auto add = [&](JsonValue value) {
      for (std::string& piece : split_list(scalar_text(value), separator)) items.push_back(std::move(piece));
      return items.size() < kMaxLabels;
    };
    for (const Value& value : plan_.values[index_of(field)]) {
      if (value.path() == nullptr) {
        items = split_list(value.text(record), separator);
      } else {
        value.path()->each(record, [&](JsonValue found) {
          if (!found.is_array()) return add(found);
          for (const JsonValue item : found.items()) {
            if (!add(JsonValue(item))) return false;
          }
          return true;
        });
      }
      if (!items.empty()) break;
    }
    return items;
  }

  const Plan& plan_;
  MappedRecords records_;
};

/// What a document that is not the one expected is, in a few words.
Text shape_of(JsonValue root) {
  if (root.is_array()) return in_both(Message::FeedIsList);
  if (!root.is_object()) return in_both(Message::FeedIsValue);
  return in_both(Message::FeedHas, members_of(root));
}

Result<ReadReport> read_document(const Plan& plan, std::string_view bytes, Reader& reader) {
  JsonParser parser;
  auto root = parser.parse(bytes);
  if (!root) return std::move(root).error();
  const JsonValue found = plan.records.first(*root);
  if (plan.is_self) {
    if (!found.is_object()) return fail(ErrorKind::Malformed, Message::FeedNotSelf);
    reader.record(found, {Place::kRecord, 1});
    return reader.guard().report();
  }
  // An object in place of a list is mostly an error said in JSON: read as a list of none, it would withdraw them all.
  if (!found.is_array()) {
    return fail(ErrorKind::Malformed, Message::FeedRecordsNoList, plan.records_text, shape_of(*root));
  }
  const std::string before =
      plan.records_text.starts_with('$') ? plan.records_text + "[" : "$." + plan.records_text + "[";
  Place place{before, 0, "]"};
  for (const JsonValue item : found.items()) {
    if (reader.guard().full()) return reader.guard().report_full(place);
    reader.record(JsonValue(item), place);
    ++place.number;
  }
  return reader.guard().report();
}

/// JSON Lines: one document a line. A bad line is one reject; when no line is JSON, the payload is something else.
Result<ReadReport> read_lines(std::string_view bytes, Reader& reader) {
  JsonParser parser;
  Place place{Place::kLine, 0};
  Text first_error, broken_at;
  bool any = false;
  while (!bytes.empty()) {
    ++place.number;
    const std::size_t end = bytes.find('\n');
    const std::string_view line = trimmed(bytes.substr(0, end));
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.empty()) continue;
    if (reader.guard().full()) return reader.guard().report_full(place);
    auto value = parser.parse(line);
    if (value) {
      any = true;
      reader.record(*value, place);
      continue;
    }
    if (first_error.empty()) first_error = in_both(Message::Within, place.text(), value.error().text());
    reader.guard().reject(place.text(), value.error().text());
    // Every line ends with a line break: one without was cut on its way.
    if (end == std::string_view::npos) {
      broken_at = in_both(Message::Within, place.text(), in_both(Message::FeedLastLineCut));
    }
  }
  if (!any && !first_error.empty()) return fail(ErrorKind::Malformed, Message::FeedNoJsonLine, first_error);
  return reader.guard().report(std::move(broken_at));
}

Status check(const Source& source) {
  const auto plan = plan_of(source);
  if (!plan) return plan.error();
  return Done{};
}

Result<ReadReport> read(const Payload& payload, const Source& source, NoticeSink& sink) {
  auto plan = plan_of(source);
  if (!plan) return std::move(plan).error();
  Reader reader(*plan, source.homepage.empty() ? source.url : source.homepage, sink);
  return plan->is_lines ? read_lines(payload.bytes, reader) : read_document(*plan, payload.bytes, reader);
}

}  // namespace
}  // namespace mapped_json

const Adapter& adapter_mapped_json() {
  static constexpr Adapter kAdapter{"mapped_json", "any JSON or JSON Lines, by a mapping of its paths",
                                    mapped_json::check, mapped_json::read};
  return kAdapter;
}

}  // namespace vigifuite::feeds
