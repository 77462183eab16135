// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "schemas/core/text.hpp"

namespace vigifuite {

/// What went wrong, named by what the caller does next.
enum class ErrorKind {
  Transient,    ///< try again later, with backoff
  RateLimited,  ///< try again, not before `retry_after`
  Malformed,    ///< the bytes are wrong: keep what is known, say where
  Refused,      ///< the other side or the owner says no: pause, tell the operator
  NotFound,     ///< what was asked for does not exist: look again
  Storage,      ///< the store cannot be trusted: stop
  Config,       ///< the operator must change something first
};

/// A failure with one sentence saying what, where and what to do, for the journal (English) and for a person.
///
/// Neither language holds a secret nor anything that identifies a watched person.
struct Error {
  ErrorKind kind;
  std::string what;  ///< in English
  std::optional<std::chrono::seconds> retry_after = std::nullopt;
  std::string fr = {};  ///< the same sentence in French; empty when only a programmer can meet it

  [[nodiscard]] Text text() const { return {fr, what}; }
  [[nodiscard]] const std::string& in(Language language) const noexcept {
    return language == Language::French && !fr.empty() ? fr : what;
  }
};

/// The word used for `kind` in logs and JSON ("transient", "rate_limited"…).
constexpr const char* name_of(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::Transient: return "transient";
    case ErrorKind::RateLimited: return "rate_limited";
    case ErrorKind::Malformed: return "malformed";
    case ErrorKind::Refused: return "refused";
    case ErrorKind::NotFound: return "not_found";
    case ErrorKind::Storage: return "storage";
    case ErrorKind::Config: return "config";
  }
  return "unknown";
}

}  // namespace vigifuite
