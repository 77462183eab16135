// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/core/json_out.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include <cmath>

#include "schemas/core/check.hpp"

namespace vigifuite {
namespace {

/// `text` with U+FFFD for every byte that is not part of valid UTF-8.
std::string repaired(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (length <= text.size() && simdjson::validate_utf8(text.data(), length)) {
      out.append(text.substr(0, length));
      text.remove_prefix(length);
    } else {
      out.append("\xEF\xBF\xBD");
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace

struct JsonOut::Impl {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
};

JsonOut::JsonOut() : impl_(std::make_unique<Impl>()) {}
JsonOut::~JsonOut() = default;
JsonOut::JsonOut(JsonOut&&) noexcept = default;
JsonOut& JsonOut::operator=(JsonOut&&) noexcept = default;

JsonOut& JsonOut::begin_object() { impl_->writer.StartObject(); return *this; }
JsonOut& JsonOut::end_object() { impl_->writer.EndObject(); return *this; }
JsonOut& JsonOut::begin_array() { impl_->writer.StartArray(); return *this; }
JsonOut& JsonOut::end_array() { impl_->writer.EndArray(); return *this; }

JsonOut& JsonOut::key(std::string_view name) {
  impl_->writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  return *this;
}

JsonOut& JsonOut::value(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) {
    impl_->writer.String(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
    return *this;
  }
  const std::string good = repaired(text);
  impl_->writer.String(good.data(), static_cast<rapidjson::SizeType>(good.size()));
  return *this;
}

JsonOut& JsonOut::value(bool flag) { impl_->writer.Bool(flag); return *this; }
JsonOut& JsonOut::value(std::int64_t number) { impl_->writer.Int64(number); return *this; }

JsonOut& JsonOut::value(double number) {
  if (!std::isfinite(number)) return null();  // JSON has no word for it
  impl_->writer.Double(number);
  return *this;
}

JsonOut& JsonOut::null() { impl_->writer.Null(); return *this; }

JsonOut& JsonOut::raw(std::string_view json) {
  impl_->writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
  return *this;
}

JsonOut& JsonOut::member_if(std::string_view name, const Text& text) {
  if (text.empty()) return *this;
  return key(name).begin_object().member_if("fr", text.fr).member_if("en", text.en).end_object();
}

std::string_view JsonOut::str() const {
  VIGIFUITE_CHECK(impl_->writer.IsComplete());
  return {impl_->buffer.GetString(), impl_->buffer.GetSize()};
}

void JsonOut::clear() {
  impl_->buffer.Clear();
  impl_->writer.Reset(impl_->buffer);
}

}  // namespace vigifuite
