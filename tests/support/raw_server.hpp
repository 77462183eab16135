// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace vigifuite::test {

/// One accepted connection, in the hands of a script. Every call ends when the server stops.
class Connection {
 public:
  Connection(int socket, int stop) noexcept : socket_(socket), stop_(stop) {}
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The head of the next request, with its blank line; "" when the peer closed or the server stops.
  [[nodiscard]] std::string request();
  /// False when the peer no longer listens or the server stops.
  bool send(std::string_view bytes);
  /// Waits until the server stops or the peer closes.
  void hold();
  /// Ends the connection with a reset in place of a proper end.
  void reset();

 private:
  [[nodiscard]] bool wait_for(short events) const;
  int socket_;
  const int stop_;
  std::string pending_;
};

/// A server on a free port of 127.0.0.1 that does exactly what a script says, byte by byte. It lives as long as its
/// handle: the destructor ends every script and joins every thread.
class RawServer {
 public:
  using Script = std::function<void(Connection&)>;

  explicit RawServer(Script script);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] int port() const noexcept { return port_; }
  /// "http://127.0.0.1:PORT" and `path`.
  [[nodiscard]] std::string url(std::string_view path = "/") const;
  /// Connections accepted.
  [[nodiscard]] int hits() const noexcept { return hits_; }
  /// The most scripts that ever ran at once.
  [[nodiscard]] int most_at_once() const noexcept { return most_; }

 private:
  void accept_all();
  void serve(int socket);

  Script script_;
  int listener_ = -1;
  int stop_ = -1;  ///< an eventfd: readable once the server stops
  int port_ = 0;
  std::atomic<int> hits_ = 0, running_ = 0, most_ = 0;
  std::vector<std::jthread> connections_;  // of the accepting thread, until it is joined
  std::jthread acceptor_;
};

/// A whole HTTP/1.1 answer that closes the connection.
std::string answer(std::string_view status, std::string_view headers, std::string_view body);

/// A script that reads one request, sends `bytes` and closes.
RawServer::Script says(std::string bytes);

}  // namespace vigifuite::test
