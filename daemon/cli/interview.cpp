// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/interview.hpp"

#include <algorithm>
#include <charconv>
#include <istream>

#include "daemon/cli/phrases.hpp"
#include "daemon/cli/years.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMostTies = 100, kMostLine = 300, kMostProposals = 6, kMostTries = 3;

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

/// A body of the registry, as proposed.
struct Body {
  std::string id;
  std::string name;
  std::string alias;   ///< the other name by which it was called, or empty
  bool alike = false;  ///< one of its names contains what was typed
};

class Interview {
 public:
  explicit Interview(Session& session) : session_(session) {}

  Result<Profile> run() {
    Profile profile;
    profile.language = session_.language();
    print(session_.say(Message::AskBodies));
    print(session_.say(Message::AskHow));
    while (profile.ties.size() < kMostTies) {
      const auto answer = ask("> ");
      if (!answer || answer->empty()) break;
      if (*answer == "?") {
        const auto listed = list_bodies();
        if (!listed) return listed.error();
        continue;
      }
      auto body = choose(*answer);
      if (!body) return std::move(body).error();
      if (*body) add(profile, **body);
      if (ended_) break;
    }
    if (ended_) session_.streams().out << '\n';
    session_.streams().out << '\n';
    return profile;
  }

 private:
  void print(std::string_view words, std::size_t indent = 0) {
    Page page = session_.page();
    page.text(words, indent, indent);
    session_.print(page);
  }

  /// One line typed, trimmed; nothing at the end of the input.
  std::optional<std::string> ask(std::string_view prompt) {
    Streams& streams = session_.streams();
    streams.out << prompt << std::flush;
    std::string line;
    if (ended_ || !std::getline(streams.in, line)) {
      ended_ = true;
      return std::nullopt;
    }
    return trimmed(printable(clip(line, kMostLine)));
  }

  Status list_bodies() {
    const auto document = session_.get("/api/v1/organisations");
    if (!document) return document.error();
    std::string names;
    for (const auto element : document->value["items"].items()) {
      names += (names.empty() ? "" : ", ") + printable(JsonValue(element)["name"].text());
    }
    print(names, 2);
    return Done{};
  }

  /// How `body` is called by `wanted` (folded): by its name, by another name, or not at all.
  static std::optional<Body> called(JsonValue body, const std::string& wanted) {
    Body found{std::string(body["id"].text()), printable(body["name"].text()), {}, true};
    if (fold(found.name) == wanted) return found;
    for (const auto element : body["aliases"].items()) {
      const std::string alias = printable(JsonValue(element).text());
      if (fold(alias) != wanted) continue;
      found.alias = alias;
      return found;
    }
    return found.id == wanted ? std::optional(std::move(found)) : std::nullopt;
  }

  static Body near(JsonValue body, const std::string& wanted) {
    Body found{std::string(body["id"].text()), printable(body["name"].text()), {}, false};
    found.alike = fold(found.name).find(wanted) != std::string::npos;
    for (const auto element : body["aliases"].items()) {
      found.alike = found.alike || fold(JsonValue(element).text()).find(wanted) != std::string::npos;
    }
    return found;
  }

  /// The body someone means by `answer`; nothing when they give up on it.
  Result<std::optional<Body>> choose(const std::string& answer) {
    const auto document = session_.get("/api/v1/organisations", {{"words", answer}});
    if (!document) return document.error();
    const std::string wanted = fold(answer);
    std::vector<Body> exact, others;
    for (const auto element : document->value["items"].items()) {
      const JsonValue item(element);
      if (auto body = called(item, wanted)) exact.push_back(*std::move(body));
      if (others.size() < kMostProposals) others.push_back(near(item, wanted));
    }
    if (exact.size() == 1) return std::optional(exact.front());
    if (exact.empty()) {
      const auto alike = std::count_if(others.begin(), others.end(), [](const Body& body) { return body.alike; });
      if (alike == 1)
        return std::optional(*std::find_if(others.begin(), others.end(), [](const Body& body) { return body.alike; }));
    }
    return propose(exact.empty() ? others : exact, answer);
  }

  std::optional<Body> propose(const std::vector<Body>& bodies, const std::string& answer) {
    const Body as_typed{{}, answer, {}, true};
    if (bodies.empty()) {
      print(session_.say(Message::BodyUnknown, answer), 2);
      return as_typed;
    }
    print(session_.say(Message::BodyWhich, answer), 2);
    for (std::size_t i = 0; i < bodies.size(); ++i) print(std::to_string(i + 1) + ". " + bodies[i].name, 4);
    for (std::size_t tries = 0; tries < kMostTries; ++tries) {
      const auto choice = ask("  " + session_.say(Message::BodyPrompt) + " ");
      if (!choice) return std::nullopt;
      if (choice->empty()) return as_typed;
      std::size_t number = 0;
      const auto [end, error] = std::from_chars(choice->data(), choice->data() + choice->size(), number);
      if (error == std::errc() && end == choice->data() + choice->size() && number >= 1 && number <= bodies.size()) {
        return bodies[number - 1];
      }
      print(session_.say(Message::BodyNumber, bodies.size()), 2);
    }
    return as_typed;
  }

  void add(Profile& profile, const Body& body) {
    Tie tie;
    tie.organisation.id = body.id;
    tie.organisation.name = body.alias.empty() ? body.name : body.alias;
    const std::string name = body.alias.empty() ? body.name : session_.say(Message::BodyAlias, body.name, body.alias);
    print(session_.say(profile.ties.empty() ? Message::AskYearsFirst : Message::AskYears, name), 2);
    for (std::size_t tries = 0; tries < kMostTries; ++tries) {
      const auto answer = ask("> ");
      if (!answer || answer->empty()) break;  // not said: the years stay open
      if (const auto stay = parse_years(*answer)) {
        tie.period = stay->period;
        tie.ongoing = stay->ongoing;
        break;
      }
      print(session_.say(tries + 1 < kMostTries ? Message::YearsAgain : Message::YearsGivenUp), 2);
    }
    profile.ties.push_back(std::move(tie));
  }

  Session& session_;
  bool ended_ = false;
};

}  // namespace

Result<Profile> interview(Session& session) {
  return Interview(session).run();
}

}  // namespace vigifuite::cli
