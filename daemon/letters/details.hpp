// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What a letter asks of the person: whether what she gave is what was asked, and how it is printed.

#include "daemon/letters/situation.hpp"

namespace vigifuite::letters {

/// The details of a request over those of the profile's identity, checked against what `letter` asks. Malformed: one it
/// does not ask, an impossible date, an amount that is none, an unknown choice, text that is too long.
Result<Details> details_of(const Request& request, const LetterRules& letter, const Rules& rules);

/// The identity as the letter shows it, with what the details say of it.
Identity identity_of(const Profile& profile, const Details& details);

/// "12.50" or "12,50" or "12": euro cents. Nothing when it is no amount, or above a thousand million euros.
std::optional<std::int64_t> parse_euros(std::string_view text);

/// Without its full stop: templates put their own.
std::string unstopped(std::string text);

/// A value as it is printed in French; `blank` between ⟦⟧ when there is none.
std::string printed(const Input& input, const Details& details);

/// Adds "has:INPUT" and "INPUT=CHOICE".
void weigh_details(Situation& situation, const LetterRules& letter, const Details& details, const Rules& rules);

}  // namespace vigifuite::letters
