// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/unix_http.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

#include "schemas/messages.hpp"

namespace vigifuite::ops {
namespace {

struct Closer {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

struct Body {
  std::string bytes;
  std::size_t max = 0;
};

std::size_t collect(char* data, std::size_t size, std::size_t count, void* target) noexcept {
  auto& body = *static_cast<Body*>(target);
  const std::size_t length = size * count;
  if (body.bytes.size() + length > body.max) return CURL_WRITEFUNC_ERROR;
  try {
    body.bytes.append(data, length);
  } catch (...) {
    return CURL_WRITEFUNC_ERROR;
  }
  return length;
}

}  // namespace

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                            c == '.' || c == '_' || c == '~';
    if (unreserved)
      out.push_back(c);
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Result<UnixReply> unix_request(const std::filesystem::path& socket, const std::string& method,
                               const std::string& target, const std::string& body, std::size_t max_bytes) {
  const std::unique_ptr<CURL, Closer> curl(curl_easy_init());
  VIGIFUITE_CHECK(curl != nullptr);
  Body answer{{}, max_bytes};
  const std::unique_ptr<curl_slist, Closer> headers(curl_slist_append(nullptr, "Content-Type: application/json"));
  const std::string url = "http://localhost" + target;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 600L);
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &collect);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
  if (method != "GET" && method != "DELETE") {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) {
    return fail(ErrorKind::Transient, Message::DaemonSilent, socket.native(), curl_easy_strerror(code));
  }
  UnixReply reply;
  long status = 0;
  const char* type = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_TYPE, &type);
  reply.status = static_cast<int>(status);
  reply.content_type = type == nullptr ? "" : type;
  reply.body = std::move(answer.bytes);
  return reply;
}

}  // namespace vigifuite::ops
