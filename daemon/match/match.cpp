// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/match.hpp"

#include <algorithm>

#include "daemon/match/keys.hpp"
#include "daemon/match/periods.hpp"

namespace vigifuite::match {
namespace {

/// How a tie leads to an incident.
enum class Path : unsigned char { None, Direct, LocalBody, Processor };

struct Link {
  Path path = Path::None;
  std::vector<std::string> processors;  ///< which ones, when through them
  std::vector<std::string> names;       ///< the keys under which a population may speak of the tie's body
  bool listed = false;                  ///< the incident names the tie's body
};

struct Judgement {
  Verdict verdict = Verdict::Undetermined;
  std::vector<Reason> reasons;
  std::optional<double> odds = std::nullopt;
};

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

/// The processors through which the data of the tie's body went, when the incident happened there.
std::vector<std::string> processors_between(const Link& link, const Organisation* row, const Incident& incident) {
  const bool one_of_many = link.listed && controllers_of(incident) > 1;
  std::vector<std::string> known, all;
  for (const OrganisationRef& processor : incident.processors) {
    if (has(link.names, organisation_key(processor))) return {};  // the tie is with the processor itself
    const bool works_with = row != nullptr && !processor.id.empty() &&
                            std::any_of(row->processors.begin(), row->processors.end(),
                                        [&](const ProcessorLink& p) { return p.organisation == processor.id; });
    const std::string& shown = processor.id.empty() ? processor.name : processor.id;
    if (works_with && (one_of_many || (!link.listed && leaked_at(incident, processor.id)))) known.push_back(shown);
    if (one_of_many) all.push_back(shown);
  }
  return known.empty() ? all : known;
}

Link link_of(const Tie& tie, const Incident& incident, const Vocabulary& vocabulary) {
  const LocalBody local = local_body_of(tie.organisation, vocabulary);
  const Organisation* row = vocabulary.organisation(tie.organisation.id);
  if (row == nullptr) row = local.kind;
  Link link;
  link.names = posting_keys(tie, vocabulary);
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
  link.processors = processors_between(link, row, incident);
  if (!link.processors.empty() && link.path != Path::LocalBody) link.path = Path::Processor;
  return link;
}

bool speaks_of(const Population& population, const Link& link) {
  return population.organisations.empty() ||
         std::any_of(population.organisations.begin(), population.organisations.end(),
                     [&](const std::string& id) { return has(link.names, id); });
}

/// What one population that speaks of the tie's body says of the tie.
Judgement by_one(const Tie& tie, const Population& population, Period window) {
  const auto judged = [&](Verdict verdict, ReasonCode code) {
    return Judgement{verdict, {{code, population.statement, population.source, {}, population.period}}};
  };
  if (population.relation != tie.relation) return judged(Verdict::NotAffected, ReasonCode::OutsideRelation);
  const Overlap stated = overlap(tie, population.period);
  if (stated == Overlap::Before || stated == Overlap::After) {
    return judged(Verdict::NotAffected, ReasonCode::OutsidePeriod);
  }
  Period until_incident = population.period;
  if (!until_incident.to.known()) until_incident.to = window.to;
  switch (overlap(tie, until_incident)) {
    case Overlap::Unknown: return judged(Verdict::Possible, ReasonCode::PeriodUnknown);
    case Overlap::Before:
    case Overlap::After:
    case Overlap::Maybe: return judged(Verdict::Possible, ReasonCode::PeriodImprecise);
    case Overlap::Within: break;
  }
  switch (population.extent) {
    case Extent::Whole: return judged(Verdict::Likely, ReasonCode::WithinPopulation);
    case Extent::Part: return judged(Verdict::Possible, ReasonCode::WithinPartOfPopulation);
    case Extent::Unknown: return judged(Verdict::Possible, ReasonCode::WithinPopulation);
  }
  return judged(Verdict::Possible, ReasonCode::WithinPopulation);
}

/// The share of a population that was hit, when both numbers are public and neither is an attacker's.
std::optional<double> odds_of(const Population& population, const Incident& incident) {
  if (population.extent != Extent::Part || !population.size) return std::nullopt;
  const auto figure = std::find_if(incident.people.begin(), incident.people.end(),
                                   [](const PeopleFigure& one) { return one.by != Trust::Attacker; });
  if (figure == incident.people.end() || figure->count <= 0 || figure->count >= *population.size) return std::nullopt;
  return static_cast<double>(figure->count) / static_cast<double>(*population.size);
}

/// What the stated populations say of a tie: the surest; nothing when none speaks of its body. Of several that
/// exclude it, the one for people like them is quoted.
std::optional<Judgement> by_population(const Tie& tie, const Link& link, const Incident& incident, Period window) {
  std::optional<Judgement> best;
  const auto rank = [](const Judgement& judgement) {
    if (judgement.verdict != Verdict::NotAffected) return static_cast<int>(judgement.verdict);
    return judgement.reasons.front().code == ReasonCode::OutsidePeriod ? 10 : 11;
  };
  for (const Population& population : incident.populations) {
    if (!speaks_of(population, link)) continue;
    Judgement judgement = by_one(tie, population, window);
    if (judgement.reasons.front().code == ReasonCode::WithinPartOfPopulation) {
      judgement.odds = odds_of(population, incident);
    }
    if (!best || rank(judgement) < rank(*best)) best = std::move(judgement);
  }
  return best;
}

/// What the dates of the incident say of a tie when nobody said who was in the file.
Judgement by_dates(const Tie& tie, Period window) {
  const auto judged = [](Verdict verdict, ReasonCode code) { return Judgement{verdict, {{code, {}, {}, {}}}}; };
  if (!window.known()) {
    return judged(Verdict::Possible,
                  tie.ongoing || tie.period.known() ? ReasonCode::PeriodImprecise : ReasonCode::PeriodUnknown);
  }
  switch (overlap(tie, window)) {
    case Overlap::Within: return judged(Verdict::Possible, ReasonCode::CurrentAtIncident);
    case Overlap::Maybe: return judged(Verdict::Possible, ReasonCode::PeriodImprecise);
    case Overlap::Unknown: return judged(Verdict::Possible, ReasonCode::PeriodUnknown);
    case Overlap::Before: return judged(Verdict::Undetermined, ReasonCode::PopulationUnstated);
    case Overlap::After: return judged(Verdict::NotAffected, ReasonCode::AfterIncident);
  }
  return judged(Verdict::Undetermined, ReasonCode::PopulationUnstated);
}

/// Lowers a verdict to what an uncertain incident or path allows, and puts the reasons for it first.
void cap(Judgement& judgement, const Link& link, const Incident& incident) {
  std::vector<Reason> first;
  if (link.path == Path::LocalBody) first.push_back({ReasonCode::LocalBodyUnnamed, {}, {}, {}});
  for (const std::string& processor : link.processors) {
    first.push_back({ReasonCode::ThroughProcessor, {}, {}, processor});
  }
  if (!incident.verified) first.push_back({ReasonCode::Unverified, {}, {}, {}});
  if (incident.status == IncidentStatus::Claimed) first.push_back({ReasonCode::ClaimNotConfirmed, {}, {}, {}});
  if (first.empty()) return;
  const bool decides = judgement.verdict == Verdict::Likely || judgement.verdict == Verdict::Possible;
  if (judgement.verdict == Verdict::Likely) judgement.verdict = Verdict::Possible;
  judgement.reasons.insert(decides ? judgement.reasons.begin() : judgement.reasons.end(), first.begin(), first.end());
}

std::optional<Judgement> judge_tie(const Tie& tie, const Incident& incident, const Vocabulary& vocabulary) {
  const Link link = link_of(tie, incident, vocabulary);
  if (link.path == Path::None) return std::nullopt;
  if (incident.status == IncidentStatus::Retracted) {
    return Judgement{Verdict::NotAffected, {{ReasonCode::Retracted, {}, {}, {}}}};
  }
  const Period window = window_of(incident.incident, incident.disclosed);
  auto stated = by_population(tie, link, incident, window);
  // The registry says the body works with the processor, but the incident says whose people were hit: others.
  if (!stated && !link.listed && link.path == Path::Processor && !incident.populations.empty()) return std::nullopt;
  Judgement judgement = stated ? *std::move(stated) : by_dates(tie, window);
  const bool after = window.known() && overlap(tie, window) == Overlap::After;
  if (after && judgement.verdict != Verdict::NotAffected) {
    judgement = {Verdict::NotAffected, {{ReasonCode::AfterIncident, {}, {}, {}}}};
  }
  cap(judgement, link, incident);
  return judgement;
}

}  // namespace

std::optional<Hit> judge(const Profile& profile, const Incident& incident, const Vocabulary& vocabulary) {
  if (!incident.states_facts || incident.unsure) return std::nullopt;
  std::optional<Hit> best;
  for (std::size_t i = 0; i < profile.ties.size(); ++i) {
    auto judgement = judge_tie(profile.ties[i], incident, vocabulary);
    if (!judgement || (best && rank(best->verdict) <= rank(judgement->verdict))) continue;
    best = Hit{incident.id, incident.revision(), judgement->verdict, std::move(judgement->reasons), i, judgement->odds};
  }
  const bool notified =
      std::any_of(profile.notified.begin(), profile.notified.end(), [&](const ReceivedNotice& notice) {
        return notice.incident == incident.id || has(incident.former_ids, notice.incident);
      });
  if (!notified) return best;
  if (!best) best = Hit{incident.id, incident.revision(), Verdict::Affected, {}, Hit::kNoTie, std::nullopt};
  best->verdict = Verdict::Affected;
  best->odds.reset();
  best->reasons = {{ReasonCode::Notified, {}, {}, {}}};
  return best;
}

}  // namespace vigifuite::match
