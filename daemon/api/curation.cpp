// SPDX-License-Identifier: AGPL-3.0-or-later
// What a curator decides of incidents, and what is left for a curator to decide.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "daemon/api/request.hpp"
#include "daemon/api/service.hpp"
#include "daemon/api/views.hpp"
#include "daemon/index/undecided.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {
namespace {

constexpr std::size_t kMostBecause = 1000;     ///< bytes of a curator's words
constexpr std::size_t kMostLookedAt = 20'000;  ///< incidents, the newest first
constexpr std::size_t kMostUndecided = 1000;
constexpr std::size_t kUndecided = 50;

Message message_of(index::MergeReason reason) noexcept {
  using R = index::MergeReason;
  switch (reason) {
    case R::CuratedId: return Message::MergeCuratedId;
    case R::SameFigure: return Message::MergeSameFigure;
    case R::SamePage: return Message::MergeSamePage;
    case R::SameDays: return Message::MergeSameDays;
    case R::NearDisclosure: return Message::MergeNearDisclosure;
    case R::SameProcessor: return Message::MergeSameProcessor;
    case R::SimilarFigure: return Message::MergeSimilarFigure;
    case R::SameMonth: return Message::MergeSameMonth;
    case R::DifferentBodies: return Message::MergeDifferentBodies;
    case R::TwoRecords: return Message::MergeTwoRecords;
    case R::RecurrenceWord: return Message::MergeRecurrenceWord;
    case R::EventDates: return Message::MergeEventDates;
    case R::ProcessorsDiffer: return Message::MergeProcessorsDiffer;
    case R::DatesApart: return Message::MergeDatesApart;
    case R::FactsNotExtracted: return Message::MergeFactsNotExtracted;
    case R::ReadUnsurely: return Message::MergeReadUnsurely;
    case R::BodyUnknown: return Message::MergeBodyUnknown;
    case R::CountriesDiffer: return Message::MergeCountriesDiffer;
    case R::NameInPart: return Message::MergeNameInPart;
    case R::DateMissing: return Message::MergeDateMissing;
    case R::DateImprecise: return Message::MergeDateImprecise;
    case R::SameRecordTwice: return Message::MergeSameRecordTwice;
    case R::Recurring: return Message::MergeRecurring;
    case R::CuratorMerged: return Message::MergeCuratorMerged;
    case R::CuratorSplit: return Message::MergeCuratorSplit;
  }
  return Message::MergeNameInPart;
}

void write_one(JsonOut& out, std::string_view name, const Incident& incident) {
  out.key(name).begin_object().member("id", incident.id).member_if("title", incident.title);
  out.member_if("disclosed", incident.disclosed).end_object();
}

Result<std::string> because_in(JsonValue body) {
  const std::string_view because = body["because"].text();
  if (because.empty()) return fail(ErrorKind::Malformed, Message::DecisionBecause);
  if (because.size() > kMostBecause) {
    return fail(ErrorKind::Malformed, Message::CorrectionLong, "because", kMostBecause);
  }
  return std::string(because);
}

}  // namespace

Text reason_text(index::MergeReason reason) {
  return {say(Language::French, message_of(reason)), say(Language::English, message_of(reason))};
}

Service::Reply Service::decided(std::string_view what, const std::string& incident) const {
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "done", core_.now());
    out.member("ok", true)
        .member("what", fmt::format("{} {}", what, incident))
        .member("incident", incident)
        .end_object();
    return Done{};
  });
}

Service::Reply Service::merge_incidents(std::string_view id, const http::ApiRequest& request) {
  JsonParser parser;
  auto body = parser.parse(request.body);
  if (!body) return in_context("merge request", std::move(body).error());
  auto because = because_in(*body);
  if (!because) return because;
  const std::string with((*body)["with"].text());
  std::string kept;
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto merged = core_.pipeline.merge_incidents(id, with, *because, core_.now());
    if (!merged) return std::move(merged).error();
    kept = std::move(*merged);
    return Done{};
  }));
  return decided("merged into", kept);
}

Service::Reply Service::split_incident(std::string_view id, const http::ApiRequest& request) {
  JsonParser parser;
  auto body = parser.parse(request.body);
  if (!body) return in_context("split request", std::move(body).error());
  auto because = because_in(*body);
  if (!because) return because;
  const SightingRef sighting{std::string((*body)["source"].text()), std::string((*body)["key"].text())};
  std::string now_in;
  VIGIFUITE_TRY(core_.write([&]() -> Status {
    auto split = core_.pipeline.split_incident(id, sighting, *because, core_.now());
    if (!split) return std::move(split).error();
    now_in = std::move(*split);
    return Done{};
  }));
  return decided("split into", now_in);
}

Service::Reply Service::undecided(const http::ApiRequest& request) const {
  std::size_t limit = kUndecided;
  if (const auto text = parameter(request, "limit"); !text.empty()) {
    const auto number = parse_number<std::size_t>(text);
    if (!number || *number > kMostUndecided)
      return fail(ErrorKind::Malformed, Message::AskNotNumber, "limit", text, kMostUndecided);
    limit = *number;
  }
  auto decisions = core_.store.curations();
  if (!decisions) return std::move(decisions).error();
  const index::CurationIndex curation(*decisions);
  index::IncidentFilter newest;
  newest.limit = kMostLookedAt;
  auto page = core_.store.incidents(newest);
  if (!page) return std::move(page).error();
  index::MergeQuestions questions(core_.store, core_.vocabulary, curation);
  JsonParser parser;
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "undecided", core_.now());
    out.key("items").begin_array();
    std::size_t shown = 0;
    std::set<std::pair<std::string, std::string>> seen;
    for (const std::string& document : page->documents) {
      if (shown >= limit) break;
      auto json = parser.parse(document);
      if (!json) return std::move(json).error();
      auto incident = read_incident(*json, core_.vocabulary);
      if (!incident) return std::move(incident).error();
      auto open = questions.undecided(*incident);
      if (!open) return std::move(open).error();
      for (const index::Undecided& one : *open) {
        if (shown >= limit || !seen.emplace(std::minmax(incident->id, one.other)).second) continue;
        auto other = load_incident(core_, one.other);
        if (!other) return std::move(other).error();
        if (!*other) continue;
        out.begin_object();
        write_one(out, "incident", *incident);
        write_one(out, "other", (*other)->incident);
        out.member("reason", name_of(one.reason)).member_if("text", reason_text(one.reason)).end_object();
        ++shown;
      }
    }
    out.end_array().end_object();
    return Done{};
  });
}

}  // namespace vigifuite::api
