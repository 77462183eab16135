// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace vigifuite::cli {

/// Writes `text` to a file that must not exist, with these permissions: what somebody reviewed or began to fill in is
/// never overwritten. Gives the errno of what failed, and then no file is left; nullopt when it is written.
std::optional<int> write_new_file(const std::string& file, std::string_view text, mode_t mode);

}  // namespace vigifuite::cli
