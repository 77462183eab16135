// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/match.hpp"

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

std::string several(std::string_view name, const std::vector<const Organisation*>& bodies, Language language) {
  const std::string quoted(name);
  return language == Language::French
             ? "« " + quoted + " » désigne plusieurs organismes : " + listed(bodies) +
                   ". Écrivez l'identifiant entre parenthèses."
             : "\"" + quoted + "\" denotes several bodies: " + listed(bodies) + ". Write the id in brackets.";
}

std::string unknown(std::string_view name, const std::vector<const Organisation*>& near, Language language) {
  const std::string quoted(name);
  const bool french = language == Language::French;
  std::string text = french ? "Organisme inconnu : « " + quoted + " »." : "Unknown body: \"" + quoted + "\".";
  if (!near.empty())
    text += (french ? " Vouliez-vous dire : " : " Did you mean: ") + listed(near) + (french ? " ?" : "?");
  return text + (french ? " La liste : vigifuite organisations." : " The list: vigifuite organisations.");
}

/// Resolves one tie; says what is wrong, or nothing.
std::string resolve_tie(OrganisationRef& ref, const Vocabulary& vocabulary, Language language) {
  if (!ref.id.empty()) {
    return vocabulary.organisation(ref.id) != nullptr
               ? std::string()
               : unknown(ref.id, vocabulary.near(ref.id, kSuggestions), language);
  }
  if (const Organisation* body = vocabulary.resolve(ref.name, ref.domain)) {
    ref.id = body->id;
    return {};
  }
  if (const auto bodies = vocabulary.homonyms(ref.name); !bodies.empty()) return several(ref.name, bodies, language);
  const LocalBody local = vocabulary.local_body(ref.name);
  if (local.kind == nullptr) {
    const std::string& shown = ref.name.empty() ? ref.domain : ref.name;
    return unknown(shown, vocabulary.near(shown, kSuggestions), language);
  }
  if (local.place.empty()) ref.id = local.kind->id;  // "mairie": the kind, whichever it is
  return {};
}

}  // namespace

Status resolve(Profile& profile, const Vocabulary& vocabulary, Language language) {
  std::string first;
  for (Tie& tie : profile.ties) {
    std::string wrong = resolve_tie(tie.organisation, vocabulary, language);
    if (first.empty()) first = std::move(wrong);
  }
  if (!first.empty()) return fail(ErrorKind::Config, std::move(first));
  return Done{};
}

}  // namespace vigifuite::match
