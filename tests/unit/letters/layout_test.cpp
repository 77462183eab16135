// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/layout.hpp"

#include <doctest/doctest.h>
#include <utf8proc.h>

#include <sstream>

using namespace vigifuite::letters;

TEST_CASE("lines of the template become blocks, and other lines continue them") {
  const auto blocks = read_blocks("# Titre\nsuite\n\n## Faits\n= un\n= deux\n\n## Demandes\n= un\n\nTexte\nsuite\n");
  REQUIRE(blocks.size() == 7);
  CHECK(blocks[0].text == "Titre suite");
  CHECK(blocks[3].number == 2);
  CHECK(blocks[5].number == 1);
  CHECK(blocks[6].text == "Texte suite");
}

TEST_CASE("a value can begin neither a block nor Markdown") {
  for (const char* value : {"# titre", "## x", "- item", "= 1", "> cité", "1. un", "+ a", "--- ", "* b", "_c_", "<b>",
                            "[a](b)", "`d`", "|t|"}) {
    CAPTURE(value);
    const auto blocks = read_blocks(marked(value) + "\n");
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].kind == BlockKind::Paragraph);
    CHECK(plain(blocks[0].text) == value);
    const std::string markdown = to_markdown(blocks);
    CHECK(std::string_view("#-=>+*_<`|").find(markdown[0]) == std::string_view::npos);
    CHECK(!markdown.starts_with("1. "));
  }
}

TEST_CASE("text is wrapped at 78 columns, counted as they are seen") {
  std::string words;
  for (int i = 0; i < 200; ++i) words += i % 3 == 0 ? "éàü " : i % 3 == 1 ? "株式会社 " : "mot ";
  const std::string text = to_text(read_blocks("= " + words + "\n\n> " + words + "\n\n- " + words));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::size_t columns = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(line.data());
    for (std::size_t at = 0; at < line.size();) {
      utf8proc_int32_t c = 0;
      const auto length = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(line.size() - at), &c);
      REQUIRE(length > 0);
      columns += static_cast<std::size_t>(utf8proc_charwidth(c));
      at += static_cast<std::size_t>(length);
    }
    CHECK(columns <= 78);
  }
  CHECK(text.starts_with("1. "));
}

TEST_CASE("a blank is printed in brackets and named once") {
  const auto blocks = read_blocks("Le ⟦jour⟧ à ⟦lieu⟧, le ⟦jour⟧\n");
  CHECK(to_text(blocks) == "Le [jour] à [lieu], le [jour]\n");
  CHECK(blanks_of(blocks) == std::vector<std::string>{"jour", "lieu"});
}

TEST_CASE("only web addresses are printed, and nothing in them breaks out") {
  CHECK(marked_url("javascript:alert(1)").empty());
  CHECK(marked_url("file:///etc/passwd").empty());
  const auto blocks = read_blocks("- " + marked_url("https://exemple.invalid/a b>\n# c_d") + "\n");
  REQUIRE(blocks.size() == 1);
  CHECK(plain(blocks[0].text) == "https://exemple.invalid/a%20b%3E%0A#%20c_d");
  CHECK(to_markdown(blocks) == "- <https://exemple.invalid/a%20b%3E%0A#%20c_d>\n");
}
