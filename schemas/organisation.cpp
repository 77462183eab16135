// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/organisation.hpp"

#include "schemas/core/digest.hpp"

namespace vigifuite {

std::string organisation_key(const OrganisationRef& ref) {
  if (!ref.id.empty()) return ref.id;
  const std::string& words = ref.name.empty() ? ref.domain : ref.name;
  if (words.empty()) return {};
  std::string key = "~" + slug(words, 80);
  if (key.size() == 1) {  // a name without a Latin letter: its digest keeps it apart from all others
    const auto digits = hex(digest_of(fold(words)));
    key.append(digits.data(), 16);
  }
  return key;
}

}  // namespace vigifuite
