// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/evidence_page.hpp"
#include "schemas/core/json_out.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

void print_correction(Page& page, JsonValue document, bool withdrawn, Language language) {
  const std::string number = printable(std::to_string(document["number"].integer().value_or(0)));
  const std::string incident = printable(document["incident"].text());
  page.text(say(language, withdrawn ? Message::CorrectionUndone : Message::CorrectionDone, number,
                corrected_fields(document["fields"], language)));
  if (const auto told = document["people_to_tell"].integer().value_or(0); told != 0) {
    page.text(say(language, plural(language, told, Message::CorrectionTells_one, Message::CorrectionTells_many),
                  vigifuite::number(language, told)));
  }
  page.blank().text(say(language, Message::CorrectionNext)).command("vigifuite incident show " + incident);
  if (!withdrawn) page.command("vigifuite incident correct " + incident + " --withdraw " + number + " --because \"…\"");
}

void print_corrections(Page& page, JsonValue document, Language language) {
  if (document["items"].items().size() == 0) {
    page.text(say(language, Message::CorrectionsNone));
    return;
  }
  for (const auto element : document["items"].items()) {
    const JsonValue item(element);
    const JsonValue correction = item["correction"];
    page.text(std::to_string(item["number"].integer().value_or(0)) + ". " + bold(printable(item["incident"].text())) +
              ", " + date(language, date_of(instant_at(item["at"]))));
    page.text(corrected_fields(item["fields"], language) + say(language, Message::Colon) + " " +
                  printable(correction["correction"]["because"].text()),
              3, 5);
    if (!correction["withdrawn"].boolean().value_or(false)) continue;
    page.text(
        say(language, Message::CorrectionWithdrawn, date(language, date_of(instant_at(correction["last_changed"]))),
            printable(correction["correction"]["withdrawn_because"].text())),
        3, 5);
  }
}

}  // namespace

int run_incident_correct(Session& session, const Arguments& arguments) {
  const bool withdraws = arguments.given("--withdraw");
  const auto& settings = arguments.all("settings");
  if (withdraws != settings.empty()) {
    return session.misuse(session.say(Message::UsageCorrectWhat), "incident correct");
  }
  JsonOut body;
  body.begin_object();
  if (!withdraws) {
    body.key("set").begin_array();
    for (const std::string& setting : settings) body.value(setting);
    body.end_array();
  }
  body.member("because", arguments.text("--because")).member("language", code_of(session.language())).end_object();
  std::string path = "/api/v1/incidents/" + arguments.text("incident") + "/corrections";
  if (withdraws) path += "/" + arguments.text("--withdraw") + "/withdraw";
  return session.perform({"POST", std::move(path), {}, std::string(body.str())}, [&](Page& page, JsonValue document) {
    print_correction(page, document, withdraws, session.language());
  });
}

int run_incident_corrections(Session& session, const Arguments& arguments) {
  const auto document = session.get("/api/v1/corrections");
  if (!document) return session.fail_with(document.error());
  if (arguments.flag("--jsonl")) {
    for (const auto example : document->value["examples"].items()) {
      session.streams().out << JsonValue(example).minified() << '\n';
    }
    return kDone;
  }
  if (session.json()) {
    session.print_document(*document);
    return kDone;
  }
  Page page = session.page();
  print_corrections(page, document->value, session.language());
  session.print(page);
  return kDone;
}

}  // namespace vigifuite::cli
