// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"

namespace vigifuite::match {

/// Seals records with XChaCha20-Poly1305 (libsodium). `place` (the column and the record's number) is authenticated:
/// a sealed record put in the place of another does not open.
class Sealer {
 public:
  static constexpr std::size_t kKeyBytes = 32;

  /// Config when the key is not 32 bytes.
  static Result<Sealer> make(Secret key);
  /// [1][nonce, 24 random bytes][ciphertext and tag].
  [[nodiscard]] std::string seal(std::string_view place, std::string_view plain) const;
  /// Nothing when the bytes were sealed with another key, for another place, or changed.
  [[nodiscard]] std::optional<Secret> unseal(std::string_view place, std::string_view sealed) const;

 private:
  explicit Sealer(Secret key) : key_(std::move(key)) {}
  Secret key_;
};

}  // namespace vigifuite::match
