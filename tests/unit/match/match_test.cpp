// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/match.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;
using match::judge;

namespace {

const Vocabulary& words() {
  return Vocabulary::shipped();
}

Tie tie(std::string_view text, Relation relation = Relation::User) {
  Profile profile;
  profile.ties = {parse_tie(text).value()};
  profile.ties[0].relation = relation;
  const auto resolved = match::resolve(profile, words());
  REQUIRE_MESSAGE(resolved, resolved.error().what);
  return profile.ties[0];
}

Profile person(std::vector<Tie> ties) {
  Profile profile;
  profile.ties = std::move(ties);
  return profile;
}

Population population(std::string_view from, std::string_view to, Extent extent, Relation relation = Relation::User) {
  Population out;
  if (!from.empty()) out.period.from = sample::on(from);
  if (!to.empty()) out.period.to = sample::on(to);
  out.extent = extent;
  out.relation = relation;
  out.statement = {"Les personnes inscrites.", "People registered."};
  out.source = "https://press.example/who";
  return out;
}

/// A confirmed incident of France Travail in February 2024, disclosed in March.
Incident incident(std::vector<Population> populations = {}) {
  Incident out;
  out.id = "example-2024-03";
  out.states_facts = true;
  out.status = IncidentStatus::Confirmed;
  out.organisations = {{"france-travail", "", ""}};
  out.incident = {sample::on("2024-02-06"), sample::on("2024-03-05")};
  out.disclosed = sample::on("2024-03-13");
  out.populations = std::move(populations);
  out.revisions = {{3, {}, "", {}, true}};
  return out;
}

/// "likely: within_population", or "nothing".
std::string verdict(const std::optional<Hit>& hit) {
  if (!hit) return "nothing";
  std::string text(name_of(hit->verdict));
  for (const Reason& reason : hit->reasons) text += " " + std::string(name_of(reason.code));
  return text;
}

std::string verdict(const Tie& one, const Incident& what) {
  return verdict(judge(person({one}), what, words()));
}

}  // namespace

TEST_CASE("judge: whom a stated population covers, by relation and period") {
  const Incident whole = incident({population("2004-03", "2024-03", Extent::Whole)});
  const Incident part = incident({population("2004-03", "2024-03", Extent::Part)});
  const Incident unsaid = incident({population("2004-03", "2024-03", Extent::Unknown)});
  struct Row {
    Tie tie;
    const Incident& incident;
    const char* verdict;
  };
  const Row rows[] = {
      {tie("France Travail:2009..2013"), whole, "likely within_population"},
      {tie("France Travail:2009..2013"), part, "possible within_part_of_population"},
      {tie("France Travail:2009..2013"), unsaid, "possible within_population"},
      {tie("France Travail:1998..2001"), whole, "not_affected outside_period"},
      {tie("France Travail:1998..2004"), whole, "possible period_imprecise"},
      {tie("France Travail:1998..2005"), whole, "likely within_population"},
      {tie("France Travail:..2013"), whole, "likely within_population"},
      {tie("France Travail:2019.."), whole, "likely within_population"},
      {tie("France Travail:2024.."), whole, "possible period_imprecise"},
      {tie("France Travail:2025.."), whole, "not_affected outside_period"},
      {tie("France Travail"), whole, "possible period_unknown"},
      {tie("France Travail:2009..2013", Relation::Employee), whole, "not_affected outside_relation"},
      {tie("CNIL:2009..2013"), whole, "nothing"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.tie.organisation.name);
    CAPTURE(to_string(row.tie.period.from));
    CAPTURE(to_string(row.tie.period.to));
    CHECK(verdict(row.tie, row.incident) == row.verdict);
  }
}

TEST_CASE("judge: the sentence that decides is quoted, with its source") {
  const auto hit = judge(person({tie("Pôle emploi:2009..2013")}),
                         incident({population("2004-03", "2024-03", Extent::Whole)}), words());
  REQUIRE(hit);
  CHECK(hit->incident == "example-2024-03");
  CHECK(hit->revision == 3);
  CHECK(hit->reasons.front().quote.fr == "Les personnes inscrites.");
  CHECK(hit->reasons.front().source == "https://press.example/who");
  CHECK_FALSE(hit->odds);
}

TEST_CASE("judge: without a stated population, the dates of the incident decide") {
  struct Row {
    const char* tie;
    const char* verdict;
  };
  const Row rows[] = {{"France Travail:2020..", "possible current_at_incident"},
                      {"France Travail:2009..2013", "undetermined population_unstated"},
                      {"France Travail:2024-06..", "not_affected after_incident"},
                      {"France Travail:2024..", "possible period_imprecise"},
                      {"France Travail", "possible period_unknown"}};
  for (const Row& row : rows) {
    CAPTURE(row.tie);
    CHECK(verdict(tie(row.tie), incident()) == row.verdict);
  }
  Incident undated = incident();
  undated.incident = {};
  undated.disclosed = {};
  CHECK(verdict(tie("France Travail:2009..2013"), undated) == "possible period_imprecise");
  CHECK(verdict(tie("France Travail"), undated) == "possible period_unknown");
}

TEST_CASE("judge: who came after the incident is not in an open-ended population") {
  const Incident open = incident({population("2004", "", Extent::Whole)});
  CHECK(verdict(tie("France Travail:2024-06.."), open) == "not_affected after_incident");
  CHECK(verdict(tie("France Travail:2024.."), open) == "possible period_imprecise");
  Incident unfinished = open;  // began in February, nobody said when it ended or was announced
  unfinished.incident.to = {};
  unfinished.disclosed = {};
  CHECK(verdict(tie("France Travail:2024-06.."), unfinished) == "likely within_population");
}

TEST_CASE("judge: a claim, or what has no public source, makes nobody likely") {
  Incident claimed = incident({population("2004-03", "2024-03", Extent::Whole)});
  claimed.status = IncidentStatus::Claimed;
  CHECK(verdict(tie("France Travail:2019.."), claimed) == "possible claim_not_confirmed within_population");
  claimed.verified = false;
  CHECK(verdict(tie("France Travail:2019.."), claimed) == "possible unverified claim_not_confirmed within_population");
  Incident unverified = incident({population("2004-03", "2024-03", Extent::Whole)});
  unverified.verified = false;
  CHECK(verdict(tie("France Travail:2019.."), unverified) == "possible unverified within_population");
  CHECK(verdict(tie("France Travail:1998..2001"), unverified) == "not_affected outside_period unverified");
  unverified.status = IncidentStatus::Corrected;
  unverified.verified = true;
  CHECK(verdict(tie("France Travail:2019.."), unverified) == "likely within_population");
}

TEST_CASE("judge: a retraction clears everybody but who was notified") {
  Incident retracted = incident({population("2004-03", "2024-03", Extent::Whole)});
  retracted.status = IncidentStatus::Retracted;
  Profile someone = person({tie("France Travail:2019..")});
  CHECK(verdict(judge(someone, retracted, words())) == "not_affected retracted");
  someone.notified = {{"example-2024-03", {}, "courriel"}};
  CHECK(verdict(judge(someone, retracted, words())) == "affected notified");
}

TEST_CASE("judge: who received the notice is affected, even without a tie, and by that incident only") {
  Profile someone;
  someone.notified = {{"example-2024-03", sample::on("2024-03-20"), "courriel"}};
  CHECK(verdict(judge(someone, incident(), words())) == "affected notified");
  Incident other = incident();
  other.id = "example-2025-01";
  CHECK(verdict(judge(someone, other, words())) == "nothing");
}

TEST_CASE("judge: of several ties the surest wins, but nobody is safe while one of them is open") {
  const Incident whole = incident({population("2004-03", "2024-03", Extent::Whole)});
  const auto hit =
      judge(person({tie("France Travail:1998..2001"), tie("CNIL"), tie("France Travail:2019..")}), whole, words());
  CHECK(verdict(hit) == "likely within_population");
  CHECK(hit->tie == 2);
  const auto open =
      judge(person({tie("France Travail:2024-06.."), tie("France Travail:2009..2013")}), incident(), words());
  CHECK(verdict(open) == "undetermined population_unstated");
  CHECK(open->tie == 1);
}

TEST_CASE("judge: a population that names other bodies says nothing of this one") {
  Incident two = incident({population("", "2024-03", Extent::Whole)});
  two.organisations.push_back({"cap-emploi", "", ""});
  two.populations[0].organisations = {"cap-emploi"};
  CHECK(verdict(tie("France Travail:2019.."), two) == "possible current_at_incident");
  CHECK(verdict(tie("Cap emploi:2019.."), two) == "likely within_population");
}

TEST_CASE("judge: of populations that all exclude a person, the one for people like them is quoted") {
  Incident two =
      incident({population("", "", Extent::Whole, Relation::Employee), population("2020", "2024-03", Extent::Whole)});
  CHECK(verdict(tie("France Travail:1998..2001"), two) == "not_affected outside_period");
  CHECK(verdict(tie("France Travail:1998..2001", Relation::Professional), two) == "not_affected outside_relation");
}

TEST_CASE("judge: a leak at a processor of several bodies makes their people possible, and names it") {
  Incident leak = incident({population("", "2024-02", Extent::Whole)});
  leak.organisations = {{"viamedis", "", ""}, {"almerys", "", ""}, {"vyv-harmonie", "", ""}, {"macif", "", ""}};
  leak.processors = {{"viamedis", "", ""}, {"almerys", "", ""}};
  const auto hit = judge(person({tie("Harmonie Mutuelle:2023..")}), leak, words());
  CHECK(verdict(hit) == "possible through_processor through_processor within_population");
  CHECK(hit->reasons[0].organisation == "viamedis");
  CHECK(hit->reasons[1].organisation == "almerys");
  CHECK(verdict(tie("Viamedis:2023.."), leak) == "likely within_population");
  // not named by the incident, but the registry says that it works with Almerys
  const auto unnamed = judge(person({tie("Alan:2022..")}), leak, words());
  CHECK(verdict(unnamed) == "possible through_processor within_population");
  CHECK(unnamed->reasons[0].organisation == "almerys");
  CHECK(verdict(tie("France Travail:2023.."), leak) == "nothing");
}

TEST_CASE("judge: one body that lost data at its processor answers for its own people, and for nobody else's") {
  Incident leak = incident({population("", "2024-02", Extent::Whole)});
  leak.organisations = {{"camieg", "", ""}};
  leak.processors = {{"almerys", "", ""}};
  CHECK(verdict(tie("Camieg:2020.."), leak) == "likely within_population");
  CHECK(verdict(tie("Alan:2020.."), leak) == "nothing");
}

TEST_CASE("judge: customers of a processor are left alone when the incident says whose people were hit") {
  Incident leak = incident({population("", "", Extent::Whole)});
  leak.organisations = {{"dinum", "", ""}, {"interieur", "", ""}};
  leak.processors = {{"dinum", "", ""}};
  leak.populations[0].organisations = {"interieur"};
  CHECK(verdict(tie("CNAF:2020.."), leak) == "nothing");
}

TEST_CASE("judge: a tie with a kind of body meets one of them, or an unnamed one") {
  Incident named = incident();
  named.organisations = {{"", "CAF de Paris", ""}};
  CHECK(verdict(tie("CAF:2020.."), named) == "possible local_body_unnamed current_at_incident");
  CHECK(verdict(tie("CAF de Paris:2020.."), named) == "possible current_at_incident");
  CHECK(verdict(tie("Caisse d'allocations familiales de Paris:2020.."), named) == "possible current_at_incident");
  CHECK(verdict(tie("CAF de la Gironde:2020.."), named) == "nothing");

  Incident unnamed = incident();
  unnamed.organisations = {};
  unnamed.organisation_classes = {"caf"};
  CHECK(verdict(tie("CAF:2020.."), unnamed) == "possible local_body_unnamed current_at_incident");
  CHECK(verdict(tie("CAF de la Gironde:2020.."), unnamed) == "possible local_body_unnamed current_at_incident");

  Incident many = incident();
  many.organisations = {{"", "Collectivités clientes de Prestataire", ""}};
  many.organisation_classes = {"communes"};
  CHECK(verdict(tie("mairie de Rennes:2020.."), many) == "possible local_body_unnamed current_at_incident");
  CHECK(verdict(tie("CAF:2020.."), many) == "nothing");

  Incident elsewhere = incident();
  elsewhere.organisations = {{"", "Nantes Métropole", ""}};
  elsewhere.organisation_classes = {"communes"};
  CHECK(verdict(tie("mairie de Rennes:2020.."), elsewhere) == "nothing");
  CHECK(verdict(tie("mairie:2020.."), elsewhere) == "possible local_body_unnamed current_at_incident");
}

TEST_CASE("judge: local funds and their national head keep one file, a ministry and what it supervises do not") {
  Incident national = incident({population("", "2024-03", Extent::Whole)});
  national.organisations = {{"cnaf", "", ""}};
  CHECK(verdict(tie("CAF:2020.."), national) == "likely within_population");
  CHECK(verdict(tie("CAF de Paris:2020.."), national) == "likely within_population");
  national.organisations = {{"ars", "", ""}};
  CHECK(verdict(tie("CHU de Rennes:2020.."), national) == "nothing");
}

TEST_CASE("judge: a text whose facts are not extracted gives no verdict") {
  Incident text = incident();
  text.states_facts = false;
  CHECK(verdict(tie("France Travail:2020.."), text) == "nothing");
}

TEST_CASE("resolve: a name becomes the id of the one body it denotes, and the words are kept") {
  const Tie one = tie("Pôle emploi:2009..2013");
  CHECK(one.organisation.id == "france-travail");
  CHECK(one.organisation.name == "Pôle emploi");
  CHECK(tie("mairie de Rennes").organisation.id.empty());
  CHECK(tie("mairie").organisation.id == "communes");
}

TEST_CASE("resolve: an unknown or an ambiguous body is an error that helps, in both languages") {
  const auto what = [](std::string_view name, Language language) {
    Profile profile = person({parse_tie(name).value(), parse_tie("ANPE").value()});
    const auto status = match::resolve(profile, words());
    REQUIRE_FALSE(status);
    CHECK(status.error().kind == ErrorKind::Config);
    CHECK(profile.ties[1].organisation.id == "france-travail");
    return status.error().in(language);
  };
  CHECK(what("pole emplois", Language::French).find("France Travail (france-travail)") != std::string::npos);
  CHECK(what("pole emplois", Language::French).starts_with("Organisme inconnu"));
  CHECK(what("zzzzzzzz", Language::English).starts_with("Unknown body: \"zzzzzzzz\"."));
  CHECK(what("Cnam", Language::French).find("plusieurs organismes") != std::string::npos);
  CHECK(what("Cnam", Language::English).find("(cnam-arts-et-metiers)") != std::string::npos);
}

TEST_CASE("judge: nobody is told of an incident that was read in a text and is not sure") {
  Incident unsure = incident();
  const Profile inside = person({tie("Pôle emploi:2024..")});
  REQUIRE(judge(inside, unsure, words()));
  unsure.unsure = true;
  CHECK_FALSE(judge(inside, unsure, words()));
}
