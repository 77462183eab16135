// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/new_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace vigifuite::cli {

std::optional<int> write_new_file(const std::string& file, std::string_view text, mode_t mode) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) return errno;
  std::optional<int> failure;
  while (!text.empty() && !failure) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written >= 0)
      text.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      failure = errno;
  }
  if (::close(descriptor) != 0 && !failure) failure = errno;
  if (failure) ::unlink(file.c_str());
  return failure;
}

}  // namespace vigifuite::cli
