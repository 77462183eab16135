// SPDX-License-Identifier: AGPL-3.0-or-later

#include <algorithm>
#include <optional>

#include "daemon/cli/commands.hpp"
#include "daemon/cli/new_file.hpp"
#include "daemon/cli/phrases.hpp"
#include "daemon/cli/profiles.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

/// What became of the rows: on the error stream, so that the list alone can be redirected.
void print_rows(Session& session, const ListToReview& list, const std::string& file) {
  if (session.quiet()) return;
  const auto count = [&](std::uint64_t rows) { return number(session.language(), static_cast<std::int64_t>(rows)); };
  Page page = session.page();
  page.text(session.say(Message::RegisterDone, count(list.rows), count(list.known), count(list.added), count(list.left),
                        count(list.refused)));
  for (const ListToReview::Row& row : list.samples) {
    page.text(session.say(Message::RegisterRow, count(row.number), printable(row.why.in(session.language()))), 2, 4);
  }
  const std::uint64_t more = list.refused - std::min<std::uint64_t>(list.refused, list.samples.size());
  if (more != 0) page.text(session.say(Message::RegisterMore, count(more)), 2, 4);
  if (!file.empty()) page.text(session.say(Message::RegisterNext, file, list.own_lists.string()));
  session.streams().err << page.str();
}

}  // namespace

int run_organisations_import(Session& session, const Arguments& arguments) {
  RegisterToRead request;
  request.format = arguments.text("register");
  request.file = arguments.text("file");
  request.date = parse_partial_date(arguments.text("--date")).value_or(PartialDate{});
  const auto list = session.doors().read_register(request, session.client());
  if (!list) return session.fail_with(list.error());
  const std::string file = arguments.text("--output") == "-" ? std::string() : arguments.text("--output");
  if (file.empty()) {
    session.streams().out << list->document << '\n';
    session.streams().out.flush();
  } else if (const auto failure = write_new_file(file, list->document + "\n", 0644)) {
    return session.fail_with(session.say(Message::FileUnwritable, file, file_failure(*failure, session.language())));
  }
  print_rows(session, *list, file);
  return kDone;
}

}  // namespace vigifuite::cli
