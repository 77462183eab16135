// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <bit>
#include <numeric>

#include "schemas/organisation_codec.hpp"
#include "schemas/vocabulary_impl.hpp"

namespace vigifuite {
namespace {

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

/// "ex pole emploi" -> "pole emploi".
std::string_view without_former(std::string_view folded) noexcept {
  for (const std::string_view word : {"l ex", "ex", "anciennement", "ancien", "ancienne"}) {
    if (strip_first(folded, word)) break;
  }
  return folded;
}

/// "France Travail (Dump #2)" -> "France Travail", "Urssaf — DPAE" -> "Urssaf": what follows a name in brackets or
/// after a dash says more of the leak or of the service, never another body.
std::string_view without_detail(std::string_view name) noexcept {
  auto cut = std::string_view::npos;
  for (const std::string_view mark : {" (", " [", " — ", " – ", " - ", " #"}) cut = std::min(cut, name.find(mark));
  return cut == std::string_view::npos || cut == 0 ? name : name.substr(0, cut);
}

/// The SIREN that a name is when it is a number: nine digits, or the first nine of the fourteen of a SIRET.
std::string siren_in(std::string_view name) {
  std::string digits;
  for (const char c : name) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c != ' ')
      return {};
  }
  if (digits.size() != 9 && digits.size() != 14) return {};
  digits.resize(9);
  return is_siren(digits) ? digits : std::string{};
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

std::string host_in(std::string_view domain) {
  if (const auto scheme = domain.find("://"); scheme != std::string_view::npos) domain.remove_prefix(scheme + 3);
  const auto ends = [](char c) { return c == '/' || c == ':' || c == '?' || c == '#'; };
  domain =
      domain.substr(0, static_cast<std::size_t>(std::find_if(domain.begin(), domain.end(), ends) - domain.begin()));
  std::string host(clip(domain, 253));
  for (char& c : host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return host.starts_with("www.") ? host.substr(4) : host;
}

std::string_view without_forms(std::string_view folded, bool articles_too) noexcept {
  if (folded.find(' ') == std::string_view::npos) return folded;  // what goes is a word of its own
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
      add(tables.sirens, body.siren, index);
      if (body.is_class) tables.add_class_words(body, index);
    }
    for (const auto& [alias, homonym] : ambiguous) tables.homonyms[fold(alias)] = homonym;
    constexpr std::size_t kLeastWords = 1024;  // of 64 bits
    const auto spellings = tables.names.size() + tables.domains.size();
    tables.filter.resize(std::max(kLeastWords, std::bit_ceil(spellings / 2 + 1)));
    for (const auto* table : {&tables.full_names, &tables.names, &tables.domains}) {
      for (const auto& [words, bodies] : *table) tables.note(words);
    }
    for (const auto& [words, homonym] : tables.homonyms) tables.note(words);
  });
  return name_tables;
}

const Homonym* Vocabulary::Impl::homonym(std::string_view name) const {
  const std::string asked = fold(clip(name, kMaxName));
  for (const std::string_view spelling : {std::string_view(asked), without_forms(asked, true)}) {
    if (const auto found = names().homonyms.find(spelling); found != names().homonyms.end()) return &found->second;
  }
  return nullptr;
}

std::vector<BodyIndex> Vocabulary::Impl::bodies_spelt(std::string_view spelt, Speaker speaker) const {
  const NameTables& tables = names();
  std::size_t before = 0;  // each spelling is the one before it, or a part of it
  for (const std::string_view spelling : {spelt, without_forms(spelt, false), without_forms(spelt, true)}) {
    if (spelling.size() == before) continue;
    before = spelling.size();
    if (!tables.may_have(spelling)) continue;
    if (const auto found = tables.full_names.find(spelling); found != tables.full_names.end()) return found->second;
    if (const auto found = tables.homonyms.find(spelling); found != tables.homonyms.end()) {
      const auto& [bodies, for_people, tell] = found->second;
      if (!for_people) return bodies;
      return {speaker == Speaker::Person ? *for_people : bodies.front()};
    }
    if (const auto found = tables.names.find(spelling); found != tables.names.end()) {
      // What a source calls by the acronym of a body that is no more is most likely something else: "RSI".
      const bool gone = found->second.size() == 1 && organisations[found->second.front()].existed.to.known();
      return gone && speaker == Speaker::Source ? std::vector<BodyIndex>{} : found->second;
    }
  }
  return {};
}

std::vector<BodyIndex> Vocabulary::Impl::bodies_named(std::string_view name, Speaker speaker) const {
  if (const std::uint64_t* id = ids.find(name)) return {static_cast<BodyIndex>(*id)};
  if (name.size() > kMaxName) return {};
  const std::string whole = fold(name);
  if (auto found = bodies_spelt(whole, speaker); !found.empty()) return found;
  if (const std::string_view former = without_former(whole); former.size() != whole.size()) {
    if (auto found = bodies_spelt(former, speaker); !found.empty()) return found;
  }
  if (const std::string_view bare = without_detail(name); bare.size() != name.size()) {
    auto found = bodies_spelt(fold(bare), speaker);
    const auto is_class = [this](BodyIndex index) { return organisations[index].is_class; };
    if (std::none_of(found.begin(), found.end(), is_class) && !found.empty())
      return found;  // "CAF - Gironde" is a local body
  }
  const std::string siren = siren_in(name);
  if (const auto found = names().sirens.find(siren); !siren.empty() && found != names().sirens.end())
    return found->second;
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

const Organisation* Vocabulary::Impl::body_for(std::string_view name, std::string_view domain, Speaker speaker) const {
  const auto named = bodies_named(name, speaker);
  if (named.size() == 1) return &organisations[named.front()];
  const bool name_is_host =
      domain.empty() && name.find('.') != std::string_view::npos && name.find(' ') == std::string_view::npos;
  const auto at = bodies_at(name_is_host ? name : domain);
  if (at.size() != 1) return nullptr;
  const bool among = named.empty() || std::find(named.begin(), named.end(), at.front()) != named.end();
  return among ? &organisations[at.front()] : nullptr;
}

const Organisation* Vocabulary::resolve(std::string_view name, std::string_view domain) const {
  return impl_->body_for(name, domain, Impl::Speaker::Source);
}

const Organisation* Vocabulary::resolve_for_person(std::string_view name, std::string_view domain) const {
  return impl_->body_for(name, domain, Impl::Speaker::Person);
}

Text Vocabulary::taken_as(std::string_view name) const {
  const Homonym* homonym = impl_->ids.find(name) == nullptr ? impl_->homonym(name) : nullptr;
  return homonym != nullptr && homonym->for_people ? homonym->tell : Text{};
}

std::vector<const Organisation*> Vocabulary::homonyms(std::string_view name) const {
  std::vector<const Organisation*> bodies;
  const auto named = impl_->bodies_named(name, Impl::Speaker::Source);
  if (named.size() < 2) return bodies;
  for (const BodyIndex index : named) bodies.push_back(&impl_->organisations[index]);
  return bodies;
}

std::vector<const Organisation*> Vocabulary::near(std::string_view name, std::size_t at_most) const {
  const std::string folded = fold(clip(name, kMaxName));
  const std::string asked(clip(without_forms(folded, true), 64));
  std::vector<const Organisation*> bodies;
  if (asked.empty()) return bodies;
  std::vector<std::pair<int, BodyIndex>> found;
  std::vector<int> best(impl_->organisations.size(), kNotNear);
  const auto consider = [&](std::string_view spelling, const std::vector<BodyIndex>& indices) {
    const int score = nearness(asked, without_forms(spelling, true));
    for (const BodyIndex index : indices) best[index] = std::min(best[index], score);
  };
  for (const auto& [spelling, indices] : impl_->names().names) consider(spelling, indices);
  for (const auto& [spelling, homonym] : impl_->names().homonyms) consider(spelling, homonym.bodies);
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
