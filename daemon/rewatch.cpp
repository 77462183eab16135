// SPDX-License-Identifier: AGPL-3.0-or-later

// The past searched for one person: when they are added or changed, and when the registry names bodies otherwise.

#include <algorithm>

#include "daemon/pipeline.hpp"

namespace vigifuite {
namespace {

constexpr std::uint64_t kRepostPage = 1000;

}  // namespace

Result<std::uint64_t> Pipeline::rewatch(Batch& batch, WatchNumber number, const Profile& profile, Instant now) {
  std::vector<std::string> ids;
  for (const Tie& tie : profile.ties) {
    for (const std::string& key : match::keys_for_tie(tie, vocabulary_)) {
      auto found = batch.incidents_of(key);
      if (!found) return std::move(found).error();
      ids.insert(ids.end(), found->begin(), found->end());
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::uint64_t started = 0;
  for (const std::string& id : ids) {
    auto incident = batch.incident(id);
    if (!incident) return std::move(incident).error();
    if (!*incident) continue;
    const auto hit = judge(profile, **incident, vocabulary_);
    if (!hit || !exposes(hit->verdict)) continue;
    auto told = watchlist_.told(batch, id);
    if (!told) return std::move(told).error();
    match::WatchSet person;
    person.add(number);
    const alert::Plan planned = plan(**incident, false, person, *told);
    if (planned.first.empty()) continue;
    auto campaign = watchlist_.start_campaign(batch, id, (*incident)->revision(), AlertKind::First, planned.first, now);
    if (!campaign) return std::move(campaign).error();
    ++started;
  }
  return started;
}

Result<std::uint64_t> Pipeline::repost(Instant now) {
  const auto posted = watchlist_.posted();
  if (!posted) return posted.error();
  const auto end = watchlist_.next();
  if (!end) return end.error();
  std::uint64_t moved = 0;
  if (*posted) return moved;
  auto batch = store_.batch();
  for (WatchNumber number = 1; number < *end; ++number) {
    auto profile = watchlist_.repost(*batch, number);
    if (!profile) return std::move(profile).error();
    if (!*profile) continue;
    auto started = rewatch(*batch, number, **profile, now);
    if (!started) return std::move(started).error();
    if (++moved % kRepostPage != 0) continue;
    VIGIFUITE_TRY(store_.commit(std::move(batch)));
    batch = store_.batch();
    progress_();
  }
  watchlist_.set_posted(*batch);
  VIGIFUITE_TRY(store_.commit(std::move(batch)));
  return moved;
}

}  // namespace vigifuite
