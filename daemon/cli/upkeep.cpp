// SPDX-License-Identifier: AGPL-3.0-or-later
#include <filesystem>

#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "schemas/core/json_out.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

std::string severity_word(std::string_view severity, Language language) {
  if (severity == "ok") return "✓ " + say(language, Message::DoctorOk);
  if (severity == "warning") return "! " + say(language, Message::DoctorWarning);
  return "✗ " + say(language, Message::DoctorError);
}

void print_config(Page& page, const ConfigReport& report, Language language) {
  const auto field = [&](Message title, const std::string& words) { page.field(say(language, title), 18, words, 0); };
  field(Message::ConfigFile, report.file.empty() ? say(language, Message::ConfigNoFile) : report.file.string());
  field(Message::ConfigStore, report.store.string());
  field(Message::ConfigKey, report.key_file.string());
  field(Message::ConfigSocket, report.socket.string());
  field(Message::ConfigSources, say(language, Message::ConfigSourcesOn, report.enabled, report.sources));
  field(Message::ConfigOwnSources, report.sources_directory.string());
  field(Message::ConfigBodies, number(language, static_cast<std::int64_t>(report.bodies)));
  field(Message::ConfigOwnLists, report.own_lists.string());
  field(Message::ConfigAgent, report.user_agent);
  if (!report.has_contact) page.blank().text(say(language, Message::ConfigNoContact));
}

void write_config(JsonOut& out, const ConfigReport& report) {
  out.begin_object().member("schema", "vigifuite/config@v1").member_if("file", report.file.string());
  out.member("store", report.store.string()).member("key_file", report.key_file.string());
  out.member_if("socket", report.socket.string()).member("sources_directory", report.sources_directory.string());
  out.member("sources", report.sources).member("enabled", report.enabled);
  out.member("organisations_directory", report.own_lists.string()).member("organisations", report.bodies);
  out.member("user_agent", report.user_agent).member("has_contact", report.has_contact).end_object();
}

/// Where the letters that rest on it are, and where to read it again.
std::string law_line(JsonValue item, Language language) {
  std::vector<std::string> letters;
  for (const auto element : item["letters"].items()) letters.push_back(printable(JsonValue(element).text()));
  const auto checked = parse_partial_date(item["checked"].text());
  return printable(item["text"].text()) + " — " +
         say(language, Message::LawWhere, list_of(language, letters), printable(item["source"].text()),
             date(language, checked.value_or(PartialDate{})));
}

/// What the letters rest on without its having been read, and what nobody has read again for a year.
int doctor_of_law(Session& session) {
  return session.show({"GET", "/api/v1/law", {}, {}}, [&](Page& page, JsonValue document) {
    const Language language = session.language();
    std::size_t found = 0;
    std::vector<std::string> doubtful, old;
    for (const auto element : document["items"].items()) {
      const JsonValue item(element);
      if (item["state"].text() == "found") ++found;
      if (item["state"].text() != "found") doubtful.push_back(law_line(item, language));
      if (item["stale"].boolean().value_or(false)) old.push_back(law_line(item, language));
    }
    const auto list = [&](Message title, const std::vector<std::string>& lines) {
      if (lines.empty()) return;
      page.text(bold(say(language, title, lines.size())));
      for (const std::string& line : lines) page.text("- " + line, 2, 4);
    };
    list(Message::LawToVerify, doubtful);
    list(Message::LawStale, old);
    page.text(say(language, Message::LawFound, found));
  });
}

}  // namespace

int run_doctor(Session& session, const Arguments& arguments) {
  if (arguments.flag("--law")) return doctor_of_law(session);
  JsonOut out;
  out.begin_object().member("reindex", arguments.flag("--reindex")).end_object();
  bool healthy = true;
  const auto document = [&] {
    const Progress progress(session, session.say(Message::DoctorProgress));
    return session.ask({"POST", "/api/v1/doctor", {}, std::string(out.str())});
  }();
  if (!document) return session.fail_with(document.error());
  healthy = document->value["ok"].boolean().value_or(false);
  if (session.json()) {
    session.print_document(*document);
    return healthy ? kDone : kFailed;
  }
  Page page = session.page();
  for (const auto element : document->value["items"].items()) {
    const JsonValue item(element);
    if (session.quiet() && item["severity"].text() == "ok") continue;
    page.field(severity_word(item["severity"].text(), session.language()), 12, shown(item["what"], session.language()),
               0);
  }
  session.print(page);
  return healthy ? kDone : kFailed;
}

int run_backup(Session& session, const Arguments& arguments) {
  // The daemon has a working directory of its own.
  std::error_code failure;
  const auto directory = std::filesystem::absolute(arguments.text("directory"), failure);
  if (failure) return session.fail_with(failure.message());
  JsonOut out;
  out.begin_object().member("directory", directory.string()).end_object();
  return session.perform({"POST", "/api/v1/backup", {}, std::string(out.str())}, [&](Page& page, JsonValue) {
    page.text(session.say(Message::BackupDone, directory.string()));
  });
}

int run_restore(Session& session, const Arguments& arguments) {
  const auto restored = session.doors().restore(arguments.text("directory"), session.client());
  if (!restored) return session.fail_with(restored.error());
  if (session.json()) {
    JsonOut out;
    out.begin_object().member("schema", "vigifuite/done@v1").member("ok", true);
    out.member("what", say(Language::English, Message::RestoreDone, restored->string())).end_object();
    session.streams().out << out.str() << '\n';
  } else if (!session.quiet()) {
    Page page = session.page();
    page.text(session.say(Message::RestoreDone, restored->string()));
    session.print(page);
  }
  return kDone;
}

int run_config_check(Session& session, const Arguments& arguments) {
  ClientOptions options = session.client();
  if (arguments.given("file")) options.config = arguments.text("file");
  const auto report = session.doors().check_config(options);
  if (!report) return session.fail_with(report.error());
  if (session.json()) {
    JsonOut out;
    write_config(out, *report);
    session.streams().out << out.str() << '\n';
  } else if (!session.quiet()) {
    Page page = session.page();
    print_config(page, *report, session.language());
    session.print(page);
  }
  return kDone;
}

}  // namespace vigifuite::cli
