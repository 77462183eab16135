// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Addresses, read by curl's own parser: what is checked is what is fetched.

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"

namespace vigifuite::ops {

struct UrlDeleter {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

struct Url {
  std::unique_ptr<CURLU, UrlDeleter> handle;
  std::string scheme;     ///< "https" or "http"
  std::string host;       ///< lower case; an IPv4 address in its usual form, an IPv6 one in brackets
  bool loopback = false;  ///< "localhost", 127.0.0.0/8 or [::1]
};

/// Reads an address that may be fetched. Refused says why (see check_url).
Result<Url> parse_url(std::string_view text, bool allow_http);

/// Whether a host written so certainly is this machine, its links or "unspecified": where nobody else may send us.
bool reaches_this_machine(const std::string& host);

/// The whole address.
std::string full_url(const Url& url);

}  // namespace vigifuite::ops
