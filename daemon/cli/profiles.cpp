// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/profiles.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "daemon/cli/phrases.hpp"
#include "schemas/messages.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMaxProfileBytes = std::size_t{1} << 20U;

std::string typed_period(const Period& period, bool ongoing) {
  if (!period.known()) return {};
  if (period.from == period.to) return ":" + to_string(period.from);
  return ":" + to_string(period.from) + ".." + (ongoing ? "" : to_string(period.to));
}

}  // namespace

std::string file_failure(int error, Language language) {
  switch (error) {
    case ENOENT: return say(language, Message::NoSuchFile);
    case EACCES:
    case EPERM: return say(language, Message::FileForbidden);
    case EISDIR: return say(language, Message::FileIsDirectory);
    case EEXIST: return say(language, Message::FileExists);
    case ENOSPC:
    case EDQUOT: return say(language, Message::FileNoRoom);
    case EROFS: return say(language, Message::FileReadOnly);
    default: return std::strerror(error);
  }
}

Result<std::string> read_file(Session& session, const std::string& file, std::size_t at_most) {
  std::ifstream opened;
  if (file != "-") {
    errno = 0;
    opened.open(file, std::ios::binary);
    if (!opened)
      return fail(ErrorKind::Config,
                  session.say(Message::FileUnreadable, file, file_failure(errno, session.language())));
  }
  std::istream& in = file == "-" ? session.streams().in : opened;
  std::string bytes(at_most + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.size() > at_most) {
    return fail(ErrorKind::Config, session.say(Message::FileTooLarge, file,
                                               number(session.language(), static_cast<std::int64_t>(at_most))));
  }
  if (in.bad() || bytes.empty()) return fail(ErrorKind::Config, session.say(Message::FileEmpty, file));
  return bytes;
}

Result<Profile> profile_from(Session& session, const Arguments& arguments) {
  Profile profile;
  profile.language = session.language();
  if (const std::string file = arguments.text("--profile"); !file.empty()) {
    const auto bytes = read_file(session, file, kMaxProfileBytes);
    if (!bytes) return bytes.error();
    JsonParser parser;
    const auto json = parser.parse(*bytes);
    if (!json) return fail(ErrorKind::Config, session.say(Message::ProfileNotJson, file));
    auto read = read_profile(*json);
    if (!read)
      return fail(ErrorKind::Config, session.say(Message::ProfileWrong, file, read.error().in(session.language())));
    profile = *std::move(read);
  }
  for (const std::string& text : arguments.all("--tie")) {
    auto tie = parse_tie(text);
    if (!tie) return fail(ErrorKind::Config, Message::TieNotUnderstood, text, tie.error().text());
    profile.ties.push_back(*std::move(tie));
  }
  return profile;
}

std::string document_of(const Profile& profile) {
  JsonOut out;
  write(out, profile);
  return std::string(out.str());
}

std::string typed(const Tie& tie) {
  const std::string& name = tie.organisation.name.empty() ? tie.organisation.id : tie.organisation.name;
  return name + typed_period(tie.period, tie.ongoing);
}

std::string typed(JsonValue tie) {
  return body_name(tie["organisation"]) + typed_period(period_at(tie), tie["ongoing"].boolean().value_or(false));
}

std::string readable(JsonValue tie, Language language) {
  const Period held = period_at(tie);
  std::string out = body_name(tie["organisation"]);
  if (tie["relation"].text() == "employee") out += say(language, Message::TieAsEmployee);
  if (tie["ongoing"].boolean().value_or(false) && held.from.known()) {
    return out + say(language, Message::TieSince, date(language, held.from));
  }
  const std::string when = period(language, held);
  return when.empty() ? out : out + ", " + when;
}

}  // namespace vigifuite::cli
