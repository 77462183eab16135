// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// How codecs read a document: member by member, remembering the first that is wrong and where it is.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/instant.hpp"
#include "schemas/core/json_in.hpp"
#include "schemas/core/text.hpp"
#include "schemas/messages.hpp"
#include "schemas/words.hpp"

namespace vigifuite {

enum class Need : unsigned char { Optional, Required };

/// One object of a document. An absent optional member leaves the value as it was; the first wrong or missing member
/// is kept in `wrong` as one sentence ("$.people[2].count: expected an integer"), the others are still read.
class MembersIn {
 public:
  MembersIn(JsonValue object, Text& wrong) : object_(object), wrong_(wrong) { expect_object(); }
  MembersIn(JsonValue object, const MembersIn& parent, std::string_view name, std::optional<std::size_t> index)
      : object_(object), wrong_(parent.wrong_), parent_(&parent), name_(name), index_(index) {
    expect_object();
  }

  [[nodiscard]] JsonValue operator[](std::string_view name) const noexcept { return object_[name]; }
  [[nodiscard]] JsonValue json() const noexcept { return object_; }

  void read(std::string_view name, std::string& value, Need need = Need::Optional) const;
  void read(std::string_view name, Text& value) const;
  void read(std::string_view name, bool& value) const;
  void read(std::string_view name, std::int64_t& value, Need need = Need::Optional) const;
  void read(std::string_view name, std::uint32_t& value, Need need = Need::Optional) const;
  void read(std::string_view name, std::optional<std::int64_t>& value) const;
  void read(std::string_view name, PartialDate& value) const;
  void read(std::string_view name, Instant& value, Need need = Need::Optional) const;
  void read(std::string_view name, std::vector<std::string>& value) const;

  template <class E>
  void read_word(std::string_view name, E& value, Need need = Need::Optional) const {
    const JsonValue json = given(name, need);
    if (!json) return;
    if (const auto word = words::parse<E>(json.text()))
      value = *word;
    else
      complain(name, Message::MemberWord);
  }

  /// Calls `read_one(const MembersIn&)` for each object of the array `name`.
  template <class ReadOne>
  void each(std::string_view name, const ReadOne& read_one) const {
    const JsonValue json = array(name);
    std::size_t index = 0;
    for (const auto element : json.items()) read_one(MembersIn(JsonValue(element), *this, name, index++));
  }
  /// Calls `read_one(const MembersIn&)` for the object `name`, when there is one.
  template <class ReadOne>
  void within(std::string_view name, const ReadOne& read_one) const {
    const JsonValue json = object_[name];
    if (json) read_one(MembersIn(json, *this, name, std::nullopt));
  }

  /// The array `name`, or nothing; anything else than an array is complained about.
  [[nodiscard]] JsonValue array(std::string_view name) const;
  /// Complains about every member that is not one of `known`.
  void refuse_others(std::initializer_list<std::string_view> known) const;
  void complain(std::string_view name, const Text& what) const;
  void complain(std::string_view name, Message what) const { complain(name, in_both(what)); }
  /// What only we can write wrong, in documents that are part of the program.
  void complain(std::string_view name, std::string_view english) const {
    complain(name, Text{{}, std::string(english)});
  }

 private:
  void expect_object() const {
    if (!object_.is_object()) complain({}, Message::MemberObject);
  }
  [[nodiscard]] JsonValue given(std::string_view name, Need need) const;
  void append_path(std::string& out) const;

  JsonValue object_;
  Text& wrong_;
  const MembersIn* parent_ = nullptr;
  std::string_view name_;
  std::optional<std::size_t> index_;
};

}  // namespace vigifuite
