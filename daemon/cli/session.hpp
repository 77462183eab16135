// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <variant>

#include "daemon/cli/arguments.hpp"
#include "daemon/cli/page.hpp"
#include "daemon/cli/run.hpp"
#include "schemas/core/json_in.hpp"

namespace vigifuite::cli {

constexpr int kDone = 0;
constexpr int kExposed = 1;
constexpr int kFailed = 2;
constexpr int kUndetermined = 3;

/// A document of the API: its bytes, and its value for as long as this lives.
struct Document {
  std::string bytes;
  std::unique_ptr<JsonParser> parser;
  JsonValue value;
};

/// One command being run: where it writes, in which language, and the API it asks. Opened on the first question.
class Session {
 public:
  Session(Streams& streams, const Doors& doors, Language language, const Arguments& arguments);

  [[nodiscard]] Language language() const noexcept { return language_; }
  [[nodiscard]] bool json() const noexcept { return json_; }
  [[nodiscard]] bool quiet() const noexcept { return quiet_; }
  [[nodiscard]] Streams& streams() noexcept { return streams_; }
  [[nodiscard]] const Doors& doors() const noexcept { return doors_; }
  [[nodiscard]] const ClientOptions& client() const noexcept { return client_; }
  [[nodiscard]] bool interactive() const noexcept { return streams_.in_is_terminal && streams_.out_is_terminal; }

  template <class... Args>
  [[nodiscard]] std::string say(Message message, const Args&... args) const {
    return vigifuite::say(language_, message, args...);
  }

  /// An empty page as wide and as coloured as the output allows.
  [[nodiscard]] Page page() const;
  void print(const Page& page) { streams_.out << page.str(); }

  /// Asks the API. A refusal (problem+json) comes back as an Error in the words of the catalogue.
  Result<Document> ask(const http::ApiRequest& request);
  Result<Document> get(std::string path, std::map<std::string, std::string> query = {});

  /// Asks, then prints the document itself (--json) or what `render` makes of it.
  int show(const http::ApiRequest& request, const std::function<void(Page&, JsonValue)>& render);
  /// Asks for something to be done, then says what was done (nothing with --quiet).
  int perform(const http::ApiRequest& request, const std::function<void(Page&, JsonValue)>& render);
  void print_document(const Document& document) { streams_.out << document.bytes << '\n'; }

  /// Says on the error stream what failed; gives the exit code for it.
  int fail_with(std::string_view sentence);
  int fail_with(const Error& error) { return fail_with(error.in(language_)); }
  /// The same for a command line that makes no sense, and where to read more.
  int misuse(std::string_view sentence, std::string_view command);

 private:
  Result<http::Api*> api();

  Streams& streams_;
  const Doors& doors_;
  Language language_;
  bool json_;
  bool quiet_;
  bool colour_;
  ClientOptions client_;
  std::unique_ptr<http::Api> api_;
};

/// The language a locale asks for: LC_ALL, LC_MESSAGES, LANG in turn. "C", "POSIX" and nothing at all mean French, the
/// language of the people this is for; another language than French means English.
Language language_of(const std::function<std::string(const char*)>& environment);

/// Whether what is being waited for shows that it goes on: "Reading the sources… 12 s", erased at the end.
class Progress {
 public:
  Progress(Session& session, std::string words);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  struct Ticker;
  std::unique_ptr<Ticker> ticker_;
};

}  // namespace vigifuite::cli
