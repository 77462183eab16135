// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <span>

#include "feeds/adapter.hpp"

namespace vigifuite::feeds {

/// Every format there is, in the order of the list in feeds/CMakeLists.txt.
std::span<const Adapter* const> adapters() noexcept;

/// The format called `name`, or null.
const Adapter* find_adapter(std::string_view name) noexcept;

}  // namespace vigifuite::feeds
