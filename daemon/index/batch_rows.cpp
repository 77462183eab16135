// SPDX-License-Identifier: AGPL-3.0-or-later
// The index rows of a batch: the incidents of an organisation, and the sightings of a block. Each set of rows is read
// once; the first row of a set tells whether there is any.

#include <algorithm>

#include "daemon/index/batch.hpp"
#include "daemon/index/keys.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::index {

Result<StoreBatch::Block*> StoreBatch::block_rows(std::uint64_t block) const {
  if (const auto it = blocks_.find(block); it != blocks_.end()) return &it->second;
  Block rows{false, {}, std::pmr::vector<std::string_view>(&arena_)};
  // Most blocks of a first reading are new: a filter answers this lookup without touching a file.
  auto stored = database_.get(Column::Block, block_key(block, {}), found_);
  if (!stored) return std::move(stored).error();
  if (*stored) {
    rows.exists = true;
    rows.first = kept(view(found_));
    if (!rows.first.empty()) rows.items.push_back(rows.first);
    VIGIFUITE_TRY(database_.scan(Column::Block, block_prefix(block), true, [&](std::string_view key, std::string_view) {
      const auto parts = parse_block_key(key);
      if (parts && !parts->item.empty()) rows.items.push_back(kept(parts->item));
      return true;
    }));
  }
  return &blocks_.emplace(block, std::move(rows)).first->second;
}

Result<std::vector<SightingRef>> StoreBatch::block(std::uint64_t block) const {
  auto rows = block_rows(block);
  if (!rows) return std::move(rows).error();
  std::vector<SightingRef> refs;
  for (const std::string_view item : (*rows)->items) {
    if (const auto parts = parse_item_key(item)) refs.push_back({std::string(parts->head), std::string(parts->tail)});
  }
  return refs;
}

Status StoreBatch::put_in_block(std::uint64_t block, std::string_view item) {
  auto known = block_rows(block);
  if (!known) return std::move(known).error();
  Block& rows = **known;
  if (std::find(rows.items.begin(), rows.items.end(), item) != rows.items.end()) return Done{};
  if (rows.exists) {
    put(Column::Block, block_key(block, item), {});
  } else {
    rows.exists = true;
    rows.first = item;
    put(Column::Block, block_key(block, {}), item);
  }
  rows.items.push_back(item);
  return Done{};
}

Status StoreBatch::remove_from_block(std::uint64_t block, std::string_view item) {
  auto known = block_rows(block);
  if (!known) return std::move(known).error();
  Block& rows = **known;
  if (std::erase(rows.items, item) == 0) return Done{};
  if (rows.first == item) {
    rows.first = {};
    if (!rows.items.empty()) put(Column::Block, block_key(block, {}), {});
  } else {
    remove(Column::Block, block_key(block, item));
  }
  if (rows.items.empty()) {
    remove(Column::Block, block_key(block, {}));
    rows.exists = false;
  }
  return Done{};
}

Result<StoreBatch::Rows*> StoreBatch::rows(std::string_view organisation) const {
  if (const auto it = organisations_.find(organisation); it != organisations_.end()) return &it->second;
  Rows rows{false, {}, std::pmr::vector<std::string_view>(&arena_)};
  // Most organisations of a first reading are new: a filter answers this lookup without touching a file.
  auto stored = database_.get(Column::ByOrganisation, organisation_row_key(organisation, {}), found_);
  if (!stored) return std::move(stored).error();
  if (*stored) {
    const auto row = decode_row(view(found_));
    if (!row) return damaged(Message::StorePartRow, organisation);
    rows.exists = true;
    rows.first = kept(row->incident);
    if (!rows.first.empty()) rows.incidents.push_back(rows.first);
    VIGIFUITE_TRY(database_.scan(Column::ByOrganisation, organisation_row_key(organisation, {}), true,
                                 [&](std::string_view key, std::string_view) {
                                   const auto parts = parse_organisation_row_key(key);
                                   if (parts && !parts->tail.empty()) rows.incidents.push_back(kept(parts->tail));
                                   return true;
                                 }));
    std::sort(rows.incidents.begin(), rows.incidents.end());
  }
  return &organisations_.emplace(kept(organisation), std::move(rows)).first->second;
}

Result<std::vector<std::string>> StoreBatch::incidents_of(std::string_view organisation_key) const {
  if (!can_lead(organisation_key)) return std::vector<std::string>();
  auto known = rows(organisation_key);
  if (!known) return std::move(known).error();
  return std::vector<std::string>((*known)->incidents.begin(), (*known)->incidents.end());
}

Status StoreBatch::put_row(std::string_view organisation, std::string_view id, const RowFacts& facts) {
  auto known = rows(organisation);
  if (!known) return std::move(known).error();
  Rows& it = **known;
  id = kept(id);
  if (!it.exists) {
    it.exists = true;
    it.first = id;
  }
  if (it.first == id) {
    put(Column::ByOrganisation, organisation_row_key(organisation, {}), encode_row(facts, id));
  } else {
    put(Column::ByOrganisation, organisation_row_key(organisation, id), encode_row(facts));
  }
  const auto place = std::lower_bound(it.incidents.begin(), it.incidents.end(), id);
  if (place == it.incidents.end() || *place != id) it.incidents.insert(place, id);
  return Done{};
}

Status StoreBatch::remove_row(std::string_view organisation, std::string_view id) {
  auto known = rows(organisation);
  if (!known) return std::move(known).error();
  Rows& it = **known;
  std::erase(it.incidents, id);
  if (it.first == id) {
    it.first = {};
    if (!it.incidents.empty()) put(Column::ByOrganisation, organisation_row_key(organisation, {}), encode_row({}));
  } else {
    remove(Column::ByOrganisation, organisation_row_key(organisation, id));
  }
  if (it.incidents.empty()) {
    remove(Column::ByOrganisation, organisation_row_key(organisation, {}));
    it.exists = false;
  }
  return Done{};
}

void StoreBatch::put_blocks(const SightingRef& ref, std::span<const std::uint64_t> before,
                            std::span<const std::uint64_t> after) {
  if (before.empty() && after.empty()) return;
  const std::string_view item = kept(item_key(ref.source, ref.key));
  const auto has = [](std::span<const std::uint64_t> keys, std::uint64_t key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  for (const std::uint64_t key : before) {
    if (!has(after, key)) keep_failure(remove_from_block(key, item));
  }
  for (const std::uint64_t key : after) keep_failure(put_in_block(key, item));
}

}  // namespace vigifuite::index
