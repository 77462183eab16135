// SPDX-License-Identifier: AGPL-3.0-or-later
// The project's own catalogue (schemas/json/catalogue.schema.json): entries that already speak our canonical words.

#include <fmt/format.h>

#include <algorithm>

#include "feeds/json_digest.hpp"
#include "feeds/json_records.hpp"
#include "schemas/messages.hpp"
#include "schemas/sighting.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kMaxIdBytes = 100;

/// Reads one entry into a Sighting; keeps what it could not read as a doubt.
class Entry {
 public:
  Entry(JsonValue json, const Vocabulary& vocabulary) : json_(json), vocabulary_(vocabulary) {}

  Result<Sighting> read() {
    Sighting& sighting = sighting_;
    const std::string_view id = json_["id"].text();
    if (!well_formed(id)) return fail(ErrorKind::Malformed, Message::RejectId);
    sighting.preferred_id = id;
    sighting.title = text(json_["title"]);
    if (sighting.title.empty()) return fail(ErrorKind::Malformed, Message::RejectCatalogueTitle);
    const auto status = parse_status(json_["status"].text());
    if (!status) return fail(ErrorKind::Malformed, Message::RejectStatus);
    sighting.status = *status;
    sighting.states_facts = true;
    sighting.verified = json_["certainty"].text() == "sourced";
    sighting.disputed = json_["disputed"].boolean().value_or(false);
    sighting.summary = text(json_["summary"]);
    sighting.country = json_["country"].text();
    sighting.sector = json_["sector"].text();
    sighting.public_service = json_["public_service"].boolean().value_or(false);
    sighting.incident = {date(json_["incident"], "from"), date(json_["incident"], "to")};
    sighting.disclosed = date(json_, "disclosed");
    sighting.people_note = text(json_["people_note"]);
    sighting.exposed = categories("exposed");
    sighting.not_exposed = categories("not_exposed");
    read_links();
    read_organisations();
    read_people();
    read_populations();
    read_actions();
    return std::move(sighting_);
  }

 private:
  static bool well_formed(std::string_view id) {
    if (id.size() < 3 || id.size() > kMaxIdBytes) return false;
    return std::all_of(id.begin(), id.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
  }

  static Text text(JsonValue json) { return {std::string(json["fr"].text()), std::string(json["en"].text())}; }

  PartialDate date(JsonValue json, std::string_view member) {
    const std::string_view written = json[member].text();
    if (written.empty()) return {};
    if (const auto read = parse_partial_date(written)) return *read;
    sighting_.doubts.push_back(fmt::format("`{}`: `{}` is not a date", member, clip(written, 40)));
    return {};
  }

  CategorySet categories(std::string_view member) {
    CategorySet set;
    for (const auto item : json_[member].items()) {
      const std::string_view slug = JsonValue(item).text();
      if (const auto category = vocabulary_.category(slug))
        set.add(*category);
      else
        sighting_.unmapped_labels.emplace_back(clip(slug, 128));
    }
    return set;
  }

  void read_links() {
    for (const auto item : json_["sources"].items()) {
      const JsonValue source(item);
      SourceLink link{std::string(source["url"].text()),
                      parse_link_kind(source["kind"].text()).value_or(LinkKind::Press), date(source, "date")};
      sighting_.links.push_back(std::move(link));
    }
    if (!sighting_.links.empty()) sighting_.url = sighting_.links.front().url;
    if (const JsonValue form = json_["lettre_plainte"]) {
      sighting_.complaint_forms.push_back(
          {text(form["note"]), date(form, "opened"), date(form, "closed"), std::string(form["url"].text())});
    }
  }

  /// The address of the source a member points to by its place in `sources`.
  std::string source_of(JsonValue json) {
    const auto index = json["source"].integer();
    if (!index) return {};
    if (*index >= 0 && static_cast<std::size_t>(*index) < sighting_.links.size())
      return sighting_.links[static_cast<std::size_t>(*index)].url;
    sighting_.doubts.push_back(fmt::format("`source`: there is no source number {}", *index));
    return {};
  }

  OrganisationRef known(std::string_view id) {
    if (vocabulary_.organisation(id) != nullptr) return {std::string(id), {}, {}};
    sighting_.doubts.push_back(fmt::format("`{}` is not in the registry", clip(id, 80)));
    return {{}, std::string(id), {}};
  }

  /// A body by its name: that of the registry when the name denotes it alone, else as named; the kind of a local body
  /// is noted, so that a tie with the kind finds it.
  OrganisationRef named(std::string_view name) {
    const Organisation* body = vocabulary_.resolve(name);
    if (body != nullptr && !body->is_class) return {body->id, std::string(name), {}};
    const Organisation* kind = vocabulary_.class_of(name);
    auto& classes = sighting_.organisation_classes;
    if (kind != nullptr && std::find(classes.begin(), classes.end(), kind->id) == classes.end())
      classes.push_back(kind->id);
    return {{}, std::string(name), {}};
  }

  void read_organisations() {
    for (const auto item : json_["organisation_classes"].items())
      sighting_.organisation_classes.emplace_back(JsonValue(item).text());
    for (const auto item : json_["organisations"].items())
      sighting_.organisations.push_back(known(JsonValue(item).text()));
    for (const auto item : json_["organisation_names"].items())
      sighting_.organisations.push_back(named(JsonValue(item).text()));
    for (const auto item : json_["processors"].items()) {
      const JsonValue processor(item);
      if (processor["id"])
        sighting_.processors.push_back(known(processor["id"].text()));
      else
        sighting_.processors.push_back(named(processor["name"].text()));
    }
  }

  void read_people() {
    for (const auto item : json_["people"].items()) {
      const JsonValue figure(item);
      const auto count = figure["count"].integer();
      if (!count || *count < 0) {
        sighting_.doubts.emplace_back("`people`: a `count` is not a number of people");
        continue;
      }
      const std::string_view by = figure["by"].text();
      sighting_.people.push_back({*count, parse_qualifier(figure["qualifier"].text()).value_or(Qualifier::About),
                                  by == "tracker" ? Trust::Aggregator : parse_trust(by).value_or(Trust::Press),
                                  date(figure, "date"), source_of(figure)});
    }
  }

  void read_populations() {
    for (const auto item : json_["populations"].items()) {
      const JsonValue population(item);
      Population read;
      for (const auto organisation : population["organisations"].items())
        read.organisations.emplace_back(JsonValue(organisation).text());
      read.relation = parse_relation(population["relation"].text()).value_or(Relation::User);
      read.period = {date(population, "from"), date(population, "to")};
      for (const auto place : population["places"].items()) read.places.emplace_back(JsonValue(place).text());
      read.kind = text(population["kind"]);
      read.extent = parse_extent(population["extent"].text()).value_or(Extent::Unknown);
      read.size = population["size"].integer();
      read.statement = text(population["statement"]);
      read.source = source_of(population);
      sighting_.populations.push_back(std::move(read));
    }
  }

  void read_actions() {
    for (const auto item : json_["authority_actions"].items()) {
      const JsonValue action(item);
      sighting_.actions.push_back({date(action, "date"), std::string(action["authority"].text()),
                                   text(action["action"]), action["amount_eur"].integer(),
                                   std::string(action["reference"].text()), std::string(action["source"].text())});
    }
  }

  JsonValue json_;
  const Vocabulary& vocabulary_;
  Sighting sighting_;
};

Result<ReadReport> read(const Payload& payload, const Source&, NoticeSink& sink) {
  JsonParser parser;
  auto root = parser.parse_in_place(payload.bytes);
  if (!root) return std::move(root).error();
  if ((*root)["schema"].text() != "vigifuite/catalogue@v1") {
    return fail(ErrorKind::Malformed, Message::FeedNotCatalogue);
  }
  if (!(*root)["incidents"].is_array()) return fail(ErrorKind::Malformed, Message::FeedNoIncidents);
  KeyGuard guard(sink);
  Place place{"$.incidents[", 0, "]"};
  for (const auto item : (*root)["incidents"].items()) {
    if (guard.full()) return guard.report_full(place);
    auto sighting = Entry(JsonValue(item), Vocabulary::shipped()).read();
    if (sighting) {
      Notice notice;
      notice.key = sighting->preferred_id;
      notice.digest = digest_of(JsonValue(item));
      notice.title = sighting->title.in(Language::French);
      notice.url = sighting->url;
      notice.states_facts = true;
      notice.canonical = &*sighting;
      guard.notice(notice, place);
    } else {
      guard.reject(place.text(), sighting.error().text());
    }
    ++place.number;
  }
  return guard.report();
}

}  // namespace

const Adapter& adapter_catalogue() {
  static const Adapter adapter{"catalogue", "vigifuite's own catalogue (JSON)", refuse_mapping, read};
  return adapter;
}

}  // namespace vigifuite::feeds
