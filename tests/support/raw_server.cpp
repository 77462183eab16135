// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/raw_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace vigifuite::test {
namespace {

void require(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(std::string("raw server: cannot ") + what);
}

}  // namespace

Connection::~Connection() {
  if (socket_ < 0) return;
  ::shutdown(socket_, SHUT_WR);
  ::close(socket_);
}

bool Connection::wait_for(short events) const {
  std::array<pollfd, 2> wanted = {pollfd{socket_, events, 0}, pollfd{stop_, POLLIN, 0}};
  while (::poll(wanted.data(), wanted.size(), -1) < 0) {
    if (errno != EINTR) return false;
  }
  return wanted[1].revents == 0;
}

std::string Connection::request() {
  std::array<char, 4096> buffer{};
  std::size_t end = 0;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos && pending_.size() < 65536) {
    if (socket_ < 0 || !wait_for(POLLIN)) return {};
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return {};
    pending_.append(buffer.data(), static_cast<std::size_t>(got));
  }
  if (end == std::string::npos) return {};
  std::string head = pending_.substr(0, end + 4);
  pending_.erase(0, end + 4);
  return head;
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (socket_ < 0 || !wait_for(POLLOUT)) return false;
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Connection::hold() {
  std::array<char, 4096> buffer{};
  while (socket_ >= 0 && wait_for(POLLIN)) {
    if (::recv(socket_, buffer.data(), buffer.size(), 0) <= 0) return;
  }
}

void Connection::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

RawServer::RawServer(Script script) : script_(std::move(script)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  stop_ = ::eventfd(0, EFD_CLOEXEC);
  require(listener_ >= 0 && stop_ >= 0, "make a socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  require(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) == 0, "bind");
  require(::listen(listener_, 1024) == 0, "listen");
  require(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0, "learn its port");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::jthread([this] { accept_all(); });
}

RawServer::~RawServer() {
  const std::uint64_t one = 1;
  if (::write(stop_, &one, sizeof one) != sizeof one) std::abort();
  acceptor_.join();
  connections_.clear();  // joins
  ::close(listener_);
  ::close(stop_);
}

std::string RawServer::url(std::string_view path) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

void RawServer::accept_all() {
  while (true) {
    std::array<pollfd, 2> wanted = {pollfd{listener_, POLLIN, 0}, pollfd{stop_, POLLIN, 0}};
    if (::poll(wanted.data(), wanted.size(), -1) < 0 && errno != EINTR) return;
    if (wanted[1].revents != 0) return;
    if (wanted[0].revents == 0) continue;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++hits_;
    connections_.emplace_back([this, socket] { serve(socket); });
  }
}

void RawServer::serve(int socket) {
  Connection connection(socket, stop_);
  const int now = ++running_;
  int most = most_;
  while (now > most && !most_.compare_exchange_weak(most, now)) {
  }
  script_(connection);
  --running_;
}

std::string answer(std::string_view status, std::string_view headers, std::string_view body) {
  return fmt::format("HTTP/1.1 {}\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{}", status, headers, body.size(),
                     body);
}

RawServer::Script says(std::string bytes) {
  return [bytes = std::move(bytes)](Connection& connection) {
    if (!connection.request().empty()) connection.send(bytes);
  };
}

}  // namespace vigifuite::test
