// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/core/text.hpp"

namespace vigifuite {

/// Why a system call failed (an errno), as a person is told it: "Permission denied", "vous n'en avez pas le droit".
/// What nobody is likely to meet is said in the system's own English.
Text system_reason(int error);

}  // namespace vigifuite
