// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What a Vocabulary holds, and how labels and names are looked up. For vocabulary*.cpp only.

#include <xxhash.h>

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schemas/core/json_in.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite {

inline constexpr std::size_t kLabelSets = static_cast<std::size_t>(LabelSet::Dpv) + 1;

/// Strings to 64 bits, by open addressing: built once, then only read. Ten labels of each record of a feed of
/// hundreds of thousands are looked up here, as written, before any folding. Does not own the strings.
class LabelTable {
 public:
  void reserve(std::size_t labels);
  /// Adds `bits` to what `label` already means.
  void add(std::string_view label, std::uint64_t bits);
  [[nodiscard]] const std::uint64_t* find(std::string_view label) const noexcept;

 private:
  struct Slot {
    std::string_view label;
    std::uint64_t bits = 0;
    bool used = false;
  };
  [[nodiscard]] std::size_t slot_of(std::string_view label) const noexcept;
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

inline constexpr std::size_t kMaxName = 300;  ///< bytes; longer ones are sentences, not names

using BodyIndex = std::uint32_t;

/// Words that begin (or end) the names of local bodies: "chu de" -> hopitaux-publics.
struct ClassWord {
  BodyIndex body = 0;
  bool open = false;  ///< may be followed by anything: "chu" (there is also "chu de"), but not "rsa"
};

struct WordsHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view words) const noexcept { return XXH3_64bits(words.data(), words.size()); }
};
template <class Meaning>
using ByWords = std::unordered_map<std::string, Meaning, WordsHash, std::equal_to<>>;

/// A name that several bodies have.
struct Homonym {
  std::vector<BodyIndex> bodies;        ///< the head of the network first, when they are one
  std::optional<BodyIndex> for_people;  ///< they are one network: the body that has a person's file
  Text tell;                            ///< what to tell the person then
};

/// The folded names of bodies: made at the first question about a name, because most runs ask few.
struct NameTables {
  ByWords<std::vector<BodyIndex>> full_names;  ///< the official name of the row
  ByWords<std::vector<BodyIndex>> names;       ///< name, aliases, former names, id
  ByWords<std::vector<BodyIndex>> domains;
  ByWords<std::vector<BodyIndex>> sirens;
  ByWords<Homonym> homonyms;  ///< declared in "ambiguous"
  ByWords<ClassWord> class_words;
  void add_class_words(const Organisation& body, BodyIndex index);

  /// One bit for each spelling of the tables of names: nearly all names of international lists are in none of them, and
  /// one look says so. Its size grows with the registry.
  std::vector<std::uint64_t> filter;
  void note(std::string_view words) noexcept;
  [[nodiscard]] bool may_have(std::string_view words) const noexcept;
};

struct Vocabulary::Impl {
  std::vector<CategoryInfo> categories;
  std::vector<RiskCombination> combinations;
  std::vector<Action> actions;  ///< by rank
  std::vector<Organisation> organisations;
  std::vector<std::pair<std::string, Homonym>> ambiguous;  ///< alias as written

  std::string arena;                          ///< the bytes of all labels; never grows once tables point into it
  LabelTable slugs;                           ///< slug -> category index
  LabelTable ids;                             ///< organisation id -> index
  std::array<LabelTable, kLabelSets> labels;  ///< as written
  std::vector<std::pair<LabelSet, std::pair<std::string_view, std::uint64_t>>> label_rows;

  struct Folded {
    std::array<ByWords<std::uint64_t>, kLabelSets> labels;
  };
  mutable std::once_flag folded_once;
  mutable Folded folded;
  mutable std::once_flag names_once;
  mutable NameTables name_tables;

  [[nodiscard]] const Folded& folded_labels() const;
  [[nodiscard]] const NameTables& names() const;
  /// Who says a name decides what it means when it is that of a whole network.
  enum class Speaker : unsigned char { Source, Person };
  /// Bodies a folded name denotes, with or without legal forms and articles.
  [[nodiscard]] std::vector<BodyIndex> bodies_spelt(std::string_view spelt, Speaker speaker) const;
  /// Bodies a name denotes: none, one or several.
  [[nodiscard]] std::vector<BodyIndex> bodies_named(std::string_view name, Speaker speaker) const;
  [[nodiscard]] const Organisation* body_for(std::string_view name, std::string_view domain, Speaker speaker) const;
  /// The row of "ambiguous" that a name is, or null.
  [[nodiscard]] const Homonym* homonym(std::string_view name) const;
  [[nodiscard]] std::vector<BodyIndex> bodies_at(std::string_view domain) const;
};

/// `folded` without the articles it begins with and the legal forms it begins or ends with: "la poste sa" -> "poste".
std::string_view without_forms(std::string_view folded, bool articles_too) noexcept;

/// Host name in lower case, without scheme, "www.", port and path.
std::string host_in(std::string_view domain);

/// Reads the three documents into `impl`. Malformed says which file and which entry.
Status load_categories(JsonParser& parser, std::string_view json, Vocabulary::Impl& impl);
Status load_risks(JsonParser& parser, std::string_view json, Vocabulary::Impl& impl);
Status load_organisations(JsonParser& parser, std::string_view json, Vocabulary::Impl& impl);
/// Reads the files of a sysadmin over it. Config: one sentence.
Status load_own_organisations(JsonParser& parser, std::span<const RegistryFile> files, Vocabulary::Impl& impl);

}  // namespace vigifuite
