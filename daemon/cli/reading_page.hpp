// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/cli/phrases.hpp"

namespace vigifuite::cli {

/// What was understood of an announcement, then its text with the words that prove each fact: coloured and underlined
/// on a page with colour, between brackets with the name of the fact on any other.
void print_reading(Page& page, JsonValue reading, const CategoryLabels& labels, Language language);

/// What would become of a document if it were a source, and its first items as understood.
void print_probe(Page& page, JsonValue probe, const CategoryLabels& labels, Language language);

}  // namespace vigifuite::cli
