// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/app/reload.hpp"

#include <fcntl.h>
#include <systemd/sd-daemon.h>

namespace vigifuite::app {

Result<Reread> read_again(const std::filesystem::path& config_file, const Config& running) {
  auto config = config_file.empty() ? Result<Config>(running) : read_config(config_file, system_defaults());
  if (!config) return std::move(config).error();
  config->store = running.store;
  config->key_file = running.key_file;
  config->socket = running.socket;
  auto sources = load_sources(*config);
  if (!sources) return std::move(sources).error();
  auto words = load_words(*config);
  if (!words) return std::move(words).error();
  return Reread{std::move(*config), std::move(*sources), std::move(*words)};
}

Listener Listener::from_environment() {
  Listener listener;
  if (::sd_listen_fds(1) == 1) listener.given_ = SD_LISTEN_FDS_START;
  return listener;
}

Result<std::unique_ptr<http::Server>> Listener::serve(const std::filesystem::path& socket, http::Api& api) const {
  if (given_) return http::Server::adopt(::fcntl(*given_, F_DUPFD_CLOEXEC, 0), api);
  return http::Server::listen(socket, api);
}

}  // namespace vigifuite::app
