// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// One line per event, to the journal when systemd runs us, else to stderr. A line never holds a watched person's data.

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>

namespace vigifuite::ops {

enum class LogLevel : unsigned char { Debug, Info, Warning, Error };

/// Takes finished lines; called from any thread, one at a time.
using LogSink = std::function<void(LogLevel, std::string_view)>;

/// Lines below `least` are dropped. `sink` takes the place of journal and stderr (tests). Before the first call,
/// warnings and errors go to stderr. Not to be called while other threads log.
void log_start(LogLevel least, LogSink sink = {});

[[nodiscard]] bool log_enabled(LogLevel level) noexcept;
/// Never throws: a line that cannot be written is lost. Cleaned by one_line().
void log_line(LogLevel level, std::string_view line) noexcept;

/// `text` as one printable line: control characters, line and paragraph separators and text-direction overrides become
/// spaces, so that what a feed says can neither forge a line nor drive a terminal; at most `max_bytes`.
std::string one_line(std::string_view text, std::size_t max_bytes = 4096);

template <class... Args>
void log_at(LogLevel level, fmt::format_string<Args...> format, Args&&... args) {
  if (log_enabled(level)) log_line(level, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_debug(fmt::format_string<Args...> format, Args&&... args) {
  log_at(LogLevel::Debug, format, std::forward<Args>(args)...);
}
template <class... Args>
void log_info(fmt::format_string<Args...> format, Args&&... args) {
  log_at(LogLevel::Info, format, std::forward<Args>(args)...);
}
template <class... Args>
void log_warning(fmt::format_string<Args...> format, Args&&... args) {
  log_at(LogLevel::Warning, format, std::forward<Args>(args)...);
}
template <class... Args>
void log_error(fmt::format_string<Args...> format, Args&&... args) {
  log_at(LogLevel::Error, format, std::forward<Args>(args)...);
}

}  // namespace vigifuite::ops
