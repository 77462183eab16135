// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/cli/letter_request.hpp"

namespace vigifuite::cli {

/// Asks a person, on the terminal, what is missing to write a letter: about whom, which leak, what was done before,
/// which letter, then what that letter needs, one question at a time. What the request already says is not asked.
/// Nothing when the person stops; a failure is the API's.
Result<std::optional<LetterRequest>> letter_interview(Session& session, LetterRequest request);

/// Asks where to write the letter just shown; "" for nowhere.
std::string ask_file(Session& session, std::string_view proposed);

}  // namespace vigifuite::cli
