// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schemas/core/instant.hpp"
#include "schemas/core/result.hpp"

namespace vigifuite {

/// The number a watched person has in the postings and bitmaps. Says nothing about who they are.
using WatchNumber = std::uint32_t;

enum class AlertKind : unsigned char { First, Update };
enum class AlertState : unsigned char { Pending, Sent, Acknowledged };
std::string_view name_of(AlertKind kind) noexcept;    // "first", "update"
std::string_view name_of(AlertState state) noexcept;  // "pending", "sent", "acknowledged"

/// What is to be told about one incident revision, and how far we are: the recipients are one bitmap beside it.
struct Campaign {
  std::uint64_t number = 0;
  std::string incident;
  std::uint32_t revision = 0;
  AlertKind kind = AlertKind::First;
  Instant created{};
  std::uint64_t recipients = 0;  ///< how many
  std::uint64_t served = 0;      ///< recipients below `cursor`
  WatchNumber cursor = 0;        ///< the next recipient to serve is the first one at or above it
  bool done = false;
};

/// One person's share of a campaign: "12-3" is campaign 12, watch 3.
struct AlertId {
  std::uint64_t campaign = 0;
  WatchNumber watch = 0;
  friend auto operator<=>(const AlertId&, const AlertId&) = default;
};
std::string to_string(AlertId id);
Result<AlertId> parse_alert_id(std::string_view text);

}  // namespace vigifuite
