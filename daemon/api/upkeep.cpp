// SPDX-License-Identifier: AGPL-3.0-or-later
// What an owner does to keep the store: read the sources now, copy it, have it examined.

#include <algorithm>

#include "daemon/api/service.hpp"
#include "daemon/api/views.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::api {

Service::Reply Service::update(const http::ApiRequest& request) {
  std::vector<std::string> wanted;
  if (!request.body.empty()) {
    JsonParser parser;
    auto json = parser.parse(request.body);
    if (!json) return in_context("update request", std::move(json).error());
    for (const auto item : (*json)["sources"].items()) wanted.emplace_back(JsonValue(item).text());
  }
  const auto sources = core_.sources();
  for (const std::string& id : wanted) {
    const bool known =
        std::any_of(sources->begin(), sources->end(), [&](const Source& source) { return source.id == id; });
    if (!known) return fail(ErrorKind::NotFound, Message::AskNoSource, id);
  }
  auto reports = core_.update(wanted);
  if (!reports) return std::move(reports).error();
  return view([&](JsonOut& out) -> Status {
    write_update(out, core_, *reports);
    return Done{};
  });
}

Service::Reply Service::backup(const http::ApiRequest& request) const {
  JsonParser parser;
  auto json = parser.parse(request.body);
  if (!json) return in_context("backup request", std::move(json).error());
  const std::filesystem::path directory((*json)["directory"].text());
  if (!directory.is_absolute()) return fail(ErrorKind::Malformed, Message::AskBackupPath);
  if (const auto& below = core_.backups_below; !below.empty()) {
    const auto normal = directory.lexically_normal(), root = below.lexically_normal();
    if (std::mismatch(root.begin(), root.end(), normal.begin(), normal.end()).first != root.end() || normal == root) {
      return fail(ErrorKind::Refused, Message::AskBackupOutside, below.native());
    }
  }
  VIGIFUITE_TRY(core_.store.backup(directory));
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "done", core_.now());
    out.member("ok", true)
        .member("what", "backup written to " + directory.native() +
                            "; keep the key file (see `vigifuite config check`) too, apart from it")
        .end_object();
    return Done{};
  });
}

Service::Reply Service::doctor(const http::ApiRequest& request) {
  bool reindex = false;
  if (!request.body.empty()) {
    JsonParser parser;
    auto json = parser.parse(request.body);
    if (!json) return in_context("doctor request", std::move(json).error());
    reindex = (*json)["reindex"].boolean().value_or(false);
  }
  std::uint64_t rebuilt = 0, changed = 0;
  if (reindex) {
    VIGIFUITE_TRY(core_.write([&]() -> Status {
      auto incidents = core_.pipeline.merge_anew(core_.now());
      if (!incidents) return std::move(incidents).error();
      changed = *incidents;
      auto rows = core_.store.reindex();
      if (!rows) return std::move(rows).error();
      rebuilt = *rows;
      return Done{};
    }));
  }
  auto problems = core_.store.examine();
  if (!problems) return std::move(problems).error();
  return view([&](JsonOut& out) -> Status {
    begin_document(out, "doctor", core_.now());
    out.key("items").begin_array();
    const auto say = [&](std::string_view severity, const Text& what) {
      out.begin_object().member("severity", severity).member_if("what", what).end_object();
    };
    if (reindex) say("ok", in_both(Message::DoctorReindexed, rebuilt));
    if (reindex) say("ok", in_both(Message::DoctorMerged, changed));
    for (const Text& sentence : *problems) say("error", sentence);
    if (problems->empty()) say("ok", in_both(Message::DoctorAllWell));
    const auto sources = core_.sources();
    for (const Source& source : *sources) {
      auto state = core_.store.source_state(source.id);
      if (!state) return std::move(state).error();
      if (source.enabled && state->state == poll::PollState::Failed)
        say("warning", in_both(Message::Within, in_both(Message::SourceNamed, source.id), state->error));
      if (state->rejects != 0)
        say("warning", in_both(Message::DoctorSourceRejects, source.id, state->rejects, state->records));
    }
    out.end_array().member("ok", problems->empty()).end_object();
    return Done{};
  });
}

}  // namespace vigifuite::api
