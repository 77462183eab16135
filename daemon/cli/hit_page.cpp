// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/hit_page.hpp"

#include <algorithm>
#include <cmath>

#include "schemas/messages.hpp"
#include "schemas/reason_text.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

Relation relation_of(std::string_view word) noexcept {
  if (word == name_of(Relation::Employee)) return Relation::Employee;
  if (word == name_of(Relation::Professional)) return Relation::Professional;
  return Relation::User;
}

/// The body a reason speaks of, by name: given with it, or among the bodies of the incident.
std::string body_of(JsonValue reason, JsonValue item) {
  if (reason["organisation_name"]) return printable(reason["organisation_name"].text());
  const std::string_view id = reason["organisation"].text();
  for (const char* list : {"processors", "organisations"}) {
    for (const auto element : item[list].items()) {
      if (JsonValue(element)["id"].text() == id) return body_name(JsonValue(element));
    }
  }
  return printable(id);
}

/// "Viamedis et Almerys": every processor a reason names.
std::string processors_of(JsonValue item, Language language) {
  std::vector<std::string> names;
  for (const auto element : item["reasons"].items()) {
    const JsonValue reason(element);
    if (reason["code"].text() == name_of(ReasonCode::ThroughProcessor)) names.push_back(body_of(reason, item));
  }
  return list_of(language, names);
}

void erase_repeats(std::string& text, const std::string& part) {
  const auto first = text.find(part);
  if (part.empty() || first == std::string::npos) return;
  for (auto again = text.find(part, first + part.size()); again != std::string::npos; again = text.find(part, again)) {
    text.erase(again, part.size() + (text[again + part.size()] == ' ' ? 1 : 0));
  }
}

}  // namespace

Verdict verdict_of(JsonValue item) {
  return parse_verdict(item["verdict"].text()).value_or(Verdict::Undetermined);
}

std::string symbol_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Affected:
    case Verdict::Likely: return "●";
    case Verdict::Possible: return "○";
    case Verdict::NotAffected: return "–";
    case Verdict::Undetermined: return "?";
  }
  return "?";
}

std::string heading_of(JsonValue item, Language language) {
  std::string title = shown(item["title"], language);
  if (title.empty()) title = printable(item["incident"].text());
  if (title.empty()) title = "–";
  std::string when = happened(item["incident_period"], language);
  if (when.empty()) when = date(language, date_at(item["disclosed"]));
  return when.empty() ? title : title + ", " + when;
}

std::string reasons_of(JsonValue item, Language language) {
  const JsonValue tie = item["tie"];
  const Period held = period_at(tie);
  const bool ongoing = tie["ongoing"].boolean().value_or(false);
  const Relation relation = relation_of(tie["relation"].text());
  std::string out, quoted;
  bool through = false;
  for (const auto element : item["reasons"].items()) {
    const JsonValue reason(element);
    const auto code = parse_reason_code(reason["code"].text());
    if (!code) continue;  // a daemon newer than this program: the other reasons stand
    std::string body = body_of(reason, item);
    if (*code == ReasonCode::ThroughProcessor) {
      if (through) continue;  // all of them are said at once
      through = true;
      body = processors_of(item, language);
    }
    std::string quote = shown(reason["quote"], language);
    if (quote == quoted) quote.clear();
    if (!quote.empty()) quoted = quote;
    // Words there are in both languages are ours; a source's own words are in the one it speaks.
    const bool is_quotation = reason["quote"]["fr"].text().empty() || reason["quote"]["en"].text().empty();
    const std::string host = host_of(reason["source"].text());
    out += (out.empty() ? "" : " ") +
           sentence(language, *code,
                    {body, quote, is_quotation, host, period_at(reason["period"]), relation, held, ongoing});
  }
  erase_repeats(out, tie_sentence(language, relation, held, ongoing));
  if (const auto odds = item["odds"].number(); odds && *odds > 0 && *odds <= 0.5) {
    out += " " + say(language, Message::ReasonOdds, number(language, std::llround(1 / *odds)));
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

void print_hit(Page& page, JsonValue item, const CategoryLabels& labels, Language language) {
  const Verdict verdict = verdict_of(item);
  const std::string head = symbol_of(verdict) + " " + label(language, verdict);
  page.field(bold(head), display_width(head) + 1, heading_of(item, language), 0);

  const Message titles[] = {Message::FieldCaution, Message::FieldWhy,    Message::FieldData,
                            Message::FieldSpared,  Message::FieldPeople, Message::FieldForm};
  std::size_t columns = 0;
  for (const Message title : titles) columns = std::max(columns, display_width(say(language, title)));
  const auto field = [&](Message title, const std::string& words) { page.field(say(language, title), columns, words); };
  field(Message::FieldCaution, caution(item, language));
  field(Message::FieldWhy, reasons_of(item, language));
  if (!exposes(verdict)) return;
  field(Message::FieldData, labels.of(item["exposed"]));
  if (std::string spared = labels.of(item["not_exposed"]); !spared.empty()) {
    if (const std::string who = who_spares(item, language); !who.empty()) spared += " (" + who + ")";
    field(Message::FieldSpared, spared);
  }
  std::string people = figures(item["people"], language);
  if (people.empty()) people = shown(item["people_note"], language);
  field(Message::FieldPeople, people);
  for (const auto element : item["complaint_forms"].items()) {
    const JsonValue form(element);
    if (form["closed"]) continue;  // no longer taken
    std::string words = shown(form["note"], language);
    if (form["url"]) words += (words.empty() ? "" : " ") + printable(form["url"].text());
    field(Message::FieldForm, words);
  }
}

}  // namespace vigifuite::cli
