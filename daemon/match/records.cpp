// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/records.hpp"

#include <concepts>

#include "schemas/core/check.hpp"

namespace vigifuite::match {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kCampaignBytes = 35;
constexpr std::size_t kNumbersBytes = 21;

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

std::string encode_campaign(const Campaign& campaign) {
  std::string out;
  out.reserve(kCampaignBytes + campaign.incident.size());
  out.push_back(kVersion);
  append(out, campaign.revision);
  append(out, static_cast<std::uint8_t>(campaign.kind));
  append(out, static_cast<std::uint8_t>(campaign.done));
  append(out, static_cast<std::uint64_t>(campaign.created.time_since_epoch().count()));
  append(out, campaign.recipients);
  append(out, campaign.served);
  append(out, campaign.cursor);
  return out.append(campaign.incident);
}

std::optional<Campaign> decode_campaign(std::uint64_t number, std::string_view bytes) {
  if (bytes.size() <= kCampaignBytes || bytes[0] != kVersion) return std::nullopt;
  const auto kind = read<std::uint8_t>(bytes, 5);
  const auto done = read<std::uint8_t>(bytes, 6);
  if (kind > static_cast<std::uint8_t>(AlertKind::Update) || done > 1) return std::nullopt;
  Campaign campaign;
  campaign.number = number;
  campaign.revision = read<std::uint32_t>(bytes, 1);
  campaign.kind = static_cast<AlertKind>(kind);
  campaign.done = done == 1;
  campaign.created = Instant(std::chrono::seconds(static_cast<std::int64_t>(read<std::uint64_t>(bytes, 7))));
  campaign.recipients = read<std::uint64_t>(bytes, 15);
  campaign.served = read<std::uint64_t>(bytes, 23);
  campaign.cursor = read<std::uint32_t>(bytes, 31);
  campaign.incident = bytes.substr(kCampaignBytes);
  if (campaign.served > campaign.recipients) return std::nullopt;
  return campaign;
}

std::string encode_person(const PersonRecord& person) {
  VIGIFUITE_CHECK(person.posting_keys.size() <= 0xFFFFU);
  std::string out;
  out.push_back(kVersion);
  append(out, static_cast<std::uint16_t>(person.posting_keys.size()));
  for (const std::string& key : person.posting_keys) {
    VIGIFUITE_CHECK(key.size() <= 0xFFFFU);
    append(out, static_cast<std::uint16_t>(key.size()));
    out.append(key);
  }
  return out.append(person.document);
}

std::optional<PersonRecord> decode_person(std::string_view bytes) {
  if (bytes.size() < 3 || bytes[0] != kVersion) return std::nullopt;
  PersonRecord person;
  const auto count = read<std::uint16_t>(bytes, 1);
  std::size_t at = 3;
  for (std::uint16_t i = 0; i < count; ++i) {
    if (bytes.size() - at < 2) return std::nullopt;
    const std::size_t length = read<std::uint16_t>(bytes, at);
    if (bytes.size() - at - 2 < length) return std::nullopt;
    person.posting_keys.emplace_back(bytes.substr(at + 2, length));
    at += 2 + length;
  }
  person.document = bytes.substr(at);
  return person;
}

std::string encode_numbers(const Numbers& numbers) {
  std::string out;
  out.push_back(kVersion);
  append(out, numbers.next);
  append(out, numbers.watched);
  append(out, numbers.next_campaign);
  return out;
}

std::optional<Numbers> decode_numbers(std::string_view bytes) {
  if (bytes.size() != kNumbersBytes || bytes[0] != kVersion) return std::nullopt;
  return Numbers{read<std::uint32_t>(bytes, 1), read<std::uint64_t>(bytes, 5), read<std::uint64_t>(bytes, 13)};
}

}  // namespace vigifuite::match
