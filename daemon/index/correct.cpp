// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/correct.hpp"

#include <algorithm>
#include <charconv>

namespace vigifuite::index {
namespace {

bool has(const std::vector<CorrectedField>& fields, CorrectedField field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

void correct_status(Incident& incident, IncidentStatus status) {
  incident.status = status;
  if (status != IncidentStatus::Retracted) incident.unsure = false;
  if (status == IncidentStatus::Confirmed || status == IncidentStatus::Corrected) incident.verified = true;
}

void correct_categories(Incident& incident, const Sighting& by, const Correction& correction) {
  incident.exposed = incident.exposed - correction.unsaid;
  incident.not_exposed = incident.not_exposed - correction.unsaid;
  if (has(correction.whole, CorrectedField::Exposed)) incident.exposed = {};
  if (has(correction.whole, CorrectedField::NotExposed)) incident.not_exposed = {};
  incident.exposed = (incident.exposed - by.not_exposed) | by.exposed;
  incident.not_exposed = (incident.not_exposed - by.exposed) | by.not_exposed;
  if (by.exposed.empty() && by.not_exposed.empty()) return;
  incident.claims.insert(incident.claims.begin(),
                         {by.source, by.trust, date_of(by.first_seen), by.exposed, by.not_exposed});
}

void correct_one(Incident& incident, const Sighting& by, CorrectedField field) {
  switch (field) {
    case CorrectedField::State: return correct_status(incident, by.status);
    case CorrectedField::People: incident.people = by.people; return;
    case CorrectedField::Exposed:
    case CorrectedField::NotExposed: return;  // together: see correct_categories
    case CorrectedField::Organisation:
      incident.organisations = by.organisations;
      incident.organisation_classes = by.organisation_classes;
      incident.public_service = by.public_service;
      return;
    case CorrectedField::Processor: incident.processors = by.processors; return;
    case CorrectedField::From: incident.incident.from = by.incident.from; return;
    case CorrectedField::To: incident.incident.to = by.incident.to; return;
    case CorrectedField::Disclosed: incident.disclosed = by.disclosed; return;
    case CorrectedField::Title: incident.title = by.title; return;
    case CorrectedField::Summary: incident.summary = by.summary; return;
  }
}

CorrectionNote note_of(const Sighting& by) {
  CorrectionNote note{correction_number(by.key), by.first_seen, by.correction->fields, by.correction->because, {}, {}};
  if (!by.withdrawn) return note;
  note.withdrawn_at = by.last_changed;
  note.withdrawn_because = by.correction->withdrawn_because;
  return note;
}

}  // namespace

std::uint32_t correction_number(std::string_view key) noexcept {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
  return error == std::errc() && end == key.data() + key.size() ? number : 0;
}

void apply_corrections(Incident& incident, std::vector<Sighting> corrections) {
  std::sort(corrections.begin(), corrections.end(), [](const Sighting& a, const Sighting& b) {
    const auto a_number = correction_number(a.key), b_number = correction_number(b.key);
    return a_number != b_number ? a_number < b_number : a.key < b.key;
  });
  for (const Sighting& by : corrections) {
    if (!by.correction) continue;
    incident.corrections.push_back(note_of(by));
    if (by.withdrawn) continue;
    correct_categories(incident, by, *by.correction);
    for (const CorrectedField field : by.correction->fields) correct_one(incident, by, field);
  }
}

}  // namespace vigifuite::index
