// SPDX-License-Identifier: AGPL-3.0-or-later
// "Am I concerned?": the incidents of a person's bodies, judged, and what they add up to.

#include <algorithm>
#include <set>

#include "daemon/api/views.hpp"
#include "daemon/match/chain.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kActionsShown = 3;
constexpr std::size_t kNearNames = 5;

PartialDate date_for_order(const Incident& incident) {
  return incident.disclosed.known() ? incident.disclosed : incident.incident.from;
}

void write_refs(JsonOut& out, std::string_view name, const std::vector<OrganisationRef>& refs,
                const Vocabulary& vocabulary) {
  if (refs.empty()) return;
  out.key(name).begin_array();
  for (const OrganisationRef& ref : refs) {
    const Organisation* known = vocabulary.organisation(ref.id);
    out.begin_object()
        .member_if("id", ref.id)
        .member("name", ref.name.empty() && known != nullptr ? known->name : ref.name)
        .end_object();
  }
  out.end_array();
}

/// Copies the members of a stored document, under the same name.
void copy_members(JsonOut& out, JsonValue document, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const JsonValue value = document[name];
    if (value.present()) out.key(name).raw(value.minified());
  }
}

/// Ties whose body neither the registry nor any incident knows.
Result<std::vector<const Tie*>> unknown_ties(const Core& core, const Profile& profile) {
  std::vector<const Tie*> unknown;
  for (const Tie& tie : profile.ties) {
    if (!tie.organisation.id.empty()) continue;
    auto ids = core.store.incidents_of(organisation_key(tie.organisation));
    if (!ids) return std::move(ids).error();
    if (ids->empty() && core.vocabulary.class_of(tie.organisation.name) == nullptr) unknown.push_back(&tie);
  }
  return unknown;
}

/// How the words of the ties were understood, where a person would want to know: an old name, a body that is no more,
/// the common name of a network.
void write_understood(JsonOut& out, const Core& core, const Profile& profile) {
  out.key("ties").begin_array();
  for (std::size_t i = 0; i < profile.ties.size(); ++i) {
    const Tie& tie = profile.ties[i];
    const auto understood = match::understand(tie, core.vocabulary);
    if (understood.became.empty() && understood.heirs.empty() && understood.note.empty()) continue;
    out.begin_object().member("tie_index", i).member("name", tie.organisation.name);
    out.key("organisation")
        .begin_object()
        .member("id", understood.body->id)
        .member("name", understood.body->name)
        .end_object();
    write_names(out, "became", understood.became);
    if (!understood.heirs.empty()) {
      out.key("heirs").begin_array();
      for (const match::Holder& heir : understood.heirs) {
        const Successor& last = *heir.way.back();
        out.begin_object()
            .member("id", last.organisation)
            .member("name", core.vocabulary.organisation(last.organisation)->name);
        out.member_if("what", last.what).member_if("since", last.since).member("certainty", name_of(last.certainty));
        out.member_if("source", last.source).end_object();
      }
      out.end_array();
    }
    out.member_if("note", understood.note).end_object();
  }
  out.end_array();
}

void write_bodies(JsonOut& out, std::string_view name, const std::vector<const Organisation*>& bodies) {
  out.key(name).begin_array();
  for (const Organisation* body : bodies)
    out.begin_object().member("id", body->id).member("name", body->name).end_object();
  out.end_array();
}

void write_together(JsonOut& out, const Core& core, CategorySet exposed) {
  out.key("together").begin_object();
  write_category_slugs(out, "exposed", exposed, core.vocabulary);
  out.key("risks").begin_array();
  for (const RiskCombination& combination : core.vocabulary.combinations()) {
    if ((combination.all & exposed) == combination.all)
      out.begin_object().member("fr", combination.risk.fr).member("en", combination.risk.en).end_object();
  }
  out.end_array().key("actions").begin_array();
  if (!exposed.empty()) {
    for (const Action* action : core.vocabulary.first_actions(exposed, kActionsShown)) {
      out.begin_object().member("id", action->id).member_if("text", action->text).end_object();
    }
  }
  out.end_array().end_object();
}

}  // namespace

std::string controller_of(const Profile& profile, const Hit& hit) {
  VIGIFUITE_CHECK(hit.tie < profile.ties.size());
  if (!hit.body.empty()) return hit.body;  // it has the file now
  const OrganisationRef& body = profile.ties[hit.tie].organisation;
  return body.id.empty() ? body.name : body.id;
}

Result<std::vector<Concern>> concerns_of(const Core& core, const Profile& profile) {
  std::set<std::string> ids;
  for (const Tie& tie : profile.ties) {
    for (const std::string& key : match::keys_for_tie(tie, core.vocabulary)) {
      auto found = core.store.incidents_of(key);
      if (!found) return std::move(found).error();
      ids.insert(found->begin(), found->end());
    }
  }
  for (const ReceivedNotice& notice : profile.notified) ids.insert(notice.incident);
  std::vector<Concern> concerns;
  std::set<std::string> seen;  // an id of before a merge leads to an incident that is there already
  for (const std::string& id : ids) {
    auto stored = load_incident(core, id);
    if (!stored) return std::move(stored).error();
    if (!*stored || !seen.insert((*stored)->incident.id).second) continue;
    auto hit = match::judge(profile, (*stored)->incident, core.vocabulary);
    if (hit) concerns.push_back({std::move((*stored)->incident), std::move((*stored)->document), std::move(*hit)});
  }
  std::stable_sort(concerns.begin(), concerns.end(), [](const Concern& a, const Concern& b) {
    if (rank(a.hit.verdict) != rank(b.hit.verdict)) return rank(a.hit.verdict) < rank(b.hit.verdict);
    return date_for_order(b.incident) < date_for_order(a.incident);
  });
  return concerns;
}

void write_concern(JsonOut& out, const Core& core, const Profile& profile, const Concern& concern) {
  const Incident& incident = concern.incident;
  out.begin_object();
  write_members(out, concern.hit);  // begins with the incident's id
  JsonParser parser;
  if (const auto document = parser.parse(concern.document)) {
    copy_members(out, *document,
                 {"title", "status", "verified", "disputed", "disclosed", "exposed", "not_exposed", "people",
                  "people_note", "summary", "links", "claims", "complaint_forms"});
  }
  out.member_if("unconfirmed_since", unconfirmed_since(core, incident));
  if (incident.incident.known()) {
    out.key("incident_period")
        .begin_object()
        .member_if("from", incident.incident.from)
        .member_if("to", incident.incident.to)
        .end_object();
  }
  write_refs(out, "organisations", incident.organisations, core.vocabulary);
  write_refs(out, "processors", incident.processors, core.vocabulary);
  if (concern.hit.tie < profile.ties.size()) {
    out.key("tie");
    write(out, profile.ties[concern.hit.tie]);
    out.member("controller", controller_of(profile, concern.hit));
  }
  out.end_object();
}

Status write_check(JsonOut& out, const Core& core, const Profile& profile) {
  auto concerns = concerns_of(core, profile);
  if (!concerns) return std::move(concerns).error();
  auto unknown = unknown_ties(core, profile);
  if (!unknown) return std::move(unknown).error();

  begin_document(out, "check", core.now());
  out.member("verdict", concerns->empty() ? std::string_view("none") : name_of(concerns->front().hit.verdict));
  out.key("items").begin_array();
  CategorySet exposed;
  for (const Concern& concern : *concerns) {
    if (exposes(concern.hit.verdict)) exposed = exposed | concern.incident.exposed;
    write_concern(out, core, profile, concern);
  }
  out.end_array();
  write_understood(out, core, profile);
  write_together(out, core, exposed);
  if (!unknown->empty()) {
    out.key("unknown_ties").begin_array();
    for (const Tie* tie : *unknown) {
      const auto several = core.vocabulary.homonyms(tie->organisation.name);
      out.begin_object().member("name", tie->organisation.name).member("several", !several.empty());
      write_bodies(out, "near", several.empty() ? core.vocabulary.near(tie->organisation.name, kNearNames) : several);
      out.end_object();
    }
    out.end_array();
  }
  VIGIFUITE_TRY(write_freshness(out, core));
  out.end_object();
  return Done{};
}

}  // namespace vigifuite::api
