// SPDX-License-Identifier: AGPL-3.0-or-later
// `vigifuite case`: a procedure about one incident, followed for one watched person. A case is named NUMBER/INCIDENT.

#include <algorithm>
#include <charconv>
#include <utility>

#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "daemon/cli/profiles.hpp"
#include "schemas/messages.hpp"
#include "schemas/procedure.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMaxNoticeBytes = std::size_t{256} << 10U;

std::string path_of(const Arguments& arguments) {
  return "/api/v1/cases/" + arguments.text("case");
}

std::string name_of(JsonValue one) {
  return std::to_string(one["watch"].integer().value_or(0)) + "/" + printable(one["incident"].text());
}

/// "12,50" in cents.
std::optional<std::int64_t> cents_of(std::string_view text) {
  const std::size_t point = text.find_first_of(".,");
  std::string digits(text.substr(0, point));
  std::string rest = point == std::string_view::npos ? std::string() : std::string(text.substr(point + 1));
  if (digits.empty() || digits.size() > 9 || rest.size() > 2 || (point != std::string_view::npos && rest.empty())) {
    return std::nullopt;
  }
  digits += rest + std::string(2 - rest.size(), '0');
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  std::int64_t cents = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), cents);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return cents;
}

void print_head(Page& page, JsonValue one, Language language) {
  const std::string title = shown(one["title"], language);
  page.text(bold(name_of(one)) + (title.empty() ? "" : say(language, Message::Colon) + " " + title), 0, 2);
  std::string state = say(language, Message::CaseOpened, date(language, date_at(one["opened"])));
  if (one["closed"]) {
    state += ", " + say(language, Message::CaseClosed, date(language, date_at(one["closed"])),
                        printable(one["because"].text()));
  }
  page.text(state, 2, 4);
}

void add_part(std::string& line, const std::string& part) {
  if (!part.empty()) line += ", " + part;
}

std::string outcome_word(std::string_view outcome, Language language) {
  if (outcome == "acknowledged") return say(language, Message::CaseAcknowledged);
  if (outcome == "extended") return say(language, Message::CaseExtended);
  if (outcome == "partial") return say(language, Message::CasePartial);
  if (outcome == "refused") return say(language, Message::CaseRefused);
  return say(language, Message::CaseComplete);
}

/// "16,50".
std::string euros(Language language, std::int64_t cents) {
  const std::string rest = std::to_string(100 + cents % 100).substr(1);
  return number(language, cents / 100) + (language == Language::French ? "," : ".") + rest;
}

/// What was done and what happened, in the order of the days.
void print_steps(Page& page, JsonValue procedure, Language language) {
  std::vector<std::pair<PartialDate, std::string>> lines;
  for (const auto element : procedure["sent"].items()) {
    const JsonValue sent(element);
    std::string line = say(language, Message::CaseSent, printable(sent["kind"].text()));
    add_part(line, printable(sent["channel"].text()));
    add_part(line, printable(sent["proof"].text()));
    if (sent["delivered"]) {
      add_part(line, say(language, Message::CaseDelivered, date(language, date_at(sent["delivered"]))));
    }
    lines.emplace_back(date_at(sent["date"]), std::move(line));
  }
  for (const auto element : procedure["answers"].items()) {
    const JsonValue answer(element);
    std::string line = say(language, Message::CaseAnswer, printable(answer["kind"].text()),
                           outcome_word(answer["outcome"].text(), language));
    add_part(line, printable(answer["reference"].text()));
    add_part(line, printable(answer["what"].text()));
    lines.emplace_back(date_at(answer["date"]), std::move(line));
  }
  for (const auto element : procedure["consequences"].items()) {
    const JsonValue row(element);
    std::string line = printable(row["what"].text());
    if (const auto cents = row["cents"].integer())
      add_part(line, say(language, Message::CaseCost, euros(language, *cents)));
    if (const auto minutes = row["minutes"].integer()) add_part(line, say(language, Message::CaseMinutes, *minutes));
    add_part(line, printable(row["proof"].text()));
    lines.emplace_back(date_at(row["date"]), std::move(line));
  }
  std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [day, line] : lines) {
    page.text(day.known() ? date(language, day) + say(language, Message::Colon) + " " + line : line, 2, 4);
  }
}

/// Which letters it leads to: now, and from which day.
void print_next(Page& page, JsonValue one, Language language, bool whole) {
  if (one["closed"]) return;
  std::string now;
  for (const auto element : one["letters"].items()) {
    const JsonValue letter(element);
    if (letter["possible"].text() != "now") continue;
    now += (now.empty() ? "" : ", ") + printable(letter["id"].text());
  }
  if (!now.empty()) page.text(say(language, Message::CaseNow, now), 2, 4);
  for (const auto element : one["letters"].items()) {
    const JsonValue letter(element);
    const PartialDate from = date_at(letter["from"]);
    if (letter["possible"].text() != "later" || !from.known()) continue;
    page.text(say(language, Message::CaseLater, date(language, from), printable(letter["id"].text())), 2, 4);
    if (whole) page.text(shown(letter["why"], language), 4, 4);
  }
}

/// Which answers are awaited, and until when one can act.
void print_delays(Page& page, JsonValue one, Language language) {
  if (one["closed"]) return;
  for (const auto element : one["delays"].items()) {
    const JsonValue delay(element);
    const std::string id = printable(delay["id"].text());
    if (delay["due"]) page.text(say(language, Message::CaseDue, id, date(language, date_at(delay["due"]))), 2, 4);
    if (delay["until"]) page.text(say(language, Message::CaseUntil, id, date(language, date_at(delay["until"]))), 2, 4);
  }
}

void print_case(Page& page, JsonValue one, Language language, bool whole) {
  print_head(page, one, language);
  if (whole) print_steps(page, one["procedure"], language);
  print_delays(page, one, language);
  print_next(page, one, language, whole);
}

/// Sends a change and shows what the case is then.
int change(Session& session, const std::string& path, const std::function<void(JsonOut&)>& members) {
  JsonOut out;
  out.begin_object();
  members(out);
  out.end_object();
  return session.perform({"POST", path, {}, std::string(out.str())},
                         [&](Page& page, JsonValue one) { print_case(page, one, session.language(), true); });
}

int add_steps(Session& session, const Arguments& arguments, const Procedure& more) {
  return change(session, path_of(arguments), [&](JsonOut& out) {
    out.key("procedure");
    write(out, more);
  });
}

}  // namespace

int run_case_open(Session& session, const Arguments& arguments) {
  const std::string path = "/api/v1/cases/" + arguments.text("--watch") + "/" + arguments.text("incident");
  return change(session, path, [](JsonOut& out) { out.member("open", true); });
}

int run_case_list(Session& session, const Arguments&) {
  return session.show({"GET", "/api/v1/cases", {}, {}}, [&](Page& page, JsonValue document) {
    if (document["items"].items().size() == 0) {
      page.text(session.say(Message::CaseNobody)).command("vigifuite case open INCIDENT --watch 1");
    }
    bool first = true;
    for (const auto element : document["items"].items()) {
      if (!std::exchange(first, false)) page.blank();
      print_case(page, JsonValue(element), session.language(), false);
    }
  });
}

int run_case_show(Session& session, const Arguments& arguments) {
  return session.show({"GET", path_of(arguments), {}, {}},
                      [&](Page& page, JsonValue one) { print_case(page, one, session.language(), true); });
}

int run_case_sent(Session& session, const Arguments& arguments) {
  auto sent = parse_sent(arguments.text("step"));
  if (!sent) return session.fail_with(session.say(Message::SentNotUnderstood, arguments.text("step")));
  if (arguments.given("--delivered")) {
    const auto day = parse_partial_date(arguments.text("--delivered"));
    if (day) sent->delivered = *day;
  }
  return add_steps(session, arguments, {{*std::move(sent)}, {}, {}});
}

int run_case_answer(Session& session, const Arguments& arguments) {
  auto answer = parse_answer(arguments.text("step"));
  if (!answer) return session.fail_with(session.say(Message::AnswerNotUnderstood, arguments.text("step")));
  answer->what = arguments.text("--what");
  return add_steps(session, arguments, {{}, {*std::move(answer)}, {}});
}

int run_case_note(Session& session, const Arguments& arguments) {
  Consequence row;
  row.what = arguments.text("what");
  row.proof = arguments.text("--proof");
  if (const auto day = parse_partial_date(arguments.text("--date"))) row.date = *day;
  if (const std::string cost = arguments.text("--cost"); !cost.empty()) {
    row.cents = cents_of(cost);
    if (!row.cents) return session.fail_with(session.say(Message::CaseCostWrong, cost));
  }
  if (const auto minutes = arguments.number("--minutes")) row.minutes = static_cast<std::int64_t>(*minutes);
  return add_steps(session, arguments, {{}, {}, {std::move(row)}});
}

int run_case_close(Session& session, const Arguments& arguments) {
  return change(session, path_of(arguments), [&](JsonOut& out) { out.member("close", arguments.text("--because")); });
}

int run_case_notice(Session& session, const Arguments& arguments) {
  const auto bytes = read_file(session, arguments.text("file"), kMaxNoticeBytes);
  if (!bytes) return session.fail_with(bytes.error());
  JsonOut out;
  out.begin_object().member("notice", std::string_view(*bytes)).end_object();
  return session.show({"POST", "/api/v1/notice", {}, std::string(out.str())}, [&](Page& page, JsonValue document) {
    page.text(session.say(Message::NoticeHow));
    for (const bool mandatory : {true, false}) {
      page.blank().text(bold(session.say(mandatory ? Message::NoticeMandatory : Message::NoticeAskedFor)));
      for (const auto element : document["items"].items()) {
        const JsonValue item(element);
        if (item["mandatory"].boolean().value_or(false) != mandatory) continue;
        const bool present = item["present"].boolean().value_or(false);
        page.text((present ? "✓ " : "✗ ") + shown(item["label"], session.language()), 2, 4);
        if (present) page.text(session.say(Message::NoticeSays, printable(item["words"].text())), 4, 4);
      }
    }
    const std::string name = arguments.text("case");
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) return;
    page.blank().text(session.say(Message::NoticeThen));
    page.command("vigifuite letter cnil " + name.substr(slash + 1) + " --watch " + name.substr(0, slash) +
                     " --notice " + shell_word(arguments.text("file")),
                 2);
  });
}

}  // namespace vigifuite::cli
