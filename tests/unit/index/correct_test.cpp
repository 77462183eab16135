// SPDX-License-Identifier: AGPL-3.0-or-later
// What a curator corrects holds above every source, whatever comes and in whatever order.
#include "daemon/index/correct.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "daemon/index/fold.hpp"
#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;
using index::fold;

namespace {

CategorySet set(std::initializer_list<std::string_view> slugs) {
  return sample::categories(slugs);
}

Sighting told(std::string_view source, Trust trust, IncidentStatus status = IncidentStatus::Claimed) {
  Sighting out;
  out.source = source;
  out.key = "1";
  out.trust = trust;
  out.states_facts = true;
  out.status = status;
  out.title = {"Fuite chez Acme", "Leak at Acme"};
  out.organisations = {{"", "Acme", ""}};
  out.incident = {sample::on("2024-02-01"), sample::on("2024-02-03")};
  out.disclosed = sample::on("2024-03-13");
  out.people = {{500, Qualifier::Exact, trust, sample::on("2024-03-13"), ""}};
  out.exposed = set({"name", "iban"});
  out.not_exposed = set({"password"});
  out.first_seen = out.last_changed = sample::at("2024-03-13T09:00:00Z");
  return out;
}

/// A correction of the incident that `told()` tells of, with nothing corrected yet.
Sighting correction(std::string_view number, std::vector<CorrectedField> fields) {
  Sighting out;
  out.source = kCuratorSource;
  out.key = number;
  out.trust = Trust::Curator;
  out.states_facts = true;
  out.first_seen = out.last_changed = sample::at("2024-04-01T09:00:00Z");
  out.correction.emplace();
  out.correction->fields = std::move(fields);
  out.correction->because = "Relu.";
  return out;
}

}  // namespace

TEST_CASE("correct: every field can be corrected, and only that one changes") {
  using F = CorrectedField;
  const Incident before = fold("acme", {told("cnil", Trust::Authority)});
  const auto corrected = [&](F field, const auto& say) {
    Sighting by = correction("1", {field});
    say(by);
    Incident after = fold("acme", {told("cnil", Trust::Authority), by});
    REQUIRE(after.corrections.size() == 1);
    CHECK(after.corrections[0].fields == std::vector{field});
    CHECK(after.corrections[0].because == "Relu.");
    return after;
  };
  CHECK(corrected(F::State, [](Sighting& s) { s.status = IncidentStatus::Confirmed; }).status ==
        IncidentStatus::Confirmed);
  const PeopleFigure figure{1200, Qualifier::About, Trust::Curator, sample::on("2024-04-01"), ""};
  CHECK(corrected(F::People, [&](Sighting& s) { s.people = {figure}; }).people == std::vector{figure});
  CHECK(corrected(F::People, [](Sighting&) {}).people.empty());
  CHECK(corrected(F::Organisation, [](Sighting& s) {
          s.organisations = {{"caf", "CAF", ""}};
        }).organisations == std::vector<OrganisationRef>{{"caf", "CAF", ""}});
  CHECK(corrected(F::Processor, [](Sighting& s) {
          s.processors = {{"", "Sous-traitant", ""}};
        }).processors.size() == 1);
  const Incident from = corrected(F::From, [](Sighting& s) { s.incident.from = sample::on("2024-01"); });
  CHECK(from.incident == Period{sample::on("2024-01"), sample::on("2024-02-03")});
  CHECK(corrected(F::To, [](Sighting&) {}).incident == Period{sample::on("2024-02-01"), {}});
  CHECK(corrected(F::Disclosed, [](Sighting& s) { s.disclosed = sample::on("2024-03-01"); }).disclosed ==
        sample::on("2024-03-01"));
  CHECK(corrected(F::Title, [](Sighting& s) { s.title.fr = "Autre"; }).title == Text{"Autre", ""});
  CHECK(corrected(F::Summary, [](Sighting& s) { s.summary.fr = "Autre"; }).summary == Text{"Autre", ""});
  CHECK(corrected(F::Title, [](Sighting&) {}).exposed == before.exposed);
}

TEST_CASE("correct: of the categories a part or the whole list, and nothing that is said to be safe is exposed") {
  using F = CorrectedField;
  const Sighting source = told("cnil", Trust::Authority);
  Sighting part = correction("1", {F::Exposed});
  part.exposed = set({"nir", "password"});
  part.correction->unsaid = set({"iban"});
  Incident after = fold("acme", {source, part});
  CHECK(after.exposed == set({"name", "nir", "password"}));
  CHECK(after.not_exposed.empty());
  CHECK(after.claims.front().by == Trust::Curator);
  Sighting whole = correction("1", {F::Exposed});
  whole.exposed = set({"email"});
  whole.correction->whole = {F::Exposed};
  after = fold("acme", {source, whole});
  CHECK(after.exposed == set({"email"}));
  CHECK(after.not_exposed == set({"password"}));
  Sighting safe = correction("1", {F::NotExposed});
  safe.not_exposed = set({"name", "iban"});
  safe.correction->whole = {F::NotExposed};
  after = fold("acme", {source, safe});
  CHECK(after.exposed.empty());
  CHECK(after.not_exposed == set({"name", "iban"}));
  for (const Sighting& by : {part, whole, safe}) {
    const Incident folded = fold("acme", {source, by});
    CHECK((folded.exposed & folded.not_exposed).empty());
  }
}

TEST_CASE("correct: it holds against a more trusted source that comes later, in any order, and the later one wins") {
  Sighting first = correction("2", {CorrectedField::People}), second = correction("10", {CorrectedField::People});
  first.people = {{1000, Qualifier::Exact, Trust::Curator, {}, ""}};
  second.people = {{1200, Qualifier::Exact, Trust::Curator, {}, ""}};
  Sighting authority = told("cnil", Trust::Authority, IncidentStatus::Confirmed);
  authority.disclosed = sample::on("2025-01-01");
  std::vector<Sighting> all{told("press", Trust::Press), first, second, authority};
  const auto key = [](const Sighting& s) { return s.source + s.key; };
  std::sort(all.begin(), all.end(), [&](const Sighting& a, const Sighting& b) { return key(a) < key(b); });
  const Incident expected = fold("acme", all);
  CHECK(expected.people.front().count == 1200);
  CHECK(expected.people.size() == 1);
  CHECK(expected.status == IncidentStatus::Confirmed);
  CHECK(expected.corrections.size() == 2);
  CHECK(expected.sightings.size() == 4);
  do {
    CHECK(fold("acme", all) == expected);
  } while (std::next_permutation(all.begin(), all.end(),
                                 [&](const Sighting& a, const Sighting& b) { return key(a) < key(b); }));
}

TEST_CASE("correct: one that is withdrawn corrects nothing, and stays in the story") {
  const Incident before = fold("acme", {told("press", Trust::Press)});
  Sighting by = correction("7", {CorrectedField::State});
  by.status = IncidentStatus::Retracted;
  by.withdrawn = true;
  by.last_changed = sample::at("2024-05-01T09:00:00Z");
  by.correction->withdrawn_because = "Erreur.";
  Incident after = fold("acme", {told("press", Trust::Press), by});
  CHECK(after.status == before.status);
  REQUIRE(after.corrections.size() == 1);
  CHECK(after.corrections[0].number == 7);
  CHECK(after.corrections[0].withdrawn_at == by.last_changed);
  CHECK(after.corrections[0].withdrawn_because == "Erreur.");
  CHECK(index::compare(before, after).changes == std::vector<std::string>{"sources"});
  CHECK_FALSE(index::compare(before, after).material);
}

TEST_CASE("correct: a correction vouches for nothing that its sources took back") {
  Sighting gone = told("press", Trust::Press);
  gone.withdrawn = true;
  Sighting by = correction("1", {CorrectedField::Title});
  by.title.fr = "Autre";
  CHECK(fold("acme", {gone, by}).status == IncidentStatus::Retracted);
  by.correction->fields = {CorrectedField::State};
  by.status = IncidentStatus::Claimed;
  CHECK(fold("acme", {gone, by}).status == IncidentStatus::Claimed);
}

TEST_CASE("correct: a status says that what was not read surely is an incident, but for a retraction") {
  Sighting text = told("press", Trust::Press);
  text.unsure = true;
  CHECK(fold("acme", {text}).unsure);
  Sighting by = correction("1", {CorrectedField::State});
  CHECK_FALSE(fold("acme", {text, by}).unsure);
  by.status = IncidentStatus::Retracted;
  CHECK(fold("acme", {text, by}).unsure);
  CHECK(fold("acme", {text, correction("1", {CorrectedField::Title})}).unsure);
}

TEST_CASE("fold: what a text says unsurely is one more page to read, when another source is sure") {
  Sighting text = told("press", Trust::Press), list = told("list", Trust::Aggregator);
  text.unsure = true;
  text.url = "https://press.example/1";
  text.exposed = set({"nir"});
  text.evidence = {sample::evidence({})};
  const Incident both = fold("acme", {text, list});
  CHECK_FALSE(both.unsure);
  CHECK(both.exposed == list.exposed);
  CHECK(both.evidence.empty());
  REQUIRE(both.links.size() == 1);
  CHECK(both.links[0].url == text.url);
  text.unsure = false;
  const Incident sure = fold("acme", {text, list});
  CHECK(sure.exposed.has(*Vocabulary::shipped().category("nir")));
  REQUIRE(sure.evidence.size() == 1);
  CHECK(sure.evidence[0].source == "press");
  CHECK(sure.evidence[0].date == text.disclosed);
}

TEST_CASE("compare: that an incident is sure now, or is not any more, matters to people") {
  Incident before = fold("acme", {told("press", Trust::Press)}), after = before;
  after.unsure = true;
  CHECK(index::compare(before, after).material);
  after = before;
  after.evidence = {sample::evidence("press")};
  CHECK(index::compare(before, after).changes == std::vector<std::string>{"sources"});
  CHECK_FALSE(index::compare(before, after).material);
}

TEST_CASE("correct: the number of a correction is its key") {
  CHECK(index::correction_number("12") == 12);
  for (const char* key : {"", "a", "12a", "-1", "99999999999"}) CHECK(index::correction_number(key) == 0);
}
