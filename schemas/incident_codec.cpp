// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/evidence_codec.hpp"
#include "schemas/incident.hpp"

namespace vigifuite {
namespace {

constexpr std::string_view kSchema = "vigifuite/incident@v1";

void write_revisions(JsonOut& out, const std::vector<Revision>& revisions) {
  if (revisions.empty()) return;
  out.key("revisions").begin_array();
  for (const Revision& revision : revisions) {
    out.begin_object().member("number", revision.number);
    write_instant(out, "at", revision.at);
    out.member_if("source", revision.source);
    write_strings(out, "changes", revision.changes);
    out.member("material", revision.material).member_if("because", revision.because);
    out.member_if("other", revision.other).end_object();
  }
  out.end_array();
}

void write_claims(JsonOut& out, const std::vector<CategoryClaim>& claims, const Vocabulary& vocabulary) {
  if (claims.empty()) return;
  out.key("claims").begin_array();
  for (const CategoryClaim& claim : claims) {
    out.begin_object().member_if("source", claim.source).member("by", words::of(claim.by));
    write_date(out, "date", claim.date);
    write_categories(out, "exposed", claim.exposed, vocabulary);
    write_categories(out, "not_exposed", claim.not_exposed, vocabulary);
    out.end_object();
  }
  out.end_array();
}

void read_revisions(const MembersIn& in, std::vector<Revision>& revisions) {
  in.each("revisions", [&](const MembersIn& item) {
    Revision& revision = revisions.emplace_back();
    item.read("number", revision.number, Need::Required);
    item.read("at", revision.at, Need::Required);
    item.read("source", revision.source);
    item.read("changes", revision.changes);
    item.read("material", revision.material);
    item.read("other", revision.other);
    item.read("because", revision.because);
  });
}

void read_claims(const MembersIn& in, std::vector<CategoryClaim>& claims, const Vocabulary& vocabulary) {
  in.each("claims", [&](const MembersIn& item) {
    CategoryClaim& claim = claims.emplace_back();
    item.read("source", claim.source);
    item.read_word("by", claim.by);
    item.read("date", claim.date);
    read_categories(item, "exposed", claim.exposed, vocabulary);
    read_categories(item, "not_exposed", claim.not_exposed, vocabulary);
  });
}

}  // namespace

void write(JsonOut& out, const Incident& incident, const Vocabulary& vocabulary) {
  out.begin_object().member("schema", kSchema).member("id", incident.id);
  write_revisions(out, incident.revisions);
  out.member("status", words::of(incident.status)).member("states_facts", incident.states_facts);
  if (incident.unsure) out.member("unsure", true);
  out.member("verified", incident.verified);
  if (incident.disputed) out.member("disputed", true);
  write_facts(out, facts_of(incident), vocabulary);
  write_claims(out, incident.claims, vocabulary);
  write_evidence(out, incident.evidence);
  write_correction_notes(out, incident.corrections);
  if (!incident.sightings.empty()) {
    out.key("sightings").begin_array();
    for (const SightingRef& ref : incident.sightings) {
      out.begin_object().member("source", ref.source).member("key", ref.key).end_object();
    }
    out.end_array();
  }
  write_strings(out, "former_ids", incident.former_ids);
  write_instant(out, "first_seen", incident.first_seen);
  out.end_object();
}

Result<Incident> read_incident(JsonValue json, const Vocabulary& vocabulary) {
  Text wrong;
  Incident incident;
  const MembersIn in(json, wrong);
  if (in["schema"].text() != kSchema) in.complain("schema", "expected \"vigifuite/incident@v1\"");
  in.read("id", incident.id, Need::Required);
  read_revisions(in, incident.revisions);
  in.read_word("status", incident.status, Need::Required);
  in.read("states_facts", incident.states_facts);
  in.read("unsure", incident.unsure);
  in.read("verified", incident.verified);
  in.read("disputed", incident.disputed);
  read_facts(in, incident, vocabulary);
  read_claims(in, incident.claims, vocabulary);
  read_evidence(in, incident.evidence);
  read_correction_notes(in, incident.corrections);
  in.each("sightings", [&](const MembersIn& item) {
    SightingRef& ref = incident.sightings.emplace_back();
    item.read("source", ref.source, Need::Required);
    item.read("key", ref.key, Need::Required);
  });
  in.read("former_ids", incident.former_ids);
  in.read("first_seen", incident.first_seen, Need::Required);
  if (!wrong.empty()) return in_context("incident", fail(ErrorKind::Malformed, wrong));
  return incident;
}

}  // namespace vigifuite
