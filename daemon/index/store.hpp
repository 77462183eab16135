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

namespace vigifuite::index {

/// Which key of a source's listing carries which value: how a reading is compared with the one before.
struct ListingEntry {
  Digest key;
  Digest value;
  friend auto operator<=>(const ListingEntry&, const ListingEntry&) = default;
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

  /// Stores the incident and its index rows (those of the stored version are removed when they differ).
  virtual void put_incident(const Incident& incident) = 0;
  /// Makes an incident lead to another (after a merge): its document and index rows go, its id is followed.
  virtual void put_redirect(std::string_view from, std::string_view to) = 0;
  /// Stores a sighting and the incident it belongs to ("" for a text item).
  virtual void put_sighting(const Sighting& sighting, std::string_view incident) = 0;
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
