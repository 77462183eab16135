// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// The only user of libcurl: HTTP(S) fetches with every bound set.

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "schemas/core/result.hpp"
#include "schemas/payload.hpp"

namespace vigifuite::ops {

struct FetchRequest {
  std::string source;  ///< for messages
  std::string url;
  Validators validators;  ///< sent as If-None-Match / If-Modified-Since
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
  long redirects = 5;
  long parallel = 16;
  long per_host = 2;
};

/// Fetches on the calling thread (curl multi): nothing happens outside run_once(). Non-movable: curl keeps its address.
///
/// https only, unless the host is loopback or the request allows http; redirects keep to the same rule. The proxy
/// environment is honoured (not for loopback). Errors: Transient (network, 5xx, timeout), RateLimited (429, 503 with
/// Retry-After), Refused (401, 403, 404, 410, TLS, scheme), Malformed (over a cap, bad encoding).
class Fetcher {
 public:
  using Callback = std::function<void(Result<FetchReply>)>;

  /// `user_agent` names us and a contact address.
  explicit Fetcher(std::string user_agent, FetchLimits limits = {});
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  /// Starts a fetch. `done` is called once, from run_once() or from the destructor (Transient: stopped).
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
