// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "schemas/members_in.hpp"
#include "schemas/vocabulary_impl.hpp"

namespace vigifuite {
namespace {

using Impl = Vocabulary::Impl;
constexpr std::size_t kMaxCategories = 64;
constexpr std::size_t kMaxBodies = 20'000;

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

void read_certainty(const MembersIn& in, std::string_view name, Certainty& certainty) {
  const JsonValue json = in[name];
  if (!json) return;
  if (json.text() == "found")
    certainty = Certainty::Found;
  else if (json.text() != "general knowledge" && json.text() != "general_knowledge")
    in.complain(name, "unknown word");
}

void read_tribool(const MembersIn& in, std::string_view name, std::optional<bool>& value) {
  if (!in[name]) return;
  bool flag = false;
  in.read(name, flag);
  value = flag;
}

void read_contacts(const MembersIn& in, Organisation& body) {
  in.within("dpo", [&](const MembersIn& dpo) {
    dpo.read("postal", body.dpo.postal);
    read_certainty(dpo, "postal_certainty", body.dpo.postal_certainty);
    dpo.read("email", body.dpo.email);
    read_certainty(dpo, "email_certainty", body.dpo.email_certainty);
    dpo.read("how", body.dpo.how);
    dpo.read("source", body.dpo.source);
  });
  in.within("contact", [&](const MembersIn& contact) { contact.read("postal", body.contact_postal); });
  in.each("processors", [&](const MembersIn& item) {
    ProcessorLink& link = body.processors.emplace_back();
    item.read("organisation", link.organisation, Need::Required);
    item.read("service", link.service);
    item.read("certain", link.certain);
    item.read("source", link.source);
  });
}

void read_body(const MembersIn& in, Impl& impl) {
  Organisation& body = impl.organisations.emplace_back();
  in.read("id", body.id, Need::Required);
  in.read("name", body.name, Need::Required);
  in.read("aliases", body.aliases);
  in.read("domains", body.domains);
  in.read("class", body.is_class);
  in.read("class_words", body.class_words);
  in.each("former_names", [&](const MembersIn& item) {
    FormerName& former = body.former_names.emplace_back();
    item.read("name", former.name, Need::Required);
    item.read("until", former.until);
  });
  in.read("parent", body.parent);
  in.read("parent_name", body.parent_name);
  in.read("kind", body.kind);
  in.read_word("legal_nature", body.legal_nature);
  in.read("legal_nature_fr", body.legal_nature_fr);
  read_certainty(in, "legal_certainty", body.legal_certainty);
  read_tribool(in, "cnil_fine_possible", body.cnil_fine_possible);
  in.read("damages_court", body.damages_court);
  read_tribool(in, "lawyer_needed_for_damages", body.lawyer_needed_for_damages);
  body.categories = categories_named(in, "categories", impl);
  read_contacts(in, body);
  in.read("url", body.url);
  read_certainty(in, "certainty", body.certainty);
  in.read("notes", body.notes);
}

void read_ambiguous(const MembersIn& in, Impl& impl) {
  in.each("ambiguous", [&](const MembersIn& item) {
    std::string alias;
    std::vector<std::string> bodies;
    item.read("alias", alias, Need::Required);
    item.read("also", bodies);
    bodies.insert(bodies.begin(), std::string(item["id"].text()));
    if (bodies.size() < 2) return;  // used elsewhere too, but by nobody of the registry
    auto& row = impl.ambiguous.emplace_back();
    row.first = alias;
    for (const std::string& id : bodies) {
      const std::uint64_t* index = impl.ids.find(id);
      if (index == nullptr)
        item.complain("also", "unknown organisation");
      else
        row.second.push_back(static_cast<BodyIndex>(*index));
    }
  });
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

Status load_organisations(JsonParser& parser, std::string_view json, Impl& impl) {
  const auto root = parser.parse(json);
  if (!root) return in_context("organisations.json", root.error());
  Text wrong;
  const MembersIn in(*root, wrong);
  in.each("items", [&](const MembersIn& item) {
    if (impl.organisations.size() == kMaxBodies) return item.complain({}, "more than 20,000 organisations");
    read_body(item, impl);
  });
  impl.ids.reserve(impl.organisations.size());
  for (std::size_t i = 0; i < impl.organisations.size(); ++i) {
    const Organisation& body = impl.organisations[i];
    if (impl.ids.find(body.id) != nullptr) in.complain("items", "two organisations with the id " + body.id);
    impl.ids.add(body.id, i);
  }
  const auto known = [&](const std::string& id) { return impl.ids.find(id) != nullptr; };
  for (const Organisation& body : impl.organisations) {
    if (!body.parent.empty() && !known(body.parent)) in.complain("items", body.id + ": its parent is unknown");
    for (const ProcessorLink& link : body.processors) {
      if (!known(link.organisation)) in.complain("items", body.id + ": a processor is unknown");
    }
  }
  read_ambiguous(in, impl);
  return done("organisations.json", wrong);
}

}  // namespace vigifuite
