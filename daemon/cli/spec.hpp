// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What can be typed: every command, argument and option, once. The parser, the help, the manual pages and the shell
// completions are all made from these rows.

#include <span>
#include <string_view>

#include "schemas/messages.hpp"

namespace vigifuite::cli {

class Session;
class Arguments;

/// What a value is: how it is checked, what it is called in help, how a shell completes it.
enum class Kind : unsigned char { Flag, Text, Number, Date, File, Directory, Choice };

struct ArgumentSpec {
  std::string_view name;  ///< "--tie" or "--help,-h"; a positional has no dash: "incident"
  Message what;
  Kind kind = Kind::Text;
  Message word = Message::WordText;  ///< what the value is called: FILE, ID…
  std::string_view choices = {};     ///< "text|markdown"
  bool required = false;
  bool repeats = false;

  [[nodiscard]] constexpr bool positional() const noexcept { return !name.starts_with('-'); }
  /// "--help" of "--help,-h".
  [[nodiscard]] constexpr std::string_view key() const noexcept { return name.substr(0, name.find(',')); }
};

struct CommandSpec {
  std::string_view path;  ///< "watch add"
  Message what;           ///< one line
  Message more;           ///< a paragraph for its help and manual; Message::Nothing for none
  std::span<const ArgumentSpec> arguments;
  int (*run)(Session&, const Arguments&) = nullptr;  ///< null: only groups others
};

/// All commands, in the order in which help lists them; a group stands before its members.
std::span<const CommandSpec> commands() noexcept;

/// The options every command takes.
std::span<const ArgumentSpec> common_options() noexcept;

/// The command of this path, or null.
const CommandSpec* find_command(std::string_view path) noexcept;

/// "add" of "watch add".
constexpr std::string_view last_word(std::string_view path) noexcept {
  const auto space = path.rfind(' ');
  return space == std::string_view::npos ? path : path.substr(space + 1);
}
/// "watch" of "watch add", "" of "watch".
constexpr std::string_view parent_of(std::string_view path) noexcept {
  const auto space = path.rfind(' ');
  return space == std::string_view::npos ? std::string_view{} : path.substr(0, space);
}

/// How an argument's value is called in `language`: "FICHIER", "text|markdown"; "" for a flag.
std::string_view value_word(const ArgumentSpec& argument, Language language) noexcept;

}  // namespace vigifuite::cli
