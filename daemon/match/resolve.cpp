// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/match.hpp"

#include "schemas/messages.hpp"

namespace vigifuite::match {
namespace {

constexpr std::size_t kSuggestions = 5;

std::string listed(const std::vector<const Organisation*>& bodies) {
  std::string text;
  for (const Organisation* body : bodies) {
    text += (text.empty() ? "" : ", ") + body->name + " (" + body->id + ")";
  }
  return text;
}

Error several(std::string_view name, const std::vector<const Organisation*>& bodies) {
  return fail(ErrorKind::Config, Message::BodyDenotesSeveral, name, listed(bodies));
}

Error unknown(std::string_view name, const std::vector<const Organisation*>& near) {
  const Text proposed = near.empty() ? Text{} : in_both(Message::BodyDidYouMean, listed(near));
  return fail(ErrorKind::Config, Message::BodyNotKnown, name, proposed);
}

/// Resolves one tie, or says what is wrong.
Status resolve_tie(OrganisationRef& ref, const Vocabulary& vocabulary) {
  if (!ref.id.empty()) {
    if (vocabulary.organisation(ref.id) != nullptr) return Done{};
    return unknown(ref.id, vocabulary.near(ref.id, kSuggestions));
  }
  if (const Organisation* body = vocabulary.resolve_for_person(ref.name, ref.domain)) {
    ref.id = body->id;
    return Done{};
  }
  if (const auto bodies = vocabulary.homonyms(ref.name); !bodies.empty()) return several(ref.name, bodies);
  const LocalBody local = vocabulary.local_body(ref.name);
  if (local.kind == nullptr) {
    const std::string& shown = ref.name.empty() ? ref.domain : ref.name;
    return unknown(shown, vocabulary.near(shown, kSuggestions));
  }
  if (local.place.empty()) ref.id = local.kind->id;  // "mairie": the kind, whichever it is
  return Done{};
}

}  // namespace

void settle(Tie& tie, const Vocabulary& vocabulary) {
  OrganisationRef& ref = tie.organisation;
  if (!ref.id.empty() && vocabulary.organisation(ref.id) != nullptr) return;
  if (ref.name.empty()) ref.name = ref.id;
  const Organisation* body = vocabulary.resolve_for_person(ref.name, ref.domain);
  ref.id = body == nullptr ? std::string() : body->id;
}

Status resolve(Profile& profile, const Vocabulary& vocabulary) {
  Status first = Done{};
  for (Tie& tie : profile.ties) {
    Status resolved = resolve_tie(tie.organisation, vocabulary);
    if (first) first = std::move(resolved);
  }
  return first;
}

}  // namespace vigifuite::match
