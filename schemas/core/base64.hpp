// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vigifuite {

/// Bytes as a JSON string holds them (RFC 4648, padded).
std::string to_base64(std::string_view bytes);
/// Nothing when it is not that.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace vigifuite
