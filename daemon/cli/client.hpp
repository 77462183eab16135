// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the commands stand on: one API, whatever carries it, and the two things that need no API. Implemented where the
// concrete classes are known (daemon/app); the tests put canned documents in their place.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/http/service.hpp"

namespace vigifuite::cli {

/// Which store or daemon is meant, as said on the command line. Nothing said: the daemon when its socket answers, else
/// the person's own store ($XDG_DATA_HOME/vigifuite).
struct ClientOptions {
  std::optional<std::filesystem::path> store;
  std::optional<std::filesystem::path> socket;
  std::optional<std::filesystem::path> config;
};

/// The API of the daemon (over its socket) or of a store opened in this process. Config, Storage: one sentence.
Result<std::unique_ptr<http::Api>> open_client(const ClientOptions& options);

/// Reads a configuration file (the usual one when none is named) and its sources as the daemon would, without starting
/// anything. On success the report says what was understood; the failure names file, line, field and fix.
Result<std::string> check_config(const ClientOptions& options);

/// Puts a backup back in the place of the store. Refused when that store is in use or is not empty. On success says
/// what was restored, and where.
Result<std::string> restore_store(const std::filesystem::path& from, const ClientOptions& options);

/// The three, so that a test can give others.
struct Doors {
  std::function<Result<std::unique_ptr<http::Api>>(const ClientOptions&)> open;
  std::function<Result<std::string>(const ClientOptions&)> check_config;
  std::function<Result<std::string>(const std::filesystem::path&, const ClientOptions&)> restore;
};

}  // namespace vigifuite::cli
