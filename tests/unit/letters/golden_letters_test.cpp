// SPDX-License-Identifier: AGPL-3.0-or-later
// Every letter in every legal nature and situation that changes it, kept as a file so that a change of one word is read
// by someone. After reading it, run
//   VIGIFUITE_GOLDEN=write build/dev/tests/unit_letters

#include <set>

#include "tests/unit/letters/formats.hpp"
#include "tests/unit/letters/more_incidents.hpp"

using namespace letters_fixture;
using letters::Details;

namespace {

const Period k2009 = {on("2009"), on("2013")}, k2015 = {on("2015"), {}}, k2019 = {on("2019-06-01"), {}};

/// One letter: whose, about what, after which steps.
struct Row {
  std::string name;
  std::string kind;
  std::optional<Incident> incident;
  Profile profile;
  Verdict verdict = Verdict::Likely;
  ReasonCode reason = ReasonCode::WithinPopulation;
  Procedure procedure = {};
  Details details = {};
  std::string notice = {};
  std::string controller = {};
};

Profile camille(std::string name, std::string id, Period period) {
  return person(std::move(name), std::move(id), period, period.from.known() && !period.to.known());
}

Profile told(Profile profile, const Incident& incident, std::string_view day) {
  profile.notified = {{incident.id, on(day), "courriel"}};
  return profile;
}

Profile pole_emploi() {
  return camille("Pôle emploi", "france-travail", k2009);
}
Profile harmonie() {
  return camille("Harmonie Mutuelle", "vyv-harmonie", k2015);
}
Profile ministry_user() {
  return camille("Ministère de l'Intérieur", "interieur", k2019);
}
Profile town() {
  return camille("Métropole Aix-Marseille-Provence", "", k2015);
}
Profile patient() {
  return camille("Centre hospitalier sud-francilien", "", {on("2020"), on("2021")});
}
Profile caf_user() {
  return camille("CAF du Var", "caf", k2019);
}
Profile free_user() {
  return told(camille("Free", "free", {on("2015"), on("2018-06")}), free_2024(), "2024-10-26");
}
Profile mdph_user() {
  return camille("MDPH", "mdph", k2015);
}
Profile rider() {
  return camille("Tisséo", "transports-publics", k2019);
}
Profile player() {
  return told(camille("FFF", "fff", k2019), federation(), "2025-11-28");
}

/// An access request sent on 1 September 2026, received on the 3rd: due on 5 October.
Procedure asked() {
  Procedure done;
  done.sent = {{"acces", on("2026-09-01"), on("2026-09-03"), "lettre recommandée", "avis de réception signé"}};
  return done;
}

Procedure reminded() {
  Procedure done = asked();
  done.sent.push_back({"relance", on("2026-10-12"), {}, "courriel", ""});
  return done;
}

Procedure answered(Outcome outcome, std::string what) {
  Procedure done = asked();
  done.answers = {{"acces", on("2026-09-25"), outcome, "", std::move(what)}};
  return done;
}

Procedure extended() {
  Procedure done;
  done.sent = {{"acces", on("2026-07-01"), on("2026-07-03"), "courrier suivi", "suivi postal"}};
  done.answers = {{"acces", on("2026-07-20"), Outcome::Extended, "RGPD-118", "demandes nombreuses"}};
  return done;
}

Procedure complained(std::string kind) {
  Procedure done = asked();
  done.sent.front().date = on("2026-06-01");
  done.sent.front().delivered = on("2026-06-03");
  done.sent.push_back({std::move(kind), on("2026-07-15"), on("2026-07-17"), "lettre recommandée", "avis de réception"});
  done.answers = {{done.sent.back().kind, on("2026-07-24"), Outcome::Acknowledged, "44-26034", ""}};
  return done;
}

/// Consequences, all of one autumn.
Procedure harmed(std::string year = "2024") {
  Procedure done;
  done.consequences = {{on(year + "-11-04"),
                        "Appel d'un faux conseiller bancaire qui connaissait mon adresse et ma banque",
                        {},
                        35,
                        "journal d'appels"},
                       {on(year + "-10-30"), "Message frauduleux au nom de l'organisme", {}, 10, "capture d'écran"},
                       {on(year + "-11-12"), "Frais d'opposition et de nouvelle carte", 1650, 60, "relevé de compte"}};
  return done;
}

Details civil(Details more) {
  more.emplace("birth_date", "1980-02-29");
  more.emplace("birth_place", "Exempleville");
  more.emplace("nationality", "française");
  more.emplace("phone", "00 00 00 00 00");
  more.emplace("intrusion", "oui");
  return more;
}

Details mandate(std::string kind, Details more) {
  more.emplace("association", "Association Exemple de défense des personnes");
  more.emplace("association_kind", std::move(kind));
  more.emplace("association_rna", "W000000000");
  more.emplace("association_address", "1 place de l'Exemple, 00000 Exempleville");
  more.emplace("association_by", "Dominique Exemple, présidence");
  more.emplace("birth_date", "1980-02-29");
  return more;
}

Details debit(std::string authorised, std::string day) {
  return {{"authorised", std::move(authorised)},
          {"debit_date", std::move(day)},
          {"debit_amount", "49,90"},
          {"creditor", "EXEMPLE ABONNEMENTS"},
          {"bank", "Banque de l'Exemple"},
          {"bank_address", "2 rue de la Banque, 00000 Exempleville"},
          {"account_end", "0123"}};
}

constexpr std::string_view kShortNotice =
    "Bonjour,\nNous vous informons que vos données ont fait l'objet d'un accès non autorisé.\n"
    "Vos nom, prénom et adresse sont concernés.\nNous restons à votre disposition.\n";
constexpr std::string_view kWholeNotice =
    "Bonjour,\nLe 21 octobre 2024, nous avons constaté une violation de données : un acte malveillant a visé un outil "
    "de "
    "gestion. Les données concernées sont vos nom, adresse et IBAN.\nIl existe un risque de hameçonnage et de "
    "prélèvement frauduleux.\nNous avons pris des mesures de sécurité et notifié l'incident à la CNIL. Nous vous "
    "recommandons de surveiller votre compte.\nNotre délégué à la protection des données : dpo@exemple.invalid.\n";

std::vector<Row> complaints_on_security() {
  const Incident free = free_2024(), travail = france_travail();
  Procedure busy = reminded();
  busy.consequences = harmed().consequences;
  return {
      {"L1-france-travail-message-court",
       "cnil",
       travail,
       told(camille("France Travail", "france-travail", k2019), travail, "2024-03-25"),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       {},
       std::string(kShortNotice)},
      {"L1-free-message-complet",
       "cnil",
       free,
       free_user(),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       {},
       std::string(kWholeNotice)},
      {"L1-hopital-sans-message", "cnil", hospital(), patient(), Verdict::Possible, ReasonCode::CurrentAtIncident,
       asked_that_day()},
      {"L1-caf-sans-message", "cnil", caf(), caf_user(), Verdict::Possible, ReasonCode::PopulationUnstated,
       asked_that_day()},
      {"L1-federation-message-recu", "cnil", federation(), player(), Verdict::Affected, ReasonCode::Notified},
      {"L1-france-travail-apres-demarches", "cnil", travail, pole_emploi(), Verdict::Likely,
       ReasonCode::WithinPopulation, busy},
  };
}

std::vector<Row> access_requests() {
  return {
      {"L2-france-travail",
       "acces",
       france_travail(),
       pole_emploi(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       {{"identifier", "0000000A"}, {"birth_name", "Modèle"}}},
      {"L2-harmonie", "acces", viamedis(), harmonie(), Verdict::Possible, ReasonCode::ThroughProcessor},
      {"L2-ministere", "acces", ministry(), ministry_user(), Verdict::Possible, ReasonCode::PopulationUnstated},
      {"L2-metropole", "acces", metropole(), town(), Verdict::Possible, ReasonCode::CurrentAtIncident},
      {"L2-free-message-recu", "acces", free_2024(), free_user(), Verdict::Affected, ReasonCode::Notified},
      {"L2-mdph", "acces", mdph(), mdph_user(), Verdict::Possible, ReasonCode::LocalBodyUnnamed},
      {"L2-caf", "acces", caf(), caf_user(), Verdict::Possible, ReasonCode::PopulationUnstated},
      {"L2-hopital", "acces", hospital(), patient(), Verdict::Possible, ReasonCode::CurrentAtIncident},
      {"L2-revendique", "acces", only_claimed(), town(), Verdict::Possible, ReasonCode::ClaimNotConfirmed},
      {"L2-non-concerne", "acces", france_travail(), camille("Pôle emploi", "france-travail", {on("1990"), on("1995")}),
       Verdict::NotAffected, ReasonCode::OutsidePeriod},
  };
}

std::vector<Row> reminders() {
  Procedure acknowledged = asked();
  acknowledged.answers = {{"acces", on("2026-09-08"), Outcome::Acknowledged, "D-2026-77", ""}};
  Procedure undated = asked();
  undated.sent.front().delivered = {};
  return {
      {"L3-france-travail-silence", "relance", france_travail(), pole_emploi(), Verdict::Likely,
       ReasonCode::WithinPopulation, asked()},
      {"L3-metropole-accuse", "relance", metropole(), town(), Verdict::Possible, ReasonCode::CurrentAtIncident,
       acknowledged},
      {"L3-caf-prolongation", "relance", caf(), caf_user(), Verdict::Possible, ReasonCode::PopulationUnstated,
       extended()},
      {"L3-revendique", "relance", only_claimed(), town(), Verdict::Possible, ReasonCode::ClaimNotConfirmed, asked()},
      {"L3-free-sans-avis", "relance", free_2024(), free_user(), Verdict::Affected, ReasonCode::Notified, undated},
  };
}

std::vector<Row> complaints_on_access() {
  return {
      {"L4-france-travail-silence", "cnil-silence", france_travail(), pole_emploi(), Verdict::Likely,
       ReasonCode::WithinPopulation, asked()},
      {"L4-harmonie-relance", "cnil-silence", viamedis(), harmonie(), Verdict::Possible, ReasonCode::ThroughProcessor,
       reminded()},
      {"L4-ministere-refus", "cnil-silence", ministry(), ministry_user(), Verdict::Possible,
       ReasonCode::PopulationUnstated, answered(Outcome::Refused, "votre demande relève du secret")},
      {"L4-free-partielle",
       "cnil-silence",
       free_2024(),
       free_user(),
       Verdict::Affected,
       ReasonCode::Notified,
       answered(Outcome::Partial, "voici vos factures"),
       {{"missing", "l'identité des destinataires et la réponse sur l'incident."}}},
      {"L4-caf-prolongation", "cnil-silence", caf(), caf_user(), Verdict::Possible, ReasonCode::PopulationUnstated,
       extended()},
      {"L4-revendique", "cnil-silence", only_claimed(), town(), Verdict::Possible, ReasonCode::ClaimNotConfirmed,
       reminded()},
      {"L4-metropole-silence", "cnil-silence", metropole(), town(), Verdict::Possible, ReasonCode::CurrentAtIncident,
       asked()},
  };
}

std::vector<Row> claims() {
  const Details sum = {{"amount", "500"}, {"link", "l'appelant connaissait mon adresse et ma banque"}};
  const Details moral = {{"amount", "1200,50"},
                         {"moral", "je ne réponds plus aux appels et je dors mal, comme le montre le certificat joint"},
                         {"link", "l'appelant connaissait mon IBAN"}};
  Details public_body = sum, private_body = sum;
  public_body.emplace("nature", "publique");
  private_body.emplace("nature", "privee");
  const Incident travail = france_travail(), state = ministry(), harm = viamedis();
  return {
      {"L5A-france-travail", "indemnisation", travail, pole_emploi(), Verdict::Likely, ReasonCode::WithinPopulation,
       harmed(), sum},
      {"L5A-ministere", "indemnisation", state, told(ministry_user(), state, "2025-12-15"), Verdict::Affected,
       ReasonCode::Notified, harmed("2026"), sum},
      {"L5A-metropole",
       "indemnisation",
       metropole(),
       town(),
       Verdict::Likely,
       ReasonCode::CurrentAtIncident,
       {},
       {{"harm", "Le 2 avril 2026, j'ai reçu douze messages frauduleux au nom de la métropole."}}},
      {"L5A-hopital", "indemnisation", hospital(), told(patient(), hospital(), "2022-10-01"), Verdict::Affected,
       ReasonCode::Notified, harmed(), moral},
      {"L5A-mdph", "indemnisation", mdph(), told(mdph_user(), mdph(), "2026-03-04"), Verdict::Affected,
       ReasonCode::Notified, harmed("2026"), moral},
      {"L5A-transport-dit-public", "indemnisation", transport(), rider(), Verdict::Likely,
       ReasonCode::CurrentAtIncident, harmed("2026"), public_body},
      {"L5B-transport-dit-prive", "indemnisation", transport(), rider(), Verdict::Likely, ReasonCode::CurrentAtIncident,
       harmed("2026"), private_body},
      {"L5B-harmonie", "indemnisation", harm, told(harmonie(), harm, "2024-02-20"), Verdict::Affected,
       ReasonCode::Notified, harmed(), moral},
      {"L5B-free", "indemnisation", free_2024(), free_user(), Verdict::Affected, ReasonCode::Notified, harmed(), moral},
      {"L5B-caf", "indemnisation", caf(), told(caf_user(), caf(), "2024-02-16"), Verdict::Affected,
       ReasonCode::Notified, harmed(), sum},
      {"L5B-federation",
       "indemnisation",
       federation(),
       player(),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       {{"harm", "Le 3 décembre 2025, un faux club m'a demandé de payer une licence"}}},
  };
}

std::vector<Row> criminal_complaints() {
  const Incident state = ministry();
  return {
      {"L6-france-travail",
       "plainte-penale",
       france_travail(),
       pole_emploi(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       civil({{"misuse", "non"}})},
      {"L6-ministere-etat",
       "plainte-penale",
       state,
       told(ministry_user(), state, "2025-12-15"),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       civil({{"misuse", "usurpation"}, {"harm", "Le 8 janvier 2026, un compte a été ouvert à mon nom."}})},
      {"L6-free-escroquerie", "plainte-penale", free_2024(), free_user(), Verdict::Affected, ReasonCode::Notified,
       harmed(), civil({{"misuse", "les-deux"}, {"civil_party", "oui"}, {"amount", "16,50"}})},
      {"L6-harmonie-organisme", "plainte-penale", viamedis(), harmonie(), Verdict::Likely, ReasonCode::ThroughProcessor,
       harmed(), civil({{"misuse", "escroquerie"}, {"organisation", "oui"}})},
      {"L6-hopital-form-fermee",
       "plainte-penale",
       hospital(),
       told(patient(), hospital(), "2022-10-01"),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       civil({{"organisation", "oui"}})},
      {"L6-caf-sans-etat-civil",
       "plainte-penale",
       caf(),
       told(caf_user(), caf(), "2024-02-16"),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       {{"intrusion", "oui"}}},
  };
}

std::vector<Row> mandates() {
  return {
      {"L7-france-travail-membre",
       "mandat",
       france_travail(),
       pole_emploi(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       mandate("membre", {{"scope", "tout"}, {"membership", "adhésion n° 12, depuis 2025"}, {"until", "2028-11-24"}})},
      {"L7-free-consommateurs",
       "mandat",
       free_2024(),
       free_user(),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       mandate("consommateurs", {{"scope", "plainte"}, {"until", "2027-11-24"}})},
      {"L7-caf-syndicat",
       "mandat",
       caf(),
       caf_user(),
       Verdict::Possible,
       ReasonCode::PopulationUnstated,
       {},
       mandate("syndicat", {{"scope", "recours"}})},
      {"L7-harmonie-droits",
       "mandat",
       viamedis(),
       harmonie(),
       Verdict::Possible,
       ReasonCode::ThroughProcessor,
       {},
       mandate("droits", {{"scope", "plainte"}, {"association_object", "défendre les droits des malades"}})},
      {"L7-mdph-vie-privee",
       "mandat",
       mdph(),
       mdph_user(),
       Verdict::Possible,
       ReasonCode::LocalBodyUnnamed,
       {},
       mandate("vie-privee", {})},
  };
}

std::vector<Row> to_the_defender() {
  const Details hard = {{"difficulty", "je ne sais pas si je dois refaire mes papiers"}};
  Procedure late = reminded();
  late.sent.push_back({"cnil-silence", on("2026-11-02"), {}, "téléservice", ""});
  return {
      {"L8-france-travail-silence", "defenseur", france_travail(), pole_emploi(), Verdict::Likely,
       ReasonCode::WithinPopulation, late, hard},
      {"L8-revendique", "defenseur", only_claimed(), town(), Verdict::Possible, ReasonCode::ClaimNotConfirmed, late,
       hard},
      {"L8-caf-refus", "defenseur", caf(), caf_user(), Verdict::Possible, ReasonCode::PopulationUnstated,
       answered(Outcome::Refused, "nous ne répondons pas à ces demandes"), hard},
      {"L8-hopital-partielle",
       "defenseur",
       hospital(),
       patient(),
       Verdict::Possible,
       ReasonCode::CurrentAtIncident,
       answered(Outcome::Partial, "votre dossier est à l'accueil"),
       {{"missing", "la réponse sur l'incident"}}},
      {"L8-ministere-silence", "defenseur", ministry(), ministry_user(), Verdict::Possible,
       ReasonCode::PopulationUnstated, reminded(), hard},
  };
}

std::vector<Row> without_a_body() {
  const Details born = {{"birth_date", "1980-02-29"}, {"birth_place", "Exempleville"}};
  Details complained = born;
  complained.emplace("complaint_date", "2026-11-02");
  complained.emplace("complaint_place", "le commissariat d'Exempleville");
  return {
      {"L9-jamais-autorise",
       "opposition-debit",
       {},
       pole_emploi(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       debit("jamais", "2026-10-05")},
      {"L9-apres-free",
       "opposition-debit",
       free_2024(),
       free_user(),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       debit("jamais", "2026-01-05")},
      {"L9-autorise",
       "opposition-debit",
       {},
       pole_emploi(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       debit("oui", "2026-10-30")},
      {"L10-banque-de-france",
       "banque-de-france",
       {},
       pole_emploi(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       complained},
      {"L10-banque-de-france-apres-france-travail",
       "banque-de-france",
       france_travail(),
       pole_emploi(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       complained},
      {"L10B-ficoba", "ficoba", {}, pole_emploi(), Verdict::Likely, ReasonCode::WithinPopulation, {}, born},
      {"L10B-ficoba-apres-free",
       "ficoba",
       free_2024(),
       free_user(),
       Verdict::Affected,
       ReasonCode::Notified,
       {},
       {{"birth_date", "1980-02-29"}, {"birth_place", "Exempleville"}, {"complaint_date", "2026-11-02"}}},
  };
}

std::vector<Row> to_courts_and_about_algorithms() {
  return {
      {"L11-silence-securite", "conseil-etat", france_travail(), pole_emploi(), Verdict::Likely,
       ReasonCode::WithinPopulation, complained("cnil")},
      {"L11-revendique", "conseil-etat", only_claimed(), town(), Verdict::Possible, ReasonCode::ClaimNotConfirmed,
       complained("cnil-silence")},
      {"L11-silence-acces", "conseil-etat", free_2024(), free_user(), Verdict::Affected, ReasonCode::Notified,
       complained("cnil-silence")},
      {"L12-caf-controle",
       "algorithme",
       {},
       caf_user(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       {{"decision", "contrôle de mon dossier et suspension du RSA"},
        {"decision_date", "2026-10-12"},
        {"identifier", "numéro d'allocataire 0000000"},
        {"domain", "autre"}}},
      {"L12-parcoursup",
       "algorithme",
       {},
       camille("Parcoursup", "mesr", {on("2026"), {}}),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       {{"decision", "réponse à mes vœux Parcoursup"},
        {"decision_reference", "dossier 000000"},
        {"domain", "superieur"}}},
      {"L12-free",
       "algorithme",
       {},
       free_user(),
       Verdict::Likely,
       ReasonCode::WithinPopulation,
       {},
       {{"decision", "refus d'abonnement"}},
       {},
       "free"},
  };
}

letters::Letter make(const Row& row) {
  letters::Request asked;
  asked.kind = row.kind;
  asked.profile = &row.profile;
  asked.incident = row.incident ? &*row.incident : nullptr;
  std::optional<Hit> hit;
  if (row.incident) hit = judged(*row.incident, row.verdict, row.reason);
  asked.hit = hit ? &*hit : nullptr;
  asked.procedure = &row.procedure;
  asked.details = row.details;
  asked.notice = row.notice;
  asked.controller = row.controller;
  asked.now = *parse_rfc3339("2026-11-24T08:00:00Z");
  auto made = letters::render(asked, vocabulary());
  if (!made) MESSAGE(row.name, ": ", made.error().what);
  REQUIRE(made.has_value());
  return *std::move(made);
}

/// What may stand in no letter: a hole, a tag, a word that makes a possibility certain.
void check_sound(const std::string& name, const letters::Letter& made) {
  CAPTURE(name);
  const std::string text = unwrapped(made.body);
  for (const std::string_view hole :
       {"{{", "}}", " .", " ,", "..", "« »", "()", "[]", " : .", " : ;", "⟦", "\x02", ": ,"}) {
    CAPTURE(hole);
    CHECK(text.find(hole) == std::string::npos);
  }
  for (const std::string& blank : made.blanks) {
    CHECK_MESSAGE(text.find("[" + unwrapped(blank) + "]") != std::string::npos, blank);
  }
  for (const std::string& warning : made.warnings) CHECK_MESSAGE(warning.find("{{") == std::string::npos, warning);
  for (const std::string& way : made.ways) CHECK_MESSAGE(way.find("{{") == std::string::npos, way);
  CHECK_FALSE(made.warnings.empty());
  CHECK_FALSE(made.title.empty());
}

void compare(const std::vector<Row>& rows) {
  static std::set<std::string> names;
  for (const Row& row : rows) {
    CHECK_MESSAGE(names.insert(row.name).second, row.name);
    const letters::Letter made = make(row);
    check_sound(row.name, made);
    check_formats(made);
    const std::string path = vigifuite::test::source_dir() + "/tests/golden/letters/" + row.name + ".txt";
    std::string whole = made.body;
    whole += "\n=== hors de la lettre : à savoir ===\n";
    for (const std::string& warning : made.warnings) whole += "* " + warning + "\n";
    whole += "\n=== comment l'envoyer ===\n";
    for (const std::string& way : made.ways) whole += "* " + way + "\n";
    if (std::getenv("VIGIFUITE_GOLDEN") != nullptr) {
      std::ofstream(path, std::ios::binary) << whole;
      continue;
    }
    INFO("after reading the change, run VIGIFUITE_GOLDEN=write build/dev/tests/unit_letters");
    CHECK_MESSAGE(file_text(path) == whole, path);
  }
}

}  // namespace

TEST_CASE("golden: complaints on security, with and without what was done before") {
  compare(complaints_on_security());
}

TEST_CASE("golden: access requests") {
  compare(access_requests());
}

TEST_CASE("golden: reminders") {
  compare(reminders());
}

TEST_CASE("golden: complaints on an access request") {
  compare(complaints_on_access());
}

TEST_CASE("golden: claims, to public bodies and to private ones") {
  compare(claims());
}

TEST_CASE("golden: criminal complaints") {
  compare(criminal_complaints());
}

TEST_CASE("golden: mandates to the five kinds of bodies") {
  compare(mandates());
}

TEST_CASE("golden: complaints to the Défenseur des droits") {
  compare(to_the_defender());
}

TEST_CASE("golden: letters that need no body: a debit, an identity stolen") {
  compare(without_a_body());
}

TEST_CASE("golden: to the Conseil d'État, and about algorithms") {
  compare(to_courts_and_about_algorithms());
}
