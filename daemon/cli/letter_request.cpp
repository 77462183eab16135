// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/letter_request.hpp"

#include "daemon/cli/profiles.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMaxProcedureBytes = std::size_t{1} << 20U;
constexpr std::size_t kMaxNoticeBytes = std::size_t{256} << 10U;

Status read_steps(Session& session, const Arguments& arguments, Procedure& procedure) {
  if (const std::string file = arguments.text("--procedure"); !file.empty()) {
    const auto bytes = read_file(session, file, kMaxProcedureBytes);
    if (!bytes) return bytes.error();
    JsonParser parser;
    const auto json = parser.parse(*bytes);
    if (!json) return fail(ErrorKind::Config, session.say(Message::ProfileWrong, file, json.error().in(session.language())));
    auto read = read_procedure(*json);
    if (!read) return fail(ErrorKind::Config, session.say(Message::ProfileWrong, file, read.error().in(session.language())));
    procedure = *std::move(read);
  }
  for (const std::string& text : arguments.all("--sent")) {
    auto sent = parse_sent(text);
    if (!sent) return fail(ErrorKind::Config, session.say(Message::SentNotUnderstood, text));
    procedure.sent.push_back(*std::move(sent));
  }
  for (const std::string& text : arguments.all("--answer")) {
    auto answer = parse_answer(text);
    if (!answer) return fail(ErrorKind::Config, session.say(Message::AnswerNotUnderstood, text));
    procedure.answers.push_back(*std::move(answer));
  }
  return Done{};
}

Status read_details(Session& session, const Arguments& arguments, std::map<std::string, std::string>& details) {
  for (const std::string& text : arguments.all("--detail")) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(ErrorKind::Config, session.say(Message::DetailNotUnderstood, text));
    }
    details.insert_or_assign(text.substr(0, equals), text.substr(equals + 1));
  }
  return Done{};
}

}  // namespace

Result<LetterRequest> letter_request(Session& session, const Arguments& arguments) {
  LetterRequest request;
  request.language = session.language();
  request.incident = arguments.text("incident");
  request.controller = arguments.text("--controller");
  request.watch = arguments.number("--watch");
  auto profile = profile_from(session, arguments);
  if (!profile) return std::move(profile).error();
  request.profile = *std::move(profile);
  VIGIFUITE_TRY(read_steps(session, arguments, request.procedure));
  VIGIFUITE_TRY(read_details(session, arguments, request.details));
  if (const std::string file = arguments.text("--notice"); !file.empty()) {
    auto bytes = read_file(session, file, kMaxNoticeBytes);
    if (!bytes) return std::move(bytes).error();
    request.notice = *std::move(bytes);
  }
  return request;
}

std::string body_of(const LetterRequest& request) {
  JsonOut out;
  out.begin_object().member("kind", request.kind).member("format", request.format);
  out.member("language", code_of(request.language));
  out.member_if("incident", std::string_view(request.incident));
  out.member_if("controller", std::string_view(request.controller));
  if (request.watch)
    out.member("watch", *request.watch);
  else
    out.key("profile").raw(document_of(request.profile));
  if (!request.procedure.empty()) {
    out.key("procedure");
    write(out, request.procedure);
  }
  out.key("details").begin_object();
  for (const auto& [id, value] : request.details) out.member(id, value);
  out.end_object();
  out.member_if("notice", std::string_view(request.notice)).end_object();
  return std::string(out.str());
}

}  // namespace vigifuite::cli
