// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/reading_document.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "schemas/evidence.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kSniffedBytes = std::size_t{64} << 10U;

bool equal_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  return std::equal(lower.begin(), lower.end(), text.begin(), [](char small, char c) {
    return small == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  });
}

/// The members that every fact has; the caller closes the object.
JsonOut& open_fact(JsonOut& out, std::string_view text, Fact fact, extract::Evidence where, float confidence) {
  out.begin_object().member("fact", name_of(fact));
  out.member("confidence", static_cast<std::int64_t>(std::lround(confidence * 100.0F)));
  if (where.begin < where.end) {
    out.member("begin", where.begin).member("end", where.end);
    out.member("words", text.substr(where.begin, where.end - where.begin));
  }
  return out;
}

void write_body(JsonOut& out, std::string_view text, Fact fact, const extract::BodyFact& body) {
  open_fact(out, text, fact, body.evidence, body.confidence).member("value", body.name).member_if("id", body.id);
  out.end_object();
}

void write_people(JsonOut& out, std::string_view text, const extract::PeopleFact& people) {
  open_fact(out, text, Fact::People, people.evidence, people.confidence).member("value", std::to_string(people.count));
  out.member("qualifier", name_of(people.qualifier));
  if (people.claimed) out.member("claimed", true);
  out.end_object();
}

void write_dates(JsonOut& out, std::string_view text, const extract::DatesFact& dates) {
  std::string value = to_string(dates.from);
  if (dates.to != extract::TextDate{} && dates.to != dates.from) value += "/" + to_string(dates.to);
  open_fact(out, text, Fact::Dates, dates.evidence, dates.confidence).member("value", value).end_object();
}

void write_categories(JsonOut& out, std::string_view text, Fact fact, const std::vector<extract::CategoryFact>& facts,
                      const Vocabulary& vocabulary) {
  for (const extract::CategoryFact& each : facts) {
    open_fact(out, text, fact, each.evidence, each.confidence).member("value", vocabulary.info(each.category).slug);
    out.end_object();
  }
}

}  // namespace

bool looks_like_html(std::string_view bytes) noexcept {
  static constexpr std::array<std::string_view, 16> kTags = {"<!doctype", "<html", "<head", "<body", "<p>",  "<p ",
                                                             "<br",       "<div",  "<ul",   "<ol",   "<li>", "<table",
                                                             "<h1",       "<h2",   "<span", "</a>"};
  bytes = bytes.substr(0, kSniffedBytes);
  for (std::size_t at = bytes.find('<'); at != std::string_view::npos; at = bytes.find('<', at + 1)) {
    const std::string_view rest = bytes.substr(at);
    for (const std::string_view tag : kTags) {
      if (rest.size() >= tag.size() && equal_ignoring_case(rest, tag)) return true;
    }
  }
  return false;
}

void write_reading(JsonOut& out, const extract::Reading& reading, const Vocabulary& vocabulary) {
  const std::string_view text = reading.text;
  out.begin_object().member("schema", "vigifuite/reading@v1").member("text", text);
  out.member("language", code_of(reading.language)).member("is_disclosure", reading.is_disclosure);
  out.key("facts").begin_array();
  open_fact(out, text, Fact::Disclosure, reading.evidence, reading.confidence);
  out.member("value", reading.is_disclosure ? "yes" : "no").end_object();
  for (const extract::BodyFact& body : reading.organisations) write_body(out, text, Fact::Organisation, body);
  if (reading.processor) write_body(out, text, Fact::Processor, *reading.processor);
  if (reading.people) write_people(out, text, *reading.people);
  if (reading.dates) write_dates(out, text, *reading.dates);
  write_categories(out, text, Fact::Exposed, reading.exposed, vocabulary);
  write_categories(out, text, Fact::NotExposed, reading.not_exposed, vocabulary);
  out.end_array().end_object();
}

}  // namespace vigifuite::feeds
