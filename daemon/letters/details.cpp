// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/details.hpp"

#include <algorithm>
#include <charconv>

#include "daemon/letters/french.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::letters {
namespace {

constexpr std::int64_t kMostEuros = 1'000'000'000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

Error wrong(Message message, const std::string& id) {
  return fail(ErrorKind::Malformed, message, id);
}

Error unknown(std::string_view id, const LetterRules& letter) {
  std::vector<std::string> asked;
  for (const LetterInput& input : letter.inputs) asked.push_back(input.id);
  return fail(ErrorKind::Malformed, Message::DetailUnknown, letter.kind.id, flatten(id, 40),
              asked.empty() ? in_both(Message::DetailNone) : in_row(asked));
}

std::optional<Error> check_date(const Input& input, std::string_view value, PartialDate today) {
  const auto date = parse_partial_date(value);
  if (!date || date->day == 0) return wrong(Message::DetailNotDay, input.id);
  if (input.past && today.first_day() < date->first_day()) return wrong(Message::DetailAhead, input.id);
  return std::nullopt;
}

std::optional<Error> check_choice(const Input& input, std::string_view value) {
  std::vector<std::string> ids;
  for (const Input::Choice& choice : input.choices) {
    if (choice.id == value) return std::nullopt;
    ids.push_back(choice.id);
  }
  return fail(ErrorKind::Malformed, Message::DetailNotChoice, input.id, in_row(ids));
}

/// Why a value is not what was asked, or nothing.
std::optional<Error> check(const Input& input, std::string_view value, PartialDate today) {
  switch (input.type) {
    case Input::Type::Text:
      if (value.size() <= input.most) return std::nullopt;
      return fail(ErrorKind::Malformed, Message::DetailTooLong, input.id, input.most);
    case Input::Type::Date: return check_date(input, value, today);
    case Input::Type::Amount:
      if (parse_euros(value)) return std::nullopt;
      return wrong(Message::DetailNotAmount, input.id);
    case Input::Type::Choice: return check_choice(input, value);
  }
  return std::nullopt;
}

/// What the profile already says of an identity input.
std::string of_identity(const Identity& identity, std::string_view id) {
  if (id == "name") return identity.name;
  if (id == "postal_address") return identity.postal_address;
  if (id == "email") return identity.email;
  if (id == "phone") return identity.phone;
  if (id == "birth_name") return identity.birth_name;
  if (id == "birth_date") return identity.birth_date.known() ? to_string(identity.birth_date) : std::string();
  if (id == "birth_place") return identity.birth_place;
  if (id == "nationality") return identity.nationality;
  return {};
}

/// Whether a day is over, and longer ago than each delay.
void weigh_day(Situation& situation, const std::string& id, std::string_view value, const Rules& rules) {
  const auto day = parse_partial_date(value);
  if (!day) return;
  const auto today = situation.today().first_day();
  if (day->last_day() < today) situation.conditions.insert("past:" + id);
  for (const NamedDelay& row : rules.delays) {
    const auto end = add_months(day->last_day(), row.delay.months) + std::chrono::days{row.delay.days};
    if (today > end) situation.conditions.insert(older(id, row.id));
  }
}

/// The person knows better than our memory what kind of body it is, but not better than what was read.
void weigh_told_nature(Situation& situation) {
  Conditions& conditions = situation.conditions;
  if (conditions.find("has:nature") == conditions.end() || situation.is("nature_found")) return;
  conditions.erase("public_body");
  conditions.erase("private_body");
  conditions.insert(situation.is("nature=publique") ? "public_body" : "private_body");
}

}  // namespace

std::optional<std::int64_t> parse_euros(std::string_view text) {
  text = trimmed(text);
  const std::size_t point = text.find_first_of(".,");
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || part.size() > 2 || (point != std::string_view::npos && part.empty())) return std::nullopt;
  const auto digits = [](std::string_view word, std::int64_t& value) {
    if (!std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
    return std::from_chars(word.data(), word.data() + word.size(), value).ec == std::errc{};
  };
  std::int64_t euros = 0, cents = 0;
  if (!digits(whole, euros) || euros > kMostEuros || (!part.empty() && !digits(part, cents))) return std::nullopt;
  return euros * 100 + (part.size() == 1 ? cents * 10 : cents);
}

Result<Details> details_of(const Request& request, const LetterRules& letter, const Rules& rules) {
  const PartialDate today = date_of(request.now);
  Details details;
  for (const auto& [id, given] : request.details) {
    const std::string_view value = trimmed(given);
    const bool asked = std::any_of(letter.inputs.begin(), letter.inputs.end(),
                                   [&, &name = id](const LetterInput& input) { return input.id == name; });
    if (!asked) return unknown(id, letter);
    if (value.empty()) continue;
    if (auto error = check(*rules.input(id), value, today)) return *std::move(error);
    details.emplace(id, value);
  }
  for (const LetterInput& asked : letter.inputs) {
    const Input& input = *rules.input(asked.id);
    if (!input.identity || details.find(input.id) != details.end()) continue;
    if (std::string value = of_identity(request.profile->identity, input.id); !value.empty()) {
      details.emplace(input.id, std::move(value));
    }
  }
  return details;
}

Identity identity_of(const Profile& profile, const Details& details) {
  Identity identity = profile.identity;
  for (const auto& [id, value] : details) {
    if (id == "name") identity.name = value;
    if (id == "postal_address") identity.postal_address = value;
    if (id == "email") identity.email = value;
    if (id == "phone") identity.phone = value;
    if (id == "birth_name") identity.birth_name = value;
  }
  return identity;
}

std::string unstopped(std::string text) {
  if (text.ends_with('.') && !text.ends_with("..")) text.pop_back();
  return text;
}

std::string printed(const Input& input, const Details& details) {
  const auto found = details.find(input.id);
  if (found == details.end()) return "⟦" + input.blank + "⟧";
  const std::string& value = found->second;
  switch (input.type) {
    case Input::Type::Text: return unstopped(flatten(value, input.most));
    case Input::Type::Date: return date(parse_partial_date(value).value_or(PartialDate{}));
    case Input::Type::Amount: return money(parse_euros(value).value_or(0));
    case Input::Type::Choice: break;
  }
  const auto choice = std::find_if(input.choices.begin(), input.choices.end(),
                                   [&](const Input::Choice& row) { return row.id == value; });
  return choice == input.choices.end() ? std::string() : choice->label.fr;
}

void weigh_details(Situation& situation, const LetterRules& letter, const Details& details, const Rules& rules) {
  for (const LetterInput& asked : letter.inputs) {
    const auto found = details.find(asked.id);
    if (found == details.end()) continue;
    situation.conditions.insert("has:" + asked.id);
    const Input::Type type = rules.input(asked.id)->type;
    if (type == Input::Type::Choice) situation.conditions.insert(asked.id + "=" + found->second);
    if (type == Input::Type::Date) weigh_day(situation, asked.id, found->second, rules);
  }
  weigh_told_nature(situation);
  const bool both = situation.is("misuse=les-deux");
  if (both || situation.is("misuse=usurpation")) situation.conditions.insert("misuse_identity");
  if (both || situation.is("misuse=escroquerie")) situation.conditions.insert("misuse_fraud");
}

}  // namespace vigifuite::letters
