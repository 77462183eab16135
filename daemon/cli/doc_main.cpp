// SPDX-License-Identifier: AGPL-3.0-or-later
// vigifuite-doc DIRECTORY: writes the manual pages and the shell completions, at build time.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "daemon/cli/manual.hpp"

namespace {

bool write(const std::filesystem::path& file, const std::string& text) {
  std::error_code failure;
  std::filesystem::create_directories(file.parent_path(), failure);
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) std::fprintf(stderr, "vigifuite-doc: cannot write %s\n", file.c_str());
  return !out.fail();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace vigifuite;
  if (argc != 2) {
    std::fputs("usage: vigifuite-doc DIRECTORY\n", stderr);
    return 2;
  }
  const std::filesystem::path directory = argv[1];
  const bool written = write(directory / "man1" / "vigifuite.1", cli::manual_page(Language::English)) &&
                       write(directory / "fr" / "man1" / "vigifuite.1", cli::manual_page(Language::French)) &&
                       write(directory / "vigifuite.bash", cli::bash_completion()) &&
                       write(directory / "_vigifuite", cli::zsh_completion()) &&
                       write(directory / "vigifuite.fish", cli::fish_completion());
  return written ? 0 : 1;
}
