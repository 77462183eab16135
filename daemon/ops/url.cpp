// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <new>
#include <optional>

#include "daemon/ops/log.hpp"
#include "daemon/ops/net.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::ops {
namespace {

constexpr std::size_t kLongestUrl = 2048;
constexpr std::size_t kLoggable = 200;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  const CURLUcode code = curl_url_get(url, which, &text, flags);
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLUE_OK || text == nullptr) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
  return owner.get();
}

std::unique_ptr<CURLU, UrlDeleter> read(std::string_view text, CURLUcode& code) {
  std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
  if (!url) throw std::bad_alloc();
  code = curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_NON_SUPPORT_SCHEME);
  return url;
}

std::optional<std::uint32_t> ipv4(const std::string& host) {
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) != 1) return std::nullopt;
  return ntohl(address.s_addr);
}

std::optional<std::array<std::uint8_t, 16>> ipv6(const std::string& host) {
  if (host.size() < 2 || host.front() != '[') return std::nullopt;
  in6_addr address{};
  if (inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &address) != 1) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(static_cast<const std::uint8_t*>(address.s6_addr), bytes.size(), bytes.begin());
  return bytes;
}

/// ::ffff:a.b.c.d
std::optional<std::uint32_t> mapped_ipv4(const std::array<std::uint8_t, 16>& address) {
  if (std::any_of(address.begin(), address.begin() + 10, [](auto byte) { return byte != 0; })) return std::nullopt;
  if (address[10] != 0xFF || address[11] != 0xFF) return std::nullopt;
  return (std::uint32_t{address[12]} << 24U) | (std::uint32_t{address[13]} << 16U) |
         (std::uint32_t{address[14]} << 8U) | std::uint32_t{address[15]};
}

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  const auto v4 = ipv4(host);
  return v4 && (*v4 >> 24U) == 127;
}

template <class... Args>
Error refused(std::string_view text, Message why, const Args&... args) {
  return in_context(loggable_url(text), fail(ErrorKind::Refused, why, args...));
}

}  // namespace

Result<Url> parse_url(std::string_view text, bool allow_http) {
  if (text.size() > kLongestUrl) return refused(text, Message::UrlTooLong);
  if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' ' || c >= 0x7F; })) {
    return refused(text, Message::UrlBadCharacter);
  }
  CURLUcode code = CURLUE_OK;
  Url url{read(text, code), {}, {}, false};
  if (code != CURLUE_OK) return refused(text, Message::UrlNotOne, curl_url_strerror(code));
  url.scheme = part(url.handle.get(), CURLUPART_SCHEME);
  url.host = part(url.handle.get(), CURLUPART_HOST);
  std::transform(url.host.begin(), url.host.end(), url.host.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (url.scheme != "https" && url.scheme != "http") {
    return refused(text, Message::UrlNotHttps);
  }
  if (url.host.empty()) return refused(text, Message::UrlNoHost);
  if (!part(url.handle.get(), CURLUPART_USER).empty() || !part(url.handle.get(), CURLUPART_PASSWORD).empty()) {
    return refused(text, Message::UrlHasUser);
  }
  if (part(url.handle.get(), CURLUPART_PORT) == "0") return refused(text, Message::UrlPortZero);
  url.loopback = is_loopback(url.host);
  if (url.scheme == "http" && !url.loopback && !allow_http) {
    return refused(text, Message::UrlHttpPlain);
  }
  return url;
}

bool reaches_this_machine(const std::string& host) {
  constexpr std::string_view kSuffix = ".localhost";
  std::string_view name = host;
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  if (name == "localhost" || (name.size() > kSuffix.size() && name.substr(name.size() - kSuffix.size()) == kSuffix)) {
    return true;
  }
  auto v4 = ipv4(std::string(name));
  if (const auto v6 = ipv6(host)) {
    const bool nearly_zero = std::all_of(v6->begin(), v6->begin() + 15, [](auto byte) { return byte == 0; });
    const bool link_local = (*v6)[0] == 0xFE && ((*v6)[1] & 0xC0U) == 0x80;
    if ((nearly_zero && (*v6)[15] <= 1) || link_local) return true;
    v4 = mapped_ipv4(*v6);
  }
  if (!v4) return false;
  return (*v4 >> 24U) == 127 || (*v4 >> 24U) == 0 || (*v4 >> 16U) == 0xA9FE;  // 169.254/16
}

std::string full_url(const Url& url) {
  return part(url.handle.get(), CURLUPART_URL);
}

Status check_url(std::string_view url, bool allow_http) {
  VIGIFUITE_TRY(parse_url(url, allow_http));
  return Done{};
}

std::string loggable_url(std::string_view url) {
  CURLUcode code = CURLUE_OK;
  const auto parsed = read(url.substr(0, kLongestUrl), code);
  if (code != CURLUE_OK) return "(an address that cannot be read)";
  for (const CURLUPart secret :
       {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    if (curl_url_set(parsed.get(), secret, nullptr, 0) != CURLUE_OK) return "(an address that cannot be read)";
  }
  return one_line(part(parsed.get(), CURLUPART_URL), kLoggable);
}

}  // namespace vigifuite::ops
