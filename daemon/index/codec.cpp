// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/codec.hpp"

#include <algorithm>
#include <bit>
#include <concepts>

#include "daemon/index/keys.hpp"
#include "schemas/core/check.hpp"

namespace vigifuite::index {
namespace {

constexpr char kVersion = 1;
constexpr char kSightingVersion = 2;
constexpr std::size_t kRowBytes = 11;
constexpr std::size_t kEntryBytes = 32;
constexpr unsigned kPublicService = 1U;
constexpr unsigned kVerified = 2U;
constexpr unsigned kUnsure = 4U;
constexpr unsigned kDoubtful = 8U;

template <std::unsigned_integral T>
void append(std::string& out, T number) {
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out.push_back(static_cast<char>(static_cast<unsigned char>((number >> (8U * i)) & 0xFFU)));
  }
}

template <std::unsigned_integral T>
T read(std::string_view bytes, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = sizeof(T); i-- > 0;) number = (number << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return static_cast<T>(number);
}

}  // namespace

RowFacts facts_of(const Incident& incident) {
  RowFacts facts;
  facts.date = incident.disclosed;
  if (!facts.date.known()) facts.date = incident.incident.from;
  if (!facts.date.known()) facts.date = incident.incident.to;
  if (!facts.date.known()) facts.date = date_of(incident.first_seen);
  facts.status = incident.status;
  facts.public_service = incident.public_service;
  facts.verified = incident.verified;
  facts.unsure = incident.unsure;
  facts.doubtful = std::any_of(incident.evidence.begin(), incident.evidence.end(), [](const Evidence& evidence) {
    return std::any_of(evidence.facts.begin(), evidence.facts.end(), [](const ReadFact& fact) { return !fact.sure(); });
  });
  facts.sightings = static_cast<std::uint32_t>(incident.sightings.size());
  return facts;
}

std::string encode_row(const RowFacts& facts, std::string_view incident) {
  std::string out;
  out.reserve(kRowBytes + incident.size());
  out.push_back(kVersion);
  append(out, static_cast<std::uint16_t>(facts.date.year));
  append(out, facts.date.month);
  append(out, facts.date.day);
  append(out, static_cast<std::uint8_t>(facts.status));
  append(out,
         static_cast<std::uint8_t>((facts.public_service ? kPublicService : 0U) | (facts.verified ? kVerified : 0U) |
                                   (facts.unsure ? kUnsure : 0U) | (facts.doubtful ? kDoubtful : 0U)));
  append(out, facts.sightings);
  return out.append(incident);
}

std::optional<Row> decode_row(std::string_view bytes) {
  if (bytes.size() < kRowBytes || bytes[0] != kVersion) return std::nullopt;
  Row row;
  const auto year = read<std::uint16_t>(bytes, 1);
  const auto status = read<std::uint8_t>(bytes, 5);
  const auto flags = read<std::uint8_t>(bytes, 6);
  row.facts.date.month = read<std::uint8_t>(bytes, 3);
  row.facts.date.day = read<std::uint8_t>(bytes, 4);
  if (year > 0x7FFFU || row.facts.date.month > 12 || row.facts.date.day > 31) return std::nullopt;
  if (status > static_cast<std::uint8_t>(IncidentStatus::Retracted)) return std::nullopt;
  if ((flags & ~(kPublicService | kVerified | kUnsure | kDoubtful)) != 0) return std::nullopt;
  row.facts.date.year = static_cast<std::int16_t>(year);
  row.facts.status = static_cast<IncidentStatus>(status);
  row.facts.public_service = (flags & kPublicService) != 0;
  row.facts.verified = (flags & kVerified) != 0;
  row.facts.unsure = (flags & kUnsure) != 0;
  row.facts.doubtful = (flags & kDoubtful) != 0;
  row.facts.sightings = read<std::uint32_t>(bytes, 7);
  row.incident = bytes.substr(kRowBytes);
  return row;
}

void append_sighting(std::string& out, const Placement& placement, std::string_view document) {
  VIGIFUITE_CHECK(placement.incident.size() <= 0xFFFFU && placement.own.size() <= 0xFFFFU);
  out.push_back(kSightingVersion);
  for (const std::string* id : {&placement.incident, &placement.own}) {
    append(out, static_cast<std::uint16_t>(id->size()));
    out.append(*id);
  }
  if (!placement.own.empty()) append(out, static_cast<std::uint64_t>(placement.own_since.time_since_epoch().count()));
  out.append(document);
}

std::optional<StoredSighting> decode_sighting(std::string_view bytes) {
  if (bytes.empty() || (bytes[0] != kVersion && bytes[0] != kSightingVersion)) return std::nullopt;
  const bool first_version = bytes[0] == kVersion;
  bytes.remove_prefix(1);
  bool good = true;
  const auto take = [&](std::size_t length) {
    good = good && bytes.size() >= length;
    const std::string_view taken = good ? bytes.substr(0, length) : std::string_view();
    if (good) bytes.remove_prefix(length);
    return taken;
  };
  const auto take_id = [&] {
    const std::string_view length = take(2);
    return good ? take(read<std::uint16_t>(length, 0)) : std::string_view();
  };
  StoredSighting stored;
  stored.incident = take_id();
  if (!first_version) stored.own = take_id();
  if (!stored.own.empty()) {
    const std::string_view since = take(8);
    if (good)
      stored.own_since = Instant{std::chrono::seconds{static_cast<std::int64_t>(read<std::uint64_t>(since, 0))}};
  }
  if (!good) return std::nullopt;
  stored.document = bytes;
  return stored;
}

std::string encode_listing(std::span<const ListingEntry> entries) {
  std::string out;
  out.reserve(1 + entries.size() * kEntryBytes);
  out.push_back(kVersion);
  for (const ListingEntry& entry : entries) {
    append(out, entry.key.low);
    append(out, entry.key.high);
    append(out, entry.value.low);
    append(out, entry.value.high);
  }
  return out;
}

bool decode_listing(std::string_view bytes, std::vector<ListingEntry>& out) {
  if (bytes.empty() || bytes[0] != kVersion || (bytes.size() - 1) % kEntryBytes != 0) return false;
  for (std::size_t at = 1; at < bytes.size(); at += kEntryBytes) {
    ListingEntry entry;
    entry.key = {read<std::uint64_t>(bytes, at), read<std::uint64_t>(bytes, at + 8)};
    entry.value = {read<std::uint64_t>(bytes, at + 16), read<std::uint64_t>(bytes, at + 24)};
    if (!out.empty() && entry < out.back()) return false;
    out.push_back(entry);
  }
  return true;
}

unsigned listing_bits(std::size_t entries) noexcept {
  return std::min(16U, static_cast<unsigned>(std::bit_width(entries >> 10U)));
}

std::uint16_t listing_bucket(const ListingEntry& entry, unsigned bits) noexcept {
  return bits == 0 ? std::uint16_t{0} : static_cast<std::uint16_t>(entry.key.low >> (64U - bits));
}

std::vector<std::string> organisation_keys_of(const Incident& incident) {
  std::vector<std::string> keys;
  for (const OrganisationRef& ref : incident.organisations) keys.push_back(organisation_key(ref));
  for (const OrganisationRef& ref : incident.processors) keys.push_back(organisation_key(ref));
  for (const std::string& id : incident.organisation_classes) keys.push_back(organisation_key({id, {}, {}}));
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::erase_if(keys, [](const std::string& key) { return !can_lead(key); });
  return keys;
}

}  // namespace vigifuite::index
