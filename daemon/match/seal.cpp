// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/match/seal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "daemon/match/watchlist.hpp"
#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::match {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(Sealer::kKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(char* text) {
  return reinterpret_cast<unsigned char*>(text);
}

/// A descriptor closed at the end of its block.
struct Descriptor {
  int number;
  explicit Descriptor(int n) : number(n) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

template <class... Args>
Error key_error(const std::filesystem::path& file, Message what, const Args&... args) {
  return fail(ErrorKind::Config, Message::WatchKeyFile, file.string(), in_both(what, args...));
}

/// Makes the file whole or not at all: a key is written beside it, synced, and linked into place.
Status make_key(const std::filesystem::path& file) {
  VIGIFUITE_CHECK(sodium_init() >= 0);
  std::string key(Sealer::kKeyBytes, '\0');
  randombytes_buf(key.data(), key.size());
  const Secret secret(std::move(key));
  const std::string draft = fmt::format("{}.{}.new", file.string(), ::getpid());
  const auto cannot = [&] { return key_error(file, Message::WatchKeyCannotMake, system_reason(errno)); };
  {
    const Descriptor out(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (out.number < 0) return cannot();
    const auto written = ::write(out.number, secret.reveal().data(), secret.reveal().size());
    if (written != static_cast<ssize_t>(secret.reveal().size()) || ::fsync(out.number) != 0) {
      const Error error = cannot();
      ::unlink(draft.c_str());
      return error;
    }
  }
  const bool linked = ::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST;
  const Error error = cannot();
  ::unlink(draft.c_str());
  if (!linked) return error;
  const auto parent = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const Descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number < 0 || ::fsync(directory.number) != 0) return cannot();
  return Done{};
}

}  // namespace

Result<Sealer> Sealer::make(Secret key) {
  if (key.reveal().size() != kKeyBytes) {
    return fail(ErrorKind::Config, Message::WatchKeySize);
  }
  VIGIFUITE_CHECK(sodium_init() >= 0);
  return Sealer(std::move(key));
}

std::string Sealer::seal(std::string_view place, std::string_view plain) const {
  std::string out(1 + kNonce + plain.size() + kTag, '\0');
  out[0] = kVersion;
  randombytes_buf(out.data() + 1, kNonce);
  const int failed = crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out.data() + 1 + kNonce), nullptr, bytes(plain),
                                                                plain.size(), bytes(place), place.size(), nullptr,
                                                                bytes(out.data() + 1), bytes(key_.reveal()));
  VIGIFUITE_CHECK(failed == 0);
  return out;
}

std::optional<Secret> Sealer::unseal(std::string_view place, std::string_view sealed) const {
  if (sealed.size() < 1 + kNonce + kTag || sealed[0] != kVersion) return std::nullopt;
  const std::string_view nonce = sealed.substr(1, kNonce);
  const std::string_view cipher = sealed.substr(1 + kNonce);
  std::string plain(cipher.size() - kTag, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(plain.data()), nullptr, nullptr, bytes(cipher), cipher.size(),
                                                 bytes(place), place.size(), bytes(nonce), bytes(key_.reveal())) != 0) {
    return std::nullopt;
  }
  return Secret(std::move(plain));
}

Result<Secret> Watchlist::key_from_file(const std::filesystem::path& file) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (in.number < 0 && errno == ENOENT && attempt == 0) {
      VIGIFUITE_TRY(make_key(file));
      continue;
    }
    struct stat info {};
    if (in.number < 0 || ::fstat(in.number, &info) != 0) {
      return key_error(file, Message::WatchKeyCannotRead, system_reason(errno));
    }
    // systemd hands a credential over as a file of root's that one user may read: it looks readable by the group.
    const bool credential = info.st_uid == 0 && ::geteuid() != 0 && (info.st_mode & 0037U) == 0;
    if (!S_ISREG(info.st_mode) || ((info.st_mode & 0077U) != 0 && !credential)) {
      return key_error(file, Message::WatchKeyOpen, file.string());
    }
    std::array<char, Sealer::kKeyBytes + 1> key{};  // one more, to see that there is no more
    const auto got = ::read(in.number, key.data(), key.size());
    if (got != static_cast<ssize_t>(Sealer::kKeyBytes)) return key_error(file, Message::WatchKeyNotOne);
    return Secret(std::string(key.data(), Sealer::kKeyBytes));
  }
  return key_error(file, Message::WatchKeyNotMade);
}

}  // namespace vigifuite::match
