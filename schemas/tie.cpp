// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/profile.hpp"

#include "schemas/messages.hpp"

namespace vigifuite {
namespace {

constexpr std::size_t kMaxName = 300;

std::string_view trimmed(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// What was wrong is described, not repeated: a command line ends up in logs.
Error misunderstood(Message what) {
  return fail(ErrorKind::Malformed, Message::TieForm, what);
}

/// Reads one end of a period; an empty one is open.
bool read_end(std::string_view text, PartialDate& date) {
  text = trimmed(text);
  if (text.empty()) return true;
  const auto parsed = parse_partial_date(text);
  if (parsed) date = *parsed;
  return parsed.has_value();
}

}  // namespace

Result<Tie> parse_tie(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  Tie tie;
  const std::string_view name = trimmed(text.substr(0, colon));
  if (name.empty()) return misunderstood(Message::TieNoName);
  if (name.size() > kMaxName) return misunderstood(Message::TieNameLong);
  tie.organisation.name = name;
  if (colon == std::string_view::npos) return tie;

  const std::string_view when = text.substr(colon + 1);
  const std::size_t dots = when.find("..");
  if (dots == std::string_view::npos) {
    if (!read_end(when, tie.period.from)) return misunderstood(Message::TieAfterColon);
    tie.period.to = tie.period.from;
    return tie;
  }
  if (!read_end(when.substr(0, dots), tie.period.from)) return misunderstood(Message::TieBeforeDots);
  if (!read_end(when.substr(dots + 2), tie.period.to)) return misunderstood(Message::TieAfterDots);
  tie.ongoing = tie.period.from.known() && !tie.period.to.known();
  if (tie.period.from.known() && tie.period.to.known() && tie.period.from.first_day() > tie.period.to.last_day()) {
    return misunderstood(Message::TieBackwards);
  }
  return tie;
}

}  // namespace vigifuite
