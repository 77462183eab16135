// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/signals.hpp"

#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>

#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::ops {
namespace {

sigset_t ours() noexcept {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

Result<std::unique_ptr<Signals>> Signals::open() {
  const sigset_t set = ours();
  sigset_t before;
  VIGIFUITE_CHECK(pthread_sigmask(SIG_BLOCK, &set, &before) == 0);
  const int descriptor = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  if (descriptor < 0) {
    const int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return fail(ErrorKind::Transient, Message::SignalsUnheard, system_reason(error));
  }
  return std::unique_ptr<Signals>(new Signals(descriptor, before));
}

Signals::~Signals() {
  ::close(descriptor_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

std::optional<Signal> Signals::next() noexcept {
  signalfd_siginfo info{};
  if (::read(descriptor_, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) return std::nullopt;
  return info.ssi_signo == SIGHUP ? Signal::Reload : Signal::Stop;
}

}  // namespace vigifuite::ops
