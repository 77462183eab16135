// SPDX-License-Identifier: AGPL-3.0-or-later
#include <doctest/doctest.h>

#include "schemas/core/json_in.hpp"
#include "schemas/core/json_out.hpp"

using namespace vigifuite;

TEST_CASE("json in: the whole text is validated, even what nobody reads") {
  JsonParser parser;
  for (const char* text : {"{\"a\":tru}", "{\"a\":1}}", "[1 2 3]", "", "{\"a\":\"\x01\"}", "<html></html>"}) {
    const auto result = parser.parse(text);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::Malformed);
  }
}

TEST_CASE("json in: nesting ten thousand deep is refused, not overflowed") {
  JsonParser parser;
  const auto result = parser.parse(std::string(10'000, '[') + std::string(10'000, ']'));
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().what.find("nested") != std::string::npos);
}

TEST_CASE("json in: of members of the same name the first wins, a byte order mark is skipped, the absent is nothing") {
  JsonParser parser;
  const auto root = parser.parse("\xEF\xBB\xBF{\"a\":1,\"a\":2,\"n\":null}");
  REQUIRE(root.has_value());
  CHECK((*root)["a"].integer() == 1);
  CHECK_FALSE((*root)["n"]);
  CHECK((*root)["n"].present());
  CHECK_FALSE((*root)["b"]["c"].string());
  for (const auto item : (*root)["a"].items()) { (void)item; FAIL("a number has no items"); }
}

TEST_CASE("json out: what is written parses back, whatever the bytes") {
  JsonOut out;
  out.begin_object().member("t", "é \"\\\n\t\x01 \xFF fin").member("n", 42).member("b", true).key("x").null();
  out.member_if("none", std::string_view{}).end_object();
  JsonParser parser;
  const auto root = parser.parse(out.str());
  REQUIRE(root.has_value());
  CHECK((*root)["t"].text() == "é \"\\\n\t\x01 \xEF\xBF\xBD fin");
  CHECK((*root)["n"].integer() == 42);
  CHECK_FALSE((*root)["none"].present());
}
