// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Who is watched: profiles sealed with libsodium (XChaCha20-Poly1305), and per body the numbers of those who have a
// tie with it, in containers of 65,536 numbers, so that one disclosure that concerns millions is enumerated without
// opening a single profile.

#include <filesystem>
#include <memory>

#include "daemon/index/store.hpp"
#include "daemon/match/watch_set.hpp"
#include "schemas/alert.hpp"
#include "schemas/core/secret.hpp"
#include "schemas/hit.hpp"

namespace vigifuite::match {

struct WatchEntry {
  WatchNumber number = 0;
  Profile profile;
};

/// Reads may come from any thread; changes come from the thread that commits.
class Watchlist {
 public:
  /// `key` is 32 bytes; `registry` names the state of the vocabulary (a digest). Config when the store was sealed with
  /// another key.
  static Result<std::unique_ptr<Watchlist>> open(index::Store& store, Secret key, const Vocabulary& vocabulary,
                                                 std::string registry = {});
  /// The key of `file` (0600), made when absent. Config: wrong mode, wrong size.
  static Result<Secret> key_from_file(const std::filesystem::path& file);

  virtual ~Watchlist() = default;

  /// Seals the profile (ties resolved) and adds its postings to the batch; gives it a number never used before.
  virtual Result<WatchNumber> add(index::Batch& batch, const Profile& profile) = 0;
  /// The same for many: a body's postings are written once for all. They get consecutive numbers; this is the first.
  virtual Result<WatchNumber> add_many(index::Batch& batch, std::span<const Profile> profiles) = 0;
  virtual Status replace(index::Batch& batch, WatchNumber number, const Profile& profile) = 0;
  /// Whether everybody is posted under the keys this registry gives: an upgrade may know a body it did not, or know it
  /// by another name.
  [[nodiscard]] virtual Result<bool> posted() const = 0;
  /// Names the bodies of a person's ties anew, and posts the person under the keys they now have. Gives the profile
  /// when the keys are others than before; nothing when they are the same, or the person was forgotten.
  virtual Result<std::optional<Profile>> repost(index::Batch& batch, WatchNumber number) = 0;
  /// Everybody is: posted() from now on.
  virtual void set_posted(index::Batch& batch) = 0;
  /// The number the next person will get.
  [[nodiscard]] virtual Result<WatchNumber> next() const = 0;
  /// Removes every byte of the person: profile, postings, told, recipient and acknowledged bitmaps. In a batch of its
  /// own: campaigns and profiles put in the same batch are not seen. Store::scrub() then takes the bytes off the disk.
  virtual Status forget(index::Batch& batch, WatchNumber number) = 0;
  [[nodiscard]] virtual Result<std::optional<Profile>> get(WatchNumber number) const = 0;
  [[nodiscard]] virtual Result<std::vector<WatchEntry>> list() const = 0;
  [[nodiscard]] virtual Result<std::uint64_t> size() const = 0;

  /// Everybody with a tie under one of `keys` whose period may touch `period` (open: always). No profile is opened.
  [[nodiscard]] virtual Result<WatchSet> concerned(const std::vector<std::string>& keys, Period period) const = 0;

  // Campaigns. `told` is everybody ever put in a campaign of the incident.
  virtual Result<Campaign> start_campaign(index::Batch& batch, std::string_view incident, std::uint32_t revision,
                                          AlertKind kind, const WatchSet& recipients, Instant now) = 0;
  /// As the batch will leave it.
  [[nodiscard]] virtual Result<WatchSet> told(const index::Batch& batch, std::string_view incident) const = 0;
  /// An incident was merged with another, which has this revision now: who was told of `from` counts as told of `to`,
  /// and what is still to be told of `from` is told of `to`, but to nobody who was already told of that.
  virtual Status follow(index::Batch& batch, std::string_view from, std::string_view to, std::uint32_t revision) = 0;
  /// A part of an incident became another: who was told of the whole was told of that part.
  virtual Status copy_told(index::Batch& batch, std::string_view from, std::string_view to) = 0;
  [[nodiscard]] virtual Result<std::vector<Campaign>> campaigns() const = 0;
  [[nodiscard]] virtual Result<WatchSet> recipients(std::uint64_t campaign) const = 0;
  /// Stores how far delivery is. `spared` were in the campaign, but the verdict leaves nothing to tell them: they leave
  /// its recipients and the told of its incident (whose counts in `campaign` are already without them).
  virtual Status advance(index::Batch& batch, const Campaign& campaign, const WatchSet& spared) = 0;
  virtual Status acknowledge(index::Batch& batch, AlertId alert) = 0;
  [[nodiscard]] virtual Result<bool> acknowledged(AlertId alert) const = 0;
};

}  // namespace vigifuite::match
