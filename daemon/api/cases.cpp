// SPDX-License-Identifier: AGPL-3.0-or-later
// Procedures that are followed: kept in the sealed profile of who is watched, shown with the letters they lead to.

#include <algorithm>

#include "daemon/api/request.hpp"
#include "daemon/api/service.hpp"
#include "daemon/api/views.hpp"
#include "daemon/letters/notice_score.hpp"
#include "daemon/letters/render.hpp"
#include "daemon/match/match.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kMostCases = 200, kMostSteps = 1000, kMostReason = 2000;  // as schemas/procedure.hpp reads them

/// What is asked of a case: to begin it, to add to it, to end it.
struct Change {
  bool open = false;
  Procedure more;
  std::string because;  ///< not empty: it ends
};

Result<Change> read_change(const http::ApiRequest& request) {
  JsonParser parser;
  auto json = parser.parse(request.body);
  if (!json) return in_context(in_both(Message::CaseNamed), std::move(json).error());
  Change change;
  change.open = (*json)["open"].boolean().value_or(false);
  change.because = (*json)["close"].text();
  if (change.because.size() > kMostReason) return fail(ErrorKind::Malformed, Message::MemberLong);
  if ((*json)["procedure"]) {
    auto more = read_procedure((*json)["procedure"]);
    if (!more) return std::move(more).error();
    change.more = *std::move(more);
  }
  return change;
}

/// A letter told again replaces what was told of it: the day it arrived is often known later.
void add(Procedure& procedure, Procedure&& more) {
  for (SentLetter& sent : more.sent) {
    std::erase_if(procedure.sent,
                  [&](const SentLetter& old) { return old.kind == sent.kind && old.date == sent.date; });
    procedure.sent.push_back(std::move(sent));
  }
  std::move(more.answers.begin(), more.answers.end(), std::back_inserter(procedure.answers));
  std::move(more.consequences.begin(), more.consequences.end(), std::back_inserter(procedure.consequences));
}

/// The case, made when it is to be opened.
Result<Case*> case_in(Profile& profile, const std::string& incident, bool open, Instant now) {
  auto& all = profile.cases;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Case& one) { return one.incident == incident; });
  if (found != all.end()) return &*found;
  if (!open) return fail(ErrorKind::NotFound, Message::CaseNone, incident);
  if (all.size() == kMostCases) return fail(ErrorKind::Refused, Message::CaseTooMany);
  all.push_back({incident, date_of(now), {}, {}, {}});
  return &all.back();
}

Status apply(Change&& change, Profile& profile, const std::string& incident, Instant now) {
  auto in_profile = case_in(profile, incident, change.open, now);
  if (!in_profile) return std::move(in_profile).error();
  Case& followed = **in_profile;
  if (change.open) {
    followed.closed = {};
    followed.because.clear();
  }
  Procedure& steps = followed.procedure;
  add(steps, std::move(change.more));
  if (std::max({steps.sent.size(), steps.answers.size(), steps.consequences.size()}) > kMostSteps) {
    return fail(ErrorKind::Refused, Message::StepTooMany);
  }
  VIGIFUITE_TRY(letters::check_steps(steps, now));
  if (change.because.empty()) return Done{};
  followed.closed = date_of(now);
  followed.because = std::move(change.because);
  return Done{};
}

void write_letter_state(JsonOut& out, const letters::Possibility& letter) {
  out.begin_object()
      .member("id", letter.kind.id)
      .member("code", letter.kind.code)
      .member_if("title", letter.kind.title);
  out.member("possible", letters::name_of(letter.state)).member_if("why", letter.why).member_if("from", letter.from);
  out.end_object();
}

/// One case: what was done, and which letters it leads to. The incident may have left the store since.
Status write_case_members(JsonOut& out, const Core& core, WatchNumber watch, const Profile& profile,
                          const Case& followed) {
  out.member("watch", watch).member_if("label", profile.label);
  write_members(out, followed);
  auto stored = load_incident(core, followed.incident);
  if (!stored) return std::move(stored).error();
  if (!*stored) return Done{};
  const Incident& incident = (*stored)->incident;
  out.member_if("title", incident.title);
  const auto hit = match::judge(profile, incident, core.vocabulary);
  letters::Request request;
  request.profile = &profile;
  request.incident = &incident;
  request.hit = hit ? &*hit : nullptr;
  request.procedure = &followed.procedure;
  request.now = core.now();
  out.key("letters").begin_array();
  for (const letters::Possibility& letter : letters::possibilities(request, core.vocabulary)) {
    write_letter_state(out, letter);
  }
  out.end_array().key("delays").begin_array();
  for (const letters::RunningDelay& delay : letters::running_delays(request, core.vocabulary)) {
    out.begin_object().member("id", delay.kind.id).member_if("title", delay.kind.title);
    out.member_if("due", delay.due).member_if("until", delay.until).end_object();
  }
  out.end_array();
  return Done{};
}

}  // namespace

Service::Reply Service::route_cases(const http::ApiRequest& request, const std::vector<std::string_view>& path) {
  if (path.size() == 3 && request.method == "GET") return cases();
  if (path.size() != 5) return nothing_at(request);
  const auto watch = parse_number<WatchNumber>(path[3]);
  if (!watch) return fail(ErrorKind::Malformed, Message::AskNotWatch, path[3]);
  if (request.method == "GET") return case_of(*watch, path[4]);
  if (request.method == "POST") return change_case(*watch, path[4], request);
  return nothing_at(request);
}

Service::Reply Service::cases() const {
  auto entries = core_.watchlist.list();
  if (!entries) return std::move(entries).error();
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "case-list", core_.now());
    out.key("items").begin_array();
    for (const match::WatchEntry& entry : *entries) {
      for (const Case& followed : entry.profile.cases) {
        out.begin_object();
        VIGIFUITE_TRY(write_case_members(out, core_, entry.number, entry.profile, followed));
        out.end_object();
      }
    }
    out.end_array().end_object();
    return Done{};
  });
}

Service::Reply Service::case_of(WatchNumber watch, std::string_view incident) const {
  auto profile = core_.watchlist.get(watch);
  if (!profile) return std::move(profile).error();
  if (!*profile) return fail(ErrorKind::NotFound, Message::AskNoWatch, watch);
  const auto& all = (*profile)->cases;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Case& one) { return one.incident == incident; });
  if (found == all.end()) return fail(ErrorKind::NotFound, Message::CaseNone, incident);
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "case", core_.now());
    VIGIFUITE_TRY(write_case_members(out, core_, watch, **profile, *found));
    out.end_object();
    return Done{};
  });
}

Service::Reply Service::change_case(WatchNumber watch, std::string_view incident, const http::ApiRequest& request) {
  auto change = read_change(request);
  if (!change) return std::move(change).error();
  std::string id(incident);
  if (change->open) {
    auto stored = load_incident(core_, incident);
    if (!stored) return std::move(stored).error();
    if (!*stored) return fail(ErrorKind::NotFound, Message::AskNoIncident, incident);
    id = (*stored)->incident.id;
  }
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto profile = core_.watchlist.get(watch);
    if (!profile) return std::move(profile).error();
    if (!*profile) return fail(ErrorKind::NotFound, Message::AskNoWatch, watch);
    VIGIFUITE_TRY(apply(*std::move(change), **profile, id, core_.now()));
    auto batch = core_.store.batch();
    VIGIFUITE_TRY(core_.watchlist.replace(*batch, watch, **profile));
    return core_.store.commit(std::move(batch));
  }));
  return case_of(watch, id);
}

Service::Reply Service::notice_score(const http::ApiRequest& request) const {
  JsonParser parser;
  auto json = parser.parse(request.body);
  if (!json) return in_context(in_both(Message::CaseNamed), std::move(json).error());
  const auto items = letters::score_notice((*json)["notice"].text());
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "notice-score", core_.now());
    out.key("items").begin_array();
    for (const letters::NoticeItem& item : items) {
      out.begin_object().member("id", item.id).member_if("label", item.label).member("mandatory", item.mandatory);
      out.member("present", item.present).member_if("words", item.words).end_object();
    }
    out.end_array().end_object();
    return Done{};
  });
}

}  // namespace vigifuite::api
