// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What templates are filled with: the words and lists of one situation. Everything is French but what is named en_….

#include <kainjow/mustache.hpp>

#include "daemon/letters/details.hpp"

namespace vigifuite::letters {

/// Values of the words of letters, gates and notes. An empty value is not set: a template's section of it is not
/// printed.
kainjow::mustache::data values_of(const Situation& situation, const LetterRules& letter, const Details& details,
                                  const Rules& rules);

/// The template filled; values between marks (layout.hpp) when it is a letter.
std::string fill(std::string_view words, const kainjow::mustache::data& values, bool mark_values);
/// The same for a letter's own words, compiled once per thread.
std::string fill_letter(const LetterRules& letter, const kainjow::mustache::data& values);

}  // namespace vigifuite::letters
