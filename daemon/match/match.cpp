// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/match.hpp"

#include <algorithm>
#include <chrono>

#include "daemon/match/link.hpp"
#include "daemon/match/periods.hpp"

namespace vigifuite::match {
namespace {

struct Judgement {
  Verdict verdict = Verdict::Undetermined;
  std::vector<Reason> reasons;
  std::optional<Odds> odds = std::nullopt;
  std::string body{};  ///< the one that has the file, when it is not that of the tie
};

bool has(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool speaks_of(const Population& population, const Link& link) {
  return population.organisations.empty() ||
         std::any_of(population.organisations.begin(), population.organisations.end(),
                     [&](const std::string& id) { return has(link.names, id); });
}

/// What one population that speaks of the tie's body says of the tie.
Judgement by_one(const Tie& tie, const Link& link, const Population& population, Period window) {
  const auto judged = [&](Verdict verdict, ReasonCode code) {
    return Judgement{verdict, {{code, population.statement, population.source, {}, population.period}}};
  };
  if (population.relation != tie.relation) return judged(Verdict::NotAffected, ReasonCode::OutsideRelation);
  const Overlap stated = overlap(tie, population.period);
  if (stated == Overlap::Before || stated == Overlap::After) {
    return judged(Verdict::NotAffected, ReasonCode::OutsidePeriod);
  }
  const auto there = link.place.empty() ? std::nullopt : lies_in(link.place, link.place_kind, population.places);
  const bool somewhere = !population.places.empty();
  if (somewhere && there == false) return judged(Verdict::NotAffected, ReasonCode::OutsidePlace);
  Period until_incident = population.period;
  if (!until_incident.to.known()) until_incident.to = window.to;
  switch (overlap(tie, until_incident)) {
    case Overlap::Unknown: return judged(Verdict::Possible, ReasonCode::PeriodUnknown);
    case Overlap::Before:
    case Overlap::After:
    case Overlap::Maybe: return judged(Verdict::Possible, ReasonCode::PeriodImprecise);
    case Overlap::Within: break;
  }
  if (somewhere && !there) return judged(Verdict::Possible, ReasonCode::PlaceUnknown);
  if (!population.kind.empty()) return judged(Verdict::Possible, ReasonCode::OnlyKind);
  switch (population.extent) {
    case Extent::Whole: return judged(Verdict::Likely, ReasonCode::WithinPopulation);
    case Extent::Part: return judged(Verdict::Possible, ReasonCode::WithinPartOfPopulation);
    case Extent::Unknown: return judged(Verdict::Possible, ReasonCode::WithinPopulation);
  }
  return judged(Verdict::Possible, ReasonCode::WithinPopulation);
}

/// The figure of an incident that odds can rest on: not an attacker's, and not a bound.
const PeopleFigure* figure_of(const Incident& incident) {
  const auto figure = std::find_if(incident.people.begin(), incident.people.end(), [](const PeopleFigure& one) {
    return one.by != Trust::Attacker && (one.qualifier == Qualifier::Exact || one.qualifier == Qualifier::About);
  });
  return figure == incident.people.end() ? nullptr : &*figure;
}

/// How many people of this relation the body held when the incident happened, as last counted within two years of it.
/// People who had left are in the figure, or the tie must not be one of theirs.
const PeopleHeld* held_by(const Organisation& body, const Tie& tie, Period window) {
  constexpr std::chrono::days kFresh{731};
  const PeopleHeld* nearest = nullptr;
  const auto away = [&](const PeopleHeld& held) {
    return std::chrono::abs(held.date.first_day() - window.from.first_day());
  };
  for (const PeopleHeld& held : body.people_held) {
    const bool counts_them = held.former || overlap(tie, window) == Overlap::Within;
    if (held.relation != tie.relation || !counts_them || away(held) > kFresh) continue;
    if (held.qualifier == Qualifier::AtLeast || held.qualifier == Qualifier::AtMost) continue;
    if (nearest == nullptr || away(held) < away(*nearest)) nearest = &held;
  }
  return nearest;
}

/// How many of how many were hit, when both numbers are public: the announcement says how many people there are, or the
/// registry says how many its only body holds.
std::optional<Odds> odds_of(const Tie& tie, const Population& population, const Incident& incident, Period window,
                            const Organisation* body) {
  const PeopleFigure* figure = figure_of(incident);
  if (figure == nullptr || figure->count <= 0 || population.extent != Extent::Part) return std::nullopt;
  Odds odds{figure->count, 0, figure->source, {}, {}, {}};
  if (population.size) {
    odds.held = *population.size;
    odds.held_source = population.source;
  } else if (body != nullptr && !body->is_class && incident.organisations.size() == 1 && window.from.known()) {
    const PeopleHeld* held = held_by(*body, tie, window);
    if (held == nullptr || incident.organisations.front().id != body->id) return std::nullopt;
    odds.held = held->count;
    odds.held_date = held->date;
    odds.held_who = held->who;
    odds.held_source = held->source;
  }
  if (odds.hit >= odds.held) return std::nullopt;
  return odds;
}

/// What the stated populations say of a tie: the surest; nothing when none speaks of its body. Of several that
/// exclude it, the one for people like them is quoted.
std::optional<Judgement> by_population(const Tie& tie, const Link& link, const Incident& incident, Period window,
                                       const Organisation* body) {
  std::optional<Judgement> best;
  const auto rank = [](const Judgement& judgement) {
    if (judgement.verdict != Verdict::NotAffected) return static_cast<int>(judgement.verdict);
    return judgement.reasons.front().code == ReasonCode::OutsidePeriod ? 10 : 11;
  };
  for (const Population& population : incident.populations) {
    if (!speaks_of(population, link)) continue;
    Judgement judgement = by_one(tie, link, population, window);
    if (judgement.reasons.front().code == ReasonCode::WithinPartOfPopulation) {
      judgement.odds = odds_of(tie, population, incident, window, body);
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

Reason processor_reason(Through&& through, const std::string& customer_kind, const Vocabulary& vocabulary) {
  Reason reason{
      through.before_it ? ReasonCode::ProcessorOtherTime : ReasonCode::ThroughProcessor, {}, {}, through.shown};
  if (const Organisation* known = vocabulary.organisation(through.shown)) reason.organisation_name = known->name;
  reason.chain = std::move(through.chain);
  if (!reason.chain.empty()) reason.customer_kind = customer_kind;
  return reason;
}

/// Lowers a verdict to what an uncertain incident or path allows, and puts the reasons for it first.
void cap(Judgement& judgement, Link&& link, const Incident& incident, const Vocabulary& vocabulary) {
  std::vector<Reason> first;
  if (link.path == Path::LocalBody) first.push_back({ReasonCode::LocalBodyUnnamed, {}, {}, {}});
  const bool left_before = !link.processors.empty() && std::all_of(link.processors.begin(), link.processors.end(),
                                                                   [](const Through& way) { return way.before_it; });
  for (Through& through : link.processors) {
    if (through.before_it && !left_before) continue;  // another way stands
    first.push_back(processor_reason(std::move(through), link.kind, vocabulary));
  }
  if (!incident.verified) first.push_back({ReasonCode::Unverified, {}, {}, {}});
  if (incident.status == IncidentStatus::Claimed) first.push_back({ReasonCode::ClaimNotConfirmed, {}, {}, {}});
  if (first.empty()) return;
  const bool decides = judgement.verdict == Verdict::Likely || judgement.verdict == Verdict::Possible;
  if (judgement.verdict == Verdict::Likely) judgement.verdict = Verdict::Possible;
  if (decides && left_before) judgement.verdict = Verdict::Undetermined;
  judgement.reasons.insert(decides ? judgement.reasons.begin() : judgement.reasons.end(),
                           std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
}

/// Judges a tie as one with the body that has the file.
std::optional<Judgement> judge_with(const Tie& tie, const OrganisationRef& holder, const Incident& incident,
                                    const Vocabulary& vocabulary) {
  Link link = link_of(tie, holder, incident, vocabulary);
  if (link.path == Path::None) return std::nullopt;
  if (incident.status == IncidentStatus::Retracted) {
    return Judgement{Verdict::NotAffected, {{ReasonCode::Retracted, {}, {}, {}}}};
  }
  const Period window = window_of(incident.incident, incident.disclosed);
  auto stated = by_population(tie, link, incident, window, vocabulary.organisation(holder.id));
  // The registry says the body works with the processor, but the incident says whose people were hit: others.
  if (!stated && !link.listed && link.path == Path::Processor && !incident.populations.empty()) return std::nullopt;
  Judgement judgement = stated ? *std::move(stated) : by_dates(tie, window);
  const bool after = window.known() && overlap(tie, window) == Overlap::After;
  if (after && judgement.verdict != Verdict::NotAffected) {
    judgement = {Verdict::NotAffected, {{ReasonCode::AfterIncident, {}, {}, {}}}};
  }
  cap(judgement, std::move(link), incident, vocabulary);
  return judgement;
}

/// Of the bodies that may have the file, the one by which the person is concerned most.
std::optional<Judgement> judge_tie(const Tie& tie, const Incident& incident, const Vocabulary& vocabulary) {
  std::optional<Judgement> best;
  for (const Holder& holder : holders_of(tie, vocabulary)) {
    auto judgement = judge_with(tie, holder.ref, incident, vocabulary);
    if (!judgement || (best && rank(best->verdict) <= rank(judgement->verdict))) continue;
    best = std::move(judgement);
    if (holder.way.empty()) continue;
    best->body = holder.ref.id;
    for (const Successor* heir : holder.way) {
      Reason reason{ReasonCode::TakenOver, {}, heir->source, heir->organisation};
      reason.organisation_name = vocabulary.organisation(heir->organisation)->name;
      reason.what = heir->what;
      reason.since = heir->since;
      best->reasons.push_back(std::move(reason));
    }
  }
  return best;
}

/// The person said a name that the body no longer has: which it has now.
void tell_name(Hit& hit, const Tie& tie, const Vocabulary& vocabulary) {
  Understood understood = understand(tie, vocabulary);
  if (understood.became.empty()) return;
  Reason reason{ReasonCode::Renamed, {}, {}, understood.body->id};
  reason.organisation_name = tie.organisation.name;
  reason.became = std::move(understood.became);
  hit.reasons.push_back(std::move(reason));
}

}  // namespace

std::optional<Hit> judge(const Profile& profile, const Incident& incident, const Vocabulary& vocabulary) {
  if (!incident.states_facts || incident.unsure) return std::nullopt;
  std::optional<Hit> best;
  for (std::size_t i = 0; i < profile.ties.size(); ++i) {
    auto judgement = judge_tie(profile.ties[i], incident, vocabulary);
    if (!judgement || (best && rank(best->verdict) <= rank(judgement->verdict))) continue;
    best = Hit{.incident = incident.id,
               .revision = incident.revision(),
               .verdict = judgement->verdict,
               .reasons = std::move(judgement->reasons),
               .tie = i,
               .odds = judgement->odds,
               .body = std::move(judgement->body)};
  }
  if (best) tell_name(*best, profile.ties[best->tie], vocabulary);
  const bool notified =
      std::any_of(profile.notified.begin(), profile.notified.end(), [&](const ReceivedNotice& notice) {
        return notice.incident == incident.id || has(incident.former_ids, notice.incident);
      });
  if (!notified) return best;
  if (!best) {
    best = Hit{.incident = incident.id,
               .revision = incident.revision(),
               .verdict = Verdict::Affected,
               .reasons = {},
               .tie = Hit::kNoTie,
               .odds = std::nullopt};
  }
  best->verdict = Verdict::Affected;
  best->odds.reset();
  best->reasons = {{ReasonCode::Notified, {}, {}, {}}};
  return best;
}

}  // namespace vigifuite::match
