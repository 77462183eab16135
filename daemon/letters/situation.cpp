// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/situation.hpp"

#include <algorithm>

#include "daemon/letters/french.hpp"

namespace vigifuite::letters {
namespace {

const Organisation* find_body(const Vocabulary& vocabulary, std::string_view id, std::string_view name) {
  if (!id.empty()) {
    if (const Organisation* found = vocabulary.organisation(id)) return found;
  }
  return name.empty() ? nullptr : vocabulary.resolve(name);
}

/// The name of a body, from a ref: as the registry has it, else as the source has it.
std::string name_of_ref(const Vocabulary& vocabulary, const OrganisationRef& ref) {
  const Organisation* found = find_body(vocabulary, ref.id, ref.name);
  if (found != nullptr && (!found->is_class || ref.name.empty())) return flatten(found->name, 160);
  return flatten(ref.name.empty() ? ref.id : ref.name, 160);
}

bool one_of(std::string_view folded, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return fold(name) == folded; });
}

/// A body of which there are many (a CAF): the person's own words name it, unless they only name the kind.
Body local_body(const Organisation& registry, std::string_view as_told) {
  Body body{&registry, flatten(as_told, 160), {}, {}, false};
  const std::string folded = fold(as_told);
  const bool names_the_kind = one_of(folded, registry.aliases) || one_of(folded, registry.class_words);
  const bool is_entry = folded.empty() || folded == fold(registry.id) || folded == fold(registry.name);
  body.local_unnamed = names_the_kind || is_entry;
  if (is_entry && !names_the_kind) body.name = "l'organisme local";
  body.identity = body.name;
  if (body.local_unnamed) body.identity += " ⟦nom exact de l'organisme local dont vous dépendez⟧";
  return body;
}

Body known_body(const Organisation& registry, std::string_view as_told) {
  const std::string folded = fold(as_told);
  Body body{&registry, flatten(registry.name, 160), {}, {}, false};
  const std::string official = fold(registry.name);
  const bool is_alias = folded != official && one_of(folded, registry.aliases);
  if (is_alias && (official.starts_with(folded + " ") || folded.starts_with(official + " "))) {
    // One body of several under an entry: "Harmonie Mutuelle" of "Harmonie Mutuelle et groupe Vyv", "Free Mobile" of
    // "Free".
    body.name = flatten(as_told, 160);
  } else if (is_alias) {
    body.known_as = flatten(as_told, 160);
  }
  body.identity = body.name;
  return body;
}

/// The kind of body (a commune, a hospital) of a body that only the incident names: it says its legal nature.
const Organisation* kind_of(const Vocabulary& vocabulary, const Incident* incident, const OrganisationRef& told) {
  if (incident == nullptr || incident->organisation_classes.size() != 1) return nullptr;
  const bool named = std::any_of(incident->organisations.begin(), incident->organisations.end(),
                                 [&](const OrganisationRef& ref) { return fold(ref.name) == fold(told.name); });
  return named ? vocabulary.organisation(incident->organisation_classes.front()) : nullptr;
}

Body name_body(const Vocabulary& vocabulary, const Incident* incident, const OrganisationRef& told) {
  const Organisation* registry = find_body(vocabulary, told.id, told.name);
  if (registry == nullptr) registry = kind_of(vocabulary, incident, told);
  if (registry == nullptr) {
    const std::string name = flatten(told.name.empty() ? told.id : told.name, 160);
    return {nullptr, name, name, {}, false};
  }
  const std::string_view as_told = told.name.empty() ? std::string_view{} : std::string_view(told.name);
  return registry->is_class ? local_body(*registry, as_told) : known_body(*registry, as_told);
}

bool same_body(const Vocabulary& vocabulary, const OrganisationRef& ref, const Body& body) {
  const Organisation* found = find_body(vocabulary, ref.id, ref.name);
  if (found != nullptr && body.registry != nullptr && !found->is_class) return found == body.registry;
  return fold(ref.name) == fold(body.name) || (found != nullptr && found == body.registry);
}

/// Which body the letter is about: the one asked for, that of the tie, or the only one of the incident.
std::optional<OrganisationRef> choose_controller(const Request& request, const Tie* tie, const Vocabulary& vocabulary) {
  if (!request.controller.empty()) {
    // The person's own words for that body, when a tie has them.
    const Organisation* wanted = find_body(vocabulary, request.controller, request.controller);
    for (const Tie& each : request.profile->ties) {
      if (each.organisation.id == request.controller || (wanted != nullptr && each.organisation.id == wanted->id)) {
        return each.organisation;
      }
    }
    return wanted != nullptr ? OrganisationRef{wanted->id, {}, {}} : OrganisationRef{{}, request.controller, {}};
  }
  if (tie != nullptr) return tie->organisation;
  if (request.incident == nullptr) return std::nullopt;
  const auto& bodies = request.incident->organisations;
  return bodies.size() == 1 ? std::optional(bodies.front()) : std::nullopt;
}

void find_processors(Situation& situation) {
  const Vocabulary& vocabulary = *situation.vocabulary;
  for (const OrganisationRef& ref : situation.incident->processors) {
    if (same_body(vocabulary, ref, situation.body)) {
      situation.processors.clear();  // the person deals with the processor itself: it is her controller
      return;
    }
    situation.processors.push_back(name_of_ref(vocabulary, ref));
  }
  if (situation.processors.empty()) return;
  situation.conditions.insert("processor");
  bool certain = situation.processors.size() == 1;
  if (certain && situation.body.registry != nullptr) {
    const auto& links = situation.body.registry->processors;
    const std::string& id = situation.incident->processors.front().id;
    const auto link =
        std::find_if(links.begin(), links.end(), [&](const ProcessorLink& row) { return row.organisation == id; });
    const auto& bodies = situation.incident->organisations;
    const bool named = std::any_of(bodies.begin(), bodies.end(), [&](const OrganisationRef& ref) {
      return same_body(vocabulary, ref, situation.body);
    });
    certain = named || (link != links.end() && link->certain);
  }
  if (!certain) situation.conditions.insert("processor_unsure");
}

void find_joint(Situation& situation, const Rules& rules) {
  if (situation.body.registry == nullptr) return;
  const auto& bodies = situation.incident->organisations;
  const auto hit = [&](const std::string& id) {
    return std::any_of(bodies.begin(), bodies.end(), [&](const OrganisationRef& ref) { return ref.id == id; });
  };
  for (const JointControllers& row : rules.joint_controllers) {
    const auto& ids = row.organisations;
    if (std::find(ids.begin(), ids.end(), situation.body.registry->id) == ids.end()) continue;
    if (!std::all_of(ids.begin(), ids.end(), hit)) continue;
    for (const std::string& id : ids) {
      if (id == situation.body.registry->id) continue;
      situation.joint.push_back(name_of_ref(*situation.vocabulary, {id, {}, {}}));
    }
    situation.joint_source = row.read.source;
    situation.conditions.insert("joint");
    return;
  }
}

/// A tie with another body says nothing of this one.
void find_tie(Situation& situation) {
  const bool of_this =
      situation.tie != nullptr &&
      (situation.body.local_unnamed || same_body(*situation.vocabulary, situation.tie->organisation, situation.body));
  if (of_this || (situation.tie == nullptr && situation.incident != nullptr)) return;
  situation.tie = nullptr;
  for (const Tie& tie : situation.request->profile->ties) {
    if (same_body(*situation.vocabulary, tie.organisation, situation.body)) situation.tie = &tie;
  }
}

}  // namespace

PartialDate incident_date(const Incident& incident) {
  if (incident.incident.from.known()) return incident.incident.from;
  if (incident.incident.to.known()) return incident.incident.to;
  return incident.disclosed;
}

Situation understand(const Request& request, const Vocabulary& vocabulary, const Rules& rules) {
  Situation situation;
  situation.request = &request;
  situation.vocabulary = &vocabulary;
  situation.incident = request.incident;
  const Profile& profile = *request.profile;
  if (request.hit != nullptr && request.hit->tie < profile.ties.size()) {
    situation.tie = &profile.ties[request.hit->tie];
  } else if (request.incident == nullptr && request.controller.empty() && profile.ties.size() == 1) {
    situation.tie = &profile.ties.front();
  }
  if (request.incident != nullptr) {
    const auto notice = std::find_if(profile.notified.begin(), profile.notified.end(),
                                     [&](const ReceivedNotice& row) { return row.incident == request.incident->id; });
    if (notice != profile.notified.end()) situation.notice = &*notice;
    if (!request.notice.empty()) situation.notice_items = score_notice(request.notice);
  }
  const auto told = choose_controller(request, situation.tie, vocabulary);
  if (told) situation.body = name_body(vocabulary, request.incident, *told);
  find_tie(situation);
  weigh(situation, rules);
  if (situation.incident != nullptr && !situation.body.name.empty()) {
    find_processors(situation);
    find_joint(situation, rules);
  }
  weigh_course(situation, rules);
  return situation;
}

}  // namespace vigifuite::letters
