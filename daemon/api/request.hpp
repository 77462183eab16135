// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What the handlers of the API read out of a request.

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/api/core.hpp"
#include "daemon/http/service.hpp"
#include "schemas/profile.hpp"
#include "schemas/vocabulary.hpp"

namespace vigifuite::api {

/// The whole text as a decimal number, or nothing.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A parameter of the query; "" when it is not given.
std::string_view parameter(const http::ApiRequest& request, const std::string& name);

/// 404: no handler has this method and path.
Error nothing_at(const http::ApiRequest& request);

/// A profile somebody sent, its bodies found in the registry where they are known and spelled as there. Malformed: what
/// is wrong, and where.
Result<Profile> profile_from(JsonValue json, const Vocabulary& vocabulary);

/// The person a request is about: the one of the watch list that "watch" numbers, or "profile".
Result<Profile> person_of(JsonValue request, const Core& core);

}  // namespace vigifuite::api
