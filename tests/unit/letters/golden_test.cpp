// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole letters, kept as files so that a change of one word is read by someone. After reading it, run
//   VIGIFUITE_GOLDEN=write build/dev/tests/unit_letters

#include "tests/support/source_dir.hpp"
#include "tests/unit/letters/fixture.hpp"
#include "tests/unit/letters/formats.hpp"

using namespace letters_fixture;

namespace {

void compare(const std::string& name, const letters::Letter& made) {
  const std::string path = vigifuite::test::source_dir() + "/tests/golden/letters/" + name;
  check_formats(made);
  std::string whole = made.body;
  if (name.ends_with(".txt")) {
    whole += "\n=== hors de la lettre : à savoir ===\n";
    for (const std::string& warning : made.warnings) whole += "* " + warning + "\n";
    whole += "\n=== comment l'envoyer ===\n";
    for (const std::string& way : made.ways) whole += "* " + way + "\n";
  }
  if (std::getenv("VIGIFUITE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << whole;
    return;
  }
  INFO("after reading the change, run VIGIFUITE_GOLDEN=write build/dev/tests/unit_letters");
  CHECK_MESSAGE(file_text(path) == whole, path);
}

Profile notified(Profile profile, const Incident& incident, std::string_view day, std::string how) {
  profile.notified = {{incident.id, day.empty() ? PartialDate{} : on(day), std::move(how)}};
  return profile;
}

const Period kPoleEmploi = {on("2009"), on("2013")};

}  // namespace

TEST_CASE("golden: a public body already fined, no notice received") {
  const Incident incident = france_travail();
  const Profile profile = person("Pôle emploi", "france-travail", kPoleEmploi, false);
  compare("france-travail-sans-message.txt", letter(incident, profile, Verdict::Likely, ReasonCode::WithinPopulation));
  compare("france-travail-sans-message.md",
          letter(incident, profile, Verdict::Likely, ReasonCode::WithinPopulation, letters::Format::Markdown));
}

TEST_CASE("golden: the same body, notice received") {
  const Incident incident = france_travail();
  const Profile profile = notified(person("France Travail", "france-travail", {on("2019-06-01"), {}}, true), incident,
                                   "2024-03-25", "courriel");
  compare("france-travail-message-recu.txt", letter(incident, profile, Verdict::Affected, ReasonCode::Notified));
}

TEST_CASE("golden: a mutual, through one of two processors") {
  const Incident incident = viamedis();
  const Profile profile = person("Harmonie Mutuelle", "vyv-harmonie", {on("2019"), {}}, true);
  compare("viamedis-harmonie-sans-message.txt",
          letter(incident, profile, Verdict::Possible, ReasonCode::ThroughProcessor));
  compare("viamedis-harmonie-message-recu.txt",
          letter(incident, notified(profile, incident, "", ""), Verdict::Affected, ReasonCode::Notified));
}

TEST_CASE("golden: a ministry, offences among the data") {
  compare("ministere-sans-message.txt", letter(ministry(), person("Ministère de l'Intérieur", "interieur", {}, false),
                                               Verdict::Possible, ReasonCode::PopulationUnstated));
}

TEST_CASE("golden: a local authority that only a tracker names") {
  Profile profile = person("Métropole Aix-Marseille-Provence", "", {on("2021"), {}}, true);
  compare("metropole-sans-message.txt", letter(metropole(), profile, Verdict::Possible, ReasonCode::CurrentAtIncident));
}

TEST_CASE("golden: a company, notice received") {
  const Incident incident = free_2024();
  const Profile profile =
      notified(person("Free", "free", {on("2015"), on("2018-06")}, false), incident, "2024-10-26", "courriel");
  compare("free-message-recu.txt", letter(incident, profile, Verdict::Affected, ReasonCode::Notified));
  compare("free-message-recu.md",
          letter(incident, profile, Verdict::Affected, ReasonCode::Notified, letters::Format::Markdown));
}

TEST_CASE("golden: a local body of a kind, health data, blanks for a person who gave nothing") {
  Profile profile = person("MDPH", "mdph", {}, false);
  profile.identity = {};
  compare("mdph-sans-message.txt", letter(mdph(), profile, Verdict::Possible, ReasonCode::LocalBodyUnnamed));
}

TEST_CASE("golden: a disputed incident") {
  Incident incident = free_2024();
  incident.disputed = true;
  incident.actions.clear();
  compare("conteste-sans-message.txt", letter(incident, person("Free Mobile", "free", {on("2022"), {}}, true),
                                              Verdict::Possible, ReasonCode::PopulationUnstated));
}
