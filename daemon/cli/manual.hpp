// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>

#include "schemas/core/text.hpp"

namespace vigifuite::cli {

/// vigifuite(1), in roff.
std::string manual_page(Language language);

/// Completions, made from the same rows as the parser.
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace vigifuite::cli
