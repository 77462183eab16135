// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include "daemon/cli/page.hpp"
#include "daemon/cli/phrases.hpp"
#include "daemon/cli/profiles.hpp"

namespace vigifuite::cli::test {

TEST_CASE("width is that of the terminal, not of the bytes") {
  CHECK(display_width("été") == 3);
  CHECK(display_width("e\u0301te\u0301") == 3);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("a\u00A0b") == 3);
  CHECK(display_width(bold("gras")) == 4);
  CHECK(display_width("\xff") == 1);
}

TEST_CASE("words wrap at spaces, never at a no-break space") {
  Page page(10, false);
  page.text("un deux trois", 0, 2);
  CHECK(page.str() == "un deux\n  trois\n");
  Page kept(10, false);
  kept.text("aaaa bbbb\u00A0: c");
  CHECK(kept.str() == "aaaa\nbbbb\u00A0: c\n");
}

TEST_CASE("a word longer than the line is cut on a character, an address is not") {
  Page page(6, false);
  page.text("éééééééé");
  CHECK(page.str() == "éééééé\néé\n");
  Page address(6, false);
  address.text("voir https://exemple.fr/page");
  CHECK(address.str() == "voir\nhttps://exemple.fr/page\n");
  Page narrow(1, false);
  narrow.text("ab cd", 4, 4);
  CHECK_FALSE(narrow.str().empty());
}

TEST_CASE("what a source wrote cannot move the cursor, ring, colour or reverse") {
  CHECK(printable("a\x1b[31mb\r\nc\td\x07\x7f") == "a[31mb c d");
  CHECK(printable("a\u202Eb\u2066c\u200Fd\uFEFF") == "abcd");
  CHECK(printable("a\u009Bb") == "ab");
  CHECK(printable("a\xff\xc3") == "a\uFFFD\uFFFD");
  CHECK(printable("a\nb", true) == "a\nb");
}

TEST_CASE("a command is broken before an option only, so that it can be pasted") {
  Page page(40, false);
  page.command("vigifuite letter cnil une-fuite-2024 --tie \"Pôle emploi:2009..2013\"", 2);
  CHECK(page.str() == "  vigifuite letter cnil une-fuite-2024 \\\n    --tie \"Pôle emploi:2009..2013\"\n");
}

TEST_CASE("tables align by width and cut what may be cut") {
  Table table({{"é", Table::Align::Left, true}, {"n", Table::Align::Right}});
  table.row({"une cellule vraiment longue", "12"});
  table.row({"éé", "3"}, "une note");
  Page page(20, false);
  table.print(page);
  CHECK(page.str() == "é                  n\nune cellule vra…  12\néé                 3\n    une note\n");
}

TEST_CASE("a word is quoted so that a shell reads it back") {
  CHECK(shell_word("CAF:2019..") == "CAF:2019..");
  CHECK(shell_word("Pôle emploi:2009..2013") == "\"Pôle emploi:2009..2013\"");
  CHECK(shell_word("Caisse d'Épargne") == "\"Caisse d'Épargne\"");
  CHECK(shell_word("a $(rm) `b`") == "'a $(rm) `b`'");
  CHECK(shell_word("l'\"x\" $y") == "'l'\\''\"x\" $y'");
  CHECK(shell_word("") == "\"\"");
}

TEST_CASE("a tie is typed again as it was meant") {
  for (const char* text :
       {"Pôle emploi:2009..2013", "CAF:2019..", "Free:..2022", "MGEN", "caf:2020", "x:2019-06-30..2020"}) {
    const auto tie = parse_tie(text);
    REQUIRE(tie);
    CHECK(typed(*tie) == text);
  }
}

}  // namespace vigifuite::cli::test
