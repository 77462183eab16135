// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// How rows of registers become bodies: what all of them share.

#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "feeds/registers/register.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds::registers {

/// One row, in words that all registers share.
struct Row {
  std::uint64_t line = 0;
  std::string name;
  std::string siren;      ///< as written; may be a SIRET, may be empty
  std::string member_of;  ///< the kind of local bodies it is one of, when the register says so
  std::string town;       ///< tells bodies of one name apart
  std::string url;        ///< its site
  std::vector<std::string> aliases;
  std::string postal;  ///< of the DPO, or of the body for the attention of its DPO
  std::string email;   ///< of the DPO
  std::string how;     ///< another way to reach them, in French
  std::string source;  ///< where it was read, when not in the one file of the register
  std::string since;   ///< of two rows of one body the later wins: any text that sorts by time
};

/// Gathers the rows of one register. Refuses those that cannot stand in the registry, so that what it gives is
/// accepted.
class Collector {
 public:
  Collector(const Vocabulary& vocabulary, const Reading& reading, std::string source)
      : vocabulary_(vocabulary), date_(reading.date), source_(std::move(source)) {}

  void take(Row row);
  /// A row that is no body of its own.
  void leave() {
    ++import_.rows;
    ++import_.left;
  }
  void refuse(std::uint64_t line, Text reason);
  template <class... Args>
  void refuse(std::uint64_t line, Message message, const Args&... args) {
    refuse(line, in_both(message, args...));
  }
  [[nodiscard]] bool full() const noexcept { return bodies_.size() >= kMostBodies; }
  Import finish();

 private:
  static constexpr std::size_t kMostBodies = 150'000;
  struct Gathered {
    Organisation body;
    std::string since;
    std::uint64_t line = 0;  ///< the first that speaks of it
    bool known = false;
  };

  /// The id under which a row is gathered; empty when it was refused.
  std::string id_for(const Row& row);
  void add_names(Gathered& gathered, const Row& row);
  void add_site(Gathered& gathered, const std::string& url);
  void add_contact(Gathered& gathered, const Row& row);
  /// Whether a name means nobody else, here and in the registry.
  bool is_free(std::string_view name, const std::string& id) const;
  void own(std::string_view name, const std::string& id);

  const Vocabulary& vocabulary_;
  PartialDate date_;
  std::string source_;
  Import import_;
  std::map<std::string, Gathered> bodies_;                               // by id
  std::unordered_map<std::string, std::string> names_, hosts_, sirens_;  // folded name, host, number -> id
};

/// "01000" of "1000": lists lose the zero in front.
std::string postcode(std::string_view written);
/// Parts joined by ", ", the empty ones left out.
std::string joined(std::initializer_list<std::string_view> parts);
/// Without spaces around, runs of spaces made one, "NULL" made empty; no longer than a registry takes.
std::string clean(std::string_view text);
/// An e-mail address as far as one can tell without writing to it.
bool looks_like_email(std::string_view text) noexcept;
/// The words of a register that problems and sources name.
std::string source_words(std::string_view title, const Reading& reading);

}  // namespace vigifuite::feeds::registers
