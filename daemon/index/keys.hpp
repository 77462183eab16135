// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Every key of the store, built and parsed here and nowhere else. Numbers are big-endian so that RocksDB's byte order
// is their order; texts end with a zero byte where something follows. Parsing gives nothing for a key we did not make.
//
//   column           key                                                  written by
//   incident         id                                                   put_incident
//   redirect         id that was                                          put_redirect
//   sighting         source \0 key                                        put_sighting
//   notice           source \0 key                                        put_notice
//   source           source                                               put_source_state
//   listing          source \0 be16(bucket)                               put_listing
//   by_organisation  organisation key \0 [incident id]                    put_incident, reindex
//   by_date          be16(~year) ~month ~day incident id                  put_incident, reindex
//   block            be64(block) [source \0 key]                          put_blocks
//   curation         be64(number)                                         put_curation
//   watch_profile    be32(watch number)                                   match::Watchlist, as all below
//   watch_posting    organisation key \0 be16(watch number >> 16)
//   watch_campaign, watch_recipients, watch_acknowledged   be64(campaign)
//   watch_told       incident id
//   watch_meta, default   a word

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/instant.hpp"

namespace vigifuite::index {

/// What stands before and after the zero byte.
struct SplitKey {
  std::string_view head;
  std::string_view tail;
};

/// Whether a text can stand before the zero byte: not empty, and without one. The functions below stop the program
/// when asked for a key that could not be parsed again: ask first for what comes from outside.
bool can_lead(std::string_view head) noexcept;

/// A source's own name for one of its items: sightings and notices.
std::string item_key(std::string_view source, std::string_view key);
/// head: the source, tail: the item.
std::optional<SplitKey> parse_item_key(std::string_view bytes);

/// An organisation's row for an incident. An empty incident names the first row of an organisation, which every
/// organisation known has: one point lookup says whether there is any.
std::string organisation_row_key(std::string_view organisation, std::string_view incident);
std::optional<SplitKey> parse_organisation_row_key(std::string_view bytes);

/// Newest first; a date known to the year only comes after those of its months.
std::string date_row_key(PartialDate date, std::string_view incident);
struct DateRow {
  PartialDate date;
  std::string_view incident;
};
std::optional<DateRow> parse_date_row_key(std::string_view bytes);

/// A numbered part of what a name holds: listing buckets, postings.
std::string part_key(std::string_view name, std::uint16_t part);
struct PartKey {
  std::string_view name;
  std::uint16_t part = 0;
};
std::optional<PartKey> parse_part_key(std::string_view bytes);
/// What all parts of a name begin with.
std::string part_prefix(std::string_view name);

/// A sighting (its item key) in a block of those it may be merged with. The first sighting of a block has its item key
/// in the row without one, which every block has: one point lookup says whether there is any.
std::string block_key(std::uint64_t block, std::string_view item);
struct BlockKey {
  std::uint64_t block = 0;
  std::string_view item;
};
std::optional<BlockKey> parse_block_key(std::string_view bytes);
/// What all keys of a block begin with.
std::string block_prefix(std::uint64_t block);

std::string curation_key(std::uint64_t number);
std::optional<std::uint64_t> parse_curation_key(std::string_view bytes);

std::string watch_key(std::uint32_t number);
std::optional<std::uint32_t> parse_watch_key(std::string_view bytes);
std::string campaign_key(std::uint64_t number);
std::optional<std::uint64_t> parse_campaign_key(std::string_view bytes);

}  // namespace vigifuite::index
