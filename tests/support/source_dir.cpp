// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/source_dir.hpp"

namespace vigifuite::test {

const std::string& source_dir() {
  static const std::string directory = VIGIFUITE_SOURCE_DIR;
  return directory;
}

}  // namespace vigifuite::test
