// SPDX-License-Identifier: AGPL-3.0-or-later
#include <dlfcn.h>

#include "daemon/letters/pdf_engine.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::letters {
namespace {

struct Module {
  MakeEngine make = nullptr;
  std::string failure;
};

Module load() {
  // Found through the program's run path, beside the other libraries; kept for as long as the program runs.
  void* handle = ::dlopen("vigifuite-pdf.so", RTLD_NOW | RTLD_LOCAL);
  if (handle != nullptr) {
    if (void* symbol = ::dlsym(handle, kAnyEngineSymbol)) return {reinterpret_cast<MakeEngine>(symbol), {}};
  }
  const char* why = ::dlerror();
  return {nullptr, why == nullptr ? "dlopen" : why};
}

}  // namespace

Result<std::unique_ptr<PdfEngine>> any_engine() {
  static const Module module = load();
  if (module.make == nullptr) return fail(ErrorKind::Refused, Message::PdfModuleMissing, module.failure);
  return std::unique_ptr<PdfEngine>(module.make());
}

}  // namespace vigifuite::letters
