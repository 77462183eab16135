// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "schemas/core/digest.hpp"
#include "schemas/core/result.hpp"

namespace vigifuite::index {

/// The words by which sightings are compared (schemas/vocabulary/merge.json): what is not part of a name, what stands
/// between two names, what says that it is not the first time. Immutable once loaded; any thread may read it.
class MergeWords {
 public:
  /// Those shipped inside the program; broken ones stop it.
  static const MergeWords& shipped();
  /// Malformed says which member.
  static Result<MergeWords> load(std::string_view json);

  /// Changes when a word does.
  [[nodiscard]] Digest digest() const noexcept { return digest_; }

  /// "acme holding sas" -> "acmeholding": a folded name without articles, joints and legal forms, as one word. Empty
  /// when it names nobody ("unknown").
  [[nodiscard]] std::string whole(std::string_view folded) const;
  /// "groupe acme france" -> "acme": also without what a group, a country or a town hall adds to its name; as whole()
  /// when nothing would be left.
  [[nodiscard]] std::string bare(std::string_view folded) const;
  /// "metropole de nantes" and "nantes metropole" -> "metropolenante": the words of whole(), without the
  /// "s" of a plural, sorted, each once.
  [[nodiscard]] std::string sorted(std::string_view folded) const;
  /// "stade francais paris" -> "stadefrancais": whole() without its last word; empty when little would be left.
  [[nodiscard]] std::string shortened(std::string_view folded) const;
  /// "acme fuite du 2025 1 2" -> "acme": without what some lists write after a name.
  [[nodiscard]] std::string_view without_additions(std::string_view folded) const noexcept;
  /// "via almerys" -> "almerys"; empty when the words do not say through whom.
  [[nodiscard]] std::string_view through(std::string_view folded) const noexcept;
  /// The names in a name that lists several ("SFR / RED by SFR"), as written; that name when it does not.
  [[nodiscard]] std::vector<std::string_view> bodies(std::string_view name) const;
  /// Which time a folded text says it is: 0 nothing said, 1 "again", 2 "deuxième fuite", 3…
  [[nodiscard]] std::uint8_t times(std::string_view folded) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  using Words = std::unordered_set<std::string, Hash, std::equal_to<>>;
  struct Phrase {
    std::string words;
    std::uint8_t times = 1;
  };

  [[nodiscard]] std::vector<std::string_view> words_of(std::string_view folded, bool bare) const;

  Digest digest_;
  Words legal_forms_, articles_, joints_, additions_, no_name_;
  std::vector<std::string> between_, through_, added_;
  std::unordered_map<std::string, std::vector<Phrase>, Hash, std::equal_to<>> phrases_;  ///< by their first word
};

}  // namespace vigifuite::index
