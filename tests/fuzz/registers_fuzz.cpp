// SPDX-License-Identifier: AGPL-3.0-or-later
// A public register, whatever its bytes: every row is told of, and the list made of it is one that is accepted.
#include <cstddef>
#include <cstdint>

#include "feeds/registers/register.hpp"
#include "schemas/core/check.hpp"

using namespace vigifuite;

/// The first byte chooses the register, the rest is its file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto registers = feeds::registers::all();
  const auto& from = registers[data[0] % registers.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const feeds::registers::Reading reading{bytes, "register", {2026, 1, 1}};
  const auto import = from.read(std::span(&reading, 1), Vocabulary::shipped());
  if (!import) {
    VIGIFUITE_CHECK(import.error().kind == ErrorKind::Malformed && !import.error().what.empty());
    return 0;
  }
  VIGIFUITE_CHECK(import->known + import->added == import->bodies.size());
  VIGIFUITE_CHECK(import->left + import->refused <= import->rows);
  VIGIFUITE_CHECK(import->bodies.size() + import->left + import->refused <= import->rows);
  // Loading the whole registry takes longer than all the rest: one in sixteen is enough, and the same each time.
  if (import->bodies.empty() || size % 16 != 0) return 0;
  const RegistryFile list{"list.json", document_of(*import, from, reading, Vocabulary::shipped())};
  const auto words = Vocabulary::with(std::span(&list, 1));
  VIGIFUITE_CHECK(words.has_value());
  return 0;
}
