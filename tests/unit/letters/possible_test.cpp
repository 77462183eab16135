// SPDX-License-Identifier: AGPL-3.0-or-later
// Which letters are possible now, not yet and why, or never.

#include <algorithm>

#include "daemon/letters/law.hpp"
#include "tests/unit/letters/more_incidents.hpp"

using namespace letters_fixture;
using letters::Possibility;
using letters::Possible;

namespace {

/// One person and one incident, with what was done before.
struct Asking {
  std::optional<Incident> incident;
  Profile profile;
  Verdict verdict = Verdict::Affected;
  Procedure procedure = {};
  letters::Details details = {};
  std::string controller = {};

  [[nodiscard]] letters::Request request(const std::optional<Hit>& hit) const {
    letters::Request asked;
    asked.profile = &profile;
    asked.incident = incident ? &*incident : nullptr;
    asked.hit = hit ? &*hit : nullptr;
    asked.procedure = &procedure;
    asked.details = details;
    asked.controller = controller;
    asked.now = *parse_rfc3339("2026-11-24T08:00:00Z");
    return asked;
  }

  [[nodiscard]] std::optional<Hit> hit() const {
    if (!incident) return std::nullopt;
    return judged(*incident, verdict, ReasonCode::Notified);
  }

  [[nodiscard]] Possibility of(std::string_view kind) const {
    const auto judgement = hit();
    for (Possibility& possible : letters::possibilities(request(judgement), vocabulary())) {
      if (possible.kind.id == kind) return std::move(possible);
    }
    FAIL(kind);
    return {};
  }

  /// What a request for that letter fails with; "" when it is written.
  [[nodiscard]] std::string refusal(std::string kind) const {
    const auto judgement = hit();
    letters::Request asked = request(judgement);
    asked.kind = std::move(kind);
    const auto made = letters::render(asked, vocabulary());
    return made ? std::string() : unwrapped(made.error().in(Language::French));
  }
};

Asking asking(const Incident& incident, const Profile& profile) {
  Asking one;
  one.incident = incident;
  one.profile = profile;
  return one;
}

Asking pole_emploi() {
  return asking(france_travail(), person("Pôle emploi", "france-travail", {on("2009"), on("2013")}, false));
}

SentLetter sent(std::string kind, std::string_view day) {
  return {std::move(kind), on(day), on(day), "lettre recommandée", ""};
}

}  // namespace

TEST_CASE("without an incident only the letters that need none are possible, and each says what it lacks") {
  Asking one = pole_emploi();
  one.incident.reset();
  for (const std::string_view kind : {"cnil", "acces", "relance", "cnil-silence", "indemnisation", "plainte-penale",
                                      "mandat", "defenseur", "conseil-etat"}) {
    CAPTURE(kind);
    CHECK(one.of(kind).state == Possible::Missing);
    CHECK(one.of(kind).why.find("De quelle fuite") == std::string::npos);
    CHECK_FALSE(one.of(kind).why.empty());
  }
  CHECK(one.of("ficoba").state == Possible::Now);
  CHECK(one.of("opposition-debit").state == Possible::Missing);
  CHECK(one.of("algorithme").state == Possible::Missing);
  one.details = {{"decision", "contrôle"}};
  CHECK(one.of("algorithme").state == Possible::Now);
}

TEST_CASE("a withdrawn incident has no letter, a claimed one only the question") {
  Asking one = pole_emploi();
  one.incident->status = IncidentStatus::Retracted;
  for (const std::string_view kind : {"cnil", "acces", "relance", "cnil-silence", "indemnisation", "plainte-penale",
                                      "mandat", "defenseur", "conseil-etat"}) {
    CAPTURE(kind);
    CHECK(one.of(kind).state == Possible::No);
    CHECK(one.refusal(std::string(kind)).find("retirée") != std::string::npos);
  }
  one.incident->status = IncidentStatus::Claimed;
  CHECK(one.of("acces").state == Possible::Now);
  for (const std::string_view kind : {"cnil", "indemnisation", "plainte-penale", "mandat"})
    CHECK(one.of(kind).state == Possible::No);
}

TEST_CASE("a use of the data that is not told is no ground for a criminal complaint, nor is it denied") {
  Asking one = pole_emploi();
  one.details = {{"intrusion", "oui"}, {"misuse", "usurpation"}};
  CHECK(one.of("plainte-penale").state == Possible::Missing);
  CHECK(one.refusal("plainte-penale").find("racontez les faits") != std::string::npos);
  one.details["harm"] = "Le 4 novembre 2024, un compte a été ouvert à mon nom";
  CHECK(one.of("plainte-penale").state == Possible::Now);
  one.details = {{"intrusion", "oui"}, {"misuse", "non"}};
  CHECK(one.of("plainte-penale").state == Possible::Now);
}

TEST_CASE("a complaint needs a notice or a sure tie, else the body is asked first, on the same day at the earliest") {
  Asking one = pole_emploi();
  CHECK(one.of("cnil").state == Possible::Now);
  one.verdict = Verdict::Likely;
  CHECK(one.of("cnil").state == Possible::Now);
  one.verdict = Verdict::Possible;
  CHECK(one.of("cnil").state == Possible::Later);
  CHECK(one.refusal("cnil").find("vigifuite letter acces") != std::string::npos);
  CHECK(one.of("acces").state == Possible::Now);
  one.procedure.sent = {sent("acces", "2026-11-24")};
  CHECK(one.of("cnil").state == Possible::Now);
  one.procedure.sent.clear();
  one.profile.notified = {{one.incident->id, on("2024-03-25"), "courriel"}};
  CHECK(one.of("cnil").state == Possible::Now);
}

TEST_CASE("an unanswered request opens the reminder and the complaint after a month, no sooner") {
  Asking one = pole_emploi();
  CHECK(one.of("relance").state == Possible::Later);
  CHECK(one.of("cnil-silence").state == Possible::Later);
  CHECK(one.refusal("cnil-silence").find("Écrivez d'abord à l'organisme") == 0);

  one.procedure.sent = {sent("acces", "2026-11-02")};
  CHECK(one.of("acces").state == Possible::No);
  const Possibility early = one.of("cnil-silence");
  CHECK(early.state == Possible::Later);
  CHECK(to_string(early.from) == "2026-12-03");
  CHECK(unwrapped(early.why).find("2 décembre 2026") != std::string::npos);

  one.procedure.sent = {sent("acces", "2026-10-02")};
  CHECK(one.of("relance").state == Possible::Now);
  CHECK(one.of("cnil-silence").state == Possible::Now);

  // An extension counts when it was announced within the month, and only then.
  one.procedure.answers = {{"acces", on("2026-10-20"), Outcome::Extended, "", ""}};
  CHECK(one.of("cnil-silence").state == Possible::Later);
  CHECK(to_string(one.of("cnil-silence").from) == "2027-01-05");
  one.procedure.answers = {{"acces", on("2026-11-10"), Outcome::Extended, "", ""}};
  CHECK(one.of("cnil-silence").state == Possible::Now);

  one.procedure.answers = {{"acces", on("2026-10-20"), Outcome::Refused, "", ""}};
  CHECK(one.of("relance").state == Possible::No);
  CHECK(one.of("cnil-silence").state == Possible::Now);
  one.procedure.answers = {{"acces", on("2026-10-20"), Outcome::Complete, "", ""}};
  CHECK(one.of("cnil-silence").state == Possible::No);
}

TEST_CASE("delays run from what was sent until it is settled") {
  Asking one = pole_emploi();
  const auto delays = [&] {
    const auto judgement = one.hit();
    return letters::running_delays(one.request(judgement), vocabulary());
  };
  CHECK(delays().empty());
  one.procedure.sent = {sent("acces", "2026-11-02"), sent("cnil", "2026-11-03")};
  REQUIRE(delays().size() == 2);
  CHECK(delays()[0].kind.id == "cnil");
  CHECK(to_string(delays()[0].due) == "2027-02-03");
  CHECK(to_string(delays()[0].until) == "2027-04-03");
  CHECK(delays()[1].kind.id == "acces");
  CHECK(to_string(delays()[1].due) == "2026-12-02");
  CHECK_FALSE(delays()[1].until.known());
  one.procedure.answers = {{"acces", on("2026-11-10"), Outcome::Complete, "", ""}};
  REQUIRE(delays().size() == 1);
}

TEST_CASE("the Conseil d'État comes after three months of silence, for two months, and not after an answer") {
  Asking one = pole_emploi();
  CHECK(one.of("conseil-etat").state == Possible::Later);
  one.procedure.sent = {sent("cnil", "2026-09-01")};
  CHECK(to_string(one.of("conseil-etat").from) == "2026-12-02");
  one.procedure.sent = {sent("cnil", "2026-08-03")};
  one.procedure.answers = {{"cnil", on("2026-08-10"), Outcome::Acknowledged, "44-26034", ""}};
  CHECK(one.of("conseil-etat").state == Possible::Now);
  one.procedure.answers.push_back({"cnil", on("2026-09-10"), Outcome::Extended, "", "en cours"});
  CHECK(one.of("conseil-etat").state == Possible::No);
  one.procedure.answers.clear();
  one.procedure.sent = {sent("cnil", "2026-05-04")};
  CHECK(one.of("conseil-etat").state == Possible::No);
  CHECK(one.refusal("conseil-etat").find("ont pris fin le 4 octobre 2026") != std::string::npos);
}

TEST_CASE("the claim differs by legal nature, and an unknown nature is asked for") {
  Asking state = asking(ministry(), person("Ministère de l'Intérieur", "interieur", {}, false));
  state.details = {{"harm", "un appel"}};
  CHECK(state.of("indemnisation").state == Possible::Now);
  Asking unknown = asking(transport(), person("Tisséo", "transports-publics", {}, false));
  unknown.details = {{"harm", "un appel"}};
  CHECK(unknown.of("indemnisation").state == Possible::Missing);
  CHECK(unknown.refusal("indemnisation").find("--detail nature=") != std::string::npos);
  unknown.details.emplace("nature", "publique");
  CHECK(unknown.of("indemnisation").state == Possible::Now);

  // What was read of a body wins over what the person says; what we only recall does not.
  Asking told = pole_emploi();
  told.details = {{"harm", "un appel"}, {"nature", "privee"}};
  CHECK(told.of("indemnisation").state == Possible::No);
  state.details.emplace("nature", "privee");
  CHECK(state.of("indemnisation").state == Possible::Now);
}

TEST_CASE("no claim without harm, on doubtful facts, or for harm older than the incident") {
  Asking one = pole_emploi();
  CHECK(one.of("indemnisation").state == Possible::Missing);
  one.details = {{"harm", "un appel"}};
  CHECK(one.of("indemnisation").state == Possible::Now);
  one.verdict = Verdict::Possible;
  CHECK(one.of("indemnisation").state == Possible::Later);
  one.verdict = Verdict::Affected;
  one.incident->disputed = true;
  CHECK(one.of("indemnisation").state == Possible::Later);
  one.incident->disputed = false;
  one.details.clear();
  one.procedure.consequences = {{on("2023-01-01"), "un appel", {}, {}, ""}};
  CHECK(one.of("indemnisation").state == Possible::Missing);
  CHECK(one.refusal("indemnisation").find("avant l'incident") != std::string::npos);
}

TEST_CASE("the Défenseur des droits is for public services, after the reminder") {
  Asking company = asking(free_2024(), person("Free", "free", {}, false));
  CHECK(company.of("defenseur").state == Possible::No);
  Asking fund = asking(caf(), person("CAF du Var", "caf", {}, false));
  CHECK(fund.of("defenseur").state == Possible::Later);
  fund.procedure.sent = {sent("acces", "2026-09-01")};
  CHECK(fund.of("defenseur").state == Possible::Later);
  fund.procedure.sent.push_back(sent("relance", "2026-11-20"));
  CHECK(to_string(fund.of("defenseur").from) == "2026-12-01");
  fund.procedure.sent.back() = sent("relance", "2026-11-02");
  CHECK(fund.of("defenseur").state == Possible::Now);
}

TEST_CASE("a debit can be objected to for thirteen months, or eight weeks when it was authorised") {
  Asking one = pole_emploi();
  one.incident.reset();
  const auto state = [&](std::string_view authorised, std::string_view day) {
    one.details = {{"authorised", std::string(authorised)},
                   {"debit_date", std::string(day)},
                   {"debit_amount", "12"},
                   {"creditor", "x"},
                   {"bank", "y"}};
    return one.of("opposition-debit").state;
  };
  CHECK(state("jamais", "2025-10-24") == Possible::Now);
  CHECK(state("jamais", "2025-10-23") == Possible::No);
  CHECK(state("oui", "2026-09-29") == Possible::Now);
  CHECK(state("oui", "2026-09-28") == Possible::No);
}

TEST_CASE("a criminal complaint needs an intrusion of the last six years") {
  Asking one = pole_emploi();
  CHECK(one.of("plainte-penale").state == Possible::Missing);
  one.details = {{"intrusion", "non"}};
  CHECK(one.of("plainte-penale").state == Possible::No);
  one.details = {{"intrusion", "oui"}};
  CHECK(one.of("plainte-penale").state == Possible::Now);
  one.incident->incident = {on("2020-09-01"), on("2020-10-01")};
  CHECK(one.of("plainte-penale").state == Possible::No);
}

TEST_CASE("what is told and cannot be is refused with a sentence that says where") {
  Asking one = pole_emploi();
  const auto with = [&](Procedure procedure, letters::Details details) {
    one.procedure = std::move(procedure);
    one.details = std::move(details);
    return one.refusal("plainte-penale");
  };
  CHECK(with({}, {{"moon", "1"}}).find("ne demande pas « moon »") != std::string::npos);
  CHECK(with({}, {{"birth_date", "1980"}}).find("« birth_date » doit être un jour") != std::string::npos);
  CHECK(with({}, {{"birth_date", "2030-01-01"}}).find("ne peut pas être un jour à venir") != std::string::npos);
  CHECK(with({}, {{"amount", "12,345"}}).find("« amount » doit être une somme") != std::string::npos);
  CHECK(with({}, {{"intrusion", "peut-être"}}).find("choisir parmi oui et non") != std::string::npos);
  CHECK(with({}, {{"nationality", std::string(101, 'x')}}).find("trop long") != std::string::npos);
  CHECK(with({{sent("pardon", "2026-09-01")}, {}, {}}, {}).find("lettre inconnue") != std::string::npos);
  CHECK(with({{sent("acces", "2027-09-01")}, {}, {}}, {}).find("n'est pas encore venu") != std::string::npos);
  CHECK(with({{}, {{"acces", on("2026-09-01"), Outcome::Refused, "", ""}}, {}}, {}).find("sans lettre envoyée") !=
        std::string::npos);
}

TEST_CASE("everything a person gives stays in its place, in any script and with any sign") {
  const std::string evil = "{{evil}}\n# Titre\n! coché ⟦blanc⟧ \x02 <b> *x* \u202E مرحبا 🙂 株式会社";
  Asking one = asking(free_2024(), person("Free", "free", {on("2015"), {}}, true));
  one.profile.identity = {evil, evil, evil, evil};
  one.profile.identity.birth_name = evil;
  one.procedure.sent = {{"acces", on("2026-09-01"), {}, evil, evil}};
  one.procedure.answers = {{"acces", on("2026-09-10"), Outcome::Partial, evil, evil}};
  one.procedure.consequences = {{on("2024-11-01"), evil, 10, 5, evil}};
  const std::pair<std::string_view, letters::Details> letters_of_one[] = {
      {"cnil", {}},
      {"cnil-silence", {{"missing", evil}}},
      {"indemnisation", {{"moral", evil}, {"link", evil}}},
      {"plainte-penale", {{"intrusion", "oui"}, {"nationality", "française"}, {"birth_place", evil}}},
      {"mandat",
       {{"association", evil}, {"association_kind", "membre"}, {"membership", evil}, {"association_object", evil}}},
      {"opposition-debit",
       {{"authorised", "jamais"},
        {"debit_date", "2026-09-01"},
        {"debit_amount", "1"},
        {"creditor", evil},
        {"bank", evil}}},
      {"banque-de-france", {{"complaint_date", "2026-09-01"}, {"contested", evil}}},
      {"algorithme", {{"decision", evil}, {"decision_reference", evil}}}};
  for (const auto& [kind, details] : letters_of_one) {
    CAPTURE(kind);
    one.details = details;
    const auto judgement = one.hit();
    letters::Request asked = one.request(judgement);
    asked.kind = kind;
    const auto made = letters::render(asked, vocabulary());
    if (!made) MESSAGE(made.error().what);
    REQUIRE(made.has_value());
    CHECK(made->body.find("\n# Titre") == std::string::npos);
    CHECK(made->body.find("☒ coché") == std::string::npos);
    CHECK(made->body.find('\x02') == std::string::npos);
    CHECK(made->body.find("\u202E") == std::string::npos);
    CHECK(made->body.find("{{evil}}") != std::string::npos);
    CHECK(made->body.find("مرحبا") != std::string::npos);
    CHECK(std::find(made->blanks.begin(), made->blanks.end(), "blanc") == made->blanks.end());
  }
}

TEST_CASE("the State is asked for no fine, by any letter") {
  Asking one = asking(ministry(), person("Ministère de l'Intérieur", "interieur", {on("2019"), {}}, true));
  one.procedure.sent = {sent("acces", "2026-09-01")};
  for (const std::string kind : {"cnil", "cnil-silence"}) {
    const auto judgement = one.hit();
    letters::Request asked = one.request(judgement);
    asked.kind = kind;
    const auto made = letters::render(asked, vocabulary());
    REQUIRE(made.has_value());
    CHECK_FALSE(says(*made, "ou amende administrative"));
    CHECK_FALSE(says(*made, "sous astreinte"));
  }
}

TEST_CASE("the law is listed once each, what is to be verified first, and is old after a year") {
  const auto items = letters::law_items(letters::shipped_rules(), on("2026-11-27"));
  CHECK(std::is_sorted(items.begin(), items.end(), [](const letters::LawItem& a, const letters::LawItem& b) {
    return a.read.found < b.read.found;
  }));
  CHECK_FALSE(items.front().read.found);
  for (const letters::LawItem& item : items) CHECK_MESSAGE(item.text.find("{{") == std::string::npos, item.text);
  CHECK(items.back().read.found);
  CHECK(std::none_of(items.begin(), items.end(), [](const letters::LawItem& item) { return item.stale; }));
  const auto later = letters::law_items(letters::shipped_rules(), on("2027-12-01"));
  CHECK(std::all_of(later.begin(), later.end(), [](const letters::LawItem& item) { return item.stale; }));
}

TEST_CASE("a letter whose articles were last read over a year ago says so") {
  Asking one = pole_emploi();
  const auto judgement = one.hit();
  letters::Request asked = one.request(judgement);
  asked.kind = "cnil";
  CHECK_FALSE(warns(letters::render(asked, vocabulary()).value(), "Relus il y a plus d'un an"));
  asked.now = *parse_rfc3339("2027-12-01T08:00:00Z");
  CHECK(warns(letters::render(asked, vocabulary()).value(), "Relus il y a plus d'un an"));
}
