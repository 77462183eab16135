// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include "feeds/extract/lexicon.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds::extract;

namespace {

Lexicon french(std::string_view toml) {
  auto lexicon = Lexicon::load({{"test.toml", toml}}, Language::French, Vocabulary::shipped());
  REQUIRE_MESSAGE(lexicon.has_value(), lexicon.error().what);
  return std::move(lexicon).value();
}

std::vector<std::string> mentions(const Lexicon& lexicon, std::string_view text) {
  const Document document = segment(text);
  std::vector<std::string> out;
  for (const Mention& mention : lexicon.recognise(document).mentions)
    out.emplace_back(document.written(mention.first, mention.last));
  return out;
}

std::string complaint(std::string_view toml) {
  const auto lexicon = Lexicon::load({{"test.toml", toml}}, Language::French, Vocabulary::shipped());
  return lexicon ? "" : lexicon.error().what;
}

}  // namespace

TEST_CASE("lexicon: a word stands for its plural and its feminine, an exact word for itself") {
  const Lexicon lexicon = french("[fr.categories]\nhealth = [\"donnee medical\"]\nname = [\"=nom\"]");
  CHECK(mentions(lexicon, "des données médicales, la donnée médicale, le nom, les noms") ==
        std::vector<std::string>{"données médicales", "donnée médicale", "nom"});
}

TEST_CASE("lexicon: choices, optional words, articles, prefixes and numbers") {
  const Lexicon lexicon = french(R"toml([fr.categories]
nir = ["numero ~ (securite sociale|secu)", "immatricul*"]
phone = ["(numero ~)? (telephone|portable) (mobile)?"]
order_history = ["# commandes"])toml");
  CHECK(mentions(lexicon, "le numéro de sécurité sociale, votre numéro de la Sécu, immatriculation") ==
        std::vector<std::string>{"numéro de sécurité sociale", "numéro de la Sécu", "immatriculation"});
  CHECK(mentions(lexicon, "numéro de votre téléphone mobile et 3 commandes") ==
        std::vector<std::string>{"numéro de votre téléphone mobile", "3 commandes"});
}

TEST_CASE("lexicon: the longest words win, and words that only look like a category hide it") {
  const Lexicon lexicon = french("[fr.categories]\nname = [\"identite\"]\nnone = [\"usurpation ~ identite\"]");
  const Document document = segment("usurpation d'identité");
  const Marks marks = lexicon.recognise(document);
  REQUIRE(marks.mentions.size() == 1);
  CHECK(marks.mentions[0].categories.empty());
}

TEST_CASE("lexicon: a cue inside a phrase that means nothing is not there") {
  const Lexicon lexicon = french("[fr.cues]\nnegator = [\"sans\"]\nnothing = [\"sans delai\"]");
  const Document document = segment("sans délai et sans adresse");
  const Marks marks = lexicon.recognise(document);
  CHECK_FALSE(marks.on(0, Cue::Negator));
  CHECK(marks.on(3, Cue::Negator));
}

TEST_CASE("lexicon: what is wrong in a file is said with its name, the key and the pattern") {
  CHECK(complaint("[fr.categories]\nshoe_size = [\"pointure\"]") == "test.toml: `shoe_size` is not a category");
  CHECK(complaint("[fr.cues]\nshout = [\"oh\"]").find("`shout` is not a cue") != std::string::npos);
  CHECK(complaint("[fr.cues]\nne = [\"(a|b\"]").find("holds `(a|b`, which a '(' is not closed") != std::string::npos);
  CHECK(complaint("[fr.cues]\nne = [\"Né\"]").find("`Né` is not a folded word (write `ne`)") != std::string::npos);
  CHECK(complaint("[fr.cues]\nne = [\"~\"]").find("must begin with a word") != std::string::npos);
  CHECK(complaint("[fr").find("test.toml:1") != std::string::npos);
}

TEST_CASE("lexicon: the files shipped in the program are whole, in both languages") {
  CHECK_FALSE(Lexicon::shipped(Language::French).recognise(segment("votre adresse e-mail")).mentions.empty());
  CHECK_FALSE(Lexicon::shipped(Language::English).recognise(segment("your email address")).mentions.empty());
}

TEST_CASE("lexicon: the language of a text is the one most of its usual words belong to") {
  CHECK(guess_language("The names of your patients were taken by an outsider.") == Language::English);
  CHECK(guess_language("Les noms de vos patients ont été pris par un tiers.") == Language::French);
  CHECK(guess_language("") == Language::French);
}
