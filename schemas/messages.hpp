// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Every sentence our programs say to a person, in both languages: schemas/messages/*.def. Letters and mails have
// templates of their own.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "schemas/core/result.hpp"
#include "schemas/core/text.hpp"

namespace vigifuite {

/// One sentence of the catalogue. Names ending in _one and _many are the two forms of one sentence: see plural().
enum class Message : std::uint16_t {
#define VIGIFUITE_MESSAGE(id, fr, en) id,
#include "schemas/messages/all.def"
#undef VIGIFUITE_MESSAGE
};

/// How many sentences there are; Message values are 0 … kMessageCount - 1.
extern const std::size_t kMessageCount;

/// The sentence as it stands in the catalogue, placeholders and all.
std::string_view text_of(Language language, Message message) noexcept;
/// The name of the row, for tests.
std::string_view name_of(Message message) noexcept;

/// The sentence with its placeholders filled; use say().
std::string say_with(Language language, Message message, fmt::format_args args);

/// The sentence with {0}, {1}… replaced by `args` (strings: numbers and dates go through schemas/wording.hpp first).
/// A placeholder without an argument is a bug of ours and throws.
template <class... Args>
std::string say(Language language, Message message, const Args&... args) {
  return say_with(language, message, fmt::make_format_args(args...));
}

/// What is the same in every language, and what is not (a Text, another Message), as it is said in `language`.
template <class Arg>
const Arg& in_language(Language, const Arg& arg) noexcept {
  return arg;
}
inline const std::string& in_language(Language language, const Text& text) noexcept {
  return text.in(language);
}
inline std::string_view in_language(Language language, Message message) noexcept {
  return text_of(language, message);
}

/// say() in both languages, for what is said later to whoever asks.
template <class... Args>
Text in_both(Message message, const Args&... args) {
  return {say_with(Language::French, message, fmt::make_format_args(in_language(Language::French, args)...)),
          say_with(Language::English, message, fmt::make_format_args(in_language(Language::English, args)...))};
}

/// The failure a function returns, in words of the catalogue: `return fail(ErrorKind::Config, Message::NoStore, path);`
template <class... Args>
[[nodiscard]] Error fail(ErrorKind kind, Message message, const Args&... args) {
  return fail(kind, in_both(message, args...));
}

/// Which of two forms `count` takes: in French 0 and 1 are singular, in English 1 only.
constexpr Message plural(Language language, std::int64_t count, Message one, Message many) noexcept {
  const bool singular = count == 1 || (count == 0 && language == Language::French);
  return singular ? one : many;
}

}  // namespace vigifuite
