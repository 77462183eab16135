// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/hit.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite::letters {

enum class Format : unsigned char { Text, Markdown };

/// "text", "markdown".
std::string_view name_of(Format format) noexcept;
std::optional<Format> parse_format(std::string_view word) noexcept;

/// Whose letter, about what. The caller judges (match::judge) and hands the hit over: letters never judge.
struct Request {
  std::string kind;  ///< "cnil"
  Format format = Format::Text;
  const Profile* profile = nullptr;    ///< never null
  const Incident* incident = nullptr;  ///< never null
  const Hit* hit = nullptr;            ///< null when no tie of the profile is with a body of the incident
  /// Registry id or name of the body that owes the person the notice (GDPR art. 34), even when the leak happened at
  /// its processor; empty: the body of the tie that decided the hit.
  std::string controller;
  Instant now{};
};

/// A letter, ready to sign but for its blanks. A draft: sending it is a human act.
struct Letter {
  std::string kind;
  std::string title;
  std::string incident;
  std::string controller;  ///< registry id, or name
  Format format = Format::Text;
  Instant generated_at{};
  std::string body;
  std::vector<std::string> blanks;  ///< what only the person can add, each named in the text as "[…]"
  std::vector<std::string>
      warnings;  ///< beside the letter: what to check first, what is still to be verified, what follows
  std::vector<std::string> attachments;
};

/// One kind of letter that exists.
struct Kind {
  std::string id;
  Text title;
  Text purpose;
};
std::vector<Kind> kinds();

/// Renders the letter, in French; warnings and refusals are in the profile's language. Pure.
///
/// Refused, with one sentence, when the letter would be wrong: the incident is only claimed, unverified, retracted or
/// older than the law cited; no tie with a body of the incident; the verdict is not_affected; nothing to cite.
/// Config: unknown kind.
Result<Letter> render(const Request& request, const Vocabulary& vocabulary);

/// Writes "vigifuite/letter@v1" (schemas/json/letter.schema.json).
void write(JsonOut& out, const Letter& letter);
/// Writes "vigifuite/letter-kinds@v1" (schemas/json/letter-kinds.schema.json).
void write_kinds(JsonOut& out, Instant now);

}  // namespace vigifuite::letters
