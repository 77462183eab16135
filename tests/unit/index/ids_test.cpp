// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/index/ids.hpp"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/sample_shapes.hpp"

using namespace vigifuite;

TEST_CASE("id: readable, never one in use, and found in few tries whatever a list repeats") {
  std::set<std::string> used;
  std::size_t asked = 0;
  const auto taken = [&](const std::string& id) {
    ++asked;
    return used.contains(id);
  };
  Incident one;
  one.organisations = {{"", "Acme Corp", ""}};
  one.disclosed = sample::on("2024-03-13");
  CHECK(index::make_id(one, taken) == "acme-corp-2024-03");
  used.insert("acme-corp-2024-03");
  CHECK(index::make_id(one, taken) == "acme-corp-2024-03-2");
  used.insert("acme-corp-2024-03-2");
  CHECK(index::make_id(one, taken) == "acme-corp-2024-03-3");
  one.incident.from = sample::on("2023-12-31");
  CHECK(index::make_id(one, taken) == "acme-corp-2023-12");
  Incident undated = one;
  undated.incident = {};
  undated.disclosed = {};
  CHECK(index::make_id(undated, taken) == "acme-corp-undated");
  one.organisations = {{"france-travail", "", ""}};
  CHECK(index::make_id(one, taken) == "france-travail-2023-12");
  one.organisations = {};
  CHECK(index::make_id(one, taken) == "incident-2023-12");
  CHECK(index::is_id("viamedis-almerys-2024-02"));
  for (const char* wrong : {"", "../../Etc", "a b", "É"}) CHECK_FALSE(index::is_id(wrong));

  for (int i = 0; i < 200; ++i) {
    Incident repeated = one;
    repeated.sightings = {{"claims", std::to_string(i)}};
    asked = 0;
    CHECK(used.insert(index::make_id(repeated, taken)).second);
    CHECK(asked <= 22);
  }
}
