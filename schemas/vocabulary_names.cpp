// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include "schemas/vocabulary_impl.hpp"

namespace vigifuite {
namespace {

constexpr std::size_t kMaxName = 300;  // longer ones are sentences, not names

constexpr std::string_view kArticles[] = {"la", "le", "les", "l"};
constexpr std::string_view kLegalForms[] = {"sa",   "sas", "sasu", "sarl", "eurl",  "sca",    "snc",
                                            "epic", "epa", "scop", "s a",  "s a s", "s a r l"};

bool strip_first(std::string_view& text, std::string_view word) noexcept {
  if (text.size() <= word.size() || text[word.size()] != ' ' || !text.starts_with(word)) return false;
  text.remove_prefix(word.size() + 1);
  return true;
}

bool strip_last(std::string_view& text, std::string_view word) noexcept {
  if (text.size() <= word.size() || text[text.size() - word.size() - 1] != ' ' || !text.ends_with(word)) return false;
  text.remove_suffix(word.size() + 1);
  return true;
}

void add(ByWords<std::vector<BodyIndex>>& table, std::string_view name, BodyIndex body) {
  if (name.empty()) return;
  auto& bodies = table[std::string(name)];
  if (bodies.empty() || bodies.back() != body) bodies.push_back(body);
}

/// A name as written, and without its article when enough is left of it ("la mutuelle générale", not "la poste").
void add_name(NameTables& tables, std::string_view name, BodyIndex body) {
  const std::string folded = fold(name);
  add(tables.names, folded, body);
  const std::string_view bare = without_forms(folded, true);
  if (bare.size() != folded.size() && bare.find(' ') != std::string_view::npos) add(tables.names, bare, body);
}

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

void add_class_words(NameTables& tables, const Organisation& body, BodyIndex index) {
  std::vector<std::string> words;
  for (const std::string& word : body.class_words) words.push_back(fold(word));
  for (const std::string& word : body.aliases) words.push_back(fold(word));
  const auto has = [&](const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  for (const std::string& word : words) {
    // Short words mean other things too ("RSA Security"): alone or before "de", unless "CHU de" stands beside "CHU".
    const bool open = word.size() > 4 || is_joint(last_word(word)) || has(word + " de");
    if (!word.empty()) tables.class_words.try_emplace(word, ClassWord{index, open});
  }
}

std::string bare_place(std::string_view place) {
  while (place.find(' ') != std::string_view::npos && is_joint(first_word(place))) {
    place.remove_prefix(place.find(' ') + 1);
  }
  return std::string(is_joint(place) ? std::string_view{} : place);
}

/// Host name in lower case, without scheme, "www.", port and path.
std::string host_in(std::string_view domain) {
  if (const auto scheme = domain.find("://"); scheme != std::string_view::npos) domain.remove_prefix(scheme + 3);
  domain = domain.substr(0, domain.find_first_of("/:?#"));
  std::string host(clip(domain, 253));
  for (char& c : host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return host.starts_with("www.") ? host.substr(4) : host;
}

/// Damerau-Levenshtein distance (adjacent letters swapped count once), or `limit` + 1 when above `limit`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if ((a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()) > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
      least = std::min(least, now[j]);
    }
    if (least > limit) return limit + 1;
    before.swap(last);
    last.swap(now);
  }
  return std::min(last[b.size()], limit + 1);
}

constexpr int kNotNear = 100;

/// How near a name is to what was asked, 0 the same; kNotNear when it is not.
int nearness(std::string_view asked, std::string_view name) {
  if (asked == name) return 0;
  if (name.starts_with(asked)) return asked.size() >= 2 ? 1 : kNotNear;
  const std::string inside = " " + std::string(name) + " ";
  if (asked.size() >= 3 && inside.find(" " + std::string(asked)) != std::string::npos) return 2;
  const std::size_t limit = asked.size() < 4 ? 0 : asked.size() < 7 ? 1 : 2;
  if (limit == 0) return kNotNear;
  const std::size_t whole = distance(asked, name, limit);
  if (whole <= limit) return 3 + static_cast<int>(whole);
  if (asked.starts_with(name) && asked[name.size()] == ' ' && name.size() >= 3) return 6;  // "pole emploi lyon"
  return kNotNear;
}

}  // namespace

std::string_view without_forms(std::string_view folded, bool articles_too) noexcept {
  // All of them are, or begin and end with, words of at most four letters: most names have none at either end.
  constexpr std::size_t kLongest = 4;
  const std::size_t first = folded.find(' ');
  if (first == std::string_view::npos || (first > kLongest && last_word(folded).size() > kLongest)) return folded;
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view form : kLegalForms) again |= strip_last(folded, form) || strip_first(folded, form);
  }
  if (articles_too) {
    for (const std::string_view article : kArticles) {
      if (strip_first(folded, article)) break;
    }
  }
  return folded;
}

void NameTables::note(std::string_view words) noexcept {
  const std::size_t hash = WordsHash{}(words);
  filter[(hash >> 6U) % filter.size()] |= std::uint64_t{1} << (hash & 63U);
}

bool NameTables::may_have(std::string_view words) const noexcept {
  const std::size_t hash = WordsHash{}(words);
  return (filter[(hash >> 6U) % filter.size()] >> (hash & 63U) & 1U) != 0;
}

const NameTables& Vocabulary::Impl::names() const {
  std::call_once(names_once, [this] {
    NameTables& tables = name_tables;
    for (std::size_t i = 0; i < organisations.size(); ++i) {
      const Organisation& body = organisations[i];
      const auto index = static_cast<BodyIndex>(i);
      add(tables.full_names, fold(body.name), index);
      add_name(tables, body.name, index);
      add_name(tables, body.id, index);
      for (const std::string& alias : body.aliases) add_name(tables, alias, index);
      for (const FormerName& former : body.former_names) add_name(tables, former.name, index);
      for (const std::string& domain : body.domains) add(tables.domains, host_in(domain), index);
      if (body.is_class) add_class_words(tables, body, index);
    }
    for (const auto& [alias, bodies] : ambiguous) tables.homonyms[fold(alias)] = bodies;
    for (const auto* table : {&tables.full_names, &tables.names, &tables.domains, &tables.homonyms}) {
      for (const auto& [words, bodies] : *table) tables.note(words);
    }
  });
  return name_tables;
}

std::vector<BodyIndex> Vocabulary::Impl::bodies_named(std::string_view name) const {
  if (const std::uint64_t* id = ids.find(name)) return {static_cast<BodyIndex>(*id)};
  if (name.size() > kMaxName) return {};
  const NameTables& tables = names();
  const std::string asked = fold(name);
  for (const std::string_view spelling :
       {std::string_view(asked), without_forms(asked, false), without_forms(asked, true)}) {
    if (!tables.may_have(spelling)) continue;
    for (const auto* table : {&tables.full_names, &tables.homonyms, &tables.names}) {
      if (const auto found = table->find(spelling); found != table->end()) return found->second;
    }
  }
  return {};
}

std::vector<BodyIndex> Vocabulary::Impl::bodies_at(std::string_view domain) const {
  const NameTables& tables = names();
  const std::string host = host_in(domain);
  for (std::string_view part = host; part.find('.') != std::string_view::npos; part.remove_prefix(part.find('.') + 1)) {
    if (!tables.may_have(part)) continue;
    if (const auto found = tables.domains.find(part); found != tables.domains.end()) return found->second;
  }
  return {};
}

const Organisation* Vocabulary::resolve(std::string_view name, std::string_view domain) const {
  const auto named = impl_->bodies_named(name);
  if (named.size() == 1) return &impl_->organisations[named.front()];
  const bool name_is_host =
      domain.empty() && name.find('.') != std::string_view::npos && name.find(' ') == std::string_view::npos;
  const auto at = impl_->bodies_at(name_is_host ? name : domain);
  if (at.size() != 1) return nullptr;
  const bool among = named.empty() || std::find(named.begin(), named.end(), at.front()) != named.end();
  return among ? &impl_->organisations[at.front()] : nullptr;
}

std::vector<const Organisation*> Vocabulary::homonyms(std::string_view name) const {
  std::vector<const Organisation*> bodies;
  const auto named = impl_->bodies_named(name);
  if (named.size() < 2) return bodies;
  for (const BodyIndex index : named) bodies.push_back(&impl_->organisations[index]);
  return bodies;
}

LocalBody Vocabulary::local_body(std::string_view name) const {
  if (name.size() > kMaxName) return {};
  const auto named = impl_->bodies_named(name);
  if (named.size() == 1) {
    const Organisation& body = impl_->organisations[named.front()];
    return body.is_class ? LocalBody{&body, {}} : LocalBody{};
  }
  if (!named.empty()) return {};
  const std::string folded = fold(name);
  const auto& words = impl_->names().class_words;
  const auto body = [&](const ClassWord& word) { return &impl_->organisations[word.body]; };
  if (const auto whole = words.find(folded); whole != words.end()) return {body(whole->second), {}};
  for (std::size_t cut = folded.rfind(' '); cut != std::string::npos && cut > 0; cut = folded.rfind(' ', cut - 1)) {
    const auto found = words.find(std::string_view(folded).substr(0, cut));
    const std::string_view place = std::string_view(folded).substr(cut + 1);
    if (found != words.end() && (found->second.open || is_joint(first_word(place)))) {
      return {body(found->second), bare_place(place)};
    }
  }
  for (std::size_t cut = folded.find(' '); cut != std::string::npos; cut = folded.find(' ', cut + 1)) {
    const std::string_view end = std::string_view(folded).substr(cut + 1);  // "Nantes Métropole", "Sorbonne Université"
    if (const auto found = words.find(end); found != words.end() && end.size() > 4 && !is_joint(last_word(end))) {
      return {body(found->second), bare_place(std::string_view(folded).substr(0, cut))};
    }
  }
  return {};
}

std::vector<const Organisation*> Vocabulary::near(std::string_view name, std::size_t at_most) const {
  const std::string folded = fold(clip(name, kMaxName));
  const std::string asked(clip(without_forms(folded, true), 64));
  std::vector<const Organisation*> bodies;
  if (asked.empty()) return bodies;
  std::vector<std::pair<int, BodyIndex>> found;
  std::vector<int> best(impl_->organisations.size(), kNotNear);
  for (const auto* table : {&impl_->names().names, &impl_->names().homonyms}) {
    for (const auto& [spelling, indices] : *table) {
      const int score = nearness(asked, without_forms(spelling, true));
      for (const BodyIndex index : indices) best[index] = std::min(best[index], score);
    }
  }
  if (const Organisation* kind = class_of(name)) {
    int& score = best[static_cast<std::size_t>(kind - impl_->organisations.data())];
    score = std::min(score, 2);
  }
  for (std::size_t i = 0; i < best.size(); ++i) {
    if (best[i] < kNotNear) found.emplace_back(best[i], static_cast<BodyIndex>(i));
  }
  std::sort(found.begin(), found.end());
  for (const auto& [score, index] : found) {
    if (bodies.size() == at_most) break;
    bodies.push_back(&impl_->organisations[index]);
  }
  return bodies;
}

}  // namespace vigifuite
