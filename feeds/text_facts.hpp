// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "schemas/notice.hpp"
#include "schemas/sighting.hpp"
#include "schemas/source.hpp"

namespace vigifuite::feeds {

/// What the words of a notice say (feeds/extract), put in `out` with the sentences that prove it.
///
/// A notice without data is one text, title and all: when it announces a leak its facts become those of `out`, which
/// then states facts; else it stays a text. The description of a notice that has data only adds what the data leave
/// open: what the source states as data wins, and where its words contradict that, it is a doubt. Facts that are not
/// sure stand in `out.evidence` alone. `out` is unsure when it may be no leak, or when no body is surely named. Of
/// `out`, all that comes from elsewhere is set already. Pure.
void read_text_facts(const Notice& notice, const Source& source, const Vocabulary& vocabulary, Instant now,
                     Sighting& out);

}  // namespace vigifuite::feeds
