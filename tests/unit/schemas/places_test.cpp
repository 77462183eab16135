// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/places.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace vigifuite;

namespace {

/// "in", "out", or "?" when it cannot be told.
std::string told(std::string_view inner, PlaceKind kind, const std::vector<std::string>& places) {
  const auto lies = lies_in(inner, kind, places);
  return !lies ? "?" : *lies ? "in" : "out";
}

}  // namespace

TEST_CASE("places: a department lies in its region, and not in the others") {
  struct Row {
    const char* inner;
    PlaceKind kind;
    std::vector<std::string> places;
    const char* told;
  };
  constexpr auto kTown = PlaceKind::Town;
  constexpr auto kDistrict = PlaceKind::District;
  const Row rows[] = {
      {"gironde", kDistrict, {"Gironde"}, "in"},
      {"la Gironde", kDistrict, {"GIRONDE"}, "in"},
      {"gironde", kDistrict, {"Nouvelle-Aquitaine"}, "in"},
      {"somme", kDistrict, {"Gironde"}, "out"},
      {"somme", kDistrict, {"Normandie", "Hauts-de-France"}, "in"},
      {"somme", kDistrict, {"Normandie", "Bretagne"}, "out"},
      {"val d oise", kDistrict, {"Île-de-France"}, "in"},
      {"nouvelle aquitaine", kDistrict, {"Gironde"}, "?"},  // one department of the region
      {"bretagne", kDistrict, {"Normandie"}, "out"},
      {"somme", kDistrict, {"Amiens"}, "?"},  // a town, which is not known
      {"amiens", kDistrict, {"Somme"}, "?"},
      {"vienne", kTown, {"Isère"}, "?"},  // the town of Vienne is in Isère
      {"vienne", kDistrict, {"Isère"}, "out"},
      {"roubaix", kTown, {"Roubaix"}, "in"},
      {"lille", kTown, {"Roubaix"}, "?"},
      {"la Réunion", kDistrict, {"Mayotte"}, "out"},
      {"somme", kDistrict, {}, "out"},  // in none
  };
  for (const Row& row : rows) {
    CAPTURE(row.inner);
    CHECK(told(row.inner, row.kind, row.places) == row.told);
  }
}
