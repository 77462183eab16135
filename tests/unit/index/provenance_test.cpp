// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/provenance.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "daemon/index/fold.hpp"
#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;
using namespace vigifuite::index;

namespace {

Sighting told(std::string source, Trust trust, std::string_view day) {
  Sighting out;
  out.source = std::move(source);
  out.key = "1";
  out.origin = out.source;
  out.trust = trust;
  out.states_facts = true;
  out.status = IncidentStatus::Confirmed;
  out.organisations = {{"", "Acme", ""}};
  if (!day.empty()) out.disclosed = sample::on(day);
  return out;
}

std::vector<const FactClaim*> of(const std::vector<FactClaim>& claims, ClaimField field) {
  std::vector<const FactClaim*> out;
  for (const FactClaim& claim : claims) {
    if (claim.field == field) out.push_back(&claim);
  }
  return out;
}

}  // namespace

TEST_CASE("provenance: the authority's later figure is shown before the body's, and says why") {
  Sighting body = told("body", Trust::Organisation, "2024-03-13"),
           authority = told("cnil", Trust::Authority, "2026-01-22");
  body.people = {{43'000'000, Qualifier::About, Trust::Organisation, sample::on("2024-03-13"), {}}};
  authority.people = {{36'820'828, Qualifier::Exact, Trust::Authority, sample::on("2026-01-22"), {}}};
  const std::vector<Sighting> sightings{body, authority};
  const auto claims = provenance(sightings);
  const auto people = of(claims, ClaimField::People);
  REQUIRE(people.size() == 2);
  CHECK(people[0]->figure->count == 36'820'828);
  CHECK(people[0]->place == ClaimPlace::MoreTrusted);
  CHECK(people[1]->place == ClaimPlace::Behind);
}

TEST_CASE(
    "provenance: of two newspapers the later one is shown, of one day neither is later, alone it is the only one") {
  Sighting first = told("a", Trust::Press, "2024-03-13"), later = told("b", Trust::Press, "2024-03-20");
  CHECK(of(provenance(std::vector{first, later}), ClaimField::Status)[0]->place == ClaimPlace::Later);
  const std::vector<Sighting> one_day{first, told("b", Trust::Press, "2024-03-13")};
  CHECK(of(provenance(one_day), ClaimField::Status)[0]->place == ClaimPlace::Alike);
  CHECK(of(provenance(std::vector{first}), ClaimField::Status)[0]->place == ClaimPlace::Only);
}

TEST_CASE("provenance: what is taken back or read unsurely is listed, and not counted") {
  Sighting good = told("a", Trust::Press, "2024-03-13"), back = told("b", Trust::Authority, "2024-03-13");
  Sighting unsure = told("c", Trust::Organisation, "2024-03-13");
  back.withdrawn = true;
  unsure.unsure = true;
  const std::vector<Sighting> sightings{back, unsure, good};
  const auto claims = provenance(sightings);
  const auto status = of(claims, ClaimField::Status);
  REQUIRE(status.size() == 3);
  CHECK(status[0]->by->source == "a");
  CHECK(status[0]->place == ClaimPlace::Only);
  CHECK(status[1]->place == ClaimPlace::Unsure);
  CHECK(status[2]->place == ClaimPlace::Withdrawn);
}

TEST_CASE("provenance: a curator's correction stands on top of all, until it is withdrawn") {
  Sighting good = told("a", Trust::Authority, "2024-03-13"), correction = told("curator", Trust::Curator, "");
  correction.correction = Correction{{"a", "1"}, {CorrectedField::State}, {}, {}, "Relu.", {}};
  correction.status = IncidentStatus::Retracted;
  std::vector<Sighting> sightings{good, correction};
  CHECK(of(provenance(sightings), ClaimField::Status)[0]->place == ClaimPlace::Curator);
  sightings[1].withdrawn = true;
  CHECK(of(provenance(sightings), ClaimField::Status)[0]->place == ClaimPlace::Only);
}

TEST_CASE("provenance: a list and those that republish it are one source") {
  Sighting hibp = told("hibp", Trust::Curated, "2024-03-13"), copy = told("aggregate", Trust::Aggregator, "2024-03-13");
  copy.origin = "hibp";
  CHECK(origins(std::vector{hibp, copy}) == 1);
  CHECK(origins(std::vector{hibp, copy, told("press", Trust::Press, "2024-03-14")}) == 2);
}

TEST_CASE("provenance: for thousands of sets of sightings, what stands first is what the fold shows") {
  std::mt19937 random(31);
  const auto up_to = [&](std::size_t last) { return std::uniform_int_distribution<std::size_t>(0, last)(random); };
  for (int set = 0; set < 3'000; ++set) {
    std::vector<Sighting> sightings;
    for (std::size_t i = 0, n = 1 + up_to(5); i < n; ++i) {
      Sighting one = told(fmt::format("source-{}", i), static_cast<Trust>(1 + up_to(5)),
                          up_to(4) == 0 ? std::string() : fmt::format("2024-03-{:02}", 1 + up_to(5)));
      one.status = static_cast<IncidentStatus>(up_to(2));
      one.withdrawn = up_to(5) == 0;
      one.unsure = up_to(5) == 0;
      if (up_to(1) == 0) one.incident.from = sample::on(fmt::format("2024-02-{:02}", 1 + up_to(20)));
      if (up_to(1) == 0) one.people = {{static_cast<std::int64_t>(1 + up_to(9)), {}, one.trust, one.disclosed, {}}};
      sightings.push_back(one);
    }
    const Incident incident = fold("acme", sightings);
    const auto claims = provenance(sightings);
    const auto status = of(claims, ClaimField::Status), happened = of(claims, ClaimField::Happened),
               people = of(claims, ClaimField::People);
    REQUIRE(!status.empty());
    const bool all_withdrawn = status[0]->by->withdrawn;
    CHECK(incident.status == (all_withdrawn ? IncidentStatus::Retracted : status[0]->by->status));
    const auto counted = [](const FactClaim* claim) {
      return claim->place != ClaimPlace::Unsure && claim->place != ClaimPlace::Withdrawn;
    };
    if (incident.incident.known()) {
      REQUIRE(!happened.empty());
      CHECK(incident.incident == happened[0]->by->incident);
    } else {
      CHECK((happened.empty() || !counted(happened[0])));
    }
    if (!incident.people.empty()) {
      REQUIRE(!people.empty());
      CHECK(incident.people.front().count == people[0]->figure->count);
    } else {
      CHECK((people.empty() || !counted(people[0])));
    }
  }
}
