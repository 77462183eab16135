// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "schemas/core/json_in.hpp"
#include "schemas/core/json_out.hpp"
#include "schemas/core/result.hpp"
#include "schemas/vocabulary.hpp"

// Announcements as lines of JSON, the way labelled examples are written: {id, text, format, lang, published} in,
// {id, is_disclosure, organisations, processor, people_affected, incident_from, incident_to, exposed, not_exposed} out.

namespace vigifuite::feeds::extract {

/// Appends to `out` what the announcement of `line` (one JSON object) was read as, as one JSON object without a line
/// break. Malformed says which member is missing or wrong; `out` is untouched then. Pure.
Status predict(std::string_view line, JsonParser& parser, const Vocabulary& vocabulary, JsonOut& out);

}  // namespace vigifuite::feeds::extract
