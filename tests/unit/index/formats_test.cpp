// SPDX-License-Identifier: AGPL-3.0-or-later
// Stores of older formats: read as they are, and brought up to date by whoever writes.
#include <doctest/doctest.h>
#include <rocksdb/db.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "daemon/index/database.hpp"
#include "daemon/index/store.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/support/temp_directory.hpp"

using namespace vigifuite;
using namespace vigifuite::index;
using namespace std::string_literals;

namespace {

constexpr std::string_view kSighting =
    R"({"schema":"vigifuite/sighting@v1","source":"cnil","key":"1","digest":"00000000000000010000000000000002","trust":"authority","first_seen":"2024-03-13T09:00:00Z","last_changed":"2024-03-13T09:00:00Z","states_facts":true,"verified":true,"status":"confirmed","organisations":[{"name":"Acme Corp"}]})";

std::string incident_document() {
  std::ifstream file(test::source_dir() + "/tests/unit/schemas/incident_v1_without_merges.json", std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  std::string text = bytes.str();
  text.pop_back();  // the line break at the end
  return text;
}

/// The bytes a store of format 1 had.
void write_format_1(const std::filesystem::path& directory) {
  const std::vector<std::string> columns = {"incident",        "redirect",
                                            "sighting",        "notice",
                                            "source",          "listing",
                                            "by_organisation", "by_date",
                                            "watch_profile",   "watch_posting",
                                            "watch_campaign",  "watch_recipients",
                                            "watch_told",      "watch_acknowledged",
                                            "watch_meta"};
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  REQUIRE(rocksdb::DB::Open(options, directory.string(), &db).ok());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  REQUIRE(db->CreateColumnFamilies(rocksdb::ColumnFamilyOptions(), columns, &handles).ok());
  rocksdb::WriteBatch batch;
  CHECK(batch.Put("format", "1").ok());
  CHECK(batch.Put(handles[0], "acme-2024-03", incident_document()).ok());
  CHECK(batch.Put(handles[2], "cnil\0001"s, "\x01\x0C\0acme-2024-03"s.append(kSighting)).ok());
  CHECK(batch.Put(handles[7], "\xF8\x17\xFC\xF2"s + "acme-2024-03", "\x01\xE8\x07\x03\x0D\x02\x01\x02\0\0\0"s).ok());
  rocksdb::WriteOptions synced;
  synced.sync = true;
  CHECK(db->Write(synced, &batch).ok());
  for (auto* handle : handles) CHECK(db->DestroyColumnFamilyHandle(handle).ok());
  delete db;
}

std::string format_of(const std::filesystem::path& directory) {
  auto database = Database::open({.directory = directory, .read_only = true});
  REQUIRE(database);
  rocksdb::PinnableSlice value;
  REQUIRE(*(*database)->get(Column::Default, "format", value));
  return std::string(view(value));
}

}  // namespace

TEST_CASE("store: one of format 1 is read as it is when opened for reading, and not changed") {
  const tests::TempDirectory directory;
  write_format_1(directory.path());
  {
    auto store = Store::open({.directory = directory.path(), .read_only = true}, Vocabulary::shipped());
    REQUIRE_MESSAGE(store, (store ? "" : store.error().what));
    CHECK(**(*store)->incident("acme-2024-03") == incident_document());
    CHECK((*store)->counts()->incidents == 1);
    CHECK((*store)->curations()->empty());
    CHECK(*(*store)->merge_rules() == "");
    const auto placed = (*store)->batch()->placed({"cnil", "1"});
    REQUIRE(*placed);
    CHECK((*placed)->placement == Placement{"acme-2024-03", {}, {}});
    CHECK((*store)->batch()->block(7)->empty());
  }
  CHECK(format_of(directory.path()) == "1");
}

TEST_CASE("store: one of format 1 is of format 2 once it was opened for writing, and has lost nothing") {
  const tests::TempDirectory directory;
  write_format_1(directory.path());
  {
    auto store = Store::open({.directory = directory.path()}, Vocabulary::shipped());
    REQUIRE_MESSAGE(store, (store ? "" : store.error().what));
    CHECK(**(*store)->incident("acme-2024-03") == incident_document());
    auto batch = (*store)->batch();
    auto placed = batch->placed({"cnil", "1"});
    REQUIRE(*placed);
    batch->put_sighting((*placed)->sighting, Placement{"acme-2024-03", "acme-2024-03", (*placed)->sighting.first_seen});
    const std::uint64_t blocks[] = {7, 9};
    batch->put_blocks({"cnil", "1"}, {}, blocks);
    REQUIRE((*store)->commit(std::move(batch)));
  }
  CHECK(format_of(directory.path()) == "2");
  auto store = Store::open({.directory = directory.path()}, Vocabulary::shipped());
  REQUIRE(store);
  CHECK((*store)->batch()->placed({"cnil", "1"}).value()->placement.own == "acme-2024-03");
  CHECK(*(*store)->batch()->block(7) == std::vector<SightingRef>{{"cnil", "1"}});
}

TEST_CASE("store: sightings enter, change and leave blocks, in one batch and across batches") {
  const tests::TempDirectory directory;
  auto opened = Store::open({.directory = directory.path()}, Vocabulary::shipped());
  REQUIRE(opened);
  Store& store = **opened;
  using Refs = std::vector<SightingRef>;
  const SightingRef a{"a", "1"}, b{"b", "1"}, c{"c", "1"};
  const auto move = [&](const SightingRef& ref, std::vector<std::uint64_t> before, std::vector<std::uint64_t> after) {
    auto batch = store.batch();
    batch->put_blocks(ref, before, after);
    REQUIRE(store.commit(std::move(batch)));
  };
  const auto in = [&](std::uint64_t block) {
    auto refs = store.batch()->block(block);
    REQUIRE(refs);
    std::sort(refs->begin(), refs->end());
    return *refs;
  };
  move(a, {}, {1, 2});
  move(b, {}, {2});
  move(c, {}, {2, 3});
  CHECK(in(1) == Refs{a});
  CHECK(in(2) == Refs{a, b, c});
  move(a, {1, 2}, {3});
  CHECK(in(1).empty());
  CHECK(in(2) == Refs{b, c});
  CHECK(in(3) == Refs{a, c});
  move(b, {2}, {});
  move(c, {2, 3}, {});
  move(a, {3}, {2});
  CHECK(in(2) == Refs{a});
  CHECK(in(3).empty());
  move(a, {2}, {2});
  CHECK(in(2) == Refs{a});
  auto batch = store.batch();
  batch->put_blocks(b, {}, std::vector<std::uint64_t>{2});
  batch->put_blocks(b, std::vector<std::uint64_t>{2}, std::vector<std::uint64_t>{4});
  REQUIRE(store.commit(std::move(batch)));
  CHECK(in(2) == Refs{a});
  CHECK(in(4) == Refs{b});
  REQUIRE(store.clear_blocks());
  CHECK(in(2).empty());
}
