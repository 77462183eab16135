// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "feeds/extract/announcement.hpp"

namespace vigifuite::feeds::extract {

/// A name that may be that of a body, as the text writes it: tokens [first, last) of one sentence.
struct BodyName {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t sentence = 0;
  bool headed = false;    ///< it begins with a kind of body: "mairie de Saint-Lô", "fédération de gymnastique"
  bool proper = false;    ///< a capital says that it is a name; else only its kind does
  bool opens = false;     ///< that capital begins a sentence, so it may say nothing
  std::uint32_t end = 0;  ///< byte of the text past it: an ellipsis or a '+' may belong to it
};

/// The names of a text, in order. Linear. What speaks of another incident is left out.
std::vector<BodyName> find_body_names(const Parsed& parsed);

}  // namespace vigifuite::feeds::extract
