// SPDX-License-Identifier: AGPL-3.0-or-later
// A thousand conditional requests that all find nothing new, to a local nginx: our fetcher against the barest loop over
// curl multi that does the same. In turns, so that both see the same machine; medians.
#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "daemon/ops/net.hpp"
#include "tests/support/nginx.hpp"

namespace {

using namespace vigifuite;
using Seconds = std::chrono::duration<double>;

constexpr int kRequests = 1000;
constexpr std::size_t kParallel = 16;
constexpr int kRounds = 15;

struct Target {
  std::string url;
  Validators validators;
};

/// How many were unchanged.
int run_fetcher(const Target& target) {
  ops::FetchLimits limits;
  limits.parallel = kParallel;
  limits.per_host = kParallel;
  ops::Fetcher fetcher("vigifuite-bench", limits);
  int unchanged = 0;
  for (int i = 0; i < kRequests; ++i) {
    ops::FetchRequest request;
    request.url = target.url;
    request.validators = target.validators;
    fetcher.start(std::move(request), [&](Result<ops::FetchReply> reply) {
      if (reply && reply->outcome == ops::FetchOutcome::Unchanged) ++unchanged;
    });
  }
  while (fetcher.in_flight() > 0) fetcher.run_once(std::chrono::seconds(10));
  return unchanged;
}

std::size_t ignore_body(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

int run_bare(const Target& target) {
  CURLM* multi = curl_multi_init();
  curl_slist* headers = curl_slist_append(nullptr, ("If-None-Match: " + target.validators.etag).c_str());
  headers = curl_slist_append(headers, ("If-Modified-Since: " + target.validators.last_modified).c_str());
  std::vector<CURL*> handles;
  for (std::size_t i = 0; i < kParallel; ++i) {
    CURL* easy = handles.emplace_back(curl_easy_init());
    curl_easy_setopt(easy, CURLOPT_URL, target.url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &ignore_body);
    curl_multi_add_handle(multi, easy);
  }
  int started = kParallel, ended = 0, unchanged = 0;
  while (ended < kRequests) {
    int running = 0, left = 0;
    curl_multi_perform(multi, &running);
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      CURL* easy = message->easy_handle;
      long status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      unchanged += status == 304 ? 1 : 0;
      ++ended;
      curl_multi_remove_handle(multi, easy);
      if (started++ < kRequests) curl_multi_add_handle(multi, easy);
    }
    if (ended < kRequests) curl_multi_poll(multi, nullptr, 0, 10'000, nullptr);
  }
  for (CURL* easy : handles) curl_easy_cleanup(easy);
  curl_slist_free_all(headers);
  curl_multi_cleanup(multi);
  return unchanged;
}

double seconds_of(int (*run)(const Target&), const Target& target) {
  const auto start = std::chrono::steady_clock::now();
  if (run(target) != kRequests) {
    fmt::print(stderr, "not every answer was 304\n");
    std::exit(1);
  }
  return Seconds(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  if (!test::Nginx::available()) {
    fmt::print("poll: skipped: nginx is not installed\n");
    return 0;
  }
  const test::Nginx nginx;
  nginx.put("feed.json", std::string(15'000, 'x'));
  Target target{nginx.url("/feed.json"), {}};
  {
    ops::Fetcher fetcher("vigifuite-bench");
    ops::FetchRequest request;
    request.url = target.url;
    fetcher.start(request, [&](Result<ops::FetchReply> reply) { target.validators = reply.value().validators; });
    while (fetcher.in_flight() > 0) fetcher.run_once(std::chrono::seconds(10));
  }
  std::vector<double> ours, bare;
  for (int i = 0; i < kRounds; ++i) {
    ours.push_back(seconds_of(&run_fetcher, target));
    bare.push_back(seconds_of(&run_bare, target));
  }
  fmt::print("poll: {} sources, nothing new: fetcher {:.1f} ms, bare curl multi {:.1f} ms, ratio {:.2f}\n", kRequests,
             median(ours) * 1e3, median(bare) * 1e3, median(ours) / median(bare));
  return 0;
}
