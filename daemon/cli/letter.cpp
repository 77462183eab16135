// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "daemon/cli/commands.hpp"
#include "daemon/cli/phrases.hpp"
#include "daemon/cli/profiles.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

Result<std::string> request_body(Session& session, const Arguments& arguments) {
  JsonOut out;
  out.begin_object().member("kind", arguments.text("kind")).member("incident", arguments.text("incident"));
  out.member("format", arguments.given("--format") ? arguments.text("--format") : std::string("text"));
  out.member_if("controller", std::string_view(arguments.text("--controller")));
  if (arguments.given("--watch")) {
    out.member("watch", arguments.number("--watch").value_or(0));
  } else {
    const auto profile = profile_from(session, arguments);
    if (!profile) return profile.error();
    out.key("profile").raw(document_of(*profile));
  }
  out.end_object();
  return std::string(out.str());
}

/// Writes a letter to a file of its owner only (it names a person), which must not exist: a letter one has begun to
/// fill in is never overwritten. The failure, or nothing.
std::optional<int> write_private(const std::string& file, std::string_view text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return errno;
  std::optional<int> failure;
  while (!text.empty() && !failure) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written >= 0)
      text.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      failure = errno;
  }
  if (::close(descriptor) != 0 && !failure) failure = errno;
  if (failure) ::unlink(file.c_str());
  return failure;
}

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
  if (!page.empty() && file.empty()) session.streams().err << '\n';
  session.streams().err << page.str();
}

}  // namespace

int run_letter(Session& session, const Arguments& arguments) {
  const bool described = arguments.given("--profile") || arguments.given("--tie");
  if (described == arguments.given("--watch")) return session.misuse(session.say(Message::UsageLetterWho), "letter");
  const auto body = request_body(session, arguments);
  if (!body) return session.fail_with(body.error());
  const auto letter = session.ask({"POST", "/api/v1/letters", {}, *body});
  if (!letter) return session.fail_with(letter.error());
  const std::string file = arguments.text("--output");
  const std::string text = session.json() ? letter->bytes + "\n" : printable(letter->value["body"].text(), true);
  if (file.empty() || file == "-") {
    session.streams().out << text;
    if (!text.ends_with('\n')) session.streams().out << '\n';
    session.streams().out.flush();
    if (!session.json()) print_rest_of(session, letter->value, {});
    return kDone;
  }
  if (const auto failure = write_private(file, text)) {
    return session.fail_with(session.say(Message::FileUnwritable, file, file_failure(*failure, session.language())));
  }
  print_rest_of(session, letter->value, file);
  return kDone;
}

int run_letter_kinds(Session& session, const Arguments&) {
  return session.show({"GET", "/api/v1/letters", {}, {}}, [&](Page& page, JsonValue document) {
    for (const auto element : document["items"].items()) {
      const JsonValue kind(element);
      page.text(bold(printable(kind["id"].text())) + say(session.language(), Message::Colon) + " " +
                    shown(kind["title"], session.language()),
                0, 4);
      page.text(shown(kind["purpose"], session.language()), 4, 4);
    }
  });
}

}  // namespace vigifuite::cli
