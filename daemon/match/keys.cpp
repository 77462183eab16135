// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/keys.hpp"

#include <algorithm>

#include "daemon/match/chain.hpp"
#include "daemon/match/match.hpp"

namespace vigifuite::match {
namespace {

void sort_unique(std::vector<std::string>& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::erase(keys, std::string());
}

/// The registry row of a tie: the body, or the kind of local body it is.
const Organisation* row_of(const OrganisationRef& ref, const Vocabulary& vocabulary) {
  if (const Organisation* body = vocabulary.organisation(ref.id)) return body;
  return local_body_of(ref, vocabulary).kind;
}

}  // namespace

const Organisation* head_of(const Organisation& body, const Vocabulary& vocabulary) {
  if (!body.is_class || body.parent.empty()) return nullptr;
  const Organisation* parent = vocabulary.organisation(body.parent);
  if (parent == nullptr || parent->is_class) return nullptr;
  const bool network = parent->kind == body.kind && parent->legal_nature == LegalNature::StatePublicBody;
  return network || body.one_file_with_parent ? parent : nullptr;
}

bool leaked_at(const Incident& incident, std::string_view processor_key) {
  bool other_body = false;
  for (const OrganisationRef& ref : incident.organisations) {
    const std::string key = organisation_key(ref);
    if (key == processor_key) return true;
    other_body = true;
  }
  return !other_body && incident.organisation_classes.empty();
}

LocalBody local_body_of(const OrganisationRef& ref, const Vocabulary& vocabulary) {
  const Organisation* body = vocabulary.organisation(ref.id);
  if (body != nullptr && !body->is_class) return vocabulary.local_body(*body);
  const LocalBody named = ref.name.empty() ? LocalBody{} : vocabulary.local_body(ref.name);
  if (body == nullptr) return ref.id.empty() ? named : LocalBody{};
  return named.kind == body ? named : LocalBody{body, {}};
}

std::vector<std::string> own_keys(const OrganisationRef& ref, const Vocabulary& vocabulary) {
  std::vector<std::string> keys{organisation_key(ref)};
  const auto add = [&](const Organisation* row) {
    if (row == nullptr) return;
    keys.push_back(row->id);
    if (const Organisation* head = head_of(*row, vocabulary)) keys.push_back(head->id);
  };
  add(vocabulary.organisation(ref.id));
  add(local_body_of(ref, vocabulary).kind);
  sort_unique(keys);
  return keys;
}

std::vector<std::string> posting_keys(const Tie& tie, const Vocabulary& vocabulary) {
  std::vector<std::string> keys;
  for (const Holder& holder : holders_of(tie, vocabulary)) {
    for (std::string& key : own_keys(holder.ref, vocabulary)) keys.push_back(std::move(key));
  }
  sort_unique(keys);
  return keys;
}

std::vector<std::string> keys_for_tie(const Tie& tie, const Vocabulary& vocabulary) {
  std::vector<std::string> keys = posting_keys(tie, vocabulary);
  for (const Holder& holder : holders_of(tie, vocabulary)) {
    const Organisation* row = row_of(holder.ref, vocabulary);
    if (row == nullptr) continue;
    for (std::string& processor : processors_of(*row, tie.relation, vocabulary)) keys.push_back(std::move(processor));
  }
  sort_unique(keys);
  return keys;
}

std::vector<std::string> keys_for_incident(const Incident& incident, const Vocabulary& vocabulary) {
  std::vector<std::string> keys(incident.organisation_classes);
  for (const OrganisationRef& ref : incident.organisations) {
    keys.push_back(organisation_key(ref));
    if (const LocalBody local = local_body_of(ref, vocabulary); local.kind != nullptr) keys.push_back(local.kind->id);
  }
  for (const OrganisationRef& processor : incident.processors) {
    const std::string key = organisation_key(processor);
    keys.push_back(key);
    if (processor.id.empty() || !leaked_at(incident, key)) continue;
    for (std::string& customer : customers_of(processor.id, vocabulary)) keys.push_back(std::move(customer));
  }
  sort_unique(keys);
  return keys;
}

}  // namespace vigifuite::match
