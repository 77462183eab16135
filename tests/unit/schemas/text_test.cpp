// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/text.hpp"

#include <doctest/doctest.h>

using namespace vigifuite;

TEST_CASE("fold: case, accents, ligatures and punctuation do not tell names apart") {
  CHECK(fold("Pôle  Emploi") == "pole emploi");
  CHECK(fold("L'Œuvre — Saint‑Lô") == "l oeuvre saint lo");
  CHECK(fold("  CNAM. ") == "cnam");
  CHECK(fold("") == "");
}

TEST_CASE("fold: bytes that are not UTF-8 become spaces, and nothing is read past the end") {
  CHECK(fold("a\xFF" "b") == "a b");
  CHECK(fold("caf\xC3") == "caf");
}

TEST_CASE("slug: only letters, digits and single dashes, within the length asked for") {
  CHECK(slug("Centre hospitalier Sud-Francilien (Corbeil)") == "centre-hospitalier-sud-francilien-corbeil");
  CHECK(slug("Île-de-France", 6) == "ile-de");
}

TEST_CASE("clip: a cut never falls inside a character") {
  CHECK(clip("été", 4) == "ét");
  CHECK(clip("été", 3) == "ét");
  CHECK(clip("été", 1) == "");
}
