// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "daemon/api/core.hpp"
#include "daemon/app/config.hpp"
#include "daemon/ops/clock.hpp"
#include "daemon/ops/net.hpp"

namespace vigifuite::app {

/// Read: nothing is written, not even a lock.
enum class Access : unsigned char { Read, Write };

/// The store, the watch list, the sources and the pipeline over them: what the daemon and a command without a daemon
/// have in common. Writes come from one thread at a time.
class Engine {
 public:
  /// Opens (or creates) the store and the key, and loads the sources; for writing, merges anew what other rules merged.
  /// Config, Storage: one sentence.
  static Result<std::unique_ptr<Engine>> open(const Config& config, const ops::Clock& clock, Access access);

  /// What a poll of `source` gave: stores what was read, or the failure and when to try again. A Result only for what
  /// must stop the program (Storage); the rest is in the report.
  Result<api::SourceReport> take(const Source& source, Result<ops::FetchReply> reply, std::chrono::milliseconds took);

  /// Reads a file: or shipped: source. Not for the network.
  [[nodiscard]] Result<ops::FetchReply> read_here(const Source& source) const;
  [[nodiscard]] static bool is_here(const Source& source) noexcept;

  /// Brings the store to what this program knows: reads the enabled shipped documents that it has not, or has in
  /// another version, and posts the watched under the bodies of this registry. No network.
  Status catch_up();

  /// Whether catch_up() would have nothing to do.
  [[nodiscard]] Result<bool> is_caught_up() const;

  /// Polls these sources (all enabled ones when empty) on this thread and waits for them all.
  Result<std::vector<api::SourceReport>> poll_now(const std::vector<std::string>& ids);

  /// Tells what is pending in the journal.
  Result<std::uint64_t> deliver();

  /// What a request for `source` must carry: its validators, unless its file changed since they were stored.
  [[nodiscard]] ops::FetchRequest request_for(const Source& source, const poll::SourceState& state) const;

  /// The API's footing; `write` and `update` are the caller's.
  [[nodiscard]] api::Core core(decltype(api::Core::write) write, decltype(api::Core::update) update);

  [[nodiscard]] std::shared_ptr<const std::vector<Source>> sources() const { return std::atomic_load(&sources_); }
  void replace_sources(std::vector<Source> sources);
  /// Of the operator's own bodies, as they were read at the start.
  [[nodiscard]] const Digest& own_words() const noexcept { return words_.own; }
  [[nodiscard]] Pipeline& pipeline() noexcept { return *pipeline_; }
  [[nodiscard]] index::Store& store() noexcept { return *store_; }
  [[nodiscard]] const Config& config() const noexcept { return config_; }
  [[nodiscard]] const ops::Clock& clock() const noexcept { return clock_; }

 private:
  Engine(Config config, const ops::Clock& clock) : config_(std::move(config)), clock_(clock) {}
  [[nodiscard]] double jitter();
  Status follow_rules();

  Config config_;
  const ops::Clock& clock_;
  std::shared_ptr<const std::vector<Source>> sources_;
  Words words_;  // as they were at the start: the store and the pipeline refer to them
  std::unique_ptr<index::Store> store_;
  std::unique_ptr<match::Watchlist> watchlist_;
  std::unique_ptr<Pipeline> pipeline_;
};

}  // namespace vigifuite::app
