// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "daemon/cli/session.hpp"
#include "schemas/profile.hpp"

namespace vigifuite::cli {

/// Why the system refused a file, in words.
std::string file_failure(int error, Language language);

/// Reads a file of at most `at_most` bytes ("-": the input). The failure says why and names the file.
Result<std::string> read_file(Session& session, const std::string& file, std::size_t at_most);

/// The person that --profile and --tie describe: the file, and the ties added to it.
Result<Profile> profile_from(Session& session, const Arguments& arguments);

/// The document to send.
std::string document_of(const Profile& profile);

/// A tie as it is typed after --tie: "Pôle emploi:2009..2013".
std::string typed(const Tie& tie);
/// The same, of a tie in a document.
std::string typed(JsonValue tie);
/// "France Travail, de 2009 à 2013": a tie to be read.
std::string readable(JsonValue tie, Language language);

}  // namespace vigifuite::cli
