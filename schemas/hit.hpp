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
};

struct Reason {
  ReasonCode code = ReasonCode::CurrentAtIncident;
  Text quote;                ///< the sentence it rests on, in the source's words
  std::string source;        ///< where that sentence is
  std::string organisation;  ///< registry id or name the sentence needs (the processor, the body)
  Period period = {};        ///< of the stated population: who was there then is in it
};

/// (profile, incident revision, verdict, reasons)
struct Hit {
  std::string incident;
  std::uint32_t revision = 0;
  Verdict verdict = Verdict::Undetermined;
  std::vector<Reason> reasons;  ///< the one that decided first
  static constexpr std::size_t kNoTie = static_cast<std::size_t>(-1);
  std::size_t tie = 0;         ///< index of the tie that decided; kNoTie: the notice alone did
  std::optional<double> odds;  ///< share of the population hit, when both numbers are public
};

std::string_view name_of(Verdict verdict) noexcept;  // "affected", "likely", "possible", "not_affected", "undetermined"
std::string_view name_of(ReasonCode code) noexcept;  // "within_population"…
/// Writes the members of a hit into an object that is already open.
void write_members(JsonOut& out, const Hit& hit);

}  // namespace vigifuite
