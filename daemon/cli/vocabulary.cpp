// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

std::string incidents_count(JsonValue item, Language language) {
  const auto count = item["incidents"].integer().value_or(0);
  return say(language, plural(language, count, Message::Incidents_one, Message::Incidents_many),
             number(language, count));
}

void print_organisations(Page& page, JsonValue document, Language language) {
  if (document["items"].items().size() == 0) page.text(say(language, Message::OrganisationsNone));
  for (const auto element : document["items"].items()) {
    const JsonValue body(element);
    const std::string id = printable(body["id"].text());
    page.text(bold(body_name(body)) + " (" + id + "), " + incidents_count(body, language), 0, 4);
    std::string aliases;
    for (const auto alias : body["aliases"].items()) {
      aliases += (aliases.empty() ? "" : ", ") + printable(JsonValue(alias).text());
    }
    if (!aliases.empty()) page.text(aliases, 4, 4);
  }
}

void print_categories(Page& page, JsonValue document, Language language) {
  Table table({{say(language, Message::ColCategory), Table::Align::Left, true},
               {say(language, Message::ColWord), Table::Align::Left}});
  for (const auto element : document["items"].items()) {
    const JsonValue category(element);
    table.row({shown(category["label"], language), printable(category["slug"].text())});
  }
  table.print(page);
}

}  // namespace

int run_organisations(Session& session, const Arguments& arguments) {
  std::string words;
  for (const std::string& word : arguments.all("words")) words += (words.empty() ? "" : " ") + word;
  std::map<std::string, std::string> query;
  if (!words.empty()) query["words"] = words;
  return session.show({"GET", "/api/v1/organisations", std::move(query), {}},
                      [&](Page& page, JsonValue document) { print_organisations(page, document, session.language()); });
}

int run_categories(Session& session, const Arguments&) {
  return session.show({"GET", "/api/v1/categories", {}, {}},
                      [&](Page& page, JsonValue document) { print_categories(page, document, session.language()); });
}

}  // namespace vigifuite::cli
