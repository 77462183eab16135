// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/messages.hpp"

#include <fmt/format.h>

namespace vigifuite {
namespace {

struct Row {
  std::string_view name;
  std::string_view fr;
  std::string_view en;
};

constexpr Row kRows[] = {
#define VIGIFUITE_MESSAGE(id, fr, en) {#id, fr, en},
#include "schemas/messages/all.def"
#undef VIGIFUITE_MESSAGE
};

}  // namespace

const std::size_t kMessageCount = std::size(kRows);

std::string_view text_of(Language language, Message message) noexcept {
  const Row& row = kRows[static_cast<std::size_t>(message)];
  return language == Language::French ? row.fr : row.en;
}

std::string_view name_of(Message message) noexcept {
  return kRows[static_cast<std::size_t>(message)].name;
}

std::string say_with(Language language, Message message, fmt::format_args args) {
  return fmt::vformat(text_of(language, message), args);
}

}  // namespace vigifuite
