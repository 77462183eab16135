// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the commands stand on: one API, whatever carries it, and the two things that need no API. Implemented where the
// concrete classes are known (daemon/app); the tests put canned documents in their place.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/http/service.hpp"
#include "schemas/core/instant.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite::cli {

/// Which store or daemon is meant, as said on the command line. Nothing said: the daemon when its socket answers, else
/// the person's own store ($XDG_DATA_HOME/vigifuite).
struct ClientOptions {
  std::optional<std::filesystem::path> store;
  std::optional<std::filesystem::path> socket;
  std::optional<std::filesystem::path> config;
};

/// The API of the daemon (over its socket) or of a store opened in this process. Config, Storage: one sentence.
Result<std::unique_ptr<http::Api>> open_client(const ClientOptions& options);

/// What a configuration comes to.
struct ConfigReport {
  std::filesystem::path file;  ///< empty: there is none, and the defaults hold
  std::filesystem::path store, key_file, sources_directory;
  std::filesystem::path socket;  ///< empty: no daemon
  std::string user_agent;
  bool has_contact = false;
  std::size_t sources = 0, enabled = 0;
  std::filesystem::path own_lists;  ///< of bodies
  std::size_t bodies = 0;           ///< known, those of one's own among them
};

/// Reads a configuration file (the usual one when none is named) and its sources as the daemon would, without starting
/// anything. The failure names file, line, field and fix.
Result<ConfigReport> check_config(const ClientOptions& options);

/// Puts a backup back in the place of the store, for the owner of that place. Refused when that store is in use or is
/// not empty. On success says where it is.
Result<std::filesystem::path> restore_store(const std::filesystem::path& from, const ClientOptions& options);

/// An announcement as somebody hands it over: bytes, and what they know of it.
struct TextToRead {
  std::string_view bytes;
  std::optional<bool> html;          ///< looked at when not said
  std::optional<Language> language;  ///< guessed when not said
  PartialDate published;             ///< gives dates their year; may be unknown
};

/// What is understood of an announcement: "vigifuite/reading@v1". Needs no store, no configuration, no home.
std::string read_text(const TextToRead& text);

/// The same of one line {id, text, format, lang, published}, as one line of facts appended to `out`
/// (tests/extraction/README.md). Malformed says which member is wrong; `out` is as it was then.
Status predict(std::string_view line, std::string& out);

/// A document that may become a source.
struct ProbeRequest {
  std::string target;                ///< an address, a file, or a file that describes a source (.toml)
  std::string format;                ///< empty: looked for
  std::optional<Language> language;  ///< of a document that does not say
  std::size_t limit = 5;
};

/// Fetches it under the limits of the poller, or reads the file, and says what is understood: "vigifuite/probe@v1".
/// Stores nothing. Config, or the failure of a fetch: one sentence.
Result<std::string> probe(const ProbeRequest& request, const ClientOptions& options);

/// A public register to make a list of bodies of.
struct RegisterToRead {
  std::string format;          ///< "cnil-dpo", "annuaire", "datenanfragen"
  std::filesystem::path file;  ///< or a folder of records
  PartialDate date;            ///< of the register; unknown: that of the file
};

/// A list to review ("vigifuite/own-organisations@v1"), and what became of the rows of the register.
struct ListToReview {
  struct Row {
    std::uint64_t number = 0;
    Text why;
  };
  std::string document;
  std::uint64_t rows = 0, known = 0, added = 0, left = 0, refused = 0;
  std::vector<Row> samples;         ///< the first that were refused
  std::filesystem::path own_lists;  ///< where lists of one's own are read
};

/// Reads a register against the bodies in use. Stores nothing. Config, Malformed: one sentence.
Result<ListToReview> read_register(const RegisterToRead& request, const ClientOptions& options);

/// All of them, so that a test can give others.
struct Doors {
  std::function<Result<std::unique_ptr<http::Api>>(const ClientOptions&)> open;
  std::function<Result<ConfigReport>(const ClientOptions&)> check_config;
  std::function<Result<std::filesystem::path>(const std::filesystem::path&, const ClientOptions&)> restore;
  std::function<std::string(const TextToRead&)> read_text;
  std::function<Status(std::string_view, std::string&)> predict;
  std::function<Result<std::string>(const ProbeRequest&, const ClientOptions&)> probe;
  std::function<Result<ListToReview>(const RegisterToRead&, const ClientOptions&)> read_register;
};

}  // namespace vigifuite::cli
