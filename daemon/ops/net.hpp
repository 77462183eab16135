// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// HTTP(S) fetches with every bound set. Only net, transfer and url know libcurl.

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "schemas/core/result.hpp"
#include "schemas/payload.hpp"

namespace vigifuite::ops {

struct FetchRequest {
  std::string url;
  Validators validators;                           ///< sent as If-None-Match / If-Modified-Since
  std::size_t max_bytes = std::size_t{16} << 20U;  ///< of the decoded body, counted as it arrives
  bool allow_http = false;                         ///< http:// beyond loopback
};

enum class FetchOutcome : unsigned char { Body, Unchanged };

struct FetchReply {
  FetchOutcome outcome = FetchOutcome::Body;
  std::string bytes;
  std::string content_type;
  Validators validators;
  std::string effective_url;
  std::chrono::milliseconds took{};
};

struct FetchLimits {
  std::chrono::seconds connect{10};
  std::chrono::seconds total{120};
  std::chrono::seconds slow_after{20};  ///< below slow_bytes_per_second for so long: given up
  long slow_bytes_per_second = 64;
  std::size_t redirects = 5;
  std::size_t parallel = 16;
  std::size_t per_host = 2;
};

/// Fetches on the calling thread (curl multi): nothing happens outside run_once(). Non-movable: curl keeps its address.
///
/// https only, unless the host is loopback or the request allows http. Each redirect is held to the same rule; besides,
/// none leads from https down to http (unless allowed) nor from the network into this machine. The proxy environment is
/// honoured (not for loopback), CURL_CA_BUNDLE and SSL_CERT_FILE too; no cookie, no .netrc. At most `parallel` requests
/// are out, `per_host` to one host, the others wait their turn, host by host.
///
/// Errors: Transient (network, a cut answer, 408, 425, 5xx, timeout), RateLimited (429, 503 with Retry-After), Refused
/// (other 4xx, a certificate that cannot be trusted, an address against the rule), Malformed (over a cap, bad encoding,
/// not HTTP, too many redirects), Config (unreadable certificates). Any 200 is a Body, also an error page; one that
/// ends only with the connection (neither length nor chunks) cannot be told from one that was cut.
class Fetcher {
 public:
  using Callback = std::function<void(Result<FetchReply>)>;

  /// `user_agent` names us and a contact address. Makes the process ignore SIGPIPE: a TLS peer that closes raises it.
  explicit Fetcher(std::string user_agent, FetchLimits limits = {});
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  /// Starts a fetch. `done` is called once, from run_once() or from the destructor (Transient: stopped). It may start
  /// other fetches, except when called from the destructor; it must not call run_once().
  void start(FetchRequest request, Callback done);
  /// Waits for activity at most `wait` (or until wake()), advances every transfer, calls what is done.
  void run_once(std::chrono::milliseconds wait);
  /// From any thread: makes run_once() return.
  void wake() noexcept;
  [[nodiscard]] std::size_t in_flight() const noexcept;
  /// A file descriptor run_once() watches too and returns for when readable (signals); -1 for none.
  void watch(int descriptor) noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Whether `url` may be fetched under the rule above. Refused says why, without the query part of the URL.
Status check_url(std::string_view url, bool allow_http);

/// The URL without user, password, query or fragment: what may be logged.
std::string loggable_url(std::string_view url);

}  // namespace vigifuite::ops
