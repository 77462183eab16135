// SPDX-License-Identifier: AGPL-3.0-or-later
// The lists of bodies of an operator, as the programs read them at start.
#include <doctest/doctest.h>

#include <fstream>

#include "daemon/app/config.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/support/temp_dir.hpp"

using namespace vigifuite;

namespace {

void put(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

app::Config over(const std::filesystem::path& directory) {
  app::Config config = app::system_defaults();
  config.organisations_directory = directory;
  return config;
}

}  // namespace

TEST_CASE("words: without a directory of one's own the shipped bodies are used") {
  const test::TempDir place;
  const auto words = app::load_words(over(place / "absent"));
  REQUIRE(words);
  CHECK(words->vocabulary.get() == &Vocabulary::shipped());
  CHECK(words->own == Digest{});
}

TEST_CASE("words: lists in TOML and in JSON are read over the shipped bodies, in the order of their names") {
  const test::TempDir place;
  put(place / "1.toml",
      "schema = \"vigifuite/own-organisations@v1\"\n[[items]]\nid = \"a\"\nname = \"Corps A\"\nurl = "
      "\"https://1.example\"\n"
      "[[items.processors]]\norganisation = \"viamedis\"\nfrom = \"2019\"\n");
  put(place / "2.json",
      R"({"schema": "vigifuite/own-organisations@v1", "items": [{"id": "a", "url": "https://2.example"}]})");
  put(place / "notes.txt", "not a list");
  const auto words = app::load_words(over(place.path()));
  REQUIRE_MESSAGE(words, words.error().what);
  const Organisation* body = words->vocabulary->resolve("Corps A");
  REQUIRE(body != nullptr);
  CHECK(body->url == "https://2.example");
  REQUIRE(body->processors.size() == 1);
  CHECK(body->processors[0].period.from == PartialDate{2019, 0, 0});
  CHECK(words->own != Digest{});
}

TEST_CASE("words: a wrong list is refused with its file, in the language asked for") {
  const test::TempDir place;
  put(place / "bad.toml", "schema = \n");
  const auto broken = app::load_words(over(place.path()));
  REQUIRE_FALSE(broken);
  CHECK(broken.error().kind == ErrorKind::Config);
  CHECK(broken.error().what.find("bad.toml: this file cannot be read (line 1") != std::string::npos);
  put(place / "bad.toml",
      "schema = \"vigifuite/own-organisations@v1\"\n[[items]]\nid = \"a\"\nname = \"Corps A\"\naliases = [\"ANPE\"]\n");
  const auto taken = app::load_words(over(place.path()));
  REQUIRE_FALSE(taken);
  CHECK(taken.error().fr.find("désigne déjà France Travail (france-travail), livré avec le programme") !=
        std::string::npos);
}

TEST_CASE("words: the example that is shipped is accepted") {
  const test::TempDir place;
  std::filesystem::copy_file(test::source_dir() + "/systemd/organisations.example.toml", place / "own.toml");
  const auto words = app::load_words(over(place.path()));
  REQUIRE_MESSAGE(words, words.error().what);
  CHECK(words->vocabulary->resolve("Mut'Exemple")->id == "mutuelle-exemple");
  CHECK(words->vocabulary->local_body("Mairie de Bourg-Exemple").kind->id == "communes");
}
