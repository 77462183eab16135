// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/html_text.hpp"

#include <cstdint>
#include <cstdlib>

#include "schemas/core/json_element.hpp"
#include "schemas/core/json_in.hpp"

/// Whatever the markup, the text is UTF-8, bounded, and on one line when asked so.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace vigifuite::feeds;
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  const std::string text = html_to_text(html);
  if (text.size() > kMaxPlainBytes || !simdjson::validate_utf8(text.data(), text.size())) std::abort();
  if (html_to_line(html).find('\n') != std::string::npos) std::abort();
  return 0;
}
