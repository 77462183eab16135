// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/http/server.hpp"

#include <microhttpd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "schemas/core/json_out.hpp"
#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::http {
namespace {

/// What one request has sent so far. Owned by libmicrohttpd's `closure` between calls.
struct Incoming {
  std::string body;
  bool too_large = false;
};

MHD_Result add_query(void* target, MHD_ValueKind, const char* key, const char* value) noexcept {
  try {
    static_cast<ApiRequest*>(target)->query.emplace(key, value == nullptr ? "" : value);
    return MHD_YES;
  } catch (...) {
    return MHD_NO;
  }
}

MHD_Result send(MHD_Connection* connection, const ApiReply& reply) {
  MHD_Response* response =
      MHD_create_response_from_buffer(reply.body.size(), const_cast<char*>(reply.body.data()), MHD_RESPMEM_MUST_COPY);
  if (response == nullptr) return MHD_NO;
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply.content_type.c_str());
  const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(reply.status), response);
  MHD_destroy_response(response);
  return queued;
}

sockaddr_un address_of(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
  return address;
}

/// Whether some process answers on the socket file.
bool somebody_answers(const sockaddr_un& address) {
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return false;
  const bool answered = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(probe);
  return answered;
}

Error system_failure(Message doing, const std::filesystem::path& path) {
  return fail(ErrorKind::Config, doing, path.native(), system_reason(errno));
}

Result<int> bind_socket(const std::filesystem::path& socket) {
  if (socket.native().size() >= sizeof(sockaddr_un::sun_path)) {
    return fail(ErrorKind::Config, Message::SocketPathLong, socket.native(), sizeof(sockaddr_un::sun_path) - 1);
  }
  const sockaddr_un address = address_of(socket);
  struct stat info {};
  if (::lstat(socket.c_str(), &info) == 0) {
    if (!S_ISSOCK(info.st_mode)) return fail(ErrorKind::Config, Message::SocketNotOne, socket.native());
    if (somebody_answers(address)) return fail(ErrorKind::Config, Message::SocketTaken, socket.native());
    if (::unlink(socket.c_str()) != 0) return system_failure(Message::SocketCannotRemove, socket);
  }
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return system_failure(Message::SocketCannotMake, socket);
  const mode_t before = ::umask(0117);  // 0660 from the first instant
  const bool bound = ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::umask(before);
  if (!bound || ::listen(listener, 64) != 0) {
    Error error = system_failure(Message::SocketCannotListen, socket);
    ::close(listener);
    return error;
  }
  return listener;
}

}  // namespace

struct Server::Impl {
  Api* api = nullptr;
  ServerLimits limits;
  std::filesystem::path socket;
  MHD_Daemon* daemon = nullptr;

  static MHD_Result on_request(void* self, MHD_Connection* connection, const char* url, const char* method, const char*,
                               const char* data, std::size_t* size, void** closure) noexcept;
  static void on_completed(void*, MHD_Connection*, void** closure, MHD_RequestTerminationCode) noexcept {
    delete static_cast<Incoming*>(*closure);
    *closure = nullptr;
  }
  ApiReply answer(MHD_Connection* connection, const char* url, const char* method, Incoming& incoming) const;
  Status start(int listener);
};

ApiReply Server::Impl::answer(MHD_Connection* connection, const char* url, const char* method,
                              Incoming& incoming) const {
  if (incoming.too_large) {
    return problem(MHD_HTTP_CONTENT_TOO_LARGE, "Content too large",
                   in_both(Message::RequestTooLarge, limits.body_bytes));
  }
  ApiRequest request{method, url, {}, std::move(incoming.body)};
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &add_query, &request);
  return api->handle(request);
}

MHD_Result Server::Impl::on_request(void* self, MHD_Connection* connection, const char* url, const char* method,
                                    const char*, const char* data, std::size_t* size, void** closure) noexcept {
  const auto& server = *static_cast<const Impl*>(self);
  try {
    if (*closure == nullptr) {
      *closure = new Incoming;
      return MHD_YES;
    }
    auto& incoming = *static_cast<Incoming*>(*closure);
    if (*size != 0) {
      incoming.too_large = incoming.too_large || incoming.body.size() + *size > server.limits.body_bytes;
      if (!incoming.too_large) incoming.body.append(data, *size);
      *size = 0;
      return MHD_YES;
    }
    return send(connection, server.answer(connection, url, method, incoming));
  } catch (const std::exception&) {
    try {
      return send(connection, problem(MHD_HTTP_INTERNAL_SERVER_ERROR, "Internal error", in_both(Message::BugOfOurs)));
    } catch (...) {
      return MHD_NO;
    }
  }
}

Status Server::Impl::start(int listener) {
  daemon =
      MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC, 0,
                       nullptr, nullptr, &Impl::on_request, this, MHD_OPTION_LISTEN_SOCKET, listener,
                       MHD_OPTION_NOTIFY_COMPLETED, &Impl::on_completed, nullptr, MHD_OPTION_CONNECTION_LIMIT,
                       limits.connections, MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds, MHD_OPTION_END);
  if (daemon != nullptr) return Done{};
  ::close(listener);
  return fail(ErrorKind::Config, Message::HttpRefused);
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  if (impl_->daemon != nullptr) MHD_stop_daemon(impl_->daemon);
  std::error_code ignored;
  if (!impl_->socket.empty()) std::filesystem::remove(impl_->socket, ignored);
}

Result<std::unique_ptr<Server>> Server::listen(const std::filesystem::path& socket, Api& api, ServerLimits limits) {
  auto listener = bind_socket(socket);
  if (!listener) return std::move(listener).error();
  auto server = adopt(*listener, api, limits);
  if (server) (*server)->impl_->socket = socket;
  return server;
}

Result<std::unique_ptr<Server>> Server::adopt(int descriptor, Api& api, ServerLimits limits) {
  auto impl = std::make_unique<Impl>();
  impl->api = &api;
  impl->limits = limits;
  VIGIFUITE_TRY(impl->start(descriptor));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

ApiReply problem(int status, std::string_view title, const Text& detail, std::string_view kind) {
  JsonOut out;
  out.begin_object().member("type", "about:blank").member("title", title).member("status", status);
  out.member("detail", detail.in(Language::English))
      .member_if("detail_fr", detail.fr)
      .member_if("kind", kind)
      .end_object();
  return {status, "application/problem+json", std::string(out.str())};
}

ApiReply problem(const Error& error) {
  switch (error.kind) {
    case ErrorKind::Malformed: return problem(400, "Malformed", error.text(), name_of(error.kind));
    case ErrorKind::NotFound: return problem(404, "Not found", error.text(), name_of(error.kind));
    case ErrorKind::Refused: return problem(409, "Refused", error.text(), name_of(error.kind));
    case ErrorKind::Config: return problem(422, "Cannot be done as asked", error.text(), name_of(error.kind));
    case ErrorKind::Transient:
    case ErrorKind::RateLimited: return problem(503, "Not now", error.text(), name_of(error.kind));
    case ErrorKind::Storage: return problem(500, "Store failure", error.text(), name_of(error.kind));
  }
  return problem(500, "Internal error", error.text());
}

}  // namespace vigifuite::http
