// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The rules of letters are data (schemas/letters/*.json): which letter is possible when, which text applies under which
// conditions, on which articles it rests, where each was read, whether that reading is good enough to sign, and which
// delays run. C++ only decides whether a named condition holds; templates only hold words.

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/letters/render.hpp"
#include "schemas/core/delay.hpp"
#include "schemas/core/embedded.hpp"

namespace vigifuite::letters {

/// Names of the conditions that hold for one letter.
using Conditions = std::set<std::string, std::less<>>;

/// Every condition a rule may name whatever the letter. Besides these: "KIND:WORD" for each kind of letter and word of
/// step_words(); "has:INPUT" and "INPUT=CHOICE" for what is asked; "past:INPUT" for a day that is over and
/// "older:INPUT:DELAY" for one that lies further back than a delay ("incident" stands for its day). A rule that names
/// another is refused when read.
std::span<const std::string_view> condition_names();
/// What can be true of a letter sent earlier: "sent", "due"…
std::span<const std::string_view> step_words();

/// Where something was read, when, and whether a text may rest on it without a warning.
struct Reading {
  std::string source;
  std::string checked;  ///< the day it was last compared with its source
  bool found = false;   ///< false: to be verified, and said to be so
};

/// An article, a judgment or a practice.
struct Provision {
  std::string id;
  std::string cite;  ///< "article 34, paragraphe 2, du RGPD"
  PartialDate from;  ///< in force from this day, and until that one when it is known
  PartialDate until;
  Reading read;
};

/// A part of a letter: the template's section `rule_ID` is printed when every condition of `when` holds ("!x": does
/// not) and every provision is in force.
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
  Reading read;
};

/// Why a letter is not to be written, or not yet. The first that holds decides.
struct Gate {
  std::string id;
  std::vector<std::string> when;
  Possible state = Possible::No;
  Text text;          ///< a template
  std::string until;  ///< the date of the procedure from which it no longer holds: "acces_due"
};

struct AddressLine {
  std::string text;
  Reading read;
};

/// Who a letter goes to when it is not the body: the CNIL, a court.
struct Addressee {
  std::string id;
  std::vector<AddressLine> lines;
  std::string no_address;  ///< a blank, when no line gives an address
  std::vector<Note> ways;  ///< how to reach it: online, by post, at a counter
};

struct NamedDelay {
  std::string id;
  Delay delay;
  std::string provision;
};

/// The delays that run from a letter: its answer, what the addressee may add, and then the time to act.
struct Clock {
  std::string answer;
  std::string extension;
  std::string then;
  std::vector<std::string> when;
};

struct LetterInput {
  std::string id;
  bool required = false;  ///< without it there is no letter; otherwise it stays a blank
  std::vector<std::string> when;
};

/// One item that a notice is held against (notice_score.hpp). Phrases are folded.
struct NoticeRule {
  std::string id;
  Text label;
  bool mandatory = false;
  std::vector<std::vector<std::string>> any;  ///< shown by a sentence that has all phrases of one of these…
  std::vector<std::string> never;             ///< …and none of these
};

/// Bodies that an authority or a judgment called joint controllers (GDPR art. 26).
struct JointControllers {
  std::vector<std::string> organisations;
  Reading read;
};

enum class About : unsigned char { Incident, Body, Nothing };  ///< what a letter cannot do without

struct LetterRules {
  Kind kind;
  std::string template_name;
  std::string words;  ///< the template, its parts included
  About about = About::Incident;
  PartialDate holds_from;  ///< the letter cites law that applies from this day
  std::string addressee;   ///< an Addressee, or "none" when the template names it
  Clock clock;
  std::vector<Gate> gates;
  std::vector<LetterInput> inputs;
  std::vector<Rule> rules;
  std::vector<Note> notes;
};

struct Rules {
  std::string checked;              ///< the oldest day any of them was compared with its source
  std::int64_t old_data_years = 0;  ///< a tie that ended this long before the incident raises the question of retention
  std::vector<Provision> provisions;
  std::vector<JointControllers> joint_controllers;
  std::vector<NamedDelay> delays;
  std::vector<Addressee> addressees;
  std::vector<Input> inputs;
  std::vector<NoticeRule> notice;
  std::vector<LetterRules> letters;

  [[nodiscard]] const Provision* provision(std::string_view id) const;
  [[nodiscard]] const NamedDelay* delay(std::string_view id) const;
  [[nodiscard]] const Addressee* addressee(std::string_view id) const;
  [[nodiscard]] const Input* input(std::string_view id) const;
  /// By its id, its code or another name ("cnil", "L1").
  [[nodiscard]] const LetterRules* letter(std::string_view name) const;
};

/// The condition that a day is further back than a delay: "older:debit_date:debit_authorised".
std::string older(std::string_view what, std::string_view delay);

/// Reads the documents and the templates they name. Malformed names the entry.
Result<Rules> read_rules(std::span<const EmbeddedFile> files);
/// The rules shipped in the program; broken ones stop it.
const Rules& shipped_rules();

bool holds(const std::vector<std::string>& when, const Conditions& conditions);
/// `rule` is printed on that day.
bool applies(const Rule& rule, const Rules& rules, const Conditions& conditions, PartialDate today);

/// What the printed parts of a letter rest on without its having been read: told to the person, each once.
std::vector<std::string> unverified(const LetterRules& letter, const Rules& rules, const Conditions& conditions,
                                    PartialDate today);

/// A year has passed since it was compared with its source.
bool stale(const Reading& reading, PartialDate today);

}  // namespace vigifuite::letters
