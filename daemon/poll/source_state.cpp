// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fmt/format.h>

#include <array>

#include "daemon/poll/schedule.hpp"

namespace vigifuite::poll {
namespace {

constexpr std::string_view kSchema = "vigifuite/source-state@v1";
constexpr std::size_t kRejectSamples = 20;
constexpr std::size_t kUnmappedSamples = 50;
constexpr std::array kStates = {PollState::Never,   PollState::Ok,     PollState::Unchanged,
                                PollState::Partial, PollState::Failed, PollState::Skipped};

struct Counter {
  std::string_view name;
  std::uint64_t SourceState::*member;
};
constexpr std::array kCounters = {
    Counter{"records", &SourceState::records},   Counter{"notices", &SourceState::notices},
    Counter{"rejects", &SourceState::rejects},   Counter{"added", &SourceState::added},
    Counter{"changed", &SourceState::changed},   Counter{"withdrawn", &SourceState::withdrawn},
    Counter{"unmapped", &SourceState::unmapped},
};

struct Moment {
  std::string_view name;
  Instant SourceState::*member;
};
constexpr std::array kMoments = {Moment{"attempted", &SourceState::attempted},
                                 Moment{"succeeded", &SourceState::succeeded}, Moment{"due", &SourceState::due}};

Error bad_member(std::string_view name, std::string_view expected) {
  return fail(ErrorKind::Malformed, fmt::format("source state: {}: expected {}", name, expected));
}

void write_sample(JsonOut& out, const std::string& sample) {
  out.value(sample);
}
void write_sample(JsonOut& out, const Text& sample) {
  out.begin_object().member_if("fr", sample.fr).member_if("en", sample.en).end_object();
}

template <class Sample>
void write_samples(JsonOut& out, std::string_view name, const std::vector<Sample>& samples, std::size_t at_most) {
  if (samples.empty()) return;
  out.key(name).begin_array();
  for (std::size_t i = 0; i < samples.size() && i < at_most; ++i) write_sample(out, samples[i]);
  out.end_array();
}

bool read_sample(JsonValue json, std::string& into) {
  into = json.text();
  return json.is_string();
}
/// A sentence, in both languages or (as they were first stored) in English alone.
bool read_sample(JsonValue json, Text& into) {
  if (json.is_string()) {
    into.en = json.text();
    return true;
  }
  into = {std::string(json["fr"].text()), std::string(json["en"].text())};
  return json.is_object() && !into.empty();
}

template <class Sample>
Status read_samples(JsonValue json, std::string_view name, std::size_t at_most, std::vector<Sample>& into) {
  if (!json.present()) return Done{};
  if (!json.is_array()) return bad_member(name, "a list of texts");
  for (const auto element : json.items()) {
    Sample sample;
    if (!read_sample(JsonValue(element), sample)) return bad_member(name, "a list of texts");
    if (into.size() < at_most) into.push_back(std::move(sample));
  }
  return Done{};
}

Status read_sentence(JsonValue json, std::string_view name, Text& into) {
  if (!json.present() || read_sample(json, into)) return Done{};
  return bad_member(name, "a text");
}

Status read_text(JsonValue json, std::string_view name, std::string& into) {
  if (!json.present()) return Done{};
  if (!json.is_string()) return bad_member(name, "a string");
  into = json.text();
  return Done{};
}

Status read_count(JsonValue json, std::string_view name, std::uint64_t& into) {
  if (!json.present()) return Done{};
  const auto number = json.integer();
  if (!number || *number < 0) return bad_member(name, "a count");
  into = static_cast<std::uint64_t>(*number);
  return Done{};
}

Status read_moment(JsonValue json, std::string_view name, Instant& into) {
  if (!json.present()) return Done{};
  const auto moment = parse_rfc3339(json.text());
  if (!moment) return bad_member(name, "a date and time (RFC 3339)");
  into = *moment;
  return Done{};
}

Status read_state(JsonValue json, PollState& into) {
  for (const PollState state : kStates) {
    if (json.is_string() && json.text() == name_of(state)) {
      into = state;
      return Done{};
    }
  }
  return bad_member("state", "never, ok, unchanged, partial, failed or skipped");
}

}  // namespace

void write(JsonOut& out, const SourceState& state) {
  out.begin_object().member("schema", kSchema).member("state", name_of(state.state));
  if (state.validators != Validators{}) {
    out.key("validators").begin_object();
    out.member_if("etag", state.validators.etag).member_if("last_modified", state.validators.last_modified);
    out.end_object();
  }
  out.member_if("mapping_digest", state.mapping_digest);
  for (const Moment& moment : kMoments) {
    if (state.*moment.member != Instant{}) out.member(moment.name, state.*moment.member);
  }
  out.member("failures", state.failures).member("paused", state.paused).member_if("error", state.error);
  for (const Counter& counter : kCounters) out.member(counter.name, state.*counter.member);
  write_samples(out, "reject_samples", state.reject_samples, kRejectSamples);
  write_samples(out, "unmapped_samples", state.unmapped_samples, kUnmappedSamples);
  out.end_object();
}

Result<SourceState> read_source_state(JsonValue json) {
  if (json["schema"].text() != kSchema) return bad_member("schema", kSchema);
  SourceState state;
  VIGIFUITE_TRY(read_state(json["state"], state.state));
  const JsonValue validators = json["validators"];
  VIGIFUITE_TRY(read_text(validators["etag"], "validators.etag", state.validators.etag));
  VIGIFUITE_TRY(read_text(validators["last_modified"], "validators.last_modified", state.validators.last_modified));
  VIGIFUITE_TRY(read_text(json["mapping_digest"], "mapping_digest", state.mapping_digest));
  for (const Moment& moment : kMoments) {
    VIGIFUITE_TRY(read_moment(json[moment.name], moment.name, state.*moment.member));
  }
  std::uint64_t failures = 0;
  VIGIFUITE_TRY(read_count(json["failures"], "failures", failures));
  if (failures > UINT32_MAX) return bad_member("failures", "a count");
  state.failures = static_cast<std::uint32_t>(failures);
  if (const JsonValue paused = json["paused"]; paused.present()) {
    if (!paused.boolean()) return bad_member("paused", "true or false");
    state.paused = *paused.boolean();
  }
  VIGIFUITE_TRY(read_sentence(json["error"], "error", state.error));
  for (const Counter& counter : kCounters) {
    VIGIFUITE_TRY(read_count(json[counter.name], counter.name, state.*counter.member));
  }
  VIGIFUITE_TRY(read_samples(json["reject_samples"], "reject_samples", kRejectSamples, state.reject_samples));
  VIGIFUITE_TRY(read_samples(json["unmapped_samples"], "unmapped_samples", kUnmappedSamples, state.unmapped_samples));
  return state;
}

}  // namespace vigifuite::poll
