// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "daemon/cli/source_words.hpp"
#include "schemas/core/json_out.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

/// The members of its last readings: an object of its own, or beside the others.
JsonValue state_of(JsonValue source) {
  return source["state"].is_object() ? source["state"] : source;
}

std::string last_read(JsonValue source, Instant now, Language language) {
  const auto last = parse_rfc3339(state_of(source)["succeeded"].text());
  return last && last->time_since_epoch().count() != 0 ? ago(language, now, *last) : "–";
}

std::string state_shown(JsonValue source, Language language) {
  if (!source["enabled"].boolean().value_or(true)) return say(language, Message::StateDisabled);
  return state_word(state_of(source)["state"].text(), language);
}

void print_sources(Page& page, JsonValue document, Language language) {
  using enum Table::Align;
  const Instant now = instant_at(document["generated_at"]);
  Table table({{say(language, Message::ColSource), Left, true},
               {say(language, Message::ColState), Left},
               {say(language, Message::ColLastRead), Left},
               {say(language, Message::ColNotices), Right},
               {say(language, Message::ColRejects), Right}});
  for (const auto element : document["items"].items()) {
    const JsonValue source(element);
    const JsonValue state = state_of(source);
    const bool ever = last_read(source, now, language) != "–";
    const auto counted = [&](const char* name) {
      const auto value = state[name].integer();
      return ever && value ? number(language, *value) : std::string("–");
    };
    table.row({printable(source["id"].text()), state_shown(source, language), last_read(source, now, language),
               counted("notices"), counted("rejects")},
              is_trouble(state["state"].text()) ? shown(state["error"], language) : std::string());
  }
  table.print(page);
  page.blank().text(say(language, Message::SourcesMore));
}

std::string joined(JsonValue strings, std::size_t at_most) {
  std::string out;
  std::size_t count = 0;
  for (const auto element : strings.items()) {
    if (++count > at_most) break;
    out += (out.empty() ? "" : ", ") + printable(JsonValue(element).text());
  }
  return count > at_most ? out + "…" : out;
}

void print_source(Page& page, JsonValue source, Instant now, bool scheduled, Language language) {
  constexpr std::size_t kColumns = 17;
  const JsonValue state = state_of(source);
  const auto field = [&](Message title, const std::string& words) {
    page.field(say(language, title), kColumns, words);
  };
  const auto counted = [&](const char* name) {
    const auto value = state[name].integer();
    return value ? number(language, *value) : std::string();
  };
  page.text(bold(shown(source["name"], language)) + " (" + printable(source["id"].text()) + ")");
  field(Message::FieldState, state_shown(source, language));
  field(Message::FieldError, is_trouble(state["state"].text()) ? shown(state["error"], language) : std::string());
  field(Message::FieldLastRead, last_read(source, now, language));
  if (const auto due = parse_rfc3339(state["due"].text()); due && scheduled)
    field(Message::FieldNextRead, soon(language, now, *due));
  field(Message::FieldAddress, printable(source["url"].text()));
  field(Message::FieldPage, printable(source["homepage"].text()));
  field(Message::FieldFormat, printable(source["format"].text()));
  field(Message::FieldTrust, trust_word(source["trust"].text(), language));
  field(Message::FieldRepublishes, printable(source["republishes"].text()));
  field(Message::FieldTerms, shown(source["terms"], language));
  field(Message::FieldNotices, counted("notices"));
  field(Message::FieldRejects, counted("rejects"));
  for (const auto element : state["reject_samples"].items()) {
    page.text(shown(JsonValue(element), language), kColumns + 4, kColumns + 6);
  }
  field(Message::FieldUnmapped, joined(state["unmapped_samples"], 50));
}

}  // namespace

std::string state_word(std::string_view state, Language language) {
  if (state == "ok") return say(language, Message::StateOk);
  if (state == "unchanged") return say(language, Message::StateUnchanged);
  if (state == "partial") return say(language, Message::StatePartial);
  if (state == "failed") return say(language, Message::StateFailed);
  if (state == "skipped") return say(language, Message::StateSkipped);
  if (state == "never" || state.empty()) return say(language, Message::StateNever);
  return printable(state);
}

bool is_trouble(std::string_view state) noexcept {
  return state == "failed" || state == "skipped";
}

int run_sources(Session& session, const Arguments&) {
  return session.show({"GET", "/api/v1/sources", {}, {}},
                      [&](Page& page, JsonValue document) { print_sources(page, document, session.language()); });
}

int run_sources_show(Session& session, const Arguments& arguments) {
  const std::string wanted = arguments.text("source");
  const auto document = session.get("/api/v1/sources");
  if (!document) return session.fail_with(document.error());
  for (const auto element : document->value["items"].items()) {
    const JsonValue source(element);
    if (source["id"].text() != wanted) continue;
    if (session.json()) {
      JsonOut out;
      out.begin_object().member("schema", document->value["schema"].text());
      out.member("generated_at", document->value["generated_at"].text());
      out.key("items").begin_array().raw(source.minified()).end_array().end_object();
      session.streams().out << out.str() << '\n';
      return kDone;
    }
    Page page = session.page();
    print_source(page, source, instant_at(document->value["generated_at"]),
                 document->value["scheduled"].boolean().value_or(false), session.language());
    session.print(page);
    return kDone;
  }
  return session.fail_with(session.say(Message::SourceUnknown, wanted));
}

}  // namespace vigifuite::cli
