// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/systemd_sink.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <mutex>

#include "schemas/core/text.hpp"

namespace vigifuite::ops {
namespace {

spdlog::level::level_enum level_of(LogLevel level) noexcept {
  switch (level) {
    case LogLevel::Debug: return spdlog::level::debug;
    case LogLevel::Info: return spdlog::level::info;
    case LogLevel::Warning: return spdlog::level::warn;
    case LogLevel::Error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

LogLevel our_level(spdlog::level::level_enum level) noexcept {
  if (level >= spdlog::level::err) return LogLevel::Error;
  if (level == spdlog::level::warn) return LogLevel::Warning;
  return level == spdlog::level::info ? LogLevel::Info : LogLevel::Debug;
}

class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(LogSink take) : take_(std::move(take)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    take_(our_level(message.level), {message.payload.data(), message.payload.size()});
  }
  void flush_() override {}
  LogSink take_;
};

/// systemd names the journal's socket by device and inode: stderr may have been redirected since.
bool stderr_is_journal() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat found {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &found) != 0) return false;
  return fmt::format("{}:{}", found.st_dev, found.st_ino) == stream;
}

std::unique_ptr<spdlog::logger> make_logger(LogLevel least, LogSink take) {
  spdlog::sink_ptr target;
  if (take) {
    target = std::make_shared<FunctionSink>(std::move(take));
  } else if (stderr_is_journal()) {
    target = std::make_shared<spdlog::sinks::systemd_sink_mt>();
  } else {
    target = std::make_shared<spdlog::sinks::stderr_color_sink_mt>(
        std::getenv("NO_COLOR") == nullptr ? spdlog::color_mode::automatic : spdlog::color_mode::never);
    target->set_pattern("%^%l%$: %v");
  }
  auto logger = std::make_unique<spdlog::logger>("vigifuite", std::move(target));
  logger->set_level(level_of(least));
  logger->flush_on(spdlog::level::warn);
  return logger;
}

std::unique_ptr<spdlog::logger>& logger() {
  static std::unique_ptr<spdlog::logger> instance = make_logger(LogLevel::Warning, {});
  return instance;
}

/// How many bytes at the start of `text` must not reach a log: a control character, in UTF-8, or 0.
std::size_t unprintable(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return 2;                      // C1 controls
  if (byte(0) == 0xE2 && byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) return 3;  // separators, overrides
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9) return 3;  // isolates
  return 0;
}

}  // namespace

void log_start(LogLevel least, LogSink sink) {
  logger() = make_logger(least, std::move(sink));
}

bool log_enabled(LogLevel level) noexcept {
  return logger()->should_log(level_of(level));
}

void log_line(LogLevel level, std::string_view line) noexcept try {
  const std::string clean = one_line(line);
  logger()->log(level_of(level), spdlog::string_view_t(clean.data(), clean.size()));
} catch (...) {  // NOLINT(bugprone-empty-catch): a log line must never be what stops the program
}

std::string one_line(std::string_view text, std::size_t max_bytes) {
  text = clip(text, max_bytes);
  std::string line;
  line.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bad = unprintable(text);
    line += bad == 0 ? text.front() : ' ';
    text.remove_prefix(bad == 0 ? 1 : bad);
  }
  return line;
}

}  // namespace vigifuite::ops
