// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/request.hpp"

#include <algorithm>
#include <limits>

#include "daemon/match/match.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kMostTies = 200;

/// The registry's spelling of a name as somebody typed it: "pole emploi" is "Pôle emploi", "caf" is "CAF".
std::string spelled(const Organisation& body, std::string typed) {
  const std::string wanted = fold(typed);
  if (fold(body.name) == wanted) return body.name;
  const auto alias = std::find_if(body.aliases.begin(), body.aliases.end(),
                                  [&](const std::string& other) { return fold(other) == wanted; });
  return alias == body.aliases.end() ? std::move(typed) : *alias;
}

}  // namespace

std::string_view parameter(const http::ApiRequest& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? std::string_view{} : std::string_view(found->second);
}

Error nothing_at(const http::ApiRequest& request) {
  return fail(ErrorKind::NotFound, Message::AskNothing, request.method + " " + request.path);
}

Result<Profile> profile_from(JsonValue json, const Vocabulary& vocabulary) {
  auto profile = read_profile(json);
  if (!profile) return profile;
  if (profile->ties.size() > kMostTies) return fail(ErrorKind::Malformed, Message::ProfileMostTies, kMostTies);
  for (Tie& tie : profile->ties) {
    if (!tie.organisation.id.empty() && vocabulary.organisation(tie.organisation.id) != nullptr) continue;
    match::settle(tie, vocabulary);
    const Organisation* known = vocabulary.organisation(tie.organisation.id);
    const Organisation* row = known != nullptr ? known : vocabulary.class_of(tie.organisation.name);
    if (row != nullptr) tie.organisation.name = spelled(*row, std::move(tie.organisation.name));
  }
  return profile;
}

Result<Profile> person_of(JsonValue request, const Core& core) {
  const auto number = request["watch"].integer();
  if (!number) {
    auto given = profile_from(request["profile"], core.vocabulary);
    if (!given) return in_context(in_both(Message::ProfileNamed), std::move(given).error());
    return given;
  }
  if (*number < 0 || *number > std::numeric_limits<WatchNumber>::max()) {
    return fail(ErrorKind::Malformed, Message::AskNotWatch, *number);
  }
  auto watched = core.watchlist.get(static_cast<WatchNumber>(*number));
  if (!watched) return std::move(watched).error();
  if (!*watched) return fail(ErrorKind::NotFound, Message::AskNoWatch, *number);
  return std::move(**watched);
}

}  // namespace vigifuite::api
