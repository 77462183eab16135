// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include "daemon/ops/net.hpp"

using namespace vigifuite;
using namespace vigifuite::ops;

TEST_CASE("url: https everywhere, http only to this machine or when allowed, nothing else") {
  struct Row {
    const char* url;
    bool fine;            ///< without allow_http
    bool fine_with_http;  ///< with it
  };
  const std::string long_one = "https://example.org/" + std::string(3000, 'a');
  for (const Row& row : {
           Row{"https://example.org/feed.json", true, true},
           Row{"HTTPS://EXAMPLE.ORG", true, true},
           Row{"https://example.org:8443/x?y=z#f", true, true},
           Row{"https://example.org:65536/", false, false},
           Row{"https://example.org:0/", false, false},
           Row{"https://example.org:x/", false, false},
           Row{"https://[2001:db8::1]/", true, true},
           Row{"https://[2001:db8::1/", false, false},
           Row{"http://example.org/", false, true},
           Row{"http://127.0.0.1:8080/x", true, true},
           Row{"http://127.255.0.9/", true, true},
           Row{"http://localhost/", true, true},
           Row{"http://LocalHost:81/", true, true},
           Row{"http://[::1]:8080/", true, true},
           Row{"http://[0:0:0:0:0:0:0:1]/", true, true},
           Row{"http://2130706433/", true, true},  // 127.0.0.1, as curl reads it
           Row{"http://0x7f.1/", true, true},
           Row{"http://3232235777/", false, true},  // 192.168.1.1
           Row{"http://127.0.0.1.evil.example/", false, true},
           Row{"http://127.0.0.1evil.example/", false, true},
           Row{"http://localhost.evil.example/", false, true},
           Row{"http://localhost@evil.example/", false, false},
           Row{"http://127.0.0.1:80@evil.example/", false, false},
           Row{"https://user@example.org/", false, false},
           Row{"https://user:secret@example.org/", false, false},
           Row{"https://:secret@example.org/", false, false},
           Row{"http://evil.example#@127.0.0.1/", false, true},
           Row{"http://evil.example\\@127.0.0.1/", false, false},
           Row{"http://evil.example/@127.0.0.1", false, true},
           Row{"https://example.org/a b", false, false},
           Row{"https://example.org/a\r\nHost: x", false, false},
           Row{"https://ex\xC3\xA9mple.org/", false, false},
           Row{"http://\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1/", false, false},
           Row{"https://", false, false},
           Row{"https:///", false, false},
           Row{"example.org/feed", false, false},
           Row{"", false, false},
           Row{"ftp://example.org/", false, false},
           Row{"file:///etc/passwd", false, false},
           Row{"shipped:france.json", false, false},
           Row{"javascript:alert(1)", false, false},
           Row{"gopher://127.0.0.1:25/_HELO", false, false},
           Row{long_one.c_str(), false, false},
       }) {
    CAPTURE(std::string(row.url));
    CHECK(check_url(row.url, false).has_value() == row.fine);
    CHECK(check_url(row.url, true).has_value() == row.fine_with_http);
  }
}

TEST_CASE("url: a refusal says why, without user, password or query") {
  struct Row {
    const char* url;
    const char* words;
  };
  for (const Row& row : {Row{"http://example.org/a?token=secret#secret", "allow_http"},
                         Row{"https://secret:secret@example.org/", "password"},
                         Row{"ftp://example.org/?secret", "https"}, Row{"https://example.org:99999/?secret", "Port"}}) {
    CAPTURE(std::string(row.url));
    const auto status = check_url(row.url, false);
    REQUIRE_FALSE(status.has_value());
    CAPTURE(status.error().what);
    CHECK(status.error().kind == ErrorKind::Refused);
    CHECK(status.error().what.find(row.words) != std::string::npos);
    CHECK(status.error().what.find("secret") == std::string::npos);
  }
}

TEST_CASE("url: what may be logged of an address") {
  CHECK(loggable_url("https://u:p@example.org:8443/a/b?c=d#e") == "https://example.org:8443/a/b");
  CHECK(loggable_url("https://example.org/") == "https://example.org/");
  CHECK(loggable_url("not an address ?secret") == "(an address that cannot be read)");
  CHECK(loggable_url("https://example.org/" + std::string(5000, 'a')).size() == 200);
  CHECK(loggable_url("https://example.org/\n[forged]").find('\n') == std::string::npos);
}
