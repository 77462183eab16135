// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/traits.hpp"

#include <algorithm>

namespace vigifuite::index {
namespace {

constexpr std::size_t kMostKeys = 64;  ///< of each kind: the first, by hash; a sighting that names more names no one
constexpr std::size_t kMostFigures = 8;
constexpr std::size_t kMostPages = 24;

using Key = Traits::Key;
using Keys = Traits::Keys;

Key hash(char kind, std::string_view text) {
  std::string bytes(1, kind);
  bytes.append(text);
  return digest_of(bytes).low;
}

void add(Keys& keys, char kind, std::string_view text) {
  if (text.size() >= 2) keys.push_back(hash(kind, text));
}

void settle(Keys& keys, std::size_t at_most = kMostKeys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  if (keys.size() > at_most) keys.resize(at_most);
}

std::int32_t day_number(std::chrono::sys_days day) noexcept {
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

Days days_of(PartialDate from, PartialDate to) {
  if (!from.known()) return {};
  Days days{day_number(from.first_day()), day_number((to.known() ? to : from).last_day()), Days::Precision::Day};
  if (from.day == 0 || (to.known() && to.day == 0)) days.precision = Days::Precision::Month;
  if (from.month == 0) days.precision = Days::Precision::Year;
  if (days.last < days.first) days.last = days.first;
  return days;
}

/// A list whose dates must have a day writes the first for a month, and 1 January for a year.
Days loosened(Days days, PartialDate from, PartialDate to) {
  if (!days.to_the_day() || from.day != 1 || to.known()) return days;
  return days_of({from.year, static_cast<std::uint8_t>(from.month == 1 ? 0 : from.month), 0}, {});
}

/// "acme.com" of "www.acme.com" and "acme.co.uk" of "shop.acme.co.uk"; the label before the ending is a name.
struct Host {
  std::string_view registered;
  std::string_view label;
};

Host host_in(std::string_view domain) {
  const auto last = domain.rfind('.');
  if (last == std::string_view::npos || last == 0) return {};
  auto before = domain.rfind('.', last - 1);
  std::string_view second = domain.substr(before == std::string_view::npos ? 0 : before + 1);
  second = second.substr(0, second.find('.'));
  // "co.uk", "com.br", "gouv.fr": the name is one further to the left.
  if (second.size() <= 4 && before != std::string_view::npos && before > 0 &&
      (second == "co" || second == "com" || second == "org" || second == "net" || second == "gouv" || second == "gov" ||
       second == "asso" || second == "ac" || second == "edu")) {
    before = domain.rfind('.', before - 1);
    second = domain.substr(before == std::string_view::npos ? 0 : before + 1);
    second = second.substr(0, second.find('.'));
  }
  return {domain.substr(before == std::string_view::npos ? 0 : before + 1), second};
}

/// Letters and digits of an ASCII host name: "le-slip" -> "leslip".
std::string compact(std::string_view label) {
  std::string out;
  for (const char c : label) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out.push_back(c);
  }
  return out;
}

bool is_host(std::string_view name) noexcept {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || name.find(' ') != std::string_view::npos) return false;
  const std::string_view ending = name.substr(dot + 1);
  return ending.size() >= 2 && ending.size() <= 12 && std::all_of(ending.begin(), ending.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

void add_host(Traits& traits, std::string_view written) {
  std::string host = lower(written);
  if (const auto scheme = host.find("://"); scheme != std::string::npos) host.erase(0, scheme + 3);
  host.resize(std::min(host.find_first_of("/:?#"), host.size()));
  if (host.starts_with("www.")) host.erase(0, 4);
  const Host parts = host_in(host);
  add(traits.whole, 'd', parts.registered);
  add(traits.whole, 'n', compact(parts.label));
}

/// "Acme #2" -> 2, and the name without it.
std::uint8_t take_number(std::string& name) {
  const auto mark = name.find('#');
  if (mark == std::string::npos || mark + 1 >= name.size()) return 0;
  const char digit = name[mark + 1];
  if (digit < '1' || digit > '9' || (mark + 2 < name.size() && name[mark + 2] >= '0' && name[mark + 2] <= '9'))
    return 0;
  name.erase(mark, 2);
  return static_cast<std::uint8_t>(digit - '0');
}

/// Whether a word may be the acronym of a name: its letters stand in it in their order, from the first on.
bool abbreviates(std::string_view acronym, std::string_view name) noexcept {
  constexpr std::size_t kLongestAcronym = 10;
  if (acronym.size() < 2 || acronym.size() > kLongestAcronym || name.find(' ') == std::string_view::npos) return false;
  if (acronym.front() != name.front()) return false;
  std::size_t at = 0;
  for (const char letter : acronym) {
    at = name.find(letter, at);
    if (at == std::string_view::npos) return false;
    ++at;
  }
  return true;
}

/// The keys of one body, by its name as written.
class NameReader {
 public:
  NameReader(Traits& traits, const Vocabulary& vocabulary, const MergeWords& words)
      : traits_(traits), vocabulary_(vocabulary), words_(words) {}

  /// The name of a body, or of the incident itself.
  void read(std::string_view written) {
    acronyms_.clear();
    std::string name(written);
    traits_.times_in_list = std::max(traits_.times_in_list, take_number(name));
    if (name.find('(') != std::string::npos)
      add(traits_.bare, 'w', words_.sorted(words_.without_additions(fold(name))));
    std::string outside;
    std::string_view rest = name;
    while (!rest.empty()) {
      const auto open = rest.find('(');
      outside.append(rest.substr(0, open)).push_back(' ');
      if (open == std::string_view::npos) break;
      const auto close = std::min(rest.find(')', open), rest.size());
      read_inside(rest.substr(open + 1, close - open - 1));
      rest.remove_prefix(std::min(close + 1, rest.size()));
    }
    read_outside(outside);
    const std::string folded = fold(outside);
    for (const std::string& acronym : acronyms_) {
      if (abbreviates(acronym, folded)) add(traits_.bare, 'n', acronym);
    }
  }

 private:
  void read_outside(std::string_view name) {
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (is_host(name)) {
      if (const Organisation* body = vocabulary_.resolve(name)) add(traits_.whole, 'i', body->id);
      return add_host(traits_, name);
    }
    const std::string all = fold(name);
    const std::string_view folded = without_processor(words_.without_additions(all));
    if (const Organisation* body = vocabulary_.resolve(folded)) add(traits_.whole, 'i', body->id);
    add(traits_.whole, 'n', words_.whole(folded));
    add(traits_.bare, 'n', words_.bare(folded));
    add(traits_.bare, 'w', words_.sorted(folded));
    add(traits_.shortened, 'n', words_.shortened(folded));
    const auto bodies = words_.bodies(name);
    if (bodies.size() < 2) return;
    for (const std::string_view body : bodies) read_part(words_.without_additions(fold(body)));
  }

  /// "Ville d'Orléans, billetterie Vivaticket": what follows such a word names a processor.
  std::string_view without_processor(std::string_view folded) {
    for (std::size_t at = folded.find(' '); at != std::string_view::npos; at = folded.find(' ', at + 1)) {
      const std::string_view through = words_.through(folded.substr(at + 1));
      if (through.empty()) continue;
      read_processor(through);
      return folded.substr(0, at);
    }
    return folded;
  }

  void read_inside(std::string_view name) {
    const std::string folded = fold(name);
    if (const auto through = words_.through(folded); !through.empty()) return read_processor(through);
    if (without_processor(folded).size() != folded.size()) return;
    for (const std::string_view body : words_.bodies(name)) read_part(fold(body));
    if (folded.find(' ') == std::string::npos) acronyms_.push_back(folded);
  }

  void read_part(std::string_view folded) {
    if (const Organisation* body = vocabulary_.resolve(folded)) add(traits_.parts, 'i', body->id);
    add(traits_.parts, 'n', words_.bare(folded));
  }

  void read_processor(std::string_view folded) {
    if (const Organisation* body = vocabulary_.resolve(folded)) add(traits_.processors, 'i', body->id);
    add(traits_.processors, 'n', words_.bare(folded));
  }

  Traits& traits_;
  const Vocabulary& vocabulary_;
  const MergeWords& words_;
  std::vector<std::string> acronyms_;
};

void read_bodies(Traits& traits, const Sighting& sighting, const Vocabulary& vocabulary, const MergeWords& words) {
  constexpr std::size_t kLongestName = 80;  // a longer title is a sentence
  NameReader reader(traits, vocabulary, words);
  for (const OrganisationRef& ref : sighting.organisations) {
    if (!ref.id.empty()) add(traits.whole, 'i', ref.id);
    if (!ref.name.empty()) reader.read(ref.name);
    if (!ref.domain.empty()) add_host(traits, ref.domain);
  }
  if (sighting.organisations.empty()) {
    for (const std::string& kind : sighting.organisation_classes) add(traits.whole, 'i', kind);
  }
  traits.processor_stated = !sighting.processors.empty();
  for (const OrganisationRef& ref : sighting.processors) {
    if (!ref.id.empty()) add(traits.processors, 'i', ref.id);
    if (!ref.name.empty()) add(traits.processors, 'n', words.bare(fold(ref.name)));
  }
  // A catalogue's title is the name it gives the incident; elsewhere it is a headline.
  const std::string& title = sighting.title.fr.empty() ? sighting.title.en : sighting.title.fr;
  if (!sighting.preferred_id.empty() && title.size() <= kLongestName) reader.read(title);
}

/// An address as it is compared: without scheme, "www.", fragment and last slash. Empty for a site's first page, which
/// says nothing of one event.
std::string page_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find('#'));
  while (url.ends_with('/')) url.remove_suffix(1);
  if (url.starts_with("www.")) url.remove_prefix(4);
  return url.find('/') == std::string_view::npos ? std::string() : std::string(url);
}

void read_pages(Traits& traits, const Sighting& sighting) {
  const auto take = [&](const std::string& url) {
    if (const std::string page = page_of(url); !page.empty()) traits.links.push_back(hash('u', page));
  };
  take(sighting.url);
  for (const SourceLink& link : sighting.links) take(link.url);
  for (const PeopleFigure& figure : sighting.people) take(figure.source);
  for (const AuthorityAction& action : sighting.actions) take(action.source);
  settle(traits.links, kMostPages);
}

std::uint8_t times_in(const Sighting& sighting, const MergeWords& words) {
  std::uint8_t times = 0;
  for (const std::string* text : {&sighting.title.fr, &sighting.title.en, &sighting.summary.fr, &sighting.summary.en}) {
    if (!text->empty()) times = std::max(times, words.times(fold(*text)));
  }
  return times;
}

}  // namespace

Traits TraitsReader::read(const Sighting& sighting) const {
  Traits traits;
  traits.ref = {sighting.source, sighting.key};
  traits.trust = sighting.trust;
  traits.states_facts = sighting.states_facts && !sighting.correction;
  traits.unsure = sighting.unsure;
  traits.withdrawn = sighting.withdrawn;
  traits.first_seen = sighting.first_seen;
  if (!sighting.preferred_id.empty()) traits.curated = hash('c', sighting.preferred_id);
  if (sighting.country.size() == 2) {
    traits.country = static_cast<std::uint16_t>((static_cast<unsigned char>(sighting.country[0]) << 8U) |
                                                static_cast<unsigned char>(sighting.country[1]));
  }
  traits.event = days_of(sighting.incident.from, sighting.incident.to);
  traits.event_at_least = traits.event;
  if (traits.curated == 0) traits.event_at_least = loosened(traits.event, sighting.incident.from, sighting.incident.to);
  traits.told = days_of(sighting.disclosed, {});
  if (!traits.states_facts) return traits;
  read_bodies(traits, sighting, vocabulary_, words_);
  for (Keys* keys : {&traits.whole, &traits.bare, &traits.parts, &traits.shortened, &traits.processors}) settle(*keys);
  const auto known = [&](Key key) { return std::binary_search(traits.whole.begin(), traits.whole.end(), key); };
  std::erase_if(traits.bare, known);
  std::erase_if(traits.parts, known);
  read_pages(traits, sighting);
  for (const PeopleFigure& figure : sighting.people) traits.people.push_back(figure.count);
  std::sort(traits.people.begin(), traits.people.end());
  traits.people.erase(std::unique(traits.people.begin(), traits.people.end()), traits.people.end());
  if (traits.people.size() > kMostFigures)
    traits.people.erase(traits.people.begin(), traits.people.end() - kMostFigures);
  traits.times = times_in(sighting, words_);
  return traits;
}

Keys blocks_of(const Traits& traits) {
  Keys keys;
  for (const Keys* some :
       {&traits.whole, &traits.bare, &traits.parts, &traits.shortened, &traits.processors, &traits.links}) {
    keys.insert(keys.end(), some->begin(), some->end());
  }
  settle(keys, 6 * kMostKeys);
  return keys;
}

}  // namespace vigifuite::index
