// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/change_words.hpp"

#include <utility>

namespace vigifuite {

std::optional<Message> change_word(std::string_view code) noexcept {
  static constexpr std::pair<std::string_view, Message> kWords[] = {
      {"new", Message::ChangeNew},
      {"status", Message::ChangeStatus},
      {"people", Message::ChangePeople},
      {"exposed", Message::ChangeExposed},
      {"not_exposed", Message::ChangeSpared},
      {"population", Message::ChangePopulation},
      {"processor", Message::ChangeProcessor},
      {"organisations", Message::ChangeBodies},
      {"period", Message::ChangePeriod},
      {"sources", Message::ChangeSources},
      {"text", Message::ChangeText},
      {"withdrawn", Message::ChangeWithdrawn},
      {"merged", Message::ChangeMerged},
      {"split", Message::ChangeSplit},
  };
  for (const auto& [word, message] : kWords) {
    if (word == code) return message;
  }
  return std::nullopt;
}

}  // namespace vigifuite
