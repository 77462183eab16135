// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/hit.hpp"

#include "schemas/words.hpp"

namespace vigifuite {

void write_members(JsonOut& out, const Hit& hit) {
  out.member("incident", hit.incident).member("revision", hit.revision).member("verdict", words::of(hit.verdict));
  out.key("reasons").begin_array();
  for (const Reason& reason : hit.reasons) {
    out.begin_object().member("code", words::of(reason.code)).member_if("quote", reason.quote);
    out.member_if("source", reason.source).member_if("organisation", reason.organisation);
    if (reason.period.known()) {
      out.key("period")
          .begin_object()
          .member_if("from", reason.period.from)
          .member_if("to", reason.period.to)
          .end_object();
    }
    out.end_object();
  }
  out.end_array();
  if (hit.tie != Hit::kNoTie) out.member("tie_index", hit.tie);
  if (hit.odds) out.member("odds", *hit.odds);
}

}  // namespace vigifuite
