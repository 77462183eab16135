// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vigifuite::test {

std::string gzip(std::string_view bytes);

/// The start of a gzip stream of zeros that goes on for `mebibytes`; it costs about a kilobyte for each of them.
std::string gzip_of_zeros(std::size_t mebibytes);

}  // namespace vigifuite::test
