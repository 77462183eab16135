// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/transfer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "daemon/ops/log.hpp"
#include "schemas/core/text.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::ops {
namespace {

constexpr std::size_t kHeaderBytes = std::size_t{64} << 10U;   // of all answers of a transfer together
constexpr std::size_t kSkippedBytes = std::size_t{64} << 10U;  // of a body nobody reads: keeps the connection usable
constexpr std::size_t kValidatorBytes = 512;
constexpr std::chrono::seconds kLongestRetryAfter = std::chrono::hours(24 * 30);

template <class T>
void set(CURL* easy, CURLoption option, T value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  VIGIFUITE_CHECK(code == CURLE_OK);
}

/// What a server gave us and we give back in a header: a line break in it would be a header of its own.
bool sendable(std::string_view validator) {
  return !validator.empty() && validator.size() <= kValidatorBytes &&
         std::none_of(validator.begin(), validator.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool has_body(long status) noexcept {
  return status == 200 || status == 203;
}
bool is_redirect(long status) noexcept {
  return status >= 300 && status < 400 && status != 304;
}

Message meaning(long status) noexcept {
  switch (status) {
    case 401: return Message::NetMeans401;
    case 403: return Message::NetMeans403;
    case 404: return Message::NetMeans404;
    case 410: return Message::NetMeans410;
    case 429: return Message::NetMeans429;
    case 503: return Message::NetMeans503;
    default: return status >= 500 ? Message::NetMeansFailed : Message::NetMeansRefuses;
  }
}

}  // namespace

Transfer::Transfer(const TransferSettings& settings, FetchRequest request, Fetcher::Callback done, Url url)
    : settings_(settings),
      request_(std::move(request)),
      done_(std::move(done)),
      host_(url.host),
      loopback_(url.loopback),
      url_(std::move(url)) {}

void Transfer::begin(Easy easy) {
  easy_ = std::move(easy);
  set_fixed_options();
  set_headers();
  set_hop(settings_.limits.total);
}

void Transfer::set_fixed_options() {
  CURL* easy = easy_.get();
  set(easy, CURLOPT_PRIVATE, static_cast<void*>(this));
  set(easy, CURLOPT_ERRORBUFFER, said_.data());
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);  // each hop is checked here, by a rule curl cannot express
  set(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
  set(easy, CURLOPT_MAXREDIRS, 0L);
  set(easy, CURLOPT_USERAGENT, settings_.user_agent.c_str());
  set(easy, CURLOPT_ACCEPT_ENCODING, "");  // every encoding this curl can decode
  set(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.max_bytes));
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::chrono::milliseconds(settings_.limits.connect).count()));
  set(easy, CURLOPT_LOW_SPEED_LIMIT, settings_.limits.slow_bytes_per_second);
  set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.limits.slow_after.count()));
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
  if (!settings_.ca_file.empty()) set(easy, CURLOPT_CAINFO, settings_.ca_file.c_str());
}

void Transfer::set_headers() {
  const auto add = [this](std::string_view name, const std::string& value) {
    if (!sendable(value)) return;
    curl_slist* longer = curl_slist_append(headers_.get(), fmt::format("{}: {}", name, value).c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(headers_.release());  // `longer` is the same list, or its first element
    headers_.reset(longer);
  };
  add("If-None-Match", request_.validators.etag);
  add("If-Modified-Since", request_.validators.last_modified);
  set(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::set_hop(std::chrono::milliseconds left) {
  set(easy_.get(), CURLOPT_CURLU, url_.handle.get());
  set(easy_.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  // An empty proxy is "none, whatever the environment says"; null is what the environment says.
  set(easy_.get(), CURLOPT_PROXY, url_.loopback ? "" : static_cast<const char*>(nullptr));
}

std::size_t Transfer::on_header(char*, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.header_bytes_ += size * count;
  transfer.over_headers_ = transfer.header_bytes_ > kHeaderBytes;
  return transfer.over_headers_ ? 0 : size * count;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept try {
  return static_cast<Transfer*>(self)->take({data, size * count}) ? size * count : 0;
} catch (const std::bad_alloc&) {
  return 0;
}

bool Transfer::take(std::string_view bytes) {
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (!has_body(status)) {
    skipped_ += bytes.size();
    return skipped_ <= kSkippedBytes;
  }
  over_body_ = bytes.size() > request_.max_bytes - body_.size();
  if (over_body_) return false;
  const std::size_t needed = body_.size() + bytes.size();
  if (needed > body_.capacity()) body_.reserve(std::min(request_.max_bytes, std::max(needed, 2 * body_.capacity())));
  body_.append(bytes);
  return true;
}

std::optional<Result<FetchReply>> Transfer::conclude(CURLcode code) {
  long status = 0;
  curl_off_t took = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &took);
  spent_ += std::chrono::microseconds(took);
  if (over_headers_) return error(ErrorKind::Malformed, Message::NetHeadersFlood);
  if (code == CURLE_SSL_CACERT_BADFILE) return from_code(code);
  if (is_redirect(status)) {
    if (auto outcome = follow()) return outcome;
    return std::nullopt;
  }
  // A status that settles the matter does so even when what followed it was cut.
  if (status >= 400) return from_status(status);
  if (code != CURLE_OK) return from_code(code);
  if (status == 304) {
    if (headers_) return reply(FetchOutcome::Unchanged);
    return error(ErrorKind::Malformed, Message::NetNothingChanged);
  }
  if (!has_body(status)) return error(ErrorKind::Malformed, Message::NetNoDocument, status);
  return reply(FetchOutcome::Body);
}

std::optional<Result<FetchReply>> Transfer::follow() {
  char* target = nullptr;
  curl_easy_getinfo(easy_.get(), CURLINFO_REDIRECT_URL, &target);
  if (target == nullptr) return error(ErrorKind::Malformed, Message::NetRedirectsNowhere);
  if (redirects_ == settings_.limits.redirects) {
    return error(ErrorKind::Malformed, Message::NetRedirectsTooOften, redirects_);
  }
  auto next = parse_url(target, request_.allow_http);
  if (!next) return error(ErrorKind::Refused, Message::NetRedirectedTo, next.error().text());
  if (url_.scheme == "https" && next->scheme == "http" && !request_.allow_http) {
    return error(ErrorKind::Refused, Message::NetRedirectedDown, loggable_url(target));
  }
  if (!loopback_ && reaches_this_machine(next->host)) {
    return error(ErrorKind::Refused, Message::NetRedirectedHere, loggable_url(target));
  }
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(settings_.limits.total - spent_);
  if (left.count() <= 0) return from_code(CURLE_OPERATION_TIMEDOUT);
  ++redirects_;
  skipped_ = 0;
  url_ = std::move(*next);
  set_hop(left);
  return std::nullopt;
}

FetchReply Transfer::reply(FetchOutcome outcome) {
  FetchReply reply;
  reply.outcome = outcome;
  reply.content_type = one_line(header("Content-Type", 200));
  reply.validators = {header("ETag", kValidatorBytes), header("Last-Modified", kValidatorBytes)};
  if (outcome == FetchOutcome::Unchanged) {
    // A 304 need not repeat them: those that were sent still hold.
    if (reply.validators.etag.empty()) reply.validators.etag = request_.validators.etag;
    if (reply.validators.last_modified.empty()) reply.validators.last_modified = request_.validators.last_modified;
  } else {
    reply.bytes = std::move(body_);
  }
  reply.effective_url = full_url(url_);
  reply.took = std::chrono::duration_cast<std::chrono::milliseconds>(spent_);
  return reply;
}

Error Transfer::from_status(long status) const {
  const bool dated = !header("Retry-After", 64).empty();
  if (status == 429 || (status == 503 && dated)) {
    Error limited = error(ErrorKind::RateLimited, Message::NetAnswers, status, meaning(status));
    curl_off_t seconds = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &seconds);
    if (dated) {
      limited.retry_after = std::clamp(std::chrono::seconds(seconds), std::chrono::seconds(0), kLongestRetryAfter);
    }
    return limited;
  }
  const bool passing = status >= 500 || status == 408 || status == 425;
  return error(passing ? ErrorKind::Transient : ErrorKind::Refused, Message::NetAnswers, status, meaning(status));
}

Error Transfer::from_code(CURLcode code) const {
  const std::string detail = said_[0] != '\0' ? one_line(said_.data(), 300) : curl_easy_strerror(code);
  if (over_body_ || code == CURLE_FILESIZE_EXCEEDED) {
    return error(ErrorKind::Malformed, Message::NetTooLarge, request_.max_bytes);
  }
  switch (static_cast<int>(code)) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ISSUER_ERROR: return error(ErrorKind::Refused, Message::NetCertificate, detail);
    case CURLE_SSL_CACERT_BADFILE: return error(ErrorKind::Config, Message::NetAuthorities, detail);
    case CURLE_BAD_CONTENT_ENCODING: return error(ErrorKind::Malformed, Message::NetEncodingDamaged);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY: return error(ErrorKind::Malformed, Message::NetNotHttp, detail);
    case CURLE_PARTIAL_FILE: return error(ErrorKind::Transient, Message::NetCut);
    case CURLE_OPERATION_TIMEDOUT: return error(ErrorKind::Transient, Message::NetSlow, detail);
    case CURLE_COULDNT_RESOLVE_HOST: return error(ErrorKind::Transient, Message::NetNoSuchHost, url_.host);
    case CURLE_COULDNT_CONNECT: return error(ErrorKind::Transient, Message::NetUnreachable, detail);
    default: return error(ErrorKind::Transient, Message::NetUnread, detail);
  }
}

Error Transfer::stopped() const {
  return error(ErrorKind::Transient, Message::NetStopped);
}

std::string Transfer::header(const char* name, std::size_t at_most) const {
  curl_header* found = nullptr;
  if (curl_easy_header(easy_.get(), name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
  const std::string_view value = found->value;
  return value.size() <= at_most && sendable(value) ? std::string(value) : std::string();
}

Easy Transfer::release() noexcept {
  curl_easy_reset(easy_.get());
  return std::move(easy_);
}

}  // namespace vigifuite::ops
