// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::ops {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return number_; }
  /// Closes it; false with errno when the system says the bytes were not kept.
  [[nodiscard]] bool close() noexcept { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

Error failed(ErrorKind kind, Message act, const std::filesystem::path& path, int error) {
  return fail(kind, act, path.string(), system_reason(error));
}

ErrorKind kind_of_write(int error) noexcept {
  const bool disk = error == ENOSPC || error == EDQUOT || error == EIO || error == EFBIG;
  return disk ? ErrorKind::Storage : ErrorKind::Config;
}

bool write_all(int descriptor, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// 0, or errno. The file's directory is synced too: without it a power cut may undo the rename.
int sync_directory(const std::filesystem::path& path) {
  const std::filesystem::path directory = path.has_parent_path() ? path.parent_path() : ".";
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::fsync(opened.get()) != 0) return errno;
  return 0;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  // Without O_NONBLOCK, opening a pipe nobody writes to waits for ever.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return failed(ErrorKind::Config, Message::FileCannotOpen, path, errno);
  struct stat found {};
  if (::fstat(file.get(), &found) != 0) return failed(ErrorKind::Transient, Message::FileCannotExamine, path, errno);
  if (!S_ISREG(found.st_mode)) {
    return fail(ErrorKind::Config, Message::FileNotRegular, path.string());
  }
  const auto too_large = [&] { return fail(ErrorKind::Malformed, Message::FileOverLimit, path.string(), max_bytes); };
  if (static_cast<std::size_t>(found.st_size) > max_bytes) return too_large();
  std::string bytes;
  std::size_t have = 0;
  bytes.resize(static_cast<std::size_t>(found.st_size) + 1);  // one more, to see the end without growing
  while (true) {
    const ssize_t got = ::read(file.get(), bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(ErrorKind::Transient, Message::FileCannotRead, path, errno);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
    if (have > max_bytes) return too_large();
    if (have == bytes.size()) bytes.resize(have + std::min(have, max_bytes - have) + 1);
  }
  bytes.resize(have);
  return bytes;
}

Status write_file(const std::filesystem::path& path, std::string_view bytes, mode_t mode) {
  std::string temporary = path.string() + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) return failed(kind_of_write(errno), Message::FileCannotWrite, path, errno);
  int error = 0;
  if (::fchmod(file.get(), mode) != 0 || !write_all(file.get(), bytes) || ::fsync(file.get()) != 0 || !file.close() ||
      ::rename(temporary.c_str(), path.c_str()) != 0) {
    error = errno;
    ::unlink(temporary.c_str());
    return failed(kind_of_write(error), Message::FileCannotWrite, path, error);
  }
  error = sync_directory(path);
  if (error != 0) return failed(kind_of_write(error), Message::FileCannotSync, path, error);
  return Done{};
}

}  // namespace vigifuite::ops
