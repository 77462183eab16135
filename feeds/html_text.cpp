// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/html_text.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

#include "feeds/encoding.hpp"
#include "schemas/core/text.hpp"

// libxml2's HTML parser, used as a stream of events: no tree is built, so nesting costs nothing. A tree-building HTML5
// parser was measured first: it reconstructs open formatting elements in every paragraph, and 55 KB of "<p><b id=1>"
// took it nine seconds. The one quadratic case left here (closing tags that match nothing) is bounded by kMaxHtmlTags.

namespace vigifuite::feeds {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 34> kBlocks = {
    "address", "article",  "aside",      "blockquote", "body",   "br",   "dd",     "div", "dl",
    "dt",      "fieldset", "figcaption", "figure",     "footer", "form", "h1",     "h2",  "h3",
    "h4",      "h5",       "h6",         "header",     "hr",     "li",   "main",   "nav", "ol",
    "p",       "pre",      "section",    "table",      "tr",     "ul",   "caption"};
constexpr std::array<std::string_view, 9> kHidden = {"script", "style",  "template", "title", "iframe",
                                                     "object", "select", "textarea", "svg"};

/// Collects the text of a stream of HTML events. The callbacks never throw: libxml2 is C.
class Collector {
 public:
  explicit Collector(HtmlLayout layout = HtmlLayout::Words) : layout_(layout) {}

  void start(std::string_view name) {
    if (is_one_of(name, kHidden)) ++hidden_;
    around(name);
    if (name == "li") item_ = true;
    if (name == "tr") column_ = filled_ = 0;
    if (name == "td" || name == "th") ++column_;
  }
  void end(std::string_view name) {
    if (hidden_ > 0 && is_one_of(name, kHidden)) --hidden_;
    around(name);
  }
  void text(std::string_view words) {
    if (hidden_ > 0) return;
    for (std::size_t i = 0; i < words.size() && text_.size() < kMaxPlainBytes; ++i) {
      if (const std::size_t width = space_width(words.substr(i)); width > 0) {
        gap_ = std::max(gap_, Gap::Space);
        i += width - 1;
        continue;
      }
      flush_gap();
      text_.push_back(words[i]);
    }
  }
  std::string take() && { return std::string(clip(text_, kMaxPlainBytes)); }

  bool out_of_memory = false;

 private:
  enum class Gap : unsigned char { None, Space, Cell, Line };
  static constexpr std::size_t kMostEmptyCells = 16;

  /// Bytes of the white space at the start of `words` (a no-break space is one), or 0.
  static std::size_t space_width(std::string_view words) {
    const char c = words.front();
    if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
    return words.substr(0, 2) == "\xC2\xA0" ? 2 : 0;
  }
  void around(std::string_view name) {
    if (hidden_ > 0) return;
    if (is_one_of(name, kBlocks))
      gap_ = Gap::Line;
    else if (name == "td" || name == "th")
      gap_ = std::max(gap_, layout_ == HtmlLayout::Structure ? Gap::Cell : Gap::Space);
  }
  void flush_gap() {
    const Gap gap = std::exchange(gap_, Gap::None);
    if (gap != Gap::None && !text_.empty()) text_.push_back(gap == Gap::Line ? '\n' : gap == Gap::Cell ? '\t' : ' ');
    // An empty cell keeps its place, so that what stands under a head stays under it.
    const bool counts = layout_ == HtmlLayout::Structure && column_ > filled_ + 1;
    if (counts && (gap == Gap::Cell || filled_ == 0))
      text_.append(std::min(column_ - filled_ - 1, kMostEmptyCells), '\t');
    filled_ = column_;
    if (std::exchange(item_, false) && layout_ == HtmlLayout::Structure) text_.append("- ");
  }

  HtmlLayout layout_;
  std::string text_;
  bool item_ = false;  ///< an item of a list has begun, and none of its words has come
  Gap gap_ = Gap::None;
  std::size_t hidden_ = 0;
  std::size_t column_ = 0;  ///< of the row: its cells so far
  std::size_t filled_ = 0;  ///< the last of them that has words
};

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

/// Runs `step` on the collector; an allocation that fails is remembered, for a C parser cannot be thrown through.
template <class Step>
void guarded(void* user, Step step) noexcept {
  auto& collector = *static_cast<Collector*>(user);
  try {
    step(collector);
  } catch (const std::bad_alloc&) {
    collector.out_of_memory = true;
  }
}

void on_start(void* user, const xmlChar* name, const xmlChar** /*attributes*/) noexcept {
  guarded(user, [&](Collector& collector) { collector.start(view_of(name)); });
}
void on_end(void* user, const xmlChar* name) noexcept {
  guarded(user, [&](Collector& collector) { collector.end(view_of(name)); });
}
void on_text(void* user, const xmlChar* text, int length) noexcept {
  guarded(user, [&](Collector& collector) {
    collector.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
  });
}

/// The start of `html` that is within the bounds on bytes and tags.
std::string_view bounded(std::string_view html) {
  html = clip(html, kMaxHtmlBytes);
  std::size_t tags = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    if (++tags > kMaxHtmlTags) return html.substr(0, at);
  }
  return html;
}

void parse(std::string_view html, Collector& collector) {
  struct Free {
    void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
  };
  xmlInitParser();
  const std::unique_ptr<htmlParserCtxt, Free> context(
      htmlCreateMemoryParserCtxt(html.data(), static_cast<int>(html.size())));
  if (!context) throw std::bad_alloc();
  htmlCtxtUseOptions(context.get(), HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER |
                                        HTML_PARSE_IGNORE_ENC);
  htmlSAXHandler handler{};
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  htmlSAXHandler* own_handler = std::exchange(context->sax, &handler);
  void* own_data = std::exchange(context->userData, &collector);
  xmlSwitchEncoding(context.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(context.get());
  context->sax = own_handler;
  context->userData = own_data;
  if (collector.out_of_memory) throw std::bad_alloc();
}

}  // namespace

std::string html_to_text(std::string_view html, HtmlLayout layout) {
  const std::string clean = valid_utf8(bounded(html));
  Collector collector(layout);
  if (clean.find_first_of("<&") == std::string::npos) {
    // Plain text: its line breaks are meant.
    for (std::size_t begin = 0; begin <= clean.size();) {
      const std::size_t end = std::min(clean.find('\n', begin), clean.size());
      collector.start("br");
      collector.text(std::string_view(clean).substr(begin, end - begin));
      begin = end + 1;
    }
  } else {
    parse(clean, collector);
  }
  return std::move(collector).take();
}

std::string html_to_line(std::string_view html) {
  return one_line(html_to_text(html));
}

std::string one_line(std::string_view text) {
  Collector collector;
  collector.text(clip(text, kMaxPlainBytes));
  return std::move(collector).take();
}

}  // namespace vigifuite::feeds
