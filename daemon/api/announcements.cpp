// SPDX-License-Identifier: AGPL-3.0-or-later
// The announcements an incident rests on, why each was taken for the same leak, and what each says.

#include <algorithm>

#include "daemon/api/views.hpp"
#include "daemon/index/undecided.hpp"

namespace vigifuite::api {

Status write_announcements(JsonOut& out, const Core& core, const Incident& incident) {
  auto decisions = core.store.curations();
  if (!decisions) return std::move(decisions).error();
  const index::CurationIndex curation(*decisions);
  index::MergeQuestions questions(core.store, core.vocabulary, curation);
  auto joined = questions.joined(incident);
  if (!joined) return std::move(joined).error();
  std::vector<Sighting> sightings;
  out.key("sightings").begin_array();
  for (const SightingRef& ref : incident.sightings) {
    auto placed = core.store.placed(ref);
    if (!placed) return std::move(placed).error();
    if (!*placed) continue;
    const Sighting& sighting = sightings.emplace_back(std::move((*placed)->sighting));
    if (sighting.correction) continue;
    out.begin_object().member("source", ref.source).member("key", ref.key).member("trust", name_of(sighting.trust));
    out.member_if("date", sighting.disclosed).member_if("title", sighting.title);
    // Where an attacker speaks, the leaked data is not far.
    if (sighting.trust != Trust::Attacker) out.member_if("url", sighting.url);
    if (sighting.withdrawn) out.member("withdrawn", true);
    const auto reason =
        std::find_if(joined->begin(), joined->end(), [&](const auto& one) { return one.sighting == ref; });
    if (reason != joined->end()) {
      out.member("reason", name_of(reason->reason)).member_if("because", reason_text(reason->reason));
    }
    out.end_object();
  }
  out.end_array();
  write_claims(out, sightings, core.vocabulary);
  return Done{};
}

}  // namespace vigifuite::api
