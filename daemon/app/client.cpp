// SPDX-License-Identifier: AGPL-3.0-or-later
// How a command reaches the API: over the daemon's socket, or in process over a store of one's own.

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "daemon/api/service.hpp"
#include "daemon/app/client.hpp"
#include "daemon/app/engine.hpp"
#include "daemon/http/server.hpp"
#include "daemon/ops/log.hpp"
#include "daemon/ops/unix_http.hpp"
#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMaxAnswer = std::size_t{512} << 20U;
constexpr const char* kSystemConfig = "/etc/vigifuite/config.toml";

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  return value == nullptr ? std::string() : value;
}

/// Speaks to the daemon.
class SocketApi final : public http::Api {
 public:
  explicit SocketApi(std::filesystem::path socket) : socket_(std::move(socket)) {}

  http::ApiReply handle(const http::ApiRequest& request) override {
    std::string target;
    for (const char c : request.path) target += c == '/' ? std::string("/") : ops::percent_encode({&c, 1});
    char separator = '?';
    for (const auto& [name, value] : request.query) {
      target += fmt::format("{}{}={}", separator, ops::percent_encode(name), ops::percent_encode(value));
      separator = '&';
    }
    auto reply = ops::unix_request(socket_, request.method, target, request.body, kMaxAnswer);
    if (!reply) return http::problem(reply.error());
    return {reply->status, std::move(reply->content_type), std::move(reply->body)};
  }

 private:
  std::filesystem::path socket_;
};

/// Answers from a store opened here. Everything happens on the caller's thread.
///
/// A question opens the store for reading only: that is quick, shares it with other readers, and works on a disk that
/// cannot be written. It is opened for writing when something changes, or when the shipped documents must be read
/// first.
class LocalApi final : public http::Api {
 public:
  LocalApi(app::Config config, const ops::Clock& clock) : config_(std::move(config)), clock_(clock) {}

  http::ApiReply handle(const http::ApiRequest& request) override {
    const bool asks = request.method == "GET" || request.path == "/api/v1/check" ||
                      request.path.starts_with("/api/v1/letters");
    const bool updates = request.method == "POST" && request.path == "/api/v1/update";
    const Status opened = asks ? open_to_read() : open_to_write(!updates);
    return opened ? service_->handle(request) : http::problem(opened.error());
  }

 private:
  Status open_to_read() {
    if (engine_) return Done{};
    if (std::filesystem::exists(config_.store) && std::filesystem::exists(config_.key_file)) {
      auto engine = app::Engine::open(config_, clock_, app::Access::Read);
      if (!engine) return std::move(engine).error();
      const auto current = (*engine)->is_caught_up();
      if (!current) return current.error();
      if (*current) {
        take(std::move(*engine), app::Access::Read);
        return Done{};
      }
    }
    return open_to_write(true);
  }

  Status open_to_write(bool with_shipped) {
    if (!engine_ || access_ == app::Access::Read) {
      service_.reset();
      engine_.reset();
      auto engine = app::Engine::open(config_, clock_, app::Access::Write);
      if (!engine) return std::move(engine).error();
      take(std::move(*engine), app::Access::Write);
    }
    // An update reads the shipped documents as it reads the others; anything else wants them read before.
    return with_shipped ? engine_->catch_up() : Status(Done{});
  }

  void take(std::unique_ptr<app::Engine> engine, app::Access access) {
    engine_ = std::move(engine);
    access_ = access;
    service_ = std::make_unique<api::Service>(
        engine_->core([this](const std::function<Status()>& change) { return write(change); },
                      [this](const std::vector<std::string>& ids) { return update(ids); }));
  }

  Status write(const std::function<Status()>& change) {
    VIGIFUITE_TRY(change());
    auto told = engine_->deliver();
    if (!told) return std::move(told).error();
    return Done{};
  }

  Result<std::vector<api::SourceReport>> update(const std::vector<std::string>& ids) {
    auto reports = engine_->poll_now(ids);
    if (reports) {
      auto told = engine_->deliver();
      if (!told) return std::move(told).error();
    }
    return reports;
  }

  app::Config config_;
  const ops::Clock& clock_;
  app::Access access_ = app::Access::Read;
  std::unique_ptr<app::Engine> engine_;
  std::unique_ptr<api::Service> service_;
};

bool answers(const std::filesystem::path& socket) {
  sockaddr_un address{};
  if (socket.native().size() >= sizeof address.sun_path) return false;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return false;
  const bool connected = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(probe);
  return connected;
}

/// A configuration, and the file it was read from.
struct FoundConfig {
  app::Config config;
  std::filesystem::path file;
};

/// The person's own configuration, with what the command line said on top.
Result<FoundConfig> personal_config(const ClientOptions& options) {
  FoundConfig found;
  app::Config& defaults = found.config;
  if (auto personal = app::personal_defaults(environment)) {
    defaults = std::move(*personal);
  } else if (!options.store) {
    return std::move(personal).error();
  }
  defaults.log_level = ops::LogLevel::Error;  // what a command has to say stands in its answer
  const std::filesystem::path usual = defaults.sources_directory.parent_path() / "config.toml";
  const std::filesystem::path file = options.config.value_or(usual);
  if (options.config || std::filesystem::exists(usual)) {
    auto read = app::read_config(file, std::move(defaults));
    if (!read) return std::move(read).error();
    defaults = std::move(*read);
    found.file = file;
  }
  if (options.store) {
    defaults.store = std::filesystem::absolute(*options.store) / "store";
    defaults.key_file = std::filesystem::absolute(*options.store) / "watch.key";
  }
  return found;
}

Result<FoundConfig> found_config(const ClientOptions& options) {
  if (options.config || options.store || !std::filesystem::exists(kSystemConfig)) return personal_config(options);
  auto read = app::read_config(kSystemConfig, app::system_defaults());
  if (!read) return std::move(read).error();
  return FoundConfig{std::move(*read), kSystemConfig};
}

/// root puts a backup back for whoever the place belongs to (the account of the service).
Status give_to_owner_of(const std::filesystem::path& place, const std::filesystem::path& tree) {
  struct stat owner {};
  if (::geteuid() != 0 || ::stat(place.c_str(), &owner) != 0) return Done{};
  const auto give = [&](const std::filesystem::path& path) {
    return ::lchown(path.c_str(), owner.st_uid, owner.st_gid) == 0;
  };
  bool given = give(tree);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(tree)) given = give(entry.path()) && given;
  if (given) return Done{};
  return fail(ErrorKind::Config, Message::FileCannotWrite, tree.native(), system_reason(errno));
}

}  // namespace

Result<app::Config> any_config(const ClientOptions& options) {
  auto found = found_config(options);
  if (!found) return std::move(found).error();
  return std::move(found->config);
}

Result<std::unique_ptr<http::Api>> open_client(const ClientOptions& options) {
  if (options.socket) return std::unique_ptr<http::Api>(std::make_unique<SocketApi>(*options.socket));
  if (!options.store && !options.config) {
    const std::filesystem::path socket = app::system_defaults().socket;
    if (answers(socket)) return std::unique_ptr<http::Api>(std::make_unique<SocketApi>(socket));
  }
  auto found = personal_config(options);
  if (!found) return std::move(found).error();
  ops::log_start(found->config.log_level);
  static const ops::SystemClock clock;
  return std::unique_ptr<http::Api>(std::make_unique<LocalApi>(std::move(found->config), clock));
}

Result<ConfigReport> check_config(const ClientOptions& options) {
  auto found = found_config(options);
  if (!found) return std::move(found).error();
  const app::Config& config = found->config;
  auto sources = app::load_sources(config);
  if (!sources) return std::move(sources).error();
  auto words = app::load_words(config);
  if (!words) return std::move(words).error();
  ConfigReport report;
  report.file = found->file;
  report.store = config.store;
  report.key_file = config.key_file;
  report.sources_directory = config.sources_directory;
  report.socket = config.socket;
  report.user_agent = app::user_agent(config);
  report.has_contact = !config.contact.empty();
  report.sources = sources->size();
  for (const Source& source : *sources) report.enabled += source.enabled ? 1 : 0;
  report.own_lists = config.organisations_directory;
  report.bodies = words->vocabulary->organisations().size();
  return report;
}

Result<std::filesystem::path> restore_store(const std::filesystem::path& from, const ClientOptions& options) {
  auto found = found_config(options);
  if (!found) return std::move(found).error();
  const app::Config* config = &found->config;
  std::error_code failed;
  if (!std::filesystem::exists(from / "CURRENT", failed)) {
    return fail(ErrorKind::Config, Message::RestoreNotBackup, from.native());
  }
  if (std::filesystem::exists(config->store, failed) && !std::filesystem::is_empty(config->store, failed)) {
    return fail(ErrorKind::Refused, Message::RestoreNotEmpty, config->store.native());
  }
  std::filesystem::create_directories(config->store, failed);
  std::filesystem::copy(from, config->store, std::filesystem::copy_options::recursive, failed);
  if (failed) {
    std::error_code ignored;
    std::filesystem::remove_all(config->store, ignored);
    return fail(ErrorKind::Storage, Message::RestoreCannotCopy, from.native(), config->store.native(),
                system_reason(failed.value()));
  }
  static const ops::SystemClock clock;
  const bool had_key = std::filesystem::exists(config->key_file, failed);
  auto engine = app::Engine::open(*config, clock, app::Access::Write);  // it must open, with the key there is
  if (!engine) {
    std::error_code ignored;
    std::filesystem::remove_all(config->store, ignored);
    if (!had_key) std::filesystem::remove(config->key_file, ignored);
    if (had_key) return fail(engine.error().kind, Message::RestoreRefused, engine.error().text());
    return fail(engine.error().kind, Message::RestorePutKeyBack, engine.error().text(), config->key_file.native());
  }
  engine->reset();
  VIGIFUITE_TRY(give_to_owner_of(config->store.parent_path(), config->store));
  return config->store;
}

}  // namespace vigifuite::cli
