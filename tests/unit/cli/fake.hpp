// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <streambuf>
#include <string>
#include <vector>

#include "daemon/cli/page.hpp"
#include "daemon/cli/run.hpp"
#include "schemas/messages.hpp"
#include "tests/support/source_dir.hpp"

namespace vigifuite::cli::test {

inline const std::filesystem::path kGolden =
    std::filesystem::path(vigifuite::test::source_dir()) / "tests" / "golden" / "cli";

inline std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Gives typed lines one by one and echoes them, as a terminal does: transcripts read like the real thing.
class Typed final : public std::streambuf {
 public:
  Typed(std::string text, std::ostream& echo) : text_(std::move(text)), echo_(echo) {}

 protected:
  int_type underflow() override {
    if (at_ >= text_.size()) return traits_type::eof();
    const auto end = text_.find('\n', at_);
    const std::size_t stop = end == std::string::npos ? text_.size() : end + 1;
    setg(text_.data() + at_, text_.data() + at_, text_.data() + stop);
    if (text_.find_first_of("\x1b\xff", at_) >= stop) echo_ << text_.substr(at_, stop - at_);
    at_ = stop;
    return traits_type::to_int_type(*gptr());
  }

 private:
  std::string text_;
  std::ostream& echo_;
  std::size_t at_ = 0;
};

/// What the API answered once: a file of tests/golden/cli/api, and a status.
struct Answer {
  std::string document;
  int status = 200;
};

/// Answers from files, and remembers what it was asked.
class FakeApi final : public http::Api {
 public:
  FakeApi(std::map<std::string, Answer> answers, std::vector<http::ApiRequest>& asked)
      : answers_(std::move(answers)), asked_(asked) {}

  http::ApiReply handle(const http::ApiRequest& request) override {
    asked_.push_back(request);
    const auto found = answers_.find(request.method + " " + request.path);
    if (found == answers_.end()) {
      return {404, "application/problem+json", slurp(kGolden / "api" / "problem-404.json")};
    }
    return {found->second.status, "application/json", slurp(kGolden / "api" / (found->second.document + ".json"))};
  }

 private:
  std::map<std::string, Answer> answers_;
  std::vector<http::ApiRequest>& asked_;
};

inline std::map<std::string, Answer> usual_answers() {
  const std::string incident = "/api/v1/incidents/france-travail-cap-emploi-2024-03";
  return {{"POST /api/v1/check", {"check"}},
          {"GET /api/v1/watch/3/check", {"check"}},
          {"GET /api/v1/categories", {"categories"}},
          {"GET /api/v1/letters", {"letter-kinds"}},
          {"POST /api/v1/letters", {"letter"}},
          {"POST /api/v1/letters/kinds", {"letter-kinds-possible"}},
          {"GET /api/v1/law", {"law"}},
          {"GET /api/v1/cases", {"case-list"}},
          {"GET /api/v1/cases/3/france-travail-cap-emploi-2024-03", {"case"}},
          {"POST /api/v1/cases/3/france-travail-cap-emploi-2024-03", {"case"}},
          {"POST /api/v1/notice", {"notice-score"}},
          {"GET /api/v1/organisations", {"organisations"}},
          {"GET /api/v1/incidents", {"incidents"}},
          {"GET " + incident, {"incident"}},
          {"GET " + incident + "/history", {"history"}},
          {"GET /api/v1/incidents/mutuelle-des-ports-2025-03", {"incident-text"}},
          {"POST /api/v1/incidents/mutuelle-des-ports-2025-03/corrections", {"correction"}},
          {"POST /api/v1/incidents/mutuelle-des-ports-2025-03/corrections/1/withdraw", {"correction-withdrawn"}},
          {"GET /api/v1/corrections", {"corrections"}},
          {"POST /api/v1/incidents/mutuelle-des-ports-2025-03/merge", {"merged"}},
          {"POST /api/v1/incidents/mutuelle-des-ports-2025-03/split", {"merged"}},
          {"GET /api/v1/undecided", {"undecided"}},
          {"GET /api/v1/sources", {"sources"}},
          {"GET /api/v1/stats", {"stats"}},
          {"POST /api/v1/update", {"update"}},
          {"GET /api/v1/watch", {"watch-list"}},
          {"POST /api/v1/watch", {"watch"}},
          {"GET /api/v1/watch/3", {"watch"}},
          {"DELETE /api/v1/watch/3", {"done"}},
          {"POST /api/v1/watch/3/notified", {"watch"}},
          {"GET /api/v1/alerts", {"alerts"}},
          {"GET /api/v1/alerts/12-3", {"alert"}},
          {"POST /api/v1/alerts/12-3/ack", {"alert"}},
          {"POST /api/v1/doctor", {"doctor"}},
          {"POST /api/v1/backup", {"done"}}};
}

/// One run of the program: what it is given, and what came of it.
struct Run {
  std::map<std::string, Answer> answers = usual_answers();
  std::string input;
  bool terminal = false;
  std::size_t columns = 80;
  std::map<std::string, std::string> environment = {{"LANG", "fr_FR.UTF-8"}};

  std::string reading = "reading";  ///< the document that reading a text gives

  /// A text that was to be read.
  struct Text {
    std::string bytes;
    std::optional<bool> html;
    std::optional<Language> language;
    PartialDate published;
  };
  std::vector<Text> texts;
  std::vector<ProbeRequest> probes;
  std::vector<RegisterToRead> registers;

  std::string out, err;
  int code = -1;
  int opened = 0;
  std::vector<http::ApiRequest> asked;

  Run& operator()(const std::vector<std::string>& words) {
    std::vector<const char*> argv = {"vigifuite"};
    for (const std::string& word : words) argv.push_back(word.c_str());
    std::ostringstream out_stream, err_stream;
    std::ostringstream unseen;  // only a terminal shows what is typed
    Typed typed(input, terminal ? out_stream : unseen);
    std::istream in(&typed);
    Streams streams{in, out_stream, err_stream, terminal, terminal, terminal, columns, [this](const char* name) {
                      const auto found = environment.find(name);
                      return found == environment.end() ? std::string() : found->second;
                    }};
    const Doors doors{[this](const ClientOptions&) -> Result<std::unique_ptr<http::Api>> {
                        ++opened;
                        return std::unique_ptr<http::Api>(std::make_unique<FakeApi>(answers, asked));
                      },
                      [](const ClientOptions& options) -> Result<ConfigReport> {
                        if (options.config) {
                          return fail(ErrorKind::Config, Message::ConfigExpected, options.config->string(), 3,
                                      "contact", in_both(Message::ConfigLine));
                        }
                        return ConfigReport{.file = "/etc/vigifuite/config.toml",
                                            .store = "/var/lib/vigifuite",
                                            .key_file = "/var/lib/vigifuite/watch.key",
                                            .sources_directory = "/etc/vigifuite/sources.d",
                                            .socket = "/run/vigifuite/vigifuited.sock",
                                            .user_agent = "vigifuite/0.1",
                                            .sources = 22,
                                            .enabled = 19,
                                            .own_lists = "/etc/vigifuite/organisations.d",
                                            .bodies = 140};
                      },
                      [](const std::filesystem::path&, const ClientOptions&) -> Result<std::filesystem::path> {
                        return std::filesystem::path("/var/lib/vigifuite");
                      },
                      [this](const TextToRead& text) {
                        texts.push_back({std::string(text.bytes), text.html, text.language, text.published});
                        return slurp(kGolden / "api" / (reading + ".json"));
                      },
                      [](std::string_view line, std::string& answer) -> Status {
                        if (line.find("\"id\"") == std::string_view::npos)
                          return fail(ErrorKind::Malformed, Message::PredictionNotText, "id");
                        answer += "{\"id\":\"x\"}";
                        return Done{};
                      },
                      [this](const ProbeRequest& request, const ClientOptions&) -> Result<std::string> {
                        probes.push_back(request);
                        if (request.target == "/nothing")
                          return fail(ErrorKind::Config, Message::FileCannotOpen, "/nothing",
                                      in_both(Message::SystemNoSuchFile));
                        return slurp(kGolden / "api" / "probe.json");
                      },
                      [this](const RegisterToRead& request, const ClientOptions&) -> Result<ListToReview> {
                        registers.push_back(request);
                        ListToReview list{"{\"items\":[]}", 133, 12, 116, 2, 3, {}, "/etc/vigifuite/organisations.d"};
                        list.samples.push_back({7, in_both(Message::RowNoName)});
                        return list;
                      }};
    asked.clear();
    code = run(static_cast<int>(argv.size()), argv.data(), streams, doors);
    out = out_stream.str();
    err = err_stream.str();
    return *this;
  }
};

/// Compares with tests/golden/cli/NAME; VIGIFUITE_GOLDEN=write writes it instead.
inline void golden(const std::string& name, const std::string& text) {
  const std::filesystem::path file = kGolden / name;
  const char* mode = std::getenv("VIGIFUITE_GOLDEN");
  if (mode != nullptr && std::string(mode) == "write") {
    std::ofstream(file, std::ios::binary) << text;
    return;
  }
  INFO("golden file ", file.string());
  CHECK(text == slurp(file));
}

/// No line but a command, a document or an address is wider than a terminal.
inline void check_width(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with("$ ") || line.starts_with('{') || line.find("://") != std::string::npos) continue;
    INFO(line);
    CHECK(display_width(line) <= 80);
  }
}

/// A command as it is typed and all that it says, to be read by people.
inline std::string transcript(const std::vector<std::string>& words, const Run& done) {
  std::string text = "$ vigifuite";
  for (const std::string& word : words) text += word.find(' ') == std::string::npos ? " " + word : " \"" + word + "\"";
  text += "\n" + done.out;
  if (!done.err.empty()) text += "--- error stream\n" + done.err;
  return text + "--- exit code " + std::to_string(done.code) + "\n";
}

}  // namespace vigifuite::cli::test
