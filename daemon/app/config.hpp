// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/ops/log.hpp"
#include "schemas/core/digest.hpp"
#include "schemas/source.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite::app {

/// What the operator decides (config.toml). Every key is optional.
struct Config {
  std::filesystem::path store;              ///< directory of the store
  std::filesystem::path key_file;           ///< 32 bytes that seal the watch list; made when absent
  std::filesystem::path socket;             ///< Unix socket of the owner's API
  std::filesystem::path sources_directory;  ///< *.toml there are added to the shipped sources, or replace them by id
  std::filesystem::path
      organisations_directory;       ///< *.json and *.toml there are one's own bodies, over the shipped ones
  std::string contact;               ///< address put in the User-Agent, for those whose servers we read
  std::vector<std::string> sources;  ///< ids to read; empty: all those enabled
  std::size_t cache_bytes = std::size_t{8} << 20U;
  std::chrono::days unconfirmed_after{90};  ///< a claim that nobody confirmed for so long is shown as such
  ops::LogLevel log_level = ops::LogLevel::Info;
};

/// Values for what the file does not say.
Config system_defaults();  ///< /var/lib/vigifuite, /run/vigifuite/vigifuite.sock, /etc/vigifuite/sources.d
/// $XDG_DATA_HOME/vigifuite and $XDG_CONFIG_HOME/vigifuite. Config: no home directory.
Result<Config> personal_defaults(const std::function<std::string(const char*)>& environment);

/// Reads a file over `defaults`. Config: names the file, the line, the key and what is expected; unknown keys are
/// refused.
Result<Config> read_config(const std::filesystem::path& file, Config defaults);

/// The shipped sources and those of the directory, those not chosen disabled. Config: which file is wrong, and where;
/// an id chosen that does not exist.
Result<std::vector<Source>> load_sources(const Config& config);

/// The bodies and words in use: the shipped ones, and those of the directory over them, in the order of the file names.
struct Words {
  std::shared_ptr<const Vocabulary> vocabulary;
  Digest own;  ///< of the files of the directory
};
/// Config: one sentence: which file and entry is wrong, what, and what to do.
Result<Words> load_words(const Config& config);

/// "vigifuite/0.1.0 (+mailto:…)".
std::string user_agent(const Config& config);

}  // namespace vigifuite::app
