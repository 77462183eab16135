// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/service.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "daemon/api/views.hpp"
#include "daemon/http/server.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kMostIncidents = 100'000;
constexpr std::size_t kMostTies = 200;

/// A failure the caller made: 404, as opposed to a refusal of ours.
struct NotFound {
  static constexpr std::string_view kMark = "not found: ";
};

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

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view parameter(const http::ApiRequest& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? std::string_view{} : std::string_view(found->second);
}

Result<Profile> profile_from(JsonValue json, const Vocabulary& vocabulary) {
  auto profile = read_profile(json);
  if (!profile) return profile;
  if (profile->ties.size() > kMostTies) return fail(ErrorKind::Malformed, fmt::format("a profile may hold {} ties", kMostTies));
  for (Tie& tie : profile->ties) {
    if (!tie.organisation.id.empty() && vocabulary.organisation(tie.organisation.id) != nullptr) continue;
    const Organisation* known = vocabulary.resolve(tie.organisation.name.empty() ? tie.organisation.id : tie.organisation.name,
                                                   tie.organisation.domain);
    if (tie.organisation.name.empty()) tie.organisation.name = tie.organisation.id;
    tie.organisation.id = known == nullptr ? std::string() : known->id;
  }
  return profile;
}

void write_watch_members(JsonOut& out, const match::WatchEntry& entry) {
  out.member("number", entry.number).member_if("label", entry.profile.label).member("language", code_of(entry.profile.language));
  out.key("ties").begin_array();
  for (const Tie& tie : entry.profile.ties) write_tie(out, tie);
  out.end_array().key("notified").begin_array();
  for (const ReceivedNotice& notice : entry.profile.notified) {
    out.begin_object().member("incident", notice.incident).member_if("date", notice.date).member_if("how", notice.how).end_object();
  }
  out.end_array();
}

}  // namespace

using match::WatchEntry;

Error not_found(std::string what) {
  return fail(ErrorKind::Refused, std::string(NotFound::kMark) + std::move(what));
}

http::ApiReply Service::handle(const http::ApiRequest& request) {
  const auto path = split(request.path);
  if (path.size() < 3 || path[0] != "api" || path[1] != "v1") return http::problem(404, "Not found", request.path);
  Reply reply = route(request, path);
  if (reply) return {200, "application/json", std::move(*reply)};
  if (reply.error().what.starts_with(NotFound::kMark)) {
    return http::problem(404, "Not found", std::string_view(reply.error().what).substr(NotFound::kMark.size()));
  }
  return http::problem(reply.error());
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
  if (get && what == "notices") return notices(request);
  if (post && what == "check") {
    JsonParser parser;
    auto json = parser.parse(request.body);
    if (!json) return in_context("profile", std::move(json).error());
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
  if (post && what == "letters") return letter(request);
  if (get && what == "organisations") return view([&](JsonOut& out) { return write_organisations(out, core_, parameter(request, "words")); });
  if (get && what == "categories") return view([&](JsonOut& out) { return write_categories(out, core_); });
  if (get && what == "sources") return view([&](JsonOut& out) { return write_sources(out, core_); });
  if (get && what == "stats") return view([&](JsonOut& out) { return write_stats(out, core_); });
  if (post && what == "update") return update(request);
  if (post && what == "backup") return backup(request);
  if (post && what == "doctor") return doctor(request);
  return not_found(request.method + " " + request.path);
}

Service::Reply Service::route_watch(const http::ApiRequest& request, const std::vector<std::string_view>& path) {
  if (path.size() == 3) {
    if (request.method == "GET") return watch_list();
    if (request.method == "POST") return watch_put(std::nullopt, request);
    return not_found(request.method + " " + request.path);
  }
  const auto number = parse_number<WatchNumber>(path[3]);
  if (!number) return fail(ErrorKind::Malformed, fmt::format("`{}` is not a watch number", path[3]));
  if (path.size() == 4) {
    if (request.method == "GET") return watch_show(*number);
    if (request.method == "PUT") return watch_put(*number, request);
    if (request.method == "DELETE") return watch_remove(*number);
  }
  if (path.size() == 5 && path[4] == "notified" && request.method == "POST") return watch_notified(*number, request);
  if (path.size() == 5 && path[4] == "check" && request.method == "GET") {
    auto profile = core_.watchlist.get(*number);
    if (!profile) return std::move(profile).error();
    if (!*profile) return not_found(fmt::format("no watch number {}", *number));
    return check(**profile);
  }
  return not_found(request.method + " " + request.path);
}

Service::Reply Service::route_corrections(const http::ApiRequest& request, const std::vector<std::string_view>& path) {
  if (request.method == "POST" && path.size() == 5) return correct(path[3], request);
  const auto number = path.size() > 5 ? parse_number<std::uint32_t>(path[5]) : std::nullopt;
  const bool withdraws = request.method == "POST" && path.size() == 7 && path[6] == "withdraw";
  if (withdraws && number) return withdraw_correction(path[3], *number, request);
  return not_found(request.method + " " + request.path);
}

Service::Reply Service::incidents(const http::ApiRequest& request) const {
  index::IncidentFilter filter;
  filter.words = parameter(request, "words");
  if (const auto name = parameter(request, "organisation"); !name.empty()) {
    const Organisation* known = core_.vocabulary.resolve(name, name);
    filter.organisation = known != nullptr ? known->id : organisation_key({{}, std::string(name), {}});
  }
  if (const auto slug_text = parameter(request, "category"); !slug_text.empty()) {
    filter.category = core_.vocabulary.category(slug_text);
    if (!filter.category) return fail(ErrorKind::Malformed, fmt::format("no category `{}`: see `vigifuite categories`", slug_text));
  }
  for (const auto& [name, target] : {std::pair{"since", &filter.since}, std::pair{"until", &filter.until}}) {
    const auto text = parameter(request, name);
    if (text.empty()) continue;
    const auto date = parse_partial_date(text);
    if (!date) return fail(ErrorKind::Malformed, fmt::format("{}: `{}` is not a date: write 2024, 2024-03 or 2024-03-13", name, text));
    *target = *date;
  }
  if (const auto word = parameter(request, "status"); !word.empty()) {
    filter.status = parse_status(word);
    if (!filter.status) return fail(ErrorKind::Malformed, fmt::format("no status `{}`: claimed, confirmed, corrected or retracted", word));
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
    if (!number || *number > kMostIncidents) return fail(ErrorKind::Malformed, fmt::format("{}: `{}` is not a number up to {}", name, text, kMostIncidents));
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

Service::Reply Service::incident(std::string_view id, bool history) const {
  auto stored = load_incident(core_, id);
  if (!stored) return std::move(stored).error();
  if (!*stored) return not_found(fmt::format("no incident `{}`: see `vigifuite incidents`", id));
  if (!history) return std::move((*stored)->document);
  return view([&](JsonOut& out) -> Status {
    write_history(out, core_, (*stored)->incident);
    return Done{};
  });
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

Service::Reply Service::watch_list() const {
  auto entries = core_.watchlist.list();
  if (!entries) return std::move(entries).error();
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "watch-list", core_.now());
    out.key("items").begin_array();
    for (const WatchEntry& entry : *entries) {
      out.begin_object();
      write_watch_members(out, entry);
      out.end_object();
    }
    out.end_array().end_object();
    return Done{};
  });
}

Service::Reply Service::watch_show(WatchNumber number) const {
  auto profile = core_.watchlist.get(number);
  if (!profile) return std::move(profile).error();
  if (!*profile) return not_found(fmt::format("no watch number {}", number));
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "watch", core_.now());
    write_watch_members(out, {number, std::move(**profile)});
    out.end_object();
    return Done{};
  });
}

Service::Reply Service::watch_put(std::optional<WatchNumber> number, const http::ApiRequest& request) {
  JsonParser parser;
  auto json = parser.parse(request.body);
  if (!json) return in_context("profile", std::move(json).error());
  auto profile = profile_from(*json, core_.vocabulary);
  if (!profile) return std::move(profile).error();
  for (const Tie& tie : profile->ties) {
    if (!tie.organisation.id.empty() || core_.vocabulary.class_of(tie.organisation.name) != nullptr) continue;
    auto incidents = core_.store.incidents_of(organisation_key(tie.organisation));
    if (!incidents) return std::move(incidents).error();
    if (incidents->empty()) VIGIFUITE_TRY(match::resolve(*profile, core_.vocabulary, profile->language));
  }
  std::uint64_t started = 0;
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto batch = core_.store.batch();
    if (number) {
      VIGIFUITE_TRY(core_.watchlist.replace(*batch, *number, *profile));
    } else {
      auto added = core_.watchlist.add(*batch, *profile);
      if (!added) return std::move(added).error();
      number = *added;
    }
    auto campaigns = core_.pipeline.rewatch(*batch, *number, *profile, core_.now());
    if (!campaigns) return std::move(campaigns).error();
    started = *campaigns;
    return core_.store.commit(std::move(batch));
  }));
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "watch", core_.now());
    write_watch_members(out, {*number, std::move(*profile)});
    out.member("alerts", started).end_object();
    return Done{};
  });
}

Service::Reply Service::watch_remove(WatchNumber number) {
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto profile = core_.watchlist.get(number);
    if (!profile) return std::move(profile).error();
    if (!*profile) return not_found(fmt::format("no watch number {}", number));
    auto batch = core_.store.batch();
    VIGIFUITE_TRY(core_.watchlist.forget(*batch, number));
    VIGIFUITE_TRY(core_.store.commit(std::move(batch)));
    return core_.store.scrub();
  }));
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "done", core_.now());
    out.member("ok", true).member("what", fmt::format("watch {} forgotten, its bytes erased from the store", number)).end_object();
    return Done{};
  });
}

Service::Reply Service::watch_notified(WatchNumber number, const http::ApiRequest& request) {
  JsonParser parser;
  auto json = parser.parse(request.body);
  if (!json) return in_context("notice", std::move(json).error());
  const std::string id((*json)["incident"].text());
  auto stored = load_incident(core_, id);
  if (!stored) return std::move(stored).error();
  if (!*stored) return not_found(fmt::format("no incident `{}`: see `vigifuite incidents`", id));
  ReceivedNotice notice{(*stored)->incident.id, {}, std::string((*json)["how"].text())};
  if (const auto text = (*json)["date"].text(); !text.empty()) {
    const auto date = parse_partial_date(text);
    if (!date) return fail(ErrorKind::Malformed, fmt::format("date: `{}` is not a date: write 2024-03-13", text));
    notice.date = *date;
  }
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto profile = core_.watchlist.get(number);
    if (!profile) return std::move(profile).error();
    if (!*profile) return not_found(fmt::format("no watch number {}", number));
    std::erase_if((*profile)->notified, [&](const ReceivedNotice& old) { return old.incident == notice.incident; });
    (*profile)->notified.push_back(std::move(notice));
    auto batch = core_.store.batch();
    VIGIFUITE_TRY(core_.watchlist.replace(*batch, number, **profile));
    return core_.store.commit(std::move(batch));
  }));
  return watch_show(number);
}

Service::Reply Service::letter_kinds() const {
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "letter-kinds", core_.now());
    out.key("items").begin_array();
    for (const letters::Kind& kind : letters::kinds()) {
      out.begin_object().member("id", kind.id).member_if("title", kind.title).member_if("purpose", kind.purpose).end_object();
    }
    out.end_array().end_object();
    return Done{};
  });
}

Service::Reply Service::letter(const http::ApiRequest& request) const {
  JsonParser parser;
  auto json = parser.parse(request.body);
  if (!json) return in_context("letter request", std::move(json).error());
  Profile profile;
  if (const auto number = (*json)["watch"].integer()) {
    if (*number < 0 || *number > std::numeric_limits<WatchNumber>::max()) return fail(ErrorKind::Malformed, fmt::format("`{}` is not a watch number", *number));
    auto watched = core_.watchlist.get(static_cast<WatchNumber>(*number));
    if (!watched) return std::move(watched).error();
    if (!*watched) return not_found(fmt::format("no watch number {}", *number));
    profile = std::move(**watched);
  } else {
    auto given = profile_from((*json)["profile"], core_.vocabulary);
    if (!given) return in_context("profile", std::move(given).error());
    profile = std::move(*given);
  }
  const std::string id((*json)["incident"].text());
  auto stored = load_incident(core_, id);
  if (!stored) return std::move(stored).error();
  if (!*stored) return not_found(fmt::format("no incident `{}`: see `vigifuite incidents`", id));
  const std::string_view format = (*json)["format"].text();
  if (!format.empty() && format != "text" && format != "markdown") {
    return fail(ErrorKind::Malformed, fmt::format("no format `{}`: text or markdown", format));
  }
  const auto hit = match::judge(profile, (*stored)->incident, core_.vocabulary);
  letters::Request wanted;
  wanted.kind = std::string((*json)["kind"].text());
  wanted.format = format == "markdown" ? letters::Format::Markdown : letters::Format::Text;
  wanted.profile = &profile;
  wanted.incident = &(*stored)->incident;
  wanted.hit = hit ? &*hit : nullptr;
  if (const auto name = (*json)["controller"].text(); !name.empty()) {
    const Organisation* known = core_.vocabulary.resolve(name);
    wanted.controller = known == nullptr ? std::string(name) : known->id;
  }
  wanted.now = core_.now();
  auto letter = letters::render(wanted, core_.vocabulary);
  if (!letter) return std::move(letter).error();
  return view([&](JsonOut& out) -> Status {
    letters::write(out, *letter);
    return Done{};
  });
}

Service::Reply Service::update(const http::ApiRequest& request) {
  std::vector<std::string> wanted;
  if (!request.body.empty()) {
    JsonParser parser;
    auto json = parser.parse(request.body);
    if (!json) return in_context("update request", std::move(json).error());
    for (const auto item : (*json)["sources"].items()) wanted.emplace_back(JsonValue(item).text());
  }
  const auto sources = core_.sources();
  for (const std::string& id : wanted) {
    const bool known = std::any_of(sources->begin(), sources->end(), [&](const Source& source) { return source.id == id; });
    if (!known) return not_found(fmt::format("no source `{}`: see `vigifuite sources`", id));
  }
  auto reports = core_.update(wanted);
  if (!reports) return std::move(reports).error();
  return view([&](JsonOut& out) -> Status {
    write_update(out, core_, *reports);
    return Done{};
  });
}

Service::Reply Service::backup(const http::ApiRequest& request) const {
  JsonParser parser;
  auto json = parser.parse(request.body);
  if (!json) return in_context("backup request", std::move(json).error());
  const std::filesystem::path directory((*json)["directory"].text());
  if (!directory.is_absolute()) return fail(ErrorKind::Malformed, "backup: the directory must be an absolute path");
  VIGIFUITE_TRY(core_.store.backup(directory));
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "done", core_.now());
    out.member("ok", true).member("what", "backup written to " + directory.native() + "; keep the key file (see `vigifuite config check`) too, apart from it").end_object();
    return Done{};
  });
}

Service::Reply Service::doctor(const http::ApiRequest& request) {
  bool reindex = false;
  if (!request.body.empty()) {
    JsonParser parser;
    auto json = parser.parse(request.body);
    if (!json) return in_context("doctor request", std::move(json).error());
    reindex = (*json)["reindex"].boolean().value_or(false);
  }
  std::uint64_t rebuilt = 0;
  if (reindex) {
    VIGIFUITE_TRY(core_.write([&]() -> Status {
      auto rows = core_.store.reindex();
      if (!rows) return std::move(rows).error();
      rebuilt = *rows;
      return Done{};
    }));
  }
  auto problems = core_.store.examine();
  if (!problems) return std::move(problems).error();
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "doctor", core_.now());
    out.key("items").begin_array();
    const auto say = [&](std::string_view severity, std::string_view what) {
      out.begin_object().member("severity", severity).member("what", what).end_object();
    };
    if (reindex) say("ok", fmt::format("index rebuilt: {} rows differed", rebuilt));
    for (const std::string& sentence : *problems) say("error", sentence);
    if (problems->empty()) say("ok", "every document of the store reads, and every index row points to one");
    const auto sources = core_.sources();
    for (const Source& source : *sources) {
      auto state = core_.store.source_state(source.id);
      if (!state) return std::move(state).error();
      if (source.enabled && state->state == poll::PollState::Failed) say("warning", fmt::format("source {}: {}", source.id, state->error));
      if (state->rejects != 0) say("warning", fmt::format("source {}: {} of {} records refused at the last reading", source.id, state->rejects, state->records));
    }
    out.end_array().member("ok", problems->empty()).end_object();
    return Done{};
  });
}

}  // namespace vigifuite::api
