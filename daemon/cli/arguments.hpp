// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/cli/spec.hpp"
#include "schemas/core/result.hpp"

namespace vigifuite::cli {

/// What was typed after a command, checked against its rows. Asking for a name that the rows do not have is a bug.
class Arguments {
 public:
  [[nodiscard]] bool flag(std::string_view name) const { return !values(name).empty(); }
  [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const { return values(name); }
  /// The value, or "" when it was not given.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] bool given(std::string_view name) const { return !values(name).empty(); }
  [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name) const;

  /// Declares a name; add() fills it.
  void declare(std::string_view name) { values_.try_emplace(std::string(name)); }
  void add(std::string_view name, std::string value);

 private:
  [[nodiscard]] const std::vector<std::string>& values(std::string_view name) const;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// A command line understood.
struct Invocation {
  const CommandSpec* command = nullptr;  ///< null: nothing but options
  Arguments arguments;                   ///< its own and the common ones
  bool help = false;
};

/// A command line that was not: the sentence, and the command whose help to read ("" for the program).
struct UsageError {
  std::string sentence;
  std::string command;
};

using Parsed = std::variant<Invocation, UsageError>;

/// Reads a command line against the rows of spec.hpp. Pure.
Parsed parse_command_line(int argc, const char* const* argv, Language language);

}  // namespace vigifuite::cli
