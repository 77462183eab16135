// SPDX-License-Identifier: AGPL-3.0-or-later
// What a curator decides of two records: one leak, or two.
#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "schemas/core/json_out.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

std::string named(JsonValue incident, Language language) {
  const PartialDate day = date_at(incident["disclosed"]);
  return (day.known() ? to_string(day) + "  " : "") + bold(shown(incident["title"], language)) + "  " +
         dim(printable(incident["id"].text()));
}

void print_undecided(Page& page, JsonValue document, Language language) {
  const auto items = document["items"].items();
  if (items.size() == 0) {
    page.text(say(language, Message::UndecidedNone));
    return;
  }
  for (const auto element : items) {
    const JsonValue pair(element);
    page.text(named(pair["incident"], language), 0, 12).text(named(pair["other"], language), 0, 12);
    page.text(say(language, Message::UndecidedWhy, shown(pair["text"], language)), 4, 6).blank();
  }
  page.text(
      say(language,
          plural(language, static_cast<std::int64_t>(items.size()), Message::Undecided_one, Message::Undecided_many),
          items.size()));
  page.text(say(language, Message::UndecidedNext));
  page.command("vigifuite incident merge ID ID --because \"…\"");
}

int decide(Session& session, const std::string& path, const JsonOut& body, Message done) {
  return session.perform({"POST", path, {}, std::string(body.str())}, [&](Page& page, JsonValue document) {
    const std::string incident = printable(document["incident"].text());
    page.text(session.say(done, incident)).blank().command("vigifuite incident history " + incident);
  });
}

}  // namespace

int run_incident_merge(Session& session, const Arguments& arguments) {
  JsonOut body;
  body.begin_object().member("with", arguments.text("other")).member("because", arguments.text("--because"));
  body.end_object();
  return decide(session, "/api/v1/incidents/" + arguments.text("incident") + "/merge", body, Message::MergeDone);
}

int run_incident_split(Session& session, const Arguments& arguments) {
  const std::string sighting = arguments.text("sighting");
  const auto colon = sighting.find(':');
  if (colon == std::string::npos)
    return session.misuse(session.say(Message::UsageSighting, sighting), "incident split");
  JsonOut body;
  body.begin_object().member("source", std::string_view(sighting).substr(0, colon));
  body.member("key", std::string_view(sighting).substr(colon + 1)).member("because", arguments.text("--because"));
  body.end_object();
  return decide(session, "/api/v1/incidents/" + arguments.text("incident") + "/split", body, Message::SplitDone);
}

int run_incident_undecided(Session& session, const Arguments& arguments) {
  std::map<std::string, std::string> query;
  if (arguments.given("--limit")) query["limit"] = arguments.text("--limit");
  return session.show({"GET", "/api/v1/undecided", std::move(query), {}},
                      [&](Page& page, JsonValue document) { print_undecided(page, document, session.language()); });
}

}  // namespace vigifuite::cli
