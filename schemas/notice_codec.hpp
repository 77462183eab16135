// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "schemas/core/instant.hpp"
#include "schemas/notice.hpp"

namespace vigifuite {

/// How much of a notice's own words is kept.
inline constexpr std::size_t kMaxNoticeText = std::size_t{64} << 10U;

/// A text item as it is stored and served: "vigifuite/notice@v1" (schemas/json/notice.schema.json), in the source's
/// own words, the text clipped at kMaxNoticeText.
std::string notice_document(const Notice& notice, std::string_view source, Instant first_seen);

/// The item as one text, as it is read for facts and given as a labelled example: its title as a heading, then its
/// text, clipped as it is stored. HTML when the text is.
std::string text_with_title(std::string_view title, std::string_view text, bool html);

}  // namespace vigifuite
