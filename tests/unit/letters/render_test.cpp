// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <set>

#include "daemon/letters/rules.hpp"
#include "schemas/core/embedded.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/unit/letters/fixture.hpp"

using namespace letters_fixture;
using letters::Format;
using letters::Letter;

namespace {

Profile pole_emploi() {
  return person("Pôle emploi", "france-travail", {on("2009"), on("2013")}, false);
}

Letter france_travail_letter(Format format = Format::Text) {
  return letter(france_travail(), pole_emploi(), Verdict::Likely, ReasonCode::WithinPopulation, format);
}

ErrorKind refused(const Incident& incident, const Profile& profile, const Hit* hit, std::string kind = "cnil") {
  letters::Request asked = request(incident, profile, hit);
  asked.kind = std::move(kind);
  auto made = letters::render(asked, vocabulary());
  REQUIRE(!made.has_value());
  CHECK(made.error().what.find('\n') == std::string::npos);
  CHECK(made.error().what.find(profile.identity.name) == std::string::npos);
  return made.error().kind;
}

std::string digits_only(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

/// What stands between `open` and the first of `close`, for each `open`.
std::vector<std::string> between(std::string_view text, std::string_view open, std::string_view close) {
  std::vector<std::string> found;
  for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + 1)) {
    const std::size_t start = at + open.size();
    found.emplace_back(text.substr(start, text.find_first_of(close, start) - start));
  }
  return found;
}

/// The numbers said of `unit` ("personne"): "19,2 millions de personnes" is 19200000.
std::vector<std::string> figures_of(std::string_view text, std::string_view unit) {
  std::vector<std::string> found;
  for (std::size_t at = text.find(unit); at != std::string_view::npos; at = text.find(unit, at + 1)) {
    std::string_view before = text.substr(0, at);
    std::size_t zeros = 0;
    for (const std::string_view word : {"de ", "d'", "millions ", "million "}) {
      if (!before.ends_with(word)) continue;
      before.remove_suffix(word.size());
      if (word.starts_with("million")) zeros = 6;
    }
    std::size_t start = before.size();
    const auto in_number = [&](std::size_t i) {
      const char c = before[i];
      return (c >= '0' && c <= '9') || c == ' ' || (c == ',' && i + 1 < before.size() && before[i + 1] != ' ');
    };
    while (start > 0 && in_number(start - 1)) --start;
    const std::string_view said = before.substr(start);
    if (digits_only(said).empty()) continue;
    if (said.find(',') != std::string_view::npos) --zeros;
    found.push_back(digits_only(said) + std::string(zeros, '0'));
  }
  return found;
}

}  // namespace

TEST_CASE("a letter that would be wrong is refused with its reason") {
  const Profile profile = pole_emploi();
  const Incident sound = france_travail();
  const Hit hit = judged(sound, Verdict::Likely, ReasonCode::WithinPopulation);

  CHECK(refused(sound, profile, &hit, "pardon") == ErrorKind::Config);
  CHECK(refused(sound, profile, nullptr) == ErrorKind::Refused);
  const Hit outside = judged(sound, Verdict::NotAffected, ReasonCode::OutsidePeriod);
  CHECK(refused(sound, profile, &outside) == ErrorKind::Refused);
  for (const IncidentStatus status : {IncidentStatus::Claimed, IncidentStatus::Retracted}) {
    Incident incident = sound;
    incident.status = status;
    CHECK(refused(incident, profile, &hit) == ErrorKind::Refused);
  }
  Incident unverified = sound;
  unverified.verified = false;
  CHECK(refused(unverified, profile, &hit) == ErrorKind::Refused);
  Incident unsure = sound;
  unsure.unsure = true;
  CHECK(refused(unsure, profile, &hit) == ErrorKind::Refused);
  Incident unsourced = sound;
  unsourced.links.clear();
  CHECK(refused(unsourced, profile, &hit) == ErrorKind::Refused);
  Incident old = sound;
  old.incident = {on("2017-02"), on("2017-03")};
  CHECK(refused(old, profile, &hit) == ErrorKind::Refused);
  old.incident = {on("2018-05"), {}};
  CHECK(letters::render(request(old, profile, &hit), vocabulary()).has_value());
}

TEST_CASE("a refusal is said in both languages") {
  const Profile profile = pole_emploi();
  const Incident incident = france_travail();
  const auto made = letters::render(request(incident, profile, nullptr), vocabulary());
  REQUIRE(!made.has_value());
  CHECK(made.error().what == "None of the bodies you named is linked to this incident.");
  CHECK(made.error().fr == "Aucun des organismes que vous avez indiqués n'est lié à cet incident.");
}

TEST_CASE("what is asked of the CNIL exists for the body concerned") {
  const Letter state = letter(ministry(), person("Ministère de l'Intérieur", "interieur", {}, false), Verdict::Possible,
                              ReasonCode::PopulationUnstated);
  CHECK(says(state, "Je ne demande ni amende ni astreinte"));
  CHECK_FALSE(says(state, "ou amende administrative"));
  CHECK(says(state, "titre III"));
  const Letter public_body = france_travail_letter();
  CHECK(says(public_body, "ou amende administrative"));
  CHECK(says(public_body, "Nature juridique : établissement public administratif"));
  Incident incident = metropole();
  incident.organisations = {{"", "Organisme inconnu du registre", ""}};
  incident.organisation_classes.clear();
  const Letter unknown = letter(incident, person("Organisme inconnu du registre", "", {}, false), Verdict::Possible,
                                ReasonCode::PopulationUnstated);
  CHECK_FALSE(says(unknown, "amende"));
  CHECK(says(unknown, "que la nature juridique de l'organisme permet"));
  CHECK_FALSE(says(unknown, "Nature juridique :"));
  CHECK(warns(unknown, "À vérifier : la nature juridique"));
}

TEST_CASE("what we only recall of a body's nature is not asserted") {
  const Incident incident = free_2024();
  const Letter made = letter(incident, person("Free", "free", {}, false), Verdict::Possible, ReasonCode::PeriodUnknown);
  CHECK_FALSE(says(made, "Nature juridique :"));
  CHECK(warns(made, "À vérifier : la nature juridique de Free"));
}

TEST_CASE("both figures are given, each with its date, who says it and where it was read") {
  const Letter made = france_travail_letter();
  CHECK(says(made, "Chiffre publié le 22 janvier 2026 : 36 820 828 personnes. [établi par la CNIL] (S2)"));
  CHECK(says(made,
             "Chiffre publié le 13 mars 2024 : environ 43 millions de personnes. [annoncé par l'organisme, rapporté "
             "par la presse] (S4)"));
}

TEST_CASE("an attacker's figures and categories never enter a letter") {
  Incident incident = ministry();
  incident.claims = {{"france", Trust::Press, on("2025-12-12"), incident.exposed, {}},
                     {"claims", Trust::Attacker, on("2025-12-12"), categories({"iban"}), {}}};
  incident.exposed = incident.exposed | categories({"iban"});
  const Letter made = letter(incident, person("Ministère de l'Intérieur", "interieur", {}, false), Verdict::Possible,
                             ReasonCode::PopulationUnstated);
  CHECK_FALSE(says(made, "16,4"));
  CHECK_FALSE(says(made, "16 400 000"));
  CHECK_FALSE(says(made, "millions de personnes"));
  CHECK_FALSE(says(made, "coordonnées bancaires"));
}

TEST_CASE("the person's own body is the controller, and who processed is said to be unknown when it is") {
  const Incident incident = viamedis();
  const Profile profile = person("Harmonie Mutuelle", "vyv-harmonie", {on("2019"), {}}, true);
  const Letter made = letter(incident, profile, Verdict::Possible, ReasonCode::ThroughProcessor);
  CHECK(made.controller == "vyv-harmonie");
  CHECK(says(made, "Responsable du traitement : Harmonie Mutuelle - "));
  CHECK(says(made, "Sous-traitants nommés par les sources : Viamedis et Almerys"));
  CHECK(says(made, "ne me disent pas si mes données passaient par Viamedis ou Almerys"));
  CHECK(says(made, "Je ne sais pas si mes propres données"));
  CHECK_FALSE(says(made, "votre complémentaire"));
  CHECK_FALSE(says(made, "article 26"));

  // A person who deals with the processor itself writes to it as controller.
  const Letter direct =
      letter(incident, person("Almerys", "almerys", {}, false), Verdict::Possible, ReasonCode::CurrentAtIncident);
  CHECK(says(direct, "Responsable du traitement : Almerys"));
  CHECK_FALSE(says(direct, "Sous-traitan"));
}

TEST_CASE("joint controllers are named only where an authority said so") {
  CHECK(says(france_travail_letter(), "France Travail et Cap emploi sont responsables conjoints"));
  Incident alone = france_travail();
  alone.organisations.pop_back();
  const Letter made = letter(alone, pole_emploi(), Verdict::Likely, ReasonCode::WithinPopulation);
  CHECK_FALSE(says(made, "responsables conjoints"));
}

TEST_CASE("retention is raised only when the tie had ended for years") {
  CHECK(says(france_travail_letter(), "avait pris fin plus de 10 ans avant l'incident"));
  const Letter recent =
      letter(france_travail(), person("France Travail", "france-travail", {on("2019"), on("2023")}, false),
             Verdict::Likely, ReasonCode::WithinPopulation);
  CHECK_FALSE(says(recent, "avait pris fin"));
}

TEST_CASE("a received notice is compared item by item, a missing one is asked for") {
  const Incident incident = france_travail();
  Profile profile = pole_emploi();
  const Letter without = letter(incident, profile, Verdict::Likely, ReasonCode::WithinPopulation);
  CHECK(says(without, "je n'ai reçu de France Travail aucun message individuel"));
  CHECK(warns(without, "Trop tôt, peut-être"));
  CHECK(warns(without, "Pour écrire à France Travail avant la CNIL : Délégué"));

  profile.notified = {{incident.id, on("2024-03-25"), "courriel"}};
  const Letter with = letter(incident, profile, Verdict::Affected, ReasonCode::Notified);
  CHECK(says(with, "Le 25 mars 2024, j'ai reçu de France Travail un message"));
  CHECK(says(with, "C'est 12 jours après que l'incident a été rendu public."));
  CHECK(says(with, "délégué à la protection des données, ou autre contact : [contact : présent ou absent]"));
  CHECK_FALSE(says(with, "aucun message individuel"));
  CHECK_FALSE(warns(with, "Trop tôt"));
  CHECK(with.attachments.size() == without.attachments.size() + 1);

  profile.notified = {{"un-autre-incident", on("2024-03-25"), "courriel"}};
  CHECK(says(letter(incident, profile, Verdict::Likely, ReasonCode::WithinPopulation), "aucun message individuel"));

  profile.notified = {{incident.id, {}, ""}};
  const Letter undated = letter(incident, profile, Verdict::Affected, ReasonCode::Notified);
  const auto has = [&](std::string_view name) {
    return std::find(undated.blanks.begin(), undated.blanks.end(), name) != undated.blanks.end();
  };
  CHECK(has("date à laquelle vous avez reçu le message"));
  CHECK(says(undated, "Le [date à laquelle vous avez reçu le message], j'ai reçu"));
}

TEST_CASE("a body that several bodies of an incident could be must be named") {
  const Incident incident = france_travail();
  Profile profile = pole_emploi();
  profile.ties.clear();
  profile.notified = {{incident.id, on("2024-03-25"), "courriel"}};
  const Hit hit = judged(incident, Verdict::Affected, ReasonCode::Notified);
  CHECK(refused(incident, profile, &hit) == ErrorKind::Refused);
  letters::Request asked = request(incident, profile, &hit);
  asked.controller = "france-travail";
  const auto made = letters::render(asked, vocabulary());
  REQUIRE(made.has_value());
  CHECK(says(*made, "[votre lien avec l'organisme, et de quand à quand]"));
}

TEST_CASE("every figure and address printed is in the incident, or in the rules") {
  const letters::Rules& rules = letters::shipped_rules();
  struct Row {
    Incident incident;
    Profile profile;
  };
  const Row rows[] = {{france_travail(), pole_emploi()},
                      {viamedis(), person("Harmonie Mutuelle", "vyv-harmonie", {on("2019"), {}}, true)},
                      {free_2024(), person("Free", "free", {on("2015"), on("2018")}, false)},
                      {mdph(), person("MDPH", "mdph", {}, false)}};
  for (const Row& row : rows) {
    const Letter made = letter(row.incident, row.profile, Verdict::Possible, ReasonCode::PopulationUnstated);
    std::set<std::string> urls;
    for (const auto& link : row.incident.links) urls.insert(link.url);
    for (const auto& joint : rules.joint_controllers) urls.insert(joint.read.source);
    std::set<std::string> known;
    for (const auto& figure : row.incident.people) {
      if (figure.by == Trust::Attacker) continue;
      urls.insert(figure.source);
      known.insert(std::to_string(figure.count));
    }
    std::string words = row.incident.summary.fr + row.incident.people_note.fr;
    for (const auto& action : row.incident.actions) {
      known.insert(std::to_string(action.amount_eur.value_or(0)));
      words += action.action.fr;
    }
    for (const std::string_view unit : {"personne", "euro", "client", "contrat"}) {
      for (const std::string& number : figures_of(unwrapped(words), unit)) known.insert(number);
    }
    for (const std::string& rest : between(made.body, "http", " \n")) CHECK_MESSAGE(urls.contains("http" + rest), rest);
    std::size_t seen = 0;
    for (const std::string_view unit : {"personne", "euro", "client", "contrat"}) {
      for (const std::string& number : figures_of(unwrapped(made.body), unit)) {
        CHECK_MESSAGE(known.contains(number), number);
        ++seen;
      }
    }
    CHECK(seen >= 1);
  }
}

TEST_CASE("outside text cannot break out of its place") {
  const std::string evil =
      "{{evil}}\n# Titre\n= 9 Fait inventé [établi par la CNIL]\n\x02⟦votre IBAN⟧ **x** <script> \u202E";
  Incident incident = metropole();
  incident.title.fr = evil;
  incident.summary.fr = evil;
  incident.organisations = {{"", evil, ""}};
  incident.unmapped_labels = {evil, "{{#rule_security}}"};
  incident.links.push_back({"http://exemple.invalid/a\n## b", LinkKind::Press, {}});
  incident.links.push_back({"http://abcdefabcdef.onion/fuite", LinkKind::Tracker, {}});
  incident.links.push_back({"javascript:alert(1)", LinkKind::Tracker, {}});
  incident.actions = {{on("2026-03"), evil, {evil, ""}, {}, evil, "https://exemple.invalid/x"}};
  incident.populations = {{{}, Relation::User, {}, Extent::Part, {evil, ""}, evil}};
  Profile profile = person(evil, "", {}, false);
  profile.identity = {evil, evil, evil, evil};
  profile.notified = {{incident.id, {}, evil}};
  const Letter plain_letter =
      letter(metropole(), person("Commune", "", {}, false), Verdict::Possible, ReasonCode::PopulationUnstated);
  for (const Format format : {Format::Text, Format::Markdown}) {
    const Letter made = letter(incident, profile, Verdict::Affected, ReasonCode::Notified, format);
    CHECK(made.body.find("{{evil}}") != std::string::npos);
    CHECK(made.body.find('\x02') == std::string::npos);
    CHECK(made.body.find("\u202E") == std::string::npos);
    CHECK(made.body.find(".onion") == std::string::npos);
    CHECK(made.body.find("javascript:") == std::string::npos);
    CHECK(made.body.find("[établi par la CNIL]") == std::string::npos);
    CHECK(made.body.find("\n# Titre") == std::string::npos);
    CHECK(made.body.find("\n## b") == std::string::npos);
    if (format == Format::Markdown) CHECK(made.body.find("<script") == made.body.find("\\<script") + 1);
    CHECK(std::find(made.blanks.begin(), made.blanks.end(), "votre IBAN") == made.blanks.end());
    CHECK(std::count(made.warnings.begin(), made.warnings.end(), "") == 0);
  }
  CHECK(plain_letter.body.find("{{") == std::string::npos);
}

TEST_CASE("no letter leaves a hole: no empty value, no stray space, no unresolved tag") {
  const Incident all[] = {france_travail(), viamedis(), ministry(), metropole(), free_2024(), mdph()};
  for (Incident incident : all) {
    for (const bool bare : {false, true}) {
      if (bare) {
        incident.incident = {};
        incident.disclosed = {};
        incident.people.clear();
        incident.populations.clear();
        incident.actions.clear();
        incident.summary = {};
        incident.exposed = {};
        incident.not_exposed = {};
      }
      const auto& body = incident.organisations.back();
      const Letter made =
          letter(incident, person(body.name, body.id, {}, false), Verdict::Possible, ReasonCode::PeriodUnknown);
      const std::string text = unwrapped(made.body);
      for (const std::string_view hole : {"{{", "}}", " .", " ,", "« »", "()", "[]", " : .", "⟦", "\x02"}) {
        CAPTURE(hole);
        CHECK(text.find(hole) == std::string::npos);
      }
      for (const std::string& blank : made.blanks)
        CHECK_MESSAGE(text.find("[" + unwrapped(blank) + "]") != std::string::npos, blank);
      for (const std::string& warning : made.warnings) CHECK(warning.find("{{") == std::string::npos);
    }
  }
}

TEST_CASE("warnings speak the person's language, the letter stays French") {
  Profile profile = pole_emploi();
  profile.language = Language::English;
  const Letter made = letter(france_travail(), profile, Verdict::Likely, ReasonCode::WithinPopulation);
  CHECK(warns(made, "Never write your social security number, IBAN or card number in full"));
  CHECK(says(made, "Madame, Monsieur,"));
}

TEST_CASE("a local body is named as the person names it, and its kind gives its legal nature") {
  const Letter made = letter(metropole(), person("Métropole Aix-Marseille-Provence", "", {}, false), Verdict::Possible,
                             ReasonCode::PopulationUnstated);
  CHECK(says(made, "Responsable du traitement : Métropole Aix-Marseille-Provence - Nature juridique : collectivité"));
  CHECK(says(made, "ou amende administrative"));
  const Letter unnamed =
      letter(mdph(), person("MDPH", "mdph", {}, false), Verdict::Possible, ReasonCode::LocalBodyUnnamed);
  CHECK(says(unnamed, "Responsable du traitement : MDPH [nom exact de l'organisme local dont vous dépendez]"));
  CHECK(warns(unnamed, "Écrivez le nom exact"));
  const Letter company =
      letter(free_2024(), person("Free Mobile", "free", {}, false), Verdict::Possible, ReasonCode::PopulationUnstated);
  CHECK(says(company, "Responsable du traitement : Free Mobile"));
}

TEST_CASE("a letter is written as one JSON document") {
  JsonOut out;
  const Letter made = france_travail_letter(Format::Markdown);
  letters::write(out, made);
  JsonParser parser;
  auto json = parser.parse(out.str());
  REQUIRE(json.has_value());
  CHECK((*json)["schema"].text() == "vigifuite/letter@v1");
  CHECK((*json)["generated_at"].text() == "2026-11-24T08:00:00Z");
  CHECK((*json)["format"].text() == "markdown");
  CHECK((*json)["body"].text() == made.body);
  CHECK((*json)["attachments"].is_array());

  JsonOut listed;
  letters::write_kinds(listed, made.generated_at);
  auto kinds = parser.parse(listed.str());
  REQUIRE(kinds.has_value());
  CHECK(listed.str().find("\"id\":\"cnil\"") != std::string_view::npos);
  CHECK(letters::parse_format("docx") == std::nullopt);
  CHECK(letters::parse_format("text") == Format::Text);
}

TEST_CASE("the example person of the repository is read, and gets a letter") {
  JsonParser parser;
  const std::string bytes = file_text(vigifuite::test::source_dir() + "/schemas/examples/profil-exemple.json");
  auto json = parser.parse(bytes);
  REQUIRE(json.has_value());
  auto profile = read_profile(*json);
  if (!profile) MESSAGE(profile.error().what);
  REQUIRE(profile.has_value());
  REQUIRE(profile->ties.size() == 3);
  const Letter made = letter(france_travail(), *profile, Verdict::Likely, ReasonCode::WithinPopulation);
  CHECK(says(made, "Camille Exemple"));
  CHECK(says(made, "J'ai eu affaire à France Travail, que je connais sous le nom de « Pôle emploi », de 2009 à 2013."));
}
