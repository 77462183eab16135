// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/evidence_page.hpp"

#include <algorithm>

#include "schemas/correction.hpp"
#include "schemas/evidence.hpp"
#include "schemas/sighting.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

bool sure(JsonValue fact) {
  return fact["confidence"].integer().value_or(0) >= kSurePercent;
}

/// "2024-03-05/2024-03-07" as a period, "2024-03-05" as a day.
std::string days(std::string_view value, Language language) {
  const auto slash = value.find('/');
  const auto from = parse_partial_date(value.substr(0, slash));
  if (!from) return printable(value);
  if (slash == std::string_view::npos) return date(language, *from);
  const auto to = parse_partial_date(value.substr(slash + 1));
  return to ? period(language, {*from, *to}) : printable(value);
}

/// "environ 1 200": its qualifier too, where it has one.
std::string people(JsonValue fact, Language language) {
  const std::string_view value = fact["value"].text();
  std::int64_t count = 0;
  for (const char c : value) {
    if (c < '0' || c > '9' || count > 1'000'000'000'000) return printable(value);
    count = count * 10 + (c - '0');
  }
  const std::string words = people_count(language, count);
  const auto qualifier = parse_qualifier(fact["qualifier"].text());
  if (qualifier == Qualifier::About) return say(language, Message::FigureAbout, words);
  if (qualifier == Qualifier::AtLeast) return say(language, Message::FigureAtLeast, words);
  if (qualifier == Qualifier::AtMost) return say(language, Message::FigureAtMost, words);
  return words;
}

Message message_of(Fact fact) {
  switch (fact) {
    case Fact::Disclosure: return Message::FactDisclosure;
    case Fact::Organisation: return Message::FactOrganisation;
    case Fact::Processor: return Message::FactProcessor;
    case Fact::People: return Message::FactPeople;
    case Fact::Dates: return Message::FactDates;
    case Fact::Exposed: return Message::FactExposed;
    case Fact::NotExposed: return Message::FactNotExposed;
  }
  return Message::FactDisclosure;
}

constexpr std::pair<CorrectedField, Message> kFields[] = {
    {CorrectedField::State, Message::ChangeStatus},        {CorrectedField::People, Message::ChangePeople},
    {CorrectedField::Exposed, Message::ChangeExposed},     {CorrectedField::NotExposed, Message::ChangeSpared},
    {CorrectedField::Organisation, Message::ChangeBodies}, {CorrectedField::Processor, Message::ChangeProcessor},
    {CorrectedField::From, Message::ChangePeriod},         {CorrectedField::To, Message::ChangePeriod},
    {CorrectedField::Disclosed, Message::ChangePeriod},    {CorrectedField::Title, Message::ChangeText},
    {CorrectedField::Summary, Message::ChangeText}};

}  // namespace

std::string quoted_sentence(JsonValue evidence, Language language) {
  std::string sentence = printable(evidence["sentence"].text());
  std::vector<std::pair<std::size_t, std::size_t>> marks;
  for (const auto element : evidence["facts"].items()) {
    const std::string words = printable(JsonValue(element)["words"].text());
    const auto at = words.empty() ? std::string::npos : sentence.find(words);
    if (at != std::string::npos) marks.emplace_back(at, at + words.size());
  }
  std::sort(marks.begin(), marks.end());
  std::string out;
  std::size_t done = 0;
  for (const auto& [begin, end] : marks) {
    if (begin < done) continue;
    out += sentence.substr(done, begin - done) + bold(std::string_view(sentence).substr(begin, end - begin));
    done = end;
  }
  return say(language, Message::Quoted, out + sentence.substr(done));
}

std::string fact_value(JsonValue fact, const CategoryLabels& labels, Language language) {
  const std::string_view value = fact["value"].text();
  const auto kind = parse_fact(fact["fact"].text());
  if (kind == Fact::Exposed || kind == Fact::NotExposed) return labels.one(value);
  if (kind == Fact::Dates) return days(value, language);
  if (kind == Fact::People) return people(fact, language);
  if (kind == Fact::Disclosure) return say(language, Message::FactDisclosure);
  return printable(value);
}

std::string facts_in(JsonValue evidence, const CategoryLabels& labels, Language language, Which which) {
  std::string out;
  for (const Fact kind : {Fact::Disclosure, Fact::Organisation, Fact::Processor, Fact::People, Fact::Dates,
                          Fact::Exposed, Fact::NotExposed}) {
    std::string values;
    for (const auto element : evidence["facts"].items()) {
      const JsonValue fact(element);
      if (parse_fact(fact["fact"].text()) != kind || (which == Which::Uncertain && sure(fact))) continue;
      std::string one = fact_value(fact, labels, language);
      if (!sure(fact) && which == Which::All) one = say(language, Message::FactUncertain, one);
      values += (values.empty() ? "" : ", ") + one;
    }
    if (values.empty()) continue;
    out += out.empty() ? "" : say(language, Message::FigureSeparator) + " ";
    out += kind == Fact::Disclosure ? values : say(language, message_of(kind), values);
  }
  return out;
}

std::string why_unsure(JsonValue incident, const CategoryLabels& labels, Language language) {
  std::vector<std::string> reasons;
  std::string uncertain;
  bool doubtful = false;
  for (const auto element : incident["evidence"].items()) {
    const JsonValue evidence(element);
    for (const auto row : evidence["facts"].items()) {
      const JsonValue fact(row);
      doubtful = doubtful || (fact["fact"].text() == name_of(Fact::Disclosure) && !sure(fact));
    }
    const std::string facts = facts_in(evidence, labels, language, Which::Uncertain);
    if (!facts.empty()) uncertain += (uncertain.empty() ? "" : say(language, Message::FigureSeparator) + " ") + facts;
  }
  const bool unsure = incident["unsure"].boolean().value_or(false);
  if (doubtful) reasons.push_back(say(language, Message::UnsureDisclosure));
  if (unsure && incident["organisations"].items().size() == 0) reasons.push_back(say(language, Message::UnsureNoBody));
  if (!uncertain.empty()) reasons.push_back(say(language, Message::UnsureFacts, uncertain));
  std::string out;
  for (const std::string& reason : reasons) out += (out.empty() ? "" : ", ") + reason;
  return out;
}

std::string corrected_fields(JsonValue fields, Language language) {
  std::vector<std::string> words;
  for (const auto element : fields.items()) {
    const auto field = parse_corrected_field(JsonValue(element).text());
    for (const auto& [known, message] : kFields) {
      if (field != known) continue;
      std::string word = say(language, message);
      if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
    }
  }
  return list_of(language, words);
}

}  // namespace vigifuite::cli
