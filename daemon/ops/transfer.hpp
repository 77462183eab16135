// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// One request and its redirects, as curl options and back to a reply or an error.

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>

#include "daemon/ops/net.hpp"
#include "daemon/ops/url.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::ops {

struct EasyDeleter {
  void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};
struct HeaderListDeleter {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

/// What holds for every transfer of a Fetcher.
struct TransferSettings {
  std::string user_agent;
  std::string ca_file;  ///< empty: those of the system
  FetchLimits limits;
};

/// Non-movable: curl keeps pointers into it until the handle is reset or destroyed.
class Transfer {
 public:
  Transfer(const TransferSettings& settings, FetchRequest request, Fetcher::Callback done, Url url);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  [[nodiscard]] const std::string& host() const noexcept { return host_; }
  [[nodiscard]] CURL* easy() const noexcept { return easy_.get(); }
  /// Takes a handle and sets it up for the first request.
  void begin(Easy easy);
  /// After the end of a request: the outcome, or nothing when a redirect has been set up on the handle instead.
  [[nodiscard]] std::optional<Result<FetchReply>> conclude(CURLcode code);
  /// The outcome of a transfer given up because we stop.
  [[nodiscard]] Error stopped() const;
  /// Gives the handle back, clean, for another transfer; its connections live on in curl.
  [[nodiscard]] Easy release() noexcept;
  [[nodiscard]] Fetcher::Callback take_callback() noexcept { return std::move(done_); }

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  [[nodiscard]] bool take(std::string_view bytes);

  void set_fixed_options();
  void set_headers();
  void set_hop(std::chrono::milliseconds left);
  [[nodiscard]] std::optional<Result<FetchReply>> follow();
  [[nodiscard]] FetchReply reply(FetchOutcome outcome);
  [[nodiscard]] Error from_status(long status) const;
  [[nodiscard]] Error from_code(CURLcode code) const;
  /// A failure of ours; where it happened is told when redirects led elsewhere.
  template <class... Args>
  [[nodiscard]] Error error(ErrorKind kind, Message why, const Args&... args) const {
    Error failure = fail(kind, why, args...);
    return redirects_ == 0 ? failure : in_context(loggable_url(full_url(url_)), std::move(failure));
  }
  [[nodiscard]] std::string header(const char* name, std::size_t at_most) const;

  const TransferSettings& settings_;
  FetchRequest request_;
  Fetcher::Callback done_;
  const std::string host_;  ///< of the request: redirects do not change whose turn it is
  const bool loopback_;
  Url url_;
  std::unique_ptr<curl_slist, HeaderListDeleter> headers_;
  std::array<char, CURL_ERROR_SIZE> said_{};
  std::string body_;
  std::size_t skipped_ = 0;  ///< bytes of bodies nobody reads: of errors, of redirects
  std::size_t header_bytes_ = 0;
  std::size_t redirects_ = 0;
  std::chrono::microseconds spent_{};
  bool over_body_ = false;
  bool over_headers_ = false;
  Easy easy_;  // last: destroyed first, it points to the others
};

}  // namespace vigifuite::ops
