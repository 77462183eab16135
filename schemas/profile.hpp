// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/procedure.hpp"
#include "schemas/sighting.hpp"

namespace vigifuite {

/// What a person told: with which body they had to do, how, and when.
struct Tie {
  OrganisationRef organisation;
  Relation relation = Relation::User;
  Period period;         ///< open where unknown
  bool ongoing = false;  ///< "since 2019": the end is open because it still holds
  friend bool operator==(const Tie&, const Tie&) = default;
};

/// A notice (GDPR art. 34) that a person received about an incident.
struct ReceivedNotice {
  std::string incident;
  PartialDate date;
  std::string how;  ///< "courriel", "courrier"…
  friend bool operator==(const ReceivedNotice&, const ReceivedNotice&) = default;
};

/// Who signs a letter. Only what the person chose to give; every part may be empty.
struct Identity {
  std::string name;
  std::string postal_address;
  std::string email;
  std::string phone;
  std::string birth_name = {};  ///< when it is another
  PartialDate birth_date = {};  ///< a criminal complaint asks for civil status
  std::string birth_place = {};
  std::string nationality = {};
  friend bool operator==(const Identity&, const Identity&) = default;
};

/// A watched or asking person: sealed at rest, never logged, never in a URL.
struct Profile {
  std::string label;  ///< what the owner calls it: "moi", "adhérent 12"
  Language language = Language::French;
  std::vector<Tie> ties;
  std::vector<ReceivedNotice> notified;
  Identity identity;
  std::vector<Case> cases = {};  ///< procedures that are followed, one per incident
  friend bool operator==(const Profile&, const Profile&) = default;
};

/// Writes "vigifuite/profile@v1" (schemas/json/profile.schema.json).
void write(JsonOut& out, const Profile& profile);
/// Its members, into an object that is already open: what else the object says comes before or after.
void write_members(JsonOut& out, const Profile& profile);
/// One tie, as in a profile ("tie.schema.json").
void write(JsonOut& out, const Tie& tie);
/// Reads a profile a person wrote (TOML is converted before) or that we stored. Names are not resolved here:
/// a tie keeps the words it was given, and may be written as for parse_tie(). Malformed names the member; a member
/// we do not know is refused, because a misspelt one would be silently lost.
Result<Profile> read_profile(JsonValue json);

/// Reads a tie as typed on a command line: "Pôle emploi:2009..2013", "CAF:2019..", "Free:..2022", "MGEN", "caf:2020".
/// The body is not resolved. Malformed says what was not understood and shows the form.
Result<Tie> parse_tie(std::string_view text);

}  // namespace vigifuite
