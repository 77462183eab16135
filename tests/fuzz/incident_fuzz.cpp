// SPDX-License-Identifier: AGPL-3.0-or-later
// A stored or imported incident: whatever is accepted is written back and read the same.
#include <cstddef>
#include <cstdint>

#include "schemas/core/check.hpp"
#include "schemas/incident.hpp"

using namespace vigifuite;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  JsonParser parser;
  const auto json = parser.parse({reinterpret_cast<const char*>(data), size});
  if (!json) return 0;
  const Vocabulary& vocabulary = Vocabulary::shipped();
  const auto incident = read_incident(*json, vocabulary);
  if (!incident) return 0;
  JsonOut out;
  write(out, *incident, vocabulary);
  JsonParser again;
  const auto read = read_incident(*again.parse(out.str()), vocabulary);
  VIGIFUITE_CHECK(read.has_value());
  VIGIFUITE_CHECK(*read == *incident);
  return 0;
}
