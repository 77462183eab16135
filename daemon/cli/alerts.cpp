// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/hit_page.hpp"
#include "schemas/change_words.hpp"
#include "schemas/messages.hpp"
#include "schemas/reason_text.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

std::string alert_state(std::string_view state, Language language) {
  if (state == "pending") return say(language, Message::AlertPending);
  if (state == "sent") return say(language, Message::AlertSent);
  if (state == "acknowledged") return say(language, Message::AlertAcknowledged);
  return printable(state);
}

/// What changed since the person was told, in words: the codes of an incident's revision.
std::string changes_of(JsonValue codes, Language language) {
  std::vector<std::string> words;
  for (const auto element : codes.items()) {
    if (const auto word = change_word(JsonValue(element).text())) words.push_back(say(language, *word));
  }
  return list_of(language, words);
}

void print_alerts(Page& page, JsonValue document, Language language) {
  if (document["items"].items().size() == 0) page.text(say(language, Message::AlertsNone));
  Table table(
      {{"", Table::Align::Left}, {"", Table::Align::Left}, {"", Table::Align::Left}, {"", Table::Align::Left, true}});
  for (const auto element : document["items"].items()) {
    const JsonValue alert(element);
    const Verdict verdict = verdict_of(alert);
    const auto created = parse_rfc3339(alert["created"].text());
    const std::string label_shown = shown(alert["label"], language);
    std::string note = alert_state(alert["state"].text(), language);
    if (alert["kind"].text() == "update") note += ", " + say(language, Message::AlertUpdate);
    if (created) note += ", " + date(language, date_of(*created));
    table.row({printable(alert["id"].text()), symbol_of(verdict) + " " + label(language, verdict),
               label_shown.empty() ? std::to_string(alert["watch"].integer().value_or(0)) : label_shown,
               shown(alert["title"], language)},
              dim(note));
  }
  table.print(page);
  page.blank();
  print_freshness(page, document, language);
}

void print_alert(Page& page, JsonValue alert, const CategoryLabels& labels, Language language) {
  if (const std::string changes = changes_of(alert["changes"], language); !changes.empty()) {
    page.text(bold(say(language, Message::AlertChanged, changes))).blank();
  }
  print_hit(page, alert["check"], labels, language);
  page.blank();
  if (alert["state"].text() != "acknowledged") {
    page.text(say(language, Message::AlertToAck)).command("vigifuite alerts ack " + printable(alert["id"].text()));
  }
}

}  // namespace

int run_alerts(Session& session, const Arguments& arguments) {
  std::map<std::string, std::string> query;
  int states = 0;
  for (const char* state : {"pending", "sent", "acknowledged"}) {
    if (!arguments.flag(std::string("--") + state)) continue;
    query["state"] = state;
    ++states;
  }
  if (states > 1) return session.misuse(session.say(Message::UsageOneState), "alerts");
  return session.show({"GET", "/api/v1/alerts", std::move(query), {}},
                      [&](Page& page, JsonValue document) { print_alerts(page, document, session.language()); });
}

int run_alerts_show(Session& session, const Arguments& arguments) {
  return session.show({"GET", "/api/v1/alerts/" + arguments.text("alert"), {}, {}}, [&](Page& page, JsonValue alert) {
    const CategoryLabels labels(session.get("/api/v1/categories"), session.language());
    print_alert(page, alert, labels, session.language());
  });
}

int run_alerts_ack(Session& session, const Arguments& arguments) {
  return session.perform(
      {"POST", "/api/v1/alerts/" + arguments.text("alert") + "/ack", {}, {}},
      [&](Page& page, JsonValue) { page.text(session.say(Message::AlertAcked, arguments.text("alert"))); });
}

}  // namespace vigifuite::cli
