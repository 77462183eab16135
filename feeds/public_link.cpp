// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/public_link.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

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

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Three addresses a record are looked at, letter by letter: what a letter is must cost one look-up.
enum : unsigned char { kInUrl = 1, kInHost = 2, kEndsHost = 4 };
constexpr std::array<unsigned char, 256> kLetters = [] {
  std::array<unsigned char, 256> letters{};
  for (unsigned c = 0; c < 256; ++c) {
    const char l = lower(static_cast<char>(c));
    if (c > ' ' && c != '"' && c != '<' && c != '>' && c != 0x7F) letters[c] |= kInUrl;
    if ((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c >= 0x80) {
      letters[c] |= kInHost;
    }
    if (c == '/' || c == '?' || c == '#' || c == '\\') letters[c] |= kEndsHost;
  }
  return letters;
}();

constexpr bool is(char c, unsigned char kind) noexcept {
  return (kLetters[static_cast<unsigned char>(c)] & kind) != 0;
}

/// By the length of a label, the letters it begins with in the two lists above: most hosts are cleared by this alone.
constexpr std::array<std::uint32_t, 16> kSuspects = [] {
  std::array<std::uint32_t, 16> suspects{};
  const auto note = [&](std::string_view label) {
    suspects[label.size()] |= 1U << static_cast<unsigned>(label[0] - 'a');
  };
  for (const std::string_view name : kLeakNames) note(name);
  for (const std::string_view host : kLeakHosts) note(host.substr(0, host.find('.')));
  return suspects;
}();

bool is_suspect(std::string_view label) noexcept {
  if (label.empty() || label.size() >= kSuspects.size()) return false;
  const char first = lower(label.front());
  return first >= 'a' && first <= 'z' && (kSuspects[label.size()] >> static_cast<unsigned>(first - 'a') & 1U) != 0;
}

bool same(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == y; });
}

/// What follows "http://" or "https://", or "".
std::string_view after_scheme(std::string_view url) noexcept {
  if (url.size() > 8 && same(url.substr(0, 8), "https://")) return url.substr(8);
  if (url.size() > 7 && same(url.substr(0, 7), "http://")) return url.substr(7);
  return {};
}

/// The host, without user, port and path.
std::string_view authority_host(std::string_view rest) noexcept {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t start = 0, colon = kNone, end = 0;
  for (; end < rest.size() && !is(rest[end], kEndsHost); ++end) {
    if (rest[end] == '@') {
      start = end + 1;
      colon = kNone;
    } else if (rest[end] == ':' && colon == kNone) {
      colon = end;
    }
  }
  rest = rest.substr(start, std::min(colon, end) - start);
  while (!rest.empty() && rest.back() == '.') rest.remove_suffix(1);
  return rest;
}

bool is_leak_name(std::string_view label) noexcept {
  return std::any_of(kLeakNames.begin(), kLeakNames.end(), [&](std::string_view bad) { return same(label, bad); });
}

/// Whether `host` is `bad` or a part of it.
bool is_under(std::string_view host, std::string_view bad) noexcept {
  if (host.size() < bad.size() || !same(host.substr(host.size() - bad.size()), bad)) return false;
  return host.size() == bad.size() || host[host.size() - bad.size() - 1] == '.';
}

bool is_leak_host(std::string_view host) noexcept {
  // Every label counts: "xyz.onion.ws" is a gateway to a hidden service, "breachforums.example" a new address.
  for (std::size_t start = 0; start <= host.size();) {
    const std::size_t end = std::min(host.find('.', start), host.size());
    const std::string_view label = host.substr(start, end - start);
    start = end + 1;
    if (!is_suspect(label)) continue;
    if (is_leak_name(label)) return true;
    if (std::any_of(kLeakHosts.begin(), kLeakHosts.end(), [&](std::string_view bad) { return is_under(host, bad); })) {
      return true;
    }
  }
  return false;
}

bool is_host_text(std::string_view host) noexcept {
  if (host.empty() || host.size() > 253 || host.find('.') == std::string_view::npos) return false;
  return std::all_of(host.begin(), host.end(), [](char c) { return is(c, kInHost); });
}

}  // namespace

bool is_public_link(std::string_view url) noexcept {
  if (url.size() > kMaxUrlBytes) return false;
  unsigned char all = kInUrl;
  for (const char c : url) all &= kLetters[static_cast<unsigned char>(c)];
  if (all == 0) return false;
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
