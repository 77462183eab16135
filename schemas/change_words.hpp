// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "schemas/messages.hpp"

namespace vigifuite {

/// What the code of a change in an incident's revision ("people", "merged") is called; nullopt for an unknown one.
/// Pure.
std::optional<Message> change_word(std::string_view code) noexcept;

}  // namespace vigifuite
