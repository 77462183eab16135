// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// simdjson itself, for the few files that walk millions of values.

#include <bit>
#include <type_traits>

#include <simdjson.h>

#include "schemas/core/json_in.hpp"

namespace vigifuite {

/// simdjson's elements and iterators are a pointer to the document and a place on its tape, no more.
template <class Simd>
concept OnTape = std::is_trivially_copyable_v<Simd> && sizeof(Simd) == sizeof(JsonPlace);

template <OnTape Simd>
Simd at_place(JsonPlace place) noexcept {
  return std::bit_cast<Simd>(place);
}
template <OnTape Simd>
JsonPlace place_of(Simd simd) noexcept {
  return std::bit_cast<JsonPlace>(simd);
}

/// The element of a value that is present().
inline simdjson::dom::element element_of(JsonValue value) noexcept {
  return at_place<simdjson::dom::element>(value.place());
}
inline JsonValue value_of(simdjson::dom::element element) noexcept {
  return JsonValue(place_of(element));
}

}  // namespace vigifuite
