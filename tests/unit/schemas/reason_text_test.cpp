// SPDX-License-Identifier: AGPL-3.0-or-later
// The way data took, and what a name became, as a person reads them.
#include "schemas/reason_text.hpp"

#include <doctest/doctest.h>

using namespace vigifuite;

namespace {

ChainStep step(std::string name, Period period, PartialDate seen, bool certain = true) {
  return {name, name, LinkRole::Processor, {"le tiers payant", "third-party payment"}, period, seen, certain, {}};
}

std::string told(Language language, std::string_view kind, const std::vector<std::vector<ChainStep>>& chains) {
  return chain_sentences(language, kind, chains);
}

}  // namespace

TEST_CASE("chain: who leaves what to whom, since when, and how sure that is") {
  const Period since{{2019, 0, 0}, {}};
  CHECK(told(Language::French, "complementary_insurer", {{step("Viamedis", since, {})}}) ==
        "Votre mutuelle ou assurance confie le tiers payant à Viamedis depuis 2019.");
  CHECK(told(Language::English, "complementary_insurer", {{step("Viamedis", since, {})}}) ==
        "Your health insurer leaves third-party payment to Viamedis since 2019.");
  CHECK(told(Language::French, "", {{step("Almerys", {}, {2024, 2, 0}, false)}}) ==
        "Votre organisme confie le tiers payant à Almerys (constaté en février 2024, à vérifier).");
  CHECK(told(Language::French, "", {{step("Almerys", {}, {}, false)}}) ==
        "Votre organisme confie le tiers payant à Almerys (à vérifier).");
}

TEST_CASE("chain: several processors of one work are told at once, and a second step after the first") {
  const PartialDate seen{2024, 2, 0};
  CHECK(told(Language::French, "", {{step("Viamedis", {}, seen)}, {step("Almerys", {}, seen)}}) ==
        "Votre organisme confie le tiers payant à Viamedis et Almerys (constaté en février 2024).");
  ChainStep hosting = step("Hébergeur", {}, {});
  hosting.service = {"l'hébergement", "hosting"};
  CHECK(told(Language::French, "", {{step("Viamedis", {}, {}), hosting}}) ==
        "Votre organisme confie le tiers payant à Viamedis. Viamedis confie l'hébergement à Hébergeur.");
}

TEST_CASE("names: an old name is told with the ones since, to the month") {
  CHECK(
      renamed_sentence(Language::French, "ANPE", {{"Pôle emploi", {2008, 12, 19}}, {"France Travail", {2024, 1, 1}}}) ==
      "«\u00A0ANPE\u00A0»\u00A0: cet organisme est devenu Pôle emploi en décembre 2008, puis France Travail en janvier "
      "2024.");
  CHECK(heir_words(Language::English, "Urssaf", {"les cotisations", "contributions"}, {2020, 1, 0}) ==
        "Urssaf in January 2020 (contributions)");
}
