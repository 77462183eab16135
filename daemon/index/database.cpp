// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/database.hpp"

#include <fcntl.h>
#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <numeric>

#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::index {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormatKey = "format";

/// RocksDB's own log says nothing to our users that its statuses do not, and would grow beside the data.
class NoLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::CompressionType best_of(std::initializer_list<rocksdb::CompressionType> wanted) {
  static const std::vector<rocksdb::CompressionType> supported = rocksdb::GetSupportedCompressions();
  for (const auto type : wanted) {
    if (std::find(supported.begin(), supported.end(), type) != supported.end()) return type;
  }
  return rocksdb::kNoCompression;
}

rocksdb::DBOptions database_options(const StoreOptions& options) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create;
  db.create_missing_column_families = options.create;
  // The default mode (point in time) silently drops acked writes after a flipped byte in the journal.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  db.info_log = std::make_shared<NoLog>();
  db.info_log_level = rocksdb::InfoLogLevel::FATAL_LEVEL;
  // Every file stays open: a reader then has a whole view even if a writer starts later.
  db.max_open_files = -1;
  db.max_file_opening_threads = 1;
  db.skip_stats_update_on_db_open = true;
  db.skip_checking_sst_file_sizes_on_db_open = true;
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  db.max_background_jobs = 2;
  db.db_write_buffer_size = options.write_buffer_bytes;
  db.max_total_wal_size = options.write_buffer_bytes * 4;
  db.max_manifest_file_size = std::size_t{1} << 20U;
  return db;
}

rocksdb::ColumnFamilyOptions column_options(Column column, const StoreOptions& options,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = std::size_t{16} << 10U;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
  table.format_version = 5;
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = options.write_buffer_bytes;
  family.arena_block_size = std::size_t{64} << 10U;
  // Batches come sorted: each key is inserted beside the one before it, without a search from the top.
  family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewCappedPrefixTransform(0));
  if (column == Column::Incident || column == Column::Sighting || column == Column::ByOrganisation ||
      column == Column::Block) {
    // Most that is looked up while reading a source for the first time is not there.
    family.memtable_whole_key_filtering = true;
    family.memtable_prefix_bloom_size_ratio = 0.02;
  }
  family.level_compaction_dynamic_level_bytes = true;
  family.level0_file_num_compaction_trigger = 8;
  family.target_file_size_base = std::size_t{32} << 20U;
  family.compression = best_of({rocksdb::kLZ4Compression, rocksdb::kSnappyCompression});
  family.bottommost_compression = best_of({rocksdb::kZSTD, rocksdb::kLZ4Compression});
  family.bottommost_compression_opts.enabled = true;
  family.bottommost_compression_opts.level = 1;  // on our documents as small as level 3, for less time
  if (column == Column::WatchPosting || column == Column::WatchProfile) {
    // Sealed bytes and columns of numbers do not shrink, and postings are read in bulk.
    family.compression = rocksdb::kNoCompression;
    family.bottommost_compression = rocksdb::kNoCompression;
  }
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

bool speaks_of(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

}  // namespace

Column column_of(Batch::WatchColumn column) noexcept {
  switch (column) {
    case Batch::WatchColumn::Profile: return Column::WatchProfile;
    case Batch::WatchColumn::Posting: return Column::WatchPosting;
    case Batch::WatchColumn::Campaign: return Column::WatchCampaign;
    case Batch::WatchColumn::Recipients: return Column::WatchRecipients;
    case Batch::WatchColumn::Told: return Column::WatchTold;
    case Batch::WatchColumn::Acknowledged: return Column::WatchAcknowledged;
    case Batch::WatchColumn::Meta: return Column::WatchMeta;
  }
  return Column::WatchMeta;
}

Result<DirectoryLock> DirectoryLock::take(const fs::path& directory, bool shared) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    return fail(ErrorKind::Storage, Message::StoreCannotOpen, directory.string(), system_reason(errno));
  }
  DirectoryLock lock(descriptor);
  if (::flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) {
    return fail(ErrorKind::Storage, Message::StoreInUse, directory.string());
  }
  return lock;  // a file system without locks: RocksDB's own lock file still keeps writers apart
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::unique_ptr<Database>> Database::open(const StoreOptions& options) {
  std::error_code error;
  const bool exists = fs::exists(options.directory / "CURRENT", error);
  if (!exists && (!options.create || options.read_only)) {
    return fail(ErrorKind::Config, Message::StoreNone, options.directory.string());
  }
  if (!exists) {
    fs::create_directories(options.directory, error);
    if (error) {
      return fail(ErrorKind::Storage, Message::StoreNoDirectory, options.directory.string(),
                  system_reason(error.value()));
    }
    fs::permissions(options.directory, fs::perms::owner_all, error);  // best effort: the umask may already do it
  }
  auto lock = DirectoryLock::take(options.directory, options.read_only);
  if (!lock) return std::move(lock).error();
  std::unique_ptr<Database> database(new Database(options.directory, options.read_only, std::move(*lock)));
  VIGIFUITE_TRY(database->start(options, !exists));
  VIGIFUITE_TRY(database->check_format());
  return database;
}

Status Database::start(const StoreOptions& options, bool created) {
  const auto cache = rocksdb::NewLRUCache(options.cache_bytes, 2, false);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (std::size_t i = 0; i < kColumnNames.size(); ++i) {
    families.emplace_back(std::string(kColumnNames[i]), column_options(static_cast<Column>(i), options, cache));
  }
  const rocksdb::DBOptions db_options = database_options(options);
  std::vector<std::size_t> places(families.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  // A new store gets its columns in one step: made one by one by the opening, each would rewrite and sync RocksDB's
  // own files. (A crash in between leaves a store whose missing columns the next opening makes.)
  std::vector<rocksdb::ColumnFamilyDescriptor> to_make;
  if (created) {
    to_make.assign(families.begin() + 1, families.end());
    families.resize(1);
  }
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> opened;
  const auto open_for_reading = [&] {
    return rocksdb::DB::OpenForReadOnly(db_options, directory_.string(), families, &opened, &db);
  };
  auto status =
      read_only_ ? open_for_reading() : rocksdb::DB::Open(db_options, directory_.string(), families, &opened, &db);
  if (read_only_ && status.IsInvalidArgument()) {
    VIGIFUITE_TRY(leave_out_missing(db_options, families, places));
    opened.clear();
    status = open_for_reading();
  }
  db_.reset(db);
  if (status.IsInvalidArgument() && speaks_of(status.ToString(), "olumn famil")) {
    return fail(ErrorKind::Storage, Message::StoreNewerParts, directory_.string(), kFormat);
  }
  if (!status.ok()) return explain(status, Message::StoreDoOpen);
  handles_.assign(kColumnNames.size(), nullptr);
  for (std::size_t i = 0; i < opened.size(); ++i) handles_[places[i]] = opened[i];
  if (created) {
    std::vector<rocksdb::ColumnFamilyHandle*> made;
    const auto making = db_->CreateColumnFamilies(to_make, &made);
    for (std::size_t i = 0; i < made.size(); ++i) handles_[i + 1] = made[i];
    if (!making.ok()) return explain(making, Message::StoreDoMake);
  }
  return Done{};
}

/// What is opened for reading is not changed: columns of a later format are then absent, as if empty.
Status Database::leave_out_missing(const rocksdb::DBOptions& options, Families& families,
                                   std::vector<std::size_t>& places) {
  std::vector<std::string> names;
  const auto listed = rocksdb::DB::ListColumnFamilies(options, directory_.string(), &names);
  if (!listed.ok()) return explain(listed, Message::StoreDoOpen);
  for (std::size_t i = families.size(); i-- > 0;) {
    if (std::find(names.begin(), names.end(), families[i].name) != names.end()) continue;
    families.erase(families.begin() + static_cast<std::ptrdiff_t>(i));
    places.erase(places.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return Done{};
}

Status Database::check_format() {
  rocksdb::PinnableSlice value;
  auto found = get(Column::Default, kFormatKey, value);
  if (!found) return std::move(found).error();
  if (!*found) {
    // A crash between the making of the columns and this write leaves an empty store without a version.
    if (read_only_) return Done{};
    rocksdb::WriteBatch batch;
    batch.Put(handle(Column::Default), slice(kFormatKey), std::to_string(kFormat));
    return write(batch);
  }
  unsigned format = 0;
  const auto text = view(value);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), format);
  if (error != std::errc{} || end != text.data() + text.size() || format == 0) {
    return fail(ErrorKind::Storage, Message::StoreNoFormat, directory_.string());
  }
  // From 1 to 2: the columns that were missing were made when opening, and sightings of version 1 are read. The merging
  // anew that follows (no rules are stored yet) fills the blocks and binds each id to a sighting.
  if (format < kFormat && !read_only_) {
    rocksdb::WriteBatch batch;
    batch.Put(handle(Column::Default), slice(kFormatKey), std::to_string(kFormat));
    return write(batch);
  }
  if (format > kFormat) {
    return fail(ErrorKind::Storage, Message::StoreFormat, directory_.string(), format, kFormat);
  }
  return Done{};
}

std::vector<rocksdb::ColumnFamilyHandle*> Database::present() const {
  std::vector<rocksdb::ColumnFamilyHandle*> present(handles_);
  std::erase(present, nullptr);
  return present;
}

Database::~Database() {
  if (db_ == nullptr) return;
  // An empty journal makes the next start fast. A failure loses nothing: the journal is then read at the next start.
  if (written_) db_->Flush(rocksdb::FlushOptions(), present()).PermitUncheckedError();
  for (auto* handle : present()) db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  db_->Close().PermitUncheckedError();
}

Result<bool> Database::get(Column column, std::string_view key, rocksdb::PinnableSlice& value) const {
  value.Reset();
  if (handle(column) == nullptr) return false;
  const auto status = db_->Get(rocksdb::ReadOptions(), handle(column), slice(key), &value);
  if (status.ok()) return true;
  if (status.IsNotFound()) return false;
  return explain(status, Message::StoreDoRead);
}

Status Database::scan(Column column, std::string_view prefix, bool fill_cache,
                      const std::function<bool(std::string_view, std::string_view)>& visit) const {
  if (handle(column) == nullptr) return Done{};
  rocksdb::ReadOptions options;
  options.fill_cache = fill_cache;
  if (!fill_cache) options.readahead_size = std::size_t{256} << 10U;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, handle(column)));
  for (it->Seek(slice(prefix)); it->Valid() && it->key().starts_with(slice(prefix)); it->Next()) {
    if (!visit(view(it->key()), view(it->value()))) break;
  }
  if (!it->status().ok()) return explain(it->status(), Message::StoreDoRead);
  return Done{};
}

Status Database::write(rocksdb::WriteBatch& batch) {
  if (read_only_) return fail(ErrorKind::Config, Message::StoreReading, directory_.string());
  rocksdb::WriteOptions options;
  options.sync = true;
  const auto status = db_->Write(options, &batch);
  if (!status.ok()) return explain(status, Message::StoreDoWrite);
  written_ = true;
  return Done{};
}

Status Database::flush() {
  const auto status = db_->Flush(rocksdb::FlushOptions(), present());
  if (!status.ok()) return explain(status, Message::StoreDoWrite);
  return Done{};
}

Status Database::compact(Column column) {
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  options.exclusive_manual_compaction = false;
  const auto status = db_->CompactRange(options, handle(column), nullptr, nullptr);
  if (!status.ok()) return explain(status, Message::StoreDoCompact);
  return Done{};
}

Status Database::clear(Column column) {
  // Key by key: a range deletion would share its insertion hints with the keys of its memtable, which RocksDB forbids.
  constexpr std::uint32_t kKeysPerWrite = 10'000;
  rocksdb::WriteBatch batch;
  Status outcome = Done{};
  VIGIFUITE_TRY(scan(column, {}, false, [&](std::string_view key, std::string_view) {
    batch.Delete(handle(column), slice(key)).PermitUncheckedError();
    if (batch.Count() < kKeysPerWrite) return true;
    outcome = write(batch);
    batch.Clear();
    return outcome.has_value();
  }));
  VIGIFUITE_TRY(std::move(outcome));
  return batch.Count() == 0 ? Status(Done{}) : write(batch);
}

Status Database::checkpoint(const fs::path& directory) {
  rocksdb::Checkpoint* raw = nullptr;
  auto status = rocksdb::Checkpoint::Create(db_.get(), &raw);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
  if (status.ok()) status = checkpoint->CreateCheckpoint(directory.string());
  if (!status.ok())
    return in_context(in_both(Message::StoreBackupTo, directory.string()), explain(status, Message::StoreDoCopy));
  return Done{};
}

Error Database::explain(const rocksdb::Status& status, Message doing) const {
  const std::string said = status.ToString();
  const std::string where = directory_.string();
  if (status.IsNoSpace() || speaks_of(said, std::strerror(ENOSPC)) || speaks_of(said, std::strerror(EDQUOT)) ||
      speaks_of(said, std::strerror(EFBIG))) {
    return fail(ErrorKind::Storage, Message::StoreFull, where, said);
  }
  if (speaks_of(said, std::strerror(EROFS)) || speaks_of(said, std::strerror(EACCES)) ||
      speaks_of(said, std::strerror(EPERM))) {
    return fail(ErrorKind::Storage, Message::StoreUnwritable, where, said);
  }
  if (speaks_of(said, "LOCK")) {
    return fail(ErrorKind::Storage, Message::StoreInUseStop, where);
  }
  if (status.IsCorruption() || speaks_of(said, "No such file")) {
    return fail(ErrorKind::Storage, Message::StoreDamaged, where, said);
  }
  return fail(ErrorKind::Storage, Message::StoreCouldNot, doing, where, said);
}

}  // namespace vigifuite::index
