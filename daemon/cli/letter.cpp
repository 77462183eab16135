// SPDX-License-Identifier: AGPL-3.0-or-later

#include <optional>
#include <utility>

#include "daemon/cli/commands.hpp"
#include "daemon/cli/letter_interview.hpp"
#include "daemon/cli/new_file.hpp"
#include "daemon/cli/phrases.hpp"
#include "daemon/cli/profiles.hpp"
#include "schemas/core/base64.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

void print_rest(Page& page, Message title, JsonValue items, Language language) {
  bool first = true;
  for (const auto element : items.items()) {
    if (first) page.text(say(language, title));
    first = false;
    page.text("- " + shown(JsonValue(element), language), 2, 4);
  }
}

/// What is left to do with the letter: on the error stream, so that the letter alone can be redirected.
void print_rest_of(Session& session, JsonValue letter, const std::string& file) {
  if (session.quiet()) return;
  Page page = session.page();
  if (!file.empty()) page.text(session.say(Message::LetterWritten, file));
  print_rest(page, Message::LetterBlanks, letter["blanks"], session.language());
  print_rest(page, Message::LetterAttachments, letter["attachments"], session.language());
  print_rest(page, Message::LetterWarnings, letter["warnings"], session.language());
  print_rest(page, Message::LetterWays, letter["ways"], session.language());
  if (!page.empty() && file.empty()) session.streams().err << '\n';
  session.streams().err << page.str();
}

/// A letter names a person: only its owner may read the file.
int save(Session& session, const std::string& file, std::string_view text, JsonValue letter) {
  if (const auto failure = write_new_file(file, text, 0600)) {
    return session.fail_with(session.say(Message::FileUnwritable, file, file_failure(*failure, session.language())));
  }
  print_rest_of(session, letter, file);
  return kDone;
}

/// The file's bytes: what a format that is no text holds as base64, else the text.
std::string bytes_of(Session& session, const Document& letter) {
  if (session.json()) return letter.bytes + "\n";
  if (letter.value["encoding"].text() != "base64") return printable(letter.value["body"].text(), true);
  return from_base64(letter.value["body"].text()).value_or(std::string());
}

/// "acces-une-fuite-2024.pdf".
std::string proposed_file(const LetterRequest& request) {
  return request.kind + (request.incident.empty() ? "" : "-" + request.incident) + ".pdf";
}

/// The format a file's name asks for; text when it asks for none.
std::string format_of(std::string_view file) {
  constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {".md", "markdown"}, {".html", "html"}, {".pdf", "pdf"}};
  for (const auto& [ending, format] : kEndings) {
    if (file.ends_with(ending)) return std::string(format);
  }
  return "text";
}

/// Asked, shown, then written where the person says.
int write_by_asking(Session& session, LetterRequest request) {
  auto asked = letter_interview(session, std::move(request));
  if (!asked) return session.fail_with(asked.error());
  if (!*asked) return kDone;  // the person stopped
  const std::string wanted = std::exchange((*asked)->format, "text");
  const auto shown = session.ask({"POST", "/api/v1/letters", {}, body_of(**asked)});
  if (!shown) return session.fail_with(shown.error());
  session.streams().out << '\n' << bytes_of(session, *shown) << std::flush;
  print_rest_of(session, shown->value, {});
  const std::string file = ask_file(session, proposed_file(**asked));
  if (file.empty()) return kDone;
  (*asked)->format = wanted == "text" ? format_of(file) : wanted;
  const auto letter = session.ask({"POST", "/api/v1/letters", {}, body_of(**asked)});
  return letter ? save(session, file, bytes_of(session, *letter), letter->value) : session.fail_with(letter.error());
}

/// Why `letter kinds` says so, and from when.
void print_possible(Page& page, JsonValue kind, Language language) {
  const std::string_view possible = kind["possible"].text();
  if (possible.empty()) return;
  const Message word = possible == "now"       ? Message::PossibleNow
                       : possible == "later"   ? Message::PossibleLater
                       : possible == "missing" ? Message::PossibleMissing
                                               : Message::PossibleNo;
  std::string line = say(language, word);
  if (const auto from = parse_partial_date(kind["from"].text())) {
    line += say(language, Message::PossibleFrom, date(language, *from));
  }
  if (const std::string why = shown(kind["why"], language); !why.empty()) {
    line += say(language, Message::Colon) + " " + why;
  }
  page.text(line, 4, 4);
}

}  // namespace

int run_letter(Session& session, const Arguments& arguments) {
  const bool described = arguments.given("--profile") || arguments.given("--tie");
  if (described && arguments.given("--watch")) return session.misuse(session.say(Message::UsageLetterWho), "letter");
  auto request = letter_request(session, arguments);
  if (!request) return session.fail_with(request.error());
  request->kind = arguments.text("kind");
  if (arguments.given("--format")) request->format = arguments.text("--format");
  const bool nobody = !described && !request->watch;
  const bool whole = !request->kind.empty() && (!nobody || request->incident.empty());
  const std::string file = arguments.text("--output");
  const bool to_out = file.empty() || file == "-";
  if (!arguments.given("--format")) request->format = format_of(file);
  if (!whole && session.interactive() && !session.json() && file.empty()) {
    return write_by_asking(session, *std::move(request));
  }
  if (request->kind.empty()) return session.misuse(session.say(Message::UsageLetterKind), "letter");
  if (!whole) return session.misuse(session.say(Message::UsageLetterWho), "letter");
  if (request->format == "pdf" && to_out && !session.json() && session.streams().out_is_terminal) {
    return session.fail_with(session.say(Message::LetterNotForTerminal, proposed_file(*request)));
  }
  const auto letter = session.ask({"POST", "/api/v1/letters", {}, body_of(*request)});
  if (!letter) return session.fail_with(letter.error());
  const std::string bytes = bytes_of(session, *letter);
  if (!to_out) return save(session, file, bytes, letter->value);
  session.streams().out << bytes;
  if (letter->value["encoding"].text().empty() && !bytes.ends_with('\n')) session.streams().out << '\n';
  session.streams().out.flush();
  if (!session.json()) print_rest_of(session, letter->value, {});
  return kDone;
}

int run_letter_kinds(Session& session, const Arguments& arguments) {
  const bool described = arguments.given("--profile") || arguments.given("--tie");
  const bool someone = described || arguments.given("--watch");
  if (described && arguments.given("--watch")) {
    return session.misuse(session.say(Message::UsageLetterWho), "letter kinds");
  }
  if (arguments.given("incident") && !someone) {
    return session.misuse(session.say(Message::UsageLetterWho), "letter kinds");
  }
  http::ApiRequest asked{"GET", "/api/v1/letters", {}, {}};
  if (someone) {
    const auto request = letter_request(session, arguments);
    if (!request) return session.fail_with(request.error());
    asked = {"POST", "/api/v1/letters/kinds", {}, body_of(*request)};
  }
  return session.show(asked, [&](Page& page, JsonValue document) {
    for (const auto element : document["items"].items()) {
      const JsonValue kind(element);
      page.text(bold(printable(kind["id"].text())) + " (" + printable(kind["code"].text()) + ")" +
                    say(session.language(), Message::Colon) + " " + shown(kind["title"], session.language()),
                0, 4);
      page.text(shown(kind["purpose"], session.language()), 4, 4);
      print_possible(page, kind, session.language());
    }
  });
}

}  // namespace vigifuite::cli
