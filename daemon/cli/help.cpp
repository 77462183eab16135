// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/help.hpp"

#include <algorithm>

#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

/// "-h, --help" or "--tie TIE" or "INCIDENT".
std::string shown_name(const ArgumentSpec& argument, Language language) {
  const std::string word(value_word(argument, language));
  if (argument.positional()) return word;
  std::string out(argument.key());
  if (const auto comma = argument.name.find(','); comma != std::string_view::npos) {
    out = std::string(argument.name.substr(comma + 1)) + ", " + out;
  }
  return word.empty() ? out : out + " " + word;
}

void print_rows(Page& page, const std::vector<std::pair<std::string, std::string>>& rows) {
  constexpr std::size_t kWidest = 30;
  std::size_t columns = 0;
  for (const auto& [name, what] : rows) {
    if (display_width(name) <= kWidest) columns = std::max(columns, display_width(name));
  }
  for (const auto& [name, what] : rows) {
    if (display_width(name) <= columns) {
      page.field(name, columns, what);
    } else {
      page.text(name, 2, 2).text(what, columns + 4, columns + 4);
    }
  }
}

void print_arguments(Page& page, Message title, std::span<const ArgumentSpec> arguments, bool positional,
                     Language language) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const ArgumentSpec& argument : arguments) {
    if (argument.positional() == positional)
      rows.emplace_back(shown_name(argument, language), say(language, argument.what));
  }
  if (rows.empty()) return;
  page.blank().text(say(language, title));
  print_rows(page, rows);
}

void print_commands(Page& page, std::string_view group, Language language) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const CommandSpec& command : commands()) {
    if (parent_of(command.path) == group) rows.emplace_back(last_word(command.path), say(language, command.what));
  }
  if (rows.empty()) return;
  page.blank().text(say(language, Message::HelpCommands));
  print_rows(page, rows);
}

}  // namespace

std::string usage_line(const CommandSpec& command, Language language) {
  std::string line = "vigifuite " + std::string(command.path);
  if (command.run == nullptr) return line + " " + say(language, Message::WordCommand);
  bool options = false;
  for (const ArgumentSpec& argument : command.arguments) {
    if (!argument.positional()) {
      options = true;
      continue;
    }
    std::string word(value_word(argument, language));
    if (argument.repeats) word += "...";
    line += argument.required ? " " + word : " [" + word + "]";
  }
  return options ? line + " [options]" : line;
}

void print_help(Page& page, const CommandSpec* command, Language language) {
  if (command == nullptr) {
    page.text(say(language, Message::HelpProgram)).blank();
    page.text(say(language, Message::HelpUsage, "vigifuite " + say(language, Message::WordCommand) + " [options]"));
    print_commands(page, {}, language);
    print_arguments(page, Message::HelpCommonOptions, common_options(), false, language);
    page.blank().text(say(language, Message::HelpMore));
    return;
  }
  page.text(say(language, command->what)).blank();
  page.text(say(language, Message::HelpUsage, usage_line(*command, language)), 0, 4);
  if (command->more != Message::Nothing) page.blank().text(say(language, command->more));
  print_commands(page, command->path, language);
  print_arguments(page, Message::HelpArguments, command->arguments, true, language);
  print_arguments(page, Message::HelpOptions, command->arguments, false, language);
  print_arguments(page, Message::HelpCommonOptions, common_options(), false, language);
}

}  // namespace vigifuite::cli
