// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is watched: listed, shown, added, replaced, forgotten, and the notices they received.

#include "daemon/api/request.hpp"
#include "daemon/api/service.hpp"
#include "daemon/api/views.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

void write_watch_members(JsonOut& out, const match::WatchEntry& entry) {
  out.member("number", entry.number);
  write_members(out, entry.profile);
}

}  // namespace

using match::WatchEntry;

Service::Reply Service::route_watch(const http::ApiRequest& request, const std::vector<std::string_view>& path) {
  if (path.size() == 3) {
    if (request.method == "GET") return watch_list();
    if (request.method == "POST") return watch_put(std::nullopt, request);
    return nothing_at(request);
  }
  const auto number = parse_number<WatchNumber>(path[3]);
  if (!number) return fail(ErrorKind::Malformed, Message::AskNotWatch, path[3]);
  if (path.size() == 4) {
    if (request.method == "GET") return watch_show(*number);
    if (request.method == "PUT") return watch_put(*number, request);
    if (request.method == "DELETE") return watch_remove(*number);
  }
  if (path.size() == 5 && path[4] == "notified" && request.method == "POST") return watch_notified(*number, request);
  if (path.size() == 5 && path[4] == "check" && request.method == "GET") {
    auto profile = core_.watchlist.get(*number);
    if (!profile) return std::move(profile).error();
    if (!*profile) return fail(ErrorKind::NotFound, Message::AskNoWatch, *number);
    return check(**profile);
  }
  return nothing_at(request);
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
  if (!*profile) return fail(ErrorKind::NotFound, Message::AskNoWatch, number);
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
  if (!json) return in_context(in_both(Message::ProfileNamed), std::move(json).error());
  auto profile = profile_from(*json, core_.vocabulary);
  if (!profile) return std::move(profile).error();
  for (const Tie& tie : profile->ties) {
    if (!tie.organisation.id.empty() || core_.vocabulary.class_of(tie.organisation.name) != nullptr) continue;
    auto incidents = core_.store.incidents_of(organisation_key(tie.organisation));
    if (!incidents) return std::move(incidents).error();
    if (incidents->empty()) VIGIFUITE_TRY(match::resolve(*profile, core_.vocabulary));
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
    if (!*profile) return fail(ErrorKind::NotFound, Message::AskNoWatch, number);
    auto batch = core_.store.batch();
    VIGIFUITE_TRY(core_.watchlist.forget(*batch, number));
    VIGIFUITE_TRY(core_.store.commit(std::move(batch)));
    return core_.store.scrub();
  }));
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "done", core_.now());
    out.member("ok", true)
        .member("what", fmt::format("watch {} forgotten, its bytes erased from the store", number))
        .end_object();
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
  if (!*stored) return fail(ErrorKind::NotFound, Message::AskNoIncident, id);
  ReceivedNotice notice{(*stored)->incident.id, {}, std::string((*json)["how"].text())};
  if (const auto text = (*json)["date"].text(); !text.empty()) {
    const auto date = parse_partial_date(text);
    if (!date) return fail(ErrorKind::Malformed, Message::AskNotDay, text);
    notice.date = *date;
  }
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto profile = core_.watchlist.get(number);
    if (!profile) return std::move(profile).error();
    if (!*profile) return fail(ErrorKind::NotFound, Message::AskNoWatch, number);
    std::erase_if((*profile)->notified, [&](const ReceivedNotice& old) { return old.incident == notice.incident; });
    (*profile)->notified.push_back(std::move(notice));
    auto batch = core_.store.batch();
    VIGIFUITE_TRY(core_.watchlist.replace(*batch, number, **profile));
    return core_.store.commit(std::move(batch));
  }));
  return watch_show(number);
}

}  // namespace vigifuite::api
