// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/letters/format.hpp"
#include "schemas/hit.hpp"
#include "schemas/procedure.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite::letters {

/// What a letter asks of the person beyond the profile, by the id of the Input: {"birth_date", "1980-01-02"}.
using Details = std::map<std::string, std::string, std::less<>>;

/// Whose letter, about what. The caller judges (match::judge) and hands the hit over: letters never judge.
struct Request {
  std::string kind;  ///< "cnil", or "L1"
  Format format = Format::Text;
  const Profile* profile = nullptr;    ///< never null
  const Incident* incident = nullptr;  ///< null for a letter that is about none
  const Hit* hit = nullptr;            ///< null when no tie of the profile is with a body of the incident
  /// Registry id or name of the body that owes the person the notice (GDPR art. 34), even when the leak happened at
  /// its processor; empty: the body of the tie that decided the hit.
  std::string controller;
  const Procedure* procedure = nullptr;  ///< null: nothing done yet
  Details details;
  std::string notice;  ///< the text of the notice received, when it is at hand
  Instant now{};
};

/// A letter, ready to sign but for its blanks. A draft: sending it is a human act.
struct Letter {
  std::string kind;
  std::string title;
  std::string incident;    ///< empty when it is about none
  std::string controller;  ///< registry id, or name; empty when there is none
  Format format = Format::Text;
  Instant generated_at{};
  std::vector<Block> blocks;        ///< what every format is made from
  std::string body;                 ///< bytes of the format; base64 in documents when it is binary
  std::vector<std::string> blanks;  ///< what only the person can add, each named in the text as "[…]"
  std::vector<std::string>
      warnings;  ///< beside the letter: what to check first, what is still to be verified, what follows
  std::vector<std::string> ways;  ///< how to send it: online, by post, at a counter
  std::vector<std::string> attachments;
};

/// One kind of letter that exists.
struct Kind {
  std::string id;
  std::string code;                  ///< "L1"
  std::vector<std::string> aliases;  ///< other names it answers to, its code among them
  Text title;
  Text purpose;
  bool first = false;  ///< among the first things to do when a leak is known
};
std::vector<Kind> kinds();

/// Whether a letter can be written now.
enum class Possible : unsigned char {
  Now,
  Later,    ///< not yet: a step or a delay is missing
  Missing,  ///< only something the person can say is missing
  No,       ///< it would be wrong
};
std::string_view name_of(Possible possible) noexcept;  // "now", "later", "missing", "no"

/// Something a letter asks of the person.
struct Input {
  enum class Type : unsigned char { Text, Date, Amount, Choice };
  struct Choice {
    std::string id;
    Text label;
  };
  std::string id;
  Type type = Type::Text;
  bool past = false;       ///< a date that cannot lie ahead
  bool identity = false;   ///< part of Profile::identity, under the same name
  std::size_t most = 300;  ///< bytes of text
  Text ask;                ///< one plain question
  Text why;
  std::string blank;  ///< what the letter shows in its place
  std::vector<Choice> choices;
};

/// One kind of letter as it stands for one person.
struct Possibility {
  struct Asked {
    const Input* input = nullptr;  ///< of the shipped rules: never null, lives for ever
    bool required = false;
    bool given = false;
  };
  Kind kind;
  Possible state = Possible::Now;
  std::string why;            ///< in the person's language; empty when possible now
  PartialDate from;           ///< from when, of `Later`, when that is known
  std::vector<Asked> inputs;  ///< what it asks, as far as it applies
};

/// Every kind of letter, in the order of their codes; `request.kind` and `request.format` do not matter. Pure.
std::vector<Possibility> possibilities(const Request& request, const Vocabulary& vocabulary);

/// The delays that run from a letter sent and not settled.
struct RunningDelay {
  Kind kind;
  PartialDate due;    ///< the last day of the answer
  PartialDate until;  ///< the last day to act on its silence, or on the answer; unknown when the law gives none
};
/// In the order of the codes. Pure.
std::vector<RunningDelay> running_delays(const Request& request, const Vocabulary& vocabulary);

/// Whether what was done can be true on that day. Malformed: a letter we do not have, a day to come, an answer before
/// its letter.
Status check_steps(const Procedure& procedure, Instant now);

/// Renders the letter, in French; warnings and refusals are in the profile's language. Pure.
///
/// Refused, with one sentence, when the letter would be wrong (rules: the gates of schemas/letters/*.json) or when
/// something it cannot do without is missing. Config: unknown kind. Malformed: a detail that is unknown to the letter,
/// or is not what was asked.
Result<Letter> render(const Request& request, const Vocabulary& vocabulary);

/// Writes "vigifuite/letter@v1" (schemas/json/letter.schema.json).
void write(JsonOut& out, const Letter& letter);
/// Writes "vigifuite/letter-kinds@v1" (schemas/json/letter-kinds.schema.json): every kind, then how each stands for one
/// person.
void write_kinds(JsonOut& out, Instant now);
void write(JsonOut& out, Instant now, const std::vector<Possibility>& possibilities);

}  // namespace vigifuite::letters
