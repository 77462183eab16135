// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/batch.hpp"

#include <algorithm>

#include "daemon/index/keys.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::index {

Error damaged(Message what, std::string_view which) {
  return fail(ErrorKind::Storage, Message::StorePartDamaged, in_both(what, which));
}

StoreBatch::Place StoreBatch::append(std::string_view bytes) {
  const Place place{buffer_.size(), bytes.size()};
  buffer_.append(bytes);
  return place;
}

StoreBatch::Place StoreBatch::put(Column column, std::string_view key, std::string_view value) {
  const Place key_place = append(key);
  return writes_[static_cast<std::size_t>(column)].emplace_back(Write{key_place, append(value), false}).value;
}

void StoreBatch::remove(Column column, std::string_view key) {
  writes_[static_cast<std::size_t>(column)].push_back({append(key), {}, true});
}

std::string_view StoreBatch::kept(std::string_view text) const {
  if (text.empty()) return {};
  auto* const bytes = static_cast<char*>(arena_.allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), bytes);
  return {bytes, text.size()};
}

std::span<std::string_view> StoreBatch::kept(const std::vector<std::string>& texts) const {
  std::pmr::polymorphic_allocator<std::string_view> allocator(&arena_);
  const std::span<std::string_view> views(allocator.allocate(texts.size()), texts.size());
  std::transform(texts.begin(), texts.end(), views.begin(), [this](const std::string& text) { return kept(text); });
  return views;
}

void StoreBatch::keep_failure(Status status) {
  if (!status && !failure_) failure_ = std::move(status).error();
}

Result<Incident> StoreBatch::parse_incident(std::string_view document, std::string_view id) const {
  auto json = parser_.parse(document);
  if (!json) return damaged(Message::StorePartIncident, id);
  auto incident = read_incident(*json, vocabulary_);
  if (!incident) return damaged(Message::StorePartIncident, id);
  return incident;
}

Result<StoreBatch::Known*> StoreBatch::know(std::string_view id) const {
  if (const auto it = incidents_.find(id); it != incidents_.end()) return &it->second;
  auto stored = database_.get(Column::Incident, id, found_);
  if (!stored) return std::move(stored).error();
  Known known;
  if (*stored) {
    auto incident = parse_incident(view(found_), id);
    if (!incident) return std::move(incident).error();
    known.exists = true;
    known.organisations = kept(organisation_keys_of(*incident));
    known.facts = facts_of(*incident);
    known.incident = std::make_unique<Incident>(std::move(*incident));
  }
  return &incidents_.emplace(kept(id), std::move(known)).first->second;
}

Result<std::optional<Incident>> StoreBatch::incident(std::string_view id) const {
  auto known = know(id);
  if (!known) return std::move(known).error();
  Known& it = **known;
  if (!it.exists) return std::optional<Incident>();
  if (!it.incident) {
    auto incident = parse_incident(at(*it.pending), id);
    if (!incident) return std::move(incident).error();
    it.incident = std::make_unique<Incident>(std::move(*incident));
  }
  return std::optional<Incident>(*it.incident);
}

Result<std::optional<std::string>> StoreBatch::sighting_bytes(std::string_view source, std::string_view key) const {
  const std::string name = item_key(source, key);
  if (const auto it = sightings_.find(name); it != sightings_.end()) {
    return std::optional<std::string>(at(it->second));
  }
  auto stored = database_.get(Column::Sighting, name, found_);
  if (!stored) return std::move(stored).error();
  return *stored ? std::optional<std::string>(view(found_)) : std::nullopt;
}

Result<std::optional<Sighting>> StoreBatch::sighting(std::string_view source, std::string_view key) const {
  auto it = placed({std::string(source), std::string(key)});
  if (!it) return std::move(it).error();
  return *it ? std::optional<Sighting>(std::move((*it)->sighting)) : std::nullopt;
}

Result<std::string> StoreBatch::incident_of(std::string_view source, std::string_view key) const {
  auto bytes = sighting_bytes(source, key);
  if (!bytes) return std::move(bytes).error();
  if (!*bytes) return std::string();
  const auto stored = decode_sighting(**bytes);
  if (!stored) return damaged(Message::StorePartSighting, source);
  return std::string(stored->incident);
}

Result<std::optional<PlacedSighting>> StoreBatch::placed(const SightingRef& ref) const {
  if (!can_lead(ref.source)) return std::optional<PlacedSighting>();
  auto bytes = sighting_bytes(ref.source, ref.key);
  if (!bytes) return std::move(bytes).error();
  if (!*bytes) return std::optional<PlacedSighting>();
  const auto stored = decode_sighting(**bytes);
  if (!stored) return damaged(Message::StorePartSighting, ref.source);
  auto json = parser_.parse(stored->document);
  if (!json) return damaged(Message::StorePartSighting, ref.source);
  auto sighting = read_sighting(*json, vocabulary_);
  if (!sighting) return damaged(Message::StorePartSighting, ref.source);
  return std::optional<PlacedSighting>(PlacedSighting{
      std::move(*sighting), {std::string(stored->incident), std::string(stored->own), stored->own_since}});
}

Result<bool> StoreBatch::is_given(std::string_view id) const {
  auto known = know(id);
  if (!known) return std::move(known).error();
  if ((*known)->exists) return true;
  return leads_elsewhere(**known, id);
}

Result<bool> StoreBatch::leads_elsewhere(Known& known, std::string_view id) const {
  if (!known.leads_elsewhere) {
    auto stored = database_.get(Column::Redirect, id, found_);
    if (!stored) return stored;
    known.leads_elsewhere = *stored;
  }
  return *known.leads_elsewhere;
}

Status StoreBatch::put_incident_rows(const Incident& incident) {
  auto looked_up = know(incident.id);
  if (!looked_up) return std::move(looked_up).error();
  Known& known = **looked_up;
  const RowFacts facts = facts_of(incident);
  const auto organisations = organisation_keys_of(incident);

  json_.clear();
  write(json_, incident, vocabulary_);
  if (!known.exists) {
    auto led_elsewhere = leads_elsewhere(known, incident.id);
    if (!led_elsewhere) return std::move(led_elsewhere).error();
    if (*led_elsewhere) remove(Column::Redirect, incident.id);
    known.leads_elsewhere = false;
  }
  known.pending = put(Column::Incident, incident.id, json_.str());
  known.incident.reset();

  if (known.exists && known.facts.date != facts.date) {
    remove(Column::ByDate, date_row_key(known.facts.date, incident.id));
  }
  if (!known.exists || known.facts != facts) {
    put(Column::ByDate, date_row_key(facts.date, incident.id), encode_row(facts));
  }
  for (const std::string_view organisation : known.organisations) {
    if (!std::binary_search(organisations.begin(), organisations.end(), organisation)) {
      VIGIFUITE_TRY(remove_row(organisation, incident.id));
    }
  }
  for (const std::string& organisation : organisations) {
    const bool had = std::binary_search(known.organisations.begin(), known.organisations.end(), organisation);
    if (!had || known.facts != facts) VIGIFUITE_TRY(put_row(organisation, incident.id, facts));
  }
  known.exists = true;
  known.facts = facts;
  known.organisations = kept(organisations);
  return Done{};
}

void StoreBatch::put_incident(const Incident& incident) {
  VIGIFUITE_CHECK(!incident.id.empty());
  keep_failure(put_incident_rows(incident));
}

void StoreBatch::put_redirect(std::string_view from, std::string_view to) {
  VIGIFUITE_CHECK(!from.empty() && !to.empty() && from != to);
  put(Column::Redirect, from, to);
  auto looked_up = know(from);
  if (!looked_up) return keep_failure(std::move(looked_up).error());
  Known& known = **looked_up;
  known.leads_elsewhere = true;
  if (!known.exists) return;
  remove(Column::Incident, from);
  remove(Column::ByDate, date_row_key(known.facts.date, from));
  for (const std::string_view organisation : known.organisations) keep_failure(remove_row(organisation, from));
  known = Known{};
  known.leads_elsewhere = true;
}

Result<std::uint64_t> StoreBatch::put_curation(Curation curation) {
  if (!last_curation_) {
    std::uint64_t last = 0;
    VIGIFUITE_TRY(database_.scan(Column::Curation, {}, false, [&](std::string_view key, std::string_view) {
      last = parse_curation_key(key).value_or(last);
      return true;
    }));
    last_curation_ = last;
  }
  curation.number = ++*last_curation_;
  json_.clear();
  write(json_, curation);
  put(Column::Curation, curation_key(curation.number), json_.str());
  return curation.number;
}

void StoreBatch::put_sighting(const Sighting& sighting, const Placement& placement) {
  json_.clear();
  write(json_, sighting, vocabulary_);
  value_.clear();
  append_sighting(value_, placement, json_.str());
  const std::string_view name = kept(item_key(sighting.source, sighting.key));
  sightings_.insert_or_assign(name, put(Column::Sighting, name, value_));
}

void StoreBatch::put_notice(std::string_view source, std::string_view key, std::string_view json) {
  put(Column::Notice, item_key(source, key), json);
}

void StoreBatch::put_source_state(std::string_view source, const poll::SourceState& state) {
  VIGIFUITE_CHECK(!source.empty());
  json_.clear();
  poll::write(json_, state);
  put(Column::Source, source, json_.str());
}

void StoreBatch::put_listing(std::string_view source, std::span<const ListingEntry> entries) {
  // A bucket equal to the stored one is not written again: a second listing could not see the first.
  VIGIFUITE_CHECK(listed_.emplace(source).second);
  std::vector<ListingEntry> sorted(entries.begin(), entries.end());
  if (!std::is_sorted(sorted.begin(), sorted.end())) std::sort(sorted.begin(), sorted.end());
  keep_failure(put_listing_buckets(source, std::move(sorted)));
}

Status StoreBatch::put_listing_buckets(std::string_view source, std::vector<ListingEntry> entries) {
  const unsigned bits = listing_bits(entries.size());
  std::size_t next = 0;
  // Gives the buckets of the new listing up to `bucket`, in order.
  const auto take = [&](std::uint32_t up_to, const auto& use) {
    while (next < entries.size() && listing_bucket(entries[next], bits) <= up_to) {
      const std::uint16_t bucket = listing_bucket(entries[next], bits);
      const std::size_t begin = next;
      while (next < entries.size() && listing_bucket(entries[next], bits) == bucket) ++next;
      use(bucket, encode_listing(std::span(entries).subspan(begin, next - begin)));
    }
  };
  VIGIFUITE_TRY(
      database_.scan(Column::Listing, part_prefix(source), false, [&](std::string_view key, std::string_view stored) {
        const auto part = parse_part_key(key);
        bool kept = false;
        take(part ? part->part : 0U, [&](std::uint16_t bucket, const std::string& value) {
          const bool same_bucket = part && bucket == part->part;
          kept = kept || same_bucket;
          if (!same_bucket || value != stored) put(Column::Listing, part_key(source, bucket), value);
        });
        if (!kept) remove(Column::Listing, key);
        return true;
      }));
  take(0x10000U,
       [&](std::uint16_t bucket, const std::string& value) { put(Column::Listing, part_key(source, bucket), value); });
  return Done{};
}

void StoreBatch::put_watch(WatchColumn column, std::string_view key, std::string_view value) {
  auto& pending = watch_[static_cast<std::size_t>(column)];
  const auto it = pending.find(key);
  if (it == pending.end()) {
    watch_bytes_ += key.size() + value.size();
    pending.emplace(key, value);
    return;
  }
  watch_bytes_ += value.size();
  watch_bytes_ -= it->second.size();
  it->second.assign(value);
}

Result<std::optional<std::string>> StoreBatch::get_watch(WatchColumn column, std::string_view key) const {
  const auto& pending = watch_[static_cast<std::size_t>(column)];
  if (const auto it = pending.find(key); it != pending.end()) {
    return it->second.empty() ? std::nullopt : std::optional<std::string>(it->second);
  }
  auto stored = database_.get(column_of(column), key, found_);
  if (!stored) return std::move(stored).error();
  return *stored ? std::optional<std::string>(view(found_)) : std::nullopt;
}

Result<rocksdb::WriteBatch> StoreBatch::sealed() {
  if (failure_) return *failure_;
  for (std::size_t i = 0; i < watch_.size(); ++i) {
    const Column column = column_of(static_cast<WatchColumn>(i));
    for (const auto& [key, value] : watch_[i]) {
      if (value.empty())
        remove(column, key);
      else
        put(column, key, value);
    }
    watch_[i].clear();
  }
  rocksdb::WriteBatch out(buffer_.size() + 64 * 1024);
  for (std::size_t i = 0; i < writes_.size(); ++i) {
    auto* const column = database_.handle(static_cast<Column>(i));
    std::vector<Write>& writes = writes_[i];
    sort(writes);
    for (std::size_t w = 0; w < writes.size(); ++w) {
      const std::string_view key = at(writes[w].key);
      if (w + 1 < writes.size() && key == at(writes[w + 1].key)) continue;  // the last word on a key stands
      const auto status =
          writes[w].deletes ? out.Delete(column, slice(key)) : out.Put(column, slice(key), slice(at(writes[w].value)));
      VIGIFUITE_CHECK(status.ok());  // a batch refuses a write only over a bound nobody set
    }
  }
  return out;
}

/// By key, and by order of arrival for the same key. Keys of a column often begin alike (their source): eight bytes
/// after what they share decide nearly always, without a look at the keys.
void StoreBatch::sort(std::vector<Write>& writes) const {
  if (writes.size() < 2) return;
  const std::string_view first = at(writes.front().key);
  std::size_t shared = first.size();
  for (const Write& write : writes) {
    const std::string_view key = at(write.key);
    const auto end =
        std::mismatch(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(std::min(shared, key.size())),
                      key.begin())
            .first;
    shared = static_cast<std::size_t>(end - first.begin());
  }
  struct Entry {
    std::uint64_t head;
    std::size_t index;
  };
  std::vector<Entry> order(writes.size());
  for (std::size_t i = 0; i < writes.size(); ++i) {
    const std::string_view rest = at(writes[i].key).substr(shared);
    std::uint64_t head = 0;
    for (std::size_t b = 0; b < 8; ++b)
      head = (head << 8U) | (b < rest.size() ? static_cast<unsigned char>(rest[b]) : 0U);
    order[i] = {head, i};
  }
  std::sort(order.begin(), order.end(), [&](const Entry& a, const Entry& b) {
    if (a.head != b.head) return a.head < b.head;
    const int compared = at(writes[a.index].key).compare(at(writes[b.index].key));
    return compared != 0 ? compared < 0 : a.index < b.index;
  });
  std::vector<Write> sorted;
  sorted.reserve(writes.size());
  for (const Entry& entry : order) sorted.push_back(writes[entry.index]);
  writes.swap(sorted);
}

}  // namespace vigifuite::index
