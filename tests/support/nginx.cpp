// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/nginx.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace vigifuite::test {
namespace {

constexpr const char* kNginx = "/usr/sbin/nginx";
constexpr const char* kOpenssl = "/usr/bin/openssl";

// {0}: directory, {1}: listen lines, {2}: the plain port, {3}: who the worker is.
// Nothing outside its directory; with a master process, as nginx 1.22 crashes on inherited sockets without.
constexpr std::string_view kConfiguration = R"(daemon off;
worker_processes 1;
{3}
pid {0}/nginx.pid;
error_log {0}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {0}/tmp; proxy_temp_path {0}/tmp; fastcgi_temp_path {0}/tmp;
  uwsgi_temp_path {0}/tmp; scgi_temp_path {0}/tmp;
  default_type application/octet-stream;
  types {{ application/json json; text/html html; text/csv csv; }}
  keepalive_requests 1000000;
  etag on; gzip on; gzip_types *; gzip_min_length 20;
  server {{
    {1}
    root {0}/www;
    location = /loop {{ return 302 /loop; }}
    location = /moved {{ return 301 /feed.json; }}
    location = /down {{ return 302 http://127.0.0.1:{2}/feed.json; }}
    location ~ ^/hop/ {{ rewrite ^/hop/x(x*)$ /hop/$1 redirect; rewrite ^/hop/$ /feed.json redirect; }}
  }}
}}
)";

/// A listening socket on a free port; nginx inherits it, so that the port cannot be taken in between.
int listen_on_free_port(int& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (socket < 0 || ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      ::listen(socket, 511) != 0 || ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("nginx: no free port");
  }
  port = ntohs(address.sin_port);
  return socket;
}

pid_t spawn(const std::vector<std::string>& words, const std::vector<std::string>& environment) {
  std::vector<char*> arguments, variables;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  for (const auto& variable : environment) variables.push_back(const_cast<char*>(variable.c_str()));
  arguments.push_back(nullptr);
  variables.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t process = -1;
  const int error = posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), variables.data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " + words[0]);
  return process;
}

/// Waits until the server on `port` answers anything; false when it does not within ten seconds.
bool answers(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  constexpr std::string_view kHello = "HEAD / HTTP/1.0\r\n\r\n";
  pollfd readable{socket, POLLIN, 0};
  char byte = 0;
  const bool good = socket >= 0 &&
                    ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                    ::send(socket, kHello.data(), kHello.size(), MSG_NOSIGNAL) > 0 &&
                    ::poll(&readable, 1, 10'000) == 1 && ::recv(socket, &byte, 1, 0) == 1;
  if (socket >= 0) ::close(socket);
  return good;
}

void write_text(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

bool Nginx::available() {
  return ::access(kNginx, X_OK) == 0 && ::access(kOpenssl, X_OK) == 0;
}

Nginx::Nginx(Tls tls) {
  std::filesystem::create_directories(directory_ / "www");
  std::filesystem::create_directories(directory_ / "tmp");
  plain_socket_ = listen_on_free_port(plain_port_);
  if (tls == Tls::Yes) {
    make_certificate();
    tls_socket_ = listen_on_free_port(tls_port_);
  }
  start(tls == Tls::Yes);
}

Nginx::~Nginx() {
  ::kill(process_, SIGTERM);  // the master takes its worker with it
  ::waitpid(process_, nullptr, 0);
}

void Nginx::put(std::string_view name, std::string_view bytes) const {
  write_text(directory_.path() / "www" / name, bytes);
}

std::string Nginx::url(std::string_view path) const {
  return fmt::format("http://127.0.0.1:{}{}", plain_port_, path);
}
std::string Nginx::tls_url(std::string_view path) const {
  return fmt::format("https://localhost:{}{}", tls_port_, path);
}

void Nginx::make_certificate() const {
  const pid_t process =
      spawn({kOpenssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
             (directory_ / "key.pem").string(), "-out", certificate().string()},
            {"PATH=/usr/bin"});
  int status = 0;
  if (::waitpid(process, &status, 0) != process || status != 0) throw std::runtime_error("openssl made no certificate");
}

void Nginx::write_configuration(bool tls) const {
  std::string listen = fmt::format("listen 127.0.0.1:{};", plain_port_);
  if (tls) {
    listen += fmt::format(
        "\n    listen 127.0.0.1:{0} ssl; ssl_certificate {1}/certificate.pem; ssl_certificate_key {1}/key.pem;",
        tls_port_, directory_.path().string());
  }
  write_text(directory_ / "nginx.conf", fmt::format(fmt::runtime(kConfiguration), directory_.path().string(), listen,
                                                    plain_port_, ::geteuid() == 0 ? "user root;" : ""));
}

void Nginx::start(bool tls) {
  write_configuration(tls);
  // NGINX is how an old nginx hands its sockets to the new one during an upgrade.
  std::string sockets = fmt::format("NGINX={};", plain_socket_);
  if (tls) sockets += fmt::format("{};", tls_socket_);
  process_ = spawn({kNginx, "-p", directory_.path().string(), "-c", (directory_ / "nginx.conf").string()}, {sockets});
  ::close(plain_socket_);
  if (tls) ::close(tls_socket_);
  if (answers(plain_port_)) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  throw std::runtime_error("nginx does not start; see its configuration in tests/support/nginx.cpp");
}

}  // namespace vigifuite::test
