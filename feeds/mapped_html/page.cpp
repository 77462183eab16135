// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/mapped_html/page.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/xpathInternals.h>

#include <algorithm>
#include <new>

#include "feeds/html_text.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds::mapped_html {
namespace {

/// A page of 2 MB with two thousand records takes some millions.
constexpr unsigned long kMaxSteps = 50'000'000;
/// Records within records would let a page be copied once per level: so many times its size, and no more.
constexpr std::size_t kMaxTextPerByte = 4;

/// How a context's last error says that opLimit was reached.
constexpr int kStepsExceeded = int{XML_XPATH_EXPRESSION_OK} + int{XPATH_OP_LIMIT_EXCEEDED};

/// libxml2 prints errors unless somebody takes them; the caller of a path sees that it failed.
void ignore_error(void* /*user*/, xmlError* /*error*/) {}
void ignore_words(void* /*user*/, const char* /*format*/, ...) {}

/// An unknown function goes past the context's handler, to the one of the thread.
class Silence {
 public:
  Silence() : handler_(xmlGenericError), user_(xmlGenericErrorContext) {
    xmlSetGenericErrorFunc(nullptr, ignore_words);
  }
  ~Silence() { xmlSetGenericErrorFunc(user_, handler_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  xmlGenericErrorFunc handler_;
  void* user_;
};

struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
using XmlText = std::unique_ptr<xmlChar, FreeText>;

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

/// The markup of an element.
std::string markup_of(Node node) {
  struct Free {
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
  };
  const std::unique_ptr<xmlBuffer, Free> buffer(xmlBufferCreate());
  if (!buffer || htmlNodeDump(buffer.get(), node->doc, node) < 0) throw std::bad_alloc();
  return std::string(view_of(xmlBufferContent(buffer.get())));
}

}  // namespace

Result<Path> Path::compile(const std::string& expression) {
  // Compiling finds what is badly written; only evaluating finds functions and prefixes that do not exist.
  auto page = Page::parse("<html></html>");
  if (!page) return std::move(page).error();
  struct Free {
    void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
  };
  const std::unique_ptr<xmlXPathContext, Free> context(xmlXPathNewContext(nullptr));
  if (!context) throw std::bad_alloc();
  context->error = ignore_error;
  Path path;
  path.compiled_.reset(xmlXPathCtxtCompile(context.get(), reinterpret_cast<const xmlChar*>(expression.c_str())));
  if (!path.compiled_) return fail(ErrorKind::Config, Message::MapNotXPath, expression);
  if (!page->texts(path, nullptr, 1, false)) {
    return fail(ErrorKind::Config, Message::MapXPathFunction, expression);
  }
  return path;
}

Result<Page> Page::parse(std::string_view html) {
  struct Free {
    void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
  };
  xmlInitParser();
  const std::unique_ptr<htmlParserCtxt, Free> parser(htmlNewParserCtxt());
  if (!parser) throw std::bad_alloc();
  Page page;
  page.document_.reset(htmlCtxtReadMemory(parser.get(), html.data(), static_cast<int>(html.size()), nullptr, "UTF-8",
                                          HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                              HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC));
  if (!page.document_ || xmlDocGetRootElement(page.document_.get()) == nullptr) {
    return fail(ErrorKind::Malformed, Message::FeedEmpty);
  }
  if (parser->lastError.code == XML_ERR_INTERNAL_ERROR) {
    page.broken_at_ =
        in_both(Message::Within, in_both(Message::FeedLine, parser->lastError.line), in_both(Message::FeedNestedDeep));
  }
  page.context_.reset(xmlXPathNewContext(page.document_.get()));
  if (!page.context_) throw std::bad_alloc();
  page.context_->error = ignore_error;
  page.bytes_left_ = kMaxTextPerByte * html.size() + 65536;
  page.steps_left_ = kMaxSteps;
  return page;
}

Result<Page::Object> Page::evaluate(const Path& path, Node node) {
  const Silence silence;
  context_->opLimit = steps_left_;
  context_->opCount = 0;
  context_->node = node != nullptr ? node : xmlDocGetRootElement(document_.get());
  Object object(xmlXPathCompiledEval(path.get(), context_.get()));
  steps_left_ -= std::min(steps_left_, std::max(context_->opCount, 1UL));
  if (object && steps_left_ > 0) return object;
  if (context_->lastError.code == XML_ERR_NO_MEMORY) throw std::bad_alloc();
  if (steps_left_ == 0 || context_->lastError.code == kStepsExceeded) {
    return fail(ErrorKind::Malformed, Message::FeedXPathSteps, kMaxSteps);
  }
  return fail(ErrorKind::Malformed, Message::FeedXPathFails);
}

Result<std::vector<Node>> Page::nodes(const Path& path) {
  auto object = evaluate(path, nullptr);
  if (!object) return std::move(object).error();
  if ((*object)->type != XPATH_NODESET) return fail(ErrorKind::Malformed, Message::FeedXPathValue);
  const xmlNodeSet* set = (*object)->nodesetval;
  std::vector<Node> found;
  for (int i = 0; set != nullptr && i < set->nodeNr; ++i) {
    if (set->nodeTab[i]->type == XML_ELEMENT_NODE) found.push_back(set->nodeTab[i]);
  }
  return found;
}

std::string Page::text_of(Node node, bool with_lines) {
  if (node->type != XML_ELEMENT_NODE) {
    const XmlText content(xmlNodeGetContent(node));
    return one_line(view_of(content.get()));
  }
  const std::string markup = markup_of(node);
  bytes_left_ -= std::min(bytes_left_, markup.size());
  return with_lines ? html_to_text(markup) : html_to_line(markup);
}

Result<std::vector<std::string>> Page::texts(const Path& path, Node node, std::size_t at_most, bool with_lines) {
  auto object = evaluate(path, node);
  if (!object) return std::move(object).error();
  std::vector<std::string> found;
  if ((*object)->type != XPATH_NODESET) {
    const XmlText text(xmlXPathCastToString(object->get()));
    if (!text) throw std::bad_alloc();
    std::string line = with_lines ? std::string(view_of(text.get())) : one_line(view_of(text.get()));
    if (!line.empty()) found.push_back(std::move(line));
  }
  const xmlNodeSet* set = (*object)->type == XPATH_NODESET ? (*object)->nodesetval : nullptr;
  for (int i = 0; set != nullptr && i < set->nodeNr && found.size() < at_most; ++i) {
    std::string text = text_of(set->nodeTab[i], with_lines);
    bytes_left_ -= std::min(bytes_left_, text.size());
    if (bytes_left_ == 0) return fail(ErrorKind::Malformed, Message::FeedSameText);
    if (!text.empty()) found.push_back(std::move(text));
  }
  return found;
}

std::uint64_t Page::line_of(Node node) const {
  return static_cast<std::uint64_t>(std::max(xmlGetLineNo(node), 1L));
}

}  // namespace vigifuite::feeds::mapped_html
