// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/encoding.hpp"

#include <doctest/doctest.h>

using namespace vigifuite::feeds;
using namespace std::string_literals;

namespace {

std::string read(std::string_view bytes, std::string_view type = {}, MarkupKind kind = MarkupKind::Plain,
                 std::string_view declared = {}) {
  const auto text = to_utf8(bytes, type, kind, declared);
  REQUIRE(text.has_value());
  return *text;
}

}  // namespace

TEST_CASE("encoding: a byte order mark decides, and is not part of the text") {
  CHECK(read("\xEF\xBB\xBF\xC3\xA9", "text/csv; charset=windows-1252") == "é");
  CHECK(read("\xFF\xFE\xE9\0a\0"s, "text/xml; charset=utf-8") == "éa");
  CHECK(read("\xFE\xFF\0\xE9\0a"s) == "éa");
  CHECK(read("<\0a\0>\0"s) == "<a>");
}

TEST_CASE("encoding: then the source's word, then the server's, then the document's") {
  CHECK(read("\x80 \xE9", {}, MarkupKind::Plain, "windows-1252") == "€ é");
  CHECK(read("\xE9", "application/rss+xml; Charset=\"ISO-8859-1\"") == "é");
  CHECK(read("<?xml version='1.0' encoding='ISO-8859-15'?><a>\xA4</a>", {}, MarkupKind::Xml).find("€") !=
        std::string::npos);
  CHECK(read("<html><meta http-equiv=x content=\"text/html; charset=windows-1251\">\xE9", {}, MarkupKind::Html)
            .find("й") != std::string::npos);
  CHECK(read("<?xml version='1.0' encoding='koi8-r'?><a>\xC1</a>", "text/xml; charset=windows-1251", MarkupKind::Xml)
            .find("Б") != std::string::npos);
}

TEST_CASE("encoding: a wrong or unknown declaration does not spoil what is plainly UTF-8") {
  CHECK(read("\xC3\xA9", "text/xml; charset=iso-8859-1") == "é");
  CHECK(read("\xC3\xA9", "text/xml; charset=utf-7") == "é");
  CHECK(read("\xC3\xA9", "text/xml; charset=") == "é");
  CHECK(read("\xC3\xA9t\xE9") == "été");
}

TEST_CASE("encoding: wrong bytes and cut-off characters are replaced, never an endless loop") {
  CHECK(read("a\xFF\xFF", {}, MarkupKind::Plain, "euc-jp") == "a\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(read("\xFF\xFE\x00\xD8"s).size() >= 3);
  CHECK(read("a\0b"s) == "a b");
  CHECK(read("") == "");
  CHECK(valid_utf8("\xE2\x82") == "â‚");
}

TEST_CASE("encoding: a source that declares an encoding we do not read is told so") {
  const auto text = to_utf8("a", {}, MarkupKind::Plain, "utf-7");
  REQUIRE_FALSE(text.has_value());
  CHECK(text.error().what.find("utf-7") != std::string::npos);
  CHECK(is_known_encoding("Windows-1252"));
  CHECK_FALSE(is_known_encoding("UTF-8//TRANSLIT"));
}
