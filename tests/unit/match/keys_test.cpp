// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "daemon/match/match.hpp"
#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;

namespace {

const Vocabulary& words() {
  return Vocabulary::shipped();
}

/// Draws small worlds: few bodies, so that ties and incidents meet often.
class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  std::size_t up_to(std::size_t last) { return std::uniform_int_distribution<std::size_t>(0, last)(random_); }
  bool chance(std::size_t one_in) { return up_to(one_in - 1) == 0; }

  OrganisationRef body() {
    static const OrganisationRef kBodies[] = {{"france-travail", "", ""},
                                              {"caf", "", ""},
                                              {"caf", "CAF de Paris", ""},
                                              {"", "CAF de Paris", ""},
                                              {"", "CAF du Nord", ""},
                                              {"cnaf", "", ""},
                                              {"viamedis", "", ""},
                                              {"almerys", "", ""},
                                              {"vyv-harmonie", "", ""},
                                              {"alan", "", ""},
                                              {"communes", "", ""},
                                              {"", "mairie de Rennes", ""},
                                              {"", "Ville de Rennes", ""},
                                              {"dinum", "", ""},
                                              {"", "Acme Corp", ""},
                                              {"camieg", "", ""},
                                              {"", "Communes clientes de Prestataire", ""},
                                              {"cap-emploi", "", ""}};
    return kBodies[up_to(std::size(kBodies) - 1)];
  }

  PartialDate date() {
    if (chance(3)) return {};
    return {static_cast<std::int16_t>(2018 + up_to(6)), static_cast<std::uint8_t>(chance(2) ? 0 : 1 + up_to(11)), 0};
  }

  Tie tie() {
    Tie out;
    out.organisation = body();
    out.period.from = date();
    out.ongoing = chance(3);
    if (!out.ongoing) out.period.to = date();
    out.relation = static_cast<Relation>(chance(4) ? 1 : 0);
    return out;
  }

  Incident incident() {
    Incident out;
    out.id = "drawn";
    out.states_facts = true;
    out.verified = !chance(4);
    out.status = static_cast<IncidentStatus>(up_to(3));
    for (std::size_t i = up_to(3); i > 0; --i) out.organisations.push_back(body());
    for (std::size_t i = up_to(2); i > 0; --i) out.processors.push_back(body());
    // As normalise() does: the kinds of the local bodies it names, and sometimes one more.
    for (const OrganisationRef& ref : out.organisations) {
      const Organisation* kind = ref.id.empty() ? words().class_of(ref.name) : nullptr;
      if (kind != nullptr) out.organisation_classes.push_back(kind->id);
    }
    if (chance(3)) out.organisation_classes.push_back(chance(2) ? "caf" : "communes");
    out.incident = {date(), date()};
    out.disclosed = date();
    for (std::size_t i = up_to(2); i > 0; --i) {
      Population population;
      if (chance(3)) population.organisations = {"caf", "vyv-harmonie"};
      population.period = {date(), date()};
      population.extent = static_cast<Extent>(up_to(2));
      out.populations.push_back(population);
    }
    return out;
  }

 private:
  std::mt19937 random_;
};

bool meet(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const std::string& key) { return std::find(b.begin(), b.end(), key) != b.end(); });
}

/// The keys under which the index finds an incident: its bodies, its processors, its classes.
std::vector<std::string> index_keys(const Incident& incident) {
  std::vector<std::string> keys = incident.organisation_classes;
  for (const auto& ref : incident.organisations) keys.push_back(organisation_key(ref));
  for (const auto& ref : incident.processors) keys.push_back(organisation_key(ref));
  return keys;
}

}  // namespace

TEST_CASE("keys: whoever there is a verdict for is found, from the incident and from the tie") {
  World world(20240313);
  std::size_t verdicts = 0;
  for (int i = 0; i < 40'000; ++i) {
    Profile profile;
    profile.ties = {world.tie()};
    const Incident incident = world.incident();
    if (!match::judge(profile, incident, words())) continue;
    ++verdicts;
    const Tie& tie = profile.ties[0];
    CAPTURE(tie.organisation.id);
    CAPTURE(tie.organisation.name);
    REQUIRE(meet(match::keys_for_incident(incident, words()), match::posting_keys(tie, words())));
    REQUIRE(meet(index_keys(incident), match::keys_for_tie(tie, words())));
  }
  CHECK(verdicts > 4'000);
}

TEST_CASE("keys: a body, its network's head, the processors it works with; never an empty key") {
  const auto keys = [](OrganisationRef ref) { return match::keys_for_tie({std::move(ref), {}, {}, false}, words()); };
  CHECK(keys({"france-travail", "Pôle emploi", ""}) ==
        std::vector<std::string>{"cap-emploi", "france-travail", "missions-locales"});
  CHECK(keys({"vyv-harmonie", "", ""}) == std::vector<std::string>{"almerys", "viamedis", "vyv-harmonie"});
  CHECK(keys({"", "CAF de Paris", ""}) == std::vector<std::string>{"caf", "cnaf", "~caf-de-paris"});
  CHECK(keys({"", "Acme Corp", ""}) == std::vector<std::string>{"~acme-corp"});
  CHECK(keys({}).empty());
  CHECK(match::posting_keys({{"vyv-harmonie", "", ""}, {}, {}, false}, words()) ==
        std::vector<std::string>{"vyv-harmonie"});
  CHECK(match::keys_for_incident({}, words()).empty());
}
