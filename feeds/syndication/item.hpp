// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feeds/key_guard.hpp"

namespace vigifuite::feeds::syndication {

/// One item of a feed, whatever the dialect.
struct Item {
  std::string id;  ///< guid, id
  std::string title;
  std::string url;
  std::string text;
  bool text_is_html = false;
  std::string language;
  std::string published;  ///< as written
  std::vector<std::string> links;
};

/// Hands the item over: named by its id, else its link, else what it says.
void tell(const Item& item, const Place& place, KeyGuard& guard);

/// Reads a JSON Feed (jsonfeed.org, versions 1 and 1.1). `text` is UTF-8.
Result<ReadReport> read_json_feed(std::string_view text, std::string_view base, KeyGuard& guard);

/// Reads RSS 0.9x, 1.0, 2.0 or Atom. `text` is UTF-8.
Result<ReadReport> read_xml_feed(std::string_view text, std::string_view base, KeyGuard& guard);

}  // namespace vigifuite::feeds::syndication
