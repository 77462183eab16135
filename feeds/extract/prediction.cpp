// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/prediction.hpp"

#include "feeds/extract/announcement.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds::extract {
namespace {

Result<Announcement> read_line(JsonValue line) {
  if (!line.is_object()) return fail(ErrorKind::Malformed, Message::PredictionNotObject);
  if (!line["id"].is_string()) return fail(ErrorKind::Malformed, Message::PredictionNotText, "id");
  if (!line["text"].is_string()) return fail(ErrorKind::Malformed, Message::PredictionNotText, "text");
  Announcement announcement;
  announcement.text = line["text"].text();
  const std::string_view format = line["format"].text();
  if (!format.empty() && format != "text" && format != "html")
    return fail(ErrorKind::Malformed, Message::PredictionExpected, "format", clip(format, 40),
                in_both(Message::PredictionFormats));
  announcement.html = format == "html";
  const std::string_view language = line["lang"].text().substr(0, 2);
  if (language == "fr") announcement.language = Language::French;
  if (language == "en") announcement.language = Language::English;
  if (const std::string_view published = line["published"].text(); !published.empty()) {
    const auto date = parse_partial_date(published);
    if (!date)
      return fail(ErrorKind::Malformed, Message::PredictionExpected, "published", clip(published, 40),
                  in_both(Message::PredictionDates));
    announcement.published = *date;
  }
  return announcement;
}

void write_slugs(JsonOut& out, std::string_view key, const std::vector<CategoryFact>& facts,
                 const Vocabulary& vocabulary) {
  out.key(key).begin_array();
  for (const CategoryFact& fact : facts) out.value(vocabulary.info(fact.category).slug);
  out.end_array();
}

void write_date(JsonOut& out, std::string_view key, const std::optional<DatesFact>& dates, TextDate DatesFact::*end) {
  out.key(key);
  if (dates && (*dates).*end != TextDate{})
    out.value(to_string((*dates).*end));
  else
    out.null();
}

}  // namespace

Status predict(std::string_view line, JsonParser& parser, const Vocabulary& vocabulary, JsonOut& out) {
  auto json = parser.parse(line);
  if (!json) return std::move(json).error();
  auto announcement = read_line(*json);
  if (!announcement) return std::move(announcement).error();
  const Reading reading = read_announcement(*announcement, vocabulary);
  out.begin_object().member("id", (*json)["id"].text()).member("is_disclosure", reading.is_disclosure);
  out.key("organisations").begin_array();
  for (const BodyFact& body : reading.organisations) out.value(body.name);
  out.end_array().key("processor");
  if (reading.processor)
    out.value(reading.processor->name);
  else
    out.null();
  out.key("people_affected");
  if (reading.people)
    out.value(reading.people->count);
  else
    out.null();
  write_date(out, "incident_from", reading.dates, &DatesFact::from);
  write_date(out, "incident_to", reading.dates, &DatesFact::to);
  write_slugs(out, "exposed", reading.exposed, vocabulary);
  write_slugs(out, "not_exposed", reading.not_exposed, vocabulary);
  out.end_object();
  return Done{};
}

}  // namespace vigifuite::feeds::extract
