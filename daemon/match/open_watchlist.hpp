// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The watch list over a store. Included by match/*.cpp only: everybody else has watchlist.hpp.

#include <map>

#include "daemon/match/postings.hpp"
#include "daemon/match/records.hpp"
#include "daemon/match/seal.hpp"
#include "daemon/match/watchlist.hpp"

namespace vigifuite::match {

using WatchColumn = index::Batch::WatchColumn;

/// Where the counters are, in the Meta column.
inline constexpr std::string_view kNumbersKey = "numbers";
/// Where the registry is named that gave the posting keys, in the same column.
inline constexpr std::string_view kRegistryKey = "registry";

class OpenWatchlist final : public Watchlist {
 public:
  OpenWatchlist(index::Store& store, Sealer sealer, const Vocabulary& vocabulary, std::string registry)
      : store_(store), sealer_(std::move(sealer)), vocabulary_(vocabulary), registry_(std::move(registry)) {}

  /// Config when the store's watch list was sealed with another key.
  [[nodiscard]] Status check_key() const;

  // watchlist.cpp
  Result<WatchNumber> add(index::Batch& batch, const Profile& profile) override;
  Result<WatchNumber> add_many(index::Batch& batch, std::span<const Profile> profiles) override;
  Status replace(index::Batch& batch, WatchNumber number, const Profile& profile) override;
  Status forget(index::Batch& batch, WatchNumber number) override;
  [[nodiscard]] Result<bool> posted() const override;
  Result<std::optional<Profile>> repost(index::Batch& batch, WatchNumber number) override;
  void set_posted(index::Batch& batch) override { batch.put_watch(WatchColumn::Meta, kRegistryKey, registry_); }
  [[nodiscard]] Result<WatchNumber> next() const override;
  [[nodiscard]] Result<std::optional<Profile>> get(WatchNumber number) const override;
  [[nodiscard]] Result<std::vector<WatchEntry>> list() const override;
  [[nodiscard]] Result<std::uint64_t> size() const override;
  [[nodiscard]] Result<WatchSet> concerned(const std::vector<std::string>& keys, Period period) const override;

  // campaigns.cpp
  Result<Campaign> start_campaign(index::Batch& batch, std::string_view incident, std::uint32_t revision,
                                  AlertKind kind, const WatchSet& recipients, Instant now) override;
  [[nodiscard]] Result<WatchSet> told(const index::Batch& batch, std::string_view incident) const override;
  Status follow(index::Batch& batch, std::string_view from, std::string_view to, std::uint32_t revision) override;
  Status copy_told(index::Batch& batch, std::string_view from, std::string_view to) override;
  [[nodiscard]] Result<std::vector<Campaign>> campaigns() const override;
  [[nodiscard]] Result<WatchSet> recipients(std::uint64_t campaign) const override;
  Status advance(index::Batch& batch, const Campaign& campaign, const WatchSet& spared) override;
  Status acknowledge(index::Batch& batch, AlertId alert) override;
  [[nodiscard]] Result<bool> acknowledged(AlertId alert) const override;

 private:
  using Ties = std::map<std::string, Months>;  // by organisation key

  [[nodiscard]] Ties ties_of(const Profile& profile) const;
  Result<Numbers> numbers(const index::Batch& batch) const;
  void put_person(index::Batch& batch, WatchNumber number, const Profile& profile, const Ties& ties) const;
  /// The posting keys of a stored person; nothing when there is no such person.
  Result<std::optional<std::vector<std::string>>> posting_keys(const index::Batch& batch, WatchNumber number) const;
  Result<Profile> unseal(WatchNumber number, std::string_view sealed) const;
  [[nodiscard]] Result<WatchSet> stored_set(WatchColumn column, std::string_view key) const;
  Status forget_in_campaigns(index::Batch& batch, WatchNumber number);

  index::Store& store_;
  Sealer sealer_;
  const Vocabulary& vocabulary_;
  std::string registry_;
};

/// A set as the batch will leave it; empty when there is none.
Result<WatchSet> pending_set(const index::Batch& batch, WatchColumn column, std::string_view key);
void put_set(index::Batch& batch, WatchColumn column, std::string_view key, const WatchSet& set);

}  // namespace vigifuite::match
