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

LinkRole role_of(std::string_view word) noexcept {
  for (const LinkRole role : {LinkRole::JointController, LinkRole::Partner}) {
    if (word == name_of(role)) return role;
  }
  return LinkRole::Processor;
}

std::vector<ChainStep> chain_of(JsonValue reason) {
  std::vector<ChainStep> chain;
  for (const auto element : reason["chain"].items()) {
    const JsonValue step(element);
    chain.push_back({printable(step["organisation"].text()),
                     printable(step["name"].text()),
                     role_of(step["role"].text()),
                     text_at(step["service"]),
                     {date_at(step["from"]), date_at(step["until"])},
                     date_at(step["seen"]),
                     step["certain"].boolean().value_or(true),
                     {}});
  }
  return chain;
}

/// All the processors of one item at once: the ways to those whose way is known, else their names.
std::string through(JsonValue item, ReasonCode code, Language language) {
  std::vector<std::string> names;
  std::vector<std::vector<ChainStep>> chains;
  std::string customer_kind;
  for (const auto element : item["reasons"].items()) {
    const JsonValue reason(element);
    if (reason["code"].text() != name_of(code)) continue;
    auto chain = chain_of(reason);
    if (chain.empty())
      names.push_back(body_of(reason, item));
    else
      chains.push_back(std::move(chain));
    if (customer_kind.empty()) customer_kind = reason["customer_kind"].text();
  }
  if (chains.empty())
    return sentence(language, code, {.organisation = list_of(language, names), .quote = {}, .period = {}});
  const Message form =
      code == ReasonCode::ThroughProcessor ? Message::ReasonThroughChain : Message::ReasonOtherTimeChain;
  return say(language, form, chain_sentences(language, customer_kind, chains));
}

/// "Environ 1 sur 19 est touchée : 340 000 sur 6 353 400 (personnes inscrites, juin 2025, francetravail.org)."
std::string odds_words(JsonValue item, Language language) {
  const auto odds = item["odds"].number();
  if (!odds || *odds <= 0 || *odds > 0.5) return {};
  const std::string one_in = number(language, std::llround(1 / *odds));
  const JsonValue of = item["odds_of"];
  std::string about;
  for (const std::string& part :
       {shown(of["held_who"], language), date(language, date_at(of["held_date"])), host_of(of["held_source"].text())}) {
    if (!part.empty()) about += (about.empty() ? "" : ", ") + part;
  }
  const auto hit = of["hit"].integer(), held = of["held"].integer();
  if (!hit || !held || about.empty()) return say(language, Message::ReasonOdds, one_in);
  return say(language, Message::ReasonOddsOf, one_in, number(language, *hit), number(language, *held), about);
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

std::vector<NameStep> names_at(JsonValue steps) {
  std::vector<NameStep> names;
  for (const auto element : steps.items()) {
    names.push_back({printable(JsonValue(element)["name"].text()), date_at(JsonValue(element)["since"])});
  }
  return names;
}

Text text_at(JsonValue text) {
  return {printable(text["fr"].text()), printable(text["en"].text())};
}

std::string reasons_of(JsonValue item, Language language, Names names) {
  const JsonValue tie = item["tie"];
  const Period held = period_at(tie);
  const bool ongoing = tie["ongoing"].boolean().value_or(false);
  const Relation relation = relation_of(tie["relation"].text());
  std::string out, quoted;
  std::vector<ReasonCode> said_at_once;
  for (const auto element : item["reasons"].items()) {
    const JsonValue reason(element);
    const auto code = parse_reason_code(reason["code"].text());
    if (!code) continue;  // a daemon newer than this program: the other reasons stand
    const std::string body = body_of(reason, item);
    std::string words;
    if (*code == ReasonCode::ThroughProcessor || *code == ReasonCode::ProcessorOtherTime) {
      if (std::find(said_at_once.begin(), said_at_once.end(), *code) != said_at_once.end()) continue;
      said_at_once.push_back(*code);
      words = through(item, *code, language);
    } else if (*code == ReasonCode::Renamed) {
      if (names == Names::Above) continue;
      words = renamed_sentence(language, body, names_at(reason["became"]));
    } else if (*code == ReasonCode::TakenOver) {
      words = sentence(language, *code,
                       {.organisation = heir_words(language, body, text_at(reason["what"]), date_at(reason["since"])),
                        .quote = {},
                        .period = {}});
    } else {
      std::string quote = shown(reason["quote"], language);
      if (quote == quoted) quote.clear();
      if (!quote.empty()) quoted = quote;
      // Words there are in both languages are ours; a source's own words are in the one it speaks.
      const bool is_quotation = reason["quote"]["fr"].text().empty() || reason["quote"]["en"].text().empty();
      const std::string host = host_of(reason["source"].text());
      words = sentence(language, *code,
                       {body, quote, is_quotation, host, period_at(reason["period"]), relation, held, ongoing});
    }
    out += (out.empty() ? "" : " ") + words;
  }
  erase_repeats(out, tie_sentence(language, relation, held, ongoing));
  if (const std::string odds = odds_words(item, language); !odds.empty()) out += " " + odds;
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

void print_hit(Page& page, JsonValue item, const CategoryLabels& labels, Language language, Names names) {
  const Verdict verdict = verdict_of(item);
  const std::string head = symbol_of(verdict) + " " + label(language, verdict);
  page.field(bold(head), display_width(head) + 1, heading_of(item, language), 0);

  const Message titles[] = {Message::FieldCaution, Message::FieldWhy,    Message::FieldData,
                            Message::FieldSpared,  Message::FieldPeople, Message::FieldForm};
  std::size_t columns = 0;
  for (const Message title : titles) columns = std::max(columns, display_width(say(language, title)));
  const auto field = [&](Message title, const std::string& words) { page.field(say(language, title), columns, words); };
  field(Message::FieldCaution, caution(item, language));
  field(Message::FieldWhy, reasons_of(item, language, names));
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
