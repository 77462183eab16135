// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/app/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "daemon/app/version.hpp"
#include "daemon/ops/files.hpp"
#include "feeds/source_file.hpp"
#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::app {
namespace {

constexpr std::size_t kMaxConfigBytes = 1U << 20U;
constexpr std::size_t kMaxRegistryBytes = std::size_t{64} << 20U;
constexpr std::size_t kMaxRegistryFiles = 100;
constexpr std::int64_t kMaxCacheMib = 64 * 1024;

/// Reads one key after another, and keeps the first failure.
class Keys {
 public:
  Keys(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

  void path(const char* key, std::filesystem::path& target) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const auto text = node->value<std::string>();
    if (!text || text->empty() || !std::filesystem::path(*text).is_absolute())
      return refuse(key, *node, in_both(Message::ConfigPath));
    target = *text;
  }
  void text(const char* key, std::string& target) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const auto found = node->value<std::string>();
    const bool clean = found && std::none_of(found->begin(), found->end(),
                                             [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (!clean) return refuse(key, *node, in_both(Message::ConfigLine));
    target = *found;
  }
  void words(const char* key, std::vector<std::string>& target) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) return refuse(key, *node, in_both(Message::ConfigList));
    for (const toml::node& item : *array) {
      const auto word = item.value<std::string>();
      if (!word) return refuse(key, item, in_both(Message::ConfigList));
      target.push_back(*word);
    }
  }
  void mebibytes(const char* key, std::size_t& target) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const auto number = node->value<std::int64_t>();
    if (!number || *number < 1 || *number > kMaxCacheMib) return refuse(key, *node, in_both(Message::ConfigMebibytes));
    target = static_cast<std::size_t>(*number) << 20U;
  }
  void days(const char* key, std::chrono::days& target) {
    constexpr std::int64_t kMostDays = 3650;
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const auto number = node->value<std::int64_t>();
    if (!number || *number < 1 || *number > kMostDays)
      return refuse(key, *node, in_both(Message::ConfigDays, kMostDays));
    target = std::chrono::days(*number);
  }
  void level(const char* key, ops::LogLevel& target) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const auto word = node->value<std::string>().value_or("");
    if (word == "debug")
      target = ops::LogLevel::Debug;
    else if (word == "info")
      target = ops::LogLevel::Info;
    else if (word == "warning")
      target = ops::LogLevel::Warning;
    else if (word == "error")
      target = ops::LogLevel::Error;
    else
      refuse(key, *node, in_both(Message::ConfigLevel));
  }
  Status finish() {
    for (const auto& [key, node] : table_) {
      if (std::find(known_.begin(), known_.end(), key.str()) == known_.end())
        refuse(key.str(), node, in_both(Message::ConfigOneOf, fmt::format("{}", fmt::join(known_, ", "))));
    }
    if (failure_) return *failure_;
    return Done{};
  }

 private:
  const toml::node* take(const char* key) {
    known_.emplace_back(key);
    return table_.get(key);
  }
  void refuse(std::string_view key, const toml::node& node, const Text& expected) {
    if (failure_) return;
    failure_ = fail(ErrorKind::Config, Message::ConfigExpected, file_, node.source().begin.line, key, expected);
  }

  const toml::table& table_;
  std::string file_;
  std::vector<std::string> known_;
  std::optional<Error> failure_;
};

/// The files of a directory with one of these extensions, by name; none when there is no such directory.
Result<std::vector<std::filesystem::path>> files_in(const std::filesystem::path& directory,
                                                    std::initializer_list<std::string_view> extensions) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory, failed)) {
    const std::string extension = entry.path().extension().string();
    if (std::find(extensions.begin(), extensions.end(), extension) != extensions.end()) files.push_back(entry.path());
  }
  if (failed && failed != std::errc::no_such_file_or_directory) {
    return fail(ErrorKind::Config, Message::ConfigDirectoryUnread, directory.native(), system_reason(failed.value()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// A registry file as JSON; TOML says the same in another writing.
Result<RegistryFile> read_registry(const std::filesystem::path& file) {
  auto bytes = ops::read_file(file, kMaxRegistryBytes);
  if (!bytes) return std::move(bytes).error();
  if (file.extension() != ".toml") return RegistryFile{file.native(), std::move(*bytes)};
  try {
    const toml::table table = toml::parse(std::string_view(*bytes), file.native());
    std::ostringstream json;
    json << toml::json_formatter(table);
    return RegistryFile{file.native(), std::move(json).str()};
  } catch (const toml::parse_error& error) {
    const std::string what = fmt::format("line {}: {}", error.source().begin.line, error.description());
    return fail(ErrorKind::Config, Message::RegistryNotJson, file.native(), what);
  }
}

}  // namespace

Config system_defaults() {
  Config config;
  config.store = "/var/lib/vigifuite/store";
  config.key_file = "/var/lib/vigifuite/watch.key";
  config.socket = "/run/vigifuite/vigifuite.sock";
  config.sources_directory = "/etc/vigifuite/sources.d";
  config.organisations_directory = "/etc/vigifuite/organisations.d";
  return config;
}

Result<Config> personal_defaults(const std::function<std::string(const char*)>& environment) {
  const auto place = [&](const char* variable, const char* under_home) -> std::filesystem::path {
    if (const std::filesystem::path set = environment(variable); set.is_absolute()) return set;
    const std::filesystem::path home = environment("HOME");
    return home.is_absolute() ? home / under_home : std::filesystem::path();
  };
  const auto data = place("XDG_DATA_HOME", ".local/share"), config_home = place("XDG_CONFIG_HOME", ".config");
  if (data.empty() || config_home.empty()) return fail(ErrorKind::Config, Message::ConfigNoHome);
  Config config;
  config.store = data / "vigifuite" / "store";
  config.key_file = data / "vigifuite" / "watch.key";
  config.sources_directory = config_home / "vigifuite" / "sources.d";
  config.organisations_directory = config_home / "vigifuite" / "organisations.d";
  config.log_level = ops::LogLevel::Warning;
  return config;
}

Result<Config> read_config(const std::filesystem::path& file, Config defaults) {
  auto bytes = ops::read_file(file, kMaxConfigBytes);
  if (!bytes) return std::move(bytes).error();
  toml::table table;
  try {
    table = toml::parse(std::string_view(*bytes), file.native());
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::Config, Message::ConfigNotToml, file.native(), error.source().begin.line,
                error.description());
  }
  Config config = std::move(defaults);
  Keys keys(table, file.native());
  keys.path("store", config.store);
  keys.path("key_file", config.key_file);
  keys.path("socket", config.socket);
  keys.path("sources_directory", config.sources_directory);
  keys.path("organisations_directory", config.organisations_directory);
  keys.text("contact", config.contact);
  keys.words("sources", config.sources);
  keys.mebibytes("cache_mib", config.cache_bytes);
  keys.days("unconfirmed_after_days", config.unconfirmed_after);
  keys.level("log_level", config.log_level);
  VIGIFUITE_TRY(keys.finish());
  return config;
}

Result<std::vector<Source>> load_sources(const Config& config) {
  std::vector<Source> sources = feeds::shipped_sources();
  auto files = files_in(config.sources_directory, {".toml"});
  if (!files) return std::move(files).error();
  for (const std::filesystem::path& file : *files) {
    auto bytes = ops::read_file(file, kMaxConfigBytes);
    if (!bytes) return std::move(bytes).error();
    auto source = feeds::read_source_file(*bytes, file.native());
    if (!source) return std::move(source).error();
    const auto same =
        std::find_if(sources.begin(), sources.end(), [&](const Source& other) { return other.id == source->id; });
    if (same != sources.end())
      *same = std::move(*source);
    else
      sources.push_back(std::move(*source));
  }
  for (const std::string& id : config.sources) {
    if (std::none_of(sources.begin(), sources.end(), [&](const Source& source) { return source.id == id; })) {
      return fail(ErrorKind::Config, Message::ConfigNoSource, id);
    }
  }
  if (config.sources.empty()) return sources;
  for (Source& source : sources) {
    source.enabled = std::find(config.sources.begin(), config.sources.end(), source.id) != config.sources.end();
  }
  return sources;
}

Result<Words> load_words(const Config& config) {
  const auto files = files_in(config.organisations_directory, {".json", ".toml"});
  if (!files) return files.error();
  if (files->empty())
    return Words{std::shared_ptr<const Vocabulary>(std::shared_ptr<void>(), &Vocabulary::shipped()), {}};
  if (files->size() > kMaxRegistryFiles) {
    return fail(ErrorKind::Config, Message::RegistryManyFiles, config.organisations_directory.native());
  }
  std::vector<RegistryFile> own;
  Digest sum;
  std::size_t bytes = 0;
  for (const std::filesystem::path& file : *files) {
    auto read = read_registry(file);
    if (!read) return std::move(read).error();
    bytes += read->json.size();
    if (bytes > 2 * kMaxRegistryBytes) return fail(ErrorKind::Config, Message::RegistryTooBig, file.native());
    add_unordered(sum, digest_of(file.native() + "\n" + read->json));
    own.push_back(std::move(*read));
  }
  auto loaded = Vocabulary::with(own);
  if (!loaded) return std::move(loaded).error();
  return Words{std::move(*loaded), sum};
}

std::string user_agent(const Config& config) {
  if (config.contact.empty()) return fmt::format("vigifuite/{}", kVersion);
  const bool address = config.contact.find("://") != std::string::npos || config.contact.starts_with("mailto:");
  return fmt::format("vigifuite/{} (+{}{})", kVersion, address ? "" : "mailto:", config.contact);
}

}  // namespace vigifuite::app
