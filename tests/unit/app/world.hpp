// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "daemon/pipeline.hpp"
#include "tests/support/temp_dir.hpp"

namespace vigifuite::test {

inline const Instant kNow = *parse_rfc3339("2026-11-24T08:00:00Z");

/// A store, a watch list and a pipeline in a directory of their own.
struct World {
  TempDir place;
  std::unique_ptr<index::Store> store;
  std::unique_ptr<match::Watchlist> watchlist;
  std::unique_ptr<Pipeline> pipeline;

  World() { reopen(); }
  explicit World(const Vocabulary& vocabulary) { reopen(vocabulary, "an older registry"); }
  void reopen(const Vocabulary& vocabulary = Vocabulary::shipped(),
              const std::string& registry = "the shipped registry") {
    pipeline.reset();
    watchlist.reset();
    store.reset();
    index::StoreOptions options;
    options.directory = place.path() / "store";
    auto opened = index::Store::open(options, vocabulary);
    REQUIRE(opened.has_value());
    store = std::move(*opened);
    auto key = match::Watchlist::key_from_file(place.path() / "key");
    REQUIRE(key.has_value());
    auto list = match::Watchlist::open(*store, std::move(*key), vocabulary, registry);
    REQUIRE(list.has_value());
    watchlist = std::move(*list);
    pipeline = std::make_unique<Pipeline>(vocabulary, *store, *watchlist);
  }
  Result<IngestReport> ingest(std::string bytes, std::string etag = "\"1\"", bool complete = true) {
    Source source;
    source.id = "essai";
    source.format = "catalogue";
    source.trust = Trust::Curated;
    source.complete_listing = complete;
    return pipeline->ingest(source, {"essai", std::move(bytes), "application/json", {std::move(etag), {}}, kNow}, {},
                            kNow);
  }
  /// One reading of a feed whose items are {key, title, text}, by the press unless said otherwise.
  struct Item {
    std::string key, title, text;
  };
  Result<IngestReport> read_feed(const std::vector<Item>& items, Trust trust = Trust::Press,
                                 std::string language = "fr") {
    Source source;
    source.id = "journal";
    source.format = "syndication";
    source.url = "https://journal.example/feed";
    source.trust = trust;
    source.complete_listing = false;
    source.language = language == "fr" ? Language::French : Language::English;
    JsonOut out;
    out.begin_object().member("version", "https://jsonfeed.org/version/1.1").member("title", "Journal").key("items");
    out.begin_array();
    for (const Item& item : items) {
      out.begin_object().member("id", item.key).member("title", item.title).member("content_text", item.text);
      out.member("date_published", "2026-11-20T08:00:00Z").end_object();
    }
    out.end_array().end_object();
    return pipeline->ingest(source, {"journal", std::string(out.str()), "application/json", {{}, {}}, kNow}, {}, kNow);
  }
  WatchNumber watch(std::string_view tie) {
    Profile profile;
    auto parsed = parse_tie(tie);
    REQUIRE(parsed.has_value());
    profile.ties.push_back(std::move(*parsed));
    REQUIRE(match::resolve(profile, Vocabulary::shipped()).has_value());
    auto batch = store->batch();
    auto number = watchlist->add(*batch, profile);
    REQUIRE(number.has_value());
    auto started = pipeline->rewatch(*batch, *number, profile, kNow);
    REQUIRE(started.has_value());
    REQUIRE(store->commit(std::move(batch)).has_value());
    return *number;
  }
  std::vector<std::string> deliver() {
    std::vector<std::string> told;
    auto count = pipeline->deliver([&](const Delivery& delivery) {
      told.push_back(
          fmt::format("{} {} {}", name_of(delivery.kind), delivery.incident->id, name_of(delivery.hit->verdict)));
    });
    REQUIRE(count.has_value());
    return told;
  }
  Incident incident(std::string_view id) {
    auto document = store->incident(id);
    REQUIRE(document.has_value());
    REQUIRE(document->has_value());
    JsonParser parser;
    auto json = parser.parse(**document);
    REQUIRE(json.has_value());
    auto read = read_incident(*json, Vocabulary::shipped());
    REQUIRE(read.has_value());
    return std::move(*read);
  }
};

}  // namespace vigifuite::test
