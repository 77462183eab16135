// SPDX-License-Identifier: AGPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "feeds/extract/announcement.hpp"

namespace {

using vigifuite::feeds::extract::Evidence;
using vigifuite::feeds::extract::Reading;

/// The proof of a fact lies within the text, and cuts no character.
void check(const Reading& reading, Evidence evidence) {
  const std::string_view text = reading.text;
  const auto cuts = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  if (evidence.begin > evidence.end || evidence.end > text.size() || cuts(evidence.begin) || cuts(evidence.end))
    std::abort();
}

}  // namespace

/// The first byte says whether the rest is HTML, and its language.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigifuite;
  if (size == 0) return 0;
  feeds::extract::Announcement announcement;
  announcement.html = (data[0] & 1U) != 0;
  if ((data[0] & 2U) != 0) announcement.language = (data[0] & 4U) != 0 ? Language::French : Language::English;
  announcement.text = {reinterpret_cast<const char*>(data) + 1, size - 1};
  const Reading reading = read_announcement(announcement, Vocabulary::shipped());
  check(reading, reading.evidence);
  for (const auto& body : reading.organisations) check(reading, body.evidence);
  if (reading.processor) check(reading, reading.processor->evidence);
  if (reading.people) check(reading, reading.people->evidence);
  if (reading.dates) check(reading, reading.dates->evidence);
  for (const auto* facts : {&reading.exposed, &reading.not_exposed}) {
    for (const auto& fact : *facts) check(reading, fact.evidence);
  }
  return 0;
}
