// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/category.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/core/text.hpp"
#include "schemas/people.hpp"

namespace vigifuite {

/// Where a fact of ours comes from: read in a public page; general knowledge (to be verified, never shown as certain);
/// or copied from a register that nobody here has checked (never in the place of one that was read).
enum class Certainty : unsigned char { Found, GeneralKnowledge, Unverified };

std::string_view name_of(Certainty certainty) noexcept;  // "found", "general knowledge", "unverified"

/// What kind of person in law a body is: it decides the court and what may be asked of the CNIL (LIL art. 20).
enum class LegalNature : unsigned char {
  State,
  StatePublicBody,
  LocalAuthority,
  PublicHospital,
  PublicInterestGroup,
  PrivatePublicService,
  Association,
  Mutual,
  Insurer,
  Company,
  IndependentAuthority,
  JudicialAuthority,
  Mixed,
  Unknown,
};

std::string_view name_of(LegalNature nature) noexcept;  // "state", "state_public_body"… "unknown"

/// A name a body had, as a whole: its files stayed with it. People still use it.
struct FormerName {
  std::string name;
  Period borne;  ///< while it was the name; open where unknown
  Certainty certainty = Certainty::GeneralKnowledge;
  std::string source;
};

/// Another body that took over files of this one: all of them, or those of one service.
struct Successor {
  std::string organisation;  ///< registry id
  PartialDate since;         ///< whoever was with the body before that day has their file there too
  Text what;                 ///< which files: "les cotisations"; empty for all
  Certainty certainty = Certainty::GeneralKnowledge;
  std::string source;
};

/// A body above this one, now or once.
struct FormerParent {
  std::string organisation;  ///< registry id, or empty
  std::string name;          ///< when it is not in the registry
  Period period;
  Certainty certainty = Certainty::GeneralKnowledge;
  std::string source;
};

/// How to reach the data protection officer (DPO) of a body, and how sure each part is.
struct DpoContact {
  std::string postal;
  Certainty postal_certainty = Certainty::GeneralKnowledge;
  std::string email;
  Certainty email_certainty = Certainty::GeneralKnowledge;
  std::string how;     ///< advice in French
  std::string source;  ///< where it was read
  PartialDate read;    ///< when, for what was copied from a register
};

/// In what capacity another body holds the data of one's people.
enum class LinkRole : unsigned char {
  Processor,        ///< on behalf of the body (GDPR art. 4(8))
  JointController,  ///< together with it (art. 26)
  Partner,          ///< they share files, in a capacity that no public page states
};
std::string_view name_of(LinkRole role) noexcept;  // "processor", "joint_controller", "partner"

/// A processor a body works with, or a body it shares its files with.
struct ProcessorLink {
  std::string organisation;  ///< registry id
  LinkRole role = LinkRole::Processor;
  std::optional<Relation> relation;  ///< whose data it holds; unset: not said
  Text service;                      ///< what it does, with its article: "le tiers payant"
  Period period;                     ///< while it works for the body; open where unknown
  PartialDate seen;                  ///< a date at which a public page says it did
  bool certain = true;
  std::string source;
};

/// How many people a body holds in its files: a dated, sourced figure.
struct PeopleHeld {
  Relation relation = Relation::User;
  std::int64_t count = 0;
  Qualifier qualifier = Qualifier::About;
  PartialDate date;
  bool former = false;  ///< people who have left are counted too
  Text who;             ///< whom it counts, in a few words
  std::string source;
};

/// A body of the registry (schemas/vocabulary/organisations.json).
struct Organisation {
  std::string id;
  std::string name;
  std::string siren;  ///< nine digits of the French register of legal persons, or empty
  Period existed;     ///< open where unknown; a known end means that it is no more
  std::vector<std::string> aliases;
  std::vector<std::string> domains;
  std::vector<std::string> class_words;  ///< how names of its local bodies begin: "CHU de"
  std::vector<FormerName> former_names;
  std::vector<Successor> successors;
  bool is_class = false;              ///< stands for many local bodies (communes, hospitals…)
  bool one_file_with_parent = false;  ///< its people are in the files of its parent: académies and their ministry
  std::string member_of;  ///< of the class it belongs to when it is a local body of its own ("communes"), or empty
  std::string parent;     ///< registry id, or empty
  PartialDate parent_since;
  std::string parent_name;
  std::vector<FormerParent> former_parents;
  std::string kind;
  LegalNature legal_nature = LegalNature::Unknown;
  std::string legal_nature_fr;
  Certainty legal_certainty = Certainty::GeneralKnowledge;
  std::optional<bool> cnil_fine_possible;
  std::string damages_court;  ///< "administrative", "judicial", "depends" or empty
  std::optional<bool> lawyer_needed_for_damages;
  CategorySet categories;
  std::vector<ProcessorLink> processors;
  std::vector<PeopleHeld> people_held;
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
