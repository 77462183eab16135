// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Runs one skipped test case of the running test program as a process of its own. RocksDB's threads do not survive a
// fork, so a child is started anew: it must be free to be killed, limited or given other mounts.

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace vigifuite::tests {

class Child {
 public:
  /// `test_case` is run with `argument` in the environment (see argument()). `prepare` runs between fork and exec:
  /// system calls only. What the child prints with say() is read with next_word().
  Child(
      const std::string& test_case, const std::string& argument, const std::function<void()>& prepare = [] {}) {
    const std::string filter = "--test-case=" + test_case;
    const std::string variable = "VIGIFUITE_TEST_ARGUMENT=" + argument;
    std::vector<char*> environment;
    for (char** it = environ; *it != nullptr; ++it) environment.push_back(*it);
    environment.push_back(const_cast<char*>(variable.c_str()));
    environment.push_back(nullptr);
    const char* const arguments[] = {"child", filter.c_str(), "--no-skip", "--no-breaks", nullptr};
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
      prepare();
      ::dup2(ends[1], kSayTo);
      const int nowhere = ::open("/dev/null", O_WRONLY);
      ::dup2(nowhere, STDOUT_FILENO);
      ::execve("/proc/self/exe", const_cast<char**>(arguments), environment.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    read_from_ = ends[0];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    kill();
    ::close(read_from_);
  }

  /// The next line the child said, or "" when it is gone.
  std::string next_line() {
    std::string line;
    char c = 0;
    while (::read(read_from_, &c, 1) == 1) {
      if (c == '\n') return line;
      line.push_back(c);
    }
    return line;
  }
  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    wait();
  }
  /// Whether it ended by itself and well.
  bool wait() {
    if (process_ <= 0) return false;
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  // In the child.
  static std::string argument() {
    const char* const value = ::getenv("VIGIFUITE_TEST_ARGUMENT");
    return value == nullptr ? "" : value;
  }
  static void say(const std::string& line) {
    const std::string whole = line + "\n";
    if (::write(kSayTo, whole.data(), whole.size()) < 0) ::_exit(126);
  }

 private:
  static constexpr int kSayTo = 9;
  pid_t process_ = 0;
  int read_from_ = -1;
};

}  // namespace vigifuite::tests
