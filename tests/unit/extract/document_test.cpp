// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "feeds/extract/document.hpp"

using namespace vigifuite::feeds::extract;

namespace {

std::vector<std::string> sentences(std::string_view text) {
  const Document document = segment(text);
  std::vector<std::string> out;
  for (const Sentence& sentence : document.sentences) out.emplace_back(document.written(sentence.first, sentence.last));
  return out;
}

std::vector<std::string> words(std::string_view text) {
  const Document document = segment(text);
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    out.push_back(token.kind == TokenKind::Mark ? std::string(1, token.mark) : std::string(document.word(i)));
  }
  return out;
}

}  // namespace

TEST_CASE("segment: words lose case and accents, an apostrophe and a hyphen part them") {
  CHECK(words("L’adresse e-mail ÉCHAPPE") == std::vector<std::string>{"l", "adresse", "e", "mail", "echappe"});
  CHECK(words("cœur d'Œuvre") == std::vector<std::string>{"coeur", "d", "oeuvre"});
}

TEST_CASE("segment: a number keeps its groups of three digits, whatever parts them") {
  for (const char* text : {"10 204", "10.204", "10,204",
                           "10\xC2\xA0"
                           "204",
                           "10\xE2\x80\xAF"
                           "204"}) {
    CAPTURE(text);
    const Document document = segment(text);
    REQUIRE(document.tokens.size() == 1);
    CHECK(document.whole(0) == 10204);
  }
  const Document decimals = segment("1,6 million");
  CHECK_FALSE(decimals.whole(0).has_value());
  CHECK(decimals.value(0) == doctest::Approx(1.6));
  CHECK(words("15.01.2026") == std::vector<std::string>{"15", ".", "01", ".", "2026"});
  CHECK(words("05 00 00 00 00").size() == 5);
}

TEST_CASE("segment: an address of the web or of mail is one token") {
  const Document document = segment("Écrire à contact@ville.example, ou voir https://ville.example/faq.");
  std::vector<std::string> addresses;
  for (const Token& token : document.tokens) {
    if (token.kind == TokenKind::Address)
      addresses.emplace_back(document.text.substr(token.begin, token.end - token.begin));
  }
  CHECK(addresses == std::vector<std::string>{"contact@ville.example", "https://ville.example/faq"});
}

TEST_CASE("segment: a full stop ends a sentence, an abbreviation does not") {
  CHECK(sentences("Le fichier est parti. Il contient des noms.").size() == 2);
  CHECK(sentences("La commune de V… (Ille-et-Vilaine) annonce un vol.").size() == 1);
  CHECK(sentences("Cf. art. 34 du règlement, dit M. le maire.").size() == 1);
  CHECK(sentences("Vos mots de passe ? Non. Vos noms ? Oui.").size() == 4);
}

TEST_CASE("segment: lines are headings, items, rows or prose") {
  const Document document = segment("Données concernées :\n- nom\n2) adresse\nIBAN\tNon\nTout est dit, et bien dit.");
  REQUIRE(document.sentences.size() == 5);
  CHECK(document.sentences[0].shape == Shape::Heading);
  CHECK(document.sentences[1].shape == Shape::Item);
  CHECK(document.sentences[2].shape == Shape::Item);
  CHECK(document.sentences[3].shape == Shape::Row);
  CHECK(document.sentences[4].shape == Shape::Prose);
}

TEST_CASE("segment: bytes that are not UTF-8 are passed over, and every token lies within the text") {
  const std::string text = "nom\xFF\xFE et \xC3 pr\xC3\xA9nom \xE2\x80";
  const Document document = segment(text);
  for (const Token& token : document.tokens) {
    CHECK(token.begin < token.end);
    CHECK(token.end <= text.size());
  }
  CHECK(document.is_word(static_cast<std::uint32_t>(document.tokens.size() - 1), "prenom"));
}

TEST_CASE("segment: a sentence without an end is cut, so that nothing compares more than a bounded number of words") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "ni nom ";
  for (const Sentence& sentence : segment(text).sentences) CHECK(sentence.last - sentence.first <= kMaxSentenceTokens);
}
