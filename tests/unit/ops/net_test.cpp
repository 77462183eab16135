// SPDX-License-Identifier: AGPL-3.0-or-later
// What the fetcher sends, and how it shares its time.
#include "daemon/ops/net.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "tests/support/environment.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/unit/ops/fetch.hpp"

using namespace vigifuite;
using namespace vigifuite::ops;
using namespace vigifuite::test;
using namespace std::chrono_literals;

namespace {

/// Serves every request of every connection with `reply`, and keeps their heads.
class Recorder {
 public:
  explicit Recorder(std::string reply)
      : reply_(std::move(reply)), server_([this](Connection& connection) {
          for (std::string head = connection.request(); !head.empty(); head = connection.request()) {
            {
              const std::lock_guard lock(mutex_);
              heads_.push_back(head);
            }
            connection.send(reply_);
          }
        }) {}

  [[nodiscard]] const RawServer& server() const { return server_; }
  [[nodiscard]] std::vector<std::string> heads() const {
    const std::lock_guard lock(mutex_);
    return heads_;
  }

 private:
  const std::string reply_;
  mutable std::mutex mutex_;
  std::vector<std::string> heads_;
  RawServer server_;
};

constexpr const char* kEmptyList = "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\n[]";

}  // namespace

TEST_CASE("net: a request names us, gives back the validators as they were, and carries no cookie") {
  const Recorder recorder(kEmptyList);
  Fetcher fetcher(kAgent);
  FetchRequest request = request_for(recorder.server().url("/a?b=c#d"));
  request.validators = {"W/\"0-é\"", "Tue, 14 Nov 2023 00:00:00 GMT"};
  REQUIRE(fetch(fetcher, request).has_value());
  REQUIRE(fetch(fetcher, request).has_value());
  const auto heads = recorder.heads();
  REQUIRE(heads.size() == 2);
  for (const std::string& head : heads) {
    CAPTURE(head);
    CHECK(has(head, "GET /a?b=c HTTP/1.1\r\n"));
    CHECK(has(head, "\r\nIf-None-Match: W/\"0-é\"\r\n"));
    CHECK(has(head, "\r\nIf-Modified-Since: Tue, 14 Nov 2023 00:00:00 GMT\r\n"));
    CHECK(has(head, fmt::format("\r\nUser-Agent: {}\r\n", kAgent)));
    CHECK(has(head, "gzip"));
    CHECK_FALSE(has(head, "Cookie"));
    CHECK_FALSE(has(head, "Authorization"));
  }
  CHECK(recorder.server().hits() == 1);  // one connection served both
}

TEST_CASE("net: validators that would break out of their header are not sent") {
  const Recorder recorder(kEmptyList);
  Fetcher fetcher(kAgent);
  FetchRequest request = request_for(recorder.server().url());
  request.validators = {"\"1\"\r\nX-Forged: yes", std::string(5000, 'x')};
  REQUIRE(fetch(fetcher, request).has_value());
  CHECK_FALSE(has(recorder.heads().at(0), "X-Forged"));
  CHECK_FALSE(has(recorder.heads().at(0), "If-"));
}

TEST_CASE("net: a 304 without validators of its own leaves those we have") {
  const Recorder recorder("HTTP/1.1 304 Not Modified\r\n\r\n");
  Fetcher fetcher(kAgent);
  FetchRequest request = request_for(recorder.server().url());
  request.validators = {"\"1\"", "Tue, 14 Nov 2023 00:00:00 GMT"};
  const auto reply = fetch(fetcher, request);
  REQUIRE(reply.has_value());
  CHECK(reply->outcome == FetchOutcome::Unchanged);
  CHECK(reply->validators == request.validators);
}

TEST_CASE("net: the proxy of the environment is used, but not for this machine") {
  const Recorder proxy(kEmptyList);
  const Recorder origin(kEmptyList);
  const ScopedEnvironment http("http_proxy", proxy.server().url("").c_str());
  const ScopedEnvironment all("all_proxy", nullptr), none("no_proxy", nullptr), none_too("NO_PROXY", nullptr);
  Fetcher fetcher(kAgent);
  FetchRequest request = request_for("http://feeds.example.org/list");
  request.allow_http = true;
  REQUIRE(fetch(fetcher, request).has_value());
  REQUIRE(proxy.heads().size() == 1);
  CHECK(has(proxy.heads()[0], "GET http://feeds.example.org/list HTTP/1.1\r\n"));
  REQUIRE(fetch(fetcher, request_for(origin.server().url())).has_value());
  CHECK(origin.heads().size() == 1);
  CHECK(proxy.heads().size() == 1);
}

TEST_CASE("net: no server of the network can send us into this machine") {
  for (const char* target : {"http://127.0.0.1:1/", "http://localhost:1/", "http://2130706433:1/", "http://0/",
                             "http://[::1]:1/", "http://[::ffff:127.0.0.1]:1/", "http://169.254.169.254/latest",
                             "http://x.localhost/", "http://0x7f.1/", "http://[::]/", "http://[fe80::1]/"}) {
    CAPTURE(std::string(target));
    const Recorder proxy(answer("302 Found", fmt::format("Location: {}\r\n", target), ""));
    const ScopedEnvironment http("http_proxy", proxy.server().url("").c_str());
    const ScopedEnvironment none("no_proxy", nullptr), none_too("NO_PROXY", nullptr);
    Fetcher fetcher(kAgent);
    FetchRequest request = request_for("http://feeds.example.org/list");
    request.allow_http = true;
    const auto reply = fetch(fetcher, request);
    REQUIRE_FALSE(reply.has_value());
    CHECK(reply.error().kind == ErrorKind::Refused);
    CHECK(has(reply.error().what, "redirected into this machine"));
    CHECK(proxy.heads().size() == 1);
  }
}

TEST_CASE("net: a host gets at most its share of connections, however many requests wait for it") {
  constexpr int kRequests = 30;
  std::mutex mutex;
  std::condition_variable arrived;
  int inside = 0;
  const RawServer server([&](Connection& connection) {
    if (connection.request().empty()) return;
    {
      // Nobody leaves alone: this shows that two are served together, and any third would be seen. Whoever came
      // second of a pair may be gone, and a third be in, before the first wakes: it waits for its own pair only.
      std::unique_lock lock(mutex);
      const int pair_complete = (++inside + 1) / 2 * 2;
      arrived.notify_all();
      arrived.wait(lock, [&] { return inside >= pair_complete; });
    }
    connection.send(answer("200 OK", "", "[]"));
  });
  Fetcher fetcher(kAgent);
  int good = 0;
  for (int i = 0; i < kRequests; ++i) {
    fetcher.start(request_for(server.url()), [&](Result<FetchReply> reply) { good += reply.has_value() ? 1 : 0; });
  }
  CHECK(fetcher.in_flight() == kRequests);
  while (fetcher.in_flight() > 0) fetcher.run_once(1min);
  CHECK(good == kRequests);
  CHECK(server.hits() == kRequests);
  CHECK(server.most_at_once() <= 3);  // a closing connection and the two that are allowed
}

TEST_CASE("net: two hundred addresses are each fetched once, in any order") {
  std::mutex mutex;
  std::map<std::string, int> seen;
  const RawServer server([&](Connection& connection) {
    for (std::string head = connection.request(); !head.empty(); head = connection.request()) {
      const std::string path = head.substr(4, head.find(' ', 4) - 4);
      {
        const std::lock_guard lock(mutex);
        ++seen[path];
      }
      connection.send(fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", path.size(), path));
    }
  });
  FetchLimits limits;
  limits.per_host = 16;
  Fetcher fetcher(kAgent, limits);
  std::map<std::string, int> told;
  for (int i = 0; i < 200; ++i) {
    const std::string path = fmt::format("/{}", i);
    fetcher.start(request_for(server.url(path)), [&told, path](Result<FetchReply> reply) {
      if (reply && reply->bytes == path) ++told[path];
    });
  }
  while (fetcher.in_flight() > 0) fetcher.run_once(1min);
  CHECK(told.size() == 200);
  const std::lock_guard lock(mutex);
  CHECK(seen.size() == 200);
  for (const auto& [path, times] : seen) CHECK(times == 1);
  CHECK(server.hits() <= 16);
}

TEST_CASE("net: an address against the rule is told from run_once, not from start") {
  Fetcher fetcher(kAgent);
  int told = 0;
  fetcher.start(request_for("http://feeds.example.org/?key=hidden"), [&](Result<FetchReply> reply) {
    ++told;
    REQUIRE_FALSE(reply.has_value());
    CHECK(reply.error().kind == ErrorKind::Refused);
    CHECK(has(reply.error().what, "http is not encrypted"));
  });
  CHECK(told == 0);
  CHECK(fetcher.in_flight() == 1);
  fetcher.run_once(10min);
  CHECK(told == 1);
  CHECK(fetcher.in_flight() == 0);
}

TEST_CASE("net: a callback may start the next fetch") {
  const Recorder recorder(kEmptyList);
  Fetcher fetcher(kAgent);
  int rounds = 0;
  std::function<void(Result<FetchReply>)> next = [&](Result<FetchReply> reply) {
    REQUIRE(reply.has_value());
    if (++rounds < 5) fetcher.start(request_for(recorder.server().url()), next);
  };
  fetcher.start(request_for(recorder.server().url()), next);
  while (fetcher.in_flight() > 0) fetcher.run_once(1min);
  CHECK(rounds == 5);
}

TEST_CASE("net: wake() from another thread ends the wait, also when it comes before it") {
  Fetcher fetcher(kAgent);
  std::thread other([&] { fetcher.wake(); });
  fetcher.run_once(24h);
  other.join();
}

TEST_CASE("net: a watched descriptor that is readable ends the wait") {
  const int descriptor = ::eventfd(1, EFD_CLOEXEC);
  REQUIRE(descriptor >= 0);
  Fetcher fetcher(kAgent);
  fetcher.watch(descriptor);
  fetcher.run_once(24h);
  ::close(descriptor);
}

TEST_CASE("net: destroyed with transfers under way, waiting or refused, each callback is called once") {
  const RawServer server([](Connection& connection) { connection.hold(); });
  int told = 0, transient = 0;
  {
    Fetcher fetcher(kAgent);
    const auto count = [&](Result<FetchReply> reply) {
      ++told;
      if (!reply && reply.error().kind == ErrorKind::Transient) ++transient;
    };
    for (int i = 0; i < 10; ++i) fetcher.start(request_for(server.url()), count);
    while (server.hits() == 0) fetcher.run_once(10ms);
    fetcher.start(request_for("ftp://example.org/"), count);
    CHECK(told == 0);
  }
  CHECK(told == 11);
  CHECK(transient == 10);
}
