// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/notice_score.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace vigifuite::letters;

namespace {

NoticeItem item(std::string_view text, std::string_view id) {
  for (NoticeItem& one : score_notice(text)) {
    if (one.id == id) return std::move(one);
  }
  FAIL(id);
  return {};
}

bool has(std::string_view text, std::string_view id) {
  return item(text, id).present;
}

}  // namespace

TEST_CASE("four items are mandatory, and an empty notice has none") {
  const auto items = score_notice("");
  CHECK(std::count_if(items.begin(), items.end(), [](const NoticeItem& one) { return one.mandatory; }) == 4);
  CHECK(std::none_of(items.begin(), items.end(), [](const NoticeItem& one) { return one.present; }));
}

TEST_CASE("an item is shown by the sentence that has its words, and that sentence is quoted") {
  const NoticeItem nature =
      item("Bonjour.\nVos données ont fait l'objet d'un ACCÈS NON AUTORISÉ, hier. Merci.", "nature");
  CHECK(nature.present);
  CHECK(nature.words == "Vos données ont fait l'objet d'un ACCÈS NON AUTORISÉ, hier.");
  CHECK(item("\u202EVotre compte : cyberattaque ⟦x⟧\x07", "nature").words == "Votre compte : cyberattaque (x)");
  CHECK(item("cyberattaque " + std::string(1000, 'x'), "nature").words.size() < 260);
}

TEST_CASE("a contact needs a way to reach it") {
  CHECK_FALSE(has("Vous pouvez contacter notre délégué à la protection des données.", "contact"));
  CHECK(has("Notre délégué à la protection des données : dpo@exemple.invalid", "contact"));
  CHECK(has("Contactez-nous au 00 00 00 00 00.", "contact"));
  CHECK(has("Écrire à la déléguée à la protection des données, 1 rue X, 00000 Exempleville Cedex", "contact"));
  CHECK_FALSE(has("Votre numéro 1234 a été consulté.", "contact"));
}

TEST_CASE("consequences, measures and advice are told apart") {
  CHECK(has("Cela crée un risque d'hameçonnage.", "consequences"));
  CHECK_FALSE(has("Aucune conséquence n'est à craindre, ni risque de fraude : aucune conséquence.", "consequences"));
  CHECK_FALSE(has("Nous vous recommandons la prudence.", "measures"));
  CHECK(has("Nous vous recommandons la prudence.", "advice"));
  CHECK(has("L'incident a été notifié à la CNIL.", "measures"));
}

TEST_CASE("a date counts beside its word") {
  CHECK(has("L'incident est survenu le 3 mars 2024.", "incident_date"));
  CHECK(has("L'incident est survenu le 03/03/2024.", "incident_date"));
  CHECK(has("L'incident est survenu le 1er mars.", "incident_date"));
  CHECK_FALSE(has("L'incident est survenu récemment. Fait le 3 mars 2024.", "incident_date"));
  CHECK(has("Nous l'avons détecté le 3 mars 2024.", "discovery_date"));
}

TEST_CASE("any bytes are scored, and no more than 256 KiB of them") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  CHECK(score_notice(bytes).size() == score_notice("").size());
  std::string dots(300'000, '.');
  CHECK_FALSE(has(dots + " cyberattaque", "nature"));
  CHECK(has("cyberattaque " + dots, "nature"));
  CHECK_FALSE(has(std::string(300'000, '@'), "contact"));
}
