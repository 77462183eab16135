// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/link.hpp"

#include <algorithm>

#include "daemon/match/periods.hpp"

namespace vigifuite::match {
namespace {

bool has(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// Names that stand for many bodies, not for one: "Collectivités clientes de JVS", "Hôpitaux publics de Normandie".
bool names_many(std::string_view name) {
  constexpr std::string_view kPlural[] = {"hopitaux",       "collectivites", "laboratoires", "lycees",     "communes",
                                          "mairies",        "universites",   "cabinets",     "pharmacies", "cliniques",
                                          "etablissements", "departements",  "regions"};
  constexpr std::string_view kUsers[] = {" utilisant ", " utilisateurs ", " clients ", " clientes "};
  const std::string words = " " + fold(name) + " ";
  const std::string_view first = std::string_view(words).substr(1, words.find(' ', 1) - 1);
  if (std::find(std::begin(kPlural), std::end(kPlural), first) != std::end(kPlural)) return true;
  return std::any_of(std::begin(kUsers), std::end(kUsers),
                     [&](std::string_view word) { return words.find(word) != std::string::npos; });
}

/// A tie with a local body, or with a kind of body, towards the bodies and classes of an incident.
Path local_path(const LocalBody& tie, const Incident& incident, const Vocabulary& vocabulary) {
  if (tie.kind == nullptr) return Path::None;
  bool of_kind = has(incident.organisation_classes, tie.kind->id);
  bool one_named = false, many_named = incident.organisations.empty();
  for (const OrganisationRef& ref : incident.organisations) {
    const LocalBody body = local_body_of(ref, vocabulary);
    of_kind = of_kind || body.kind == tie.kind;
    many_named = many_named || names_many(ref.name) || (body.kind == tie.kind && body.place.empty());
    one_named = one_named || (!tie.place.empty() && body.kind == tie.kind && body.place == tie.place);
  }
  if (one_named) return Path::Direct;
  if (!of_kind) return Path::None;
  return tie.place.empty() || many_named ? Path::LocalBody : Path::None;
}

/// Whether the local bodies of this kind are those of a department or a region.
bool is_of_district(const Organisation* kind) {
  constexpr std::string_view kDistricts[] = {"caf", "cpam",        "mdph", "departements",
                                             "ars", "prefectures", "sdis", "regions"};
  return kind != nullptr && std::find(std::begin(kDistricts), std::end(kDistricts), kind->id) != std::end(kDistricts);
}

bool same_body(const OrganisationRef& a, const OrganisationRef& b) {
  return organisation_key(a) == organisation_key(b);
}

bool is_processor(const OrganisationRef& ref, const Incident& incident) {
  return std::any_of(incident.processors.begin(), incident.processors.end(),
                     [&](const OrganisationRef& processor) { return same_body(processor, ref); });
}

/// How many bodies (or kinds of bodies) lost data at the incident's processors.
std::ptrdiff_t controllers_of(const Incident& incident) {
  if (incident.organisations.empty()) return std::ssize(incident.organisation_classes);
  return std::count_if(incident.organisations.begin(), incident.organisations.end(),
                       [&](const OrganisationRef& ref) { return !is_processor(ref, incident); });
}

/// One way, in words that stand alone.
std::vector<ChainStep> told(const std::vector<const ProcessorLink*>& way, const Vocabulary& vocabulary) {
  std::vector<ChainStep> chain;
  for (const ProcessorLink* link : way) {
    const Organisation* body = vocabulary.organisation(link->organisation);
    chain.push_back({link->organisation, body == nullptr ? std::string() : body->name, link->role, link->service,
                     link->period, link->seen, link->certain, link->source});
  }
  return chain;
}

/// Whether a tie and a link may have held at one time; nothing is known of a tie without dates.
enum class Meeting : unsigned char { May, TieEndedBefore, TieBeganAfter };
Meeting meeting(const Tie& tie, const std::vector<const ProcessorLink*>& way) {
  for (const ProcessorLink* link : way) {
    const Overlap lies = overlap(tie, link->period);
    if (lies == Overlap::Before) return Meeting::TieEndedBefore;
    if (lies == Overlap::After) return Meeting::TieBeganAfter;
  }
  return Meeting::May;
}

/// The processors through which the data of the tie's body went, when the incident happened there.
std::vector<Through> processors_between(const Tie& tie, const Link& link, const Organisation* row,
                                        const Incident& incident, const Vocabulary& vocabulary) {
  const bool one_of_many = link.listed && controllers_of(incident) > 1;
  const Period window = window_of(incident.incident, incident.disclosed);
  std::vector<Through> known, all;
  for (const OrganisationRef& processor : incident.processors) {
    if (has(link.names, organisation_key(processor))) return {};  // the tie is with the processor itself
    const std::string& shown = processor.id.empty() ? processor.name : processor.id;
    if (one_of_many) all.push_back({shown, {}, false});
    if (row == nullptr || processor.id.empty()) continue;
    if (!one_of_many && (link.listed || !leaked_at(incident, processor.id))) continue;
    const auto way = way_to(*row, processor.id, window, tie.relation, vocabulary);
    if (way.empty()) continue;
    const Meeting met = meeting(tie, way);
    if (met == Meeting::TieBeganAfter) continue;
    known.push_back({shown, told(way, vocabulary), met == Meeting::TieEndedBefore});
  }
  return known.empty() ? all : known;
}

}  // namespace

Link link_of(const Tie& tie, const OrganisationRef& holder, const Incident& incident, const Vocabulary& vocabulary) {
  const LocalBody local = local_body_of(holder, vocabulary);
  const Organisation* row = vocabulary.organisation(holder.id);
  if (row == nullptr) row = local.kind;
  Link link;
  if (row != nullptr) link.kind = row->kind;
  link.place = local.place;
  if (is_of_district(local.kind)) link.place_kind = PlaceKind::District;
  link.names = own_keys(holder, vocabulary);
  const auto is_own = [&](const OrganisationRef& ref) {
    const std::string key = organisation_key(ref);
    if (local.kind == nullptr || key != local.kind->id) return has(link.names, key);
    return local_body_of(ref, vocabulary).place.empty();  // the whole network, not one local body of it
  };
  link.listed = std::any_of(incident.organisations.begin(), incident.organisations.end(), is_own);
  const bool processor_itself = std::any_of(incident.processors.begin(), incident.processors.end(), is_own);
  if (link.listed || processor_itself) link.path = Path::Direct;
  if (link.path == Path::None) {
    link.path = local_path(local, incident, vocabulary);
    link.listed = link.path != Path::None;
  }
  link.processors = processors_between(tie, link, row, incident, vocabulary);
  if (!link.processors.empty() && link.path != Path::LocalBody) link.path = Path::Processor;
  return link;
}

}  // namespace vigifuite::match
