// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/service.hpp"

#include <fmt/format.h>

#include <limits>

#include "daemon/api/figures.hpp"
#include "daemon/api/request.hpp"
#include "daemon/api/views.hpp"
#include "daemon/http/server.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kMostIncidents = 100'000;

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto part = path.substr(0, slash);
    if (!part.empty()) parts.push_back(part);
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  return parts;
}

}  // namespace

http::ApiReply Service::handle(const http::ApiRequest& request) {
  const auto path = split(request.path);
  if (path.size() < 3 || path[0] != "api" || path[1] != "v1") return http::problem(nothing_at(request));
  Reply reply = route(request, path);
  return reply ? http::ApiReply{200, "application/json", std::move(*reply)} : http::problem(reply.error());
}

Service::Reply Service::view(const std::function<Status(JsonOut&)>& write) const {
  JsonOut out;
  VIGIFUITE_TRY(write(out));
  return std::string(out.str());
}

Service::Reply Service::route(const http::ApiRequest& request, const std::vector<std::string_view>& path) {
  const std::string_view what = path[2];
  const bool get = request.method == "GET", post = request.method == "POST";
  if (what == "watch") return route_watch(request, path);
  if (what == "incidents" && path.size() > 4 && path[4] == "corrections") return route_corrections(request, path);
  if (get && what == "corrections") return corrections();
  if (get && what == "incidents" && path.size() == 3) return incidents(request);
  if (get && what == "incidents" && path.size() == 4) return incident(path[3], false);
  if (get && what == "incidents" && path.size() == 5 && path[4] == "history") return incident(path[3], true);
  if (post && what == "incidents" && path.size() == 5 && path[4] == "merge") return merge_incidents(path[3], request);
  if (post && what == "incidents" && path.size() == 5 && path[4] == "split") return split_incident(path[3], request);
  if (get && what == "undecided") return undecided(request);
  if (get && what == "notices") return notices(request);
  if (post && what == "check") {
    JsonParser parser;
    auto json = parser.parse(request.body);
    if (!json) return in_context(in_both(Message::ProfileNamed), std::move(json).error());
    auto profile = profile_from(*json, core_.vocabulary);
    if (!profile) return std::move(profile).error();
    return check(*profile);
  }
  if (what == "alerts") {
    if (get && path.size() == 3) return alerts(request);
    if (path.size() >= 4) {
      auto id = parse_alert_id(path[3]);
      if (!id) return std::move(id).error();
      if (get && path.size() == 4) return alert(*id);
      if (post && path.size() == 5 && path[4] == "ack") return acknowledge(*id);
    }
  }
  if (get && what == "letters") return letter_kinds();
  if (post && what == "letters" && path.size() == 3) return letter(request);
  if (post && what == "letters" && path.size() == 4 && path[3] == "kinds") return possible_letters(request);
  if (get && what == "law") return law();
  if (what == "cases") return route_cases(request, path);
  if (post && what == "notice") return notice_score(request);
  if (get && what == "organisations")
    return view([&](JsonOut& out) { return write_organisations(out, core_, parameter(request, "words")); });
  if (get && what == "categories") return view([&](JsonOut& out) { return write_categories(out, core_); });
  if (get && what == "sources") return view([&](JsonOut& out) { return write_sources(out, core_); });
  if (get && what == "stats") return view([&](JsonOut& out) { return write_stats(out, core_); });
  if (post && what == "update") return update(request);
  if (post && what == "backup") return backup(request);
  if (post && what == "doctor") return doctor(request);
  return nothing_at(request);
}

Service::Reply Service::route_corrections(const http::ApiRequest& request, const std::vector<std::string_view>& path) {
  if (request.method == "POST" && path.size() == 5) return correct(path[3], request);
  const auto number = path.size() > 5 ? parse_number<std::uint32_t>(path[5]) : std::nullopt;
  const bool withdraws = request.method == "POST" && path.size() == 7 && path[6] == "withdraw";
  if (withdraws && number) return withdraw_correction(path[3], *number, request);
  return nothing_at(request);
}

Service::Reply Service::incidents(const http::ApiRequest& request) const {
  index::IncidentFilter filter;
  filter.words = parameter(request, "words");
  if (const auto name = parameter(request, "organisation"); !name.empty()) {
    auto key = organisation_named(name);
    if (!key) return std::move(key).error();
    filter.organisation = std::move(*key);
  }
  if (const auto slug_text = parameter(request, "category"); !slug_text.empty()) {
    filter.category = core_.vocabulary.category(slug_text);
    if (!filter.category) return fail(ErrorKind::Malformed, Message::AskNoCategory, slug_text);
  }
  for (const auto& [name, target] : {std::pair{"since", &filter.since}, std::pair{"until", &filter.until}}) {
    const auto text = parameter(request, name);
    if (text.empty()) continue;
    const auto date = parse_partial_date(text);
    if (!date) return fail(ErrorKind::Malformed, Message::AskNotDate, name, text);
    *target = *date;
  }
  if (const auto word = parameter(request, "status"); !word.empty()) {
    filter.status = parse_status(word);
    if (!filter.status) return fail(ErrorKind::Malformed, Message::AskNoStatus, word);
  }
  const auto is_set = [&](const char* name) {
    return parameter(request, name) == "1" || parameter(request, name) == "true";
  };
  filter.public_service = is_set("public_service");
  filter.unsure = is_set("unsure");
  for (const auto& [name, target] : {std::pair{"limit", &filter.limit}, std::pair{"offset", &filter.offset}}) {
    const auto text = parameter(request, name);
    if (text.empty()) continue;
    const auto number = parse_number<std::size_t>(text);
    if (!number || *number > kMostIncidents)
      return fail(ErrorKind::Malformed, Message::AskNotNumber, name, text, kMostIncidents);
    *target = *number;
  }
  auto page = core_.store.incidents(filter);
  if (!page) return std::move(page).error();
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "incidents", core_.now());
    out.member("total", page->total).member("offset", filter.offset).key("items").begin_array();
    for (const std::string& document : page->documents) out.raw(document);
    out.end_array();
    VIGIFUITE_TRY(write_freshness(out, core_));
    out.end_object();
    return Done{};
  });
}

/// The key under which the incidents of a body are found; an unknown body is an error that proposes others.
Result<std::string> Service::organisation_named(std::string_view name) const {
  if (const Organisation* known = core_.vocabulary.resolve(name, name)) return known->id;
  const std::string key = organisation_key({{}, std::string(name), {}});
  auto incidents = core_.store.incidents_of(key);
  if (!incidents) return std::move(incidents).error();
  if (!incidents->empty()) return key;
  if (const Organisation* kind = core_.vocabulary.class_of(name)) return kind->id;
  Profile asked;
  asked.ties.emplace_back().organisation.name = name;
  VIGIFUITE_TRY(match::resolve(asked, core_.vocabulary));
  return key;
}

Service::Reply Service::incident(std::string_view id, bool history) const {
  auto stored = load_incident(core_, id);
  if (!stored) return std::move(stored).error();
  if (!*stored) return fail(ErrorKind::NotFound, Message::AskNoIncident, id);
  Incident& incident = (*stored)->incident;
  for (auto* bodies : {&incident.organisations, &incident.processors}) {
    for (OrganisationRef& body : *bodies) {
      const Organisation* known = core_.vocabulary.organisation(body.id);
      if (body.name.empty() && known != nullptr) body.name = known->name;
    }
  }
  if (history) return view([&](JsonOut& out) { return write_history(out, core_, incident); });
  JsonOut out;
  write(out, incident, core_.vocabulary);
  std::string document(out.str());
  const PartialDate said = unconfirmed_since(core_, incident);
  if (!said.known()) return document;
  VIGIFUITE_CHECK(document.ends_with('}'));  // one more member than what is stored: it is true today, not for ever
  document.pop_back();
  return document + fmt::format(R"(,"unconfirmed_since":"{}"}})", to_string(said));
}

Service::Reply Service::notices(const http::ApiRequest& request) const {
  const auto limit = parse_number<std::size_t>(parameter(request, "limit")).value_or(50);
  auto documents = core_.store.notices(parameter(request, "words"), std::min(limit, kMostIncidents));
  if (!documents) return std::move(documents).error();
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "notices", core_.now());
    out.key("items").begin_array();
    for (const std::string& document : *documents) out.raw(document);
    out.end_array().end_object();
    return Done{};
  });
}

Service::Reply Service::check(const Profile& profile) const {
  return view([&](JsonOut& out) { return write_check(out, core_, profile); });
}

}  // namespace vigifuite::api
