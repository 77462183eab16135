// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/change_words.hpp"

#include <doctest/doctest.h>

using namespace vigifuite;

TEST_CASE("A merge and a split have words, so that an alert says that two leaks became one") {
  CHECK(change_word("merged") == Message::ChangeMerged);
  CHECK(change_word("split") == Message::ChangeSplit);
  CHECK_FALSE(change_word("nonsense").has_value());
}
