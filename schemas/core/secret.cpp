// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/secret.hpp"

#include <sodium.h>

namespace vigifuite {

void Secret::wipe() noexcept {
  if (bytes_.capacity() != 0) sodium_memzero(bytes_.data(), bytes_.capacity());
  bytes_.clear();
}

}  // namespace vigifuite
