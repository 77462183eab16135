// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/encoding.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "schemas/core/json_element.hpp"
#include "schemas/core/json_in.hpp"

/// The first byte chooses the kind of document, the first line is the server's Content-Type, the rest the document.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace vigifuite::feeds;
  if (size == 0) return 0;
  constexpr MarkupKind kKinds[] = {MarkupKind::Plain, MarkupKind::Xml, MarkupKind::Html};
  const MarkupKind kind = kKinds[data[0] % 3];
  std::string_view rest(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::string_view type = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.size(), type.size() + 1));
  const auto text = to_utf8(rest, type, kind);
  if (!text) std::abort();  // only a declared encoding can be refused
  if (!simdjson::validate_utf8(text->data(), text->size()) || text->find('\0') != std::string::npos) std::abort();
  if (text->size() > 4 * rest.size() + 4) std::abort();
  return 0;
}
