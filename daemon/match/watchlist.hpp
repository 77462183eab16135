// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Who is watched: profiles sealed with libsodium (XChaCha20-Poly1305), and per body the numbers of those who have a
// tie with it, in containers of 65,536 numbers, so that one disclosure that concerns millions is enumerated without
// opening a single profile.

#include <filesystem>
#include <memory>

#include "daemon/index/store.hpp"
#include "schemas/alert.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/hit.hpp"

namespace vigifuite::match {

/// A set of watch numbers (a Roaring bitmap; portable serialisation).
class WatchSet {
 public:
  WatchSet();
  ~WatchSet();
  WatchSet(const WatchSet&);
  WatchSet(WatchSet&&) noexcept;
  WatchSet& operator=(const WatchSet&);
  WatchSet& operator=(WatchSet&&) noexcept;

  void add(WatchNumber number);
  void add_sorted(std::span<const WatchNumber> numbers);
  void remove(WatchNumber number);
  [[nodiscard]] bool has(WatchNumber number) const;
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  void merge(const WatchSet& other);     ///< union
  void subtract(const WatchSet& other);
  void intersect(const WatchSet& other);
  /// Visits in order from `from` until `visit` returns false.
  void each(WatchNumber from, const std::function<bool(WatchNumber)>& visit) const;
  [[nodiscard]] std::string bytes() const;
  static Result<WatchSet> from_bytes(std::string_view bytes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct WatchEntry {
  WatchNumber number = 0;
  Profile profile;
};

/// Reads may come from any thread; changes come from the thread that commits.
class Watchlist {
 public:
  /// `key` is 32 bytes. Config when the store was sealed with another key.
  static Result<std::unique_ptr<Watchlist>> open(index::Store& store, Secret key, const Vocabulary& vocabulary);
  /// The key of `file` (0600), made when absent. Config: wrong mode, wrong size.
  static Result<Secret> key_from_file(const std::filesystem::path& file);

  virtual ~Watchlist() = default;

  /// Seals the profile (ties resolved) and adds its postings to the batch; gives it a number never used before.
  virtual Result<WatchNumber> add(index::Batch& batch, const Profile& profile) = 0;
  virtual Status replace(index::Batch& batch, WatchNumber number, const Profile& profile) = 0;
  /// Removes every byte of the person from the batch's future: profile, postings, told and recipient bitmaps.
  virtual Status forget(index::Batch& batch, WatchNumber number) = 0;
  [[nodiscard]] virtual Result<std::optional<Profile>> get(WatchNumber number) const = 0;
  [[nodiscard]] virtual Result<std::vector<WatchEntry>> list() const = 0;
  [[nodiscard]] virtual Result<std::uint64_t> size() const = 0;

  /// Everybody with a tie under one of `keys` whose period may touch `period` (open: always). No profile is opened.
  [[nodiscard]] virtual Result<WatchSet> concerned(const std::vector<std::string>& keys, Period period) const = 0;

  // Campaigns. `told` is everybody ever put in a campaign of the incident.
  virtual Result<Campaign> start_campaign(index::Batch& batch, std::string_view incident, std::uint32_t revision,
                                          AlertKind kind, const WatchSet& recipients, Instant now) = 0;
  [[nodiscard]] virtual Result<WatchSet> told(std::string_view incident) const = 0;
  [[nodiscard]] virtual Result<std::vector<Campaign>> campaigns() const = 0;
  [[nodiscard]] virtual Result<WatchSet> recipients(std::uint64_t campaign) const = 0;
  /// Stores how far delivery is.
  virtual Status advance(index::Batch& batch, const Campaign& campaign) = 0;
  virtual Status acknowledge(index::Batch& batch, AlertId alert) = 0;
  [[nodiscard]] virtual Result<bool> acknowledged(AlertId alert) const = 0;
};

}  // namespace vigifuite::match
