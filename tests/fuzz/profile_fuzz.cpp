// SPDX-License-Identifier: AGPL-3.0-or-later
// A profile file and a tie typed on a command line: whatever is accepted is written back and read the same.
#include <cstddef>
#include <cstdint>

#include "schemas/core/check.hpp"
#include "schemas/profile.hpp"

using namespace vigifuite;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tie = parse_tie(text);
  VIGIFUITE_CHECK(!tie || !tie->organisation.name.empty());

  JsonParser parser;
  const auto json = parser.parse(text);
  if (!json) return 0;
  const auto profile = read_profile(*json);
  if (!profile) return 0;
  JsonOut out;
  write(out, *profile);
  JsonParser again;
  const auto read = read_profile(*again.parse(out.str()));
  VIGIFUITE_CHECK(read.has_value());
  VIGIFUITE_CHECK(*read == *profile);
  return 0;
}
