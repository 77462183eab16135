// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/watchlist.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "daemon/index/keys.hpp"
#include "daemon/match/match.hpp"
#include "tests/support/temp_directory.hpp"

using namespace vigifuite;
using namespace vigifuite::match;
using Column = index::Batch::WatchColumn;

namespace {

constexpr std::string_view kLabel = "Camille Exemple-Synthétique";

struct House {
  tests::TempDirectory directory;
  std::unique_ptr<index::Store> store;
  std::unique_ptr<Watchlist> watchlist;

  explicit House(char key = 'k') { open(key); }
  void open(char key) {
    watchlist.reset();
    store.reset();
    auto opened = index::Store::open({.directory = directory.path() / "store"}, Vocabulary::shipped());
    INFO((opened ? "" : opened.error().what));
    REQUIRE(opened);
    store = std::move(*opened);
    auto list = Watchlist::open(*store, Secret(std::string(32, key)), Vocabulary::shipped());
    INFO((list ? "" : list.error().what));
    REQUIRE(list);
    watchlist = std::move(*list);
  }
  template <class Change>
  auto in_batch(const Change& change) {
    auto batch = store->batch();
    auto result = change(*batch);
    INFO((result ? "" : result.error().what));
    REQUIRE(result);
    REQUIRE(store->commit(std::move(batch)));
    return std::move(*result);
  }
  WatchNumber add(const Profile& profile) {
    return in_batch([&](index::Batch& batch) { return watchlist->add(batch, profile); });
  }
};

Tie tie(const std::string& name, Period period = {}) {
  return {{"", name, ""}, Relation::User, period, false};
}

Profile person(std::vector<Tie> ties, std::string label = std::string(kLabel)) {
  Profile profile;
  profile.label = std::move(label);
  profile.ties = std::move(ties);
  return profile;
}

std::vector<WatchNumber> numbers(const Result<WatchSet>& set) {
  REQUIRE(set);
  std::vector<WatchNumber> out;
  set->each(0, [&](WatchNumber number) {
    out.push_back(number);
    return true;
  });
  return out;
}

using Numbers = std::vector<WatchNumber>;

bool any_file_holds(const std::filesystem::path& directory, std::string_view bytes) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    if (content.find(bytes) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("watchlist: a person comes back whole, also after the store was closed") {
  House house;
  const Profile profile = person({tie("Acme", {{2009, 0, 0}, {2013, 0, 0}})});
  const WatchNumber number = house.add(profile);
  house.open('k');
  const auto read = house.watchlist->get(number);
  REQUIRE(read);
  REQUIRE(*read);
  CHECK((*read)->label == kLabel);
  CHECK((*read)->ties == profile.ties);
  CHECK(house.watchlist->list()->size() == 1);
  CHECK(*house.watchlist->size() == 1);
  CHECK_FALSE(*house.watchlist->get(number + 1));
}

TEST_CASE("watchlist: another key is refused with a sentence") {
  House house;
  house.add(person({tie("Acme")}));
  auto other = Watchlist::open(*house.store, Secret(std::string(32, 'o')), Vocabulary::shipped());
  REQUIRE_FALSE(other);
  CHECK(other.error().kind == ErrorKind::Config);
  CHECK(other.error().what.find("another key") != std::string::npos);
}

TEST_CASE("watchlist: nothing of a person is readable in the files") {
  House house;
  house.add(person({tie("Acme")}));
  house.watchlist.reset();
  house.store.reset();
  CHECK_FALSE(any_file_holds(house.directory.path(), kLabel));
  CHECK_FALSE(any_file_holds(house.directory.path(), "Exemple"));
}

TEST_CASE("watchlist: records exchanged in the store do not open, and the sentence says nothing of the person") {
  House house;
  const WatchNumber a = house.add(person({tie("Acme")}));
  const WatchNumber b = house.add(person({tie("Beta")}));
  const auto sealed = house.store->get_watch(Column::Profile, index::watch_key(a));
  house.in_batch([&](index::Batch& batch) {
    batch.put_watch(Column::Profile, index::watch_key(b), **sealed);
    return Status(Done{});
  });
  const auto read = house.watchlist->get(b);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::Storage);
  CHECK(read.error().what.find("Exemple") == std::string::npos);
}

TEST_CASE("watchlist: whom a disclosure concerns, by body and by period") {
  House house;
  const WatchNumber early = house.add(person({tie("Acme", {{2000, 0, 0}, {2005, 0, 0}})}));
  const WatchNumber late = house.add(person({tie("Acme", {{2019, 3, 0}, {}}), tie("Beta")}));
  const WatchNumber unknown = house.add(person({tie("Acme")}));
  const WatchNumber twice =
      house.add(person({tie("Acme", {{1990, 0, 0}, {1991, 0, 0}}), tie("Acme", {{2015, 0, 0}, {2016, 0, 0}})}));
  const auto concerned = [&](std::vector<std::string> keys, Period period) {
    return numbers(house.watchlist->concerned(keys, period));
  };
  CHECK(concerned({"~acme"}, {}) == Numbers{early, late, unknown, twice});
  CHECK(concerned({"~acme"}, {{2006, 0, 0}, {2018, 0, 0}}) == Numbers{unknown, twice});
  CHECK(concerned({"~acme"}, {{2019, 3, 0}, {}}) == Numbers{late, unknown});
  CHECK(concerned({"~acme"}, {{}, {2004, 0, 0}}) == Numbers{early, unknown, twice});
  CHECK(concerned({"~beta"}, {}) == Numbers{late});
  CHECK(concerned({"~beta", "~acme", "~beta"}, {{2019, 0, 0}, {}}) == Numbers{late, unknown});
  CHECK(concerned({"~nobody", ""}, {}).empty());
  CHECK(concerned({}, {}).empty());
}

TEST_CASE("watchlist: a tie with a body of the registry is found by the keys of its incidents") {
  House house;
  Tie to_pole_emploi = tie("Pôle emploi", {{2009, 0, 0}, {2013, 0, 0}});
  to_pole_emploi.organisation.id = "france-travail";
  const WatchNumber number = house.add(person({to_pole_emploi}));
  Incident incident;
  incident.organisations = {{"france-travail", "France Travail", ""}};
  const auto keys = keys_for_incident(incident, Vocabulary::shipped());
  CHECK(numbers(house.watchlist->concerned(keys, {})) == Numbers{number});
}

TEST_CASE("watchlist: many added at once are as if added one by one, across containers") {
  House one;
  House many;
  std::vector<Profile> profiles;
  for (int i = 0; i < 300; ++i) {
    profiles.push_back(
        person({tie("Body " + std::to_string(i % 7), {{static_cast<std::int16_t>(1980 + i % 40), 0, 0}, {}})}));
  }
  // The next number is moved so that the list crosses into a second container.
  for (House* house : {&one, &many}) {
    house->add(person({tie("Acme")}));
    house->in_batch([&](index::Batch& batch) {
      auto counters = *house->store->get_watch(Column::Meta, "numbers");
      REQUIRE(counters);
      const WatchNumber next = 65'400;
      for (std::size_t i = 0; i < 4; ++i) (*counters)[1 + i] = static_cast<char>((next >> (8 * i)) & 0xFFU);
      batch.put_watch(Column::Meta, "numbers", *counters);
      return Status(Done{});
    });
  }
  const WatchNumber first =
      many.in_batch([&](index::Batch& batch) { return many.watchlist->add_many(batch, profiles); });
  CHECK(first == 65'400);
  for (const Profile& profile : profiles) one.add(profile);
  for (int i = 0; i < 7; ++i) {
    const std::vector<std::string> keys = {"~body-" + std::to_string(i)};
    const Period period{{}, {1999, 0, 0}};
    const auto expected = numbers(one.watchlist->concerned(keys, period));
    CHECK(expected.size() > 10);
    CHECK(numbers(many.watchlist->concerned(keys, period)) == expected);
  }
  CHECK(*one.watchlist->size() == 301);
  CHECK(*many.watchlist->size() == 301);
}

TEST_CASE("watchlist: a replaced person keeps the number, and only the new ties concern them") {
  House house;
  const WatchNumber number = house.add(person({tie("Acme"), tie("Beta", {{2001, 0, 0}, {2002, 0, 0}})}));
  house.in_batch([&](index::Batch& batch) {
    return house.watchlist->replace(batch, number, person({tie("Beta", {{2020, 0, 0}, {}}), tie("Gamma")}));
  });
  CHECK(numbers(house.watchlist->concerned({"~acme"}, {})).empty());
  CHECK(numbers(house.watchlist->concerned({"~gamma"}, {})) == Numbers{number});
  CHECK(numbers(house.watchlist->concerned({"~beta"}, {{}, {2010, 0, 0}})).empty());
  CHECK(numbers(house.watchlist->concerned({"~beta"}, {{2021, 0, 0}, {}})) == Numbers{number});
  auto batch = house.store->batch();
  CHECK(house.watchlist->replace(*batch, 999, person({})).error().kind == ErrorKind::Config);
}

TEST_CASE("watchlist: campaigns keep who was told, how far delivery is, and who acknowledged") {
  House house;
  for (int i = 0; i < 3; ++i) house.add(person({tie("Acme")}));
  WatchSet first;
  first.add(1);
  first.add(2);
  WatchSet third;
  third.add(3);
  const Instant now(std::chrono::seconds(1'700'000'000));
  Campaign campaign = house.in_batch([&](index::Batch& batch) {
    return house.watchlist->start_campaign(batch, "fr-x", 1, AlertKind::First, first, now);
  });
  CHECK(campaign.number == 1);
  CHECK(campaign.recipients == 2);
  CHECK_FALSE(campaign.done);
  const Campaign second = house.in_batch([&](index::Batch& batch) {
    return house.watchlist->start_campaign(batch, "fr-x", 2, AlertKind::First, third, now);
  });
  CHECK(second.number == 2);
  CHECK(numbers(house.watchlist->told(*house.store->batch(), "fr-x")) == Numbers{1, 2, 3});
  CHECK(numbers(house.watchlist->told(*house.store->batch(), "fr-y")).empty());
  CHECK(numbers(house.watchlist->recipients(1)) == Numbers{1, 2});
  campaign.cursor = 2;
  campaign.served = 1;
  house.in_batch([&](index::Batch& batch) { return house.watchlist->advance(batch, campaign, {}); });
  house.in_batch([&](index::Batch& batch) { return house.watchlist->acknowledge(batch, {1, 2}); });
  house.open('k');
  const auto campaigns = house.watchlist->campaigns();
  REQUIRE(campaigns);
  REQUIRE(campaigns->size() == 2);
  CHECK(campaigns->front().cursor == 2);
  CHECK(campaigns->front().created == now);
  CHECK(*house.watchlist->acknowledged({1, 2}));
  CHECK_FALSE(*house.watchlist->acknowledged({1, 1}));
  auto batch = house.store->batch();
  CHECK(house.watchlist->acknowledge(*batch, {1, 3}).error().kind == ErrorKind::Config);
  CHECK(house.watchlist->acknowledge(*batch, {9, 1}).error().kind == ErrorKind::Config);
}

TEST_CASE("watchlist: whoever has nothing to be told leaves the campaign and is not counted as told") {
  House house;
  const WatchNumber told = house.add(person({tie("Acme")}, "adhérent 1"));
  const WatchNumber spared = house.add(person({tie("Acme")}, "adhérent 2"));
  WatchSet recipients;
  recipients.add(told);
  recipients.add(spared);
  Campaign campaign = house.in_batch([&](index::Batch& batch) {
    return house.watchlist->start_campaign(batch, "fr-x", 1, AlertKind::First, recipients, Instant{});
  });
  WatchSet without;
  without.add(spared);
  campaign.recipients = campaign.served = 1;
  campaign.done = true;
  house.in_batch([&](index::Batch& batch) { return house.watchlist->advance(batch, campaign, without); });
  CHECK(numbers(house.watchlist->recipients(1)) == Numbers{told});
  CHECK(numbers(house.watchlist->told(*house.store->batch(), "fr-x")) == Numbers{told});
  CHECK(house.watchlist->campaigns()->front().recipients == 1);
}

TEST_CASE("watchlist: forgetting a person removes every byte of them from the disk, and nobody else's") {
  House house;
  const WatchNumber kept = house.add(person({tie("Acme")}, "adhérent 1"));
  const WatchNumber gone = house.add(person({tie("Acme"), tie("Beta")}));
  WatchSet recipients;
  recipients.add(kept);
  recipients.add(gone);
  Campaign campaign = house.in_batch([&](index::Batch& batch) {
    return house.watchlist->start_campaign(batch, "fr-x", 1, AlertKind::First, recipients, Instant{});
  });
  campaign.served = 2;
  campaign.cursor = gone + 1;
  house.in_batch([&](index::Batch& batch) { return house.watchlist->advance(batch, campaign, {}); });
  house.in_batch([&](index::Batch& batch) { return house.watchlist->acknowledge(batch, {1, gone}); });
  const std::string sealed = **house.store->get_watch(Column::Profile, index::watch_key(gone));
  REQUIRE(any_file_holds(house.directory.path(), sealed));

  house.in_batch([&](index::Batch& batch) { return house.watchlist->forget(batch, gone); });
  REQUIRE(house.store->scrub());
  CHECK_FALSE(any_file_holds(house.directory.path(), sealed));
  CHECK_FALSE(any_file_holds(house.directory.path(), sealed.substr(25, 16)));
  CHECK_FALSE(any_file_holds(house.directory.path(), kLabel));

  CHECK_FALSE(*house.watchlist->get(gone));
  CHECK(*house.watchlist->get(kept));
  CHECK(*house.watchlist->size() == 1);
  CHECK(numbers(house.watchlist->concerned({"~acme"}, {})) == Numbers{kept});
  CHECK(numbers(house.watchlist->concerned({"~beta"}, {})).empty());
  CHECK_FALSE(*house.store->get_watch(Column::Posting, index::part_key("~beta", 0)));
  CHECK(numbers(house.watchlist->told(*house.store->batch(), "fr-x")) == Numbers{kept});
  CHECK(numbers(house.watchlist->recipients(1)) == Numbers{kept});
  CHECK_FALSE(*house.watchlist->acknowledged({1, gone}));
  const Campaign after = house.watchlist->campaigns()->front();
  CHECK(after.recipients == 1);
  CHECK(after.served == 1);
  CHECK(house.add(person({tie("Acme")})) == gone + 1);  // a number is never given again
  auto batch = house.store->batch();
  CHECK(house.watchlist->forget(*batch, gone).error().kind == ErrorKind::Config);
}

TEST_CASE("key file: made once with 0600, read again, and refused when others may read it or it is no key") {
  const tests::TempDirectory directory;
  const auto file = directory.path() / "key";
  auto made = Watchlist::key_from_file(file);
  REQUIRE(made);
  CHECK(made->reveal().size() == 32);
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  CHECK((info.st_mode & 07777U) == 0600U);
  CHECK(Watchlist::key_from_file(file)->reveal() == made->reveal());
  CHECK(std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 1);  // no draft left
  ::chmod(file.c_str(), 0640);
  const auto wide = Watchlist::key_from_file(file);
  REQUIRE_FALSE(wide);
  CHECK(wide.error().kind == ErrorKind::Config);
  CHECK(wide.error().what.find("chmod 600") != std::string::npos);
  ::chmod(file.c_str(), 0600);
  for (const std::size_t size : {std::size_t{0}, std::size_t{31}, std::size_t{33}}) {
    std::ofstream(file, std::ios::trunc) << std::string(size, 'x');
    CHECK(Watchlist::key_from_file(file).error().kind == ErrorKind::Config);
  }
  CHECK(Watchlist::key_from_file(directory.path() / "no" / "key").error().kind == ErrorKind::Config);
  CHECK(Watchlist::key_from_file(directory.path()).error().kind == ErrorKind::Config);
}
