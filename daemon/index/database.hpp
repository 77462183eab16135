// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// RocksDB, opened the way this program needs it. Included by index/*.cpp only.

#include <rocksdb/db.h>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/index/store.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::index {

/// A column family each, in the order of their names below. `Default` is RocksDB's own: it holds the format version.
enum class Column : unsigned char {
  Default,
  Incident,
  Redirect,
  Sighting,
  Notice,
  Source,
  Listing,
  ByOrganisation,
  ByDate,
  Block,
  Curation,
  WatchProfile,
  WatchPosting,
  WatchCampaign,
  WatchRecipients,
  WatchTold,
  WatchAcknowledged,
  WatchMeta,
};
inline constexpr std::array<std::string_view, 18> kColumnNames = {"default",
                                                                  "incident",
                                                                  "redirect",
                                                                  "sighting",
                                                                  "notice",
                                                                  "source",
                                                                  "listing",
                                                                  "by_organisation",
                                                                  "by_date",
                                                                  "block",
                                                                  "curation",
                                                                  "watch_profile",
                                                                  "watch_posting",
                                                                  "watch_campaign",
                                                                  "watch_recipients",
                                                                  "watch_told",
                                                                  "watch_acknowledged",
                                                                  "watch_meta"};

Column column_of(Batch::WatchColumn column) noexcept;
inline constexpr Column kFirstWatchColumn = Column::WatchProfile;

/// The format this program writes. An older one is read as it is when opened for reading, and brought up to it when
/// opened for writing: 1 had neither blocks nor curation, and sightings without an id of their own.
inline constexpr unsigned kFormat = 2;

/// A lock on the store's directory, given back by the system however the process ends.
class DirectoryLock {
 public:
  /// Storage, with what to do, when another process has it. Shared by readers, exclusive for a writer.
  static Result<DirectoryLock> take(const std::filesystem::path& directory, bool shared);
  DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// The open database. Reads from any thread; writes from one.
class Database {
 public:
  static Result<std::unique_ptr<Database>> open(const StoreOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// False when there is no such key.
  [[nodiscard]] Result<bool> get(Column column, std::string_view key, rocksdb::PinnableSlice& value) const;
  /// Every key with `prefix` in order, until `visit` returns false. The scan's status is checked: a damaged block
  /// ends a scan early, and only its status says so. `fill_cache` false for scans of everything.
  [[nodiscard]] Status scan(Column column, std::string_view prefix, bool fill_cache,
                            const std::function<bool(std::string_view, std::string_view)>& visit) const;
  /// Synced.
  [[nodiscard]] Status write(rocksdb::WriteBatch& batch);
  /// Memtables to files, so that the journal is empty.
  [[nodiscard]] Status flush();
  [[nodiscard]] Status compact(Column column);
  /// Synced.
  [[nodiscard]] Status clear(Column column);
  [[nodiscard]] Status checkpoint(const std::filesystem::path& directory);

  /// Null for a column that a store of an older format, opened for reading, has not.
  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Column column) const {
    return handles_[static_cast<std::size_t>(column)];
  }
  [[nodiscard]] bool read_only() const noexcept { return read_only_; }
  [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }

  /// What failed, in a sentence with what to do. Never holds a value.
  [[nodiscard]] Error explain(const rocksdb::Status& status, Message doing) const;

 private:
  Database(std::filesystem::path directory, bool read_only, DirectoryLock lock)
      : directory_(std::move(directory)), read_only_(read_only), lock_(std::move(lock)) {}
  Status start(const StoreOptions& options, bool created);
  Status check_format();
  using Families = std::vector<rocksdb::ColumnFamilyDescriptor>;
  Status leave_out_missing(const rocksdb::DBOptions& options, Families& families, std::vector<std::size_t>& places);
  [[nodiscard]] std::vector<rocksdb::ColumnFamilyHandle*> present() const;

  std::filesystem::path directory_;
  bool read_only_;
  DirectoryLock lock_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  bool written_ = false;
};

inline std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}
/// Never a null pointer: RocksDB hands even an empty one to memcmp.
inline rocksdb::Slice slice(std::string_view bytes) {
  return bytes.empty() ? rocksdb::Slice() : rocksdb::Slice(bytes.data(), bytes.size());
}

}  // namespace vigifuite::index
