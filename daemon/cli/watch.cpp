// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "daemon/cli/profiles.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMaxImportBytes = std::size_t{1} << 30U;

std::string path_of(const Arguments& arguments) {
  return "/api/v1/watch/" + arguments.text("number");
}

std::string ties_of(JsonValue entry, Language language) {
  std::string out;
  for (const auto element : entry["ties"].items()) {
    out += (out.empty() ? "" : say(language, Message::FigureSeparator) + " ") + readable(JsonValue(element), language);
  }
  return out;
}

void print_entry(Page& page, JsonValue entry, Language language) {
  const std::string label = shown(entry["label"], language);
  std::string head = std::to_string(entry["number"].integer().value_or(0)) + ".";
  page.text(bold(label.empty() ? head : head + " " + label));
  page.text(ties_of(entry, language), 3, 5);
  for (const auto element : entry["notified"].items()) {
    const JsonValue notice(element);
    std::string words = say(language, Message::WatchNotice, printable(notice["incident"].text()));
    if (const std::string when = date(language, date_at(notice["date"])); !when.empty()) words += ", " + when;
    if (const std::string how = printable(notice["how"].text()); !how.empty()) words += ", " + how;
    page.text(words, 3, 5);
  }
}

/// What is said after a profile was added or changed: how many alerts that started, and where to read them.
void print_alerts_started(Page& page, JsonValue entry, Language language) {
  const auto alerts = entry["alerts"].integer().value_or(0);
  if (alerts == 0) return;
  page.text(say(language, plural(language, alerts, Message::WatchAlerts_one, Message::WatchAlerts_many), alerts));
}

void print_list(Page& page, JsonValue document, Language language) {
  if (document["items"].items().size() == 0) {
    page.text(say(language, Message::WatchNobody)).command("vigifuite watch add --tie \"CAF:2019..\"");
    return;
  }
  for (const auto element : document["items"].items()) print_entry(page, JsonValue(element), language);
}

/// Takes the profiles of a file one by one: a JSON array, or one JSON document per line.
class Import {
 public:
  explicit Import(Session& session) : session_(session) {}

  Status run(const std::string& bytes) {
    const auto first = bytes.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && bytes[first] == '[') return array(bytes);
    std::string_view rest = bytes;
    for (std::size_t line = 1; !rest.empty(); ++line) {
      const auto end = rest.find('\n');
      const std::string_view text = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      const auto json = parser_.parse(text);
      if (json)
        one(line, *json);
      else
        refuse(line, session_.say(Message::ImportNotJson));
    }
    return Done{};
  }

  [[nodiscard]] std::int64_t added() const { return added_; }
  [[nodiscard]] std::int64_t refused() const { return refused_; }
  /// Kept until the end: progress is being shown meanwhile.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  Status array(const std::string& bytes) {
    const auto json = parser_.parse(bytes);
    if (!json) return json.error();
    std::size_t place = 0;
    for (const auto element : json->items()) one(++place, JsonValue(element));
    return Done{};
  }

  void one(std::size_t place, JsonValue json) {
    const auto profile = read_profile(json);
    if (!profile) return refuse(place, profile.error().in(session_.language()));
    const auto answer = session_.ask({"POST", "/api/v1/watch", {}, document_of(*profile)});
    if (!answer) return refuse(place, answer.error().in(session_.language()));
    ++added_;
  }

  void refuse(std::size_t place, const std::string& why) {
    ++refused_;
    constexpr std::size_t kMostShown = 1000;
    if (complaints_.size() < kMostShown) complaints_.push_back(session_.say(Message::ImportRefused, place, why));
  }

  Session& session_;
  JsonParser parser_;
  std::int64_t added_ = 0, refused_ = 0;
  std::vector<std::string> complaints_;
};

}  // namespace

int run_watch_add(Session& session, const Arguments& arguments) {
  auto profile = profile_from(session, arguments);
  if (!profile) return session.fail_with(profile.error());
  if (arguments.given("--label")) profile->label = arguments.text("--label");
  if (profile->ties.empty() && profile->notified.empty()) {
    return session.misuse(session.say(Message::UsageWatchWhat), "watch add");
  }
  return session.perform({"POST", "/api/v1/watch", {}, document_of(*profile)}, [&](Page& page, JsonValue entry) {
    page.text(session.say(Message::WatchAdded));
    print_entry(page, entry, session.language());
    print_alerts_started(page, entry, session.language());
  });
}

int run_watch_list(Session& session, const Arguments&) {
  return session.show({"GET", "/api/v1/watch", {}, {}},
                      [&](Page& page, JsonValue document) { print_list(page, document, session.language()); });
}

int run_watch_show(Session& session, const Arguments& arguments) {
  return session.show({"GET", path_of(arguments), {}, {}},
                      [&](Page& page, JsonValue entry) { print_entry(page, entry, session.language()); });
}

int run_watch_remove(Session& session, const Arguments& arguments) {
  return session.perform({"DELETE", path_of(arguments), {}, {}}, [&](Page& page, JsonValue) {
    page.text(session.say(Message::WatchRemoved, arguments.text("number")));
  });
}

int run_watch_import(Session& session, const Arguments& arguments) {
  const auto bytes = read_file(session, arguments.text("file"), kMaxImportBytes);
  if (!bytes) return session.fail_with(bytes.error());
  Import import(session);
  {
    const auto done = [&] {
      const Progress progress(session, session.say(Message::ImportProgress));
      return import.run(*bytes);
    }();
    for (const std::string& complaint : import.complaints()) session.fail_with(complaint);
    if (!done)
      return session.fail_with(
          session.say(Message::ProfileWrong, arguments.text("file"), done.error().in(session.language())));
  }
  if (!session.quiet()) {
    Page page = session.page();
    const auto count = [&](std::int64_t value) { return number(session.language(), value); };
    page.text(session.say(Message::ImportDone, count(import.added()), count(import.refused())));
    session.print(page);
  }
  return import.refused() == 0 ? kDone : kFailed;
}

int run_watch_export(Session& session, const Arguments&) {
  const auto document = session.get("/api/v1/watch");
  if (!document) return session.fail_with(document.error());
  if (session.json()) {
    session.print_document(*document);
    return kDone;
  }
  // One profile per line, as import reads them: without its number, which belongs to this list.
  for (const auto element : document->value["items"].items()) {
    JsonOut out;
    out.begin_object();
    for (const auto member : JsonValue(element).members()) {
      if (member.key == "number" || member.key == "alerts") continue;
      out.key(member.key).raw(member.value.minified());
    }
    out.end_object();
    session.streams().out << out.str() << '\n';
  }
  return kDone;
}

int run_watch_notified(Session& session, const Arguments& arguments) {
  JsonOut out;
  out.begin_object().member("incident", arguments.text("incident"));
  out.member_if("date", std::string_view(arguments.text("--date")));
  out.member_if("how", std::string_view(arguments.text("--how"))).end_object();
  return session.perform({"POST", path_of(arguments) + "/notified", {}, std::string(out.str())},
                         [&](Page& page, JsonValue entry) {
                           page.text(session.say(Message::WatchNotifiedDone));
                           print_entry(page, entry, session.language());
                         });
}

}  // namespace vigifuite::cli
