// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>

namespace vigifuite::test {

/// The folder of the sources under test, without a final slash: where samples and golden files are read from.
const std::string& source_dir();

}  // namespace vigifuite::test
