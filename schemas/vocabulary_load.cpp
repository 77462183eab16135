// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "schemas/members_in.hpp"
#include "schemas/vocabulary_impl.hpp"

namespace vigifuite {
namespace {

using Impl = Vocabulary::Impl;
constexpr std::size_t kMaxCategories = 64;

/// Copies a label into the arena and remembers what it means.
void add_label(Impl& impl, LabelSet set, std::string_view label, std::uint64_t bits) {
  VIGIFUITE_CHECK(impl.arena.size() + label.size() <= impl.arena.capacity());
  const std::size_t at = impl.arena.size();
  impl.arena.append(label);
  impl.label_rows.push_back({set, {std::string_view(impl.arena).substr(at), bits}});
}

void add_labels(Impl& impl, LabelSet set, const MembersIn& in, std::string_view name, std::uint64_t bits) {
  for (const auto label : in.array(name).items()) add_label(impl, set, JsonValue(label).text(), bits);
}

void read_category(const MembersIn& in, Impl& impl) {
  const std::uint64_t bit = std::uint64_t{1} << (impl.categories.size() & 63U);
  CategoryInfo& info = impl.categories.emplace_back();
  in.read("slug", info.slug, Need::Required);
  in.read("group", info.group, Need::Required);
  in.read("label", info.label);
  in.read("short", info.short_label);
  if (info.label.fr.empty() || info.label.en.empty()) in.complain("label", "expected French and English words");
  in.read_word("regime", info.regime, Need::Required);
  const std::string_view level = in["level"].text();
  info.high_risk = level == "high";
  if (level != "high" && level != "medium") in.complain("level", "expected medium or high");
  in.read("risk", info.risk);
  in.within("first", [&](const MembersIn& first) {
    first.read("fr", info.first_fr);
    first.read("en", info.first_en);
  });
  in.within("words", [&](const MembersIn& words) {
    add_labels(impl, LabelSet::Words, words, "fr", bit);
    add_labels(impl, LabelSet::Words, words, "en", bit);
  });
  for (const std::string& word : {info.slug, info.label.fr, info.label.en}) add_label(impl, LabelSet::Words, word, bit);
  add_labels(impl, LabelSet::Hibp, in, "hibp", bit);
  add_labels(impl, LabelSet::XposedOrNot, in, "xposedornot", bit);
  add_labels(impl, LabelSet::Veris, in, "veris", bit);
  add_labels(impl, LabelSet::Dpv, in, "dpv", bit);
}

/// Labels that are known, and are no category of ours.
void read_unmapped(const MembersIn& in, Impl& impl) {
  constexpr std::pair<std::string_view, LabelSet> kNames[] = {{"words", LabelSet::Words},
                                                              {"hibp", LabelSet::Hibp},
                                                              {"xposedornot", LabelSet::XposedOrNot},
                                                              {"veris", LabelSet::Veris},
                                                              {"dpv", LabelSet::Dpv}};
  for (const auto& [name, set] : kNames) {
    in.each(name, [&, set_of_row = set](const MembersIn& row) { add_label(impl, set_of_row, row["label"].text(), 0); });
  }
}

CategorySet categories_named(const MembersIn& in, std::string_view name, const Impl& impl) {
  CategorySet set;
  for (const auto element : in.array(name).items()) {
    const std::uint64_t* index = impl.slugs.find(JsonValue(element).text());
    if (index == nullptr)
      in.complain(name, "unknown category");
    else
      set.add(Category{static_cast<std::uint8_t>(*index)});
  }
  return set;
}

Status done(std::string_view file, const Text& wrong) {
  if (wrong.empty()) return Done{};
  return in_context(file, fail(ErrorKind::Malformed, wrong));
}

}  // namespace

Status load_categories(JsonParser& parser, std::string_view json, Impl& impl) {
  const auto root = parser.parse(json);
  if (!root) return in_context("categories.json", root.error());
  impl.arena.reserve(2 * json.size());  // each label once, and slugs and names of categories once more
  Text wrong;
  const MembersIn in(*root, wrong);
  in.each("items", [&](const MembersIn& item) {
    if (impl.categories.size() == kMaxCategories) return item.complain({}, "more than 64 categories");
    read_category(item, impl);
  });
  in.within("unmapped", [&](const MembersIn& unmapped) { read_unmapped(unmapped, impl); });
  if (impl.categories.empty()) in.complain("items", "no category");

  impl.slugs.reserve(impl.categories.size());
  for (std::size_t i = 0; i < impl.categories.size(); ++i) {
    if (impl.slugs.find(impl.categories[i].slug) != nullptr) in.complain("items", "two categories of the same slug");
    impl.slugs.add(impl.categories[i].slug, i);
  }
  std::array<std::size_t, kLabelSets> counts{};
  for (const auto& row : impl.label_rows) ++counts[static_cast<std::size_t>(row.first)];
  for (std::size_t set = 0; set < kLabelSets; ++set) impl.labels[set].reserve(counts[set]);
  for (const auto& [set, row] : impl.label_rows) impl.labels[static_cast<std::size_t>(set)].add(row.first, row.second);
  return done("categories.json", wrong);
}

Status load_risks(JsonParser& parser, std::string_view json, Impl& impl) {
  const auto root = parser.parse(json);
  if (!root) return in_context("risks.json", root.error());
  Text wrong;
  const MembersIn in(*root, wrong);
  in.each("combinations", [&](const MembersIn& item) {
    RiskCombination& combination = impl.combinations.emplace_back();
    combination.all = categories_named(item, "all", impl);
    item.read("risk", combination.risk);
  });
  in.each("actions", [&](const MembersIn& item) {
    Action& action = impl.actions.emplace_back();
    item.read("id", action.id, Need::Required);
    action.when_any = categories_named(item, "when_any", impl);
    action.when_all = categories_named(item, "when_all", impl);
    std::int64_t rank = 0;
    item.read("rank", rank, Need::Required);
    if (rank < 0 || rank > 1'000'000)
      item.complain("rank", "out of range");
    else
      action.rank = static_cast<int>(rank);
    item.read("text", action.text);
    item.read("source", action.source);
  });
  std::stable_sort(impl.actions.begin(), impl.actions.end(),
                   [](const Action& a, const Action& b) { return a.rank < b.rank; });
  return done("risks.json", wrong);
}

}  // namespace vigifuite
