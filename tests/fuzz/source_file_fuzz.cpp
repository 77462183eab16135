// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/source_file.hpp"

#include <cstdint>
#include <cstdlib>

/// A source file from anywhere is read or refused with one line; a mapping that is accepted is one that can be served.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto source = vigifuite::feeds::read_source_file({reinterpret_cast<const char*>(data), size}, "fuzz.toml");
  if (!source && source.error().what.find('\n') != std::string::npos) std::abort();
  return 0;
}
