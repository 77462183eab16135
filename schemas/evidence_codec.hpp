// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The members that hold what a text or a curator says beside the facts themselves.

#include <span>

#include "schemas/facts_codec.hpp"

namespace vigifuite {

// Each is left out when there is nothing to say.
void write_evidence(JsonOut& out, std::span<const Evidence> evidence);
void read_evidence(const MembersIn& in, std::vector<Evidence>& evidence);

void write_correction(JsonOut& out, const std::optional<Correction>& correction, const Vocabulary& vocabulary);
void read_correction(const MembersIn& in, std::optional<Correction>& correction, const Vocabulary& vocabulary);

void write_correction_notes(JsonOut& out, std::span<const CorrectionNote> notes);
void read_correction_notes(const MembersIn& in, std::vector<CorrectionNote>& notes);

}  // namespace vigifuite
