// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// French departments and regions by name, and which lies in which. Towns are not known: of them only the name is
// compared.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vigifuite {

/// What a place is: "Vienne" is a town in Isère, and a department elsewhere.
enum class PlaceKind : unsigned char { Town, District };

/// Whether the town or the district (a department or a region) called `inner` lies in one of `places`; nothing when
/// that cannot be told. Names are folded, without their article: "la Gironde", "gironde" and "GIRONDE" are one.
std::optional<bool> lies_in(std::string_view inner, PlaceKind kind, std::span<const std::string> places);

}  // namespace vigifuite
