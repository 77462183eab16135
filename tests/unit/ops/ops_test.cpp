// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <vector>

#include "daemon/ops/log.hpp"
#include "daemon/ops/queue.hpp"
#include "daemon/ops/sd_notify.hpp"
#include "daemon/ops/signals.hpp"
#include "daemon/ops/thread.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_dir.hpp"

using namespace vigifuite;
using namespace vigifuite::ops;
using namespace vigifuite::test;
using namespace std::chrono_literals;

TEST_CASE("log: a line is one line, and drives no terminal") {
  CHECK(one_line("a\nb\r\nc\td\x1b[31m") == "a b  c d [31m");
  CHECK(one_line("caf\xC3\xA9 \xE2\x82\xAC") == "caf\xC3\xA9 \xE2\x82\xAC");
  CHECK(one_line("a\xC2\x9B"
                 "31m") == "a 31m");
  CHECK(one_line("a\xE2\x80\xAE"
                 "b\xE2\x80\xA8"
                 "c\xE2\x81\xA6"
                 "d") == "a b c d");
  CHECK(one_line(std::string("a\0b", 3)) == "a b");
  CHECK(one_line(std::string(9000, 'x')).size() == 4096);
  CHECK(one_line("\xC3\xA9\xC3\xA9", 3) == "\xC3\xA9");
}

TEST_CASE("log: lines below the level are dropped, values cannot forge another line") {
  std::vector<std::string> lines;
  log_start(LogLevel::Info, [&](LogLevel level, std::string_view line) {
    lines.push_back((level == LogLevel::Error ? "E " : level == LogLevel::Warning ? "W " : "I ") + std::string(line));
  });
  log_debug("not {}", "seen");
  log_info("source {}: {}", "s1", "ok\nERROR: forged");
  log_warning("braces in a value {} stay", "{}");
  log_error("last");
  CHECK(log_enabled(LogLevel::Info));
  CHECK_FALSE(log_enabled(LogLevel::Debug));
  log_start(LogLevel::Warning);
  CHECK(lines == std::vector<std::string>{"I source s1: ok ERROR: forged", "W braces in a value {} stay", "E last"});
}

TEST_CASE("log: a sink that fails stops nothing") {
  log_start(LogLevel::Info, [](LogLevel, std::string_view) { throw std::runtime_error("no room"); });
  log_info("x");
  log_start(LogLevel::Warning);
}

TEST_CASE("signals: TERM and INT ask to stop, HUP to reload, and the mask is put back") {
  sigset_t before, after;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  {
    auto signals = Signals::open();
    REQUIRE(signals.has_value());
    CHECK_FALSE((*signals)->next().has_value());
    ::raise(SIGHUP);
    CHECK((*signals)->next() == Signal::Reload);
    ::raise(SIGTERM);
    CHECK((*signals)->next() == Signal::Stop);
    ::raise(SIGINT);
    CHECK((*signals)->next() == Signal::Stop);
    CHECK_FALSE((*signals)->next().has_value());
  }
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  CHECK(sigismember(&after, SIGTERM) == sigismember(&before, SIGTERM));
}

TEST_CASE("sd_notify: systemd hears what happens, on one line each") {
  const TempDir directory;
  const std::string path = (directory / "notify").string();
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  REQUIRE(socket >= 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(path.size() < sizeof address.sun_path);
  path.copy(address.sun_path, path.size());
  REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  const auto heard = [&] {
    std::string text(4096, '\0');
    const ssize_t got = ::recv(socket, text.data(), text.size(), 0);
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  };
  const ScopedEnvironment notify("NOTIFY_SOCKET", path.c_str());
  notify_ready();
  CHECK(heard() == "READY=1");
  notify_status("3 sources\nREADY=1");
  CHECK(heard() == "STATUS=3 sources READY=1");
  notify_reloading();
  CHECK(heard() == "RELOADING=1");
  notify_alive();
  CHECK(heard() == "WATCHDOG=1");
  notify_stopping();
  CHECK(heard() == "STOPPING=1");
  ::close(socket);
  notify_status("nobody listens any more");
}

TEST_CASE("sd_notify: the watchdog is fed twice as often as systemd wants, and not at all without one") {
  const ScopedEnvironment none("WATCHDOG_USEC", nullptr), no_pid("WATCHDOG_PID", nullptr);
  CHECK_FALSE(watchdog_interval().has_value());
  const ScopedEnvironment some("WATCHDOG_USEC", "30000000");
  CHECK(watchdog_interval() == 15s);
}

TEST_CASE("thread: what ends a thread early is kept and reported, and stops nothing by itself") {
  log_start(LogLevel::Error, [](LogLevel, std::string_view) {});
  std::atomic<int> failures = 0;
  {
    Thread thread(
        "fails", [](const std::stop_token&) { throw std::runtime_error("broken\nbadly"); }, [&] { ++failures; });
    thread.join();
    CHECK(describe(thread.failure()) == "broken badly");
  }
  CHECK(failures == 1);
  {
    Thread thread("odd", [](const std::stop_token&) { throw 7; });
    thread.join();
    CHECK(describe(thread.failure()) == "an unknown exception");
  }
  log_start(LogLevel::Warning);
}

TEST_CASE("thread: a destroyed thread was asked to stop and has ended; its name shows") {
  std::atomic<bool> ended = false;
  std::string name;
  {
    Queue<int> queue(1, 1);
    const Thread thread("a-long-name-of-a-thread", [&](const std::stop_token& stop) {
      char buffer[32] = {};
      pthread_getname_np(pthread_self(), buffer, sizeof buffer);
      name = buffer;
      CHECK_FALSE(queue.pop(stop).has_value());
      ended = true;
    });
  }
  CHECK(ended);
  CHECK(name == "a-long-name-of-");
}

TEST_CASE("queue: bounded in items and in bytes, a refused value stays with its owner") {
  Queue<std::unique_ptr<int>> queue(2, 100);
  CHECK(queue.try_push(std::make_unique<int>(1), 60));
  CHECK(queue.has_room(40));
  CHECK_FALSE(queue.has_room(41));
  auto kept = std::make_unique<int>(2);
  CHECK_FALSE(queue.try_push(std::move(kept), 41));
  REQUIRE(kept);  // NOLINT(bugprone-use-after-move): that is the promise
  CHECK(queue.try_push(std::move(kept), 40));
  CHECK_FALSE(queue.try_push(std::make_unique<int>(3), 0));
  CHECK(**queue.pop() == 1);
  CHECK(queue.try_push(std::make_unique<int>(3), 60));
  CHECK(**queue.pop() == 2);
  CHECK(**queue.pop() == 3);
  CHECK(queue.size() == 0);
}

TEST_CASE("queue: a value larger than the bound passes alone") {
  Queue<int> queue(4, 100);
  CHECK(queue.try_push(1, 1000));
  CHECK_FALSE(queue.try_push(2, 1));
  CHECK(queue.pop() == 1);
  CHECK(queue.try_push(2, 1));
  CHECK_FALSE(queue.try_push(3, 1000));
}

TEST_CASE("queue: closed it takes nothing more, gives what it has, then nothing") {
  Queue<int> queue(4, 100);
  CHECK(queue.try_push(1, 1));
  queue.close();
  CHECK_FALSE(queue.try_push(2, 1));
  CHECK(queue.pop() == 1);
  CHECK_FALSE(queue.pop().has_value());
}

TEST_CASE("queue: everything pushed by several threads is popped once, in the order of each") {
  constexpr int kThreads = 4, kEach = 2000;
  Queue<int> queue(16, 1000);
  std::vector<int> next(kThreads, 0);
  bool in_order = true;
  {
    std::vector<std::unique_ptr<Thread>> producers;
    for (int t = 0; t < kThreads; ++t) {
      producers.push_back(std::make_unique<Thread>("producer", [&queue, t](const std::stop_token&) {
        for (int i = 0; i < kEach; ++i) {
          while (!queue.try_push(t * kEach + i, 1)) std::this_thread::yield();
        }
      }));
    }
    for (int i = 0; i < kThreads * kEach; ++i) {
      const int value = queue.pop().value();
      in_order = in_order && next[static_cast<std::size_t>(value / kEach)]++ == value % kEach;
    }
    for (auto& producer : producers) producer->join();
  }
  CHECK(in_order);
  CHECK(queue.size() == 0);
}

TEST_CASE("clock: the fake one moves when told, the real one is not in the past") {
  FakeClock clock;
  const Instant before = clock.now();
  clock.advance(1h);
  CHECK(clock.now() - before == 1h);
  CHECK(SystemClock().now() > before);
}
