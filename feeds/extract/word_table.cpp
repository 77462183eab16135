// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/extract/word_table.hpp"

namespace vigifuite::feeds::extract {
namespace {

/// Singular and masculine, roughly and the same for pattern and text: "données" and "donnée" are one, so are
/// "médicales" and "médicaux". Takes and gives folded words.
std::string_view stem(std::string_view word, std::string& buffer) {
  const auto ends = [&](std::string_view tail) {
    return word.size() > tail.size() && word.substr(word.size() - tail.size()) == tail;
  };
  if (word == "ids") return word.substr(0, 2);
  if (word.size() <= 3) return word;
  if (word.size() > 4 && ends("ies")) {
    buffer.assign(word.substr(0, word.size() - 3)).push_back('y');
    return buffer;
  }
  if (word.size() > 5 && ends("aux") && !ends("eaux")) {
    buffer.assign(word.substr(0, word.size() - 2)).push_back('l');
    return buffer;
  }
  if (ends("sses") || ends("shes") || ends("ches") || ends("xes")) {
    word.remove_suffix(2);
  } else if ((ends("s") && !ends("ss")) || ends("x")) {
    word.remove_suffix(1);
  }
  while (word.size() > 3 && word.back() == 'e') word.remove_suffix(1);
  return word;
}

/// Words that may stand between the words of a pattern at '~'.
constexpr std::array<std::string_view, 52> kArticles = {
    "le",   "la",    "les",   "l",     "un",      "une",  "des",      "du",        "de",    "d",     "au",
    "aux",  "vos",   "votre", "nos",   "notre",   "leur", "leurs",    "son",       "sa",    "ses",   "ce",
    "cet",  "cette", "ces",   "mon",   "ma",      "mes",  "certains", "certaines", "a",     "en",    "the",
    "an",   "your",  "our",   "their", "his",     "her",  "its",      "this",      "these", "those", "any",
    "some", "of",    "for",   "to",    "certain", "dite", "dites",    "dit"};

}  // namespace

WordTable::WordTable() {
  for (const std::string_view word : kArticles) articles_.emplace(std::string(word), kAnyArticles);
}

std::uint32_t WordTable::number_in(Numbers& numbers, std::string_view word) {
  const auto [it, added] = numbers.try_emplace(std::string(word), next_);
  if (added) ++next_;
  return it->second;
}

std::uint32_t WordTable::number_of(std::string_view word) {
  if (word == "~") return kAnyArticles;
  if (word == "#") return kAnyNumber;
  if (word == "^") return kAnyCapital;
  if (word.starts_with('=')) return number_in(exact_, word.substr(1));
  if (word.ends_with('*')) return number_in(prefixes_, word.substr(0, word.size() - 1));
  std::string buffer;
  return number_in(stems_, stem(word, buffer));
}

void WordTable::finish() {
  for (const auto& [prefix, number] : prefixes_)
    prefixes_by_letter_[static_cast<unsigned char>(prefix.front())].emplace_back(prefix, number);
}

void WordTable::lookup(std::string_view word, std::vector<std::uint32_t>& out) const {
  if (const auto it = exact_.find(word); it != exact_.end()) out.push_back(it->second);
  std::string buffer;
  if (const auto it = stems_.find(stem(word, buffer)); it != stems_.end()) out.push_back(it->second);
  for (const auto& [prefix, number] : prefixes_by_letter_[static_cast<unsigned char>(word.front())]) {
    if (word.starts_with(prefix)) out.push_back(number);
  }
}

}  // namespace vigifuite::feeds::extract
