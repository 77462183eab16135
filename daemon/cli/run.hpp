// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "daemon/cli/client.hpp"

namespace vigifuite::cli {

/// Where a command reads and writes, and what it may know of its surroundings.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t columns = 80;  ///< of the terminal
  std::function<std::string(const char*)> environment = [](const char*) { return std::string(); };
};

/// Runs one command line and gives its exit code: 0 done (check: not exposed), 1 check: exposed, 2 error,
/// 3 check: undetermined. Touches the process in no other way.
int run(int argc, const char* const* argv, Streams& streams, const Doors& doors);

}  // namespace vigifuite::cli
