// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The only user of RocksDB. One column family per shape, keys built and parsed in index/keys.hpp, built-in
// comparators, no custom merge operator: RocksDB's own tools open the store.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "daemon/index/reader.hpp"
#include "schemas/alert.hpp"
#include "schemas/core/digest.hpp"
#include "schemas/curation.hpp"

namespace vigifuite::index {

/// Which key of a source's listing carries which value: how a reading is compared with the one before.
struct ListingEntry {
  Digest key;
  Digest value;
  friend auto operator<=>(const ListingEntry&, const ListingEntry&) = default;
};

/// Where a sighting belongs, and the id of an incident that is bound to it: an id once given leads, for ever, to the
/// incident of the sighting it was given for.
struct Placement {
  std::string incident;  ///< "" for a text item
  std::string own;       ///< or ""
  Instant own_since{};
  friend bool operator==(const Placement&, const Placement&) = default;
};

struct PlacedSighting {
  Sighting sighting;
  Placement placement;
};

struct StoreOptions {
  std::filesystem::path directory;
  std::size_t cache_bytes = std::size_t{8} << 20U;
  std::size_t write_buffer_bytes = std::size_t{16} << 20U;
  bool create = true;
  bool read_only =
      false;  ///< writes nothing, not even a lock file: several may read at once, also from a read-only disk
};

/// One page of changes, written once, synced: incidents, index rows, postings, campaigns AND the source's new
/// validators. Reads its own pending writes. Values for watch columns are opaque here (sealed by match::Watchlist).
class Batch {
 public:
  virtual ~Batch() = default;
  /// As the Reader, but sees what this batch already holds.
  [[nodiscard]] virtual Result<std::optional<Incident>> incident(std::string_view id) const = 0;
  [[nodiscard]] virtual Result<std::optional<Sighting>> sighting(std::string_view source,
                                                                 std::string_view key) const = 0;
  /// The incident a sighting was folded into, or "".
  [[nodiscard]] virtual Result<std::string> incident_of(std::string_view source, std::string_view key) const = 0;
  [[nodiscard]] virtual Result<std::vector<std::string>> incidents_of(std::string_view organisation_key) const = 0;
  [[nodiscard]] virtual Result<std::optional<PlacedSighting>> placed(const SightingRef& ref) const = 0;
  /// Whether the id is one of an incident, or was and leads to another.
  [[nodiscard]] virtual Result<bool> is_given(std::string_view id) const = 0;
  /// The sightings of a block (index/traits.hpp), as stored: without what this batch holds.
  [[nodiscard]] virtual Result<std::vector<SightingRef>> block(std::uint64_t block) const = 0;

  /// Stores the incident and its index rows (those of the stored version are removed when they differ).
  virtual void put_incident(const Incident& incident) = 0;
  /// Makes an incident lead to another (after a merge): its document and index rows go, its id is followed.
  virtual void put_redirect(std::string_view from, std::string_view to) = 0;
  virtual void put_sighting(const Sighting& sighting, const Placement& placement) = 0;
  void put_sighting(const Sighting& sighting, std::string_view incident) {
    put_sighting(sighting, Placement{std::string(incident), {}, {}});
  }
  /// Moves a sighting from the blocks it was in to those it is in now.
  virtual void put_blocks(const SightingRef& ref, std::span<const std::uint64_t> before,
                          std::span<const std::uint64_t> after) = 0;
  /// Adds a curator's decision; its number is given here, and returned.
  virtual Result<std::uint64_t> put_curation(Curation curation) = 0;
  /// Stores a text item's own words ("vigifuite/notice@v1" JSON).
  virtual void put_notice(std::string_view source, std::string_view key, std::string_view json) = 0;
  virtual void put_source_state(std::string_view source, const poll::SourceState& state) = 0;
  /// Replaces what is remembered of the source's listing; once a batch for a source.
  virtual void put_listing(std::string_view source, std::span<const ListingEntry> entries) = 0;
  /// Approximate size of what is pending.
  [[nodiscard]] virtual std::size_t bytes() const noexcept = 0;

  // The watch list's columns; see match/watchlist.hpp. An empty value deletes.
  enum class WatchColumn : unsigned char { Profile, Posting, Campaign, Recipients, Told, Acknowledged, Meta };
  virtual void put_watch(WatchColumn column, std::string_view key, std::string_view value) = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> get_watch(WatchColumn column,
                                                                     std::string_view key) const = 0;
};

/// The store. One process at a time for writing; any thread reads. One batch at a time: a commit may run on another
/// thread while the next page is parsed, but must have ended before batch() is called again.
class Store : public Reader {
 public:
  /// Opens or creates. Storage: another process holds it (says so), disk full or read-only (says so), damaged (says
  /// what to do), written by a newer version (says which). Acked writes survive a power cut
  /// (WALRecoveryMode::kTolerateCorruptedTailRecords, synced batches).
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options, const Vocabulary& vocabulary);

  [[nodiscard]] virtual std::unique_ptr<Batch> batch() = 0;
  /// Writes the batch, synced. After Storage nothing of it is visible.
  [[nodiscard]] virtual Status commit(std::unique_ptr<Batch> batch) = 0;

  [[nodiscard]] virtual Result<std::vector<ListingEntry>> listing(std::string_view source) const = 0;
  /// Calls `visit(key)` for every sighting of a source, until it returns false.
  [[nodiscard]] virtual Status scan_sightings(std::string_view source,
                                              const std::function<bool(std::string_view)>& visit) const = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> get_watch(Batch::WatchColumn column,
                                                                     std::string_view key) const = 0;
  /// Calls `visit(key, value)` for every key with `prefix`, in order, until it returns false; checks the scan's status.
  [[nodiscard]] virtual Status scan_watch(
      Batch::WatchColumn column, std::string_view prefix,
      const std::function<bool(std::string_view, std::string_view)>& visit) const = 0;

  /// As the Batch's, of what is committed. Any thread.
  [[nodiscard]] virtual Result<std::optional<PlacedSighting>> placed(const SightingRef& ref) const = 0;
  [[nodiscard]] virtual Result<std::vector<SightingRef>> block(std::uint64_t block) const = 0;
  /// Every decision of curators, the earliest first.
  [[nodiscard]] virtual Result<std::vector<Curation>> curations() const = 0;
  /// By which rules the stored sightings were merged; "" when never, or when a merging anew was not ended.
  [[nodiscard]] virtual Result<std::string> merge_rules() const = 0;
  [[nodiscard]] virtual Status set_merge_rules(std::string_view rules) = 0;
  /// Calls `visit` for every sighting of every source, in the order of their refs, until it returns false.
  [[nodiscard]] virtual Status scan_all(const std::function<bool(const SightingRef&)>& visit) const = 0;
  /// Forgets which sightings are in which block.
  [[nodiscard]] virtual Status clear_blocks() = 0;

  /// Rebuilds every derivable row (index rows) from the documents; says how many differed.
  [[nodiscard]] virtual Result<std::uint64_t> reindex() = 0;
  /// Reads every document and checks it parses and that index rows point to something; one sentence per problem.
  [[nodiscard]] virtual Result<std::vector<Text>> examine() const = 0;
  /// A consistent copy while running (RocksDB checkpoint). `directory` must not exist.
  [[nodiscard]] virtual Status backup(const std::filesystem::path& directory) const = 0;
  /// Compacts the watch columns so that erased bytes leave the disk.
  [[nodiscard]] virtual Status scrub() = 0;
};

}  // namespace vigifuite::index
