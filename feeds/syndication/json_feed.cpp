// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fmt/format.h>

#include "feeds/html_text.hpp"
#include "feeds/markup.hpp"
#include "feeds/syndication/item.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds::syndication {
namespace {

Item item_of(JsonValue json, std::string_view base, std::string_view language) {
  Item item;
  item.id = one_line(json["id"].text());
  // Feeds in the wild number their items, though the format asks for strings.
  if (const auto number = json["id"].integer()) item.id = fmt::format("{}", *number);
  item.title = one_line(json["title"].text());
  item.url = resolve_address(json["url"].text(), base);
  if (item.url.empty()) item.url = resolve_address(json["external_url"].text(), base);
  if (const auto html = json["content_html"].string(); html && !html->empty()) {
    item.text = *html;
    item.text_is_html = true;
  } else {
    item.text = json["content_text"].text();
    if (item.text.empty()) item.text = json["summary"].text();
  }
  item.published = json["date_published"].text();
  if (item.published.empty()) item.published = json["date_modified"].text();
  item.language = json["language"].text();
  if (item.language.empty()) item.language = language;
  if (std::string link = resolve_address(json["external_url"].text(), base); !link.empty() && link != item.url) {
    item.links.push_back(std::move(link));
  }
  return item;
}

}  // namespace

Result<ReadReport> read_json_feed(std::string_view text, std::string_view base, KeyGuard& guard) {
  JsonParser parser;
  const auto root = parser.parse(text);
  if (!root) return root.error();
  if (!(*root)["version"].text().starts_with("https://jsonfeed.org/version/") || !(*root)["items"].is_array()) {
    return fail(ErrorKind::Malformed, Message::FeedNotJsonFeed);
  }
  const std::string home = resolve_address((*root)["home_page_url"].text(), base);
  Place place{"$.items[", 0, "]"};
  for (const auto element : (*root)["items"].items()) {
    if (guard.full()) return guard.report_full(place);
    const JsonValue json(element);
    if (json.is_object())
      tell(item_of(json, home.empty() ? base : home, (*root)["language"].text()), place, guard);
    else
      guard.reject(place.text(), Message::RejectItemNotObject);
    ++place.number;
  }
  return guard.report();
}

}  // namespace vigifuite::feeds::syndication
