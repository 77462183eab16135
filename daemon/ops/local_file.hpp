// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>

#include "daemon/ops/net.hpp"

namespace vigifuite::ops {

/// A local file as if it had been fetched: its ETag is the digest of its content, so that a file written again with the
/// same bytes is Unchanged. Errors as read_file().
Result<FetchReply> read_local(const std::filesystem::path& path, const Validators& validators, std::size_t max_bytes);

/// Bytes that are already here (a document shipped inside the program), by the same rule.
FetchReply reply_from_bytes(std::string_view bytes, const Validators& validators);

/// The path in "file:///srv/feed.json" (percent-decoded). Config: not such an address, or one of another host.
Result<std::filesystem::path> path_of_file_url(std::string_view url);

}  // namespace vigifuite::ops
