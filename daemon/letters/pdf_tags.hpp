// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What each stretch of a page is (a heading, an item of a list), for those who listen to the file: the structure tree
// of a tagged PDF, written through libharu's objects. One document, one thread.

#include <hpdf.h>

#include <vector>

#include "daemon/letters/pdf_engine.hpp"

namespace vigifuite::letters {

class PdfTags {
 public:
  /// Content drawn from here on, on this page, is of this role. Stretches do not nest: close() first.
  void open(HPDF_Page page, Role role);
  void close(HPDF_Page page);
  /// Adds the tree to the document.
  void write(HPDF_Doc document) const;

 private:
  struct Stretch {
    Role role;
    HPDF_Page page;
    HPDF_INT32 number;  ///< in its page
  };
  std::vector<Stretch> stretches_;
  std::vector<HPDF_Page> pages_;
  HPDF_INT32 next_ = 0;
  bool open_ = false;
};

}  // namespace vigifuite::letters
