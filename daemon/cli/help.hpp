// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/cli/page.hpp"
#include "daemon/cli/spec.hpp"

namespace vigifuite::cli {

/// "vigifuite letter cnil INCIDENT [options]", as it is typed.
std::string usage_line(const CommandSpec& command, Language language);

/// The help of the program (null) or of one command.
void print_help(Page& page, const CommandSpec* command, Language language);

}  // namespace vigifuite::cli
