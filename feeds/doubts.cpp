// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/doubts.hpp"

#include <fmt/format.h>

#include "feeds/excerpt.hpp"
#include "feeds/normalise.hpp"

namespace vigifuite::feeds {

void add_doubt(Sighting& out, std::string_view what, std::string_view written, std::string_view why) {
  if (out.doubts.size() >= kMaxDoubts) return;
  out.doubts.push_back(fmt::format("{} `{}` {}", what, plain_title(written, 60), why));
}

PartialDate past_date(Sighting& out, std::string_view written, std::string_view what, Language language, Instant now) {
  if (written.empty()) return {};
  const auto parsed = parse_source_date(written, language, now);
  if (!parsed) {
    add_doubt(out, what, written, "is not a date");
    return {};
  }
  // A day ahead is only another time zone.
  if (parsed->first_day() > now + std::chrono::days(1)) {
    add_doubt(out, what, written, "lies in the future");
    return {};
  }
  return *parsed;
}

}  // namespace vigifuite::feeds
