// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The rules of letters are data (schemas/letters/rules.json): which text applies under which conditions, on which
// articles it rests, where each was read, and whether that reading is good enough to sign. C++ only decides whether a
// named condition holds; templates only hold words.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/letters/render.hpp"

namespace vigifuite::letters {

/// Names of the conditions that hold for one letter.
using Conditions = std::set<std::string, std::less<>>;

/// Every condition a rule may name. A rule that names another is refused when it is read.
std::span<const std::string_view> condition_names();

/// Something of law or practice, where it was read, and whether a text may rest on it without a warning.
struct Provision {
  std::string id;
  std::string cite;  ///< "article 34, paragraphe 2, du RGPD"
  std::string source;
  std::string checked;  ///< the day it was last compared with its source
  bool found = false;   ///< false: to be verified, and said to be so
};

/// A part of a letter: the template's section `id` is printed when every condition of `when` holds ("!x": does not).
struct Rule {
  std::string id;
  std::vector<std::string> when;
  std::vector<std::string> provisions;
};

/// Something to tell the person beside the letter.
struct Note {
  std::string id;
  std::vector<std::string> when;
  Text text;  ///< a template
  std::string source;
  bool found = false;
};

struct AddressLine {
  std::string text;
  bool found = false;
};

/// Bodies that an authority or a judgment called joint controllers (GDPR art. 26).
struct JointControllers {
  std::vector<std::string> organisations;
  std::string source;
};

struct LetterRules {
  Kind kind;
  std::string code;  ///< "L1"
  std::string template_name;
  PartialDate holds_from;  ///< the letter cites law that applies from this day
  std::vector<AddressLine> addressee;
  std::vector<Rule> rules;
  std::vector<Note> notes;
};

struct Rules {
  std::string checked;
  std::int64_t old_data_years = 0;  ///< a tie that ended this long before the incident raises the question of retention
  std::vector<Provision> provisions;
  std::vector<JointControllers> joint_controllers;
  std::vector<LetterRules> letters;

  [[nodiscard]] const Provision* provision(std::string_view id) const;
  [[nodiscard]] const LetterRules* letter(std::string_view kind) const;
};

/// Reads the document. Malformed names the entry.
Result<Rules> read_rules(std::string_view json);
/// The rules shipped in the program; broken ones stop it.
const Rules& shipped_rules();

/// What the printed parts of a letter rest on without its having been read: told to the person, each once.
std::vector<std::string> unverified(const LetterRules& letter, const Rules& rules, const Conditions& conditions);

bool holds(const std::vector<std::string>& when, const Conditions& conditions);

}  // namespace vigifuite::letters
