// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/adapter.hpp"

#include "feeds/encoding.hpp"
#include "feeds/html_text.hpp"
#include "feeds/markup.hpp"
#include "feeds/syndication/item.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace syndication {

void tell(const Item& item, const Place& place, KeyGuard& guard) {
  if (item.title.empty() && item.text.empty() && item.url.empty()) {
    guard.reject(place.text(), Message::RejectItemEmpty);
    return;
  }
  std::string values;
  for (const std::string* value : {&item.title, &item.url, &item.text, &item.published}) append_value(values, *value);
  for (const std::string& link : item.links) append_value(values, link);

  std::array<char, 32> made_key;
  Notice notice;
  notice.key = !item.id.empty() ? item.id : item.url;
  if (notice.key.empty()) {
    // The text may be corrected later, the title and the date of an item hardly are.
    std::string naming;
    append_value(naming, item.title.empty() ? item.text : item.title);
    append_value(naming, item.published);
    made_key = hex(digest_of(naming));
    notice.key = {made_key.data(), made_key.size()};
  }
  notice.digest = digest_of(values);
  notice.title = item.title;
  notice.url = item.url;
  notice.text = item.text;
  notice.text_is_html = item.text_is_html;
  notice.language = item.language;
  notice.published = item.published;
  const std::vector<std::string_view> links(item.links.begin(), item.links.end());
  notice.links = links;
  guard.notice(notice, place);
}

namespace {

Status check(const Source& source) {
  if (source.mapping.empty()) return Done{};
  return fail(ErrorKind::Config, Message::FeedMapNone, source.mapping.begin()->first);
}

Result<ReadReport> read(const Payload& payload, const Source& source, NoticeSink& sink) {
  auto text = to_utf8(payload.bytes, payload.content_type, MarkupKind::Xml);
  if (!text) return std::move(text).error();
  KeyGuard guard(sink);
  const std::string_view base = source.homepage.empty() ? source.url : source.homepage;
  const std::size_t start = text->find_first_not_of(" \t\r\n");
  if (start == std::string::npos) return fail(ErrorKind::Malformed, Message::FeedEmpty);
  if ((*text)[start] == '{') return read_json_feed(*text, base, guard);
  return read_xml_feed(*text, base, guard);
}

}  // namespace
}  // namespace syndication

const Adapter& adapter_syndication() {
  static constexpr Adapter kAdapter{"syndication", "RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed", syndication::check,
                                    syndication::read};
  return kAdapter;
}

}  // namespace vigifuite::feeds
