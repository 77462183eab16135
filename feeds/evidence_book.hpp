// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "feeds/extract/announcement.hpp"
#include "schemas/evidence.hpp"

namespace vigifuite::feeds {

/// Collects the facts of a reading under the sentences they were read in.
class EvidenceBook {
 public:
  /// `text` is Reading::text, and must outlive the book.
  explicit EvidenceBook(std::string_view text) : text_(text), document_(extract::segment(text)) {}

  /// Notes a fact; `where` empty means that the text as a whole proves it, and then its first sentence stands for it.
  void note(Fact fact, std::string value, extract::Evidence where, float confidence);
  /// In the order in which they stand in the text. The book is empty afterwards.
  std::vector<Evidence> take();

 private:
  /// Bytes of the text that one Evidence quotes.
  struct Page {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    Evidence evidence;
  };
  [[nodiscard]] Page page_for(extract::Evidence where) const;

  std::string_view text_;
  extract::Document document_;
  std::vector<Page> pages_;
  std::size_t facts_ = 0;
};

}  // namespace vigifuite::feeds
