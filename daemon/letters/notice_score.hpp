// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// A notice of a breach held against GDPR art. 34(2), item by item: what is there, and the words that show it. It looks
// for words (schemas/letters/notice.json); whether they are clear enough is for a person to say.

#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/text.hpp"

namespace vigifuite::letters {

struct NoticeItem {
  std::string id;  ///< "nature", "contact"…
  Text label;
  bool mandatory = false;  ///< one of the four that art. 34(2) requires; the others are asked for
  bool present = false;
  std::string words;  ///< the first sentence that shows it, flattened, at most 240 bytes
};

/// The items in the order of the data. Of a text longer than 256 KiB only the beginning is read. Pure.
std::vector<NoticeItem> score_notice(std::string_view text);

}  // namespace vigifuite::letters
