// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters a second, against jinja2 (text) and weasyprint (PDF) on the same letter, in the same run; and memory over
// 100,000 of them. Times are of the processor, on one thread.

#define DOCTEST_CONFIG_IMPLEMENT
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>

#include "tests/unit/letters/fixture.hpp"

using namespace vigifuite;

namespace {

/// The letter that is measured: a complaint about a public body, with every part a long letter has.
class Complaint {
 public:
  Complaint() : incident_(letters_fixture::france_travail()) {
    profile_ = letters_fixture::person("Pôle emploi", "france-travail",
                                       {letters_fixture::on("2009"), letters_fixture::on("2013")}, false);
    hit_ = letters_fixture::judged(incident_, Verdict::Likely, ReasonCode::WithinPopulation);
  }

  letters::Letter render(int number, bool latin, letters::Format format) {
    const std::string n = std::to_string(number);
    profile_.identity = {(latin ? "Camille Exemple " : "نور الهدى Παπαδοπούλου ") + n,
                         n + " rue de l'Exemple\n00000 Exempleville", "camille" + n + "@exemple.invalid", ""};
    auto made =
        letters::render(letters_fixture::request(incident_, profile_, &hit_, format), letters_fixture::vocabulary());
    if (!made) std::abort();
    return *std::move(made);
  }

 private:
  Incident incident_;
  Profile profile_;
  Hit hit_;
};

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double resident_mib() {
  std::ifstream in("/proc/self/statm");
  long total = 0, resident = 0;
  in >> total >> resident;
  return static_cast<double>(resident) * 4096 / (1024 * 1024);
}

/// How many times a second `make` runs, over at least `seconds`.
double rate(double seconds, const std::function<void(int)>& make) {
  make(0);
  const double start = processor_seconds();
  int count = 0;
  double spent = 0;
  while (spent < seconds) {
    for (int i = 0; i < 20; ++i) make(++count);
    spent = processor_seconds() - start;
  }
  return count / spent;
}

/// The number on the line "NAME NUMBER" that a peer prints.
double peer(const std::string& command, std::string_view name) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return 0;
  char line[256];
  double found = 0;
  while (std::fgets(line, sizeof line, pipe) != nullptr) {
    char word[128];
    double value = 0;
    if (std::sscanf(line, "%127s %lf", word, &value) == 2 && name == word) found = value;
  }
  ::pclose(pipe);
  return found;
}

void say_rate(const char* what, double ours, double theirs, const char* other, double target) {
  std::printf("%-30s %9.0f/s", what, ours);
  if (theirs > 0) std::printf("  %s %.1f/s: %.1f times (target %.0f)", other, theirs, ours / theirs, target);
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace

int main() {
  doctest::Context context;
  context.setAsDefaultForAssertsOutOfTestCases();
  using letters::Format;
  Complaint one;
  const std::filesystem::path place = std::filesystem::temp_directory_path() / "vigifuite-letters-bench";
  std::filesystem::create_directories(place);
  const auto keep = [&](const char* name, bool latin, Format format) {
    std::ofstream(place / name, std::ios::binary) << one.render(1, latin, format).body;
    return (place / name).string();
  };
  const std::string source = vigifuite::test::source_dir();
  const std::string script = "/usr/bin/python3 " + source + "/tests/bench/letters_peers.py ";
  const std::string text = keep("letter.txt", true, Format::Text);
  const std::string jinja_run = script + "jinja2 " + source + "/schemas/letters " + text;
  std::printf("letter of %ju bytes as text; jinja2's has %.0f\n", std::filesystem::file_size(text),
              peer(jinja_run, "size"));
  const double jinja = peer(jinja_run, "jinja2");
  const auto weasyprint = [&](const std::string& page) {
    return peer(script + "weasyprint " + page + " 2>/dev/null", "weasyprint");
  };
  const double latin = weasyprint(keep("latin.html", true, Format::Html));
  const double any = weasyprint(keep("any.html", false, Format::Html));
  std::filesystem::remove_all(place);

  std::size_t bytes = 0;
  const auto make = [&](bool in_latin, Format format) {
    return [&, in_latin, format](int i) { bytes += one.render(i, in_latin, format).body.size(); };
  };
  say_rate("text", rate(2, make(true, Format::Text)), jinja, "jinja2", 20);
  say_rate("PDF, Latin", rate(3, make(true, Format::Pdf)), latin, "weasyprint", 100);
  say_rate("PDF, any script", rate(3, make(false, Format::Pdf)), any, "weasyprint", 15);
  const double before = resident_mib();
  for (int i = 0; i < 50'000; ++i) make(true, Format::Text)(i);
  for (int i = 0; i < 50'000; ++i) make(true, Format::Pdf)(i);
  const double after = resident_mib();
  for (int i = 0; i < 3'000; ++i) make(false, Format::Pdf)(i);
  std::printf("memory: %.1f MiB, %.1f after 50,000 texts and 50,000 PDFs, %.1f after 3,000 PDFs of any script more\n",
              before, after, resident_mib());
  return bytes == 0 ? 1 : 0;
}
