// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/mapped_json/path.hpp"

#include <fmt/format.h>

#include <cmath>

#include "feeds/json_records.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds::mapped_json {
namespace {

constexpr std::size_t kMaxSteps = 16;

Error wrong(std::string_view path, Message what) {
  return fail(ErrorKind::Config, Message::MapNotPath, path, what);
}

/// Reads "[]", "[*]" or "[12]" at the start of `rest`, and takes it off.
Result<Step> read_bracket(std::string_view whole, std::string_view& rest) {
  const std::size_t close = rest.find(']');
  if (close == std::string_view::npos) return wrong(whole, Message::MapPathBracket);
  const std::string_view inside = rest.substr(1, close - 1);
  rest.remove_prefix(close + 1);
  if (inside.empty() || inside == "*") return Step{Step::Kind::Every, {}, 0};
  if (inside.size() > 6 || inside.find_first_not_of("0123456789") != std::string_view::npos) {
    return wrong(whole, Message::MapPathIndex);
  }
  std::size_t index = 0;
  for (const char c : inside) index = index * 10 + static_cast<std::size_t>(c - '0');
  return Step{Step::Kind::Element, {}, index};
}

}  // namespace

Result<Path> Path::read(std::string_view text) {
  Path path;
  std::string_view rest = text;
  if (rest == "$") return path;
  if (rest.starts_with("$.") || rest.starts_with("$[")) rest.remove_prefix(rest[1] == '.' ? 2 : 1);
  if (rest.empty()) return wrong(text, Message::MapPathEmpty);
  bool name_expected = rest.front() != '[';
  while (!rest.empty() || name_expected) {
    if (path.steps_.size() == kMaxSteps) return wrong(text, Message::MapPathLong);
    if (name_expected) {
      const std::size_t end = std::min(rest.find_first_of(".["), rest.size());
      if (end == 0) return wrong(text, Message::MapPathName);
      path.steps_.push_back({Step::Kind::Member, std::string(rest.substr(0, end)), 0});
      rest.remove_prefix(end);
      name_expected = false;
    } else if (rest.front() == '[') {
      auto step = read_bracket(text, rest);
      if (!step) return std::move(step).error();
      path.steps_.push_back(std::move(*step));
    } else if (rest.front() == '.') {
      rest.remove_prefix(1);
      name_expected = true;
    } else {
      return wrong(text, Message::MapPathAfter);
    }
  }
  return path;
}

bool Path::walk(JsonValue from, std::size_t step, const std::function<bool(JsonValue)>& visit) const {
  if (!from.present()) return true;
  if (step == steps_.size()) return visit(from);
  const Step& next = steps_[step];
  switch (next.kind) {
    case Step::Kind::Member: return walk(from[next.name], step + 1, visit);
    case Step::Kind::Element: {
      std::size_t at = 0;
      for (const JsonValue item : from.items()) {
        if (at++ == next.index) return walk(JsonValue(item), step + 1, visit);
      }
      return true;
    }
    case Step::Kind::Every:
      for (const JsonValue item : from.items()) {
        if (!walk(JsonValue(item), step + 1, visit)) return false;
      }
      return true;
  }
  return true;
}

JsonValue Path::first(JsonValue from) const {
  JsonValue found;
  each(from, [&](JsonValue value) {
    found = value;
    return false;
  });
  return found;
}

std::string scalar_text(JsonValue value) {
  if (const auto text = value.string()) return std::string(trimmed(*text));
  if (const auto number = value.integer()) return fmt::format("{}", *number);
  if (const auto flag = value.boolean()) return *flag ? "true" : "false";
  if (const auto number = value.number()) {
    const bool whole = std::nearbyint(*number) == *number && std::abs(*number) < 1e15;
    return whole ? fmt::format("{}", static_cast<std::int64_t>(*number)) : fmt::format("{}", *number);
  }
  return {};
}

Result<Value> Value::read(std::string_view text) {
  Value value;
  if (text.starts_with('=')) {
    value.parts_.push_back({std::string(text.substr(1)), {}, false});
    return value;
  }
  if (text.find('{') == std::string_view::npos) {
    auto path = Path::read(text);
    if (!path) return std::move(path).error();
    value.parts_.push_back({{}, std::move(*path), true});
    return value;
  }
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    if (open > 0) value.parts_.push_back({std::string(text.substr(0, open)), {}, false});
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) return fail(ErrorKind::Config, Message::MapBracePath);
    auto path = Path::read(text.substr(open + 1, close - open - 1));
    if (!path) return std::move(path).error();
    value.parts_.push_back({{}, std::move(*path), true});
    text.remove_prefix(close + 1);
  }
  return value;
}

std::string Value::text(JsonValue record) const {
  std::string out;
  for (const Part& part : parts_) {
    if (!part.is_path) {
      out += part.words;
      continue;
    }
    const std::string found = scalar_text(part.path.first(record));
    if (found.empty()) return {};
    out += found;
  }
  return out;
}

const Path* Value::path() const noexcept {
  return parts_.size() == 1 && parts_.front().is_path ? &parts_.front().path : nullptr;
}

}  // namespace vigifuite::feeds::mapped_json
