// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/watch_set.hpp"

#include <bit>
#include <cstring>
#include <roaring/roaring.hh>

#include "schemas/messages.hpp"

namespace roaring {}  // namespace roaring

namespace vigifuite::match {
namespace {

using namespace ::roaring;

constexpr std::uint32_t kCookie = 12346;  // a serialisation without run containers
constexpr std::size_t kMaxArray = 4096;   // beyond so many numbers a container is a bitset
constexpr std::size_t kBitsetBytes = 8192;

template <class T>
T load(std::string_view bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

bool is_container(std::string_view bytes, std::size_t count) {
  if (count <= kMaxArray) {
    for (std::size_t i = 1; i < count; ++i) {
      if (load<std::uint16_t>(bytes, 2 * (i - 1)) >= load<std::uint16_t>(bytes, 2 * i)) return false;
    }
    return true;
  }
  std::size_t bits = 0;
  for (std::size_t at = 0; at < kBitsetBytes; at += 8) {
    bits += static_cast<std::size_t>(std::popcount(load<std::uint64_t>(bytes, at)));
  }
  return bits == count;
}

/// CRoaring checks lengths only, and trusts the rest: counts and order are checked here.
bool is_serialisation(std::string_view bytes) {
  if (bytes.size() < 8 || load<std::uint32_t>(bytes, 0) != kCookie) return false;
  const std::size_t containers = load<std::uint32_t>(bytes, 4);
  if (containers > 65'536 || bytes.size() < 8 + 8 * containers) return false;
  std::size_t at = 8 + 8 * containers;
  for (std::size_t i = 0; i < containers; ++i) {
    if (i > 0 && load<std::uint16_t>(bytes, 8 + 4 * (i - 1)) >= load<std::uint16_t>(bytes, 8 + 4 * i)) return false;
    if (load<std::uint32_t>(bytes, 8 + 4 * containers + 4 * i) != at) return false;
    const std::size_t count = std::size_t{load<std::uint16_t>(bytes, 8 + 4 * i + 2)} + 1;
    const std::size_t length = count <= kMaxArray ? 2 * count : kBitsetBytes;
    if (bytes.size() - at < length || !is_container(bytes.substr(at, length), count)) return false;
    at += length;
  }
  return at == bytes.size();
}

}  // namespace

struct WatchSet::Impl {
  Roaring bitmap;
};

WatchSet::WatchSet() : impl_(std::make_unique<Impl>()) {}
WatchSet::~WatchSet() = default;
WatchSet::WatchSet(const WatchSet& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
WatchSet::WatchSet(WatchSet&& other) noexcept : impl_(std::exchange(other.impl_, std::make_unique<Impl>())) {}
WatchSet& WatchSet::operator=(const WatchSet& other) {
  if (this != &other) impl_->bitmap = other.impl_->bitmap;
  return *this;
}
WatchSet& WatchSet::operator=(WatchSet&& other) noexcept {
  std::swap(impl_, other.impl_);
  return *this;
}

void WatchSet::add(WatchNumber number) {
  impl_->bitmap.add(number);
}
void WatchSet::add_sorted(std::span<const WatchNumber> numbers) {
  impl_->bitmap.addMany(numbers.size(), numbers.data());
}
void WatchSet::remove(WatchNumber number) {
  impl_->bitmap.remove(number);
}
bool WatchSet::has(WatchNumber number) const {
  return impl_->bitmap.contains(number);
}
std::uint64_t WatchSet::size() const {
  return impl_->bitmap.cardinality();
}
bool WatchSet::empty() const {
  return impl_->bitmap.isEmpty();
}
void WatchSet::merge(const WatchSet& other) {
  impl_->bitmap |= other.impl_->bitmap;
}
void WatchSet::subtract(const WatchSet& other) {
  impl_->bitmap -= other.impl_->bitmap;
}
void WatchSet::intersect(const WatchSet& other) {
  impl_->bitmap &= other.impl_->bitmap;
}

void WatchSet::each(WatchNumber from, const std::function<bool(WatchNumber)>& visit) const {
  auto it = impl_->bitmap.begin();
  it.equalorlarger(from);
  for (const auto end = impl_->bitmap.end(); it != end; ++it) {
    if (!visit(*it)) return;
  }
}

std::string WatchSet::bytes() const {
  Roaring bitmap = impl_->bitmap;
  bitmap.removeRunCompression();
  std::string out(bitmap.getSizeInBytes(), '\0');
  bitmap.write(out.data());
  return out;
}

Result<WatchSet> WatchSet::from_bytes(std::string_view bytes) {
  if (!is_serialisation(bytes)) {
    return fail(ErrorKind::Malformed, Message::WatchSetDamaged);
  }
  WatchSet set;
  set.impl_->bitmap = Roaring::readSafe(bytes.data(), bytes.size());
  return set;
}

}  // namespace vigifuite::match
