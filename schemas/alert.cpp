// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/alert.hpp"

#include <charconv>

#include "schemas/messages.hpp"

namespace vigifuite {
namespace {

/// A whole decimal number without sign or leading zeros, so that an id has one spelling.
template <class Number>
bool read_number(std::string_view text, Number& number) noexcept {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string_view name_of(AlertKind kind) noexcept {
  return kind == AlertKind::First ? "first" : "update";
}

std::string_view name_of(AlertState state) noexcept {
  switch (state) {
    case AlertState::Pending: return "pending";
    case AlertState::Sent: return "sent";
    case AlertState::Acknowledged: return "acknowledged";
  }
  return "pending";
}

std::string to_string(AlertId id) {
  return std::to_string(id.campaign) + "-" + std::to_string(id.watch);
}

Result<AlertId> parse_alert_id(std::string_view text) {
  const std::size_t dash = text.find('-');
  AlertId id;
  if (dash != std::string_view::npos && read_number(text.substr(0, dash), id.campaign) &&
      read_number(text.substr(dash + 1), id.watch)) {
    return id;
  }
  return fail(ErrorKind::Malformed, Message::AskNotAlert);
}

}  // namespace vigifuite
