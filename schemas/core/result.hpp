// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "schemas/core/check.hpp"
#include "schemas/core/error.hpp"

namespace vigifuite {

/// A value, or the Error that took its place. Members are named as in C++23's std::expected.
///
/// The class is [[nodiscard]]: a dropped result does not compile.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] T& value() & {
    VIGIFUITE_CHECK(has_value());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const T& value() const& {
    VIGIFUITE_CHECK(has_value());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && {
    VIGIFUITE_CHECK(has_value());
    return std::move(*std::get_if<0>(&state_));
  }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] Error& error() & {
    VIGIFUITE_CHECK(!has_value());
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] const Error& error() const& {
    VIGIFUITE_CHECK(!has_value());
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] Error&& error() && {
    VIGIFUITE_CHECK(!has_value());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

/// What a step that yields nothing yields.
struct Done {};
using Status = Result<Done>;

/// Makes the failure a function returns: `return fail(ErrorKind::Malformed, "…");`
[[nodiscard]] inline Error fail(ErrorKind kind, std::string what) {
  return Error{kind, std::move(what)};
}
/// The same in both languages; see schemas/messages.hpp for sentences of the catalogue.
[[nodiscard]] inline Error fail(ErrorKind kind, Text what) {
  return Error{kind, std::move(what.en), std::nullopt, std::move(what.fr)};
}

/// The same failure, said from one layer up: "feed x: record 12: not a date".
[[nodiscard]] inline Error in_context(const Text& where, Error error) {
  if (!error.fr.empty()) error.fr.insert(0, where.in(Language::French) + "\u00A0: ");
  error.what.insert(0, where.in(Language::English) + ": ");
  return error;
}
[[nodiscard]] inline Error in_context(std::string_view where, Error error) {
  return in_context(Text{{}, std::string(where)}, std::move(error));
}

}  // namespace vigifuite

/// Runs `expression` (a Result) and returns its failure from the enclosing function, if any. The counter keeps the
/// names of nested uses apart.
#define VIGIFUITE_TRY(expression) VIGIFUITE_TRY_AS(expression, __COUNTER__)
#define VIGIFUITE_TRY_AS(expression, number) VIGIFUITE_TRY_NAMED(expression, number)
#define VIGIFUITE_TRY_NAMED(expression, number)                          \
  do {                                                                   \
    if (auto try_result_##number = (expression); !try_result_##number) { \
      return std::move(try_result_##number).error();                     \
    }                                                                    \
  } while (false)
