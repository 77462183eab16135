// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "schemas/core/result.hpp"

namespace vigifuite::ops {

struct UnixReply {
  int status = 0;
  std::string content_type;
  std::string body;
};

/// One HTTP request over a Unix socket (libcurl), at most `max_bytes` of answer, waited for at most ten minutes (an
/// update of slow sources). `target` is path and query, already encoded. Transient: nobody answers on the socket.
Result<UnixReply> unix_request(const std::filesystem::path& socket, const std::string& method, const std::string& target,
                               const std::string& body, std::size_t max_bytes);

/// Percent-encodes everything but the unreserved characters of RFC 3986.
std::string percent_encode(std::string_view text);

}  // namespace vigifuite::ops
