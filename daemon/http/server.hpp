// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "daemon/http/service.hpp"

namespace vigifuite::http {

struct ServerLimits {
  std::size_t body_bytes = std::size_t{4} << 20U;
  unsigned connections = 32;
  unsigned idle_seconds = 30;
};

/// Serves an Api over HTTP/1.1 (libmicrohttpd) on a Unix socket, one thread a connection, none at rest but the
/// listener. The socket file is made with mode 0660 (owner and group of the process) and removed at the end.
class Server {
 public:
  /// Takes over a stale socket file; Config when another process answers on it, or the path is too long or not ours.
  static Result<std::unique_ptr<Server>> listen(const std::filesystem::path& socket, Api& api,
                                                ServerLimits limits = {});
  /// Serves on a descriptor that is already listening (systemd socket activation). The descriptor is taken over.
  static Result<std::unique_ptr<Server>> adopt(int descriptor, Api& api, ServerLimits limits = {});
  /// Lets answers under way end, then stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// problem+json (RFC 9457) for a failure, with the sentence in French beside the English `detail`.
ApiReply problem(int status, std::string_view title, const Text& detail, std::string_view kind = {});
/// The same for an Error: 400 Malformed, 404 NotFound, 409 Refused, 422 Config, 503 Transient and RateLimited, 500
/// Storage.
ApiReply problem(const Error& error);

}  // namespace vigifuite::http
