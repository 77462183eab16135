// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/store.hpp"

#include "daemon/index/keys.hpp"
#include "daemon/index/open_store.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::index {
namespace {

constexpr std::string_view kMergeRulesKey = "merge_rules";

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options, const Vocabulary& vocabulary) {
  auto database = Database::open(options);
  if (!database) return std::move(database).error();
  return std::unique_ptr<Store>(std::make_unique<OpenStore>(std::move(*database), vocabulary));
}

Result<std::optional<std::string>> OpenStore::text(Column column, std::string_view key) const {
  rocksdb::PinnableSlice value;
  auto found = database_->get(column, key, value);
  if (!found) return std::move(found).error();
  return *found ? std::optional<std::string>(view(value)) : std::nullopt;
}

Result<std::optional<std::string>> OpenStore::incident(std::string_view id) const {
  constexpr int kMaxHops = 8;
  std::string current(id);
  for (int hop = 0; hop < kMaxHops; ++hop) {
    auto document = text(Column::Incident, current);
    if (!document || *document) return document;
    auto next = text(Column::Redirect, current);
    if (!next) return std::move(next).error();
    if (!*next) return std::optional<std::string>();
    current = std::move(**next);
  }
  return fail(ErrorKind::Storage, Message::StoreRedirects, id);
}

Result<std::optional<std::string>> OpenStore::sighting(std::string_view source, std::string_view key) const {
  if (!can_lead(source)) return std::optional<std::string>();
  rocksdb::PinnableSlice value;
  auto found = database_->get(Column::Sighting, item_key(source, key), value);
  if (!found) return std::move(found).error();
  if (!*found) return std::optional<std::string>();
  const auto stored = decode_sighting(view(value));
  if (!stored) {
    return fail(ErrorKind::Storage, Message::StoreSightingDamaged, source);
  }
  return std::optional<std::string>(stored->document);
}

Result<std::optional<std::string>> OpenStore::notice(std::string_view source, std::string_view key) const {
  if (!can_lead(source)) return std::optional<std::string>();
  return text(Column::Notice, item_key(source, key));
}

Result<poll::SourceState> OpenStore::source_state(std::string_view source) const {
  rocksdb::PinnableSlice value;
  auto found = database_->get(Column::Source, source, value);
  if (!found) return std::move(found).error();
  if (!*found) return poll::SourceState{};
  JsonParser parser;
  auto json = parser.parse(view(value));
  if (!json) return in_context(in_both(Message::StoreStateOf, source), std::move(json).error());
  return poll::read_source_state(*json);
}

std::unique_ptr<Batch> OpenStore::batch() {
  return std::make_unique<StoreBatch>(*database_, vocabulary_, expected_bytes_);
}

Status OpenStore::commit(std::unique_ptr<Batch> batch) {
  auto* const ours = dynamic_cast<StoreBatch*>(batch.get());
  VIGIFUITE_CHECK(ours != nullptr && ours->belongs_to(*database_));
  expected_bytes_ = ours->bytes();
  auto writes = ours->sealed();
  if (!writes) return std::move(writes).error();
  if (writes->Count() == 0) return Done{};
  return database_->write(*writes);
}

Result<std::vector<ListingEntry>> OpenStore::listing(std::string_view source) const {
  std::vector<ListingEntry> entries;
  if (!can_lead(source)) return entries;
  bool good = true;
  VIGIFUITE_TRY(
      database_->scan(Column::Listing, part_prefix(source), false, [&](std::string_view key, std::string_view value) {
        good = good && parse_part_key(key) && decode_listing(value, entries);
        return good;
      }));
  if (!good) {
    return fail(ErrorKind::Storage, Message::StoreListingDamaged, source);
  }
  return entries;
}

Status OpenStore::scan_sightings(std::string_view source, const std::function<bool(std::string_view)>& visit) const {
  if (!can_lead(source)) return Done{};
  return database_->scan(Column::Sighting, item_key(source, {}), true, [&](std::string_view key, std::string_view) {
    const auto parts = parse_item_key(key);
    return !parts || visit(parts->tail);
  });
}

Result<std::optional<PlacedSighting>> OpenStore::placed(const SightingRef& ref) const {
  return StoreBatch(*database_, vocabulary_, 0).placed(ref);
}

Result<std::vector<SightingRef>> OpenStore::block(std::uint64_t block) const {
  return StoreBatch(*database_, vocabulary_, 0).block(block);
}

Result<std::vector<Curation>> OpenStore::curations() const {
  std::vector<Curation> decisions;
  JsonParser parser;
  Status outcome = Done{};
  VIGIFUITE_TRY(database_->scan(Column::Curation, {}, false, [&](std::string_view, std::string_view document) {
    auto json = parser.parse(document);
    auto decision = json ? read_curation(*json) : Result<Curation>(json.error());
    if (!decision) {
      outcome =
          fail(ErrorKind::Storage, fmt::format("a curator's decision cannot be read ({}): run `vigifuite doctor`, "
                                               "or restore a backup with `vigifuite restore DIR`",
                                               decision.error().what));
      return false;
    }
    decisions.push_back(std::move(*decision));
    return true;
  }));
  VIGIFUITE_TRY(std::move(outcome));
  return decisions;
}

Result<std::string> OpenStore::merge_rules() const {
  auto rules = text(Column::Default, kMergeRulesKey);
  if (!rules) return std::move(rules).error();
  return std::move(*rules).value_or(std::string());
}

Status OpenStore::set_merge_rules(std::string_view rules) {
  rocksdb::WriteBatch batch;
  const auto status = batch.Put(database_->handle(Column::Default), slice(kMergeRulesKey), slice(rules));
  VIGIFUITE_CHECK(status.ok());
  return database_->write(batch);
}

Status OpenStore::scan_all(const std::function<bool(const SightingRef&)>& visit) const {
  return database_->scan(Column::Sighting, {}, false, [&](std::string_view key, std::string_view) {
    const auto parts = parse_item_key(key);
    return !parts || visit({std::string(parts->head), std::string(parts->tail)});  // `doctor` names what is not one
  });
}

Status OpenStore::clear_blocks() {
  return database_->clear(Column::Block);
}

Result<std::optional<std::string>> OpenStore::get_watch(Batch::WatchColumn column, std::string_view key) const {
  return text(column_of(column), key);
}

Status OpenStore::scan_watch(Batch::WatchColumn column, std::string_view prefix,
                             const std::function<bool(std::string_view, std::string_view)>& visit) const {
  return database_->scan(column_of(column), prefix, false, visit);
}

}  // namespace vigifuite::index
