// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"

namespace vigifuite::ops {

/// The whole of a regular file. Config: absent, not readable, a directory, a pipe or a device. Malformed: larger than
/// `max_bytes`. Transient: the disk fails.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes);

/// Puts `bytes` at `path`: readers see the old file or the new one, also after a power cut. `mode` is the new file's,
/// whatever the umask. Config: the place cannot be written. Storage: disk full or failing; nothing is left behind.
Status write_file(const std::filesystem::path& path, std::string_view bytes, mode_t mode);

}  // namespace vigifuite::ops
