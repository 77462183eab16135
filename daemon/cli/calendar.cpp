// SPDX-License-Identifier: AGPL-3.0-or-later
// `vigifuite case calendar`: the deadlines of every open case as iCalendar (RFC 5545). An event keeps its UID for ever,
// so that a calendar that imports the file again moves the event instead of adding another.

#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMostOctets = 75;  // of a line, RFC 5545 section 3.1

/// Text as a property's value holds it: section 3.3.11.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

/// One line, folded between characters.
void add_line(std::string& out, std::string_view line) {
  std::size_t room = kMostOctets;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    out.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    room = kMostOctets - 1;
  }
  out.append(line).append("\r\n");
}

/// "20261211".
std::string compact(PartialDate day) {
  std::string out;
  for (const char c : to_string(day)) {
    if (c != '-') out += c;
  }
  return out;
}

class Calendar {
 public:
  Calendar(Language language, Instant now) : language_(language) {
    for (const char c : to_string(now)) {
      if (c != '-' && c != ':') stamp_ += c;
    }
    for (const char* line :
         {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vigifuite//vigifuite//FR", "METHOD:PUBLISH"}) {
      add_line(out_, line);
    }
  }

  void add_case(JsonValue one) {
    if (one["closed"]) return;
    const std::string name =
        std::to_string(one["watch"].integer().value_or(0)) + "-" + std::string(one["incident"].text());
    about_ = shown(one["title"], language_);
    for (const auto element : one["delays"].items()) {
      const JsonValue delay(element);
      event(name, "due", delay, date_at(delay["due"]), Message::EventDue, {});
      event(name, "until", delay, date_at(delay["until"]), Message::EventUntil, {});
    }
    for (const auto element : one["letters"].items()) {
      const JsonValue letter(element);
      if (letter["possible"].text() != "later") continue;
      event(name, "from", letter, date_at(letter["from"]), Message::EventLetter, shown(letter["why"], language_));
    }
  }

  std::string finish() {
    add_line(out_, "END:VCALENDAR");
    return std::move(out_);
  }

 private:
  void event(const std::string& name, std::string_view what, JsonValue about, PartialDate day, Message summary,
             const std::string& why) {
    if (day.day == 0) return;
    const auto next = date_of(Instant(day.first_day() + std::chrono::days{1}));
    add_line(out_, "BEGIN:VEVENT");
    add_line(out_,
             "UID:" + escaped(name) + "-" + std::string(about["id"].text()) + "-" + std::string(what) + "@vigifuite");
    add_line(out_, "DTSTAMP:" + stamp_);
    add_line(out_, "LAST-MODIFIED:" + stamp_);
    add_line(out_, "DTSTART;VALUE=DATE:" + compact(day));
    add_line(out_, "DTEND;VALUE=DATE:" + compact(next));
    add_line(out_, "SUMMARY:" + escaped(say(language_, summary, shown(about["title"], language_))));
    add_line(out_, "DESCRIPTION:" + escaped(about_ + (why.empty() ? "" : ". " + why)));
    add_line(out_, "TRANSP:TRANSPARENT");
    add_line(out_, "END:VEVENT");
  }

  Language language_;
  std::string stamp_, about_, out_;
};

}  // namespace

int run_case_calendar(Session& session, const Arguments&) {
  const auto cases = session.get("/api/v1/cases");
  if (!cases) return session.fail_with(cases.error());
  if (session.json()) {
    session.print_document(*cases);
    return kDone;
  }
  Calendar calendar(session.language(), instant_at(cases->value["generated_at"]));
  for (const auto element : cases->value["items"].items()) calendar.add_case(JsonValue(element));
  session.streams().out << calendar.finish();
  return kDone;
}

}  // namespace vigifuite::cli
