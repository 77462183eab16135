// SPDX-License-Identifier: AGPL-3.0-or-later
// Who said what: every fact with its claims, the one shown first on top.
#include "daemon/cli/incident_page.hpp"
#include "daemon/cli/phrases.hpp"
#include "schemas/wording.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMostClaims = 8;  ///< of one fact; --json has them all

std::string fact_title(std::string_view field, Language language) {
  if (field == "status") return say(language, Message::FieldStatus);
  if (field == "happened") return say(language, Message::FieldHappened);
  if (field == "disclosed") return say(language, Message::FieldDisclosed);
  if (field == "organisations") return say(language, Message::FieldBodies);
  if (field == "processors") return say(language, Message::FieldProcessors);
  if (field == "people") return say(language, Message::FieldPeople);
  if (field == "exposed") return say(language, Message::FieldLeaked);
  if (field == "not_exposed") return say(language, Message::FieldSpared);
  return printable(field);
}

bool counts(std::string_view place) noexcept {
  return place != "behind" && place != "unsure" && place != "withdrawn";
}

void print_claim(Page& page, JsonValue claim, Language language) {
  std::string words =
      std::string(counts(claim["place"].text()) ? "●" : "○") + " " + shown(claim["value"], language) + " (";
  words += trust_word(claim["trust"].text(), language) + ", " + printable(claim["source"].text());
  if (claim["origin"]) words += say(language, Message::ClaimAfter, printable(claim["origin"].text()));
  if (const std::string when = date(language, date_at(claim["date"])); !when.empty()) words += ", " + when;
  words += ")";
  if (const std::string why = shown(claim["because"], language); !why.empty())
    words += say(language, Message::Colon) + " " + why;
  page.text(words, 4, 6);
  if (claim["sentence"]) page.text(say(language, Message::ClaimSentence, printable(claim["sentence"].text())), 6, 6);
}

}  // namespace

void print_claims(Page& page, JsonValue history, Language language) {
  const auto origins = history["origins"].integer().value_or(0);
  if (history["facts"].items().size() == 0) return;
  page.blank().text(say(language, plural(language, origins, Message::WhoSaysWhat_one, Message::WhoSaysWhat_many),
                        number(language, origins)));
  for (const auto element : history["facts"].items()) {
    const JsonValue fact(element);
    page.text(fact_title(fact["field"].text(), language), 2, 2);
    std::size_t printed = 0;
    for (const auto claim : fact["claims"].items()) {
      if (printed++ == kMostClaims) break;
      print_claim(page, JsonValue(claim), language);
    }
    const std::size_t all = fact["claims"].items().size();
    if (all > kMostClaims) page.text(say(language, Message::ClaimsMore, all - kMostClaims), 4, 6);
  }
}

}  // namespace vigifuite::cli
