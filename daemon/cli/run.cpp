// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/run.hpp"

#include <variant>

#include "daemon/cli/help.hpp"
#include "daemon/cli/session.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

/// The language of help and of usage errors, needed before the command line is understood.
Language early_language(int argc, const char* const* argv, const Streams& streams) {
  for (int i = 1; i < argc; ++i) {
    std::string_view word = argv[i];
    if (word == "--lang" && i + 1 < argc)
      word = argv[i + 1];
    else if (word.starts_with("--lang="))
      word.remove_prefix(7);
    else
      continue;
    if (word == "en") return Language::English;
    if (word == "fr") return Language::French;
  }
  return language_of(streams.environment);
}

bool asks_version(int argc, const char* const* argv) {
  for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i) {
    if (std::string_view(argv[i]) == "--version") return true;
  }
  return false;
}

/// "add, list, show": what may follow a group.
std::string members_of(std::string_view group) {
  std::string out;
  for (const CommandSpec& command : commands()) {
    if (parent_of(command.path) == group) out += (out.empty() ? "" : ", ") + std::string(last_word(command.path));
  }
  return out;
}

int dispatch(Session& session, const Invocation& invocation) {
  const CommandSpec* command = invocation.command;
  if (invocation.help || command == nullptr) {
    Page page = session.page();
    print_help(page, command, session.language());
    session.print(page);
    return kDone;
  }
  if (command->run == nullptr) {
    return session.misuse(session.say(Message::UsageGroup, command->path, members_of(command->path)), command->path);
  }
  return command->run(session, invocation.arguments);
}

}  // namespace

int run(int argc, const char* const* argv, Streams& streams, const Doors& doors) {
  // Answered before anything else is built: scripts ask it often.
  if (asks_version(argc, argv)) {
    streams.out << "vigifuite " VIGIFUITE_VERSION "\n";
    return kDone;
  }
  const Language language = early_language(argc, argv, streams);
  Parsed parsed = parse_command_line(argc, argv, language);
  if (const auto* error = std::get_if<UsageError>(&parsed)) {
    Arguments none;
    for (const ArgumentSpec& option : common_options()) none.declare(option.key());
    Session session(streams, doors, language, none);
    return session.misuse(error->sentence, error->command);
  }
  const auto& invocation = std::get<Invocation>(parsed);
  Session session(streams, doors, language, invocation.arguments);
  const int code = dispatch(session, invocation);
  streams.out.flush();
  return streams.out ? code : session.fail_with(session.say(Message::FailedWrite));
}

}  // namespace vigifuite::cli
