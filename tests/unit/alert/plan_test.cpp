// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/alert/plan.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace vigifuite;

namespace {

match::WatchSet watches(std::initializer_list<WatchNumber> numbers) {
  match::WatchSet set;
  for (const WatchNumber number : numbers) set.add(number);
  return set;
}

std::vector<WatchNumber> numbers(const match::WatchSet& set) {
  std::vector<WatchNumber> out;
  set.each(0, [&](WatchNumber number) {
    out.push_back(number);
    return true;
  });
  return out;
}

using Numbers = std::vector<WatchNumber>;

Incident confirmed() {
  Incident incident;
  incident.id = "acme-2024-03";
  incident.states_facts = true;
  incident.status = IncidentStatus::Confirmed;
  return incident;
}

}  // namespace

TEST_CASE("plan: who is concerned and was never told is told first, once") {
  const auto planned = alert::plan(confirmed(), true, watches({1, 2, 70'000}), watches({}));
  CHECK(numbers(planned.first) == Numbers{1, 2, 70'000});
  CHECK(planned.update.empty());
  const auto again = alert::plan(confirmed(), false, watches({1, 2, 70'000}), watches({1, 2, 70'000}));
  CHECK(again.first.empty());
  CHECK(again.update.empty());
}

TEST_CASE("plan: a change that matters reaches everyone told, concerned or not any more") {
  const auto planned = alert::plan(confirmed(), true, watches({2, 3}), watches({1, 2}));
  CHECK(numbers(planned.first) == Numbers{3});
  CHECK(numbers(planned.update) == Numbers{1, 2});
}

TEST_CASE("plan: a change that does not matter reaches only who is newly concerned") {
  const auto planned = alert::plan(confirmed(), false, watches({2, 3}), watches({1, 2}));
  CHECK(numbers(planned.first) == Numbers{3});
  CHECK(planned.update.empty());
}

TEST_CASE(
    "plan: nobody hears of a text, nor first of what has no public source, was not read surely, or is a retraction") {
  Incident text = confirmed();
  text.states_facts = false;
  CHECK(alert::plan(text, true, watches({1}), watches({2})).first.empty());
  CHECK(alert::plan(text, true, watches({1}), watches({2})).update.empty());
  Incident unverified = confirmed();
  unverified.verified = false;
  CHECK(alert::plan(unverified, true, watches({1}), watches({2})).first.empty());
  CHECK(numbers(alert::plan(unverified, true, watches({1}), watches({2})).update) == Numbers{2});  // they were told
  Incident unsure = confirmed();
  unsure.unsure = true;
  CHECK(alert::plan(unsure, true, watches({1}), watches({})).first.empty());
  CHECK(numbers(alert::plan(unsure, true, watches({1}), watches({2})).update) == Numbers{2});
  Incident retracted = confirmed();
  retracted.status = IncidentStatus::Retracted;
  CHECK(alert::plan(retracted, true, watches({1, 2}), watches({2})).first.empty());
  CHECK(numbers(alert::plan(retracted, true, watches({1, 2}), watches({2})).update) == Numbers{2});
}
