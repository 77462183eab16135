// SPDX-License-Identifier: AGPL-3.0-or-later
// The registry of bodies: the shipped document, and the files of a sysadmin over it.

#include <algorithm>
#include <set>
#include <unordered_map>

#include "schemas/messages.hpp"
#include "schemas/organisation_codec.hpp"
#include "schemas/vocabulary_impl.hpp"

namespace vigifuite {
namespace {

using Impl = Vocabulary::Impl;
constexpr std::size_t kMaxBodies = 200'000;

void read_ambiguous(const MembersIn& in, Impl& impl) {
  const auto index_of = [&](std::string_view id, const MembersIn& item, std::string_view member) {
    const std::uint64_t* index = impl.ids.find(id);
    if (index == nullptr) item.complain(member, "unknown organisation");
    return index == nullptr ? BodyIndex{0} : static_cast<BodyIndex>(*index);
  };
  in.each("ambiguous", [&](const MembersIn& item) {
    std::string alias, for_people;
    std::vector<std::string> bodies;
    item.read("alias", alias, Need::Required);
    item.read("also", bodies);
    item.read("for_people", for_people);
    bodies.insert(bodies.begin(), std::string(item["id"].text()));
    if (bodies.size() < 2) return;  // used elsewhere too, but by nobody of the registry
    Homonym homonym;
    for (const std::string& id : bodies) homonym.bodies.push_back(index_of(id, item, "also"));
    if (!for_people.empty()) homonym.for_people = index_of(for_people, item, "for_people");
    item.read("tell", homonym.tell);
    impl.ambiguous.emplace_back(std::move(alias), std::move(homonym));
  });
}

void index_ids(Impl& impl) {
  impl.ids = {};
  impl.ids.reserve(impl.organisations.size());
  for (std::size_t i = 0; i < impl.organisations.size(); ++i) impl.ids.add(impl.organisations[i].id, i);
}

CategoryOf category_of(const Impl& impl) {
  return [&impl](std::string_view slug) -> std::optional<Category> {
    const std::uint64_t* index = impl.slugs.find(slug);
    if (index == nullptr) return std::nullopt;
    return Category{static_cast<std::uint8_t>(*index)};
  };
}

/// Which other bodies one names, and in which member.
template <class Visit>
void each_link(const Organisation& body, const Visit& visit) {
  visit("parent", body.parent);
  visit("member_of", body.member_of);
  for (const FormerParent& link : body.former_parents) visit("former_parents", link.organisation);
  for (const Successor& link : body.successors) visit("successors", link.organisation);
  for (const ProcessorLink& link : body.processors) visit("processors", link.organisation);
}

bool is_id(std::string_view id) noexcept {
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !id.empty() && id.size() <= 100 && std::all_of(id.begin(), id.end(), good) && id.front() != '-' &&
         id.back() != '-';
}

/// The files of a sysadmin, over what is shipped. Says what is wrong by file and entry, and what to do.
class OwnFiles {
 public:
  explicit OwnFiles(Impl& impl) : impl_(impl) {
    for (std::size_t i = 0; i < impl_.organisations.size(); ++i) known_.emplace(impl_.organisations[i].id, i);
    shipped_ = impl_.organisations.size();
  }

  Status take(JsonParser& parser, const RegistryFile& file) {
    const auto root = parser.parse(file.json);
    if (!root) return refuse(Message::RegistryNotJson, file.name, root.error().text());
    if ((*root)["schema"].text() != kOwnRegistry) return refuse(Message::RegistryNotOurs, file.name, kOwnRegistry);
    Text wrong;
    const MembersIn in(*root, wrong);
    in.refuse_others({"schema", "about", "items"});
    if (!(*root)["items"].is_array()) in.complain("items", Message::BodyItemsMissing);
    if (!wrong.empty()) return refuse(Message::RegistryWrong, file.name, "-", wrong);
    std::set<std::string, std::less<>> seen;
    for (const auto element : (*root)["items"].items()) {
      VIGIFUITE_TRY(take_entry(JsonValue(element), file.name, seen));
    }
    return Done{};
  }

  /// What can only be seen once all files are read.
  Status check() {
    index_ids(impl_);
    for (const auto& [index, file] : said_in_) VIGIFUITE_TRY(check_links(impl_.organisations[index], file));
    for (const auto& [index, file] : said_in_) VIGIFUITE_TRY(check_names(index, file));
    return Done{};
  }

 private:
  template <class... Args>
  Status refuse(Message message, const Args&... args) const {
    return fail(ErrorKind::Config, message, args...);
  }

  Status take_entry(JsonValue json, const std::string& file, std::set<std::string, std::less<>>& seen) {
    const std::string id(clip(json["id"].text(), 120));
    if (!is_id(id)) return refuse(Message::RegistryBadId, file, id);
    if (!seen.insert(id).second) return refuse(Message::RegistryTwice, file, id);
    const auto [known, added] = known_.emplace(id, impl_.organisations.size());
    if (added) {
      if (impl_.organisations.size() >= kMaxBodies) return refuse(Message::RegistryTooMany, file, id);
      if (json["name"].text().empty()) return refuse(Message::RegistryNoName, file, id);
      impl_.organisations.emplace_back().id = id;
    }
    Organisation& body = impl_.organisations[known->second];
    Text wrong;
    const MembersIn in(json, wrong);
    in.within("without", [&](const MembersIn& without) { remove(without, body); });
    read(in, body, category_of(impl_), "without");
    if (!wrong.empty()) return refuse(Message::RegistryWrong, file, id, wrong);
    said_in_[known->second] = file;
    return Done{};
  }

  /// What an entry takes away from a shipped body.
  static void remove(const MembersIn& without, Organisation& body) {
    without.refuse_others({"aliases", "domains", "class_words", "former_names", "processors"});
    const auto names = [&](std::string_view member) {
      std::vector<std::string> list;
      without.read(member, list);
      return list;
    };
    const auto in = [](const std::vector<std::string>& list, const std::string& word) {
      return std::find(list.begin(), list.end(), word) != list.end();
    };
    for (const auto& [member, words] : {std::pair{"aliases", &body.aliases}, std::pair{"domains", &body.domains},
                                        std::pair{"class_words", &body.class_words}}) {
      const auto list = names(member);
      std::erase_if(*words, [&](const std::string& word) { return in(list, word); });
    }
    const auto former = names("former_names"), processors = names("processors");
    std::erase_if(body.former_names, [&](const FormerName& name) { return in(former, name.name); });
    std::erase_if(body.processors, [&](const ProcessorLink& link) { return in(processors, link.organisation); });
  }

  Status check_links(const Organisation& body, const std::string& file) const {
    Status found = Done{};
    each_link(body, [&](std::string_view member, const std::string& id) {
      if (!found || id.empty() || known_.contains(id)) return;
      found = refuse(Message::RegistryUnknownBody, file, body.id, member, id);
    });
    VIGIFUITE_TRY(std::move(found));
    if (!body.member_of.empty() && !impl_.organisations[known_.at(body.member_of)].is_class) {
      return refuse(Message::RegistryNotClass, file, body.id, body.member_of);
    }
    if (auto cycle = cycle_from(body, [](const Organisation& at) { return std::vector<std::string>{at.parent}; })) {
      return refuse(Message::RegistryCycle, file, body.id, "parent", *cycle);
    }
    const auto heirs = [](const Organisation& at) {
      std::vector<std::string> ids;
      for (const Successor& heir : at.successors) ids.push_back(heir.organisation);
      return ids;
    };
    if (auto cycle = cycle_from(body, heirs))
      return refuse(Message::RegistryCycle, file, body.id, "successors", *cycle);
    return Done{};
  }

  /// "a > b > a" when following `next` from `body` leads back to it.
  template <class Next>
  std::optional<std::string> cycle_from(const Organisation& body, const Next& next) const {
    std::vector<std::pair<std::string, std::string>> open{{body.id, body.id}};  // where, and the way there
    std::set<std::string> seen;
    while (!open.empty()) {
      const auto [id, way] = open.back();
      open.pop_back();
      const auto known = known_.find(id);
      if (known == known_.end()) continue;
      for (const std::string& to : next(impl_.organisations[known->second])) {
        if (to == body.id) return way + " > " + to;
        if (!to.empty() && seen.insert(to).second) open.emplace_back(to, way + " > " + to);
      }
    }
    return std::nullopt;
  }

  /// No spelling of an own entry may be that of another body: nobody could tell which is meant.
  Status check_names(std::size_t index, const std::string& file) const {
    const Organisation& body = impl_.organisations[index];
    const NameTables& tables = impl_.names();
    const auto other_in = [&](const ByWords<std::vector<BodyIndex>>& table,
                              const std::string& words) -> const Organisation* {
      const auto found = table.find(words);
      if (found == table.end()) return nullptr;
      for (const BodyIndex other : found->second) {
        if (other != index) return &impl_.organisations[other];
      }
      return nullptr;
    };
    std::vector<std::string> names = body.aliases;
    names.push_back(body.name);
    names.push_back(body.id);
    for (const FormerName& former : body.former_names) names.push_back(former.name);
    for (const std::string& name : names) {
      const std::string words = fold(name);
      if (tables.homonyms.contains(words)) continue;  // several bodies share it, and that is said
      const Organisation* other = other_in(tables.names, words);
      if (other == nullptr) continue;
      return refuse(other_is_shipped(*other) ? Message::RegistryAliasShipped : Message::RegistryAliasTwice, file,
                    body.id, name, other->name, other->id);
    }
    for (const std::string& domain : body.domains) {
      if (const Organisation* other = other_in(tables.domains, host_in(domain))) {
        return refuse(Message::RegistryAliasTwice, file, body.id, domain, other->name, other->id);
      }
    }
    if (const Organisation* other = body.siren.empty() ? nullptr : other_in(tables.sirens, body.siren)) {
      return refuse(Message::RegistryAliasTwice, file, body.id, body.siren, other->name, other->id);
    }
    return Done{};
  }

  bool other_is_shipped(const Organisation& other) const { return known_.at(other.id) < shipped_; }

  Impl& impl_;
  std::size_t shipped_ = 0;
  std::unordered_map<std::string, std::size_t> known_;
  std::unordered_map<std::size_t, std::string> said_in_;  ///< the last file that speaks of a body
};

}  // namespace

Status load_organisations(JsonParser& parser, std::string_view json, Impl& impl) {
  const auto root = parser.parse(json);
  if (!root) return in_context("organisations.json", root.error());
  Text wrong;
  const MembersIn in(*root, wrong);
  const CategoryOf category = category_of(impl);
  in.each("items", [&](const MembersIn& item) {
    if (impl.organisations.size() == kMaxBodies) return item.complain({}, "more than 200,000 organisations");
    Organisation& body = impl.organisations.emplace_back();
    item.read("id", body.id, Need::Required);
    if (!item["name"]) item.complain("name", "missing");
    read(item, body, category);
  });
  std::set<std::string_view> ids;
  for (const Organisation& body : impl.organisations) {
    if (!ids.insert(body.id).second) in.complain("items", "two organisations with the id " + body.id);
  }
  for (const Organisation& body : impl.organisations) {
    each_link(body, [&](std::string_view member, const std::string& id) {
      if (!id.empty() && !ids.contains(id))
        in.complain("items", body.id + ": " + std::string(member) + ": unknown " + id);
    });
  }
  if (wrong.empty()) index_ids(impl);
  if (wrong.empty()) read_ambiguous(in, impl);
  if (wrong.empty()) return Done{};
  return in_context("organisations.json", fail(ErrorKind::Malformed, wrong));
}

Status load_own_organisations(JsonParser& parser, std::span<const RegistryFile> files, Impl& impl) {
  if (files.empty()) return Done{};
  OwnFiles own(impl);
  for (const RegistryFile& file : files) VIGIFUITE_TRY(own.take(parser, file));
  return own.check();
}

}  // namespace vigifuite
