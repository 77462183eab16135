// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/standing.hpp"

#include <algorithm>

#include "daemon/letters/french.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::letters {
namespace {

/// The first of what the letter cannot do without.
const Input* missing(const LetterRules& letter, const Standing& standing, const Rules& rules) {
  for (const LetterInput& asked : letter.inputs) {
    const bool given = standing.details.find(asked.id) != standing.details.end();
    if (asked.required && !given && holds(asked.when, standing.situation.conditions)) return rules.input(asked.id);
  }
  return nullptr;
}

std::string in_french(const std::string& words) {
  return plain(typeset(words));
}

void say_missing(Standing& standing, const Input& input) {
  standing.state = Possible::Missing;
  std::vector<std::string> ids;
  for (const Input::Choice& choice : input.choices) ids.push_back(choice.id);
  const Text row = either(ids);
  const Text choices = ids.empty() ? Text{} : Text{" (" + row.fr + ")", " (" + row.en + ")"};
  standing.why = in_both(Message::DetailMissing, input.ask, input.why, input.id, choices);
  standing.why.fr = in_french(standing.why.fr);
}

void close_gates(Standing& standing, const LetterRules& letter, const Rules& rules) {
  for (const Gate& gate : letter.gates) {
    if (!holds(gate.when, standing.situation.conditions)) continue;
    standing.state = gate.state;
    standing.why = {in_french(fill(gate.text.fr, standing.values, false)),
                    plain(fill(gate.text.en, standing.values, false))};
    const auto until = standing.situation.dates.find(gate.until);
    if (until != standing.situation.dates.end()) {
      standing.from = date_of(Instant(until->second.last_day() + std::chrono::days{1}));
    }
    return;
  }
  if (const Input* input = missing(letter, standing, rules)) say_missing(standing, *input);
}

}  // namespace

Result<Standing> stand(const Request& request, const LetterRules& letter, const Vocabulary& vocabulary,
                       const Rules& rules) {
  if (request.procedure != nullptr) {
    if (auto error = check_course(*request.procedure, rules, date_of(request.now))) return *std::move(error);
  }
  auto details = details_of(request, letter, rules);
  if (!details) return std::move(details).error();
  Standing standing;
  standing.details = *std::move(details);
  standing.situation = understand(request, vocabulary, rules);
  // Who is a joint controller is said, and its source listed, only by a letter that has a part for it.
  const bool names_joint =
      std::any_of(letter.rules.begin(), letter.rules.end(), [](const Rule& rule) { return rule.id == "joint"; });
  if (!names_joint) standing.situation.joint_source.clear();
  if (standing.situation.incident != nullptr) {
    const PartialDate at = incident_date(*request.incident);
    if (at.known() && at.last_day() < letter.holds_from.first_day()) standing.situation.conditions.insert("before_law");
  }
  weigh_details(standing.situation, letter, standing.details, rules);
  standing.values = values_of(standing.situation, letter, standing.details, rules);
  close_gates(standing, letter, rules);
  return standing;
}

std::vector<RunningDelay> running_delays(const Request& request, const Vocabulary& vocabulary) {
  const Rules& rules = shipped_rules();
  const Situation situation = understand(request, vocabulary, rules);
  const auto date = [&](const std::string& name) {
    const auto found = situation.dates.find(name);
    return found == situation.dates.end() ? PartialDate{} : found->second;
  };
  std::vector<RunningDelay> out;
  for (const LetterRules& letter : rules.letters) {
    const std::string& id = letter.kind.id;
    const PartialDate due = date(id + "_due"), until = date(id + "_until");
    const bool settled =
        situation.is(id + ":partial") || situation.is(id + ":refused") || situation.is(id + ":complete");
    if (due.known() && (!settled || until.known())) out.push_back({letter.kind, settled ? PartialDate{} : due, until});
  }
  return out;
}

Status check_steps(const Procedure& procedure, Instant now) {
  if (auto error = check_course(procedure, shipped_rules(), date_of(now))) return *std::move(error);
  return Done{};
}

std::vector<Possibility> possibilities(const Request& request, const Vocabulary& vocabulary) {
  const Rules& rules = shipped_rules();
  const Language language = request.profile->language;
  std::vector<Possibility> out;
  for (const LetterRules& letter : rules.letters) {
    Request asked = request;
    std::erase_if(asked.details, [&](const auto& detail) {
      return std::none_of(letter.inputs.begin(), letter.inputs.end(),
                          [&](const LetterInput& input) { return input.id == detail.first; });
    });
    Possibility& possible = out.emplace_back();
    possible.kind = letter.kind;
    auto standing = stand(asked, letter, vocabulary, rules);
    if (!standing) {
      possible.state = Possible::Missing;
      possible.why = standing.error().in(language);
      continue;
    }
    possible.state = standing->state;
    possible.why = standing->why.in(language);
    possible.from = standing->from;
    for (const LetterInput& input : letter.inputs) {
      if (!holds(input.when, standing->situation.conditions)) continue;
      const bool given = standing->details.find(input.id) != standing->details.end();
      possible.inputs.push_back({rules.input(input.id), input.required, given});
    }
  }
  return out;
}

}  // namespace vigifuite::letters
