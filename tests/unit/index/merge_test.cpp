// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/merge.hpp"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;
using index::Decision;

namespace {

Sighting told(std::string_view source, Trust trust, std::string_view disclosed, std::string_view from = {}) {
  Sighting out;
  out.source = source;
  out.key = "1";
  out.trust = trust;
  out.states_facts = true;
  out.status = trust == Trust::Attacker ? IncidentStatus::Claimed : IncidentStatus::Confirmed;
  out.title = {"Fuite chez Acme", "Leak at Acme"};
  out.organisations = {{"", "Acme Corp", ""}};
  if (!disclosed.empty()) out.disclosed = sample::on(disclosed);
  if (!from.empty()) out.incident.from = sample::on(from);
  out.first_seen = out.last_changed = sample::at("2024-03-13T09:00:00Z");
  return out;
}

Sighting named(std::string name, std::string_view source = "list-b", std::string_view disclosed = "2024-03-13") {
  Sighting out = told(source, Trust::Aggregator, disclosed);
  out.title = {name, ""};
  out.organisations = {{"", std::move(name), ""}};
  return out;
}

index::Traits traits(const Sighting& sighting) {
  return index::TraitsReader(Vocabulary::shipped(), index::MergeWords::shipped()).read(sighting);
}

std::string decision(const Sighting& sighting, const Sighting& known) {
  const auto made = index::decide(traits(sighting), traits(known));
  const auto other = index::decide(traits(known), traits(sighting));
  CHECK(made.decision == other.decision);
  CHECK(made.reason == other.reason);
  CHECK(made.force == other.force);
  return std::string(name_of(made.decision)) + " " + std::string(name_of(made.reason));
}

}  // namespace

TEST_CASE("merge: the dates of one body's incidents decide") {
  const auto press = [](std::string_view disclosed, std::string_view from = {}) {
    return told("press-b", Trust::Press, disclosed, from);
  };
  const Sighting known = told("press-a", Trust::Press, "2024-03-13", "2024-02-06");
  CHECK(decision(press("2024-05-30", "2024-02-08"), known) == "merge same_days");
  CHECK(decision(press("2024-03-13", "2024-02-09"), known) == "merge same_days");
  CHECK(decision(press("2024-03-13", "2024-02-10"), known) == "keep_separate event_dates_conflict");
  CHECK(decision(press("2024-03-13", "2023-11"), known) == "keep_separate event_dates_conflict");
  CHECK(decision(press("2024-04-03"), known) == "merge near_disclosure");
  CHECK(decision(press("2024-04-04"), known) == "keep_separate dates_apart");
  CHECK(decision(press("2024-03"), known) == "merge same_month");
  CHECK(decision(press("2024-04"), known) == "no_decision date_imprecise");
  CHECK(decision(press("2024"), known) == "no_decision date_imprecise");
  CHECK(decision(press("2023"), known) == "keep_separate dates_apart");
  CHECK(decision(press(""), known) == "no_decision date_missing");
  Sighting long_one = press("2024-06-01", "2024-01-02");
  long_one.incident.to = sample::on("2024-02-04");
  CHECK(decision(long_one, known) == "merge same_days");
}

TEST_CASE("merge: never without the same body, and never against what tells events apart") {
  const Sighting known = told("press-a", Trust::Press, "2024-03-13");
  Sighting other = told("press-b", Trust::Press, "2024-03-14");
  CHECK(decision(other, known) == "merge near_disclosure");

  Sighting changed = other;
  changed.organisations = {{"", "Beta Limited", ""}};
  CHECK(decision(changed, known) == "keep_separate different_bodies");
  changed.organisations = {{"", "Unknown", ""}};
  CHECK(decision(changed, known) == "no_decision organisation_unknown");

  changed = other;
  changed.states_facts = false;
  CHECK(decision(changed, known) == "no_decision facts_not_extracted");

  changed = other;
  Sighting with_processor = known;
  changed.processors = {{"viamedis", "", ""}};
  with_processor.processors = {{"almerys", "", ""}};
  CHECK(decision(changed, with_processor) == "keep_separate processors_differ");
  with_processor.processors.push_back({"viamedis", "", ""});
  CHECK(decision(changed, with_processor) == "merge near_disclosure");

  changed = other;
  Sighting french = known;
  changed.country = "US";
  french.country = "FR";
  CHECK(decision(changed, french) == "no_decision countries_differ");
}

TEST_CASE("merge: a word for a second time keeps events apart, wherever it stands") {
  const Sighting known = told("press-a", Trust::Press, "2024-03-13");
  for (const char* title : {"Deuxième fuite chez Acme", "Acme : une nouvelle fuite de données",
                            "Acme à nouveau piratée", "ACME, UN SECOND INCIDENT", "Acme de nouveau touchée"}) {
    CAPTURE(title);
    Sighting again = told("press-b", Trust::Press, "2024-03-14");
    again.title = {title, ""};
    CHECK(decision(again, known) == "keep_separate recurrence_word");
    again.disclosed = known.disclosed;  // news of one day may be the same news
    CHECK(decision(again, known) == "no_decision recurrence_same_day");
    again.people = {{43'123, {}, Trust::Press, {}, {}}};
    Sighting same = known;
    same.people = again.people;
    CHECK(decision(again, same) == "merge same_figure");
  }
  Sighting english = told("press-b", Trust::Press, "2024-03-14");
  english.summary = {"", "Acme has been breached again."};
  CHECK(decision(english, known) == "keep_separate recurrence_word");
  english.summary = {"", "The leak is against the law and takes seconds."};
  CHECK(decision(english, known) == "merge near_disclosure");
  Sighting second = told("press-b", Trust::Press, "2024-03-14"), third = told("press-c", Trust::Press, "2024-03-14");
  second.title = {"Deuxième fuite chez Acme", ""};
  third.title = {"Troisième fuite chez Acme", ""};
  CHECK(decision(second, third) == "keep_separate recurrence_word");
}

TEST_CASE(
    "merge: two records of a list that keeps one per event are two events, but not always two notices of one day") {
  Sighting first = told("catalogue", Trust::Curated, "2024-03-13"),
           second = told("catalogue", Trust::Curated, "2024-03-20");
  second.key = "2";
  CHECK(decision(second, first) == "keep_separate two_records_of_one_source");
  second.disclosed = first.disclosed;
  CHECK(decision(second, first) == "no_decision same_record_twice");
  first.people = {{1000, {}, Trust::Curated, {}, {}}};
  second.people = {{2000, {}, Trust::Curated, {}, {}}};
  CHECK(decision(second, first) == "keep_separate two_records_of_one_source");
  second.withdrawn = true;  // it renamed its record
  CHECK(decision(second, first) == "merge near_disclosure");
  first.preferred_id = "acme-1";
  second.preferred_id = "acme-2";
  CHECK(decision(second, first) == "keep_separate two_records_of_one_source");
  Sighting article = told("press-a", Trust::Press, "2024-03-14");
  article.key = "2";
  CHECK(decision(article, told("press-a", Trust::Press, "2024-03-13")) == "merge near_disclosure");
}

TEST_CASE("merge: a figure that is no round one joins what was reported months apart, a round one does not") {
  Sighting early = told("press-a", Trust::Press, "2024-03-13"), late = told("list-b", Trust::Aggregator, "2024-11-01");
  early.people = {{72'742'892, {}, Trust::Press, {}, {}}};
  late.people = {{72'893'170, {}, Trust::Aggregator, {}, {}}};
  CHECK(decision(early, late) == "merge same_figure");
  early.people = late.people = {{1'500'000, {}, Trust::Press, {}, {}}};
  CHECK(decision(early, late) == "keep_separate dates_apart");
}

TEST_CASE("merge: a page that tells of many leaks joins no two bodies, one that a catalogue cites may") {
  const auto citing = [](std::string name, std::string_view source) {
    Sighting out = named(std::move(name), source);
    out.links = {{"https://journal.example/les-fuites-de-la-semaine", LinkKind::Press, {}}};
    return out;
  };
  CHECK(decision(citing("Acme", "list"), citing("Beta", "list")) == "keep_separate two_records_of_one_source");
  CHECK(decision(citing("Acme", "list"), citing("Beta", "journal")) == "keep_separate different_bodies");
  Sighting curated = citing("Acme", "catalogue");
  curated.preferred_id = "acme-2024-03";
  CHECK(decision(curated, citing("Beta", "list")) == "merge same_page");
}

TEST_CASE("merge: they cite the same page") {
  Sighting one = told("press-a", Trust::Press, "2024-03-13"), other = told("list-b", Trust::Aggregator, "2024-04-20");
  one.links = {{"https://www.acme.example/communique#top", LinkKind::Official, {}}};
  other.links = {{"http://acme.example/communique/", LinkKind::Press, {}}};
  CHECK(decision(one, other) == "merge same_page");
  one.links =
      other.links = {{"https://acme.example/", LinkKind::Official, {}}};  // a first page says nothing of one event
  CHECK(decision(one, other) == "keep_separate dates_apart");
}

TEST_CASE("merge: a list's date months after the event is that of its addition, and joins it to nothing of that day") {
  const Sighting late = told("hibp", Trust::Curated, "2025-05-27", "2024-10-17");
  CHECK(decision(late, told("press-a", Trust::Press, "2025-05-26")) == "keep_separate dates_apart");
  CHECK(decision(late, told("press-a", Trust::Press, "2024-10-19")) == "merge near_disclosure");
}

TEST_CASE("merge: the first of a month may stand for the month, in a list whose dates must have a day") {
  const Sighting rounded = told("list-a", Trust::Aggregator, "2025-01-20", "2024-10-01");
  CHECK(decision(rounded, told("hibp", Trust::Curated, "2025-01-27", "2024-10-17")) == "merge near_disclosure");
  Sighting exact = rounded;
  exact.preferred_id = "acme-2024-10";  // a catalogue of ours writes the month when it means the month
  CHECK(decision(exact, told("press-a", Trust::Press, "", "2024-10-17")) == "keep_separate event_dates_conflict");
}

TEST_CASE("merge: names are compared without forms, articles, order, plurals and what surrounds them") {
  const auto same = [](std::string a, std::string b) {
    return decision(named(std::move(a), "list-a"), named(std::move(b)));
  };
  for (const auto& [a, b] :
       {std::pair{"Acme SAS", "acme"}, std::pair{"Groupe Acme", "Acme France"}, std::pair{"L'Acmé", "ACME"},
        std::pair{"Métropole de Nulle-Part", "Nulle Part Métropole"},
        std::pair{"Mairie de Nulle-Part", "Ville de Nulle-Part"}, std::pair{"www.acme-beta.fr", "Acme Beta"},
        std::pair{"acme fuite du 2024-3-13", "Acme"}, std::pair{"Acme #2", "Acme"},
        std::pair{"Beta (Acme)", "ACME (Beta)"}, std::pair{"Voyages Acmés", "voyage acmé"},
        std::pair{"Agence de Contrôle du Miel et des Épices (ACME)", "ACME"}}) {
    CAPTURE(a);
    CAPTURE(b);
    CHECK(same(a, b) == "merge near_disclosure");
  }
  CHECK(same("Acme", "Acme Beta") == "keep_separate different_bodies");
  CHECK(same("Université de Nulle-Part", "Ville de Nulle-Part") == "keep_separate different_bodies");
  CHECK(decision(named("Acme / Beta", "list-a"), named("Beta", "list-b", "2024-03-20")) == "no_decision name_in_part");
  CHECK(decision(named("Acme / Beta", "list-a"), named("Beta", "list-b", "2024-03-14")) == "merge near_disclosure");
}

TEST_CASE("merge: the customers of a processor tell of one incident, when they tell it within weeks") {
  const Sighting processor = named("Gamma", "list-a", "2024-03-01");
  CHECK(decision(named("Acme (via Gamma)", "list-b", "2024-03-28"), processor) == "merge same_processor");
  CHECK(decision(named("Acme (via Gamma)", "list-b", "2024-03-28"),
                 named("Beta (via Gamma)", "list-b", "2024-04-02")) == "merge same_processor");
  CHECK(decision(named("Acme (via Gamma)", "list-b", "2024-06-28"), processor) == "keep_separate dates_apart");
  CHECK(decision(named("Acme (via Gamma)", "list-b", "2024-03-28"),
                 named("Acme (via Delta)", "list-c", "2024-03-28")) == "keep_separate processors_differ");
}

TEST_CASE("merge: every reason has a code of its own") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(index::MergeReason::CuratorSplit); ++i) {
    CHECK(names.insert(name_of(static_cast<index::MergeReason>(i))).second);
  }
  CHECK_FALSE(names.contains(""));
}
