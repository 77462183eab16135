// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/rules.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace vigifuite::letters {
namespace {

constexpr std::string_view kConditions[] = {
    // The incident.
    "no_incident", "retracted", "claimed", "unverified", "unconfirmed", "before_law", "nothing_to_cite", "disputed",
    "corrected", "decided", "foreign", "complaint_form", "sources", "tracker_only", "processor", "processor_unsure",
    "joint", "nir", "special", "offences", "high_risk", "exposed", "iban_exposed",
    // The body.
    "no_body", "unknown_body", "local_body", "fine_excluded", "fine_possible", "nature_found", "dpo_found",
    "dpo_doubtful", "dpo_email", "dpo_how", "public_body", "private_body", "public_service", "lawyer_needed",
    "lawyer_free", "state", "ministry",
    // The person.
    "no_tie", "not_affected", "affected", "likely", "uncertain", "notified", "in_population", "tie_known",
    "tie_ongoing", "user", "employee", "professional", "old_data", "consequences", "harm_before", "costs",
    "misuse_identity", "misuse_fraud", "notice_scored", "notice_complete",
    // The last complaint to the CNIL.
    "complaint_sent", "complaint_acknowledged", "complaint_answered", "complaint_silent", "complaint_closed",
    "about_access"};

constexpr std::array<std::string_view, 9> kStepWords = {"sent",    "delivered", "acknowledged", "extended", "partial",
                                                        "refused", "complete",  "due",          "closed"};

template <class Row>
const Row* by_id(const std::vector<Row>& rows, std::string_view id) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::span<const std::string_view> condition_names() {
  return kConditions;
}

std::span<const std::string_view> step_words() {
  return kStepWords;
}

const Provision* Rules::provision(std::string_view id) const {
  return by_id(provisions, id);
}

const NamedDelay* Rules::delay(std::string_view id) const {
  return by_id(delays, id);
}

const Addressee* Rules::addressee(std::string_view id) const {
  return by_id(addressees, id);
}

const Input* Rules::input(std::string_view id) const {
  return by_id(inputs, id);
}

const LetterRules* Rules::letter(std::string_view name) const {
  const std::string folded = fold(name);
  const auto found = std::find_if(letters.begin(), letters.end(), [&](const LetterRules& row) {
    const auto& aliases = row.kind.aliases;
    return row.kind.id == name ||
           std::any_of(aliases.begin(), aliases.end(), [&](const std::string& alias) { return fold(alias) == folded; });
  });
  return found == letters.end() ? nullptr : &*found;
}

std::string older(std::string_view what, std::string_view delay) {
  return "older:" + std::string(what) + ":" + std::string(delay);
}

const Rules& shipped_rules() {
  static const Rules rules = [] {
    auto read = read_rules(embedded_letters());
    if (!read) std::fprintf(stderr, "vigifuite: %s\n", read.error().what.c_str());
    return *std::move(read);
  }();
  return rules;
}

bool holds(const std::vector<std::string>& when, const Conditions& conditions) {
  return std::all_of(when.begin(), when.end(), [&](std::string_view word) {
    return word.starts_with('!') ? conditions.find(word.substr(1)) == conditions.end()
                                 : conditions.find(word) != conditions.end();
  });
}

bool applies(const Rule& rule, const Rules& rules, const Conditions& conditions, PartialDate today) {
  return holds(rule.when, conditions) &&
         std::all_of(rule.provisions.begin(), rule.provisions.end(), [&](const std::string& id) {
           const Provision& provision = *rules.provision(id);
           const bool begun = !provision.from.known() || provision.from.first_day() <= today.first_day();
           return begun && (!provision.until.known() || today.first_day() <= provision.until.last_day());
         });
}

std::vector<std::string> unverified(const LetterRules& letter, const Rules& rules, const Conditions& conditions,
                                    PartialDate today) {
  std::vector<std::string> cites;
  for (const Rule& rule : letter.rules) {
    if (!applies(rule, rules, conditions, today)) continue;
    for (const std::string& id : rule.provisions) {
      const Provision& provision = *rules.provision(id);
      const bool listed = std::find(cites.begin(), cites.end(), provision.cite) != cites.end();
      if (!provision.read.found && !listed) cites.push_back(provision.cite);
    }
  }
  return cites;
}

bool stale(const Reading& reading, PartialDate today) {
  const auto checked = parse_partial_date(reading.checked);
  return !checked || add_months(checked->first_day(), 12) < today.first_day();
}

}  // namespace vigifuite::letters
