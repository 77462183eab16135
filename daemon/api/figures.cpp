// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/figures.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "daemon/api/views.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kMostRows = 200;  ///< of a list in the document

void add(Tally& tally, std::int64_t people) {
  ++tally.incidents;
  tally.people += people;
}

/// "2025-12" of a date known to the month; "" of any other.
std::string month_of(PartialDate date) {
  if (date.month == 0) return {};
  date.day = 0;
  return to_string(date);
}

/// Adds one incident after another.
class Adder {
 public:
  explicit Adder(const Core& core) : core_(core) { figures_.by_category.resize(core.vocabulary.categories().size()); }

  void add_incident(const Incident& incident) {
    if (incident.status == IncidentStatus::Retracted) return;
    const bool figure = !incident.people.empty() && incident.people.front().by != Trust::Attacker;
    const std::int64_t people = figure ? incident.people.front().count : 0;
    const PartialDate date = incident.disclosed.known() ? incident.disclosed : incident.incident.from;
    add(figures_.all, people);
    if (date.known()) add(figures_.years[date.year], people);
    add(incident.public_service ? figures_.public_service : figures_.others, people);
    if (!incident.sector.empty()) add(figures_.sectors[incident.sector], people);
    for (const Category category : incident.exposed) ++figures_.by_category[category.index];
    if (!incident.processors.empty()) add(figures_.through_processor, people);
    add_bodies(processors_, incident.processors, {}, people);
    add_bodies(bodies_, incident.organisations, incident.processors, people);
    add_delay(incident);
    if (incident.country == "FR") ++announced_[month_of(incident.disclosed)];
  }

  Status add_notifications(const Source& source) {
    Status failed = Done{};
    JsonParser parser;
    const auto visit = [&](std::string_view key) {
      auto document = core_.store.sighting(source.id, key);
      if (!document) failed = std::move(document).error();
      if (!document || !*document) return failed.has_value();
      const auto json = parser.parse(**document);
      if (!json || (*json)["withdrawn"].boolean().value_or(false)) return true;
      const auto date = parse_partial_date((*json)["disclosed"].text());
      if (const std::string month = date ? month_of(*date) : std::string(); !month.empty()) {
        ++figures_.months[month].notifications;
        figures_.counted_by = source.name;
      }
      return true;
    };
    VIGIFUITE_TRY(core_.store.scan_sightings(source.id, visit));
    return failed;
  }

  Figures finish() {
    const auto sorted = [](std::map<std::string, BodyTally, std::less<>>& bodies, std::int64_t at_least) {
      std::vector<BodyTally> list;
      for (auto& [key, body] : bodies) {
        if (body.tally.incidents >= at_least) list.push_back(std::move(body));
      }
      std::stable_sort(list.begin(), list.end(),
                       [](const BodyTally& a, const BodyTally& b) { return a.tally.incidents > b.tally.incidents; });
      return list;
    };
    figures_.processors = sorted(processors_, 1);
    figures_.repeated = sorted(bodies_, 2);
    std::sort(figures_.delays.begin(), figures_.delays.end());
    for (auto& [month, tally] : figures_.months) tally.incidents = announced_[month];
    return std::move(figures_);
  }

 private:
  /// Each body once for this incident; those that are only its processors are none of its bodies.
  void add_bodies(std::map<std::string, BodyTally, std::less<>>& into, const std::vector<OrganisationRef>& refs,
                  const std::vector<OrganisationRef>& without, std::int64_t people) const {
    std::set<std::string> seen;
    for (const OrganisationRef& ref : without) seen.insert(organisation_key(ref));
    for (const OrganisationRef& ref : refs) {
      std::string key = organisation_key(ref);
      const Organisation* known = core_.vocabulary.organisation(ref.id);
      if ((known != nullptr && known->is_class) || !seen.insert(key).second) continue;
      BodyTally& body = into[std::move(key)];
      if (body.name.empty()) {
        body.id = known == nullptr ? std::string() : known->id;
        body.name = known == nullptr ? ref.name : known->name;
      }
      add(body.tally, people);
    }
  }

  void add_delay(const Incident& incident) {
    const PartialDate& end = incident.incident.to.known() ? incident.incident.to : incident.incident.from;
    if (end.day == 0 || incident.disclosed.day == 0) return;
    const std::int64_t days = (incident.disclosed.first_day() - end.first_day()).count();
    if (days >= 0) figures_.delays.push_back(days);
  }

  const Core& core_;
  Figures figures_;
  std::map<std::string, BodyTally, std::less<>> processors_, bodies_;
  std::map<std::string, std::int64_t, std::less<>> announced_;
};

void write_tally(JsonOut& out, const Tally& tally) {
  out.member("incidents", tally.incidents).member("people", tally.people);
}

void write_bodies(JsonOut& out, std::string_view name, const std::vector<BodyTally>& bodies) {
  out.key(name).begin_array();
  for (std::size_t i = 0; i < std::min(bodies.size(), kMostRows); ++i) {
    out.begin_object().member_if("id", bodies[i].id).member("name", bodies[i].name);
    write_tally(out, bodies[i].tally);
    out.end_object();
  }
  out.end_array();
}

void write_sectors(JsonOut& out, const Figures& figures) {
  std::vector<std::pair<std::string_view, const Tally*>> sectors;
  for (const auto& [sector, tally] : figures.sectors) sectors.emplace_back(sector, &tally);
  std::stable_sort(sectors.begin(), sectors.end(),
                   [](const auto& a, const auto& b) { return a.second->incidents > b.second->incidents; });
  if (sectors.size() > kMostRows) sectors.resize(kMostRows);
  out.key("by_sector").begin_array();
  for (const auto& [sector, tally] : sectors) {
    out.begin_object().member("sector", sector);
    write_tally(out, *tally);
    out.end_object();
  }
  out.end_array();
}

/// Of the delays, the one that half of them are within, and the one that nine in ten are within.
void write_delays(JsonOut& out, const std::vector<std::int64_t>& delays) {
  if (delays.empty()) return;
  const auto at = [&](std::size_t tenths) { return delays[(delays.size() - 1) * tenths / 10]; };
  out.key("delay_days").begin_object().member("incidents", delays.size()).member("median", at(5));
  out.member("nine_in_ten", at(9)).end_object();
}

void write_months(JsonOut& out, const Figures& figures) {
  if (figures.months.empty()) return;
  out.member("notifications_by", figures.counted_by).key("by_month").begin_array();
  for (const auto& [month, tally] : figures.months) {
    out.begin_object().member("month", month).member("notifications", tally.notifications);
    out.member("incidents", tally.incidents).end_object();
  }
  out.end_array();
}

}  // namespace

Result<Figures> figures_of(const Core& core) {
  index::IncidentFilter all;
  all.limit = std::numeric_limits<std::size_t>::max();
  auto page = core.store.incidents(all);
  if (!page) return std::move(page).error();
  Adder adder(core);
  JsonParser parser;
  for (const std::string& document : page->documents) {
    const auto json = parser.parse(document);
    if (!json) return json.error();
    const auto incident = read_incident(*json, core.vocabulary);
    if (!incident) return incident.error();
    adder.add_incident(*incident);
  }
  const auto sources = core.sources();
  for (const Source& source : *sources) {
    const auto counts = source.mapping.find("counts");
    if (counts == source.mapping.end() || !source.enabled) continue;
    VIGIFUITE_TRY(adder.add_notifications(source));
  }
  return adder.finish();
}

Status write_stats(JsonOut& out, const Core& core) {
  auto counts = core.store.counts();
  if (!counts) return std::move(counts).error();
  auto figures = figures_of(core);
  if (!figures) return std::move(figures).error();
  begin_document(out, "stats", core.now());
  out.member("incidents", counts->incidents).member("confirmed", counts->confirmed);
  out.member("sightings", counts->sightings).member("notices", counts->notices);
  out.member("sources", counts->sources).member("unsure", counts->unsure);
  out.member_if("note", in_both(Message::StatCaveat)).key("by_year").begin_array();
  for (const auto& [year, tally] : figures->years) {
    out.begin_object().member("year", year);
    write_tally(out, tally);
    out.end_object();
  }
  out.end_array().key("by_service").begin_array();
  for (const bool is_public : {true, false}) {
    out.begin_object().member("public_service", is_public);
    write_tally(out, is_public ? figures->public_service : figures->others);
    out.end_object();
  }
  out.end_array();
  write_sectors(out, *figures);
  out.key("by_category").begin_array();
  for (std::size_t i = 0; i < figures->by_category.size(); ++i) {
    if (figures->by_category[i] == 0) continue;
    out.begin_object().member("slug", core.vocabulary.categories()[i].slug);
    out.member("incidents", figures->by_category[i]).end_object();
  }
  out.end_array();
  write_bodies(out, "by_processor", figures->processors);
  out.key("through_processor").begin_object();
  write_tally(out, figures->through_processor);
  out.member("of", figures->all.incidents).end_object();
  write_delays(out, figures->delays);
  write_bodies(out, "repeated", figures->repeated);
  write_months(out, *figures);
  VIGIFUITE_TRY(write_freshness(out, core));
  out.end_object();
  return Done{};
}

}  // namespace vigifuite::api
