// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>

#include "daemon/cli/session.hpp"
#include "schemas/profile.hpp"

namespace vigifuite::cli {

/// Asks a person, on the terminal, with which bodies they had to do and when. Nothing is stored. Ends on an empty line
/// or at the end of the input; a failure is the API's.
Result<Profile> interview(Session& session);

}  // namespace vigifuite::cli
