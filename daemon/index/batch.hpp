// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// A batch under way. Included by index/*.cpp only.

#include <rocksdb/write_batch.h>

#include <array>
#include <memory_resource>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "daemon/index/codec.hpp"
#include "daemon/index/database.hpp"

namespace vigifuite::index {

/// Storage: a document cannot be read; says what to do.
Error damaged(Message what, std::string_view which);

/// Lets maps and sets of strings be asked with a view.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

/// Keys and values lie one after the other in one buffer and are found again by their place in it: a batch of five
/// thousand records keeps one copy of them. sealed() sorts them by column and key, which makes their insertion into
/// RocksDB's lists several times cheaper than in order of arrival. What is read from the store is remembered, so that
/// one record costs one lookup per key; all that memory is one arena, given back at once. Watch values are kept apart
/// until sealed(): a posting changed a thousand times is written once.
class StoreBatch final : public Batch {
 public:
  /// `expected_bytes`: how large it may become, a hint.
  StoreBatch(const Database& database, const Vocabulary& vocabulary, std::size_t expected_bytes)
      : database_(database), vocabulary_(vocabulary) {
    buffer_.reserve(expected_bytes);
  }

  [[nodiscard]] Result<std::optional<Incident>> incident(std::string_view id) const override;
  [[nodiscard]] Result<std::optional<Sighting>> sighting(std::string_view source, std::string_view key) const override;
  [[nodiscard]] Result<std::string> incident_of(std::string_view source, std::string_view key) const override;
  [[nodiscard]] Result<std::vector<std::string>> incidents_of(std::string_view organisation_key) const override;
  [[nodiscard]] Result<std::optional<PlacedSighting>> placed(const SightingRef& ref) const override;
  [[nodiscard]] Result<bool> is_given(std::string_view id) const override;
  [[nodiscard]] Result<std::vector<SightingRef>> block(std::uint64_t block) const override;
  void put_incident(const Incident& incident) override;
  void put_redirect(std::string_view from, std::string_view to) override;
  void put_sighting(const Sighting& sighting, const Placement& placement) override;
  void put_blocks(const SightingRef& ref, std::span<const std::uint64_t> before,
                  std::span<const std::uint64_t> after) override;
  Result<std::uint64_t> put_curation(Curation curation) override;
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
    Place key;
    Place value;
    bool deletes = false;
  };
  /// What is known of an incident: as stored, or as this batch leaves it. Views are into the arena.
  struct Known {
    bool exists = false;
    std::optional<bool> leads_elsewhere;  ///< when asked for
    std::optional<Place> pending;
    std::unique_ptr<Incident> incident;         ///< parsed when asked for
    std::span<std::string_view> organisations;  ///< whose rows it has, sorted
    RowFacts facts;
  };
  /// What is known of an organisation's rows. The first incident has its id in the first row.
  struct Rows {
    bool exists = false;
    std::string_view first;
    std::pmr::vector<std::string_view> incidents;  ///< sorted
  };
  /// What is known of a block's rows. The first sighting has its item key in the first row.
  struct Block {
    bool exists = false;
    std::string_view first;
    std::pmr::vector<std::string_view> items;  ///< all of them
  };
  template <class T>
  using Map = std::pmr::unordered_map<std::string_view, T>;

  Result<Known*> know(std::string_view id) const;
  Result<bool> leads_elsewhere(Known& known, std::string_view id) const;
  Result<Rows*> rows(std::string_view organisation) const;
  Result<Block*> block_rows(std::uint64_t block) const;
  Status put_in_block(std::uint64_t block, std::string_view item);
  Status remove_from_block(std::uint64_t block, std::string_view item);
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
  std::string_view kept(std::string_view text) const;
  std::span<std::string_view> kept(const std::vector<std::string>& texts) const;
  void sort(std::vector<Write>& writes) const;
  void keep_failure(Status status);

  const Database& database_;
  const Vocabulary& vocabulary_;
  std::string buffer_;
  std::array<std::vector<Write>, kColumnNames.size()> writes_;
  mutable JsonParser parser_;
  JsonOut json_;
  std::string value_;
  mutable rocksdb::PinnableSlice found_;
  mutable std::pmr::monotonic_buffer_resource arena_{std::size_t{64} << 10U};
  mutable Map<Known> incidents_{&arena_};
  mutable Map<Rows> organisations_{&arena_};
  mutable std::pmr::unordered_map<std::uint64_t, Block> blocks_{&arena_};
  std::optional<std::uint64_t> last_curation_;
  Map<Place> sightings_{&arena_};
  std::unordered_set<std::string> listed_;
  std::array<std::unordered_map<std::string, std::string, TextHash, std::equal_to<>>, 7> watch_;
  std::size_t watch_bytes_ = 0;
  std::optional<Error> failure_;
};

}  // namespace vigifuite::index
