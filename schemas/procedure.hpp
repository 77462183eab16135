// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What a person has done about an incident so far, and what came of it: what later letters and their delays rest on.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/instant.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/core/json_out.hpp"

namespace vigifuite {

class MembersIn;

/// What an addressee did with a letter.
enum class Outcome : unsigned char {
  Acknowledged,  ///< only said that it arrived
  Extended,      ///< announced, with reasons, that it needs longer
  Partial,       ///< answered some of it
  Refused,
  Complete,  ///< answered all of it; of a complaint: dealt with
};

std::string_view name_of(Outcome outcome) noexcept;  // "acknowledged", "extended"…

/// A letter that was sent.
struct SentLetter {
  std::string kind;       ///< "acces"
  PartialDate date;       ///< a day
  PartialDate delivered;  ///< the day it arrived, when that is known: delays run from it
  std::string channel;    ///< "lettre recommandée", "courriel"…
  std::string proof;      ///< what shows it: "avis de réception signé le 3 septembre 2026"
  friend bool operator==(const SentLetter&, const SentLetter&) = default;
};

/// Something that came back about a letter sent.
struct Answer {
  std::string kind;  ///< of the letter it answers
  PartialDate date;  ///< a day
  Outcome outcome = Outcome::Acknowledged;
  std::string reference;  ///< file number the addressee gave
  std::string what;       ///< what it said, in the person's words
  friend bool operator==(const Answer&, const Answer&) = default;
};

/// Something that happened to the person, as she can show it.
struct Consequence {
  PartialDate date;
  std::string what;
  std::optional<std::int64_t> cents;    ///< what it cost, in euro cents
  std::optional<std::int64_t> minutes;  ///< what time it took
  std::string proof;
  friend bool operator==(const Consequence&, const Consequence&) = default;
};

struct Procedure {
  std::vector<SentLetter> sent;
  std::vector<Answer> answers;
  std::vector<Consequence> consequences;

  [[nodiscard]] bool empty() const noexcept { return sent.empty() && answers.empty() && consequences.empty(); }
  friend bool operator==(const Procedure&, const Procedure&) = default;
};

/// A procedure as it is followed: one person, one incident.
struct Case {
  std::string incident;
  PartialDate opened;   ///< a day
  PartialDate closed;   ///< unknown while it is open
  std::string because;  ///< why it was closed
  Procedure procedure;
  friend bool operator==(const Case&, const Case&) = default;
};

/// Writes "vigifuite/procedure@v1" (schemas/json/procedure.schema.json).
void write(JsonOut& out, const Procedure& procedure);
/// Malformed names the member: a date that is not a day, an unknown word or member, more than 1,000 of anything, text
/// longer than 2,000 bytes, an amount below zero.
Result<Procedure> read_procedure(JsonValue json);

/// A case as a profile and the API hold it; its members, into an object that is already open.
void write(JsonOut& out, const Case& followed);
void write_members(JsonOut& out, const Case& followed);
/// The cases of a profile: the member "cases". Complains as read_procedure() does, and beyond 200 of them.
void read_cases(const MembersIn& in, std::vector<Case>& cases);

/// Reads what is typed on a command line: "acces=2026-09-01" or "acces=2026-09-01,lettre recommandée,avis de
/// réception".
Result<SentLetter> parse_sent(std::string_view text);
/// "acces=2026-09-20,partielle" or "cnil=2026-10-02,accuse,44-26034": outcomes are accuse, prolongation, partielle,
/// refus, complete.
Result<Answer> parse_answer(std::string_view text);

}  // namespace vigifuite
