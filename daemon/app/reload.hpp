// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What outlives one snapshot of the daemon: the files it is made of, and the socket it answers on.

#include <memory>
#include <optional>

#include "daemon/app/config.hpp"
#include "daemon/http/server.hpp"

namespace vigifuite::app {

/// The operator's files, read again whole.
struct Reread {
  Config config;
  std::vector<Source> sources;
  Words words;
};

/// Reads the configuration (that of `running` when there is no file), the sources and the lists of bodies. Store, key
/// and socket stay those of `running`: they take a restart. Config: which file is wrong, and where.
Result<Reread> read_again(const std::filesystem::path& config_file, const Config& running);

/// Where the API is served: on the socket systemd listens on for us, or on one of our own.
class Listener {
 public:
  /// Asks systemd; once, because asking takes the answer out of the environment.
  static Listener from_environment();
  /// Serves `api` until the Server goes. May be called again: systemd's socket stays open in between.
  [[nodiscard]] Result<std::unique_ptr<http::Server>> serve(const std::filesystem::path& socket, http::Api& api) const;

 private:
  std::optional<int> given_;
};

}  // namespace vigifuite::app
