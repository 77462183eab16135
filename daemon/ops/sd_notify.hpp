// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What systemd is told (Type=notify). Without systemd each call does nothing.

#include <chrono>
#include <optional>
#include <string_view>

namespace vigifuite::ops {

void notify_ready();
void notify_starting();   ///< the start takes longer than usual, and goes on: wait another minute
void notify_reloading();  ///< notify_ready() says when it is over
void notify_stopping();
void notify_status(std::string_view text);  ///< one line for `systemctl status`
void notify_alive();                        ///< feeds the watchdog: call it on progress, not from a timer

/// How often notify_alive() must be called at least; nothing when there is no watchdog.
std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace vigifuite::ops
