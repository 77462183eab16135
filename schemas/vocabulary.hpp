// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/category.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/text.hpp"
#include "schemas/organisation.hpp"

namespace vigifuite {

/// The law under which a category falls: GDPR art. 9, GDPR art. 10, or the French number regime (LIL art. 30).
enum class Regime : unsigned char { None, Article9, Article10, Nir };
std::string_view name_of(Regime regime) noexcept;  // "none", "art9", "art10", "nir"

/// Whose words a label is written in.
enum class LabelSet : unsigned char { Words, Hibp, XposedOrNot, Veris, Dpv };

/// What we say of one category.
struct CategoryInfo {
  std::string slug;
  std::string group;
  Text label;
  Text short_label;  ///< one or two words, for tables
  Regime regime = Regime::None;
  bool high_risk = false;
  Text risk;
  std::vector<std::string> first_fr;  ///< what to do first
  std::vector<std::string> first_en;
};

/// Categories that are worse together, and why.
struct RiskCombination {
  CategorySet all;
  Text risk;
};

/// One thing to do, when the leaked categories meet its condition; lower rank first.
struct Action {
  std::string id;
  CategorySet when_any;
  CategorySet when_all;
  int rank = 0;
  Text text;
  std::string source;  ///< the page that advises it
};

/// One of the bodies that a registry row stands for: "CHU de Rennes" is `kind` hopitaux-publics, `place` "rennes".
struct LocalBody {
  const Organisation* kind = nullptr;  ///< null when the name is not that of a local body
  std::string place;                   ///< folded, without "de", "la"…; empty when only the kind is named
};

/// A file of a sysadmin: bodies added to the shipped ones, or more about those. `name` is what errors call it.
struct RegistryFile {
  std::string name;
  std::string json;
};
/// The `schema` of such a file (schemas/json/own-organisations.schema.json).
inline constexpr std::string_view kOwnRegistry = "vigifuite/own-organisations@v1";

/// What the words of sources mean: categories, organisations, risks. Immutable once loaded; any thread may read it.
class Vocabulary {
 public:
  /// The vocabulary shipped inside the program. Loaded once, on first use; a broken one stops the program.
  static const Vocabulary& shipped();

  /// Reads the three documents of schemas/vocabulary/. Malformed says which file and which entry.
  static Result<std::unique_ptr<const Vocabulary>> load(std::string_view categories_json, std::string_view risks_json,
                                                        std::string_view organisations_json,
                                                        std::span<const RegistryFile> own = {});
  /// The shipped vocabulary with the bodies of these files, read in this order, over it. Config: one sentence:
  /// the file, the entry, what is wrong (a name of two bodies, an unknown body, a circle…), what to do.
  static Result<std::unique_ptr<const Vocabulary>> with(std::span<const RegistryFile> own);
  ~Vocabulary();

  [[nodiscard]] std::span<const CategoryInfo> categories() const noexcept;
  [[nodiscard]] const CategoryInfo& info(Category category) const noexcept;
  /// The category with exactly this slug.
  [[nodiscard]] std::optional<Category> category(std::string_view slug) const noexcept;

  /// What a label of a source means: none or more categories; nullopt when the label is not known at all
  /// (then it is counted as unmapped), an empty set when it is known not to be personal data of ours.
  /// First as written in `set`, then folded among the French and English words.
  [[nodiscard]] std::optional<CategorySet> map_label(LabelSet set, std::string_view label) const;

  [[nodiscard]] std::span<const Organisation> organisations() const noexcept;
  [[nodiscard]] const Organisation* organisation(std::string_view id) const noexcept;
  /// The body that `name` (a name, an acronym, a former name, a SIREN, an id) or `domain` (a host, or one under it)
  /// denotes; null when none or several do. An id exactly as written, then a full name, win over an acronym of others.
  /// The common name of a network ("Urssaf") is its head: a source that says no more speaks of all of it.
  [[nodiscard]] const Organisation* resolve(std::string_view name, std::string_view domain = {}) const;
  /// The same for what a person says of themself: the common name of a network is the local body, which has their file.
  [[nodiscard]] const Organisation* resolve_for_person(std::string_view name, std::string_view domain = {}) const;
  /// What to tell a person whose words were taken that way; empty when there is nothing to say.
  [[nodiscard]] Text taken_as(std::string_view name) const;
  /// When `name` denotes several bodies, all of them ("Urssaf"); else empty.
  [[nodiscard]] std::vector<const Organisation*> homonyms(std::string_view name) const;
  /// The kind of local body that `name` denotes ("CHU de Rennes", "mairie de Lille", "CAF"), which resolve() leaves
  /// alone.
  [[nodiscard]] LocalBody local_body(std::string_view name) const;
  /// The same for a row: a kind itself, or a body that says of which kind it is (`member_of`).
  [[nodiscard]] LocalBody local_body(const Organisation& body) const;
  [[nodiscard]] const Organisation* class_of(std::string_view name) const { return local_body(name).kind; }
  /// Bodies whose names are near `name` (a prefix, a word, or a small edit distance), best first.
  [[nodiscard]] std::vector<const Organisation*> near(std::string_view name, std::size_t at_most) const;
  /// Bodies that work with `processor` (registry id): their people's data may have travelled through it.
  [[nodiscard]] std::vector<const Organisation*> customers_of(std::string_view processor) const;

  [[nodiscard]] std::span<const RiskCombination> combinations() const noexcept;
  [[nodiscard]] std::span<const Action> actions() const noexcept;
  /// The actions whose condition holds for `leaked`, first things first.
  [[nodiscard]] std::vector<const Action*> first_actions(CategorySet leaked, std::size_t at_most) const;

  struct Impl;  ///< schemas/vocabulary_impl.hpp

 private:
  explicit Vocabulary(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vigifuite
