// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/app/config.hpp"
#include "daemon/cli/client.hpp"

namespace vigifuite::cli {

/// The configuration that commands without a store go by: the one named, else the system's, else the person's own.
Result<app::Config> any_config(const ClientOptions& options);

}  // namespace vigifuite::cli
