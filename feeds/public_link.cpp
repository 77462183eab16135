// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/public_link.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kMaxUrlBytes = 2000;

/// Names that only sites where leaked data is given or sold bear; they change the rest of their address often.
constexpr std::array<std::string_view, 19> kLeakNames = {
    "anonfile", "anonfiles", "bayfiles",   "breached", "breachforums", "ddosecrets", "dehashed",
    "doxbin",   "ghostbin",  "gofile",     "leakbase", "leakcheck",    "pastebin",   "raidforums",
    "snusbase", "tor2web",   "weleakinfo", "onion",    "i2p",
};
/// Whole addresses, where the name alone is also an honest site's.
constexpr std::array<std::string_view, 16> kLeakHosts = {
    "cracked.io", "cracked.sh", "cracked.to", "dropmefiles.com", "exploit.in",  "file.io", "intelx.io", "mega.co.nz",
    "mega.io",    "mega.nz",    "nulled.to",  "pixeldrain.com",  "transfer.sh", "t.me",    "xss.as",    "xss.is",
};

constexpr std::size_t kMaxLeakHost = 15;  ///< "dropmefiles.com"

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == y; });
}

// What a character may be part of: one look for each character of each address of a list of thousands.
enum : unsigned char { kInUrl = 1, kInHost = 2, kEndsHost = 4 };

constexpr std::array<unsigned char, 256> character_kinds() {
  std::array<unsigned char, 256> kinds{};
  for (std::size_t c = 0; c < 256; ++c) {
    if (c > ' ' && c != '"' && c != '<' && c != '>' && c != 0x7F) kinds[c] |= kInUrl;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c >= 0x80) kinds[c] |= kInHost;
    if (c == '/' || c == '?' || c == '#' || c == '\\') kinds[c] |= kEndsHost;
  }
  return kinds;
}
constexpr auto kKinds = character_kinds();

unsigned char kind_of(char c) noexcept {
  return kKinds[static_cast<unsigned char>(c)];
}

/// What follows "http://" or "https://", or "".
std::string_view after_scheme(std::string_view url) noexcept {
  if (url.size() > 8 && same(url.substr(0, 8), "https://")) return url.substr(8);
  if (url.size() > 7 && same(url.substr(0, 7), "http://")) return url.substr(7);
  return {};
}

/// The host, without user, port and path.
std::string_view authority_host(std::string_view rest) noexcept {
  std::size_t end = 0;
  while (end < rest.size() && (kind_of(rest[end]) & kEndsHost) == 0) ++end;
  rest = rest.substr(0, end);
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  rest = rest.substr(0, rest.find(':'));
  while (!rest.empty() && rest.back() == '.') rest.remove_suffix(1);
  return rest;
}

/// Lengths and first letters of the names above: most labels share neither with any of them.
constexpr std::uint64_t name_mark(std::size_t size, char first) noexcept {
  return std::uint64_t{1} << ((size * 7 + static_cast<unsigned char>(first | 0x20)) % 64);
}
constexpr std::uint64_t name_marks() {
  std::uint64_t marks = 0;
  for (const std::string_view name : kLeakNames) marks |= name_mark(name.size(), name.front());
  return marks;
}

bool is_leak_name(std::string_view label) noexcept {
  constexpr std::uint64_t kMarks = name_marks();
  if (label.empty() || (kMarks & name_mark(label.size(), label.front())) == 0) return false;
  return std::any_of(kLeakNames.begin(), kLeakNames.end(), [&](std::string_view bad) { return same(label, bad); });
}

bool is_leak_host(std::string_view host) noexcept {
  // Every label counts: "xyz.onion.ws" is a gateway to a hidden service, "breachforums.example" a new address.
  for (std::size_t start = 0; start <= host.size();) {
    const std::size_t end = std::min(host.find('.', start), host.size());
    if (is_leak_name(host.substr(start, end - start))) return true;
    const std::string_view rest = host.substr(start);
    if (rest.size() <= kMaxLeakHost && std::any_of(kLeakHosts.begin(), kLeakHosts.end(), [&](std::string_view bad) {
          return rest.size() == bad.size() && same(rest, bad);
        })) {
      return true;
    }
    start = end + 1;
  }
  return false;
}

bool is_host_text(std::string_view host) noexcept {
  if (host.empty() || host.size() > 253 || host.find('.') == std::string_view::npos) return false;
  unsigned char all = kInHost;
  for (const char c : host) all &= kind_of(c);
  return all != 0;
}

}  // namespace

namespace {

/// Whether some byte of eight is below `least`; exact for the lowest one found, which is enough for a yes or no.
constexpr std::uint64_t kOnes = 0x0101010101010101U;
constexpr std::uint64_t kHighs = 0x8080808080808080U;
constexpr std::uint64_t below(std::uint64_t word, std::uint64_t least) noexcept {
  return (word - kOnes * least) & ~word & kHighs;
}
constexpr std::uint64_t equal(std::uint64_t word, unsigned char c) noexcept {
  return below(word ^ (kOnes * c), 1);
}

/// No space, control character, quotation mark or angle bracket; eight characters at a time.
bool all_in_url(std::string_view url) noexcept {
  while (url.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, url.data(), sizeof(word));
    const std::uint64_t found =
        below(word, ' ' + 1) | equal(word, '"') | equal(word, '<') | equal(word, '>') | equal(word, 0x7F);
    if (found != 0) return false;
    url.remove_prefix(sizeof(word));
  }
  return std::all_of(url.begin(), url.end(), [](char c) { return (kind_of(c) & kInUrl) != 0; });
}

}  // namespace

bool is_public_link(std::string_view url) noexcept {
  if (url.size() > kMaxUrlBytes) return false;
  if (!all_in_url(url)) return false;
  const std::string_view host = authority_host(after_scheme(url));
  return is_host_text(host) && !is_leak_host(host);
}

std::string host_of(std::string_view url_or_host) {
  const std::string_view rest = after_scheme(url_or_host);
  std::string_view host = authority_host(rest.empty() ? url_or_host : rest);
  const bool has_www = host.size() > 4 && same(host.substr(0, 4), "www.");
  if (has_www && host.find('.', 4) != std::string_view::npos) host.remove_prefix(4);
  if (!is_host_text(host)) return {};
  std::string out(host);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace vigifuite::feeds
