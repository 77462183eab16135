// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigifuite {

enum class Language : unsigned char { French, English };

/// "fr" or "en".
constexpr std::string_view code_of(Language language) noexcept {
  return language == Language::French ? "fr" : "en";
}

/// The same words in the two languages we speak. Either may be empty.
struct Text {
  std::string fr;
  std::string en;

  friend bool operator==(const Text&, const Text&) = default;
  [[nodiscard]] bool empty() const noexcept { return fr.empty() && en.empty(); }
  /// The words in `language`, or in the other when those are missing.
  [[nodiscard]] const std::string& in(Language language) const noexcept {
    const std::string& wanted = language == Language::French ? fr : en;
    if (!wanted.empty()) return wanted;
    return language == Language::French ? en : fr;
  }
};

/// How we compare names: lower case, no accents, punctuation and spaces as single spaces, trimmed.
///
/// "Pôle  Emploi" -> "pole emploi", "L'Œuvre" -> "l oeuvre". Bytes that are not UTF-8 become spaces. Pure.
std::string fold(std::string_view text);

/// The folded text with '-' for ' ', ASCII only, at most `max_bytes`: the readable part of an id.
std::string slug(std::string_view text, std::size_t max_bytes = 48);

/// At most `max_bytes` of `text`, cut on a UTF-8 boundary.
std::string_view clip(std::string_view text, std::size_t max_bytes) noexcept;

}  // namespace vigifuite
