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
  for (const auto item : (*root)["a"].items()) {
    (void)item;
    FAIL("a number has no items");
  }
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

TEST_CASE("json out: the bytes are those of the standard, whatever stands at which place of a text") {
  const auto written = [](std::string_view text) {
    JsonOut out;
    out.value(text);
    return std::string(out.str());
  };
  CHECK(written("") == "\"\"");
  CHECK(written("1234567") == "\"1234567\"");
  CHECK(written("12345678") == "\"12345678\"");
  CHECK(written("a/b \x7F €") == "\"a/b \x7F €\"");
  CHECK(written("\b\f\n\r\t\x1F\"\\") == R"("\b\f\n\r\t\u001F\"\\")");
  for (const std::string_view special : {"\"", "\\", "\n", "\x1B", "é", "\xFF"}) {
    for (std::size_t at = 0; at < 20; ++at) {
      const std::string text = std::string(at, 'x') + std::string(special) + std::string(20 - at, 'y');
      JsonParser parser;
      const auto root = parser.parse(written(text));
      REQUIRE(root.has_value());
      const std::string expected = std::string(at, 'x') + (special == "\xFF" ? "\xEF\xBF\xBD" : std::string(special)) +
                                   std::string(20 - at, 'y');
      CHECK(root->text() == expected);
    }
  }
}

TEST_CASE("json out: numbers, words and lists stand apart by one comma, and a document can be begun again") {
  JsonOut out;
  for (int round = 0; round < 2; ++round) {
    out.clear();
    out.begin_array().value(1).value(-9223372036854775807).value(0.25).value(false).null().begin_object().end_object();
    out.begin_array().end_array().raw("{\"a\":[]}").begin_object().member("k", "v").key("l").begin_array().value(2);
    out.end_array().member("m", true).end_object().end_array();
    CHECK(out.str() == R"([1,-9223372036854775807,0.25,false,null,{},[],{"a":[]},{"k":"v","l":[2],"m":true}])");
  }
}
