// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/watchlist.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <set>

#include "daemon/index/keys.hpp"
#include "daemon/match/match.hpp"
#include "daemon/match/open_watchlist.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::match {
namespace {

constexpr std::string_view kKeyCheck = "key";
constexpr std::string_view kCheckedWords = "vigifuite watch list";

std::string place_of(WatchNumber number) {
  return "watch_profile" + index::watch_key(number);
}

template <class... Args>
Error unreadable(Message what, const Args&... args) {
  return fail(ErrorKind::Storage, Message::WatchDamaged, in_both(what, args...));
}

Result<std::vector<Posting>> pending_postings(const index::Batch& batch, std::string_view key) {
  auto stored = batch.get_watch(WatchColumn::Posting, key);
  if (!stored) return std::move(stored).error();
  if (!*stored) return std::vector<Posting>();
  auto postings = decode_postings(**stored);
  if (!postings) return unreadable(Message::WatchPartPosting);
  return std::move(*postings);
}

void put_postings(index::Batch& batch, std::string_view key, std::span<const Posting> postings) {
  batch.put_watch(WatchColumn::Posting, key, postings.empty() ? std::string() : encode_postings(postings));
}

/// Merges `added` (lows ascending) into what is stored under `key`; an added posting replaces one of its number.
Status add_postings(index::Batch& batch, std::string_view key, std::span<const Posting> added) {
  auto postings = pending_postings(batch, key);
  if (!postings) return std::move(postings).error();
  for (const Posting& posting : added) {
    const auto at = std::lower_bound(postings->begin(), postings->end(), posting.low,
                                     [](const Posting& p, std::uint16_t low) { return p.low < low; });
    if (at != postings->end() && at->low == posting.low)
      *at = posting;
    else
      postings->insert(at, posting);  // numbers only grow: nearly always at the end
  }
  put_postings(batch, key, *postings);
  return Done{};
}

Status remove_posting(index::Batch& batch, std::string_view key, std::uint16_t low) {
  auto postings = pending_postings(batch, key);
  if (!postings) return std::move(postings).error();
  std::erase_if(*postings, [low](const Posting& posting) { return posting.low == low; });
  put_postings(batch, key, *postings);
  return Done{};
}

constexpr std::uint16_t high_of(WatchNumber number) {
  return static_cast<std::uint16_t>(number >> 16U);
}
constexpr std::uint16_t low_of(WatchNumber number) {
  return static_cast<std::uint16_t>(number & 0xFFFFU);
}

/// The set as Roaring serialises it, container by container: no number is inserted one by one.
Result<WatchSet> set_of(const std::map<std::uint16_t, std::unique_ptr<Bits>>& containers) {
  std::string header;
  std::string offsets;
  std::string body;
  const auto append = [](std::string& out, auto number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    out.append(bytes, sizeof number);
  };
  std::vector<std::pair<std::uint16_t, std::uint32_t>> counts;
  for (const auto& [high, bits] : containers) {
    std::uint32_t count = 0;
    for (const std::uint64_t word : *bits) count += static_cast<std::uint32_t>(std::popcount(word));
    if (count != 0) counts.emplace_back(high, count);
  }
  append(header, std::uint32_t{12346});
  append(header, static_cast<std::uint32_t>(counts.size()));
  for (const auto& [high, count] : counts) {
    append(header, high);
    append(header, static_cast<std::uint16_t>(count - 1));
    append(offsets, static_cast<std::uint32_t>(8 + 8 * counts.size() + body.size()));
    const Bits& bits = *containers.at(high);
    if (count > 4096) {
      body.append(reinterpret_cast<const char*>(bits.data()), sizeof bits);
      continue;
    }
    for (std::size_t word = 0; word < bits.size(); ++word) {
      for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1) {
        append(body, static_cast<std::uint16_t>(word * 64 + static_cast<unsigned>(std::countr_zero(rest))));
      }
    }
  }
  return WatchSet::from_bytes(header + offsets + body);
}

}  // namespace

Result<std::unique_ptr<Watchlist>> Watchlist::open(index::Store& store, Secret key, const Vocabulary& vocabulary,
                                                   std::string registry) {
  auto sealer = Sealer::make(std::move(key));
  if (!sealer) return std::move(sealer).error();
  auto watchlist = std::make_unique<OpenWatchlist>(store, std::move(*sealer), vocabulary, std::move(registry));
  VIGIFUITE_TRY(watchlist->check_key());
  return std::unique_ptr<Watchlist>(std::move(watchlist));
}

Status OpenWatchlist::check_key() const {
  auto sealed = store_.get_watch(WatchColumn::Meta, kKeyCheck);
  if (!sealed) return std::move(sealed).error();
  if (!*sealed) return Done{};  // nobody is watched yet: the first to be added seals the check
  const auto words = sealer_.unseal(kKeyCheck, **sealed);
  if (words && words->reveal() == kCheckedWords) return Done{};
  return fail(ErrorKind::Config, Message::WatchKeyOther);
}

Result<Numbers> OpenWatchlist::numbers(const index::Batch& batch) const {
  auto stored = batch.get_watch(WatchColumn::Meta, kNumbersKey);
  if (!stored) return std::move(stored).error();
  if (!*stored) return Numbers{};
  const auto numbers = decode_numbers(**stored);
  if (!numbers) return unreadable(Message::WatchPartCounter);
  return *numbers;
}

OpenWatchlist::Ties OpenWatchlist::ties_of(const Profile& profile) const {
  Ties ties;
  for (const Tie& tie : profile.ties) {
    const Months months = months_of(tie.period);
    for (const std::string& key : vigifuite::match::posting_keys(tie, vocabulary_)) {
      if (!index::can_lead(key)) continue;
      const auto [it, added] = ties.emplace(key, months);
      if (!added) it->second = hull(it->second, months);
    }
  }
  return ties;
}

void OpenWatchlist::put_person(index::Batch& batch, WatchNumber number, const Profile& profile,
                               const Ties& ties) const {
  JsonOut json;
  write(json, profile);
  PersonRecord person;
  for (const auto& [organisation, months] : ties) {
    person.posting_keys.push_back(index::part_key(organisation, high_of(number)));
  }
  person.document = json.str();
  const Secret plain(encode_person(person));
  batch.put_watch(WatchColumn::Profile, index::watch_key(number), sealer_.seal(place_of(number), plain.reveal()));
}

Result<WatchNumber> OpenWatchlist::add(index::Batch& batch, const Profile& profile) {
  return add_many(batch, std::span(&profile, 1));
}

Result<WatchNumber> OpenWatchlist::add_many(index::Batch& batch, std::span<const Profile> profiles) {
  auto counters = numbers(batch);
  if (!counters) return std::move(counters).error();
  if (profiles.size() > std::numeric_limits<WatchNumber>::max() - counters->next) {
    return fail(ErrorKind::Config, Message::WatchFull);
  }
  auto checked = batch.get_watch(WatchColumn::Meta, kKeyCheck);
  if (!checked) return std::move(checked).error();
  if (!*checked) batch.put_watch(WatchColumn::Meta, kKeyCheck, sealer_.seal(kKeyCheck, kCheckedWords));

  if (counters->watched == 0) set_posted(batch);  // nobody is left who was posted under another registry

  const WatchNumber first = counters->next;
  std::map<std::string, std::vector<Posting>> postings;
  WatchNumber number = first;
  for (const Profile& profile : profiles) {
    const Ties ties = ties_of(profile);
    put_person(batch, number, profile, ties);
    for (const auto& [organisation, months] : ties) {
      postings[index::part_key(organisation, high_of(number))].push_back({low_of(number), months});
    }
    ++number;
  }
  for (const auto& [key, added] : postings) VIGIFUITE_TRY(add_postings(batch, key, added));
  counters->next = number;
  counters->watched += profiles.size();
  batch.put_watch(WatchColumn::Meta, kNumbersKey, encode_numbers(*counters));
  return first;
}

Result<std::optional<std::vector<std::string>>> OpenWatchlist::posting_keys(const index::Batch& batch,
                                                                            WatchNumber number) const {
  auto sealed = batch.get_watch(WatchColumn::Profile, index::watch_key(number));
  if (!sealed) return std::move(sealed).error();
  if (!*sealed) return std::optional<std::vector<std::string>>();
  const auto plain = sealer_.unseal(place_of(number), **sealed);
  auto person = plain ? decode_person(plain->reveal()) : std::nullopt;
  if (!person) return unreadable(Message::WatchPartEntry, number);
  return std::optional(std::move(person->posting_keys));
}

Status OpenWatchlist::replace(index::Batch& batch, WatchNumber number, const Profile& profile) {
  auto old_keys = posting_keys(batch, number);
  if (!old_keys) return std::move(old_keys).error();
  if (!*old_keys) return fail(ErrorKind::Config, Message::AskNoWatch, number);
  const Ties ties = ties_of(profile);
  for (const std::string& key : **old_keys) {
    const auto part = index::parse_part_key(key);
    if (part && !ties.contains(std::string(part->name))) VIGIFUITE_TRY(remove_posting(batch, key, low_of(number)));
  }
  for (const auto& [organisation, months] : ties) {
    const Posting posting{low_of(number), months};
    VIGIFUITE_TRY(add_postings(batch, index::part_key(organisation, high_of(number)), std::span(&posting, 1)));
  }
  put_person(batch, number, profile, ties);
  return Done{};
}

Result<bool> OpenWatchlist::posted() const {
  auto watched = size();
  if (!watched) return std::move(watched).error();
  if (*watched == 0) return true;
  auto registry = store_.get_watch(WatchColumn::Meta, kRegistryKey);
  if (!registry) return std::move(registry).error();
  return registry->value_or("") == registry_;
}

Result<std::optional<Profile>> OpenWatchlist::repost(index::Batch& batch, WatchNumber number) {
  auto old_keys = posting_keys(batch, number);
  if (!old_keys) return std::move(old_keys).error();
  if (!*old_keys) return std::optional<Profile>();
  auto profile = get(number);
  if (!profile) return std::move(profile).error();
  if (!*profile) return std::optional<Profile>();
  // What the registry still does not know stays under its words.
  if (const Status known = resolve(**profile, vocabulary_); !known && known.error().kind != ErrorKind::Config) {
    return known.error();
  }
  std::set<std::string> keys;
  for (const auto& [organisation, months] : ties_of(**profile)) {
    keys.insert(index::part_key(organisation, high_of(number)));
  }
  if (keys == std::set<std::string>((*old_keys)->begin(), (*old_keys)->end())) return std::optional<Profile>();
  VIGIFUITE_TRY(replace(batch, number, **profile));
  return profile;
}

Result<WatchNumber> OpenWatchlist::next() const {
  auto stored = store_.get_watch(WatchColumn::Meta, kNumbersKey);
  if (!stored) return std::move(stored).error();
  if (!*stored) return Numbers{}.next;
  const auto numbers = decode_numbers(**stored);
  if (!numbers) return unreadable(Message::WatchPartCounter);
  return numbers->next;
}

Status OpenWatchlist::forget(index::Batch& batch, WatchNumber number) {
  auto keys = posting_keys(batch, number);
  if (!keys) return std::move(keys).error();
  if (!*keys) return fail(ErrorKind::Config, Message::AskNoWatch, number);
  for (const std::string& key : **keys) VIGIFUITE_TRY(remove_posting(batch, key, low_of(number)));
  VIGIFUITE_TRY(forget_in_campaigns(batch, number));
  batch.put_watch(WatchColumn::Profile, index::watch_key(number), {});
  auto counters = numbers(batch);
  if (!counters) return std::move(counters).error();
  counters->watched -= counters->watched == 0 ? 0 : 1;
  batch.put_watch(WatchColumn::Meta, kNumbersKey, encode_numbers(*counters));
  return Done{};
}

Result<Profile> OpenWatchlist::unseal(WatchNumber number, std::string_view sealed) const {
  const auto plain = sealer_.unseal(place_of(number), sealed);
  const auto person = plain ? decode_person(plain->reveal()) : std::nullopt;
  if (!person) return unreadable(Message::WatchPartEntry, number);
  JsonParser parser;
  auto json = parser.parse(person->document);
  // What is wrong inside is not repeated: it could quote the person.
  if (!json) return unreadable(Message::WatchPartEntry, number);
  auto profile = read_profile(*json);
  if (!profile) return unreadable(Message::WatchPartEntry, number);
  return profile;
}

Result<std::optional<Profile>> OpenWatchlist::get(WatchNumber number) const {
  auto sealed = store_.get_watch(WatchColumn::Profile, index::watch_key(number));
  if (!sealed) return std::move(sealed).error();
  if (!*sealed) return std::optional<Profile>();
  auto profile = unseal(number, **sealed);
  if (!profile) return std::move(profile).error();
  return std::optional(std::move(*profile));
}

Result<std::vector<WatchEntry>> OpenWatchlist::list() const {
  std::vector<WatchEntry> entries;
  Status outcome = Done{};
  VIGIFUITE_TRY(store_.scan_watch(WatchColumn::Profile, {}, [&](std::string_view key, std::string_view sealed) {
    const auto number = index::parse_watch_key(key);
    auto profile = number ? unseal(*number, sealed) : Result<Profile>(unreadable(Message::WatchPartSome));
    if (profile)
      entries.push_back({*number, std::move(*profile)});
    else
      outcome = std::move(profile).error();
    return outcome.has_value();
  }));
  VIGIFUITE_TRY(std::move(outcome));
  return entries;
}

Result<std::uint64_t> OpenWatchlist::size() const {
  auto stored = store_.get_watch(WatchColumn::Meta, kNumbersKey);
  if (!stored) return std::move(stored).error();
  if (!*stored) return std::uint64_t{0};
  const auto numbers = decode_numbers(**stored);
  if (!numbers) return unreadable(Message::WatchPartCounter);
  return numbers->watched;
}

Result<WatchSet> OpenWatchlist::concerned(const std::vector<std::string>& keys, Period period) const {
  const Months wanted = months_of(period);
  std::map<std::uint16_t, std::unique_ptr<Bits>> containers;
  for (const std::string& organisation : std::set<std::string>(keys.begin(), keys.end())) {
    if (!index::can_lead(organisation)) continue;
    bool good = true;
    VIGIFUITE_TRY(store_.scan_watch(WatchColumn::Posting, index::part_prefix(organisation),
                                    [&](std::string_view key, std::string_view postings) {
                                      const auto part = index::parse_part_key(key);
                                      if (!part) return good = false;
                                      auto& bits = containers[part->part];
                                      if (!bits) bits = std::make_unique<Bits>();
                                      return good = select_postings(postings, wanted, *bits);
                                    }));
    if (!good) return unreadable(Message::WatchPartPosting);
  }
  return set_of(containers);
}

}  // namespace vigifuite::match
