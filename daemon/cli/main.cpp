// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "daemon/cli/run.hpp"

namespace {

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) return size.ws_col;
  return 80;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace vigifuite::cli;
  std::ios::sync_with_stdio(false);
  Streams streams{.in = std::cin,
                  .out = std::cout,
                  .err = std::cerr,
                  .in_is_terminal = isatty(STDIN_FILENO) == 1,
                  .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                  .err_is_terminal = isatty(STDERR_FILENO) == 1,
                  .columns = terminal_columns(),
                  .environment = environment};
  try {
    return run(argc, argv, streams,
               Doors{open_client, check_config, restore_store, read_text, predict, probe, read_register});
  } catch (const std::exception& error) {
    std::cerr << "vigifuite: " << error.what() << '\n';
    return 2;
  }
}
