// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/core/json_in.hpp"
#include "schemas/core/json_out.hpp"
#include "schemas/core/result.hpp"
#include "schemas/payload.hpp"
#include "schemas/source.hpp"

namespace vigifuite::poll {

/// How a poll of a source ended.
enum class PollState : unsigned char { Never, Ok, Unchanged, Partial, Failed, Skipped };
std::string_view name_of(PollState state) noexcept;  // "never", "ok", "unchanged", "partial", "failed", "skipped"

/// What is remembered of a source between polls: stored in the same batch as the items the validators vouch for.
struct SourceState {
  PollState state = PollState::Never;
  Validators validators;
  std::string mapping_digest;  ///< of the source file: when it changes, validators are not sent
  Instant attempted{};         ///< last try
  Instant succeeded{};         ///< last time it answered well (ok, unchanged, partial)
  Instant due{};               ///< next try
  std::uint32_t failures = 0;  ///< in a row
  bool paused = false;         ///< Refused: tried once a day until it answers
  Text error;                  ///< last failure, one sentence
  // of the last whole reading
  std::uint64_t records = 0, notices = 0, rejects = 0, added = 0, changed = 0, withdrawn = 0, unmapped = 0;
  std::vector<Text> reject_samples;           ///< at most 20: "record 12: $.date: not a date"
  std::vector<std::string> unmapped_samples;  ///< at most 50 labels
};

/// Writes "vigifuite/source-state@v1" (schemas/json/source-state.schema.json).
void write(JsonOut& out, const SourceState& state);
/// Reads what write() wrote. Malformed says the member.
Result<SourceState> read_source_state(JsonValue json);

/// The state after a good answer (Ok, Unchanged or Partial): due after the interval, spread by `jitter` in [0, 1)
/// over the last tenth of it.
SourceState after_success(SourceState state, const Source& source, PollState outcome, Instant now, double jitter);

/// The state after a failure. Transient, RateLimited, Storage: full-jitter exponential backoff from one minute, doubled
/// each time, at most six hours, at least fifteen seconds, and never sooner than Retry-After (of which at most a day is
/// believed). Refused, Config: paused, a day. Malformed: the interval, and backoff on top. The
/// validators and the figures of the last whole reading stay as they were.
SourceState after_failure(SourceState state, const Source& source, const Error& error, Instant now, double jitter);

/// Indices of the sources to poll now: enabled and due, at most `per_host` of one host, in order of due time. One
/// tried in the future (the clock was set back by more than a day since) is due.
std::vector<std::size_t> due_sources(const std::vector<Source>& sources, const std::vector<SourceState>& states,
                                     Instant now, std::size_t per_host);

/// When the next source is due; nothing when none is enabled.
std::optional<Instant> next_due(const std::vector<Source>& sources, const std::vector<SourceState>& states);

/// Lower-case host of a URL, or "" for file: and shipped:.
std::string host_of(std::string_view url);

}  // namespace vigifuite::poll
