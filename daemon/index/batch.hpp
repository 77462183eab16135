// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// A batch under way. Included by index/*.cpp only.

#include <rocksdb/write_batch.h>

#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "daemon/index/codec.hpp"
#include "daemon/index/database.hpp"

namespace vigifuite::index {

/// Lets maps of strings be asked with a view.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};
template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// Keys and values lie one after the other in one buffer and are found again by their place in it: a batch of five
/// thousand records keeps one copy of them. sealed() sorts them by column and key, which makes their insertion into
/// RocksDB's lists several times cheaper than in order of arrival. What is read from the store is remembered, so that
/// one record costs one lookup per key. Watch values are kept apart until sealed(): a posting changed a thousand times
/// is written once.
class StoreBatch final : public Batch {
 public:
  StoreBatch(const Database& database, const Vocabulary& vocabulary)
      : database_(database), vocabulary_(vocabulary) {}

  [[nodiscard]] Result<std::optional<Incident>> incident(std::string_view id) const override;
  [[nodiscard]] Result<std::optional<Sighting>> sighting(std::string_view source, std::string_view key) const override;
  [[nodiscard]] Result<std::string> incident_of(std::string_view source, std::string_view key) const override;
  [[nodiscard]] Result<std::vector<std::string>> incidents_of(std::string_view organisation_key) const override;
  void put_incident(const Incident& incident) override;
  void put_redirect(std::string_view from, std::string_view to) override;
  void put_sighting(const Sighting& sighting, std::string_view incident) override;
  void put_notice(std::string_view source, std::string_view key, std::string_view json) override;
  void put_source_state(std::string_view source, const poll::SourceState& state) override;
  void put_listing(std::string_view source, std::span<const ListingEntry> entries) override;
  [[nodiscard]] std::size_t bytes() const noexcept override { return buffer_.size() + watch_bytes_; }
  void put_watch(WatchColumn column, std::string_view key, std::string_view value) override;
  [[nodiscard]] Result<std::optional<std::string>> get_watch(WatchColumn column, std::string_view key) const override;

  /// What to write: everything put so far. The first failure of a lookup on the way is returned instead.
  Result<rocksdb::WriteBatch> sealed();
  [[nodiscard]] bool belongs_to(const Database& database) const noexcept { return &database == &database_; }

 private:
  /// Where a value put in this batch is in the buffer.
  struct Place {
    std::size_t at = 0;
    std::size_t length = 0;
  };
  struct Write {
    Column column = Column::Default;
    bool deletes = false;
    Place key;
    Place value;
  };
  /// What is known of an incident: as stored, or as this batch leaves it.
  struct Known {
    bool exists = false;
    std::optional<Place> pending;
    std::unique_ptr<Incident> incident;       ///< parsed when asked for
    std::vector<std::string> organisations;   ///< whose rows it has
    RowFacts facts;
  };
  /// What is known of an organisation's rows. The first incident has its id in the first row.
  struct Rows {
    bool exists = false;
    std::string first;
    std::vector<std::string> incidents;  ///< sorted
  };

  Result<Known*> know(std::string_view id) const;
  Result<Rows*> rows(std::string_view organisation) const;
  Status put_incident_rows(const Incident& incident);
  Status put_row(std::string_view organisation, std::string_view id, const RowFacts& facts);
  Status remove_row(std::string_view organisation, std::string_view id);
  Status put_listing_buckets(std::string_view source, std::vector<ListingEntry> entries);
  Result<std::optional<std::string>> sighting_bytes(std::string_view source, std::string_view key) const;
  Result<Incident> parse_incident(std::string_view document, std::string_view id) const;
  Place put(Column column, std::string_view key, std::string_view value);
  void remove(Column column, std::string_view key);
  [[nodiscard]] std::string_view at(Place place) const {
    return std::string_view(buffer_).substr(place.at, place.length);
  }
  Place append(std::string_view bytes);
  void keep_failure(Status status);

  const Database& database_;
  const Vocabulary& vocabulary_;
  std::string buffer_;
  std::vector<Write> writes_;
  mutable JsonParser parser_;
  JsonOut json_;
  std::string value_;
  mutable rocksdb::PinnableSlice found_;
  mutable TextMap<Known> incidents_;
  mutable TextMap<Rows> organisations_;
  TextMap<Place> sightings_;
  TextMap<bool> listed_;
  std::array<TextMap<std::string>, 7> watch_;
  std::size_t watch_bytes_ = 0;
  std::optional<Error> failure_;
};

}  // namespace vigifuite::index
