// SPDX-License-Identifier: AGPL-3.0-or-later

// What the disk, another process, another version or chance can do to the store: each gives one sentence with what to
// do, and leaves what was there.

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <sched.h>
#include <sys/mount.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "daemon/index/database.hpp"
#include "daemon/index/store.hpp"
#include "tests/support/child.hpp"
#include "tests/support/incidents.hpp"
#include "tests/support/temp_directory.hpp"

using namespace vigifuite;
using namespace vigifuite::index;
namespace fs = std::filesystem;
using tests::Child;

namespace {

Result<std::unique_ptr<Store>> open_store(const fs::path& directory, bool create = true, bool read_only = false) {
  return Store::open({.directory = directory, .create = create, .read_only = read_only}, Vocabulary::shipped());
}

Status put_one(Store& store, const std::string& id, std::size_t filler = 0) {
  auto batch = store.batch();
  Incident incident = tests::make_incident(id, "Acme", {2024, 1, 0});
  incident.summary.fr.assign(filler, 'x');
  batch->put_sighting(tests::make_sighting("press", id, "Acme", {}), id);
  batch->put_incident(incident);
  return store.commit(std::move(batch));
}

bool says(const Error& error, std::string_view words) {
  return error.what.find(words) != std::string::npos;
}

std::vector<fs::path> files_ending(const fs::path& directory, std::string_view ending) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().filename().string().ends_with(ending)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void flip_byte(const fs::path& file, std::uintmax_t at) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(at));
  const char byte = static_cast<char>(stream.get());
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(static_cast<char>(byte ^ 0x40));
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("store: where there is none, reading says how to make one and makes nothing") {
  const tests::TempDirectory directory;
  for (const bool read_only : {false, true}) {
    auto store = open_store(directory.path() / "none", read_only, read_only);
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::Config);
    CHECK(says(store.error(), "vigifuite update"));
  }
  CHECK_FALSE(fs::exists(directory.path() / "none"));
}

TEST_CASE("store: one that is open is refused to another, with what to do, and readers share") {
  const tests::TempDirectory directory;
  {
    auto writer = open_store(directory.path());
    REQUIRE(writer);
    for (const bool read_only : {false, true}) {
      auto other = open_store(directory.path(), true, read_only);
      REQUIRE_FALSE(other);
      CHECK(other.error().kind == ErrorKind::Storage);
      CHECK(says(other.error(), "in use by another process"));
    }
    REQUIRE(put_one(**writer, "a"));
  }
  auto reader = open_store(directory.path(), true, true);
  auto second = open_store(directory.path(), true, true);
  REQUIRE(reader);
  REQUIRE(second);
  CHECK_FALSE(open_store(directory.path()));
  CHECK(put_one(**reader, "b").error().kind == ErrorKind::Config);
  CHECK(*(*second)->incident("a"));
}

TEST_CASE("store: one of a newer format is refused, naming both versions, and is left as it was") {
  const tests::TempDirectory directory;
  {
    auto store = open_store(directory.path());
    REQUIRE(store);
    REQUIRE(put_one(**store, "a"));
  }
  {
    auto database = Database::open({.directory = directory.path()});
    REQUIRE(database);
    rocksdb::WriteBatch batch;
    REQUIRE(batch.Put((*database)->handle(Column::Default), "format", "7").ok());
    REQUIRE((*database)->write(batch));
  }
  for (const bool read_only : {true, false}) {
    auto store = open_store(directory.path(), true, read_only);
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::Storage);
    CHECK(says(store.error(), "format 7"));
    CHECK(says(store.error(), "format 2"));
    CHECK(says(store.error(), "upgrade"));
  }
}

TEST_CASE("store: one with columns we do not know is said to be newer") {
  const tests::TempDirectory directory;
  REQUIRE(open_store(directory.path()));
  {
    std::vector<std::string> names;
    REQUIRE(rocksdb::DB::ListColumnFamilies({}, directory.path().string(), &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const auto& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    REQUIRE(rocksdb::DB::Open({}, directory.path().string(), families, &handles, &db).ok());
    rocksdb::ColumnFamilyHandle* added = nullptr;
    CHECK(db->CreateColumnFamily({}, "of_tomorrow", &added).ok());
    handles.push_back(added);
    for (auto* handle : handles) CHECK(db->DestroyColumnFamilyHandle(handle).ok());
    delete db;
  }
  auto store = open_store(directory.path());
  REQUIRE_FALSE(store);
  CHECK(says(store.error(), "newer vigifuite"));
}

TEST_CASE("store: its own format is the built-in one of RocksDB, readable by its tools without our code") {
  const tests::TempDirectory directory;
  {
    auto store = open_store(directory.path());
    REQUIRE(store);
    REQUIRE(put_one(**store, "a"));
  }
  std::vector<std::string> names;
  REQUIRE(rocksdb::DB::ListColumnFamilies({}, directory.path().string(), &names).ok());
  CHECK(names.size() == kColumnNames.size());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const auto& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  REQUIRE(rocksdb::DB::OpenForReadOnly({}, directory.path().string(), families, &handles, &db).ok());
  std::string value;
  CHECK(db->Get({}, handles[static_cast<std::size_t>(Column::Incident)], "a", &value).ok());
  CHECK(value.starts_with("{\"schema\":\"vigifuite/incident@v1\""));
  for (auto* handle : handles) CHECK(db->DestroyColumnFamilyHandle(handle).ok());
  delete db;
}

TEST_CASE("journal child" * doctest::skip()) {
  if (Child::argument().empty()) return;
  auto store = open_store(Child::argument());
  REQUIRE(store);
  for (int i = 0; i < 100; ++i) REQUIRE(put_one(**store, fmt::format("id-{}", i), 300));
  Child::say("done");
  ::pause();  // killed here: the journal holds everything
}

TEST_CASE("store: a byte flipped in the middle of the journal is said, not passed over; a torn end opens") {
  const tests::TempDirectory directory;
  {
    Child child("journal child", directory.path());
    REQUIRE(child.next_line() == "done");
    child.kill();
  }
  const auto journals = files_ending(directory.path(), ".log");
  REQUIRE_FALSE(journals.empty());
  const fs::path journal = journals.back();
  const auto size = fs::file_size(journal);
  REQUIRE(size > 50'000);
  const std::string whole = bytes_of(journal);

  flip_byte(journal, size / 2);
  auto damaged = open_store(directory.path());
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().kind == ErrorKind::Storage);
  CHECK(says(damaged.error(), "damaged"));
  CHECK(says(damaged.error(), "vigifuite restore"));
  flip_byte(journal, size / 2);
  CHECK(bytes_of(journal) == whole);  // untouched: a repaired copy still opens

  fs::resize_file(journal, size - 10);
  auto store = open_store(directory.path());
  REQUIRE(store);
  CHECK((*store)->counts()->incidents == 99);  // the last write was never acked whole
  CHECK((*store)->examine()->empty());
}

TEST_CASE("store: a byte flipped in a data file is said by every reading that meets it, and by the examination") {
  const tests::TempDirectory directory;
  {
    auto store = open_store(directory.path());
    REQUIRE(store);
    for (int i = 0; i < 500; ++i) REQUIRE(put_one(**store, fmt::format("id-{}", i), 200));
  }
  fs::path largest;
  for (const fs::path& file : files_ending(directory.path(), ".sst")) {
    if (largest.empty() || fs::file_size(file) > fs::file_size(largest)) largest = file;
  }
  REQUIRE_FALSE(largest.empty());
  flip_byte(largest, fs::file_size(largest) / 3);
  auto store = open_store(directory.path(), true, true);
  REQUIRE(store);
  auto page = (*store)->incidents({.words = "fuite", .limit = 1000});
  auto problems = (*store)->examine();
  REQUIRE(problems);
  CHECK_FALSE(problems->empty());
  if (!page) CHECK(says(page.error(), "damaged"));
  const bool said = std::any_of(problems->begin(), problems->end(), [](const Text& problem) {
    return problem.en.find("damaged") != std::string::npos &&
           problem.en.find("vigifuite restore") != std::string::npos && problem.fr.find("abîmé") != std::string::npos;
  });
  CHECK(said);
}

TEST_CASE("store: index rows that are lost or stray are found, and rebuilt from the documents") {
  const tests::TempDirectory directory;
  {
    auto store = open_store(directory.path());
    REQUIRE(store);
    for (const char* id : {"a", "b", "c"}) REQUIRE(put_one(**store, id));
  }
  {
    auto database = Database::open({.directory = directory.path()});
    REQUIRE(database);
    rocksdb::WriteBatch batch;
    for (const Column column : {Column::ByDate, Column::ByOrganisation}) {
      std::vector<std::string> keys;
      REQUIRE((*database)->scan(column, {}, true, [&](std::string_view key, std::string_view) {
        keys.emplace_back(key);
        return true;
      }));
      REQUIRE(keys.size() == 3);
      REQUIRE(batch.Delete((*database)->handle(column), keys.front()).ok());
      std::string stray = keys.back();
      stray += "-ghost";
      REQUIRE(batch.Put((*database)->handle(column), stray, std::string("\x01\xE8\x07\0\0\0\0\0\0\0\0", 11)).ok());
    }
    REQUIRE((*database)->write(batch));
  }
  auto store = open_store(directory.path());
  REQUIRE(store);
  CHECK((*store)->examine()->size() >= 3);
  CHECK(*(*store)->reindex() == 4);
  CHECK((*store)->examine()->empty());
  CHECK(*(*store)->incidents_of("~acme") == std::vector<std::string>{"a", "b", "c"});
  CHECK((*store)->incidents({})->total == 3);
  CHECK(*(*store)->reindex() == 0);
}

// --- disks, each in a process of its own -----------------------------------------------------------------------

TEST_CASE("full disk child" * doctest::skip()) {
  if (Child::argument().empty()) return;
  ::signal(SIGXFSZ, SIG_IGN);
  auto store = open_store(Child::argument());
  if (!store) return Child::say("open: " + store.error().what);
  std::string last;
  for (int i = 0; i < 4000; ++i) {
    const std::string id = fmt::format("id-{}", i);
    if (auto status = put_one(**store, id, 2000); !status) {
      Child::say(fmt::format("{}: {}", name_of(status.error().kind), status.error().what));
      auto refused = (*store)->incident(id);
      auto kept = (*store)->incident(last);
      return Child::say(refused && !*refused && kept && *kept ? last : "not as it was");
    }
    last = id;
  }
  Child::say("never full");
}

namespace {
void check_full_disk(Child& child, std::string& last) {
  const std::string sentence = child.next_line();
  INFO(sentence);
  CHECK(sentence.starts_with("storage: "));
  CHECK(sentence.find("is full") != std::string::npos);
  CHECK(sentence.find("free some space") != std::string::npos);
  last = child.next_line();
  CHECK(last.starts_with("id-"));
}
}  // namespace

TEST_CASE("store: a full disk is said, what was acked stays readable, and opens when there is space again") {
  const tests::TempDirectory directory;
  std::string last;
  {
    Child child("full disk child", directory.path(), [] {
      const rlimit limit{2'000'000, 2'000'000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    });
    check_full_disk(child, last);
  }
  auto store = open_store(directory.path());
  INFO((store ? "" : store.error().what));
  REQUIRE(store);
  CHECK(*(*store)->incident(last));
  CHECK((*store)->examine()->empty());
  CHECK(put_one(**store, "after"));
}

namespace {
/// A mount only the child sees; the system takes it away with the child.
bool may_mount() {
  const pid_t process = ::fork();
  if (process == 0)
    ::_exit(::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 ? 0 : 1);
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
void mount_private() {
  if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) ::_exit(125);
}
}  // namespace

TEST_CASE("store: a real small disk that fills up says so") {
  if (!may_mount()) {
    MESSAGE("skipped: mounting is not allowed here");
    return;
  }
  const tests::TempDirectory directory;
  const std::string where = directory.path();
  Child child("full disk child", where, [&where] {
    mount_private();
    if (::mount("tmpfs", where.c_str(), "tmpfs", 0, "size=4m") != 0) ::_exit(125);
  });
  std::string last;
  check_full_disk(child, last);
}

TEST_CASE("read-only disk child" * doctest::skip()) {
  if (Child::argument().empty()) return;
  auto writer = open_store(Child::argument());
  Child::say(writer ? "opened" : fmt::format("{}: {}", name_of(writer.error().kind), writer.error().what));
  auto reader = open_store(Child::argument(), true, true);
  if (!reader) return Child::say(reader.error().what);
  auto document = (*reader)->incident("a");
  Child::say(document && *document ? "read" : "not read");
}

TEST_CASE("store: on a read-only disk writing is refused with a sentence, and reading works") {
  if (!may_mount()) {
    MESSAGE("skipped: mounting is not allowed here");
    return;
  }
  const tests::TempDirectory directory;
  const std::string where = directory.path();
  {
    auto store = open_store(where);
    REQUIRE(store);
    REQUIRE(put_one(**store, "a"));
  }
  Child child("read-only disk child", where, [&where] {
    mount_private();
    if (::mount(where.c_str(), where.c_str(), nullptr, MS_BIND, nullptr) != 0 ||
        ::mount("none", where.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0) {
      ::_exit(125);
    }
  });
  const std::string sentence = child.next_line();
  INFO(sentence);
  CHECK(sentence.starts_with("storage: "));
  CHECK(sentence.find("cannot be written") != std::string::npos);
  CHECK(child.next_line() == "read");
}
