// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "schemas/core/text.hpp"

namespace vigifuite::cli {

/// "lue", "inchangée", "en partie", "en panne", "passée", "jamais lue".
std::string state_word(std::string_view state, Language language);

/// The source did not answer.
bool is_trouble(std::string_view state) noexcept;

}  // namespace vigifuite::cli
