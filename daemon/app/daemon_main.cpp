// SPDX-License-Identifier: AGPL-3.0-or-later
// vigifuited: flags -> Config -> run_daemon.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "daemon/app/daemon.hpp"
#include "daemon/app/version.hpp"

namespace {

constexpr const char* kSystemConfig = "/etc/vigifuite/config.toml";
constexpr int kConfigExit = 78;  // EX_CONFIG: systemd does not start it again

int end_with(const vigifuite::Error& error) {
  vigifuite::ops::log_error("{}", error.what);
  return error.kind == vigifuite::ErrorKind::Config || error.kind == vigifuite::ErrorKind::Refused ? kConfigExit : 1;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace vigifuite;
  try {
    CLI::App cli("vigifuited polls public leak disclosures and tells the people concerned. It runs in the foreground.");
    std::string file;
    std::string store;
    cli.add_option("--config", file, fmt::format("configuration file (default: {} when it exists)", kSystemConfig));
    cli.add_option("--store", store, "directory of the store, instead of the configured one");
    cli.set_version_flag("--version", fmt::format("vigifuited {}", app::kVersion));
    CLI11_PARSE(cli, argc, argv);

    if (file.empty() && std::filesystem::exists(kSystemConfig)) file = kSystemConfig;
    app::Config config = app::system_defaults();
    if (!file.empty()) {
      auto read = app::read_config(std::filesystem::absolute(file), std::move(config));
      if (!read) return end_with(read.error());
      config = std::move(*read);
    }
    if (!store.empty()) config.store = std::filesystem::absolute(store);
    ops::log_start(config.log_level);
    const ops::SystemClock clock;
    const auto ended = app::run_daemon(config, file.empty() ? std::filesystem::path() : std::filesystem::absolute(file), clock);
    if (!ended) return end_with(ended.error());
    return *ended == app::Ended::Stopped ? 0 : 1;
  } catch (const std::exception& bug) {
    ops::log_error("a bug of ours: {}", bug.what());
    return 1;
  }
}
