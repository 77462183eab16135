// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/hit.hpp"

#include "schemas/facts_codec.hpp"

namespace vigifuite {
namespace {

void write_chain(JsonOut& out, const std::vector<ChainStep>& chain) {
  if (chain.empty()) return;
  out.key("chain").begin_array();
  for (const ChainStep& step : chain) {
    out.begin_object().member("organisation", step.organisation).member_if("name", step.name);
    out.member("role", words::of(step.role)).member_if("service", step.service);
    write_date(out, "from", step.period.from);
    write_date(out, "until", step.period.to);
    write_date(out, "seen", step.seen);
    out.member("certain", step.certain).member_if("source", step.source).end_object();
  }
  out.end_array();
}

}  // namespace

void write_names(JsonOut& out, std::string_view member, const std::vector<NameStep>& steps) {
  if (steps.empty()) return;
  out.key(member).begin_array();
  for (const NameStep& step : steps) {
    out.begin_object().member("name", step.name);
    write_date(out, "since", step.since);
    out.end_object();
  }
  out.end_array();
}

void write_members(JsonOut& out, const Hit& hit) {
  out.member("incident", hit.incident).member("revision", hit.revision).member("verdict", words::of(hit.verdict));
  out.key("reasons").begin_array();
  for (const Reason& reason : hit.reasons) {
    out.begin_object().member("code", words::of(reason.code)).member_if("quote", reason.quote);
    out.member_if("source", reason.source).member_if("organisation", reason.organisation);
    out.member_if("organisation_name", reason.organisation_name);
    write_chain(out, reason.chain);
    out.member_if("customer_kind", reason.customer_kind);
    write_names(out, "became", reason.became);
    out.member_if("what", reason.what);
    write_date(out, "since", reason.since);
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
  out.member_if("body", hit.body);
  if (hit.odds) {
    const Odds& odds = *hit.odds;
    out.member("odds", static_cast<double>(odds.hit) / static_cast<double>(odds.held)).key("odds_of").begin_object();
    out.member("hit", odds.hit).member_if("hit_source", odds.hit_source).member("held", odds.held);
    write_date(out, "held_date", odds.held_date);
    out.member_if("held_who", odds.held_who).member_if("held_source", odds.held_source).end_object();
  }
}

}  // namespace vigifuite
