// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/sd_notify.hpp"

#include <systemd/sd-daemon.h>

#include <string>
#include <system_error>

#include "daemon/ops/log.hpp"

namespace vigifuite::ops {
namespace {

void tell(const std::string& words) {
  const int sent = ::sd_notify(0, words.c_str());
  if (sent < 0) log_debug("systemd could not be told {}: {}", words, std::generic_category().message(-sent));
}

}  // namespace

void notify_ready() {
  tell("READY=1");
}
void notify_starting() {
  tell("EXTEND_TIMEOUT_USEC=60000000");
}
void notify_reloading() {
  tell("RELOADING=1");
}
void notify_stopping() {
  tell("STOPPING=1");
}
void notify_status(std::string_view text) {
  tell("STATUS=" + one_line(text, 256));
}
void notify_alive() {
  tell("WATCHDOG=1");
}

std::optional<std::chrono::microseconds> watchdog_interval() {
  std::uint64_t microseconds = 0;
  if (::sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::microseconds(microseconds) / 2;  // as sd_watchdog_enabled(3) advises
}

}  // namespace vigifuite::ops
