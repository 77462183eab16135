// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/organisation.hpp"

#include "schemas/core/digest.hpp"

namespace vigifuite {

bool is_public_body(LegalNature nature) noexcept {
  switch (nature) {
    case LegalNature::State:
    case LegalNature::StatePublicBody:
    case LegalNature::LocalAuthority:
    case LegalNature::PublicHospital:
    case LegalNature::PublicInterestGroup:
    case LegalNature::PrivatePublicService:
    case LegalNature::IndependentAuthority:
    case LegalNature::JudicialAuthority: return true;
    case LegalNature::Association:
    case LegalNature::Mutual:
    case LegalNature::Insurer:
    case LegalNature::Company:
    case LegalNature::Mixed:
    case LegalNature::Unknown: return false;
  }
  return false;
}

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
