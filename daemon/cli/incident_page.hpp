// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/cli/phrases.hpp"

namespace vigifuite::cli {

/// Everything that is known of an incident, each fact with its source and date.
void print_incident(Page& page, JsonValue incident, const CategoryLabels& labels, Language language);

/// How it became known, oldest first.
/// Who said what, of a history.
void print_claims(Page& page, JsonValue history, Language language);
void print_history(Page& page, JsonValue history, Language language);

}  // namespace vigifuite::cli
