// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The store over one database. Included by index/*.cpp only: everybody else has store.hpp.

#include <unordered_set>

#include "daemon/index/batch.hpp"
#include "daemon/index/codec.hpp"
#include "daemon/index/database.hpp"

namespace vigifuite::index {

class OpenStore final : public Store {
 public:
  OpenStore(std::unique_ptr<Database> database, const Vocabulary& vocabulary)
      : database_(std::move(database)), vocabulary_(vocabulary) {}

  // store.cpp
  [[nodiscard]] Result<std::optional<std::string>> incident(std::string_view id) const override;
  [[nodiscard]] Result<std::optional<std::string>> sighting(std::string_view source,
                                                            std::string_view key) const override;
  [[nodiscard]] Result<std::optional<std::string>> notice(std::string_view source, std::string_view key) const override;
  [[nodiscard]] Result<poll::SourceState> source_state(std::string_view source) const override;
  [[nodiscard]] std::unique_ptr<Batch> batch() override;
  [[nodiscard]] Status commit(std::unique_ptr<Batch> batch) override;
  [[nodiscard]] Result<std::vector<ListingEntry>> listing(std::string_view source) const override;
  [[nodiscard]] Result<std::optional<PlacedSighting>> placed(const SightingRef& ref) const override;
  [[nodiscard]] Result<std::vector<SightingRef>> block(std::uint64_t block) const override;
  [[nodiscard]] Result<std::vector<Curation>> curations() const override;
  [[nodiscard]] Result<std::string> merge_rules() const override;
  [[nodiscard]] Status set_merge_rules(std::string_view rules) override;
  [[nodiscard]] Status scan_all(const std::function<bool(const SightingRef&)>& visit) const override;
  [[nodiscard]] Status clear_blocks() override;
  [[nodiscard]] Status scan_sightings(std::string_view source,
                                      const std::function<bool(std::string_view)>& visit) const override;
  [[nodiscard]] Result<std::optional<std::string>> get_watch(Batch::WatchColumn column,
                                                             std::string_view key) const override;
  [[nodiscard]] Status scan_watch(Batch::WatchColumn column, std::string_view prefix,
                                  const std::function<bool(std::string_view, std::string_view)>& visit) const override;

  // query.cpp
  [[nodiscard]] Result<IncidentPage> incidents(const IncidentFilter& filter) const override;
  [[nodiscard]] Result<std::vector<std::string>> incidents_of(std::string_view organisation_key) const override;
  [[nodiscard]] Result<std::vector<std::string>> notices(std::string_view words, std::size_t limit) const override;
  [[nodiscard]] Result<Counts> counts() const override;

  // upkeep.cpp
  [[nodiscard]] Result<std::uint64_t> reindex() override;
  [[nodiscard]] Result<std::vector<Text>> examine() const override;
  [[nodiscard]] Status backup(const std::filesystem::path& directory) const override;
  [[nodiscard]] Status scrub() override;

 private:
  using IdSet = std::unordered_set<std::string, TextHash, std::equal_to<>>;

  [[nodiscard]] Result<std::optional<std::string>> text(Column column, std::string_view key) const;
  /// The incidents whose documents have the words and the category asked for.
  [[nodiscard]] Status find_by_text(const IncidentFilter& filter, IdSet& ids) const;
  [[nodiscard]] std::string notice_date(std::string_view key, std::string_view first_seen) const;
  /// Adds the missing or different rows of one stored incident to the batch; how many.
  Result<std::uint64_t> repair_rows(rocksdb::WriteBatch& batch, const Incident& incident);
  Result<std::uint64_t> remove_stray_rows();

  struct Findings {
    std::vector<Text> sentences;
  };
  /// One sentence on what is wrong with a key and its value, or nothing.
  using Check = std::function<Text(std::string_view key, std::string_view value)>;
  void examine_column(Column column, Findings& findings, const Check& check) const;
  void examine_incidents(Findings& findings) const;
  void examine_sightings(Findings& findings) const;
  void examine_rows(Findings& findings) const;
  void examine_others(Findings& findings) const;
  [[nodiscard]] bool has(Column column, std::string_view key) const;

  std::unique_ptr<Database> database_;
  const Vocabulary& vocabulary_;
  std::size_t expected_bytes_ = 0;  ///< of the next batch: as large as the last one. Of the committing thread.
};

}  // namespace vigifuite::index
