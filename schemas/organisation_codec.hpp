// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// One body of the registry as documents have it: the shipped registry, a sysadmin's own files, what an importer writes.

#include <functional>

#include "schemas/core/json_out.hpp"
#include "schemas/members_in.hpp"
#include "schemas/organisation.hpp"

namespace vigifuite {

class Vocabulary;

/// Gives the category of a slug, or nothing.
using CategoryOf = std::function<std::optional<Category>(std::string_view slug)>;

/// Reads the members of `in` over `body`: a word, a date or a contact takes the place of what was there, the items of a
/// list join those that were there (a processor named again replaces what was said of it). A member nobody knows, or a
/// wrong one, is complained about. An unverified contact does not replace one that was read in a public page.
/// `besides`: one more member that the caller reads itself.
void read(const MembersIn& in, Organisation& body, const CategoryOf& category, std::string_view besides = {});

/// Whether an entry says all of a body, or what it adds to one of the registry (then nothing of how sure the whole is).
enum class Says : unsigned char { All, Additions };

/// Writes the members into an object that is already open; empty ones are left out.
void write_members(JsonOut& out, const Organisation& body, const Vocabulary& vocabulary, Says says = Says::All);

/// Nine digits whose Luhn sum is right: a number of the French register of legal persons.
bool is_siren(std::string_view digits) noexcept;

}  // namespace vigifuite
