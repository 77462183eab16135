// SPDX-License-Identifier: AGPL-3.0-or-later
// Alerts as the owner reads them: campaigns, expanded person by person, judged again at each reading.

#include <map>

#include "daemon/api/service.hpp"
#include "daemon/api/views.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

/// At most this many alerts in one answer: a campaign may hold millions.
constexpr std::size_t kMostAlerts = 1000;

Result<AlertState> state_of(const Core& core, const Campaign& campaign, WatchNumber number) {
  auto acknowledged = core.watchlist.acknowledged({campaign.number, number});
  if (!acknowledged) return std::move(acknowledged).error();
  if (*acknowledged) return AlertState::Acknowledged;
  return campaign.done || number < campaign.cursor ? AlertState::Sent : AlertState::Pending;
}

/// What an alert says of a person; an update also speaks to who is no longer concerned.
std::optional<Hit> judge_or_clear(const Core& core, const Campaign& campaign, const Profile& profile,
                                  const Incident& incident) {
  auto hit = match::judge(profile, incident, core.vocabulary);
  if (!hit && campaign.kind == AlertKind::Update)
    hit = Hit{incident.id, incident.revision(), Verdict::NotAffected, {}, Hit::kNoTie, std::nullopt};
  return hit;
}

/// The members every alert has.
void write_alert_members(JsonOut& out, const Campaign& campaign, WatchNumber number, AlertState state) {
  out.member("id", to_string(AlertId{campaign.number, number}))
      .member("watch", number)
      .member("revision", campaign.revision);
  out.member("kind", name_of(campaign.kind)).member("state", name_of(state));
  out.member("created", campaign.created);
}

}  // namespace

Service::Reply Service::alerts(const http::ApiRequest& request) const {
  const auto wanted = request.query.find("state");
  auto campaigns = core_.watchlist.campaigns();
  if (!campaigns) return std::move(campaigns).error();
  std::map<WatchNumber, std::optional<Profile>> profiles;
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "alerts", core_.now());
    out.key("items").begin_array();
    std::size_t shown = 0;
    for (auto campaign = campaigns->rbegin(); campaign != campaigns->rend() && shown < kMostAlerts; ++campaign) {
      auto stored = load_incident(core_, campaign->incident);
      if (!stored) return std::move(stored).error();
      if (!*stored) continue;
      auto recipients = core_.watchlist.recipients(campaign->number);
      if (!recipients) return std::move(recipients).error();
      Status failure = Done{};
      recipients->each(0, [&](WatchNumber number) {
        auto state = state_of(core_, *campaign, number);
        auto profile = core_.watchlist.get(number);
        if (!state || !profile) {
          failure = !state ? state.error() : profile.error();
          return false;
        }
        if (wanted != request.query.end() && wanted->second != name_of(*state)) return true;
        if (!*profile) return true;
        const auto hit = judge_or_clear(core_, *campaign, **profile, (*stored)->incident);
        if (!hit) return true;
        out.begin_object();
        write_alert_members(out, *campaign, number, *state);
        out.member_if("label", (*profile)->label)
            .member("incident", campaign->incident)
            .member_if("title", (*stored)->incident.title);
        out.member("verdict", name_of(hit->verdict)).end_object();
        return ++shown < kMostAlerts;
      });
      VIGIFUITE_TRY(std::move(failure));
    }
    out.end_array();
    VIGIFUITE_TRY(write_freshness(out, core_));
    out.end_object();
    return Done{};
  });
}

Service::Reply Service::alert(AlertId id) const {
  auto campaigns = core_.watchlist.campaigns();
  if (!campaigns) return std::move(campaigns).error();
  for (const Campaign& campaign : *campaigns) {
    if (campaign.number != id.campaign) continue;
    auto recipients = core_.watchlist.recipients(campaign.number);
    if (!recipients) return std::move(recipients).error();
    auto profile = core_.watchlist.get(id.watch);
    if (!profile) return std::move(profile).error();
    auto stored = load_incident(core_, campaign.incident);
    if (!stored) return std::move(stored).error();
    if (!recipients->has(id.watch) || !*profile || !*stored) break;
    auto hit = judge_or_clear(core_, campaign, **profile, (*stored)->incident);
    auto state = state_of(core_, campaign, id.watch);
    if (!state) return std::move(state).error();
    if (!hit) break;
    return view([&](JsonOut& out) -> Status {
      begin_document(out, "alert", core_.now());
      write_alert_members(out, campaign, id.watch, *state);
      out.key("changes").begin_array();
      for (const Revision& revision : (*stored)->incident.revisions) {
        if (revision.number != campaign.revision) continue;
        for (const std::string& change : revision.changes) out.value(change);
      }
      out.end_array().key("check");
      write_concern(out, core_, **profile,
                    {std::move((*stored)->incident), std::move((*stored)->document), std::move(*hit)});
      out.end_object();
      return Done{};
    });
  }
  return fail(ErrorKind::NotFound, Message::AskNoAlert, to_string(id));
}

Service::Reply Service::acknowledge(AlertId id) {
  auto shown = alert(id);
  if (!shown) return shown;
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto batch = core_.store.batch();
    VIGIFUITE_TRY(core_.watchlist.acknowledge(*batch, id));
    return core_.store.commit(std::move(batch));
  }));
  return alert(id);
}

}  // namespace vigifuite::api
