// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/letter_interview.hpp"

#include <algorithm>
#include <charconv>
#include <istream>

#include "daemon/cli/hit_page.hpp"
#include "daemon/cli/interview.hpp"
#include "daemon/cli/profiles.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMostLine = 3000, kMostTries = 3;

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

/// One line typed, trimmed; nothing at the end of the input.
std::optional<std::string> read_line(Session& session, std::string_view prompt) {
  Streams& streams = session.streams();
  streams.out << prompt << std::flush;
  std::string line;
  if (!std::getline(streams.in, line)) {
    streams.out << '\n';
    return std::nullopt;
  }
  return trimmed(printable(clip(line, kMostLine)));
}

std::optional<std::size_t> number_of(std::string_view text, std::size_t most) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > most) return std::nullopt;
  return number;
}

/// "12", "12,50", "12.5".
bool is_amount(std::string_view text) {
  const std::size_t point = text.find_first_of(".,");
  const auto digits = [](std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (point == std::string_view::npos) return digits(text);
  return digits(text.substr(0, point)) && digits(text.substr(point + 1)) && text.size() - point <= 3;
}

/// What is wrong with an answer, or nothing; the API checks again.
std::optional<Message> complaint_about(std::string_view answer, JsonValue input) {
  if (input["type"].text() == "date") {
    const auto day = parse_partial_date(answer);
    if (!day || day->day == 0) return Message::DayAgain;
  }
  if (input["type"].text() == "amount" && !is_amount(answer)) return Message::AmountAgain;
  const auto most = input["most"].integer();
  if (most && answer.size() > static_cast<std::size_t>(*most)) return Message::TextAgain;
  return std::nullopt;
}

class LetterInterview {
 public:
  LetterInterview(Session& session, LetterRequest request) : session_(session), request_(std::move(request)) {}

  Result<std::optional<LetterRequest>> run() {
    if (!request_.watch && request_.profile.ties.empty()) {
      auto profile = interview(session_);
      if (!profile) return std::move(profile).error();
      request_.profile.ties = std::move(profile->ties);
    }
    if (request_.kind.empty() && request_.incident.empty()) {
      if (const Status asked = ask_incident(); !asked) return asked.error();
    }
    if (!request_.incident.empty() && request_.procedure.empty()) ask_steps();
    if (request_.kind.empty() && !stopped_) {
      if (const Status asked = ask_kind(); !asked) return asked.error();
    }
    if (!stopped_) {
      if (const Status asked = ask_inputs(); !asked) return asked.error();
    }
    return stopped_ ? std::optional<LetterRequest>{} : std::optional(std::move(request_));
  }

 private:
  void print(std::string_view words, std::size_t indent = 0) {
    Page page = session_.page();
    page.text(words, indent, indent);
    session_.print(page);
  }

  std::optional<std::string> ask(std::string_view prompt) {
    auto line = read_line(session_, prompt);
    if (!line) stopped_ = true;
    return line;
  }

  /// A number of a list just printed; 0 for Enter; nothing when the person stops or gives up.
  std::optional<std::size_t> choose(std::size_t most) {
    for (std::size_t tries = 0; tries < kMostTries; ++tries) {
      const auto answer = ask("> ");
      if (!answer) return std::nullopt;
      if (answer->empty()) return 0;
      if (const auto number = number_of(*answer, most)) return number;
      print(session_.say(Message::BodyNumber, most), 2);
    }
    stopped_ = true;
    return std::nullopt;
  }

  Status ask_incident() {
    const std::string path = request_.watch ? "/api/v1/watch/" + std::to_string(*request_.watch) + "/check" : "";
    const auto check = path.empty() ? session_.ask({"POST", "/api/v1/check", {}, document_of(request_.profile)})
                                    : session_.ask({"GET", path, {}, {}});
    if (!check) return check.error();
    std::vector<std::string> ids;
    for (const auto element : check->value["items"].items()) {
      const JsonValue item(element);
      if (!exposes(verdict_of(item))) continue;
      if (ids.empty()) print(session_.say(Message::AskIncident));
      ids.emplace_back(item["incident"].text());
      print(std::to_string(ids.size()) + ". " + heading_of(item, session_.language()), 4);
    }
    if (ids.empty()) {
      print(session_.say(Message::AskNoLeak));
      return Done{};
    }
    print(session_.say(Message::AskIncidentHow), 2);
    if (const auto number = choose(ids.size()); number && *number != 0) request_.incident = ids[*number - 1];
    return Done{};
  }

  /// A day typed; nothing for Enter.
  std::optional<PartialDate> ask_day() {
    for (std::size_t tries = 0; tries < kMostTries; ++tries) {
      const auto answer = ask("> ");
      if (!answer || answer->empty()) return std::nullopt;
      const auto day = parse_partial_date(*answer);
      if (day && day->day != 0) return day;
      print(session_.say(Message::DayAgain), 2);
    }
    return std::nullopt;
  }

  /// What was done before, as far as the letters that follow it need to know.
  void ask_steps() {
    print(session_.say(Message::AskRequestSent));
    if (const auto day = ask_day()) {
      request_.procedure.sent.push_back({"acces", *day, {}, {}, {}});
      ask_outcome(*day);
    }
    if (stopped_) return;
    print(session_.say(Message::AskComplaintSent));
    if (const auto day = ask_day()) request_.procedure.sent.push_back({"cnil", *day, {}, {}, {}});
  }

  void ask_outcome(PartialDate sent) {
    constexpr std::pair<Message, std::optional<Outcome>> kOutcomes[] = {
        {Message::OutcomeNone, std::nullopt},          {Message::OutcomeAcknowledged, Outcome::Acknowledged},
        {Message::OutcomeExtended, Outcome::Extended}, {Message::OutcomePartial, Outcome::Partial},
        {Message::OutcomeRefused, Outcome::Refused},   {Message::OutcomeComplete, Outcome::Complete}};
    print(session_.say(Message::AskOutcome));
    for (std::size_t i = 0; i < std::size(kOutcomes); ++i) {
      print(std::to_string(i + 1) + ". " + session_.say(kOutcomes[i].first), 4);
    }
    const auto number = choose(std::size(kOutcomes));
    if (!number || *number < 2) return;
    print(session_.say(Message::AskOutcomeDay));
    const auto day = ask_day();
    request_.procedure.answers.push_back({"acces", day.value_or(sent), *kOutcomes[*number - 1].second, {}, {}});
  }

  Result<Document> kinds() { return session_.ask({"POST", "/api/v1/letters/kinds", {}, body_of(request_)}); }

  Status ask_kind() {
    const auto document = kinds();
    if (!document) return document.error();
    std::vector<std::string> ids;
    print(session_.say(Message::AskLetter));
    for (const auto element : document->value["items"].items()) {
      const JsonValue kind(element);
      const std::string_view possible = kind["possible"].text();
      if (possible != "now" && possible != "missing") continue;
      ids.emplace_back(kind["id"].text());
      print(std::to_string(ids.size()) + ". " + shown(kind["title"], session_.language()), 4);
      print(shown(kind["purpose"], session_.language()), 7);
    }
    print(session_.say(Message::AskLetterHow), 2);
    const auto number = choose(ids.size());
    if (!number || *number == 0)
      stopped_ = true;
    else
      request_.kind = ids[*number - 1];
    return Done{};
  }

  /// The questions change with the answers: they are asked for again after each.
  Status ask_inputs() {
    std::vector<std::string> asked;
    while (!stopped_) {
      const auto document = kinds();
      if (!document) return document.error();
      const JsonValue next = next_input(document->value, asked);
      if (!next) return Done{};
      asked.emplace_back(next["id"].text());
      if (asked.size() == 1) print(session_.say(Message::AskInputs));
      ask_input(next);
    }
    return Done{};
  }

  JsonValue next_input(JsonValue document, const std::vector<std::string>& asked) const {
    for (const auto element : document["items"].items()) {
      const JsonValue kind(element);
      if (!answers_to(kind, request_.kind)) continue;
      for (const auto each : kind["inputs"].items()) {
        const JsonValue input(each);
        const bool known = std::find(asked.begin(), asked.end(), input["id"].text()) != asked.end();
        if (!known && !input["given"].boolean().value_or(false)) return input;
      }
    }
    return {};
  }

  static bool answers_to(JsonValue kind, std::string_view name) {
    if (kind["id"].text() == name) return true;
    for (const auto alias : kind["aliases"].items()) {
      if (fold(JsonValue(alias).text()) == fold(name)) return true;
    }
    return false;
  }

  void ask_input(JsonValue input) {
    const std::string id(input["id"].text());
    print(shown(input["ask"], session_.language()));
    print(shown(input["why"], session_.language()), 2);
    if (input["type"].text() != "choice") return ask_value(id, input);
    std::vector<std::string> ids;
    for (const auto element : input["choices"].items()) {
      const JsonValue choice(element);
      ids.emplace_back(choice["id"].text());
      print(std::to_string(ids.size()) + ". " + shown(choice["label"], session_.language()), 4);
    }
    if (const auto number = choose(ids.size()); number && *number != 0) request_.details[id] = ids[*number - 1];
  }

  void ask_value(const std::string& id, JsonValue input) {
    for (std::size_t tries = 0; tries < kMostTries; ++tries) {
      const auto answer = ask("> ");
      if (!answer || answer->empty()) return;
      const auto wrong = complaint_about(*answer, input);
      if (!wrong) {
        request_.details[id] = *answer;
        return;
      }
      print(session_.say(*wrong, input["most"].integer().value_or(0)), 2);
    }
  }

  Session& session_;
  LetterRequest request_;
  bool stopped_ = false;
};

}  // namespace

Result<std::optional<LetterRequest>> letter_interview(Session& session, LetterRequest request) {
  return LetterInterview(session, std::move(request)).run();
}

std::string ask_file(Session& session, std::string_view proposed) {
  Page page = session.page();
  page.blank().text(session.say(Message::AskFile, proposed));
  session.print(page);
  return read_line(session, "> ").value_or(std::string());
}

}  // namespace vigifuite::cli
