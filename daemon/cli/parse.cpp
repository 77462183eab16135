// SPDX-License-Identifier: AGPL-3.0-or-later
#include <charconv>
#include <deque>

// CLI11 tokenises; the rows of spec.hpp say what may be said, and the catalogue how to answer.
#include <CLI/CLI.hpp>

#include "daemon/cli/arguments.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

/// One argument of one command while CLI11 fills it.
struct Slot {
  const ArgumentSpec* spec = nullptr;
  bool flag = false;
  std::vector<std::string> values;
  CLI::Option* option = nullptr;
};

struct Node {
  const CommandSpec* spec = nullptr;
  CLI::App* app = nullptr;
  std::deque<Slot> slots;  // CLI11 keeps addresses
};

void add_argument(CLI::App& app, Slot& slot) {
  const std::string name(slot.spec->name);
  if (slot.spec->kind == Kind::Flag) {
    slot.option = app.add_flag(name, slot.flag);
    return;
  }
  slot.option = app.add_option(name, slot.values);
  if (slot.spec->positional() && slot.spec->repeats) return;
  slot.option->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_arguments(CLI::App& app, std::deque<Slot>& slots, std::span<const ArgumentSpec> specs) {
  for (const ArgumentSpec& spec : specs) {
    Slot& slot = slots.emplace_back();
    slot.spec = &spec;
    add_argument(app, slot);
  }
}

bool is_one_of(std::string_view value, std::string_view choices) {
  while (!choices.empty()) {
    const auto bar = choices.find('|');
    if (choices.substr(0, bar) == value) return true;
    choices.remove_prefix(bar == std::string_view::npos ? choices.size() : bar + 1);
  }
  return false;
}

bool is_number(std::string_view value) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  return error == std::errc() && end == value.data() + value.size();
}

/// What is wrong with a value, or nothing.
std::optional<std::string> complaint(const ArgumentSpec& spec, const std::string& value, Language language) {
  switch (spec.kind) {
    case Kind::Number:
      if (!is_number(value)) return say(language, Message::UsageNotANumber, spec.key(), value);
      break;
    case Kind::Date:
      if (!parse_partial_date(value)) return say(language, Message::UsageNotADate, spec.key(), value);
      break;
    case Kind::Choice:
      if (!is_one_of(value, spec.choices)) {
        return say(language, Message::UsageNotAChoice, spec.key(), value, spec.choices);
      }
      break;
    case Kind::Flag:
    case Kind::Text:
    case Kind::File:
    case Kind::Directory: break;
  }
  if (value.empty()) return say(language, Message::UsageEmptyValue, spec.key());
  return std::nullopt;
}

/// Moves what CLI11 found into `arguments`; the first thing wrong, or nothing.
std::optional<std::string> collect(const std::deque<Slot>& slots, Arguments& arguments, Language language,
                                   bool required) {
  for (const Slot& slot : slots) {
    const ArgumentSpec& spec = *slot.spec;
    arguments.declare(spec.key());
    if (slot.flag) arguments.add(spec.key(), "true");
    if (slot.values.size() > 1 && !spec.repeats) return say(language, Message::UsageTwice, spec.key());
    for (const std::string& value : slot.values) {
      if (auto wrong = complaint(spec, value, language)) return wrong;
      arguments.add(spec.key(), value);
    }
    if (required && spec.required && slot.values.empty()) {
      const std::string_view word = value_word(spec, language);
      return say(language, Message::UsageMissing, spec.positional() ? word : spec.key(), text_of(language, spec.what));
    }
  }
  return std::nullopt;
}

/// CLI11's complaint in our words.
std::string sentence_of(const CLI::ParseError& error, const CLI::App& root, Language language) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const auto extras = root.remaining(true);
    return say(language, Message::UsageUnexpected, extras.empty() ? std::string() : extras.front());
  }
  const std::string_view what = error.what();
  return say(language, Message::UsageValueMissing, what.substr(0, what.find_first_of(" :")));
}

class CommandLine {
 public:
  explicit CommandLine(Language language) : language_(language) {
    root_.set_help_flag();
    root_.allow_windows_style_options(false);
    root_.fallthrough();
    root_.require_subcommand(0, 1);
    add_arguments(root_, common_, common_options());
    for (const CommandSpec& spec : commands()) add_command(spec);
  }

  Parsed parse(int argc, const char* const* argv) {
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) words.emplace_back(argv[i]);  // CLI11 takes them last first
    try {
      root_.parse(words);
    } catch (const CLI::ParseError& error) {
      const Node* node = deepest();
      return UsageError{sentence_of(error, root_, language_), std::string(node == nullptr ? "" : node->spec->path)};
    }
    return understand();
  }

 private:
  void add_command(const CommandSpec& spec) {
    CLI::App* parent = &root_;
    for (const Node& node : nodes_) {
      if (node.spec->path == parent_of(spec.path)) parent = node.app;
    }
    Node& node = nodes_.emplace_back();
    node.spec = &spec;
    node.app = parent->add_subcommand(std::string(last_word(spec.path)));
    node.app->require_subcommand(0, 1);
    node.app->set_help_flag();
    add_arguments(*node.app, node.slots, spec.arguments);
  }

  const Node* deepest() const {
    const Node* found = nullptr;
    for (const Node& node : nodes_) {
      if (node.app->parsed()) found = &node;  // members stand after their group
    }
    return found;
  }

  Parsed understand() const {
    Invocation invocation;
    const Node* node = deepest();
    const std::string path(node == nullptr ? std::string_view{} : node->spec->path);
    if (auto wrong = collect(common_, invocation.arguments, language_, true)) return UsageError{*wrong, path};
    invocation.help = invocation.arguments.flag("--help");
    if (node == nullptr) return invocation;
    invocation.command = node->spec;
    if (auto wrong = collect(node->slots, invocation.arguments, language_, !invocation.help)) {
      return UsageError{*wrong, path};
    }
    return invocation;
  }

  Language language_;
  CLI::App root_{"", "vigifuite"};
  std::deque<Slot> common_;
  std::deque<Node> nodes_;
};

}  // namespace

std::string Arguments::text(std::string_view name) const {
  const auto& found = values(name);
  return found.empty() ? std::string() : found.front();
}

std::optional<std::uint64_t> Arguments::number(std::string_view name) const {
  const std::string word = text(name);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

void Arguments::add(std::string_view name, std::string value) {
  const auto found = values_.find(name);
  VIGIFUITE_CHECK(found != values_.end());
  found->second.push_back(std::move(value));
}

const std::vector<std::string>& Arguments::values(std::string_view name) const {
  const auto found = values_.find(name);
  VIGIFUITE_CHECK(found != values_.end());
  return found->second;
}

Parsed parse_command_line(int argc, const char* const* argv, Language language) {
  return CommandLine(language).parse(argc, argv);
}

}  // namespace vigifuite::cli
