// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// How people are counted, and what they are to a body: words that registry, incidents and ties share.

#include <optional>
#include <string_view>

namespace vigifuite {

enum class Qualifier : unsigned char { Exact, About, AtLeast, AtMost };
/// What a person is to a body.
enum class Relation : unsigned char { User, Employee, Professional };

// The words of documents: "at_least", "employee"…
std::string_view name_of(Qualifier qualifier) noexcept;
std::string_view name_of(Relation relation) noexcept;
std::optional<Qualifier> parse_qualifier(std::string_view word) noexcept;
std::optional<Relation> parse_relation(std::string_view word) noexcept;

}  // namespace vigifuite
