// SPDX-License-Identifier: AGPL-3.0-or-later
// `vigifuite read`: the extractor, and nothing else of the program.

#include "daemon/cli/client.hpp"
#include "feeds/encoding.hpp"
#include "feeds/extract/prediction.hpp"
#include "feeds/reading_document.hpp"

namespace vigifuite::cli {

std::string read_text(const TextToRead& given) {
  const bool html = given.html.value_or(feeds::looks_like_html(given.bytes));
  const auto decoded = feeds::to_utf8(given.bytes, {}, html ? feeds::MarkupKind::Html : feeds::MarkupKind::Plain);
  const std::string text = decoded ? *decoded : feeds::valid_utf8(given.bytes);
  const feeds::extract::Announcement announcement{text, html, given.language, given.published};
  const auto reading = feeds::extract::read_announcement(announcement, Vocabulary::shipped());
  JsonOut out;
  feeds::write_reading(out, reading, Vocabulary::shipped());
  return std::string(out.str());
}

Status predict(std::string_view line, std::string& out) {
  thread_local JsonParser parser;
  thread_local JsonOut json;
  json.clear();
  VIGIFUITE_TRY(feeds::extract::predict(line, parser, Vocabulary::shipped(), json));
  out.append(json.str());
  return Done{};
}

}  // namespace vigifuite::cli
