// SPDX-License-Identifier: AGPL-3.0-or-later

// Campaigns: one record and one set of recipients, whatever their number. Who was ever told of an incident is the
// union of its campaigns; who acknowledged, a set per campaign.

#include <algorithm>

#include "daemon/index/keys.hpp"
#include "daemon/match/open_watchlist.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::match {
namespace {

Error unreadable_campaign() {
  return fail(ErrorKind::Storage, Message::WatchCampaignDamaged);
}

}  // namespace

Result<WatchSet> pending_set(const index::Batch& batch, WatchColumn column, std::string_view key) {
  auto stored = batch.get_watch(column, key);
  if (!stored) return std::move(stored).error();
  return *stored ? WatchSet::from_bytes(**stored) : WatchSet();
}

void put_set(index::Batch& batch, WatchColumn column, std::string_view key, const WatchSet& set) {
  batch.put_watch(column, key, set.empty() ? std::string() : set.bytes());
}

Result<WatchSet> OpenWatchlist::stored_set(WatchColumn column, std::string_view key) const {
  auto stored = store_.get_watch(column, key);
  if (!stored) return std::move(stored).error();
  return *stored ? WatchSet::from_bytes(**stored) : WatchSet();
}

Result<Campaign> OpenWatchlist::start_campaign(index::Batch& batch, std::string_view incident, std::uint32_t revision,
                                               AlertKind kind, const WatchSet& recipients, Instant now) {
  VIGIFUITE_CHECK(!incident.empty());
  auto counters = numbers(batch);
  if (!counters) return std::move(counters).error();
  auto told = pending_set(batch, WatchColumn::Told, incident);
  if (!told) return std::move(told).error();

  Campaign campaign;
  campaign.number = counters->next_campaign++;
  campaign.incident = incident;
  campaign.revision = revision;
  campaign.kind = kind;
  campaign.created = now;
  campaign.recipients = recipients.size();
  campaign.done = recipients.empty();
  told->merge(recipients);

  const std::string key = index::campaign_key(campaign.number);
  batch.put_watch(WatchColumn::Meta, kNumbersKey, encode_numbers(*counters));
  batch.put_watch(WatchColumn::Campaign, key, encode_campaign(campaign));
  put_set(batch, WatchColumn::Recipients, key, recipients);
  put_set(batch, WatchColumn::Told, incident, *told);
  return campaign;
}

Result<WatchSet> OpenWatchlist::told(const index::Batch& batch, std::string_view incident) const {
  return pending_set(batch, WatchColumn::Told, incident);
}

Status OpenWatchlist::follow(index::Batch& batch, std::string_view from, std::string_view to, std::uint32_t revision) {
  auto told_from = pending_set(batch, WatchColumn::Told, from);
  if (!told_from) return std::move(told_from).error();
  auto told_to = pending_set(batch, WatchColumn::Told, to);
  if (!told_to) return std::move(told_to).error();
  auto all = campaigns();
  if (!all) return std::move(all).error();
  for (Campaign& campaign : *all) {
    if (campaign.done || campaign.incident != from) continue;
    const std::string key = index::campaign_key(campaign.number);
    auto recipients = pending_set(batch, WatchColumn::Recipients, key);
    if (!recipients) return std::move(recipients).error();
    if (campaign.kind == AlertKind::First) recipients->subtract(*told_to);
    campaign.incident = to;
    campaign.revision = revision;
    campaign.recipients = recipients->size();
    campaign.served = 0;
    recipients->each(0, [&](WatchNumber number) { return number < campaign.cursor && ++campaign.served != 0; });
    batch.put_watch(WatchColumn::Campaign, key, encode_campaign(campaign));
    put_set(batch, WatchColumn::Recipients, key, *recipients);
  }
  told_to->merge(*told_from);
  put_set(batch, WatchColumn::Told, to, *told_to);
  put_set(batch, WatchColumn::Told, from, {});
  return Done{};
}

Status OpenWatchlist::copy_told(index::Batch& batch, std::string_view from, std::string_view to) {
  auto told_from = pending_set(batch, WatchColumn::Told, from);
  if (!told_from) return std::move(told_from).error();
  auto told_to = pending_set(batch, WatchColumn::Told, to);
  if (!told_to) return std::move(told_to).error();
  told_to->merge(*told_from);
  put_set(batch, WatchColumn::Told, to, *told_to);
  return Done{};
}

Result<std::vector<Campaign>> OpenWatchlist::campaigns() const {
  std::vector<Campaign> campaigns;
  bool good = true;
  VIGIFUITE_TRY(store_.scan_watch(WatchColumn::Campaign, {}, [&](std::string_view key, std::string_view value) {
    const auto number = index::parse_campaign_key(key);
    auto campaign = number ? decode_campaign(*number, value) : std::nullopt;
    if (campaign) campaigns.push_back(std::move(*campaign));
    return good = campaign.has_value();
  }));
  if (!good) return unreadable_campaign();
  return campaigns;
}

Result<WatchSet> OpenWatchlist::recipients(std::uint64_t campaign) const {
  return stored_set(WatchColumn::Recipients, index::campaign_key(campaign));
}

Status OpenWatchlist::advance(index::Batch& batch, const Campaign& campaign, const WatchSet& spared) {
  VIGIFUITE_CHECK(campaign.number != 0 && campaign.served <= campaign.recipients);
  const std::string key = index::campaign_key(campaign.number);
  batch.put_watch(WatchColumn::Campaign, key, encode_campaign(campaign));
  if (spared.empty()) return Done{};
  for (const auto& [column, row] :
       {std::pair(WatchColumn::Recipients, key), std::pair(WatchColumn::Told, campaign.incident)}) {
    auto set = pending_set(batch, column, row);
    if (!set) return std::move(set).error();
    set->subtract(spared);
    put_set(batch, column, row, *set);
  }
  return Done{};
}

Status OpenWatchlist::acknowledge(index::Batch& batch, AlertId alert) {
  const std::string key = index::campaign_key(alert.campaign);
  auto recipients = pending_set(batch, WatchColumn::Recipients, key);
  if (!recipients) return std::move(recipients).error();
  if (!recipients->has(alert.watch)) {
    return fail(ErrorKind::Config, Message::AskNoAlert, to_string(alert));
  }
  auto acknowledged = pending_set(batch, WatchColumn::Acknowledged, key);
  if (!acknowledged) return std::move(acknowledged).error();
  acknowledged->add(alert.watch);
  put_set(batch, WatchColumn::Acknowledged, key, *acknowledged);
  return Done{};
}

Result<bool> OpenWatchlist::acknowledged(AlertId alert) const {
  auto set = stored_set(WatchColumn::Acknowledged, index::campaign_key(alert.campaign));
  if (!set) return std::move(set).error();
  return set->has(alert.watch);
}

Status OpenWatchlist::forget_in_campaigns(index::Batch& batch, WatchNumber number) {
  for (const WatchColumn column : {WatchColumn::Recipients, WatchColumn::Told, WatchColumn::Acknowledged}) {
    Status outcome = Done{};
    VIGIFUITE_TRY(store_.scan_watch(column, {}, [&](std::string_view key, std::string_view value) {
      auto set = WatchSet::from_bytes(value);
      if (!set) {
        outcome = std::move(set).error();
      } else if (set->has(number)) {
        set->remove(number);
        put_set(batch, column, key, *set);
      }
      return outcome.has_value();
    }));
    VIGIFUITE_TRY(std::move(outcome));
  }
  auto all = campaigns();
  if (!all) return std::move(all).error();
  for (Campaign& campaign : *all) {
    auto had = recipients(campaign.number);
    if (!had) return std::move(had).error();
    if (!had->has(number)) continue;
    --campaign.recipients;
    if (number < campaign.cursor && campaign.served > 0) --campaign.served;
    campaign.served = std::min(campaign.served, campaign.recipients);
    VIGIFUITE_TRY(advance(batch, campaign, {}));
  }
  return Done{};
}

}  // namespace vigifuite::match
