// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/ids.hpp"

#include <algorithm>

#include "schemas/core/digest.hpp"

namespace vigifuite::index {
namespace {

/// "2024-03" of what is best known.
std::string month_of(const Incident& incident) {
  PartialDate date = incident.incident.from.known() ? incident.incident.from : incident.disclosed;
  date.day = 0;
  return date.known() ? to_string(date) : "undated";
}

}  // namespace

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::string make_id(const Incident& incident, const std::function<bool(const std::string&)>& taken) {
  std::string base;
  if (!incident.organisations.empty()) {
    const OrganisationRef& body = incident.organisations.front();
    base = slug(!body.name.empty() ? body.name : !body.id.empty() ? body.id : body.domain);
  }
  if (base.empty()) base = "incident";
  base += "-" + month_of(incident);
  if (!taken(base)) return base;
  constexpr int kTries = 20;  // a list that repeats one name must not be tried number by number
  for (int i = 2; i <= kTries; ++i) {
    std::string id = base + "-" + std::to_string(i);
    if (!taken(id)) return id;
  }
  std::string bytes = base;
  for (const SightingRef& ref : incident.sightings) bytes += '\0' + ref.source + '\0' + ref.key;
  Digest digest = digest_of(bytes);
  for (;; ++digest.high) {
    std::string id = base + "-" + std::string(hex(digest).data(), 16);
    if (!taken(id)) return id;
  }
}

}  // namespace vigifuite::index
