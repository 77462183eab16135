// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/manual.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "daemon/cli/spec.hpp"
#include "schemas/core/json_in.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/unit/cli/fake.hpp"

namespace vigifuite::cli::test {
namespace {

struct Shell {
  int code = -1;
  std::string out;
};

/// Runs a command of the tests' own making, with both its streams.
Shell shell(const std::string& command) {
  Shell result;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) result.out.append(buffer, got);
  const int status = ::pclose(pipe);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

bool available(const char* program) {
  return shell(std::string("command -v ") + program).code == 0;
}

class Scratch {
 public:
  explicit Scratch(const std::string& text) {
    std::string pattern = (std::filesystem::temp_directory_path() / "vigifuite-doc-XXXXXX").string();
    const int descriptor = ::mkstemp(pattern.data());
    REQUIRE(descriptor >= 0);
    ::close(descriptor);
    path_ = pattern;
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~Scratch() { std::filesystem::remove(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// What bash proposes after these words, the last one being completed.
std::string completed(const std::string& file, const std::string& words) {
  return shell("bash --norc -c 'source " + file + "; COMP_WORDS=(" + words +
               "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _vigifuite; echo \"${COMPREPLY[*]}\"'")
      .out;
}

}  // namespace

TEST_CASE("the manual has every command and every option, in both languages") {
  for (const Language language : {Language::French, Language::English}) {
    const std::string page = manual_page(language);
    for (const CommandSpec& command : commands()) {
      if (command.run != nullptr) CHECK(page.find(".SS vigifuite " + std::string(command.path)) != std::string::npos);
    }
    CHECK(page.find("\\-\\-public\\-service") != std::string::npos);
  }
  CHECK(manual_page(Language::French).find(".SH NOM") != std::string::npos);
  CHECK(manual_page(Language::English).find(".SH NAME") != std::string::npos);
}

TEST_CASE("groff formats the manual without a warning") {
  if (!available("groff")) {
    MESSAGE("skipped: groff is not installed");
    return;
  }
  for (const Language language : {Language::French, Language::English}) {
    const Scratch page(manual_page(language));
    const Shell formatted = shell("groff -K utf8 -man -Tutf8 -ww -rLL=80n " + page.path() + " > /dev/null");
    CHECK(formatted.code == 0);
    CHECK(formatted.out.empty());
  }
}

TEST_CASE("bash completes commands, options, choices and nothing that does not exist") {
  const Scratch file(bash_completion());
  CHECK(shell("bash -n " + file.path()).out.empty());
  CHECK(completed(file.path(), "vigifuite inc") == "incidents incident\n");
  CHECK(completed(file.path(), "vigifuite incident \"\"") ==
        "show history correct corrections merge split undecided\n");
  CHECK(completed(file.path(), "vigifuite watch re") == "remove\n");
  CHECK(completed(file.path(), "vigifuite incidents --st") == "--status --store\n");
  CHECK(completed(file.path(), "vigifuite incidents --status c") == "claimed confirmed corrected\n");
  CHECK(completed(file.path(), "vigifuite --lang \"\"") == "fr en\n");
  CHECK(completed(file.path(), "vigifuite --lang fr ch") == "check\n");
  CHECK(completed(file.path(), "vigifuite letter cnil x --form") == "--format\n");
  CHECK(completed(file.path(), "vigifuite zzz") == "\n");
}

TEST_CASE("zsh and fish accept their completions where they are installed") {
  const Scratch zsh_file(zsh_completion()), fish_file(fish_completion());
  if (available("zsh"))
    CHECK(shell("zsh -n " + zsh_file.path()).out.empty());
  else
    MESSAGE("skipped: zsh is not installed");
  if (available("fish"))
    CHECK(shell("fish --no-execute " + fish_file.path()).out.empty());
  else
    MESSAGE("skipped: fish is not installed");
  for (const CommandSpec& command : commands()) {
    CHECK(zsh_completion().find("'" + std::string(command.path) + "'") != std::string::npos);
    CHECK(fish_completion().find("-a '" + std::string(last_word(command.path)) + "'") != std::string::npos);
  }
}

TEST_CASE("every canned document is one that its schema accepts") {
  const std::string validator = vigifuite::test::source_dir() + "/tests/support/validate_json.py";
  for (const auto& entry : std::filesystem::directory_iterator(kGolden / "api")) {
    const std::string name = entry.path().stem().string();
    if (name == "check-hostile") continue;  // wrong on purpose
    JsonParser parser;
    const std::string bytes = slurp(entry.path());
    const auto json = parser.parse(bytes);
    REQUIRE(json);
    std::string shape((*json)["schema"].text());
    shape = shape.empty() ? "problem" : shape.substr(10, shape.find('@') - 10);
    const Shell done = shell("/usr/bin/python3 " + validator + " " + vigifuite::test::source_dir() + "/schemas/json/" +
                             shape + ".schema.json " + entry.path().string());
    if (done.code == 77 || done.code == 127) {
      MESSAGE("skipped: python3-jsonschema is not installed");
      return;
    }
    CAPTURE(name);
    CAPTURE(done.out);
    CHECK(done.code == 0);
  }
}

}  // namespace vigifuite::cli::test
