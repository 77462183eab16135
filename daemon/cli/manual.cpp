// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/manual.hpp"

#include "daemon/cli/help.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

/// Text as roff reads it: no line begins with a control character, hyphens that are typed stay hyphens.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

class Manual {
 public:
  explicit Manual(Language language) : language_(language) {}

  std::string write() {
    out_ = ".\\\" SPDX-License-Identifier: AGPL-3.0-or-later\n";
    out_ += ".TH VIGIFUITE 1 \"\" \"vigifuite " VIGIFUITE_VERSION "\" \"" + roff(words(Message::ManTitle)) + "\"\n";
    line(".nh\n.ad l");  // no cut words: options are copied from here
    section(Message::ManName);
    line("vigifuite \\- " + roff(words(Message::ManOneLine)));
    section(Message::ManSynopsis);
    line(".B vigifuite\n" + roff(words(Message::WordCommand) + " [options]"));
    section(Message::ManDescription);
    line(roff(words(Message::HelpProgram)));
    line(".PP\n" + roff(words(Message::ManAbout)));
    section(Message::ManCommands);
    for (const CommandSpec& command : commands()) describe(command);
    section(Message::ManOptions);
    arguments(common_options());
    rest();
    return out_;
  }

 private:
  [[nodiscard]] std::string words(Message message) const { return std::string(text_of(language_, message)); }
  void line(std::string_view text) { (out_ += text) += '\n'; }
  void section(Message title) { line(".SH " + roff(words(title))); }
  void tagged(const std::string& tag, const std::string& text) {
    line(".TP\n\\fB" + roff(tag) + "\\fR\n" + roff(text));
  }

  void arguments(std::span<const ArgumentSpec> specs) {
    for (const ArgumentSpec& spec : specs) {
      const std::string value(value_word(spec, language_));
      std::string tag = spec.positional() ? "\\fI" + roff(value) + "\\fR" : "\\fB" + roff(spec.key()) + "\\fR";
      if (const auto comma = spec.name.find(','); comma != std::string_view::npos) {
        tag = "\\fB" + roff(spec.name.substr(comma + 1)) + "\\fR, " + tag;
      }
      if (!spec.positional() && !value.empty()) tag += " \\fI" + roff(value) + "\\fR";
      line(".TP\n" + tag + "\n" + roff(words(spec.what)));
    }
  }

  void describe(const CommandSpec& command) {
    if (command.run == nullptr) return;
    line(".SS " + roff(usage_line(command, language_)));
    line(roff(words(command.what)));
    if (command.more != Message::Nothing) line(".PP\n" + roff(words(command.more)));
    arguments(command.arguments);
  }

  void rest() {
    section(Message::ManExit);
    tagged("0", words(Message::ManExitDone));
    tagged("1", words(Message::ManExitExposed));
    tagged("2", words(Message::ManExitFailed));
    tagged("3", words(Message::ManExitUndetermined));
    section(Message::ManEnvironment);
    tagged("LC_ALL, LC_MESSAGES, LANG", words(Message::ManEnvLocale));
    tagged("NO_COLOR", words(Message::ManEnvNoColor));
    tagged("XDG_DATA_HOME", words(Message::ManEnvData));
    section(Message::ManFiles);
    tagged("~/.local/share/vigifuite", words(Message::ManFileStore));
    section(Message::ManExamples);
    example(Message::ManExampleCheck, "vigifuite check --tie \"Pôle emploi:2009..2013\" --tie \"CAF:2019..\"");
    example(Message::ManExampleInteractive, "vigifuite check");
    example(Message::ManExampleLetter,
            "vigifuite letter cnil france-travail-cap-emploi-2024-03 --tie \"Pôle emploi:2009..2013\"");
    example(Message::ManExampleJson, "vigifuite sources --json");
  }

  void example(Message what, std::string_view command) {
    line(".TP\n" + roff(words(what)) + "\n.nf\n" + roff(command) + "\n.fi");
  }

  Language language_;
  std::string out_;
};

}  // namespace

std::string manual_page(Language language) {
  return Manual(language).write();
}

}  // namespace vigifuite::cli
