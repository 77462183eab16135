// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/session.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kPlainWidth = 80, kLeastWidth = 40, kMostWidth = 100;

std::optional<std::filesystem::path> path_of(const Arguments& arguments, std::string_view name) {
  if (!arguments.given(name)) return std::nullopt;
  return std::filesystem::path(arguments.text(name));
}

/// A name that nothing has: said in terms of what was typed, and how to find the right one. Empty for other paths.
std::string unknown_name(std::string_view path, Language language) {
  constexpr std::pair<std::string_view, Message> kPlaces[] = {{"/api/v1/incidents/", Message::IncidentUnknown},
                                                              {"/api/v1/watch/", Message::WatchUnknown},
                                                              {"/api/v1/alerts/", Message::AlertUnknown}};
  for (const auto& [place, message] : kPlaces) {
    if (!path.starts_with(place)) continue;
    path.remove_prefix(place.size());
    return say(language, message, printable(path.substr(0, path.find('/'))));
  }
  return {};
}

Error error_of(const http::ApiRequest& request, const http::ApiReply& reply, Language language) {
  if (reply.status == 404) {
    if (std::string sentence = unknown_name(request.path, language); !sentence.empty()) {
      return fail(ErrorKind::Refused, std::move(sentence));
    }
  }
  JsonParser parser;
  const auto parsed = parser.parse(reply.body);
  if (!parsed || !(*parsed)["detail"].is_string()) {
    return fail(ErrorKind::Malformed, say(language, Message::FailedAnswer, reply.status));
  }
  const JsonValue french = (*parsed)["detail_fr"];
  const JsonValue detail = language == Language::French && french.is_string() ? french : (*parsed)["detail"];
  return fail(ErrorKind::Refused, printable(detail.text()));
}

}  // namespace

Session::Session(Streams& streams, const Doors& doors, Language language, const Arguments& arguments)
    : streams_(streams),
      doors_(doors),
      language_(language),
      json_(arguments.flag("--json")),
      quiet_(arguments.flag("--quiet")),
      colour_(streams.out_is_terminal && streams.environment("NO_COLOR").empty() &&
              streams.environment("TERM") != "dumb"),
      client_{path_of(arguments, "--store"), path_of(arguments, "--socket"), path_of(arguments, "--config")} {}

Page Session::page() const {
  const std::size_t columns = streams_.out_is_terminal ? streams_.columns : kPlainWidth;
  return Page(std::clamp(columns, kLeastWidth, kMostWidth), colour_);
}

Result<http::Api*> Session::api() {
  if (!api_) {
    auto opened = doors_.open(client_);
    if (!opened) return std::move(opened).error();
    api_ = *std::move(opened);
  }
  return api_.get();
}

Result<Document> Session::ask(const http::ApiRequest& request) {
  auto api_found = api();
  if (!api_found) return std::move(api_found).error();
  http::ApiReply reply = (*api_found)->handle(request);
  if (reply.status < 200 || reply.status > 299) return error_of(request, reply, language_);
  Document document{std::move(reply.body), std::make_unique<JsonParser>(), {}};
  auto parsed = document.parser->parse(document.bytes);
  if (!parsed) return fail(ErrorKind::Malformed, say(Message::FailedAnswer, reply.status));
  document.value = *parsed;
  return document;
}

Result<Document> Session::get(std::string path, std::map<std::string, std::string> query) {
  return ask({"GET", std::move(path), std::move(query), {}});
}

int Session::show(const http::ApiRequest& request, const std::function<void(Page&, JsonValue)>& render) {
  const auto document = ask(request);
  if (!document) return fail_with(document.error());
  if (json_) {
    print_document(*document);
    return kDone;
  }
  Page lines = page();
  render(lines, document->value);
  print(lines);
  return kDone;
}

int Session::perform(const http::ApiRequest& request, const std::function<void(Page&, JsonValue)>& render) {
  return show(request, [&](Page& lines, JsonValue document) {
    if (!quiet_) render(lines, document);
  });
}

int Session::fail_with(std::string_view sentence) {
  // One line in a log, so that it can be searched; folded for a person.
  const std::size_t columns = streams_.err_is_terminal ? std::clamp(streams_.columns, kLeastWidth, kMostWidth) : 0;
  const std::string line = say(Message::ErrorPrefix, printable(sentence));
  Page lines(columns == 0 ? display_width(line) + 1 : columns, false);
  lines.text(line);
  streams_.err << lines.str();
  return kFailed;
}

int Session::misuse(std::string_view sentence, std::string_view command) {
  fail_with(sentence);
  const std::string line = command.empty() ? "vigifuite --help" : "vigifuite " + std::string(command) + " --help";
  streams_.err << say(Message::UsageSeeHelp, line) << '\n';
  return kFailed;
}

Language language_of(const std::function<std::string(const char*)>& environment) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string locale = environment(name);
    if (locale.empty()) continue;
    const bool plain = locale == "C" || locale == "POSIX" || locale.starts_with("C.");
    return plain || locale.starts_with("fr") ? Language::French : Language::English;
  }
  return Language::French;
}

struct Progress::Ticker {
  Ticker(std::ostream& stream, std::string text) : out(stream), words(std::move(text)), thread([this] { tick(); }) {}

  void tick() {
    const auto start = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex);
    do {
      const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
      out << '\r' << words;
      if (elapsed.count() > 0) out << ' ' << elapsed.count() << " s";
      out << std::flush;
    } while (!stopped.wait_for(lock, std::chrono::seconds(1), [this] { return stop; }));
    out << "\r\x1b[K" << std::flush;
  }

  ~Ticker() {
    {
      const std::scoped_lock lock(mutex);
      stop = true;
    }
    stopped.notify_one();
    thread.join();
  }

  std::ostream& out;
  std::string words;
  std::mutex mutex;
  std::condition_variable stopped;
  bool stop = false;
  std::thread thread;  // last: it uses all of the above
};

Progress::Progress(Session& session, std::string words) {
  if (!session.streams().err_is_terminal || session.quiet() || session.json()) return;
  ticker_ = std::make_unique<Ticker>(session.streams().err, std::move(words));
}

Progress::~Progress() = default;

}  // namespace vigifuite::cli
