// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the owner's API stands on, and the two things it cannot do itself: write (only one thread may) and poll.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "daemon/index/store.hpp"
#include "daemon/match/watchlist.hpp"
#include "daemon/pipeline.hpp"
#include "schemas/source.hpp"

namespace vigifuite::api {

/// What became of one source in an update.
struct SourceReport {
  std::string source;
  poll::SourceState state;
  IngestReport ingest;
  std::chrono::milliseconds took{};
};

struct Core {
  const Vocabulary& vocabulary;
  index::Store& store;
  match::Watchlist& watchlist;
  Pipeline& pipeline;
  /// The sources as last configured; a reload swaps them whole.
  std::function<std::shared_ptr<const std::vector<Source>>()> sources;
  std::function<Instant()> now;
  /// Runs `change` on the thread that writes and waits for it. In process: just runs it.
  std::function<Status(const std::function<Status()>& change)> write;
  /// Polls these sources now (all enabled ones when empty) and waits for what became of them.
  std::function<Result<std::vector<SourceReport>>(const std::vector<std::string>& sources)> update;
  std::chrono::days unconfirmed_after{90};  ///< a claim that nobody confirmed for so long is shown as such
  bool scheduled = false;               ///< sources are polled by themselves, when they are due
  std::filesystem::path backups_below;  ///< the only place a backup can be written to; empty: anywhere
};

}  // namespace vigifuite::api
