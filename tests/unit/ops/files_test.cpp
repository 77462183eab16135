// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/files.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "daemon/ops/local_file.hpp"
#include "tests/support/temp_dir.hpp"

using namespace vigifuite;
using namespace vigifuite::ops;
using vigifuite::test::TempDir;

TEST_CASE("files: what is written reads back, with the mode that was asked for, and replaces what was there") {
  const TempDir directory;
  const auto path = directory / "key";
  REQUIRE(write_file(path, "old, and longer", 0644).has_value());
  REQUIRE(write_file(path, std::string("a\0b", 3), 0600).has_value());
  struct stat found {};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0600);
  CHECK(*read_file(path, 3) == std::string("a\0b", 3));
  const std::filesystem::directory_iterator entries(directory.path());
  CHECK(std::distance(begin(entries), end(entries)) == 1);
}

TEST_CASE("files: a place that cannot be written is said, and nothing is left behind") {
  const TempDir directory;
  const auto absent = write_file(directory / "absent/file", "x", 0600);
  REQUIRE_FALSE(absent.has_value());
  CHECK(absent.error().kind == ErrorKind::Config);
  std::filesystem::create_directory(directory / "taken");
  CHECK_FALSE(write_file(directory / "taken", "x", 0600).has_value());
  const std::filesystem::directory_iterator entries(directory.path());
  CHECK(std::distance(begin(entries), end(entries)) == 1);
}

TEST_CASE("files: a disk with no room for it is a storage failure, and the old file stays") {
  const TempDir directory;
  REQUIRE(write_file(directory / "f", "old", 0600).has_value());
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto result = write_file(directory / "f", std::string(2000, 'x'), 0600);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::Storage);
  CHECK(*read_file(directory / "f", 10) == "old");
  const std::filesystem::directory_iterator entries(directory.path());
  CHECK(std::distance(begin(entries), end(entries)) == 1);
}

TEST_CASE("files: reading is bounded, also for files that do not tell their size") {
  const TempDir directory;
  REQUIRE(write_file(directory / "f", std::string(1000, 'x'), 0600).has_value());
  CHECK(read_file(directory / "f", 1000)->size() == 1000);
  const auto over = read_file(directory / "f", 999);
  REQUIRE_FALSE(over.has_value());
  CHECK(over.error().kind == ErrorKind::Malformed);
  CHECK(read_file("/proc/self/status", 1'000'000)->size() > 100);
  CHECK(read_file("/proc/self/status", 10).error().kind == ErrorKind::Malformed);
  REQUIRE(write_file(directory / "empty", "", 0600).has_value());
  CHECK(read_file(directory / "empty", 0)->empty());
}

TEST_CASE("files: a directory, a pipe, a device and what is absent are refused at once") {
  const TempDir directory;
  REQUIRE(::mkfifo((directory / "pipe").c_str(), 0600) == 0);
  for (const auto& path :
       {directory / "pipe", directory.path(), directory / "absent", std::filesystem::path("/dev/zero")}) {
    CAPTURE(path.string());
    const auto result = read_file(path, 100);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::Config);
    CHECK(result.error().what.find(path.string()) != std::string::npos);
  }
}

TEST_CASE("local file: written again with the same bytes it is unchanged, with others it is not") {
  const TempDir directory;
  const auto path = directory / "feed.json";
  REQUIRE(write_file(path, "[1]", 0600).has_value());
  const auto first = read_local(path, {}, 100);
  REQUIRE(first.has_value());
  CHECK(first->outcome == FetchOutcome::Body);
  CHECK(first->bytes == "[1]");
  REQUIRE(write_file(path, "[1]", 0600).has_value());
  const auto second = read_local(path, first->validators, 100);
  REQUIRE(second.has_value());
  CHECK(second->outcome == FetchOutcome::Unchanged);
  CHECK(second->bytes.empty());
  CHECK(second->validators == first->validators);
  REQUIRE(write_file(path, "[2]", 0600).has_value());
  const auto third = read_local(path, first->validators, 100);
  CHECK(third->outcome == FetchOutcome::Body);
  CHECK(third->bytes == "[2]");
  CHECK_FALSE(read_local(path, {}, 2).has_value());
}

TEST_CASE("local file: the path of a file address") {
  CHECK(*path_of_file_url("file:///srv/a%20b/f%C3%A9.json") == "/srv/a b/f\xC3\xA9.json");
  CHECK(*path_of_file_url("file://localhost/srv/x") == "/srv/x");
  for (const char* bad : {"file://host/x", "file:x", "file://", "/srv/x", "https://example.org/", "file:///a%00b",
                          "file:///a%2", "file:///a%zz", ""}) {
    CAPTURE(std::string(bad));
    CHECK_FALSE(path_of_file_url(bad).has_value());
  }
}
