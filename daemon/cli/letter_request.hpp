// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What is asked about a letter, from the command line or from answers on a terminal: the body of an API request.

#include <map>
#include <optional>
#include <string>

#include "daemon/cli/session.hpp"
#include "schemas/procedure.hpp"
#include "schemas/profile.hpp"

namespace vigifuite::cli {

struct LetterRequest {
  std::string kind;
  std::string incident;
  std::string controller;
  std::string format = "text";
  Language language = Language::French;  ///< of what is said beside the letter
  std::optional<std::uint64_t> watch;    ///< else `profile`
  Profile profile;
  Procedure procedure;
  std::map<std::string, std::string> details;
  std::string notice;
};

/// Reads the options `letter` and `letter kinds` share: all but the kind and the format. A failure says which one cannot
/// be understood.
Result<LetterRequest> letter_request(Session& session, const Arguments& arguments);

/// The body of POST /api/v1/letters and /api/v1/letters/kinds.
std::string body_of(const LetterRequest& request);

}  // namespace vigifuite::cli
