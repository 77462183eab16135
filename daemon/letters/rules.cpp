// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/rules.hpp"

#include <algorithm>
#include <cstdio>

#include "schemas/core/embedded.hpp"
#include "schemas/core/json_in.hpp"

namespace vigifuite::letters {
namespace {

constexpr std::string_view kConditions[] = {
    "notified",     "affected",         "likely",    "uncertain", "fine_excluded", "fine_possible", "nature_found",
    "processor",    "processor_unsure", "joint",     "old_data",  "nir",           "special",       "offences",
    "high_risk",    "decided",          "disputed",  "corrected", "local_body",    "tracker_only",  "sources",
    "foreign",      "complaint_form",   "dpo_found", "tie_known", "tie_ongoing",   "user",          "employee",
    "professional", "in_population"};

Error bad(std::string_view where, std::string_view what) {
  return fail(ErrorKind::Malformed, "letter rules: " + std::string(where) + ": " + std::string(what));
}

/// "found" or "to_verify"; every statement of law says which.
Result<bool> read_state(JsonValue json, std::string_view where) {
  if (json["source"].text().empty() || json["checked"].text().size() != 10) return bad(where, "no source or no date");
  if (json["state"].text() == "found") return true;
  if (json["state"].text() == "to_verify") return false;
  return bad(where, "state is neither `found` nor `to_verify`");
}

std::vector<std::string> read_strings(JsonValue json) {
  std::vector<std::string> out;
  for (const auto item : json.items()) out.emplace_back(JsonValue(item).text());
  return out;
}

Text read_text(JsonValue json) {
  return {std::string(json["fr"].text()), std::string(json["en"].text())};
}

Result<std::vector<std::string>> read_when(JsonValue json, std::string_view where) {
  std::vector<std::string> when = read_strings(json["when"]);
  for (const std::string_view word : when) {
    const std::string_view name = word.starts_with('!') ? word.substr(1) : word;
    if (std::find(std::begin(kConditions), std::end(kConditions), name) == std::end(kConditions)) {
      return bad(where, "unknown condition `" + std::string(name) + "`");
    }
  }
  return when;
}

Status read_rule_rows(JsonValue json, const Rules& rules, LetterRules& letter) {
  for (const auto item : json["rules"].items()) {
    const JsonValue row(item);
    Rule rule;
    rule.id = row["id"].text();
    auto when = read_when(row, rule.id);
    if (!when) return std::move(when).error();
    rule.when = *std::move(when);
    rule.provisions = read_strings(row["articles"]);
    for (const std::string& id : rule.provisions) {
      if (rules.provision(id) == nullptr) return bad(rule.id, "unknown article `" + id + "`");
    }
    letter.rules.push_back(std::move(rule));
  }
  return Done{};
}

Status read_notes(JsonValue json, LetterRules& letter) {
  for (const auto item : json["notes"].items()) {
    const JsonValue row(item);
    Note note;
    note.id = row["id"].text();
    auto when = read_when(row, note.id);
    if (!when) return std::move(when).error();
    auto state = read_state(row, note.id);
    if (!state) return std::move(state).error();
    note.when = *std::move(when);
    note.text = read_text(row["text"]);
    note.source = row["source"].text();
    note.found = *state;
    if (note.text.fr.empty() || note.text.en.empty()) return bad(note.id, "a note needs its words in both languages");
    letter.notes.push_back(std::move(note));
  }
  return Done{};
}

Result<LetterRules> read_letter(JsonValue json, const Rules& rules) {
  LetterRules letter;
  letter.kind = {std::string(json["id"].text()), read_text(json["title"]), read_text(json["purpose"])};
  letter.code = json["code"].text();
  letter.template_name = json["template"].text();
  const auto from = parse_partial_date(json["holds_from"].text());
  if (!from || letter.kind.id.empty()) return bad(letter.kind.id, "no id or no `holds_from` date");
  letter.holds_from = *from;
  for (const auto item : json["addressee"].items()) {
    const JsonValue line(item);
    auto state = read_state(line, line["text"].text());
    if (!state) return std::move(state).error();
    letter.addressee.push_back({std::string(line["text"].text()), *state});
  }
  VIGIFUITE_TRY(read_rule_rows(json, rules, letter));
  VIGIFUITE_TRY(read_notes(json, letter));
  return letter;
}

}  // namespace

std::span<const std::string_view> condition_names() {
  return kConditions;
}

const Provision* Rules::provision(std::string_view id) const {
  const auto found =
      std::find_if(provisions.begin(), provisions.end(), [&](const Provision& row) { return row.id == id; });
  return found == provisions.end() ? nullptr : &*found;
}

const LetterRules* Rules::letter(std::string_view kind) const {
  const auto found =
      std::find_if(letters.begin(), letters.end(), [&](const LetterRules& row) { return row.kind.id == kind; });
  return found == letters.end() ? nullptr : &*found;
}

Result<Rules> read_rules(std::string_view text) {
  JsonParser parser;
  auto parsed = parser.parse(text);
  if (!parsed) return in_context("letter rules", std::move(parsed).error());
  const JsonValue json = *parsed;
  if (json["schema"].text() != "vigifuite/letter-rules@v1") return bad("schema", "not vigifuite/letter-rules@v1");
  Rules rules;
  rules.checked = json["checked"].text();
  rules.old_data_years = json["old_data_years"].integer().value_or(0);
  for (const auto member : json["articles"].members()) {
    const JsonValue row(member.value);
    auto state = read_state(row, member.key);
    if (!state) return std::move(state).error();
    rules.provisions.push_back({std::string(member.key), std::string(row["cite"].text()),
                                std::string(row["source"].text()), std::string(row["checked"].text()), *state});
  }
  for (const auto item : json["joint_controllers"].items()) {
    const JsonValue row(item);
    auto state = read_state(row, "joint_controllers");
    if (!state) return std::move(state).error();
    if (!*state) return bad("joint_controllers", "a statement about bodies must be found, not recalled");
    rules.joint_controllers.push_back({read_strings(row["organisations"]), std::string(row["source"].text())});
  }
  for (const auto item : json["letters"].items()) {
    auto letter = read_letter(JsonValue(item), rules);
    if (!letter) return std::move(letter).error();
    rules.letters.push_back(*std::move(letter));
  }
  return rules;
}

const Rules& shipped_rules() {
  static const Rules rules = [] {
    const auto bytes = find_file(embedded_letters(), "rules.json");
    VIGIFUITE_CHECK(bytes.has_value());
    auto read = read_rules(*bytes);
    if (!read) std::fprintf(stderr, "vigifuite: %s\n", read.error().what.c_str());
    return *std::move(read);
  }();
  return rules;
}

std::vector<std::string> unverified(const LetterRules& letter, const Rules& rules, const Conditions& conditions) {
  std::vector<std::string> cites;
  for (const Rule& rule : letter.rules) {
    if (!holds(rule.when, conditions)) continue;
    for (const std::string& id : rule.provisions) {
      const Provision* provision = rules.provision(id);
      const bool listed = std::find(cites.begin(), cites.end(), provision->cite) != cites.end();
      if (!provision->found && !listed) cites.push_back(provision->cite);
    }
  }
  return cites;
}

bool holds(const std::vector<std::string>& when, const Conditions& conditions) {
  return std::all_of(when.begin(), when.end(), [&](std::string_view word) {
    return word.starts_with('!') ? conditions.find(word.substr(1)) == conditions.end()
                                 : conditions.find(word) != conditions.end();
  });
}

}  // namespace vigifuite::letters
