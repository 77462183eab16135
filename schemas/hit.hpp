// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/incident.hpp"
#include "schemas/profile.hpp"

namespace vigifuite {

/// What we can say of one person and one incident, surest first.
enum class Verdict : unsigned char { Affected, Likely, Possible, NotAffected, Undetermined };

/// Whether the person may be in the file.
constexpr bool exposes(Verdict verdict) noexcept {
  return verdict == Verdict::Affected || verdict == Verdict::Likely || verdict == Verdict::Possible;
}

/// The order in which verdicts win and are shown: affected, likely, possible, undetermined, not affected.
constexpr int rank(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::Affected: return 0;
    case Verdict::Likely: return 1;
    case Verdict::Possible: return 2;
    case Verdict::Undetermined: return 3;
    case Verdict::NotAffected: return 4;
  }
  return 5;
}

/// Why. Each has its sentences in the message catalogue.
enum class ReasonCode : unsigned char {
  Notified,                ///< the person received the notice
  WithinPopulation,        ///< tie inside the stated population and period
  WithinPartOfPopulation,  ///< the same, but only a part of it was hit
  CurrentAtIncident,       ///< no population stated; the tie held when it happened
  ThroughProcessor,        ///< the body works with the processor that leaked
  ClaimNotConfirmed,       ///< only claimed so far
  PeriodImprecise,         ///< the tie's dates are not precise enough to decide
  PeriodUnknown,           ///< the person does not know when
  PopulationUnstated,      ///< nobody said whether former users were in the file
  LocalBodyUnnamed,        ///< the tie names a kind of body, the incident one of them
  OutsidePeriod,           ///< the tie lies outside the stated period
  OutsideRelation,         ///< the leak concerns staff, the person is a user (or the reverse)
  AfterIncident,           ///< the tie began after it happened
  Unverified,              ///< we have no public source yet
  Retracted,               ///< the announcement was withdrawn
  ProcessorOtherTime,      ///< the body began to work with the processor after the person had left
  Renamed,                 ///< the person said a name that the body no longer has
  TakenOver,               ///< another body has the file now
  OutsidePlace,            ///< the leak concerns other places than the person's body
  PlaceUnknown,            ///< the leak concerns some places only, and the tie does not say where
  OnlyKind,                ///< the leak concerns some sort of people only, which the tie does not tell
};

/// A name a body took.
struct NameStep {
  std::string name;
  PartialDate since;
};

/// One step of the way data took, from the person's body to where they leaked.
struct ChainStep {
  std::string organisation;  ///< registry id of the body that holds data for the one before, or with it
  std::string name;
  LinkRole role = LinkRole::Processor;
  Text service;
  Period period;
  PartialDate seen;  ///< a date at which a public page says so
  bool certain = true;
  std::string source;
};

/// Why. `code` says which of the members are set.
struct Reason {
  ReasonCode code = ReasonCode::CurrentAtIncident;
  Text quote;                       ///< the sentence it rests on, in the source's words
  std::string source;               ///< where that sentence is
  std::string organisation;         ///< registry id or name the sentence needs (the processor, the body)
  Period period{};                  ///< of the stated population: who was there then is in it
  std::string organisation_name{};  ///< its name, when it is in the registry
  std::vector<ChainStep> chain{};   ///< through_processor: from the person's body to `organisation`
  std::string customer_kind{};      ///< through_processor: what sort of body the person's is ("complementary_insurer")
  std::vector<NameStep> became{};   ///< renamed: the names since, the present one last
  Text what{};                      ///< taken_over: which files
  PartialDate since{};              ///< taken_over: when
};

/// How many people were hit, of how many: two public figures, each with its date and page.
struct Odds {
  std::int64_t hit = 0, held = 0;
  std::string hit_source;
  PartialDate held_date;  ///< unknown when the announcement itself says how many there are
  Text held_who{};        ///< whom that counts; empty when the announcement says it
  std::string held_source;
};

/// (profile, incident revision, verdict, reasons)
struct Hit {
  std::string incident;
  std::uint32_t revision = 0;
  Verdict verdict = Verdict::Undetermined;
  std::vector<Reason> reasons;  ///< the one that decided first
  static constexpr std::size_t kNoTie = static_cast<std::size_t>(-1);
  std::size_t tie = 0;       ///< index of the tie that decided; kNoTie: the notice alone did
  std::optional<Odds> odds;  ///< set when both numbers are public
  std::string body{};        ///< registry id of the body that has the file, when it is not the one of the tie
};

std::string_view name_of(Verdict verdict) noexcept;  // "affected", "likely", "possible", "not_affected", "undetermined"
std::string_view name_of(ReasonCode code) noexcept;  // "within_population"…
/// [{"name", "since"}…], nothing when there is none.
void write_names(JsonOut& out, std::string_view member, const std::vector<NameStep>& steps);
/// Writes the members of a hit into an object that is already open.
void write_members(JsonOut& out, const Hit& hit);

}  // namespace vigifuite
