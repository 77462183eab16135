// SPDX-License-Identifier: AGPL-3.0-or-later
// The fetcher against a real web server.
#include <doctest/doctest.h>

#include "tests/support/environment.hpp"
#include "tests/support/nginx.hpp"
#include "tests/unit/ops/fetch.hpp"

using namespace vigifuite;
using namespace vigifuite::ops;
using namespace vigifuite::test;

#define NEEDS_NGINX()                                      \
  if (!Nginx::available()) {                               \
    MESSAGE("skipped: nginx or openssl is not installed"); \
    return;                                                \
  }

TEST_CASE("net: a document is fetched once, then asked for conditionally and found unchanged, then changed") {
  NEEDS_NGINX();
  const Nginx nginx;
  nginx.put("feed.json", "[1,2,3]");
  Fetcher fetcher(kAgent);
  auto first = fetch(fetcher, request_for(nginx.url("/feed.json")));
  REQUIRE(first.has_value());
  CHECK(first->outcome == FetchOutcome::Body);
  CHECK(first->bytes == "[1,2,3]");
  CHECK(first->content_type == "application/json");
  CHECK(first->effective_url == nginx.url("/feed.json"));
  CHECK_FALSE(first->validators.etag.empty());
  CHECK_FALSE(first->validators.last_modified.empty());

  FetchRequest again = request_for(nginx.url("/feed.json"));
  again.validators = first->validators;
  auto second = fetch(fetcher, again);
  REQUIRE(second.has_value());
  CHECK(second->outcome == FetchOutcome::Unchanged);
  CHECK(second->bytes.empty());
  CHECK(second->validators == first->validators);

  nginx.put("feed.json", "[1,2,3,4]");
  auto third = fetch(fetcher, again);
  REQUIRE(third.has_value());
  CHECK(third->outcome == FetchOutcome::Body);
  CHECK(third->bytes == "[1,2,3,4]");
  CHECK(third->validators.etag != first->validators.etag);
}

TEST_CASE("net: a compressed document arrives decoded, and its weak ETag is good for the next request") {
  NEEDS_NGINX();
  const Nginx nginx;
  const std::string text(100'000, 'a');
  nginx.put("feed.csv", text);
  Fetcher fetcher(kAgent);
  FetchRequest request = request_for(nginx.url("/feed.csv"));
  auto first = fetch(fetcher, request);
  REQUIRE(first.has_value());
  CHECK(first->bytes == text);
  CHECK(first->validators.etag.substr(0, 3) == "W/\"");
  request.validators.etag = first->validators.etag;
  auto second = fetch(fetcher, request);
  REQUIRE(second.has_value());
  CHECK(second->outcome == FetchOutcome::Unchanged);
}

TEST_CASE("net: a compressed document is held to the cap on what it decodes to") {
  NEEDS_NGINX();
  const Nginx nginx;
  nginx.put("feed.csv", std::string(100'000, 'a'));
  Fetcher fetcher(kAgent);
  FetchRequest request = request_for(nginx.url("/feed.csv"));
  request.max_bytes = 100'000;
  CHECK(fetch(fetcher, request).has_value());
  request.max_bytes = 99'999;
  auto refused = fetch(fetcher, request);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::Malformed);
  CHECK(has(refused.error().what, "larger than 99999 bytes"));
}

TEST_CASE("net: redirects are followed as far as the limit and no further") {
  NEEDS_NGINX();
  const Nginx nginx;
  nginx.put("feed.json", "[]");
  Fetcher fetcher(kAgent);
  auto moved = fetch(fetcher, request_for(nginx.url("/moved")));
  REQUIRE(moved.has_value());
  CHECK(moved->bytes == "[]");
  CHECK(moved->effective_url == nginx.url("/feed.json"));
  auto five = fetch(fetcher, request_for(nginx.url("/hop/xxxx")));
  CHECK(five.has_value());
  auto six = fetch(fetcher, request_for(nginx.url("/hop/xxxxx")));
  REQUIRE_FALSE(six.has_value());
  CHECK(six.error().kind == ErrorKind::Malformed);
  CHECK(has(six.error().what, "redirects more than 5 times"));
  auto loop = fetch(fetcher, request_for(nginx.url("/loop")));
  REQUIRE_FALSE(loop.has_value());
  CHECK(loop.error().kind == ErrorKind::Malformed);
}

TEST_CASE("net: a certificate nobody vouches for is refused with what to do, and accepted once its file is named") {
  NEEDS_NGINX();
  const Nginx nginx(Nginx::Tls::Yes);
  nginx.put("feed.json", "[]");
  const ScopedEnvironment no_file("SSL_CERT_FILE", nullptr);
  {
    const ScopedEnvironment no_bundle("CURL_CA_BUNDLE", nullptr);
    auto refused = fetch(nginx.tls_url("/feed.json"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Refused);
    CHECK(has(refused.error().what, "certificate cannot be trusted"));
    CHECK(has(refused.error().what, "CURL_CA_BUNDLE"));
  }
  {
    const ScopedEnvironment bundle("CURL_CA_BUNDLE", nginx.certificate().c_str());
    auto accepted = fetch(nginx.tls_url("/feed.json"));
    REQUIRE(accepted.has_value());
    CHECK(accepted->bytes == "[]");
  }
  {
    const ScopedEnvironment bundle("CURL_CA_BUNDLE", "/nonexistent/authorities.pem");
    auto broken = fetch(nginx.tls_url("/feed.json"));
    REQUIRE_FALSE(broken.has_value());
    CHECK(broken.error().kind == ErrorKind::Config);
  }
}

TEST_CASE("net: no redirect leads from https down to http, unless the source allows http") {
  NEEDS_NGINX();
  const Nginx nginx(Nginx::Tls::Yes);
  nginx.put("feed.json", "[]");
  const ScopedEnvironment bundle("CURL_CA_BUNDLE", nginx.certificate().c_str());
  Fetcher fetcher(kAgent);
  FetchRequest request = request_for(nginx.tls_url("/down"));
  auto refused = fetch(fetcher, request);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::Refused);
  CHECK(has(refused.error().what, "redirected from https down to"));
  request.allow_http = true;
  CHECK(fetch(fetcher, request).has_value());
}

TEST_CASE("net: what is not there is refused") {
  NEEDS_NGINX();
  const Nginx nginx;
  auto missing = fetch(nginx.url("/missing?token=abc"));
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().kind == ErrorKind::Refused);
  CHECK(has(missing.error().what, "404"));
  CHECK_FALSE(has(missing.error().what, "abc"));
}
