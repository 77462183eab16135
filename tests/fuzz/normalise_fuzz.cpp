// SPDX-License-Identifier: AGPL-3.0-or-later
// Dates, numbers of people, links and excerpts as anybody may write them: what is read lies within its bounds.
#include <cstddef>
#include <cstdint>

#include "feeds/excerpt.hpp"
#include "feeds/normalise.hpp"
#include "feeds/public_link.hpp"
#include "schemas/core/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace vigifuite;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const Instant now(std::chrono::seconds(1'795'000'000));
  for (const Language language : {Language::French, Language::English}) {
    if (const auto date = feeds::parse_source_date(text, language, now)) {
      VIGIFUITE_CHECK(date->year >= 1970 && date->first_day() <= now + std::chrono::days(366));
      VIGIFUITE_CHECK(parse_partial_date(to_string(*date)) == date);
    }
    if (const auto people = feeds::parse_people(text, language)) {
      VIGIFUITE_CHECK(people->count >= 0 && people->count <= 20'000'000'000);
    }
  }
  VIGIFUITE_CHECK(feeds::excerpt(text, true, 100).size() <= 100 && feeds::excerpt(text, false, 100).size() <= 100);
  VIGIFUITE_CHECK(feeds::plain_title(text, 100).size() <= 100);
  if (feeds::is_public_link(text)) VIGIFUITE_CHECK(!feeds::host_of(text).empty() && size <= 2000);
  return 0;
}
