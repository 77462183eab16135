// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>

#include "daemon/app/config.hpp"
#include "daemon/ops/clock.hpp"

namespace vigifuite::app {

/// How the daemon ended.
enum class Ended : unsigned char { Stopped, Failed };

/// Runs vigifuited in the foreground until SIGTERM or SIGINT. SIGHUP reads the sources and the
/// lists of bodies again; what is wrong leaves the old ones in place. When the lists changed, requests and readings
/// under way end, and all starts again over the new snapshot, in the same process.
///
/// Threads: the caller's is `io` (curl, timers, signals); `ingest` is the only one that writes; the HTTP server has one
/// a connection. Config: cannot start, the sentence says what to change. Storage while running ends with Failed:
/// systemd starts it again.
Result<Ended> run_daemon(const Config& config, const std::filesystem::path& config_file, const ops::Clock& clock);

}  // namespace vigifuite::app
