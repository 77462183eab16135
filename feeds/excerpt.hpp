// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigifuite::feeds {

/// The words of a text without its markup, at most `max_bytes`, cut on a UTF-8 boundary, line breaks as spaces.
///
/// Text whose only markup is links, emphasis and usual character references is read here in one pass, because a list
/// such as Have I Been Pwned's has nothing else; anything else goes through html_to_text.
std::string excerpt(std::string_view text, bool is_html, std::size_t max_bytes);

/// A title or a name as people read it: character references decoded, tags removed, spaces collapsed and trimmed.
std::string plain_title(std::string_view title, std::size_t max_bytes);

}  // namespace vigifuite::feeds
