// SPDX-License-Identifier: AGPL-3.0-or-later
// The fetcher against servers that misbehave.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include "tests/support/gzip.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/unit/ops/fetch.hpp"

using namespace vigifuite;
using namespace vigifuite::ops;
using namespace vigifuite::test;
using namespace std::chrono_literals;

namespace {

FetchLimits hurried() {
  FetchLimits limits;
  limits.slow_after = 1s;
  return limits;
}

/// Fetches what `script` serves, under a cap of 4 MiB.
Result<FetchReply> fetch_from(RawServer::Script script, FetchLimits limits = {}) {
  const RawServer server(std::move(script));
  Fetcher fetcher(kAgent, limits);
  FetchRequest request = request_for(server.url("/feed?key=hidden"));
  request.max_bytes = std::size_t{4} << 20U;
  return fetch(fetcher, request);
}

void check_error(const Result<FetchReply>& result, ErrorKind kind, std::string_view words) {
  REQUIRE_FALSE(result.has_value());
  CAPTURE(result.error().what);
  CHECK(std::string(name_of(result.error().kind)) == name_of(kind));
  CHECK(has(result.error().what, words));
  CHECK_FALSE(result.error().fr.empty());
  CHECK_FALSE(has(result.error().what, "hidden"));
}

long peak_kib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("net: sixteen kilobytes that decode to ten gibibytes stop at the cap, with little memory") {
  const std::string bomb = gzip(gzip_of_zeros(10 * 1024));
  CHECK(bomb.size() < 100'000);
  const long before = peak_kib();
  check_error(fetch_from(says(answer("200 OK", "Content-Encoding: gzip, gzip\r\n", bomb))), ErrorKind::Malformed,
              "larger than 4194304 bytes");
  check_error(fetch_from(says(answer("200 OK", "Content-Encoding: gzip\r\n", gzip_of_zeros(300)))),
              ErrorKind::Malformed, "larger than 4194304 bytes");
  CHECK(peak_kib() - before < 64 * 1024);
}

TEST_CASE("net: a body announced as two gigabytes is refused before it is read") {
  check_error(fetch_from([](Connection& connection) {
                if (connection.request().empty()) return;
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n");
                connection.hold();
              }),
              ErrorKind::Malformed, "larger than");
}

TEST_CASE("net: a body without end is cut at the cap, not kept and not passed on") {
  const std::string block = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  check_error(fetch_from([&](Connection& connection) {
                if (connection.request().empty()) return;
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (connection.send(block)) {
                }
              }),
              ErrorKind::Malformed, "larger than");
}

TEST_CASE("net: a body of exactly the cap passes, one byte more does not") {
  for (const std::size_t size : {std::size_t{1000}, std::size_t{1001}}) {
    const RawServer server([&](Connection& connection) {
      if (!connection.request().empty()) connection.send("HTTP/1.1 200 OK\r\n\r\n" + std::string(size, 'x'));
    });
    Fetcher fetcher(kAgent);
    FetchRequest request = request_for(server.url());
    request.max_bytes = 1000;
    CHECK(fetch(fetcher, request).has_value() == (size == 1000));
  }
}

TEST_CASE("net: a server that trickles, stalls in its headers or says nothing at all is given up") {
  for (const char* start :
       {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx", "HTTP/1.1 200 OK\r\nETag: \"", "H", ""}) {
    CAPTURE(std::string(start));
    check_error(fetch_from(
                    [&](Connection& connection) {
                      if (connection.request().empty()) return;
                      connection.send(start);
                      connection.hold();
                    },
                    hurried()),
                ErrorKind::Transient, "too slow or does not answer");
  }
}

TEST_CASE("net: the total time is bounded over all redirects together") {
  FetchLimits limits;
  limits.total = 1s;
  check_error(fetch_from(
                  [](Connection& connection) {
                    if (has(connection.request(), "/feed")) {
                      connection.send(answer("302 Found", "Location: /next\r\n", ""));
                    } else {
                      connection.hold();
                    }
                  },
                  limits),
              ErrorKind::Transient, "too slow");
}

TEST_CASE("net: a flood of headers is cut") {
  check_error(fetch_from([](Connection& connection) {
                if (connection.request().empty()) return;
                connection.send("HTTP/1.1 200 OK\r\n");
                while (connection.send("X-More: " + std::string(1000, 'x') + "\r\n")) {
                }
              }),
              ErrorKind::Malformed, "headers");
  check_error(fetch_from([](Connection& connection) {
                if (connection.request().empty()) return;
                while (connection.send("HTTP/1.1 100 Continue\r\n\r\n")) {
                }
              }),
              ErrorKind::Malformed, "headers");
}

TEST_CASE("net: a body shorter than announced, a cut chunk and a reset are failures to try again, never short bodies") {
  check_error(fetch_from(says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")), ErrorKind::Transient, "cut");
  check_error(fetch_from(says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n")),
              ErrorKind::Transient, "");
  check_error(fetch_from([](Connection& connection) {
                if (connection.request().empty()) return;
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
                connection.reset();
              }),
              ErrorKind::Transient, "");
  check_error(fetch_from([](Connection& connection) { connection.reset(); }), ErrorKind::Transient, "");
  check_error(fetch_from(says("")), ErrorKind::Transient, "");
}

TEST_CASE("net: a damaged or unknown encoding and an answer that is not HTTP are malformed") {
  std::string damaged = gzip(std::string(5000, 'a') + "b");
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  check_error(fetch_from(says(answer("200 OK", "Content-Encoding: gzip\r\n", damaged))), ErrorKind::Malformed,
              "damaged");
  check_error(fetch_from(says(answer("200 OK", "Content-Encoding: rot13\r\n", "abc"))), ErrorKind::Malformed,
              "damaged");
  check_error(fetch_from(says("SSH-2.0-OpenSSH_9.2p1\r\nwelcome to another protocol\r\n")), ErrorKind::Malformed,
              "HTTP");
}

TEST_CASE("net: each status means what the caller does next") {
  struct Row {
    const char* status;
    const char* headers;
    ErrorKind kind;
    std::optional<std::chrono::seconds> retry_after;
  };
  const std::chrono::seconds month = 24h * 30;
  for (const Row& row : {
           Row{"429 Too Many Requests", "Retry-After: 120\r\n", ErrorKind::RateLimited, 120s},
           Row{"429 Too Many Requests", "", ErrorKind::RateLimited, {}},
           Row{"429 Too Many Requests", "Retry-After: Thu, 31 Dec 2099 23:59:59 GMT\r\n", ErrorKind::RateLimited,
               month},
           Row{"429 Too Many Requests", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", ErrorKind::RateLimited, 0s},
           Row{"429 Too Many Requests", "Retry-After: 9999999999\r\n", ErrorKind::RateLimited, month},
           Row{"429 Too Many Requests", "Retry-After: -7\r\n", ErrorKind::RateLimited, 0s},
           Row{"429 Too Many Requests", "Retry-After: soon\r\n", ErrorKind::RateLimited, 0s},
           Row{"503 Unavailable", "Retry-After: 30\r\n", ErrorKind::RateLimited, 30s},
           Row{"503 Unavailable", "", ErrorKind::Transient, {}},
           Row{"500 Oops", "", ErrorKind::Transient, {}},
           Row{"502 Bad Gateway", "", ErrorKind::Transient, {}},
           Row{"408 Request Timeout", "", ErrorKind::Transient, {}},
           Row{"401 Unauthorized", "WWW-Authenticate: Basic realm=x\r\n", ErrorKind::Refused, {}},
           Row{"403 Forbidden", "", ErrorKind::Refused, {}},
           Row{"404 Not Found", "", ErrorKind::Refused, {}},
           Row{"410 Gone", "", ErrorKind::Refused, {}},
           Row{"451 Unavailable For Legal Reasons", "", ErrorKind::Refused, {}},
           Row{"204 No Content", "", ErrorKind::Malformed, {}},
           Row{"206 Partial Content", "", ErrorKind::Malformed, {}},
           Row{"300 Multiple Choices", "", ErrorKind::Malformed, {}},
           Row{"304 Not Modified", "", ErrorKind::Malformed, {}},
       }) {
    CAPTURE(std::string(row.status));
    CAPTURE(std::string(row.headers));
    const auto result = fetch_from(says(answer(row.status, row.headers, "")));
    check_error(result, row.kind, "");
    CHECK(result.error().retry_after == row.retry_after);
  }
}

TEST_CASE("net: an error page of gigabytes, or one that stalls after its head, is the error it says") {
  check_error(fetch_from([](Connection& connection) {
                if (connection.request().empty()) return;
                connection.send("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (connection.send("1000\r\n" + std::string(0x1000, 'x') + "\r\n")) {
                }
              }),
              ErrorKind::Refused, "404");
  check_error(fetch_from(
                  [](Connection& connection) {
                    if (connection.request().empty()) return;
                    connection.send("HTTP/1.1 500 Oops\r\nContent-Length: 9000000000\r\n\r\nx");
                    connection.hold();
                  },
                  hurried()),
              ErrorKind::Transient, "500");
}

TEST_CASE("net: an error page with status 200 is a body: the format that reads it refuses it") {
  const auto page = fetch_from(says(answer("200 OK", "Content-Type: text/html\r\n", "<html>Sorry</html>")));
  REQUIRE(page.has_value());
  CHECK(page->outcome == FetchOutcome::Body);
  CHECK(page->bytes == "<html>Sorry</html>");
  CHECK(page->content_type == "text/html");
}

TEST_CASE("net: a redirect to an address against the rule is refused, whatever its form") {
  for (const char* location :
       {"http://127.0.0.1.evil.example/", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://user:pw@127.0.0.1/",
        "gopher://127.0.0.1:25/_x", "http://evil.example/", "http:///", "//evil.example/x"}) {
    CAPTURE(std::string(location));
    const auto headers = fmt::format("Location: {}\r\n", location);
    check_error(fetch_from(says(answer("302 Found", headers, ""))), ErrorKind::Refused, "redirected to");
  }
}
