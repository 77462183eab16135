// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/public_link.hpp"

#include <algorithm>
#include <array>

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

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
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
  rest = rest.substr(0, rest.find_first_of("/?#\\"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  rest = rest.substr(0, rest.find(':'));
  while (!rest.empty() && rest.back() == '.') rest.remove_suffix(1);
  return rest;
}

bool is_leak_host(std::string_view host) noexcept {
  for (const std::string_view bad : kLeakHosts) {
    if (host.size() >= bad.size() && same(host.substr(host.size() - bad.size()), bad) &&
        (host.size() == bad.size() || host[host.size() - bad.size() - 1] == '.')) {
      return true;
    }
  }
  // Every label counts: "xyz.onion.ws" is a gateway to a hidden service, "breachforums.example" a new address.
  for (std::size_t start = 0; start <= host.size();) {
    const std::size_t end = std::min(host.find('.', start), host.size());
    const std::string_view label = host.substr(start, end - start);
    if (std::any_of(kLeakNames.begin(), kLeakNames.end(), [&](std::string_view bad) { return same(label, bad); })) {
      return true;
    }
    start = end + 1;
  }
  return false;
}

bool is_host_text(std::string_view host) noexcept {
  if (host.empty() || host.size() > 253 || host.find('.') == std::string_view::npos) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace

bool is_public_link(std::string_view url) noexcept {
  if (url.size() > kMaxUrlBytes) return false;
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == 0x7F) return false;
  }
  const std::string_view host = authority_host(after_scheme(url));
  return is_host_text(host) && !is_leak_host(host);
}

std::string host_of(std::string_view url_or_host) {
  const std::string_view rest = after_scheme(url_or_host);
  std::string_view host = authority_host(rest.empty() ? url_or_host : rest);
  if (host.size() > 4 && same(host.substr(0, 4), "www.")) host.remove_prefix(4);
  if (!is_host_text(host)) return {};
  std::string out(host);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace vigifuite::feeds
