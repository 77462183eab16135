// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/ops/local_file.hpp"

#include <fmt/format.h>

#include "daemon/ops/files.hpp"
#include "daemon/ops/log.hpp"
#include "schemas/core/digest.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::ops {
namespace {

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Result<FetchReply> read_local(const std::filesystem::path& path, const Validators& validators, std::size_t max_bytes) {
  auto bytes = read_file(path, max_bytes);
  if (!bytes) return std::move(bytes).error();
  FetchReply reply = reply_from_bytes(*bytes, validators);
  reply.effective_url = path.string();
  return reply;
}

FetchReply reply_from_bytes(std::string_view bytes, const Validators& validators) {
  const auto digits = hex(digest_of(bytes));
  FetchReply reply;
  reply.validators.etag = fmt::format("\"{}\"", std::string_view(digits.data(), digits.size()));
  reply.outcome = reply.validators.etag == validators.etag ? FetchOutcome::Unchanged : FetchOutcome::Body;
  if (reply.outcome == FetchOutcome::Body) reply.bytes = bytes;
  return reply;
}

Result<std::filesystem::path> path_of_file_url(std::string_view url) {
  const auto bad = [&] { return fail(ErrorKind::Config, Message::FileUrlWrong, one_line(url, 200)); };
  constexpr std::string_view kScheme = "file://";
  if (url.substr(0, kScheme.size()) != kScheme) return bad();
  url.remove_prefix(kScheme.size());
  if (url.substr(0, 10) == "localhost/") url.remove_prefix(9);
  if (url.empty() || url.front() != '/') return bad();
  std::string path;
  for (std::size_t i = 0; i < url.size(); ++i) {
    if (url[i] != '%') {
      path += url[i];
      continue;
    }
    const int high = i + 2 < url.size() ? hex_digit(url[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(url[i + 2]) : -1;
    if (low < 0 || high * 16 + low == 0) return bad();
    path += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (path.find('\0') != std::string::npos) return bad();
  return std::filesystem::path(path);
}

}  // namespace vigifuite::ops
