// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The only door to libxml2's trees and XPath.

#include <libxml/tree.h>
#include <libxml/xpath.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"

namespace vigifuite::feeds::mapped_html {

/// A node of a Page; lives as long as it.
using Node = xmlNode*;

/// A compiled XPath 1.0 expression.
class Path {
 public:
  /// Config: what is wrong with the expression, its functions included.
  static Result<Path> compile(const std::string& expression);
  [[nodiscard]] xmlXPathCompExpr* get() const noexcept { return compiled_.get(); }

 private:
  struct Free {
    void operator()(xmlXPathCompExpr* compiled) const { xmlXPathFreeCompExpr(compiled); }
  };
  std::unique_ptr<xmlXPathCompExpr, Free> compiled_;
};

/// A parsed HTML page. Nothing is fetched, no entity is loaded.
///
/// What its paths cost is bounded together: so many XPath steps, and so many bytes of text, for the whole page.
class Page {
 public:
  /// `html` is UTF-8. Malformed when there is no element in it.
  static Result<Page> parse(std::string_view html);

  /// The elements that `path` finds. Malformed when it finds something else, or costs too much.
  Result<std::vector<Node>> nodes(const Path& path);
  /// The texts that `path` finds from `node`, at most so many, the empty ones left out. On one line each, or
  /// with the lines of their blocks. Malformed when it costs too much.
  Result<std::vector<std::string>> texts(const Path& path, Node node, std::size_t at_most, bool with_lines);

  [[nodiscard]] std::uint64_t line_of(Node node) const;
  /// Where and why the parser stopped early, or empty.
  [[nodiscard]] const Text& broken_at() const noexcept { return broken_at_; }

 private:
  struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  struct FreeContext {
    void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
  };
  struct FreeObject {
    void operator()(xmlXPathObject* object) const { xmlXPathFreeObject(object); }
  };
  using Object = std::unique_ptr<xmlXPathObject, FreeObject>;

  Result<Object> evaluate(const Path& path, Node node);
  std::string text_of(Node node, bool with_lines);

  std::unique_ptr<xmlDoc, FreeDocument> document_;
  std::unique_ptr<xmlXPathContext, FreeContext> context_;
  std::size_t bytes_left_ = 0;  ///< of text that may still be taken
  unsigned long steps_left_ = 0;
  Text broken_at_;
};

}  // namespace vigifuite::feeds::mapped_html
