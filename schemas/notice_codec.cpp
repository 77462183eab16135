// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/notice_codec.hpp"

#include "schemas/facts_codec.hpp"

namespace vigifuite {

std::string notice_document(const Notice& notice, std::string_view source, Instant first_seen) {
  JsonOut out;
  out.begin_object().member("schema", "vigifuite/notice@v1").member("source", source).member("key", notice.key);
  out.member_if("title", notice.title).member_if("url", notice.url);
  out.member_if("text", clip(notice.text, kMaxNoticeText));
  if (notice.text_is_html) out.member("text_is_html", true);
  out.member_if("language", notice.language).member_if("published", notice.published);
  write_instant(out, "first_seen", first_seen);
  out.end_object();
  return std::string(out.str());
}

std::string text_with_title(std::string_view title, std::string_view text, bool html) {
  text = clip(text, kMaxNoticeText);
  if (title.empty()) return std::string(text);
  std::string out;
  if (!html) return out.append(title).append(text.empty() ? "" : "\n\n").append(text);
  out = "<h1>";
  for (const char c : title) {
    if (c == '<')
      out += "&lt;";
    else
      out += c;
  }
  return out.append("</h1>\n").append(text);
}

}  // namespace vigifuite
