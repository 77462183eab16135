// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Binary values of the index: version byte first, then fields, little-endian. Decoding refuses what encoding would not
// have made: a wrong version, a wrong length, a value out of range.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/index/store.hpp"

namespace vigifuite::index {

/// What an index row says of its incident, so that a list is filtered and ordered without opening documents.
struct RowFacts {
  PartialDate date;  ///< of the disclosure; of the incident, or of the first sight, when unknown
  IncidentStatus status = IncidentStatus::Claimed;
  bool public_service = false;
  bool verified = true;
  bool unsure = false;    ///< the incident itself
  bool doubtful = false;  ///< a fact of it was not read surely
  std::uint32_t sightings = 0;
  friend bool operator==(const RowFacts&, const RowFacts&) = default;
};
RowFacts facts_of(const Incident& incident);

/// by_date: [1][year u16][month][day][status][flags][sightings u32]. by_organisation: the same, and for the first row
/// of an organisation the incident's id (empty when that incident left the organisation).
struct Row {
  RowFacts facts;
  std::string_view incident;
};
std::string encode_row(const RowFacts& facts, std::string_view incident = {});
std::optional<Row> decode_row(std::string_view bytes);

/// sighting: [2][incident id][own id][own id's instant i64, seconds][JSON document], an id being its length (u16) and
/// its bytes; the instant is there when the own id is not empty. Version 1 had the incident id only, and is still read.
struct StoredSighting {
  std::string_view incident;
  std::string_view own;
  Instant own_since{};
  std::string_view document;
};
void append_sighting(std::string& out, const Placement& placement, std::string_view document);
std::optional<StoredSighting> decode_sighting(std::string_view bytes);

/// listing: [1] then entries of 32 bytes: key low, key high, value low, value high; sorted.
std::string encode_listing(std::span<const ListingEntry> entries);
/// Adds the entries to `out`; false when the bytes are not a listing.
bool decode_listing(std::string_view bytes, std::vector<ListingEntry>& out);

/// A listing is cut by the top bits of its keys, so that a change rewrites one bucket and not the whole.
/// `bits` is how many (0 to 16): about 1,024 entries a bucket.
unsigned listing_bits(std::size_t entries) noexcept;
std::uint16_t listing_bucket(const ListingEntry& entry, unsigned bits) noexcept;

/// The keys under which an incident is found: bodies, processors, classes; sorted, each once.
std::vector<std::string> organisation_keys_of(const Incident& incident);

}  // namespace vigifuite::index
