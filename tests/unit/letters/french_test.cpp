// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/french.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace vigifuite;
using namespace vigifuite::letters;

namespace {
PartialDate on(std::string_view text) {
  return parse_partial_date(text).value();
}
std::string spaced(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t wide = text.starts_with("\u00a0") ? 2 : text.starts_with("\u202f") ? 3 : 0;
    out += wide == 0 ? text[0] : ' ';
    text.remove_prefix(wide == 0 ? 1 : wide);
  }
  return out;
}
}  // namespace

TEST_CASE("a name takes the article and the elision French gives it") {
  struct Row {
    const char *name, *of, *to, *subject;
  };
  const Row rows[] = {
      {"France Travail", "de France Travail", "à France Travail", "France Travail"},
      {"Almerys", "d'Almerys", "à Almerys", "Almerys"},
      {"Harmonie Mutuelle", "d'Harmonie Mutuelle", "à Harmonie Mutuelle", "Harmonie Mutuelle"},
      {"Haute-Garonne numérique", "de Haute-Garonne numérique", "à Haute-Garonne numérique", "Haute-Garonne numérique"},
      {"Caisse nationale d'assurance vieillesse", "de la Caisse nationale d'assurance vieillesse",
       "à la Caisse nationale d'assurance vieillesse", "la Caisse nationale d'assurance vieillesse"},
      {"Ministère de l'Intérieur", "du Ministère de l'Intérieur", "au Ministère de l'Intérieur",
       "le Ministère de l'Intérieur"},
      {"Urssaf (régionale)", "de l'Urssaf (régionale)", "à l'Urssaf (régionale)", "l'Urssaf (régionale)"},
      {"Hôpitaux publics", "des Hôpitaux publics", "aux Hôpitaux publics", "les Hôpitaux publics"},
      {"École nationale", "de l'École nationale", "à l'École nationale", "l'École nationale"},
      {"La Poste", "de La Poste", "à La Poste", "La Poste"},
      {"la CAF du Rhône", "de la CAF du Rhône", "à la CAF du Rhône", "la CAF du Rhône"},
      {"l'organisme local", "de l'organisme local", "à l'organisme local", "l'organisme local"},
      {"MGEN", "de MGEN", "à MGEN", "MGEN"},
      {"AG2R La Mondiale", "d'AG2R La Mondiale", "à AG2R La Mondiale", "AG2R La Mondiale"},
      {"Île-de-France Mobilités", "d'Île-de-France Mobilités", "à Île-de-France Mobilités", "Île-de-France Mobilités"},
      {"Yvelines Info", "d'Yvelines Info", "à Yvelines Info", "Yvelines Info"},
      {"Yahoo", "de Yahoo", "à Yahoo", "Yahoo"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(of(row.name) == row.of);
    CHECK(to(row.name) == row.to);
    CHECK(with_article(row.name) == row.subject);
  }
}

TEST_CASE("que is elided as de is") {
  CHECK(that("Harmonie Mutuelle") == "qu'Harmonie Mutuelle");
  CHECK(that("Free") == "que Free");
  CHECK(that("Urssaf (régionale)") == "que l'Urssaf (régionale)");
}

TEST_CASE("dates and periods are said as people say them") {
  CHECK(spaced(date(on("2024-03-13"))) == "13 mars 2024");
  CHECK(spaced(date(on("2024-08-01"))) == "1er août 2024");
  CHECK(spaced(date(on("2024-02"))) == "février 2024");
  CHECK(date(PartialDate{}).empty());
  CHECK(spaced(on_date(on("2024-03-13"))) == "le 13 mars 2024");
  CHECK(spaced(on_date(on("2024-03"))) == "en mars 2024");
  struct Row {
    const char *from, *to;
    bool ongoing;
    const char* said;
  };
  const Row rows[] = {{"2024-02-06", "2024-03-05", false, "du 6 février au 5 mars 2024"},
                      {"2024-03-01", "2024-03-05", false, "du 1er au 5 mars 2024"},
                      {"2023-12-30", "2024-01-02", false, "du 30 décembre 2023 au 2 janvier 2024"},
                      {"2009", "2013", false, "de 2009 à 2013"},
                      {"2009", "2009", false, "en 2009"},
                      {"2024-04", "2024-09", false, "d'avril à septembre 2024"},
                      {"2009", "2013-06", false, "de 2009 à juin 2013"},
                      {"2019", "", true, "depuis 2019"},
                      {"2019-06-01", "", true, "depuis le 1er juin 2019"},
                      {"2019", "", false, "à partir de 2019"},
                      {"", "2022", false, "jusqu'en 2022"},
                      {"", "2022-05-04", false, "jusqu'au 4 mai 2022"},
                      {"", "", false, ""}};
  for (const Row& row : rows) {
    const auto read = [](std::string_view text) { return parse_partial_date(text).value_or(PartialDate{}); };
    CHECK(spaced(period({read(row.from), read(row.to)}, row.ongoing)) == row.said);
  }
}

TEST_CASE("numbers are grouped by narrow no-break spaces") {
  CHECK(number(36'820'828) == "36\u202f820\u202f828");
  CHECK(number(500) == "500");
  CHECK(number(-1'000) == "-1\u202f000");
  CHECK(spaced(euros(5'000'000)) == "5 millions d'euros");
  CHECK(spaced(euros(1'700'000)) == "1,7 million d'euros");
  CHECK(spaced(euros(1'750'000)) == "1 750 000 euros");
  CHECK(spaced(people({43'000'000, Qualifier::About, Trust::Press, {}, ""})) == "environ 43 millions de personnes");
  CHECK(spaced(people({1'000'000, Qualifier::Exact, Trust::Press, {}, ""})) == "1 million de personnes");
  CHECK(spaced(people({1, Qualifier::Exact, Trust::Press, {}, ""})) == "1 personne");
  CHECK(spaced(people({500, Qualifier::AtLeast, Trust::Press, {}, ""})) == "au moins 500 personnes");
  CHECK(spaced(people({9'551, Qualifier::AtMost, Trust::Press, {}, ""})) == "au plus 9 551 personnes");
  CHECK(enumeration({"a", "b", "c"}) == "a, b et c");
  CHECK(enumeration({}).empty());
}

TEST_CASE("spaces before double punctuation do not break") {
  CHECK(typeset("Nature : « santé » ; oui ? non !") ==
        "Nature\u00a0: «\u00a0santé\u00a0»\u202f; oui\u202f? non\u202f!");
  CHECK(typeset("l'article 34 et la loi n° 78-17") == "l'article\u00a034 et la loi n°\u00a078-17");
  CHECK(typeset("https://exemple.invalid/a:b") == "https://exemple.invalid/a:b");
  CHECK(typeset("le 6 janvier, 10 ans, 32 et") == "le 6\u00a0janvier, 10\u00a0ans, 32 et");
  CHECK(typeset("").empty());
}

TEST_CASE("outside text becomes one line that cannot pass for ours") {
  CHECK(flatten("a\r\nb\tc\u2028d") == "a b c d");
  CHECK(flatten("X [établi par la CNIL] ⟦votre IBAN⟧") == "X (établi par la CNIL) (votre IBAN)");
  CHECK(flatten("a\u202Eb\u2066c\u200Bd") == "abcd");
  CHECK(flatten("\x02valeur\x03") == "valeur");
  CHECK(flatten(std::string_view("a\0b", 3)) == "a b");
  CHECK(flatten("\xff\xfe") == "\uFFFD\uFFFD");
  CHECK(flatten("   ").empty());
  CHECK(flatten("e\u0301\u0301\u0301\u0301\u0301") == "e\u0301\u0301\u0301");
  CHECK(flatten("شركة 👋 株式会社") == "شركة 👋 株式会社");
  const std::string long_name = flatten(std::string(5'000'000, 'x'), 300);
  CHECK(long_name.size() == 303);
  CHECK(long_name.ends_with("…"));
  CHECK(flatten(std::string(300, 'x'), 300).size() == 300);
}

TEST_CASE("sentences of advice or doubt are not facts") {
  CHECK(facts_only("Des assurés. Seule votre mutuelle peut dire si vous étiez dans le fichier.") == "Des assurés.");
  CHECK(facts_only("Des patients ayant pris rendez-vous.") == "Des patients ayant pris rendez-vous.");
  CHECK(facts_only("mise en demeure (à vérifier)").empty());
  CHECK(facts_only("Fin juin, une intrusion. La date reste à vérifier : un site donne le 30 juin.") ==
        "Fin juin, une intrusion.");
}
