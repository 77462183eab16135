// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "schemas/messages.hpp"
#include "schemas/reason_text.hpp"
#include "schemas/wording.hpp"

namespace vigifuite {
namespace {

/// The {0}, {1}… of a sentence; "{{" is a brace, not a placeholder.
std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> out;
  for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    if (text.substr(at, 2) == "{{")
      ++at;
    else
      out.emplace(text.substr(at, 3));
  }
  return out;
}

Message message_at(std::size_t index) {
  return static_cast<Message>(index);
}

constexpr Language kFr = Language::French, kEn = Language::English;

PartialDate day(int year, int month = 0, int day_of_month = 0) {
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day_of_month)};
}

Instant at(const char* text) {
  return *parse_rfc3339(text);
}

}  // namespace

TEST_CASE("every sentence exists in both languages with the same placeholders") {
  for (std::size_t i = 0; i < kMessageCount; ++i) {
    const Message message = message_at(i);
    const std::string name(name_of(message));
    CAPTURE(name);
    if (message == Message::Nothing) continue;
    CHECK_FALSE(text_of(kFr, message).empty());
    CHECK_FALSE(text_of(kEn, message).empty());
    const auto french = placeholders(text_of(kFr, message)), english = placeholders(text_of(kEn, message));
    CHECK(french == english);
  }
}

TEST_CASE("French keeps high punctuation and quotation marks on their line") {
  for (std::size_t i = 0; i < kMessageCount; ++i) {
    const std::string text(text_of(kFr, message_at(i)));
    CAPTURE(text);
    for (const char* wrong : {" :", " ;", " ?", " !", " »", "« ", "'…", "...\""}) {
      CHECK(text.find(wrong) == std::string::npos);
    }
  }
}

TEST_CASE("no sentence frightens, blames or speaks jargon") {
  for (std::size_t i = 0; i < kMessageCount; ++i) {
    for (const Language language : {kFr, kEn}) {
      const std::string text = fold(text_of(language, message_at(i)));
      CAPTURE(text);
      for (const char* wrong :
           {"victime", "victim", "alarme", "urgent", "danger", "cyber", "hacker", "pirate", "dark"}) {
        CHECK(text.find(wrong) == std::string::npos);
      }
    }
  }
}

TEST_CASE("every verdict and every reason has its words in both languages") {
  const ReasonWords words{
      .organisation = "Viamedis", .quote = "« les inscrits depuis 20 ans. »", .period = {day(2009), day(2013)}};
  for (const Language language : {kFr, kEn}) {
    for (int i = 0; i <= static_cast<int>(Verdict::Undetermined); ++i) {
      CHECK_FALSE(label(language, static_cast<Verdict>(i)).empty());
    }
    for (int i = 0; i <= static_cast<int>(ReasonCode::TakenOver); ++i) {
      const auto code = static_cast<ReasonCode>(i);
      const std::string name(name_of(code));
      CAPTURE(name);
      CHECK(parse_reason_code(name) == code);
      for (const ReasonWords& some : {words, ReasonWords{}}) {
        const std::string text = sentence(language, code, some);
        CAPTURE(text);
        CHECK((text.ends_with('.')));
        CHECK(text.find("  ") == std::string::npos);
        CHECK(text.find('{') == std::string::npos);
      }
    }
  }
  CHECK(parse_verdict("likely") == Verdict::Likely);
  CHECK_FALSE(parse_verdict("sure").has_value());
}

TEST_CASE("a quotation keeps its words and loses its own quotation marks and stop") {
  const std::string text =
      sentence(kFr, ReasonCode::WithinPopulation,
               {.organisation = {}, .quote = "« les inscrits. »", .period = {day(2015), day(2015)}});
  CHECK(text == "Qui est touché\u00A0: «\u00A0les inscrits\u00A0». Vous y étiez en 2015.");
  const std::string ours = sentence(kFr, ReasonCode::WithinPopulation,
                                    {.organisation = {},
                                     .quote = "Les inscrits.",
                                     .is_quotation = false,
                                     .host = "cnil.fr",
                                     .period = {day(2015), day(2015)}});
  CHECK(ours == "Qui est touché\u00A0: les inscrits (cnil.fr). Vous y étiez en 2015.");
}

TEST_CASE("a tie is said as people say it") {
  CHECK(tie_sentence(kFr, Relation::User, {day(2009), day(2013)}, false) == "Vous y étiez de 2009 à 2013.");
  CHECK(tie_sentence(kFr, Relation::User, {day(2015), day(2015)}, false) == "Vous y étiez en 2015.");
  CHECK(tie_sentence(kFr, Relation::User, {day(2019), {}}, true) == "Vous y êtes depuis 2019.");
  CHECK(tie_sentence(kFr, Relation::User, {day(2019, 3, 1), {}}, true) == "Vous y êtes depuis le 1er mars 2019.");
  CHECK(tie_sentence(kFr, Relation::User, {{}, day(2018)}, false) == "Vous y étiez jusqu'en 2018.");
  CHECK(tie_sentence(kFr, Relation::User, {}, true) == "Vous y êtes toujours.");
  CHECK(tie_sentence(kFr, Relation::User, {}, false) == "Vous ne savez plus quand vous y étiez.");
  CHECK(tie_sentence(kFr, Relation::Employee, {day(2009), day(2013)}, false) == "Vous y travailliez de 2009 à 2013.");
  CHECK(tie_sentence(kEn, Relation::User, {day(2009), day(2013)}, false) == "You were with them from 2009 to 2013.");
}

TEST_CASE("numbers are grouped, round millions are words") {
  CHECK(number(kFr, 36820828) == "36\u202F820\u202F828");
  CHECK(number(kEn, 36820828) == "36,820,828");
  CHECK(number(kFr, 0) == "0");
  CHECK(number(kFr, -1234) == "-1\u202F234");
  CHECK(number(kEn, 999) == "999");
  CHECK(people_count(kFr, 43000000) == "43 millions");
  CHECK(people_count(kFr, 1600000) == "1,6 million");
  CHECK(people_count(kEn, 1600000) == "1.6 million");
  CHECK(people_count(kFr, 1650000) == "1\u202F650\u202F000");
}

TEST_CASE("dates and periods are said in full") {
  CHECK(date(kFr, day(2024, 3, 13)) == "13 mars 2024");
  CHECK(date(kFr, day(2024, 3, 1)) == "1er mars 2024");
  CHECK(date(kEn, day(2024, 3, 1)) == "1 March 2024");
  CHECK(date(kFr, day(2024, 8)) == "août 2024");
  CHECK(date(kFr, {}).empty());
  CHECK(period(kFr, {day(2024, 2, 6), day(2024, 3, 5)}) == "du 6 février au 5 mars 2024");
  CHECK(period(kFr, {day(2024, 2, 1), day(2024, 2, 9)}) == "du 1er au 9 février 2024");
  CHECK(period(kFr, {day(2023, 12, 30), day(2024, 1, 2)}) == "du 30 décembre 2023 au 2 janvier 2024");
  CHECK(period(kFr, {day(2024, 1), day(2024, 1)}) == "janvier 2024");
  CHECK(period(kFr, {day(2024, 4), day(2024, 6)}) == "d'avril à juin 2024");
  CHECK(period(kFr, {day(2009), day(2013)}) == "de 2009 à 2013");
  CHECK(period(kFr, {day(2024, 10), {}}) == "à partir d'octobre 2024");
  CHECK(period(kFr, {{}, day(2018)}) == "jusqu'en 2018");
  CHECK(period(kFr, {{}, day(2018, 5, 2)}) == "jusqu'au 2 mai 2018");
  CHECK(period(kEn, {day(2024, 2, 6), day(2024, 3, 5)}) == "6 February to 5 March 2024");
  CHECK(period(kFr, {}).empty());
}

TEST_CASE("how long ago is said in the largest unit that is honest") {
  const Instant now = at("2026-03-04T10:00:00Z");
  CHECK(ago(kFr, now, now) == "à l'instant");
  CHECK(ago(kFr, now, at("2026-03-04T09:56:00Z")) == "il y a 4 min");
  CHECK(ago(kFr, now, at("2026-03-04T08:00:00Z")) == "il y a 2 h");
  CHECK(ago(kFr, now, at("2026-03-01T08:00:00Z")) == "il y a 3 jours");
  CHECK(ago(kFr, now, at("2025-03-01T08:00:00Z")) == "le 1er mars 2025");
  CHECK(ago(kEn, now, at("2026-03-04T08:00:00Z")) == "2 h ago");
  CHECK(ago(kFr, now, at("2026-03-04T11:00:00Z")) == "à l'instant");
  CHECK(soon(kFr, now, at("2026-03-04T10:14:00Z")) == "dans 14 min");
  CHECK(soon(kFr, now, at("2026-03-04T09:00:00Z")) == "maintenant");
  CHECK(since(kFr, now, at("2026-03-03T06:00:00Z")) == "depuis mardi");
  CHECK(since(kFr, now, at("2026-03-04T06:00:00Z")) == "depuis 4 h");
  CHECK(since(kEn, now, at("2026-01-04T06:00:00Z")) == "since 4 January 2026");
  CHECK(took(kFr, std::chrono::milliseconds(1240)) == "1,2 s");
  CHECK(took(kEn, std::chrono::milliseconds(10000)) == "10 s");
  CHECK(list_of(kFr, {"a", "b", "c"}) == "a, b et c");
  CHECK(list_of(kFr, {"a"}) == "a");
  CHECK(list_of(kFr, {}).empty());
}

}  // namespace vigifuite
