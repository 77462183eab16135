// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/registers/collect.hpp"

#include <algorithm>

#include "feeds/encoding.hpp"
#include "schemas/organisation_codec.hpp"

namespace vigifuite::feeds::registers {
namespace {

constexpr std::size_t kMostSamples = 50;
constexpr std::size_t kMaxName = 300;
constexpr std::size_t kMaxText = 2000;
constexpr std::size_t kMostAliases = 200;

/// Nine digits of what may be written with spaces, or be the fourteen of a SIRET.
std::string siren_of(std::string_view written) {
  std::string digits;
  for (const char c : written) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c != ' ' && c != '\xC2' && c != '\xA0')
      return "?";
  }
  if (digits.size() == 14) digits.resize(9);
  return digits;
}

/// The host of a site that is a body's own: no path beyond its root, no space of a host that many share.
std::string own_host(std::string_view url) {
  const auto scheme = url.find("://");
  std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  const auto slash = rest.find_first_of("/?#");
  std::string_view path = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash);
  while (path.ends_with('/')) path.remove_suffix(1);
  std::string host(rest.substr(0, slash));
  std::transform(host.begin(), host.end(), host.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (host.starts_with("www.")) host.erase(0, 4);
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.'; };
  const bool good = path.empty() && host.find('.') != std::string::npos && host.size() <= 253 && host.front() != '.' &&
                    host.back() != '.' && std::all_of(host.begin(), host.end(), plain);
  return good ? host : std::string();
}

bool is_web(std::string_view url) noexcept {
  return (url.starts_with("https://") || url.starts_with("http://")) && url.find(' ') == std::string_view::npos;
}

}  // namespace

std::string postcode(std::string_view written) {
  std::string code = clean(written);
  const bool digits =
      !code.empty() && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && code.size() == 4 ? "0" + code : code;
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    if (!part.empty()) out.append(out.empty() ? "" : ", ").append(part);
  }
  return out;
}

std::string clean(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string out;
  for (const char c : valid) {
    const bool space = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  if (out == "NULL" || out == "null") out.clear();
  return std::string(clip(out, kMaxText));
}

bool looks_like_email(std::string_view text) noexcept {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos) return false;
  const std::string_view host = text.substr(at + 1);
  return text.size() <= 254 && host.find('.') != std::string_view::npos && !host.starts_with('.') &&
         !host.ends_with('.') && text.find_first_of(" ,;<>\"()[]\\") == std::string_view::npos;
}

std::string source_words(std::string_view title, const Reading& reading) {
  return std::string(title) + " (" + clean(reading.file) + ")";
}

void Collector::refuse(std::uint64_t line, Text reason) {
  ++import_.rows;
  ++import_.refused;
  if (import_.samples.size() < kMostSamples) import_.samples.push_back({line, std::move(reason)});
}

void Collector::take(Row row) {
  if (row.name.empty()) return refuse(row.line, Message::RowNoName);
  if (row.name.size() > kMaxName) return refuse(row.line, Message::RowLongName);
  row.siren = siren_of(row.siren);
  if (!row.siren.empty() && !is_siren(row.siren)) return refuse(row.line, Message::RowBadSiren, row.name);
  if (!row.email.empty() && !looks_like_email(row.email)) return refuse(row.line, Message::RowBadEmail, row.name);
  if (full()) return refuse(row.line, Message::RowTooMany);
  const std::string id = id_for(row);
  if (id.empty()) return refuse(row.line, Message::RowNoPlace, row.name);
  ++import_.rows;
  Gathered& gathered = bodies_[id];
  const bool newer = row.since >= gathered.since;
  if (gathered.body.id.empty()) {
    gathered.body.id = id;
    gathered.body.certainty = Certainty::Unverified;
    gathered.line = row.line;
    gathered.known = vocabulary_.organisation(id) != nullptr;
  }
  add_names(gathered, row);
  if (!newer) return;
  gathered.since = row.since;
  if (gathered.body.siren.empty() && (!gathered.known || vocabulary_.organisation(id)->siren.empty()))
    gathered.body.siren = row.siren;
  if (!row.siren.empty()) sirens_[row.siren] = id;
  add_site(gathered, row.url);
  add_contact(gathered, row);
}

std::string Collector::id_for(const Row& row) {
  if (!row.siren.empty()) {
    if (const auto same = sirens_.find(row.siren); same != sirens_.end()) return same->second;
    if (const Organisation* known = vocabulary_.resolve(row.siren)) return known->id;
  }
  const Organisation* known = vocabulary_.resolve(row.name);
  // A name of the registry with another number is another body of that name.
  const bool other = known != nullptr && !row.siren.empty() && !known->siren.empty() && known->siren != row.siren;
  if (known != nullptr && !known->is_class && !other) return known->id;
  if (const auto same = names_.find(fold(row.name)); same != names_.end()) {
    const std::string& siren = bodies_.at(same->second).body.siren;
    if (siren.empty() || row.siren.empty() || siren == row.siren) {
      if (bodies_.at(same->second).body.name == row.name && (row.siren.empty() == siren.empty())) return same->second;
    }
  }
  const std::string base = slug(row.name, 70);
  if (base.empty()) return {};
  for (const std::string& tail : {std::string(), row.siren, slug(row.town, 20), std::to_string(row.line)}) {
    std::string id = tail.empty() ? base : base + "-" + tail;
    if (!bodies_.contains(id) && vocabulary_.organisation(id) == nullptr && is_free(id, id)) return id;
  }
  return {};
}

bool Collector::is_free(std::string_view name, const std::string& id) const {
  const auto mine = names_.find(fold(name));
  if (mine != names_.end()) return mine->second == id;
  const Organisation* known = vocabulary_.resolve_for_person(name);
  return (known == nullptr || known->id == id) && vocabulary_.homonyms(name).empty();
}

void Collector::own(std::string_view name, const std::string& id) {
  names_.emplace(fold(name), id);
}

void Collector::add_names(Gathered& gathered, const Row& row) {
  Organisation& body = gathered.body;
  if (!gathered.known && body.name.empty()) {
    // "Mairie de Saint-Martin" is many: the town or the number says which.
    for (const std::string& name : {row.name, row.name + " (" + row.town + ")", row.name + " (" + row.siren + ")",
                                    row.name + " (" + body.id + ")"}) {
      if (name.ends_with(" ()") || !is_free(name, body.id)) continue;
      body.name = name;
      own(name, body.id);
      own(body.id, body.id);
      break;
    }
    const LocalBody local = vocabulary_.local_body(row.name);
    if (!row.member_of.empty())
      body.member_of = row.member_of;
    else if (local.kind != nullptr && !local.place.empty())
      body.member_of = local.kind->id;
  }
  for (const std::string& alias : row.aliases) {
    const bool long_enough = fold(alias).size() >= 3 && alias.size() <= kMaxName;
    if (!long_enough || body.aliases.size() >= kMostAliases || !is_free(alias, body.id) || names_.contains(fold(alias)))
      continue;
    body.aliases.push_back(alias);
    own(alias, body.id);
  }
}

void Collector::add_site(Gathered& gathered, const std::string& url) {
  if (!is_web(url)) return;
  Organisation& body = gathered.body;
  if (!gathered.known || vocabulary_.organisation(body.id)->url.empty()) body.url = url;
  const std::string host = own_host(url);
  if (host.empty() || vocabulary_.resolve("", host) != nullptr) return;
  const auto [at, first] = hosts_.emplace(host, body.id);
  if (first) {
    body.domains.push_back(host);
  } else if (at->second != body.id) {  // shared by several: it says nothing of any
    auto& others = bodies_.at(at->second).body.domains;
    std::erase(others, host);
  }
}

void Collector::add_contact(Gathered& gathered, const Row& row) {
  DpoContact& dpo = gathered.body.dpo;
  if (row.postal.empty() && row.email.empty() && row.how.empty()) return;
  dpo.postal = row.postal;
  dpo.email = row.email;
  dpo.how = row.how;
  dpo.postal_certainty = dpo.email_certainty = Certainty::Unverified;
  dpo.source = row.source.empty() ? source_ : row.source;
  dpo.read = date_;
}

Import Collector::finish() {
  for (auto& [id, gathered] : bodies_) {
    if (!gathered.known && gathered.body.name.empty()) {
      --import_.rows;
      refuse(gathered.line, Message::RowNoPlace, id);
      continue;
    }
    ++(gathered.known ? import_.known : import_.added);
    import_.bodies.push_back(std::move(gathered.body));
  }
  bodies_.clear();
  return std::move(import_);
}

}  // namespace vigifuite::feeds::registers
