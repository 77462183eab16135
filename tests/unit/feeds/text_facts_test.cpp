// SPDX-License-Identifier: AGPL-3.0-or-later
// What becomes of the words of a notice: facts with the sentence that proves them, or nothing.
#include "feeds/text_facts.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "feeds/normalise.hpp"
#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

const Instant kNow = *parse_rfc3339("2026-11-24T12:00:00Z");

Source source_of(Trust trust, std::string country = {}, Language language = Language::French) {
  Source source;
  source.id = "journal";
  source.url = "https://journal.example/feed";
  source.trust = trust;
  source.country = std::move(country);
  source.language = language;
  return source;
}

Notice text(std::string_view title, std::string_view words) {
  Notice notice;
  notice.key = "1";
  notice.title = title;
  notice.text = words;
  notice.url = "https://journal.example/1";
  notice.published = "2025-03-10";
  return notice;
}

Sighting read(const Notice& notice, const Source& source = source_of(Trust::Press)) {
  return normalise(notice, source, Vocabulary::shipped(), kNow);
}

const ReadFact* fact_of(const Sighting& sighting, Fact kind, std::string_view value = {}) {
  for (const Evidence& evidence : sighting.evidence) {
    for (const ReadFact& fact : evidence.facts) {
      if (fact.fact == kind && (value.empty() || fact.value == value)) return &fact;
    }
  }
  return nullptr;
}

const Evidence* sentence_of(const Sighting& sighting, Fact kind, std::string_view value = {}) {
  for (const Evidence& evidence : sighting.evidence) {
    const auto proves = [&](const ReadFact& fact) {
      return fact.fact == kind && (value.empty() || fact.value == value);
    };
    if (std::any_of(evidence.facts.begin(), evidence.facts.end(), proves)) return &evidence;
  }
  return nullptr;
}

constexpr std::string_view kLeak =
    "Le 4 mars 2025, une personne non autorisée a eu accès à un fichier de la Mutuelle des Ports, hébergé par son "
    "prestataire Axerno. Environ 12 400 adhérents sont concernés. Leurs noms, dates de naissance et numéros de "
    "sécurité "
    "sociale ont été copiés. Les coordonnées bancaires ne sont pas concernées.";

}  // namespace

TEST_CASE("text facts: an item of a feed that announces a leak states facts, each with its sentence") {
  const Sighting sighting = read(text("La Mutuelle des Ports victime d'une fuite de données", kLeak));
  CHECK(sighting.states_facts);
  CHECK_FALSE(sighting.unsure);
  CHECK(sighting.status == IncidentStatus::Claimed);  // the press says so, not the body
  REQUIRE(sighting.organisations.size() == 1);
  CHECK(sighting.organisations[0].name == "Mutuelle des Ports");
  REQUIRE(sighting.processors.size() == 1);
  CHECK(sighting.processors[0].name == "Axerno");
  CHECK(sighting.exposed == sample::categories({"name", "birth_date", "nir"}));
  CHECK(sighting.not_exposed == sample::categories({"iban"}));
  REQUIRE(sighting.people.size() == 1);
  CHECK(sighting.people[0] ==
        PeopleFigure{12400, Qualifier::About, Trust::Press, sample::on("2025-03-10"), "https://journal.example/1"});
  CHECK(sighting.incident == Period{sample::on("2025-03-04"), sample::on("2025-03-04")});
  const Evidence* sentence = sentence_of(sighting, Fact::Exposed, "nir");
  REQUIRE(sentence != nullptr);
  CHECK(sentence->sentence == "Leurs noms, dates de naissance et numéros de sécurité sociale ont été copiés.");
  CHECK(fact_of(sighting, Fact::Exposed, "nir")->words == "numéros de sécurité sociale");
  REQUIRE(sentence_of(sighting, Fact::NotExposed) != nullptr);
  CHECK(sentence_of(sighting, Fact::NotExposed)->sentence == "Les coordonnées bancaires ne sont pas concernées.");
  CHECK(fact_of(sighting, Fact::Dates)->value == "2025-03-04");
  CHECK(fact_of(sighting, Fact::Disclosure) != nullptr);
}

TEST_CASE("text facts: every word that proves something stands in its sentence") {
  const Sighting sighting = read(text("La Mutuelle des Ports victime d'une fuite de données", kLeak));
  REQUIRE_FALSE(sighting.evidence.empty());
  for (const Evidence& evidence : sighting.evidence) {
    CHECK_FALSE(evidence.facts.empty());
    for (const ReadFact& fact : evidence.facts) CHECK(evidence.sentence.find(fact.words) != std::string::npos);
  }
}

TEST_CASE("text facts: HTML is read as a person reads it") {
  Notice notice = text("Fuite chez Acme",
                       "<p>Acme a été victime d'un vol de données.</p><ul><li>E-mail&nbsp;: oui</li></ul>"
                       "<p>Les adresses e-mail de 5&nbsp;000 clients d'Acme ont &eacute;t&eacute; vol&eacute;es.</p>");
  notice.text_is_html = true;
  const Sighting sighting = read(notice);
  REQUIRE(sighting.states_facts);
  CHECK(sighting.exposed == sample::categories({"email"}));
  REQUIRE(sighting.people.size() == 1);
  CHECK(sighting.people[0].count == 5000);
}

TEST_CASE("text facts: who publishes decides whether it is confirmed, whatever the words") {
  const Notice notice = text("La Mutuelle des Ports confirme une fuite de données", kLeak);
  for (const auto& [trust, status] :
       {std::pair{Trust::Authority, IncidentStatus::Confirmed},
        std::pair{Trust::Organisation, IncidentStatus::Confirmed}, std::pair{Trust::Press, IncidentStatus::Claimed},
        std::pair{Trust::Aggregator, IncidentStatus::Claimed}, std::pair{Trust::Attacker, IncidentStatus::Claimed}}) {
    CHECK(read(notice, source_of(trust)).status == status);
  }
}

TEST_CASE("text facts: an outage, advice or a denial stays a text") {
  for (const std::string_view words :
       {"Le site de la préfecture est inaccessible depuis ce matin à la suite d'une attaque par déni de service.",
        "Ne communiquez jamais votre mot de passe ni votre numéro de carte bancaire.",
        "La société Acme dément toute fuite de données."}) {
    const Sighting sighting = read(text("Actualité", words));
    CHECK_FALSE(sighting.states_facts);
    CHECK(sighting.organisations.empty());
    CHECK(sighting.exposed.empty());
    CHECK(sighting.evidence.empty());
    CHECK_FALSE(sighting.unsure);
  }
}

TEST_CASE("text facts: a leak of nobody in particular is unsure") {
  const Sighting sighting = read(
      text("Des données volées", "Les noms et les adresses de 3 000 patients ont été volés, sans que l'on sache où."));
  CHECK(sighting.states_facts);
  CHECK(sighting.unsure);
  CHECK(sighting.organisations.empty());
  CHECK(fact_of(sighting, Fact::Disclosure) != nullptr);
}

TEST_CASE("text facts: a body of the registry brings its id, a local one its kind, both their country") {
  const Sighting known = read(
      text("France Travail : vol de données", "Les noms et adresses des inscrits de France Travail ont été volés."));
  REQUIRE(known.organisations.size() == 1);
  CHECK(known.organisations[0].id == "france-travail");
  CHECK(known.public_service);
  CHECK(known.country == "FR");
  const Sighting local =
      read(text("CHU de Rennes : vol de données", "Les noms et adresses de patients du CHU de Rennes ont été volés."));
  REQUIRE(local.organisations.size() == 1);
  CHECK(local.organisations[0].id.empty());
  CHECK_FALSE(local.organisation_classes.empty());
  CHECK(local.public_service);
}

TEST_CASE("text facts: what a source states as data wins over its words, which fill the rest and may contradict") {
  const std::string_view labels[] = {"nom", "mot de passe"};
  Notice notice = text("Mutuelle des Ports", kLeak);
  notice.states_facts = true;
  notice.organisation = "Mutuelle des Ports";
  notice.labels = labels;
  notice.people_count = 30'000;
  notice.incident_from = "2024-12-01";
  const Sighting sighting = read(notice);
  CHECK(sighting.exposed == sample::categories({"name", "password"}));
  CHECK(sighting.not_exposed == sample::categories({"iban"}));
  REQUIRE(sighting.people.size() == 1);
  CHECK(sighting.people[0].count == 30'000);
  CHECK(sighting.incident.from == sample::on("2024-12-01"));
  REQUIRE(sighting.processors.size() == 1);
  CHECK(sighting.processors[0].name == "Axerno");
  CHECK(fact_of(sighting, Fact::Processor) != nullptr);
  CHECK(fact_of(sighting, Fact::Exposed) == nullptr);
  CHECK(fact_of(sighting, Fact::Disclosure) == nullptr);
  CHECK_FALSE(sighting.unsure);
  CHECK(sighting.doubts == std::vector<std::string>{"number of people `12400` in the text is another",
                                                    "incident date `2025-03-04` in the text is another"});
}

TEST_CASE("text facts: rounding is no contradiction, and a category said to be safe that is listed is one") {
  const std::string_view labels[] = {"IBAN"};
  Notice notice = text("Mutuelle des Ports", kLeak);
  notice.states_facts = true;
  notice.organisation = "Mutuelle des Ports";
  notice.labels = labels;
  notice.people_count = 12'387;
  const Sighting sighting = read(notice);
  CHECK(sighting.exposed == sample::categories({"iban"}));
  CHECK(sighting.not_exposed.empty());
  CHECK(sighting.doubts == std::vector<std::string>{"category `iban` is said to be safe in the text"});
}

TEST_CASE("text facts: a description fills the categories when no list is given") {
  Notice notice = text("Mutuelle des Ports", kLeak);
  notice.states_facts = true;
  notice.organisation = "Mutuelle des Ports";
  const Sighting sighting = read(notice);
  CHECK(sighting.exposed == sample::categories({"name", "birth_date", "nir"}));
  CHECK(sighting.doubts.empty());
}

TEST_CASE("text facts: a text without end is read in part, its evidence is bounded") {
  std::string endless(kLeak);
  while (endless.size() < 400'000) endless += " Les adresses e-mail de la Mutuelle des Ports ont été volées";
  const Sighting sighting = read(text("La Mutuelle des Ports victime d'une fuite de données", endless));
  CHECK(sighting.states_facts);
  CHECK(sighting.evidence.size() <= 32);
  for (const Evidence& evidence : sighting.evidence) CHECK(evidence.sentence.size() <= 600);
}
