// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "schemas/hit.hpp"

namespace vigifuite::letters {

enum class Format : unsigned char { Text, Markdown };

/// Whose letter, about what. `controller` is the registry id or name of the body the person has a tie with: it is the
/// one that owes the notice (GDPR art. 34), even when the leak happened at its processor.
struct Request {
  std::string kind;  ///< "cnil"
  Format format = Format::Text;
  const Profile* profile = nullptr;
  const Incident* incident = nullptr;
  std::string controller;  ///< empty: the body of the tie that decided the hit
  Instant now{};
};

/// A letter, ready to sign but for its blanks. A draft: sending it is a human act.
struct Letter {
  std::string kind;
  std::string title;
  std::string incident;
  std::string controller;
  std::string body;
  std::vector<std::string> blanks;    ///< what only the person can add, each named in the text as "[…]"
  std::vector<std::string> warnings;  ///< what to know before sending: rules still to be verified, no notice held…
  std::vector<std::string> attachments;
};

/// One kind of letter that exists.
struct Kind {
  std::string id;
  Text title;
  Text purpose;
};
const std::vector<Kind>& kinds();

/// Renders the letter. Pure. Refused with the reason when it would be wrong: the incident is only claimed or
/// unverified, no tie with a body of the incident, the verdict is not_affected. Config: unknown kind.
Result<Letter> render(const Request& request, const Vocabulary& vocabulary);

/// Writes "vigifuite/letter@v1".
void write(JsonOut& out, const Letter& letter);

}  // namespace vigifuite::letters
