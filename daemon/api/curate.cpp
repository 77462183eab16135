// SPDX-License-Identifier: AGPL-3.0-or-later
// What a curator does to incidents: corrects them, takes a correction back, and reads all of them again.

#include <fmt/format.h>

#include "daemon/api/corrections.hpp"
#include "daemon/api/service.hpp"
#include "daemon/api/views.hpp"
#include "daemon/index/correct.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

std::string key_of(std::uint32_t number) {
  return std::to_string(number);
}

/// The numbers of all corrections there are, in order.
Result<std::vector<std::uint32_t>> numbers_of(const Core& core) {
  std::vector<std::uint32_t> numbers;
  VIGIFUITE_TRY(core.store.scan_sightings(kCuratorSource, [&](std::string_view key) {
    numbers.push_back(index::correction_number(key));
    return true;
  }));
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

void write_one(JsonOut& out, const Core& core, const Sighting& correction, std::string_view incident) {
  out.member("incident", incident).member("number", index::correction_number(correction.key));
  out.member("at", correction.first_seen).key("fields").begin_array();
  for (const CorrectedField field : correction.correction->fields) out.value(name_of(field));
  out.end_array().key("correction");
  write(out, correction, core.vocabulary);
}

}  // namespace

/// Settles a correction, new or taken back, and says what came of it.
Service::Reply Service::settle_correction(std::string_view incident,
                                          const std::function<Result<Sighting>(index::Batch&)>& make) {
  std::optional<Sighting> correction;
  IngestReport report;
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto batch = core_.store.batch();
    auto made = make(*batch);
    if (!made) return std::move(made).error();
    correction = std::move(*made);
    auto settled = core_.pipeline.correct(*batch, *correction, core_.now());
    if (!settled) return std::move(settled).error();
    report = std::move(*settled);
    return core_.store.commit(std::move(batch));
  }));
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "correction", core_.now());
    write_one(out, core_, *correction, incident);
    out.member("people_to_tell", report.to_tell).end_object();
    return Done{};
  });
}

Service::Reply Service::correct(std::string_view id, const http::ApiRequest& request) {
  JsonParser parser;
  auto body = parser.parse(request.body);
  if (!body) return in_context("correction", std::move(body).error());
  auto stored = load_incident(core_, id);
  if (!stored) return std::move(stored).error();
  if (!*stored) return fail(ErrorKind::NotFound, Message::AskNoIncident, id);
  const std::string incident = (*stored)->incident.id;
  auto correction = correction_from(*body, (*stored)->incident, core_.vocabulary, core_.now());
  if (!correction) return std::move(correction).error();
  return settle_correction(incident, [&](index::Batch&) -> Result<Sighting> {
    auto numbers = numbers_of(core_);
    if (!numbers) return std::move(numbers).error();
    correction->key = key_of(numbers->empty() ? 1 : numbers->back() + 1);
    correction->digest = digest_of(correction->key);
    return std::move(*correction);
  });
}

Service::Reply Service::withdraw_correction(std::string_view id, std::uint32_t number,
                                            const http::ApiRequest& request) {
  JsonParser parser;
  auto body = parser.parse(request.body);
  if (!body) return in_context("correction", std::move(body).error());
  const std::string because((*body)["because"].text());
  if (because.empty()) return fail(ErrorKind::Malformed, Message::CorrectionBecause);
  auto stored = load_incident(core_, id);
  if (!stored) return std::move(stored).error();
  if (!*stored) return fail(ErrorKind::NotFound, Message::AskNoIncident, id);
  const std::string incident = (*stored)->incident.id;
  return settle_correction(incident, [&](index::Batch& batch) -> Result<Sighting> {
    auto owner = batch.incident_of(kCuratorSource, key_of(number));
    if (!owner) return std::move(owner).error();
    auto correction = batch.sighting(kCuratorSource, key_of(number));
    if (!correction) return std::move(correction).error();
    if (!*correction || !(*correction)->correction || *owner != incident)
      return fail(ErrorKind::Malformed, Message::CorrectionUnknown, number, incident);
    if ((*correction)->withdrawn) return fail(ErrorKind::Malformed, Message::CorrectionGone, number);
    (*correction)->withdrawn = true;
    (*correction)->last_changed = core_.now();
    (*correction)->correction->withdrawn_because = because;
    return std::move(**correction);
  });
}

Service::Reply Service::corrections() const {
  auto numbers = numbers_of(core_);
  if (!numbers) return std::move(numbers).error();
  const auto batch = core_.store.batch();
  std::map<std::string, std::vector<Sighting>> by_incident;
  for (const std::uint32_t number : *numbers) {
    auto owner = batch->incident_of(kCuratorSource, key_of(number));
    if (!owner) return std::move(owner).error();
    auto correction = batch->sighting(kCuratorSource, key_of(number));
    if (!correction) return std::move(correction).error();
    if (*correction && (*correction)->correction) by_incident[*owner].push_back(std::move(**correction));
  }
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "corrections", core_.now());
    out.key("items").begin_array();
    for (const auto& [incident, corrections] : by_incident) {
      for (const Sighting& correction : corrections) {
        out.begin_object();
        write_one(out, core_, correction, incident);
        out.end_object();
      }
    }
    out.end_array().key("examples").begin_array();
    for (const auto& [incident, corrections] : by_incident) VIGIFUITE_TRY(write_examples(out, incident, corrections));
    out.end_array().end_object();
    return Done{};
  });
}

/// The texts of one incident, labelled by its corrections that hold.
Status Service::write_examples(JsonOut& out, const std::string& id, const std::vector<Sighting>& corrections) const {
  const bool any =
      std::any_of(corrections.begin(), corrections.end(), [](const Sighting& each) { return !each.withdrawn; });
  auto stored = load_incident(core_, id);
  if (!stored) return std::move(stored).error();
  if (!any || !*stored) return Done{};
  const auto batch = core_.store.batch();
  JsonParser parser;
  int count = 0;
  for (const SightingRef& ref : (*stored)->incident.sightings) {
    auto notice = core_.store.notice(ref.source, ref.key);
    if (!notice) return std::move(notice).error();
    if (!*notice) continue;
    auto text = batch->sighting(ref.source, ref.key);
    if (!text) return std::move(text).error();
    auto json = parser.parse(**notice);
    if (!json) return std::move(json).error();
    if (*text) write_example(out, fmt::format("{}/{}", id, ++count), **text, *json, corrections, core_.vocabulary);
  }
  return Done{};
}

}  // namespace vigifuite::api
