// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/http/server.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "daemon/ops/unix_http.hpp"
#include "tests/support/temp_dir.hpp"

using namespace vigifuite;

namespace {

constexpr std::size_t kAnswer = std::size_t{1} << 20U;

/// Says back what it was asked.
class Echo final : public http::Api {
 public:
  http::ApiReply handle(const http::ApiRequest& request) override {
    ++served;
    if (request.path == "/bug") throw std::runtime_error("a secret that must not leave");
    std::string words = request.query.contains("words") ? request.query.at("words") : "";
    return {200, "text/plain", request.method + " " + request.path + " [" + words + "] " + request.body};
  }
  std::atomic<int> served = 0;
};

}  // namespace

TEST_CASE("http server: method, path, query and body arrive decoded, and the answer goes back") {
  test::TempDir place;
  Echo echo;
  auto server = http::Server::listen(place.path() / "s", echo);
  REQUIRE(server.has_value());
  auto reply = ops::unix_request(place.path() / "s", "POST", "/api/v1/x%20y?words=P%C3%B4le", "corps", kAnswer);
  REQUIRE(reply.has_value());
  CHECK(reply->status == 200);
  CHECK(reply->body == "POST /api/v1/x y [Pôle] corps");
}

TEST_CASE("http server: the socket is for owner and group only, and is gone with the server") {
  test::TempDir place;
  Echo echo;
  {
    auto server = http::Server::listen(place.path() / "s", echo);
    REQUIRE(server.has_value());
    struct stat info {};
    REQUIRE(::stat((place.path() / "s").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777U) == 0660U);
  }
  CHECK_FALSE(std::filesystem::exists(place.path() / "s"));
}

TEST_CASE("http server: a second one on the same socket is refused, a plain file is not touched, a long path is named") {
  test::TempDir place;
  Echo echo;
  auto server = http::Server::listen(place.path() / "s", echo);
  REQUIRE(server.has_value());
  const auto second = http::Server::listen(place.path() / "s", echo);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().what.find("another vigifuited") != std::string::npos);
  std::ofstream(place.path() / "file") << "x";
  CHECK_FALSE(http::Server::listen(place.path() / "file", echo).has_value());
  CHECK(std::filesystem::file_size(place.path() / "file") == 1);
  CHECK_FALSE(http::Server::listen(place.path() / std::string(200, 'x'), echo).has_value());
}

TEST_CASE("http server: a body over the limit is answered 413 and never reaches the API") {
  test::TempDir place;
  Echo echo;
  auto server = http::Server::listen(place.path() / "s", echo, {1000, 8, 30});
  REQUIRE(server.has_value());
  auto reply = ops::unix_request(place.path() / "s", "POST", "/x", std::string(1001, 'a'), kAnswer);
  REQUIRE(reply.has_value());
  CHECK(reply->status == 413);
  CHECK(echo.served == 0);
  CHECK(ops::unix_request(place.path() / "s", "POST", "/x", std::string(1000, 'a'), kAnswer)->status == 200);
}

TEST_CASE("http server: a bug of ours is a 500 that gives nothing away, and the server goes on") {
  test::TempDir place;
  Echo echo;
  auto server = http::Server::listen(place.path() / "s", echo);
  REQUIRE(server.has_value());
  auto reply = ops::unix_request(place.path() / "s", "GET", "/bug", "", kAnswer);
  REQUIRE(reply.has_value());
  CHECK(reply->status == 500);
  CHECK(reply->body.find("secret") == std::string::npos);
  CHECK(ops::unix_request(place.path() / "s", "GET", "/x", "", kAnswer)->status == 200);
}

TEST_CASE("http server: many clients at once are all answered") {
  test::TempDir place;
  Echo echo;
  auto server = http::Server::listen(place.path() / "s", echo);
  REQUIRE(server.has_value());
  std::atomic<int> good = 0;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int j = 0; j < 25; ++j) {
        const auto reply = ops::unix_request(place.path() / "s", "GET", "/x", "", kAnswer);
        if (reply && reply->status == 200) ++good;
      }
    });
  }
  clients.clear();
  CHECK(good == 200);
}

TEST_CASE("unix client: nobody on the socket is one sentence, and an answer over the cap is refused") {
  test::TempDir place;
  const auto nobody = ops::unix_request(place.path() / "none", "GET", "/x", "", kAnswer);
  REQUIRE_FALSE(nobody.has_value());
  CHECK(nobody.error().kind == ErrorKind::Transient);
  CHECK(nobody.error().what.find("is it running") != std::string::npos);
  Echo echo;
  auto server = http::Server::listen(place.path() / "s", echo);
  REQUIRE(server.has_value());
  CHECK_FALSE(ops::unix_request(place.path() / "s", "POST", "/x", std::string(500, 'a'), 100).has_value());
}

TEST_CASE("problem: each kind of failure has its status, and the detail is the sentence") {
  CHECK(http::problem(fail(ErrorKind::Malformed, "x")).status == 400);
  CHECK(http::problem(fail(ErrorKind::NotFound, "x")).status == 404);
  CHECK(http::problem(fail(ErrorKind::Config, "x")).status == 422);
  CHECK(http::problem(fail(ErrorKind::Transient, "x")).status == 503);
  CHECK(http::problem(fail(ErrorKind::Storage, "x")).status == 500);
  const auto reply = http::problem(fail(ErrorKind::Refused, "une \"phrase\""));
  CHECK(reply.content_type == "application/problem+json");
  CHECK(reply.body.find("une \\\"phrase\\\"") != std::string::npos);
  CHECK(reply.body.find("detail_fr") == std::string::npos);
  const auto both = http::problem(fail(ErrorKind::Refused, Text{"non", "no"}));
  CHECK(both.body.find(R"("detail":"no","detail_fr":"non")") != std::string::npos);
}
