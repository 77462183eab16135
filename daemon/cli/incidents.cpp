// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/evidence_page.hpp"
#include "daemon/cli/incident_page.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// The first figure, as briefly as it can be said honestly: "43 millions", "≥ 10 000".
std::string brief_figure(JsonValue incident, Language language) {
  for (const auto element : incident["people"].items()) {
    const JsonValue first(element);
    const std::string_view qualifier = first["qualifier"].text();
    const std::string count = people_count(language, first["count"].integer().value_or(0));
    if (qualifier == "about") return "~ " + count;
    if (qualifier == "at_least") return "≥ " + count;
    if (qualifier == "at_most") return "≤ " + count;
    return count;
  }
  return {};
}

/// "2026-05-22  ● confirmée    Almerys et ses clients assureurs"; below it the short name and the first figure.
void print_incidents(Page& page, JsonValue document, Language language) {
  const auto head_of = [&](JsonValue incident) {
    const PartialDate day = date_at(incident["disclosed"]);
    std::string head = day.known() ? to_string(day) : "–";
    head.append(10 - std::min<std::size_t>(10, display_width(head)), ' ');
    return head + "  " + status_symbol(incident) + " " + status_word(incident["status"].text(), language);
  };
  std::size_t columns = 0;
  for (const auto element : document["items"].items()) {
    columns = std::max(columns, display_width(head_of(JsonValue(element))));
  }
  for (const auto element : document["items"].items()) {
    const JsonValue incident(element);
    page.field(head_of(incident), columns, shown(incident["title"], language), 0);
    std::string below = printable(incident["id"].text());
    if (const std::string figure = brief_figure(incident, language); !figure.empty()) below += ", " + figure;
    page.text(dim(below), columns + 2, columns + 2);
  }
  const auto total = document["total"].integer().value_or(0);
  const auto listed = static_cast<std::int64_t>(document["items"].items().size());
  if (listed < total) {
    page.blank().text(say(language, Message::IncidentsMore, number(language, listed), number(language, total)));
  } else {
    page.blank().text(say(language, plural(language, total, Message::Incidents_one, Message::Incidents_many),
                          number(language, total)));
  }
  print_freshness(page, document, language);
}

/// Texts that were read and announce no leak, the newest first.
void print_texts(Page& page, JsonValue document, Language language) {
  for (const auto element : document["items"].items()) {
    const JsonValue text(element);
    page.text(printable(text["title"].text()), 0, 4);
    const std::string day = date(language, date_of(instant_at(text["first_seen"])));
    page.text(dim(say(language, Message::TextRead, printable(text["source"].text()), day)), 4, 4);
    if (const std::string url = printable(text["url"].text()); !url.empty()) page.text(url, 4, 4);
  }
  const auto listed = static_cast<std::int64_t>(document["items"].items().size());
  if (listed == 0) {
    page.text(say(language, Message::Texts_none));
    return;
  }
  page.blank();
  page.text(say(language, plural(language, listed, Message::Texts_one, Message::Texts_many), number(language, listed)));
}

/// What a curator should look at: why, the sentences, and what to type once it is read.
void print_unsure(Page& page, JsonValue document, const CategoryLabels& labels, Language language) {
  constexpr std::size_t kMostSentences = 3;
  for (const auto element : document["items"].items()) {
    const JsonValue incident(element);
    const PartialDate day = date_at(incident["disclosed"]);
    page.blank().text((day.known() ? to_string(day) + "  " : "") + bold(shown(incident["title"], language)), 0, 12);
    page.text(dim(printable(incident["id"].text())), 4, 4);
    const std::string why = why_unsure(incident, labels, language);
    if (!why.empty()) page.text(say(language, Message::UnsureWhy, why), 4, 6);
    std::size_t sentences = 0;
    for (const auto row : incident["evidence"].items()) {
      if (sentences++ == kMostSentences) break;
      page.text(quoted_sentence(JsonValue(row), language), 4, 6);
    }
    for (const auto row : incident["links"].items()) {
      page.text(printable(JsonValue(row)["url"].text()), 4, 4);
      break;
    }
  }
  const auto total = document["total"].integer().value_or(0);
  if (total == 0) {
    page.text(say(language, Message::UnsureNone));
    return;
  }
  const auto listed = static_cast<std::int64_t>(document["items"].items().size());
  page.blank();
  if (listed < total)
    page.text(say(language, Message::IncidentsMore, number(language, listed), number(language, total)));
  page.text(say(language, Message::UnsureNext));
  for (const char* verdict : {"status=claimed", "status=retracted", "organisation=\"…\""})
    page.command(std::string("vigifuite incident correct ID ") + verdict + " --because \"…\"");
}

}  // namespace

int run_incidents(Session& session, const Arguments& arguments) {
  std::map<std::string, std::string> query;
  const auto pass = [&](const char* name, const std::string& value) {
    if (!value.empty()) query[name] = value;
  };
  pass("words", joined(arguments.all("words")));
  pass("organisation", arguments.text("--organisation"));
  pass("category", arguments.text("--category"));
  pass("since", arguments.text("--since"));
  pass("until", arguments.text("--until"));
  pass("status", arguments.text("--status"));
  pass("limit", arguments.given("--limit") ? arguments.text("--limit") : "20");
  if (arguments.flag("--public-service")) query["public_service"] = "true";
  if (arguments.flag("--texts")) {
    const std::size_t words = query.count("words");
    if (query.size() != words + 1 || arguments.flag("--unsure"))
      return session.misuse(session.say(Message::UsageTexts), "incidents");
    return session.show({"GET", "/api/v1/notices", std::move(query), {}},
                        [&](Page& page, JsonValue document) { print_texts(page, document, session.language()); });
  }
  if (arguments.flag("--unsure")) {
    query["unsure"] = "1";
    return session.show({"GET", "/api/v1/incidents", std::move(query), {}}, [&](Page& page, JsonValue document) {
      const CategoryLabels labels(session.get("/api/v1/categories"), session.language());
      print_unsure(page, document, labels, session.language());
    });
  }
  return session.show({"GET", "/api/v1/incidents", std::move(query), {}},
                      [&](Page& page, JsonValue document) { print_incidents(page, document, session.language()); });
}

int run_incident_show(Session& session, const Arguments& arguments) {
  return session.show({"GET", "/api/v1/incidents/" + arguments.text("incident"), {}, {}},
                      [&](Page& page, JsonValue incident) {
                        const CategoryLabels labels(session.get("/api/v1/categories"), session.language());
                        print_incident(page, incident, labels, session.language());
                      });
}

int run_incident_history(Session& session, const Arguments& arguments) {
  return session.show({"GET", "/api/v1/incidents/" + arguments.text("incident") + "/history", {}, {}},
                      [&](Page& page, JsonValue history) { print_history(page, history, session.language()); });
}

}  // namespace vigifuite::cli
