// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/category.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite {

/// Where a fact of ours comes from: read in a public page, or general knowledge (to be verified, never shown as certain).
enum class Certainty : unsigned char { Found, GeneralKnowledge };

/// What kind of person in law a body is: it decides the court and what may be asked of the CNIL (LIL art. 20).
enum class LegalNature : unsigned char {
  State, StatePublicBody, LocalAuthority, PublicHospital, PublicInterestGroup, PrivatePublicService, Association,
  Mutual, Insurer, Company, IndependentAuthority, JudicialAuthority, Mixed, Unknown,
};

std::string_view name_of(LegalNature nature) noexcept;  // "state", "state_public_body"… "unknown"

/// A name a body had; people still use it.
struct FormerName {
  std::string name;
  PartialDate until;
};

/// How to reach the data protection officer (DPO) of a body, and how sure each part is.
struct DpoContact {
  std::string postal;
  Certainty postal_certainty = Certainty::GeneralKnowledge;
  std::string email;
  Certainty email_certainty = Certainty::GeneralKnowledge;
  std::string how;     ///< advice in French
  std::string source;  ///< where it was read
};

/// A processor a body works with (GDPR art. 4(8)).
struct ProcessorLink {
  std::string organisation;  ///< registry id
  Text service;
  bool certain = true;
  std::string source;
};

/// A body of the registry (schemas/vocabulary/organisations.json).
struct Organisation {
  std::string id;
  std::string name;
  std::vector<std::string> aliases;
  std::vector<std::string> domains;
  std::vector<std::string> class_words;  ///< how names of its local bodies begin: "CHU de"
  std::vector<FormerName> former_names;
  bool is_class = false;  ///< stands for many local bodies (communes, hospitals…)
  std::string parent;     ///< registry id, or empty
  std::string parent_name;
  std::string kind;
  LegalNature legal_nature = LegalNature::Unknown;
  std::string legal_nature_fr;
  Certainty legal_certainty = Certainty::GeneralKnowledge;
  std::optional<bool> cnil_fine_possible;
  std::string damages_court;  ///< "administrative", "judicial", "depends" or empty
  std::optional<bool> lawyer_needed_for_damages;
  CategorySet categories;
  std::vector<ProcessorLink> processors;
  DpoContact dpo;
  std::string contact_postal;  ///< for addressees such as the CNIL
  std::string url;
  Certainty certainty = Certainty::GeneralKnowledge;
  std::string notes;
};

/// A body as a notice names it: a registry id, or the words of the notice, or both.
struct OrganisationRef {
  std::string id;      ///< registry id, or empty
  std::string name;    ///< as named by the source; may be empty when id is known
  std::string domain;  ///< host name when the source gives one

  friend bool operator==(const OrganisationRef&, const OrganisationRef&) = default;
};

/// Whether people deal with it as users of a public service.
bool is_public_body(LegalNature nature) noexcept;

/// How incidents and ties are joined to a body: "france-travail" for one of the registry, "~" and the slug of
/// its name for any other ("~acme-corp"), "" for none. Never empty for a ref that has an id or a name.
std::string organisation_key(const OrganisationRef& ref);

}  // namespace vigifuite
