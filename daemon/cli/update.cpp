// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "daemon/cli/source_words.hpp"
#include "schemas/core/json_out.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

/// "503 ; nouvel essai dans 14 min (3e échec de suite)".
std::string note_of(JsonValue item, Instant now, Language language) {
  std::string note = shown(item["error"], language);
  if (const auto retry = parse_rfc3339(item["retry_at"].text())) {
    note += (note.empty() ? "" : say(language, Message::FigureSeparator) + " ") +
            say(language, Message::RetryAt, soon(language, now, *retry));
  }
  if (const auto failures = item["failures"].integer().value_or(0); failures > 1) {
    note += say(language, Message::FailuresInARow, failures);
  }
  return note;
}

/// The figures of a reading, or dashes when nothing was read.
std::vector<std::string> figures_of(JsonValue item, bool read, Language language) {
  std::vector<std::string> cells;
  for (const char* name : {"notices", "added", "changed", "rejects"}) {
    cells.push_back(read ? number(language, item[name].integer().value_or(0)) : "–");
  }
  return cells;
}

void print_update(Page& page, JsonValue document, bool failures_only, Language language) {
  using enum Table::Align;
  const Instant now = instant_at(document["generated_at"]);
  const auto title = [&](Message message) { return say(language, message); };
  Table table({{title(Message::ColSource), Left, true},
               {title(Message::ColState), Left},
               {title(Message::ColNotices), Right},
               {title(Message::ColAdded), Right},
               {title(Message::ColChanged), Right},
               {title(Message::ColRejects), Right},
               {title(Message::ColTook), Right}});
  bool any = false, trouble = false;
  for (const auto element : document["items"].items()) {
    const JsonValue item(element);
    const std::string_view state = item["state"].text();
    const bool read = state == "ok" || state == "partial";
    if (failures_only && !is_trouble(state)) continue;
    any = true;
    trouble = trouble || is_trouble(state) || state == "partial";
    std::string name = printable(item["source"].text());
    if (item["shipped"].boolean().value_or(false)) name += say(language, Message::SourceShipped);
    std::vector<std::string> cells{std::move(name), state_word(state, language)};
    for (std::string& cell : figures_of(item, read, language)) cells.push_back(std::move(cell));
    const std::chrono::milliseconds duration(item["took_ms"].integer().value_or(0));
    cells.push_back(took(language, duration));
    table.row(std::move(cells), is_trouble(state) || state == "partial" ? note_of(item, now, language) : std::string());
  }
  if (any) table.print(page);
  if (trouble && !failures_only) page.text(say(language, Message::SourcesTrouble));
  if (failures_only) return;
  const auto count = [&](const char* name, Message one, Message many) {
    const std::int64_t value = document[name].integer().value_or(0);
    return say(language, plural(language, value, one, many), number(language, value));
  };
  page.text(say(language, Message::UpdateSummary,
                count("incidents_new", Message::UpdateNew_one, Message::UpdateNew_many),
                count("incidents_changed", Message::UpdateChanged_one, Message::UpdateChanged_many),
                count("people_to_tell", Message::UpdateTell_one, Message::UpdateTell_many)));
}

std::string request_body(const Arguments& arguments) {
  JsonOut out;
  out.begin_object();
  if (arguments.given("--source")) {
    out.key("sources").begin_array();
    for (const std::string& source : arguments.all("--source")) out.value(source);
    out.end_array();
  }
  out.end_object();
  return std::string(out.str());
}

}  // namespace

int run_update(Session& session, const Arguments& arguments) {
  const auto document = [&] {
    const Progress progress(session, session.say(Message::UpdateProgress));
    return session.ask({"POST", "/api/v1/update", {}, request_body(arguments)});
  }();
  if (!document) return session.fail_with(document.error());
  if (session.json()) {
    session.print_document(*document);
  } else {
    Page page = session.page();
    print_update(page, document->value, session.quiet(), session.language());
    session.print(page);
  }
  // A source that fails is said, and other sources went on; only when none answered did the update itself fail.
  bool answered = document->value["items"].items().size() == 0;
  for (const auto element : document->value["items"].items()) {
    answered = answered || !is_trouble(JsonValue(element)["state"].text());
  }
  return answered ? kDone : kFailed;
}

}  // namespace vigifuite::cli
