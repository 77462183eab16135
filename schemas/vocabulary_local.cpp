// SPDX-License-Identifier: AGPL-3.0-or-later
// Names of local bodies: "CHU de Rennes" is one of those that a row of the registry stands for, and a place.
#include <algorithm>

#include "schemas/vocabulary_impl.hpp"

namespace vigifuite {
namespace {

bool is_joint(std::string_view word) noexcept {
  constexpr std::string_view kJoints[] = {"de", "du", "des", "d", "la", "le", "les", "l"};
  return std::find(std::begin(kJoints), std::end(kJoints), word) != std::end(kJoints);
}

std::string_view last_word(std::string_view text) noexcept {
  const auto space = text.rfind(' ');
  return space == std::string_view::npos ? text : text.substr(space + 1);
}

std::string_view first_word(std::string_view text) noexcept {
  return text.substr(0, text.find(' '));
}

std::string bare_place(std::string_view place) {
  while (place.find(' ') != std::string_view::npos && is_joint(first_word(place))) {
    place.remove_prefix(place.find(' ') + 1);
  }
  return std::string(is_joint(place) ? std::string_view{} : place);
}

/// A local body by the words its name begins with ("CHU de") or ends with ("Métropole").
LocalBody by_words(std::string_view folded, const Vocabulary::Impl& impl) {
  const auto& words = impl.names().class_words;
  const auto body = [&](const ClassWord& word) { return &impl.organisations[word.body]; };
  if (const auto whole = words.find(folded); whole != words.end()) return {body(whole->second), {}};
  for (std::size_t cut = folded.rfind(' '); cut != std::string::npos && cut > 0; cut = folded.rfind(' ', cut - 1)) {
    const auto found = words.find(folded.substr(0, cut));
    const std::string_view place = folded.substr(cut + 1);
    if (found != words.end() && (found->second.open || is_joint(first_word(place)))) {
      return {body(found->second), bare_place(place)};
    }
  }
  for (std::size_t cut = folded.find(' '); cut != std::string::npos; cut = folded.find(' ', cut + 1)) {
    const std::string_view end = folded.substr(cut + 1);  // "Nantes Métropole", "Sorbonne Université"
    if (const auto found = words.find(end); found != words.end() && end.size() > 4 && !is_joint(last_word(end))) {
      return {body(found->second), bare_place(folded.substr(0, cut))};
    }
  }
  return {};
}

}  // namespace

void NameTables::add_class_words(const Organisation& body, BodyIndex index) {
  std::vector<std::string> words;
  for (const std::string& word : body.class_words) words.push_back(fold(word));
  for (const std::string& word : body.aliases) words.push_back(fold(word));
  const auto has = [&](const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  for (const std::string& word : words) {
    // Short words mean other things too ("RSA Security"): alone or before "de", unless "CHU de" stands beside "CHU".
    const bool open = word.size() > 4 || is_joint(last_word(word)) || has(word + " de");
    if (!word.empty()) class_words.try_emplace(word, ClassWord{index, open});
  }
}

LocalBody Vocabulary::local_body(const Organisation& body) const {
  if (body.is_class) return {&body, {}};
  const Organisation* kind = organisation(body.member_of);
  if (kind == nullptr) return {};
  const std::string folded = fold(body.name);
  LocalBody named = by_words(without_forms(folded, true), *impl_);
  return named.kind == kind ? named : LocalBody{kind, fold(body.name)};
}

LocalBody Vocabulary::local_body(std::string_view name) const {
  if (name.size() > kMaxName) return {};
  const auto named = impl_->bodies_named(name, Impl::Speaker::Person);
  if (named.size() == 1) return local_body(impl_->organisations[named.front()]);
  if (!named.empty()) return {};
  const std::string folded = fold(name);
  return by_words(without_forms(folded, true), *impl_);
}

}  // namespace vigifuite
