// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/markup.hpp"

#include <libxml/uri.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include <fmt/format.h>

#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kMaxAddressBytes = 2048;

/// The place after `mark`, searched from `at`; the end when it is not there.
std::size_t after(std::string_view text, std::string_view mark, std::size_t at) {
  const std::size_t found = text.find(mark, at);
  return found == std::string_view::npos ? text.size() : found + mark.size();
}

/// The place after the '>' that ends the tag at `at`: one inside an attribute's value does not.
std::size_t end_of_tag(std::string_view xml, std::size_t at) {
  while ((at = xml.find_first_of("\"'>", at)) != std::string_view::npos) {
    if (xml[at] == '>') return at + 1;
    at = after(xml, xml.substr(at, 1), at + 1);
  }
  return xml.size();
}

bool starts_with_scheme(std::string_view address, std::string_view scheme) {
  return address.size() > scheme.size() &&
         std::equal(scheme.begin(), scheme.end(), address.begin(),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

bool is_web_address(std::string_view address) {
  return starts_with_scheme(address, "https://") || starts_with_scheme(address, "http://");
}

}  // namespace

Status refuse_too_much_markup(std::string_view text) {
  if (static_cast<std::size_t>(std::count(text.begin(), text.end(), '<')) <= kMaxMarks) return Done{};
  return fail(ErrorKind::Malformed, Message::FeedTags, kMaxMarks);
}

std::size_t extent_within_depth(std::string_view xml) {
  std::size_t depth = 0;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    const std::string_view rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
      at = after(xml, "-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = after(xml, "]]>", at + 9);
    } else if (rest.starts_with("<?")) {
      at = after(xml, "?>", at + 2);
    } else if (rest.starts_with("<!")) {
      at = end_of_tag(xml, at);
    } else if (rest.starts_with("</")) {
      depth -= depth > 0 ? 1 : 0;
      at = end_of_tag(xml, at);
    } else {
      const std::size_t end = end_of_tag(xml, at);
      if (end < 2 || xml[end - 2] != '/') ++depth;
      if (depth > kMaxElementDepth) return at;
      at = end;
    }
  }
  return xml.size();
}

std::uint64_t LineCounter::line_of(std::size_t offset) {
  offset = std::min(offset, text_.size());
  if (offset > seen_) {
    const std::string_view stretch = text_.substr(seen_, offset - seen_);
    line_ += static_cast<std::uint64_t>(std::count(stretch.begin(), stretch.end(), '\n'));
    seen_ = offset;
  }
  return line_;
}

std::string resolve_address(std::string_view reference, std::string_view base) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t begin = reference.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  reference = reference.substr(begin, reference.find_last_not_of(kSpaces) - begin + 1);
  if (reference.size() > kMaxAddressBytes || reference.find_first_of("\t\r\n") != std::string_view::npos) return {};
  std::string wanted;
  for (const char c : reference) c == ' ' ? wanted.append("%20") : wanted.append(1, c);
  if (is_web_address(wanted)) return wanted;
  if (!is_web_address(base) || base.size() > kMaxAddressBytes) return {};
  struct Free {
    void operator()(xmlChar* text) const { xmlFree(text); }
  };
  const std::unique_ptr<xmlChar, Free> built(xmlBuildURI(reinterpret_cast<const xmlChar*>(wanted.c_str()),
                                                         reinterpret_cast<const xmlChar*>(std::string(base).c_str())));
  if (!built) return {};
  std::string address(reinterpret_cast<const char*>(built.get()));
  return is_web_address(address) ? address : std::string();
}

void append_value(std::string& record, std::string_view value) {
  // The length in front: values may hold any separator.
  fmt::format_to(std::back_inserter(record), "{}:", value.size());
  record.append(value);
}

}  // namespace vigifuite::feeds
