// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/html_text.hpp"

#include <doctest/doctest.h>

#include "schemas/core/json_element.hpp"
#include "schemas/core/json_in.hpp"

using namespace vigifuite::feeds;

TEST_CASE("html text: the words a person reads, one line per block") {
  CHECK(html_to_text(
            "<p>In <em>March</em> 2024, <a href=\"https://example.org/a\">Acme</a> &amp; Co</p><p>lost data.</p>") ==
        "In March 2024, Acme & Co\nlost data.");
  CHECK(html_to_text("<ul><li>nom</li><li>pr&eacute;nom</li></ul>fin") == "nom\nprénom\nfin");
  CHECK(html_to_text("un<br>deux<br/>trois") == "un\ndeux\ntrois");
  CHECK(html_to_text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>") == "a b\nc");
  CHECK(html_to_text("mot<b>à</b>mot et <i>un</i> <i>deux</i>") == "motàmot et un deux");
}

TEST_CASE("html text: scripts, styles and comments are not words") {
  CHECK(html_to_text("a<script>var x = '<p>no</p>';</script><style>p{}</style><!-- no -->b") == "ab");
  CHECK(html_to_text("<html><head><title>no</title></head><body>yes</body></html>") == "yes");
}

TEST_CASE("html text: plain text and stray marks come out as they are") {
  CHECK(html_to_text("  deux   mots \r\n\n et un ") == "deux mots\net un");
  CHECK(html_to_text("a < b and c > d") == "a < b and c > d");
  CHECK(html_to_text("AT&T, R&D; 5 &lt; 6 &#233; &#xE9; &rsquo;") == "AT&T, R&D; 5 < 6 é é ’");
  CHECK(html_to_text("") == "");
  CHECK(html_to_line("<p>un</p><p>deux&nbsp;trois</p>") == "un deux trois");
  CHECK(one_line("  un \n\t deux\xC2\xA0\xC2\xA0trois ") == "un deux trois");
}

TEST_CASE("html text: what comes out is UTF-8 whatever goes in, and a declared charset inside changes nothing") {
  for (const char* html :
       {"caf\xE9 <b>\xFF\xFE</b>", "<meta charset=iso-8859-1>\xC3\xA9t\xC3\xA9", "&#xD800;&#0;&#x110000;x"}) {
    const std::string text = html_to_text(html);
    CHECK(simdjson::validate_utf8(text.data(), text.size()));
  }
  CHECK(html_to_text("caf\xE9<br>") == "café");
  CHECK(html_to_text("<meta charset=iso-8859-1>\xC3\xA9t\xC3\xA9") == "été");
  CHECK(html_to_text(std::string("a\0b<br>c", 8)) == "a b\nc");
}

TEST_CASE("html text: nesting ten thousand deep and markup made to explode cost little and lose no earlier word") {
  std::string deep = "first";
  for (int i = 0; i < 10'000; ++i) deep += "<div>";
  CHECK(html_to_text(deep + "last").starts_with("first"));
  std::string formatting = "first";
  for (int i = 0; i < 20'000; ++i) formatting += "<p><b id=" + std::to_string(i) + ">x";
  CHECK(html_to_text(formatting).starts_with("first\nx"));
  std::string closing = "first";
  for (int i = 0; i < 20'000; ++i) closing += "<div></x>";
  CHECK(html_to_text(closing) == "first");
}

TEST_CASE("html text: the output is bounded and cut between characters") {
  std::string long_text;
  for (std::size_t i = 0; i < kMaxPlainBytes; ++i) long_text += "é";
  const std::string text = html_to_text(long_text + "<br>");
  CHECK(text.size() <= kMaxPlainBytes);
  CHECK(text.size() > kMaxPlainBytes - 4);
  CHECK(simdjson::validate_utf8(text.data(), text.size()));
}

TEST_CASE("html: an empty cell of a table keeps its place") {
  CHECK(html_to_text("<table><tr><th></th><th>Yes</th><th>No</th></tr><tr><td>a</td><td></td><td>x</td></tr></table>",
                     HtmlLayout::Structure) == "\tYes\tNo\na\t\tx");
  CHECK(html_to_text("<table><tr><td>a</td><td>b</td></tr></table>", HtmlLayout::Structure) == "a\tb");
}
