// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "tests/support/temp_dir.hpp"

namespace vigifuite::test {

/// A real nginx on free ports of 127.0.0.1 that serves a directory: ETag, gzip, HTTP and, when asked for, HTTPS with a
/// certificate of its own. It is ready when the constructor returns and gone after the destructor.
class Nginx {
 public:
  enum class Tls : unsigned char { No, Yes };

  /// Whether nginx (and openssl, for a certificate) are installed.
  static bool available();

  explicit Nginx(Tls tls = Tls::No);
  ~Nginx();
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  /// Puts a file where it is served as /name.
  void put(std::string_view name, std::string_view bytes) const;
  [[nodiscard]] std::string url(std::string_view path) const;      ///< http://127.0.0.1:PORT + path
  [[nodiscard]] std::string tls_url(std::string_view path) const;  ///< https://localhost:PORT + path
  /// The certificate, for whoever is to trust it.
  [[nodiscard]] std::filesystem::path certificate() const { return directory_ / "certificate.pem"; }

 private:
  void make_certificate() const;
  void write_configuration(bool tls) const;
  void start(bool tls);

  TempDir directory_;
  int plain_port_ = 0, tls_port_ = 0;
  int plain_socket_ = -1, tls_socket_ = -1;
  pid_t process_ = -1;
};

}  // namespace vigifuite::test
