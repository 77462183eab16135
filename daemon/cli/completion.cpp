// SPDX-License-Identifier: AGPL-3.0-or-later
#include <vector>

#include "daemon/cli/manual.hpp"
#include "daemon/cli/spec.hpp"

// A completion offers the words that may follow: members of a group, options, the choices of an option, files and
// directories. It never runs vigifuite: pressing TAB must not open a store. Descriptions are in French, the first
// language of the project, because a completion file has one language only.

namespace vigifuite::cli {
namespace {

constexpr Language kLanguage = Language::French;

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string out(text);
  for (auto at = out.find(what); at != std::string::npos; at = out.find(what, at + with.size())) {
    out.replace(at, what.size(), with);
  }
  return out;
}

std::string spaced(std::string_view choices) {
  return replaced(choices, "|", " ");
}

std::vector<std::string_view> members_of(std::string_view group) {
  std::vector<std::string_view> out;
  for (const CommandSpec& command : commands()) {
    if (parent_of(command.path) == group) out.push_back(last_word(command.path));
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) (out += out.empty() ? "" : " ") += word;
  return out;
}

std::vector<std::string_view> option_names(std::span<const ArgumentSpec> arguments) {
  std::vector<std::string_view> out;
  for (const ArgumentSpec& argument : arguments) {
    if (!argument.positional()) out.push_back(argument.key());
  }
  return out;
}

/// Each option that takes a value, once, whatever commands it belongs to.
std::vector<const ArgumentSpec*> valued_options() {
  std::vector<const ArgumentSpec*> out;
  const auto add = [&](std::span<const ArgumentSpec> arguments) {
    for (const ArgumentSpec& argument : arguments) {
      if (argument.positional() || argument.kind == Kind::Flag) continue;
      bool known = false;
      for (const ArgumentSpec* seen : out) known = known || seen->name == argument.name;
      if (!known) out.push_back(&argument);
    }
  };
  add(common_options());
  for (const CommandSpec& command : commands()) add(command.arguments);
  return out;
}

const ArgumentSpec* first_positional(const CommandSpec& command) {
  for (const ArgumentSpec& argument : command.arguments) {
    if (argument.positional()) return &argument;
  }
  return nullptr;
}

std::string bash_value(const ArgumentSpec& option) {
  switch (option.kind) {
    case Kind::Choice: return "COMPREPLY=($(compgen -W \"" + spaced(option.choices) + "\" -- \"$cur\"))";
    case Kind::File: return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$cur\"))";
    case Kind::Directory: return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$cur\"))";
    case Kind::Flag:
    case Kind::Text:
    case Kind::Number:
    case Kind::Date: break;
  }
  return "COMPREPLY=()";
}

std::string quoted(std::string_view text) {
  return "'" + replaced(text, "'", "'\\''") + "'";
}

std::string zsh_row(std::string_view name, Message what) {
  return "    " + quoted(replaced(name, ":", "\\:") + ":" + say(kLanguage, what)) + "\n";
}

std::string fish_condition(std::string_view path) {
  if (path.empty()) return "__fish_use_subcommand";
  const std::string_view group = parent_of(path);
  std::string out = "__fish_seen_subcommand_from " + std::string(last_word(path));
  if (!group.empty()) out = "__fish_seen_subcommand_from " + std::string(group) + "; and " + out;
  return out;
}

std::string fish_option(std::string_view condition, const ArgumentSpec& option) {
  std::string row = "complete -c vigifuite";
  if (!condition.empty()) row += " -n " + quoted(condition);
  row += " -l " + std::string(option.key().substr(2));
  if (const auto comma = option.name.find(','); comma != std::string_view::npos) {
    row += " -s " + std::string(option.name.substr(comma + 2));
  }
  switch (option.kind) {
    case Kind::Flag: break;
    case Kind::Choice: row += " -x -a " + quoted(spaced(option.choices)); break;
    case Kind::File: row += " -r -F"; break;
    case Kind::Directory: row += " -x -a '(__fish_complete_directories)'"; break;
    case Kind::Text:
    case Kind::Number:
    case Kind::Date: row += " -x"; break;
  }
  return row + " -d " + quoted(say(kLanguage, option.what)) + "\n";
}

}  // namespace

std::string bash_completion() {
  std::string out = "# bash completion for vigifuite\n_vigifuite() {\n";
  out += "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path= word i\n  COMPREPLY=()\n";
  out += "  for ((i = 1; i < COMP_CWORD; i++)); do\n    word=${COMP_WORDS[i]}\n    case \"${path:+$path }$word\" in\n";
  std::string paths;
  for (const CommandSpec& command : commands())
    paths += (paths.empty() ? "\"" : "|\"") + std::string(command.path) + "\"";
  out += "      " + paths + ") path=\"${path:+$path }$word\" ;;\n    esac\n  done\n  case \"$prev\" in\n";
  for (const ArgumentSpec* option : valued_options()) {
    out += "    " + std::string(option->key()) + ") " + bash_value(*option) + "; return ;;\n";
  }
  out += "  esac\n  local common=\"" + joined(option_names(common_options())) + "\" words=\n  case \"$path\" in\n";
  out += "    \"\") words=\"" + joined(members_of("")) + "\" ;;\n";
  for (const CommandSpec& command : commands()) {
    const std::string words = joined(members_of(command.path));
    const std::string options = joined(option_names(command.arguments));
    out += "    \"" + std::string(command.path) + "\") words=\"" + words + "\" common=\"" + options +
           (options.empty() ? "" : " ") + "$common\"";
    const ArgumentSpec* first = first_positional(command);
    if (first != nullptr && (first->kind == Kind::File || first->kind == Kind::Directory)) {
      out += "\n      [[ $cur != -* ]] && { " + bash_value(*first) + "; return; }";
    }
    out += " ;;\n";
  }
  out += "  esac\n  if [[ $cur == -* ]]; then words=$common; fi\n";
  out += "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -F _vigifuite vigifuite\n";
  return out;
}

std::string zsh_completion() {
  std::string out = "#compdef vigifuite\n# zsh completion for vigifuite\n_vigifuite() {\n";
  out += "  local path_= word i\n  local -a members options\n";
  out += "  for ((i = 2; i < CURRENT; i++)); do\n    word=$words[i]\n    case \"${path_:+$path_ }$word\" in\n      ";
  std::string paths;
  for (const CommandSpec& command : commands()) paths += (paths.empty() ? "'" : "|'") + std::string(command.path) + "'";
  out += paths + ") path_=\"${path_:+$path_ }$word\" ;;\n    esac\n  done\n  case $words[CURRENT-1] in\n";
  for (const ArgumentSpec* option : valued_options()) {
    std::string value = "_message " + quoted(say(kLanguage, option->what));
    if (option->kind == Kind::Choice) value = "compadd -- " + spaced(option->choices);
    if (option->kind == Kind::File) value = "_files";
    if (option->kind == Kind::Directory) value = "_files -/";
    out += "    " + std::string(option->key()) + ") " + value + "; return ;;\n";
  }
  out += "  esac\n  options=(\n";
  for (const ArgumentSpec& option : common_options()) out += zsh_row(option.key(), option.what);
  out += "  )\n  case $path_ in\n    '') members=(\n";
  for (const CommandSpec& command : commands()) {
    if (parent_of(command.path).empty()) out += zsh_row(command.path, command.what);
  }
  out += "    ) ;;\n";
  for (const CommandSpec& command : commands()) {
    out += "    '" + std::string(command.path) + "') members=(\n";
    for (const CommandSpec& member : commands()) {
      if (parent_of(member.path) == command.path) out += zsh_row(last_word(member.path), member.what);
    }
    out += "    ) options+=(\n";
    for (const ArgumentSpec& option : command.arguments) {
      if (!option.positional()) out += zsh_row(option.key(), option.what);
    }
    out += "    ) ;;\n";
  }
  out += "  esac\n  if [[ $PREFIX == -* ]]; then\n    _describe option options\n";
  out +=
      "  elif (( $#members )); then\n    _describe commande members\n  else\n    _files\n  fi\n}\n_vigifuite \"$@\"\n";
  return out;
}

std::string fish_completion() {
  std::string out = "# fish completion for vigifuite\ncomplete -c vigifuite -f\n";
  for (const ArgumentSpec& option : common_options()) out += fish_option({}, option);
  for (const CommandSpec& command : commands()) {
    out += "complete -c vigifuite -n " + quoted(fish_condition(parent_of(command.path))) + " -a " +
           quoted(last_word(command.path)) + " -d " + quoted(say(kLanguage, command.what)) + "\n";
    for (const ArgumentSpec& option : command.arguments) {
      if (!option.positional()) out += fish_option(fish_condition(command.path), option);
    }
    const ArgumentSpec* first = first_positional(command);
    if (first != nullptr && (first->kind == Kind::File || first->kind == Kind::Directory)) {
      out += "complete -c vigifuite -n " + quoted(fish_condition(command.path)) + " -F\n";
    }
  }
  return out;
}

}  // namespace vigifuite::cli
