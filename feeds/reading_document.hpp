// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string_view>

#include "feeds/extract/announcement.hpp"
#include "schemas/core/json_out.hpp"

namespace vigifuite::feeds {

/// Whether bytes that nobody said anything about are HTML: a tag that pages have stands near their beginning.
bool looks_like_html(std::string_view bytes) noexcept;

/// Writes "vigifuite/reading@v1" (schemas/json/reading.schema.json): what was understood of a text, each fact with the
/// bytes of `text` that prove it. Pure.
void write_reading(JsonOut& out, const extract::Reading& reading, const Vocabulary& vocabulary);

}  // namespace vigifuite::feeds
