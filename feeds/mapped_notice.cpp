// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/mapped_notice.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "feeds/html_text.hpp"
#include "feeds/markup.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::array<std::string_view, kFields> kNames = {
    "key",          "title",  "url",       "text",    "language",    "published",
    "organisation", "domain", "processor", "country", "sector",      "incident_from",
    "incident_to",  "status", "people",    "labels",  "safe_labels", "links"};

template <class... Args>
Error wrong(std::string_view key, Message what, const Args&... args) {
  return in_context(key, fail(ErrorKind::Config, what, args...));
}

/// The single value of an option.
Result<std::string> option(std::string_view key, const std::vector<std::string>& values) {
  if (values.size() != 1) return wrong(key, Message::MapOneValue);
  return values.front();
}

Status read_option(std::string_view key, const std::vector<std::string>& values, MappingOptions& options) {
  auto value = option(key, values);
  if (!value) return std::move(value).error();
  if (key == "labels_separator") {
    options.labels_separator = *value;
  } else if (key == "links_separator") {
    options.links_separator = *value;
  } else if (key == "repeats") {
    if (*value != "numbered" && *value != "rejected") return wrong(key, Message::MapRepeats);
    options.number_repeats = *value == "numbered";
  } else if (key == "counts") {  // for the figures of `vigifuite stats`; a reader of the source needs nothing of it
    if (*value != "notifications") return wrong(key, Message::MapCounts);
  } else {
    if (*value != "yes" && *value != "no") return wrong(key, Message::MapYesNo);
    options.states_facts = *value == "yes";
  }
  return Done{};
}

bool is_option(std::string_view key) {
  return key == "labels_separator" || key == "links_separator" || key == "repeats" || key == "facts" || key == "counts";
}

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace

std::string_view name_of(Field field) noexcept {
  return kNames[index_of(field)];
}

Result<Mapping> read_mapping(const Source& source, const std::vector<std::string_view>& own_keys) {
  Mapping mapping;
  mapping.options.states_facts = source.mapping.contains("organisation");
  for (const auto& [key, values] : source.mapping) {
    if (const auto* name = std::find(kNames.begin(), kNames.end(), key); name != kNames.end()) {
      mapping.fields[static_cast<std::size_t>(name - kNames.begin())] = values;
    } else if (std::find(own_keys.begin(), own_keys.end(), key) != own_keys.end()) {
      auto value = option(key, values);
      if (!value) return std::move(value).error();
      mapping.own[key] = std::move(*value);
    } else if (is_option(key)) {
      VIGIFUITE_TRY(read_option(key, values, mapping.options));
    } else {
      const std::string known =
          fmt::format("{}, labels_separator, links_separator, repeats, facts, counts{}{}", fmt::join(kNames, ", "),
                      own_keys.empty() ? "" : ", ", fmt::join(own_keys, ", "));
      return wrong(key, Message::MapUnknownKey, known);
    }
  }
  if (mapping.fields[index_of(Field::Title)].empty() && mapping.fields[index_of(Field::Organisation)].empty()) {
    return wrong("title", Message::MapNoTitle);
  }
  if (mapping.options.states_facts && mapping.fields[index_of(Field::Organisation)].empty()) {
    return wrong("facts", Message::MapNoFacts);
  }
  // Without a key of its own a record is named by all it says; equal records are then distinct ones.
  if (mapping.fields[index_of(Field::Key)].empty()) mapping.options.number_repeats = true;
  return mapping;
}

std::vector<std::string> split_list(std::string_view cell, std::string_view separator) {
  std::vector<std::string> pieces;
  const auto add = [&](std::string_view piece) {
    if (std::string line = one_line(piece); !line.empty() && pieces.size() < kMaxLabels)
      pieces.push_back(std::move(line));
  };
  std::size_t begin = 0;
  std::size_t open = 0;
  for (std::size_t at = 0; at < cell.size() && !separator.empty();) {
    if (cell[at] == '(' && cell.find(')', at) != std::string_view::npos)
      ++open;
    else if (cell[at] == ')' && open > 0)
      --open;
    if (open == 0 && cell.substr(at).starts_with(separator)) {
      add(cell.substr(begin, at - begin));
      begin = at += separator.size();
    } else {
      ++at;
    }
  }
  add(cell.substr(begin));
  return pieces;
}

MappedRecords::MappedRecords(const Mapping& mapping, std::string_view base, NoticeSink& sink)
    : mapping_(mapping), base_(base), guard_(sink) {}

std::string MappedRecords::key_of(const Values& values) {
  std::string key = values.text[index_of(Field::Key)];
  if (key.empty()) {
    if (!mapping_.fields[index_of(Field::Key)].empty()) return {};
    const auto digits = hex(digest_of(values.digested));
    key.assign(digits.begin(), digits.end());
  }
  if (mapping_.options.number_repeats) {
    if (const std::uint64_t times = ++times_[digest_of(key)]; times > 1) key += fmt::format("#{}", times);
  }
  return key;
}

void MappedRecords::tell(Values& values, const Place& place) {
  auto& text = values.text;
  const auto of = [&](Field field) -> std::string& { return text[index_of(field)]; };
  if (of(Field::Title).empty()) of(Field::Title) = of(Field::Organisation);
  if (of(Field::Title).empty()) {
    guard_.reject(place.text(), Message::RejectNoTitle);
    return;
  }
  const std::string key = key_of(values);
  if (key.empty()) {
    guard_.reject(place.text(), Message::RejectEmptyKey);
    return;
  }
  of(Field::Url) = resolve_address(of(Field::Url), base_);
  std::vector<std::string> links;
  for (const std::string& link : values.links) {
    if (std::string address = resolve_address(link, base_); !address.empty()) links.push_back(std::move(address));
  }
  Notice notice;
  notice.key = key;
  notice.digest = digest_of(values.digested);
  notice.title = of(Field::Title), notice.url = of(Field::Url), notice.text = of(Field::Text);
  notice.language = of(Field::Language), notice.published = of(Field::Published);
  notice.states_facts = mapping_.options.states_facts;
  notice.organisation = of(Field::Organisation), notice.domain = of(Field::Domain);
  notice.processor = of(Field::Processor), notice.country = of(Field::Country), notice.sector = of(Field::Sector);
  notice.incident_from = of(Field::IncidentFrom), notice.incident_to = of(Field::IncidentTo);
  notice.status = of(Field::Status), notice.people = of(Field::People);
  const auto labels = views_of(values.labels);
  const auto safe_labels = views_of(values.safe_labels);
  const auto link_views = views_of(links);
  notice.labels = labels, notice.safe_labels = safe_labels, notice.links = link_views;
  guard_.notice(notice, place);
}

}  // namespace vigifuite::feeds
