// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/net.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <limits>
#include <new>
#include <unordered_map>
#include <vector>

#include "daemon/ops/transfer.hpp"

namespace vigifuite::ops {
namespace {

struct MultiDeleter {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

void must(CURLMcode code) {
  if (code == CURLM_OUT_OF_MEMORY) throw std::bad_alloc();
  VIGIFUITE_CHECK(code == CURLM_OK);
}

/// The authorities a system administrator names for curl or OpenSSL; empty for those of the system.
std::string ca_file_from_environment() {
  for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
    const char* file = std::getenv(name);
    if (file != nullptr && *file != '\0') return file;
  }
  return {};
}

/// The transfers to one host that wait for their turn.
struct Lane {
  std::deque<std::unique_ptr<Transfer>> waiting;
  std::size_t active = 0;
  bool listed = false;  ///< in Impl::ready
};

/// A fetch that failed before it began: told from run_once(), as the others.
struct Stillborn {
  Fetcher::Callback done;
  Error error;
};

}  // namespace

/// Requests queue here, not in curl: there their total time would run while they wait.
struct Fetcher::Impl {
  TransferSettings settings;
  std::unique_ptr<CURLM, MultiDeleter> multi;
  std::unordered_map<std::string, Lane> lanes;
  std::deque<std::string> ready;  ///< hosts with something waiting and room for it: served in turn
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> active;
  std::vector<Stillborn> stillborn;
  std::vector<Easy> idle;
  std::size_t waiting = 0;
  int watched = -1;
  bool stopping = false;

  void list_if_ready(const std::string& host, Lane& lane) {
    if (lane.listed || lane.waiting.empty() || lane.active >= settings.limits.per_host) return;
    ready.push_back(host);
    lane.listed = true;
  }

  void enqueue(std::unique_ptr<Transfer> transfer) {
    const std::string host = transfer->host();
    Lane& lane = lanes[host];
    lane.waiting.push_back(std::move(transfer));
    ++waiting;
    list_if_ready(host, lane);
  }

  Easy take_easy() {
    Easy easy;
    if (idle.empty()) {
      easy.reset(curl_easy_init());
      if (!easy) throw std::bad_alloc();
    } else {
      easy = std::move(idle.back());
      idle.pop_back();
    }
    return easy;
  }

  void fill() {
    while (active.size() < settings.limits.parallel && !ready.empty()) {
      const std::string host = std::move(ready.front());
      ready.pop_front();
      Lane& lane = lanes.at(host);
      lane.listed = false;
      std::unique_ptr<Transfer> transfer = std::move(lane.waiting.front());
      lane.waiting.pop_front();
      --waiting;
      ++lane.active;
      list_if_ready(host, lane);
      transfer->begin(take_easy());
      CURL* easy = transfer->easy();
      active.emplace(easy, std::move(transfer));
      must(curl_multi_add_handle(multi.get(), easy));
    }
  }

  /// Ends or redirects the transfer on `easy`.
  void finish(CURL* easy, CURLcode code) {
    const auto found = active.find(easy);
    VIGIFUITE_CHECK(found != active.end());
    must(curl_multi_remove_handle(multi.get(), easy));
    auto outcome = found->second->conclude(code);
    if (!outcome) {
      must(curl_multi_add_handle(multi.get(), easy));
      return;
    }
    const std::unique_ptr<Transfer> transfer = std::move(found->second);
    active.erase(found);
    idle.push_back(transfer->release());
    const auto lane = lanes.find(transfer->host());
    --lane->second.active;
    list_if_ready(lane->first, lane->second);
    if (lane->second.active == 0 && lane->second.waiting.empty()) lanes.erase(lane);
    transfer->take_callback()(std::move(*outcome));
  }

  /// Reads every message there is: one left behind would only be seen after the next wait.
  void drain() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
      if (message->msg == CURLMSG_DONE) finish(message->easy_handle, message->data.result);
    }
  }

  void tell_stillborn() {
    for (Stillborn& one : std::exchange(stillborn, {})) one.done(std::move(one.error));
  }

  void stop() {
    stopping = true;
    std::vector<Stillborn> ends = std::move(stillborn);
    for (auto& [easy, transfer] : active) {
      ends.push_back({transfer->take_callback(), transfer->stopped()});
      must(curl_multi_remove_handle(multi.get(), easy));
      // Else destroying the handle waits for a name lookup that nobody needs any more.
      curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    }
    for (auto& [host, lane] : lanes) {
      for (auto& transfer : lane.waiting) ends.push_back({transfer->take_callback(), transfer->stopped()});
    }
    active.clear();
    lanes.clear();
    for (Stillborn& end : ends) end.done(std::move(end.error));
  }
};

Fetcher::Fetcher(std::string user_agent, FetchLimits limits) : impl_(std::make_unique<Impl>()) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  VIGIFUITE_CHECK(initialised == CURLE_OK);
  VIGIFUITE_CHECK(limits.parallel > 0 && limits.per_host > 0);
  impl_->settings = {std::move(user_agent), ca_file_from_environment(), limits};
  impl_->multi.reset(curl_multi_init());
  if (!impl_->multi) throw std::bad_alloc();
  CURLM* multi = impl_->multi.get();
  const long parallel = static_cast<long>(limits.parallel);
  must(curl_multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING)));
  must(curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, parallel));
  must(curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, parallel));
  must(curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(limits.per_host)));
}

Fetcher::~Fetcher() {
  impl_->stop();
}

void Fetcher::start(FetchRequest request, Callback done) {
  VIGIFUITE_CHECK(!impl_->stopping && done);
  auto url = parse_url(request.url, request.allow_http);
  if (!url) {
    impl_->stillborn.push_back({std::move(done), std::move(url).error()});
    return;
  }
  impl_->enqueue(std::make_unique<Transfer>(impl_->settings, std::move(request), std::move(done), std::move(*url)));
}

void Fetcher::run_once(std::chrono::milliseconds wait) {
  Impl& impl = *impl_;
  impl.fill();
  constexpr std::chrono::milliseconds kLongest(std::numeric_limits<int>::max());
  const auto bounded = std::clamp(impl.stillborn.empty() ? wait : wait.zero(), wait.zero(), kLongest);
  curl_waitfd extra{impl.watched, CURL_WAIT_POLLIN, 0};
  const unsigned extras = impl.watched >= 0 ? 1 : 0;
  must(curl_multi_poll(impl.multi.get(), &extra, extras, static_cast<int>(bounded.count()), nullptr));
  int running = 0;
  must(curl_multi_perform(impl.multi.get(), &running));
  impl.drain();
  impl.tell_stillborn();
  impl.fill();
}

void Fetcher::wake() noexcept {
  static_cast<void>(curl_multi_wakeup(impl_->multi.get()));
}

std::size_t Fetcher::in_flight() const noexcept {
  return impl_->active.size() + impl_->waiting + impl_->stillborn.size();
}

void Fetcher::watch(int descriptor) noexcept {
  impl_->watched = descriptor;
}

}  // namespace vigifuite::ops
