// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/views.hpp"

#include <algorithm>

#include "daemon/api/figures.hpp"

namespace vigifuite::api {
namespace {

/// A source is stale when it has not answered well for three of its intervals and a day.
bool stale(const Source& source, const poll::SourceState& state, Instant now) {
  return state.succeeded + 3 * source.interval + std::chrono::hours(24) < now;
}

bool failing(const Source& source, const poll::SourceState& state, Instant now) {
  if (state.state == poll::PollState::Never) return false;
  return state.state == poll::PollState::Failed || state.state == poll::PollState::Skipped || stale(source, state, now);
}

}  // namespace

void begin_document(JsonOut& out, std::string_view name, Instant now) {
  out.begin_object().member("schema", "vigifuite/" + std::string(name) + "@v1").member("generated_at", now);
}

void write_category_slugs(JsonOut& out, std::string_view name, CategorySet set, const Vocabulary& vocabulary) {
  out.key(name).begin_array();
  for (const Category category : set) out.value(vocabulary.info(category).slug);
  out.end_array();
}

Result<std::optional<StoredIncident>> load_incident(const Core& core, std::string_view id) {
  auto document = core.store.incident(id);
  if (!document) return std::move(document).error();
  if (!*document) return std::optional<StoredIncident>{};
  JsonParser parser;
  auto json = parser.parse(**document);
  if (!json) return in_context("incident " + std::string(id), std::move(json).error());
  auto incident = read_incident(*json, core.vocabulary);
  if (!incident) return in_context("incident " + std::string(id), std::move(incident).error());
  return std::optional<StoredIncident>{StoredIncident{std::move(*incident), std::move(**document)}};
}

PartialDate unconfirmed_since(const Core& core, const Incident& incident) {
  const PartialDate said = incident.disclosed.known() ? incident.disclosed : incident.incident.from;
  if (incident.status != IncidentStatus::Claimed || !said.known()) return {};
  return said.last_day() + core.unconfirmed_after < date_of(core.now()).first_day() ? said : PartialDate{};
}

Status write_freshness(JsonOut& out, const Core& core) {
  const Instant now = core.now();
  std::optional<Instant> oldest, newest;
  std::int64_t fresh = 0, partial = 0, never = 0, enabled = 0, not_covered = 0;
  std::vector<std::pair<const Source*, poll::SourceState>> failed;
  const auto sources = core.sources();
  for (const Source& source : *sources) {
    if (!source.enabled) {
      ++not_covered;
      continue;
    }
    ++enabled;
    auto state = core.store.source_state(source.id);
    if (!state) return std::move(state).error();
    if (state->state == poll::PollState::Never) {
      ++never;
      continue;
    }
    if (state->succeeded != Instant{}) {
      oldest = oldest ? std::min(*oldest, state->succeeded) : state->succeeded;
      newest = newest ? std::max(*newest, state->succeeded) : state->succeeded;
    }
    if (failing(source, *state, now))
      failed.emplace_back(&source, std::move(*state));
    else if (state->state == poll::PollState::Partial)
      ++partial;
    else
      ++fresh;
  }
  out.key("freshness").begin_object();
  if (oldest) out.member("read_at", *oldest).member("newest", *newest);
  out.member("fresh", fresh).member("partial", partial).member("never", never).member("enabled", enabled);
  out.member("not_covered", not_covered).key("failing").begin_array();
  for (const auto& [source, state] : failed) {
    out.begin_object().member("source", source->id).member("name", source->name).member("state", name_of(state.state));
    if (state.succeeded != Instant{}) out.member("since", state.succeeded);
    out.member_if("error", state.error).end_object();
  }
  out.end_array().end_object();
  return Done{};
}

Status write_sources(JsonOut& out, const Core& core) {
  begin_document(out, "sources", core.now());
  out.member("scheduled", core.scheduled);
  out.key("items").begin_array();
  const auto sources = core.sources();
  for (const Source& source : *sources) {
    auto state = core.store.source_state(source.id);
    if (!state) return std::move(state).error();
    out.begin_object().member("id", source.id).member("name", source.name).member("format", source.format);
    out.member("url", source.url).member_if("homepage", source.homepage).member("trust", name_of(source.trust));
    out.member_if("terms", source.terms)
        .member_if("terms_url", source.terms_url)
        .member_if("republishes", source.republishes);
    out.member("enabled", source.enabled).member("interval_seconds", source.interval.count()).key("state");
    write(out, *state);
    out.end_object();
  }
  out.end_array().end_object();
  return Done{};
}

Status write_categories(JsonOut& out, const Core& core) {
  auto figures = figures_of(core);
  if (!figures) return std::move(figures).error();
  begin_document(out, "categories-list", core.now());
  out.key("items").begin_array();
  std::size_t index = 0;
  for (const CategoryInfo& info : core.vocabulary.categories()) {
    out.begin_object().member("slug", info.slug).member("group", info.group).member_if("label", info.label);
    out.member("regime", name_of(info.regime))
        .member("level", info.high_risk ? "high" : "medium")
        .member_if("risk", info.risk);
    out.key("first").begin_object().key("fr").begin_array();
    for (const std::string& step : info.first_fr) out.value(step);
    out.end_array().key("en").begin_array();
    for (const std::string& step : info.first_en) out.value(step);
    out.end_array().end_object().member("incidents", figures->by_category[index++]).end_object();
  }
  out.end_array().end_object();
  return Done{};
}

Status write_organisations(JsonOut& out, const Core& core, std::string_view words) {
  begin_document(out, "organisations-list", core.now());
  out.key("items").begin_array();
  const auto write_one = [&](const Organisation& body) -> Status {
    auto ids = core.store.incidents_of(body.id);
    if (!ids) return std::move(ids).error();
    out.begin_object().member("id", body.id).member("name", body.name).key("aliases").begin_array();
    for (const std::string& alias : body.aliases) out.value(alias);
    out.end_array()
        .member("kind", body.kind)
        .member_if("legal_nature", body.legal_nature_fr)
        .member("class", body.is_class);
    out.member_if("parent", body.parent.empty() ? body.parent_name : body.parent)
        .member("incidents", ids->size())
        .end_object();
    return Done{};
  };
  if (words.empty()) {
    for (const Organisation& body : core.vocabulary.organisations()) VIGIFUITE_TRY(write_one(body));
  } else {
    for (const Organisation* body : core.vocabulary.near(words, 20)) VIGIFUITE_TRY(write_one(*body));
  }
  out.end_array().end_object();
  return Done{};
}

void write_update(JsonOut& out, const Core& core, const std::vector<SourceReport>& reports) {
  begin_document(out, "update", core.now());
  std::uint64_t incidents_new = 0, incidents_changed = 0, to_tell = 0;
  const auto sources = core.sources();
  out.key("items").begin_array();
  for (const SourceReport& report : reports) {
    const auto source =
        std::find_if(sources->begin(), sources->end(), [&](const Source& s) { return s.id == report.source; });
    out.begin_object()
        .member("source", report.source)
        .member("name", source == sources->end() ? report.source : source->name);
    out.member("state", name_of(report.state.state));
    const bool read = report.state.state == poll::PollState::Ok || report.state.state == poll::PollState::Partial;
    if (read) {
      out.member("records", report.ingest.records)
          .member("notices", report.ingest.notices)
          .member("rejects", report.ingest.rejects);
      out.member("added", report.ingest.added).member("changed", report.ingest.changed);
      out.member("withdrawn", report.ingest.withdrawn).member("unmapped", report.ingest.unmapped);
    }
    out.member("took_ms", report.took.count())
        .member_if("error", report.state.error)
        .member("failures", report.state.failures);
    if (core.scheduled) out.member("retry_at", report.state.due);
    if (source != sources->end() && source->url.starts_with("shipped:")) out.member("shipped", true);
    out.end_object();
    incidents_new += report.ingest.incidents_new;
    incidents_changed += report.ingest.incidents_changed;
    to_tell += report.ingest.to_tell;
  }
  out.end_array().member("incidents_new", incidents_new).member("incidents_changed", incidents_changed);
  out.member("people_to_tell", to_tell).end_object();
}

}  // namespace vigifuite::api
