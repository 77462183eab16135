// SPDX-License-Identifier: AGPL-3.0-or-later
// Which of the conditions that rules name hold, of the incident, the body and the person.

#include <algorithm>

#include "daemon/letters/situation.hpp"

namespace vigifuite::letters {
namespace {

/// Categories at least one source other than an attacker names.
CategorySet said_by_others(const Incident& incident, CategorySet wanted, bool exposed) {
  if (incident.claims.empty()) return wanted;
  CategorySet said;
  for (const CategoryClaim& claim : incident.claims) {
    if (claim.by != Trust::Attacker) said = said | (exposed ? claim.exposed : claim.not_exposed);
  }
  return wanted & said;
}

void weigh_categories(Situation& situation) {
  const Incident& incident = *situation.incident;
  situation.exposed = said_by_others(incident, incident.exposed, true);
  situation.not_exposed = said_by_others(incident, incident.not_exposed, false) - situation.exposed;
  for (const Category category : situation.exposed) {
    const CategoryInfo& info = situation.vocabulary->info(category);
    if (info.regime == Regime::Nir) situation.conditions.insert("nir");
    if (info.regime == Regime::Article9) situation.conditions.insert("special");
    if (info.regime == Regime::Article10) situation.conditions.insert("offences");
    if (info.high_risk || info.regime != Regime::None) situation.high_risk.push_back(category);
  }
  if (!situation.high_risk.empty()) situation.conditions.insert("high_risk");
  if (!situation.exposed.empty()) situation.conditions.insert("exposed");
  const auto iban = situation.vocabulary->category("iban");
  if (iban && situation.exposed.has(*iban)) situation.conditions.insert("iban_exposed");
}

void weigh_hit(Situation& situation) {
  Conditions& conditions = situation.conditions;
  if (situation.notice != nullptr || !situation.notice_items.empty()) conditions.insert("notified");
  if (!situation.notice_items.empty()) {
    conditions.insert("notice_scored");
    if (std::all_of(situation.notice_items.begin(), situation.notice_items.end(),
                    [](const NoticeItem& item) { return item.present || !item.mandatory; })) {
      conditions.insert("notice_complete");
    }
  }
  if (situation.request->hit == nullptr) {
    conditions.insert("no_tie");
    return;
  }
  const Hit& hit = *situation.request->hit;
  if (hit.verdict == Verdict::NotAffected) conditions.insert("not_affected");
  if (hit.verdict == Verdict::Affected) conditions.insert("affected");
  if (hit.verdict == Verdict::Likely) conditions.insert("likely");
  const bool unsure = hit.verdict == Verdict::Possible || hit.verdict == Verdict::Undetermined;
  if (!situation.is("notified") && unsure) conditions.insert("uncertain");
  const bool within = std::any_of(hit.reasons.begin(), hit.reasons.end(),
                                  [](const Reason& reason) { return reason.code == ReasonCode::WithinPopulation; });
  if (within && hit.verdict == Verdict::Likely && !situation.incident->populations.empty())
    conditions.insert("in_population");
}

void weigh_tie(Situation& situation, const Rules& rules) {
  if (situation.tie == nullptr) return;
  Conditions& conditions = situation.conditions;
  conditions.insert("tie_known");
  if (situation.tie->ongoing) conditions.insert("tie_ongoing");
  switch (situation.tie->relation) {
    case Relation::User: conditions.insert("user"); break;
    case Relation::Employee: conditions.insert("employee"); break;
    case Relation::Professional: conditions.insert("professional"); break;
  }
  if (situation.incident == nullptr) return;
  const PartialDate at = incident_date(*situation.incident);
  const PartialDate end = situation.tie->period.to;
  if (situation.tie->ongoing || !end.known() || !at.known()) return;
  situation.years_since_end = (at.first_day() - end.last_day()).count() / 366;
  if (situation.years_since_end >= rules.old_data_years) conditions.insert("old_data");
}

void weigh_losses(Situation& situation) {
  if (situation.request->procedure == nullptr) return;
  const auto& consequences = situation.request->procedure->consequences;
  if (!consequences.empty()) situation.conditions.insert("consequences");
  const PartialDate at = situation.incident == nullptr ? PartialDate{} : incident_date(*situation.incident);
  if (std::any_of(consequences.begin(), consequences.end(), [&](const Consequence& row) {
        return at.known() && row.date.known() && row.date.last_day() < at.first_day();
      })) {
    situation.conditions.insert("harm_before");
  }
  if (std::any_of(consequences.begin(), consequences.end(), [](const Consequence& row) { return row.cents > 0; })) {
    situation.conditions.insert("costs");
  }
}

/// Which law and which court: a public person, a private one, or nobody knows. What is only recalled of it is said to
/// be (the condition `nature_found` does not hold).
void weigh_nature(Situation& situation) {
  const Organisation& registry = *situation.body.registry;
  Conditions& conditions = situation.conditions;
  const auto is = [&](std::initializer_list<LegalNature> natures) {
    return std::find(natures.begin(), natures.end(), registry.legal_nature) != natures.end();
  };
  using enum LegalNature;
  if (is({State, LocalAuthority, PublicHospital}) || registry.damages_court == "administrative") {
    conditions.insert("public_body");
  } else if (is({PrivatePublicService, Association, Mutual, Insurer, Company}) ||
             registry.damages_court == "judicial") {
    conditions.insert("private_body");
  }
  if (is({State})) {
    conditions.insert("state");
    if (registry.name.starts_with("Ministère")) conditions.insert("ministry");
  }
  const bool serves = is({State, StatePublicBody, LocalAuthority, PublicHospital, PublicInterestGroup,
                          PrivatePublicService, IndependentAuthority});
  if (serves || (is({Mixed}) && situation.incident != nullptr && situation.incident->public_service)) {
    conditions.insert("public_service");
  }
  // CJA art. R. 431-3, 5°: local authorities, their public establishments, public hospitals.
  if (registry.lawyer_needed_for_damages == true) conditions.insert("lawyer_needed");
  if (registry.lawyer_needed_for_damages == false) conditions.insert("lawyer_free");
}

void weigh_dpo(const DpoContact& dpo, Conditions& conditions) {
  if (!dpo.how.empty()) conditions.insert("dpo_how");
  if (!dpo.email.empty() && dpo.email_certainty == Certainty::Found) conditions.insert("dpo_email");
  if (dpo.postal.empty()) return;
  conditions.insert(dpo.postal_certainty == Certainty::Found ? "dpo_found" : "dpo_doubtful");
}

void weigh_body(Situation& situation) {
  Conditions& conditions = situation.conditions;
  if (situation.body.name.empty()) conditions.insert("no_body");
  if (situation.body.local_unnamed) conditions.insert("local_body");
  const Organisation* registry = situation.body.registry;
  if (registry == nullptr) {
    conditions.insert("unknown_body");
    return;
  }
  const bool state = registry->legal_nature == LegalNature::State || registry->cnil_fine_possible == false;
  if (state)
    conditions.insert("fine_excluded");
  else if (registry->cnil_fine_possible == true)
    conditions.insert("fine_possible");
  if (registry->legal_certainty == Certainty::Found && registry->legal_nature != LegalNature::Unknown)
    conditions.insert("nature_found");
  weigh_nature(situation);
  weigh_dpo(registry->dpo, conditions);
}

/// What the incident allows to be written at all.
void weigh_standing(Situation& situation) {
  const Incident& incident = *situation.incident;
  Conditions& conditions = situation.conditions;
  if (incident.status == IncidentStatus::Retracted) conditions.insert("retracted");
  if (incident.status == IncidentStatus::Claimed) conditions.insert("claimed");
  if (!incident.verified || incident.unsure) conditions.insert("unverified");
  const bool noticed = situation.notice != nullptr || !situation.notice_items.empty();
  if (incident.links.empty() && !noticed) conditions.insert("nothing_to_cite");
  if (incident.status == IncidentStatus::Claimed || !incident.verified || incident.unsure || incident.links.empty()) {
    if (!noticed) conditions.insert("unconfirmed");
  }
}

/// A form that investigators opened for this incident, and that is not known to be closed.
bool open_form(const Incident& incident, PartialDate today) {
  return std::any_of(incident.complaint_forms.begin(), incident.complaint_forms.end(), [&](const ComplaintForm& form) {
    return !form.closed.known() || today.first_day() <= form.closed.last_day();
  });
}

void weigh_incident(Situation& situation) {
  const Incident& incident = *situation.incident;
  Conditions& conditions = situation.conditions;
  if (incident.disputed) conditions.insert("disputed");
  if (incident.status == IncidentStatus::Corrected) conditions.insert("corrected");
  if (!incident.country.empty() && incident.country != "FR") conditions.insert("foreign");
  if (open_form(incident, situation.today())) conditions.insert("complaint_form");
  if (!incident.links.empty()) {
    conditions.insert("sources");
    if (std::all_of(incident.links.begin(), incident.links.end(),
                    [](const SourceLink& link) { return link.kind == LinkKind::Tracker; })) {
      conditions.insert("tracker_only");
    }
  }
  // A decision has an amount or a number; "notification" or "inquiry opened" decides nothing.
  if (std::any_of(incident.actions.begin(), incident.actions.end(), [](const AuthorityAction& action) {
        return fold(action.authority) == "cnil" && (action.amount_eur.has_value() || !action.reference.empty());
      })) {
    conditions.insert("decided");
  }
}

/// How long ago it happened, counted from the last day it can have.
void weigh_age(Situation& situation, const Rules& rules) {
  PartialDate at = incident_date(*situation.incident);
  if (situation.incident->incident.to.known()) at = situation.incident->incident.to;
  if (!at.known()) return;
  for (const NamedDelay& row : rules.delays) {
    const auto end = add_months(at.last_day(), row.delay.months) + std::chrono::days{row.delay.days};
    if (situation.today().first_day() > end) situation.conditions.insert(older("incident", row.id));
  }
}

}  // namespace

void weigh(Situation& situation, const Rules& rules) {
  weigh_body(situation);
  if (situation.incident == nullptr) {
    situation.conditions.insert("no_incident");
  } else {
    weigh_categories(situation);
    weigh_incident(situation);
    weigh_standing(situation);
    weigh_age(situation, rules);
  }
  weigh_hit(situation);
  weigh_tie(situation, rules);
  weigh_losses(situation);
}

}  // namespace vigifuite::letters
