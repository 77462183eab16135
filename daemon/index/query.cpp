// SPDX-License-Identifier: AGPL-3.0-or-later

// Lists. Index rows carry what most filters ask, so that without words or category only the documents of the page
// are read; words and categories are looked for in the documents themselves, one sequential pass.

#include <algorithm>
#include <tuple>

#include "daemon/index/keys.hpp"
#include "daemon/index/open_store.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::index {
namespace {

/// Whether `date`, however precise, may fall between `since` and `until` (open when unknown).
bool may_fall_between(PartialDate date, PartialDate since, PartialDate until) {
  const auto first = [](PartialDate d) { return std::tuple(d.year, d.month, d.day); };
  const auto last = [](PartialDate d) {
    return std::tuple(d.year, d.month == 0 ? std::uint8_t{12} : d.month, d.day == 0 ? std::uint8_t{31} : d.day);
  };
  if (since.known() && last(date) < first(since)) return false;
  return !until.known() || first(date) <= last(until);
}

/// For a curator: what was not read surely, and nobody said that it is no incident.
bool to_review(const RowFacts& facts) {
  return (facts.unsure || facts.doubtful) && facts.status != IncidentStatus::Retracted;
}

bool passes(const IncidentFilter& filter, const RowFacts& facts) {
  if (filter.status && facts.status != *filter.status) return false;
  if (filter.public_service && !facts.public_service) return false;
  if (!filter.unverified_too && !facts.verified) return false;
  if (filter.unsure ? !to_review(facts) : facts.unsure) return false;
  return may_fall_between(facts.date, filter.since, filter.until);
}

std::vector<std::string> folded_words(std::string_view words) {
  std::vector<std::string> out;
  const std::string folded = fold(words);
  std::string_view rest = folded;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    if (end > 0) out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

void append_text(std::string& out, JsonValue text) {
  if (text.is_string()) out.append(text.text()).push_back(' ');
  for (const auto member : text.members()) {
    const JsonValue value(member.value);
    if (value.is_string()) out.append(value.text()).push_back(' ');
  }
}

bool has_words(const std::vector<std::string>& words, const std::string& text) {
  const std::string folded = fold(text);
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return folded.find(word) != std::string::npos; });
}

/// What the words of a search are looked for in: title, summary, id, bodies by every name a person may know.
std::string searched_text(JsonValue incident, const Vocabulary& vocabulary) {
  std::string text;
  append_text(text, incident["title"]);
  append_text(text, incident["summary"]);
  append_text(text, incident["id"]);
  for (const char* group : {"organisations", "processors"}) {
    for (const auto element : incident[group].items()) {
      const JsonValue body(element);
      append_text(text, body);
      const Organisation* known = vocabulary.organisation(body["id"].text());
      if (known == nullptr) continue;
      text.append(known->name).push_back(' ');
      for (const std::string& alias : known->aliases) text.append(alias).push_back(' ');
    }
  }
  return text;
}

bool has_category(JsonValue incident, std::string_view slug) {
  for (const auto element : incident["exposed"].items()) {
    if (JsonValue(element).text() == slug) return true;
  }
  return false;
}

}  // namespace

Status OpenStore::find_by_text(const IncidentFilter& filter, IdSet& ids) const {
  const auto words = folded_words(filter.words);
  const std::string_view slug = filter.category ? std::string_view(vocabulary_.info(*filter.category).slug) : "";
  JsonParser parser;
  Status outcome = Done{};
  VIGIFUITE_TRY(database_->scan(Column::Incident, {}, false, [&](std::string_view id, std::string_view document) {
    auto json = parser.parse(document);
    if (!json) {
      outcome = in_context(in_both(Message::StorePartIncident, id), std::move(json).error());
      return false;
    }
    if (!slug.empty() && !has_category(*json, slug)) return true;
    if (words.empty() || has_words(words, searched_text(*json, vocabulary_))) ids.emplace(id);
    return true;
  }));
  return outcome;
}

Result<IncidentPage> OpenStore::incidents(const IncidentFilter& filter) const {
  IncidentPage page;
  const bool by_text = !folded_words(filter.words).empty() || filter.category.has_value();
  IdSet wanted;
  if (by_text) VIGIFUITE_TRY(find_by_text(filter, wanted));
  std::vector<std::string> ids;  // of the page, or of the organisation as date keys to be sorted
  const bool by_organisation = !filter.organisation.empty();
  const auto consider = [&](std::string_view id, const RowFacts& facts) {
    if (id.empty() || !passes(filter, facts) || (by_text && !wanted.contains(id))) return;
    if (by_organisation)
      ids.push_back(date_row_key(facts.date, id));
    else if (page.total >= filter.offset && ids.size() < filter.limit)
      ids.emplace_back(id);
    ++page.total;
  };
  bool good = true;
  const auto visit = [&](std::string_view key, std::string_view value) {
    const auto row = decode_row(value);
    if (by_organisation) {
      const auto parts = parse_organisation_row_key(key);
      if (good = row && parts; good) consider(parts->tail.empty() ? row->incident : parts->tail, row->facts);
    } else {
      const auto parts = parse_date_row_key(key);
      if (good = row && parts; good) consider(parts->incident, row->facts);
    }
    return good;
  };
  if (by_organisation) {
    if (!can_lead(filter.organisation)) return page;
    VIGIFUITE_TRY(database_->scan(Column::ByOrganisation, organisation_row_key(filter.organisation, {}), true, visit));
    std::sort(ids.begin(), ids.end());
    ids.erase(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min(filter.offset, ids.size())));
    if (ids.size() > filter.limit) ids.resize(filter.limit);
    for (std::string& id : ids) id.erase(0, id.size() - parse_date_row_key(id)->incident.size());
  } else {
    VIGIFUITE_TRY(database_->scan(Column::ByDate, {}, true, visit));
  }
  if (!good) return fail(ErrorKind::Storage, Message::StoreRowDamaged);
  for (const std::string& id : ids) {
    auto document = text(Column::Incident, id);
    if (!document) return std::move(document).error();
    if (*document) page.documents.push_back(std::move(**document));
  }
  return page;
}

Result<std::vector<std::string>> OpenStore::incidents_of(std::string_view organisation_key) const {
  std::vector<std::string> ids;
  if (!can_lead(organisation_key)) return ids;
  VIGIFUITE_TRY(database_->scan(Column::ByOrganisation, organisation_row_key(organisation_key, {}), true,
                                [&ids](std::string_view key, std::string_view value) {
                                  const auto parts = parse_organisation_row_key(key);
                                  const auto row = decode_row(value);
                                  if (parts && !parts->tail.empty())
                                    ids.emplace_back(parts->tail);
                                  else if (row && !row->incident.empty())
                                    ids.emplace_back(row->incident);
                                  return true;
                                }));
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string OpenStore::notice_date(std::string_view key, std::string_view first_seen) const {
  // A notice keeps its date as its source wrote it; its sighting has it as a date. It only orders a list: when it
  // cannot be had, the first sight does.
  std::string date(first_seen);
  auto stored = text(Column::Sighting, key);
  if (!stored || !*stored) return date;
  const auto sighting = decode_sighting(**stored);
  if (!sighting) return date;
  JsonParser parser;
  const auto json = parser.parse(sighting->document);
  if (json && !(*json)["disclosed"].text().empty()) date = (*json)["disclosed"].text();
  return date;
}

Result<std::vector<std::string>> OpenStore::notices(std::string_view words, std::size_t limit) const {
  using Dated = std::pair<std::string, std::string>;  // date, document
  const auto newer = [](const Dated& a, const Dated& b) { return a.first > b.first; };
  const auto wanted = folded_words(words);
  std::vector<Dated> kept;  // a heap, the oldest on top: memory is bounded by the limit
  JsonParser parser;
  VIGIFUITE_TRY(database_->scan(Column::Notice, {}, false, [&](std::string_view key, std::string_view document) {
    auto json = parser.parse(document);
    if (!json) return true;  // `doctor` names it; one bad text hides no other
    std::string searched;
    for (const char* member : {"title", "text", "organisation", "source"}) append_text(searched, (*json)[member]);
    if (!wanted.empty() && !has_words(wanted, searched)) return true;
    const std::string date = notice_date(key, (*json)["first_seen"].text());
    if (kept.size() == limit && (limit == 0 || kept.front().first >= date)) return true;
    kept.emplace_back(date, document);
    std::push_heap(kept.begin(), kept.end(), newer);
    if (kept.size() > limit) {
      std::pop_heap(kept.begin(), kept.end(), newer);
      kept.pop_back();
    }
    return true;
  }));
  std::sort_heap(kept.begin(), kept.end(), newer);
  std::vector<std::string> documents;
  for (Dated& dated : kept) documents.push_back(std::move(dated.second));
  return documents;
}

Result<Counts> OpenStore::counts() const {
  Counts counts;
  VIGIFUITE_TRY(database_->scan(Column::ByDate, {}, false, [&](std::string_view, std::string_view value) {
    const auto row = decode_row(value);
    if (!row) return true;
    counts.unsure += to_review(row->facts) ? 1 : 0;
    if (row->facts.unsure) return true;
    ++counts.incidents;
    counts.sightings += row->facts.sightings;
    if (row->facts.status == IncidentStatus::Confirmed || row->facts.status == IncidentStatus::Corrected) {
      ++counts.confirmed;
    }
    return true;
  }));
  const auto count_keys = [](std::uint64_t& into) {
    return [&into](std::string_view, std::string_view) {
      ++into;
      return true;
    };
  };
  VIGIFUITE_TRY(database_->scan(Column::Notice, {}, false, [&](std::string_view key, std::string_view) {
    ++counts.notices;
    const auto stored = text(Column::Sighting, key);
    const auto sighting = stored && *stored ? decode_sighting(**stored) : std::nullopt;
    if (!sighting || sighting->incident.empty()) ++counts.sightings;  // a text that tells of no incident is one too
    return true;
  }));
  VIGIFUITE_TRY(database_->scan(Column::Source, {}, false, count_keys(counts.sources)));
  return counts;
}

}  // namespace vigifuite::index
