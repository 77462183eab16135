// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters over the API: the request read, the person judged, the letter rendered.

#include "daemon/api/request.hpp"
#include "daemon/api/service.hpp"
#include "daemon/api/views.hpp"
#include "daemon/letters/law.hpp"
#include "daemon/letters/render.hpp"
#include "daemon/match/match.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kMostNotice = std::size_t{256} << 10U;

/// Everything a letter's request points to, for as long as it is used.
struct Asked {
  Profile profile;
  std::optional<StoredIncident> incident;
  std::optional<Hit> hit;
  Procedure procedure;
  letters::Request request;
};

Status read_details(JsonValue json, letters::Details& details) {
  for (const auto member : json.members()) {
    const auto value = JsonValue(member.value).string();
    if (!value) return fail(ErrorKind::Malformed, Message::AskDetailNotText, member.key);
    details.emplace(member.key, *value);
  }
  return Done{};
}

Status read_incident_asked(JsonValue json, const Core& core, Asked& asked) {
  const std::string id(json["incident"].text());
  if (id.empty()) return Done{};
  auto stored = load_incident(core, id);
  if (!stored) return std::move(stored).error();
  if (!*stored) return fail(ErrorKind::NotFound, Message::AskNoIncident, id);
  asked.incident = std::move(**stored);
  asked.hit = match::judge(asked.profile, asked.incident->incident, core.vocabulary);
  return Done{};
}

/// The steps of the case that is followed, when there is one, then those the request tells.
Status read_steps(JsonValue json, Asked& asked) {
  if (asked.incident) {
    for (const Case& followed : asked.profile.cases) {
      if (followed.incident == asked.incident->incident.id) asked.procedure = followed.procedure;
    }
  }
  if (!json["procedure"]) return Done{};
  auto told = read_procedure(json["procedure"]);
  if (!told) return std::move(told).error();
  const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(asked.procedure.sent, told->sent);
  append(asked.procedure.answers, told->answers);
  append(asked.procedure.consequences, told->consequences);
  return Done{};
}

/// Into `asked`, which must stay where it is: the request points into it.
Status read_asked(const http::ApiRequest& request, const Core& core, Asked& asked) {
  JsonParser parser;
  auto json = parser.parse(request.body);
  if (!json) return in_context(in_both(Message::LetterRequestNamed), std::move(json).error());
  auto profile = person_of(*json, core);
  if (!profile) return std::move(profile).error();
  asked.profile = *std::move(profile);
  const std::string_view language = (*json)["language"].text();
  if (!language.empty()) asked.profile.language = language == "en" ? Language::English : Language::French;
  VIGIFUITE_TRY(read_incident_asked(*json, core, asked));
  VIGIFUITE_TRY(read_steps(*json, asked));
  letters::Request& wanted = asked.request;
  VIGIFUITE_TRY(read_details((*json)["details"], wanted.details));
  wanted.notice = (*json)["notice"].text();
  if (wanted.notice.size() > kMostNotice)
    return fail(ErrorKind::Malformed, Message::AskNoticeTooLong, kMostNotice >> 10U);
  wanted.kind = (*json)["kind"].text();
  const std::string_view format = (*json)["format"].text();
  const auto known = letters::parse_format(format.empty() ? letters::name_of(letters::Format::Text) : format);
  if (!known) return fail(ErrorKind::Malformed, Message::AskNoFormat, format, letters::format_names());
  wanted.format = *known;
  if (const auto name = (*json)["controller"].text(); !name.empty()) {
    const Organisation* organisation = core.vocabulary.resolve(name);
    wanted.controller = organisation == nullptr ? std::string(name) : organisation->id;
  } else if (asked.hit) {
    wanted.controller = asked.hit->body;  // who has the file now; empty: the body of the tie
  }
  wanted.profile = &asked.profile;
  wanted.incident = asked.incident ? &asked.incident->incident : nullptr;
  wanted.hit = asked.hit ? &*asked.hit : nullptr;
  wanted.procedure = &asked.procedure;
  wanted.now = core.now();
  return Done{};
}

}  // namespace

Service::Reply Service::letter_kinds() const {
  return view([&](JsonOut& out) -> Status {
    letters::write_kinds(out, core_.now());
    return Done{};
  });
}

Service::Reply Service::law() const {
  return view([&](JsonOut& out) -> Status {
    letters::write_law(out, core_.now());
    return Done{};
  });
}

Service::Reply Service::possible_letters(const http::ApiRequest& request) const {
  Asked asked;
  VIGIFUITE_TRY(read_asked(request, core_, asked));
  return view([&](JsonOut& out) -> Status {
    letters::write(out, core_.now(), letters::possibilities(asked.request, core_.vocabulary));
    return Done{};
  });
}

Service::Reply Service::letter(const http::ApiRequest& request) const {
  Asked asked;
  VIGIFUITE_TRY(read_asked(request, core_, asked));
  auto letter = letters::render(asked.request, core_.vocabulary);
  if (!letter) return std::move(letter).error();
  return view([&](JsonOut& out) -> Status {
    letters::write(out, *letter);
    return Done{};
  });
}

}  // namespace vigifuite::api
