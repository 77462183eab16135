// SPDX-License-Identifier: AGPL-3.0-or-later
// `vigifuite organisations import`: a public register against the bodies in use. Nothing is stored.

#include <sys/stat.h>

#include <algorithm>

#include "daemon/app/client.hpp"
#include "daemon/app/config.hpp"
#include "daemon/ops/files.hpp"
#include "feeds/registers/register.hpp"
#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kMaxRegisterBytes = std::size_t{256} << 20U;
constexpr std::size_t kMaxRecords = 20'000;

/// The day on which a file was last written; unknown when it cannot be read.
PartialDate day_of(const std::filesystem::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return {};
  return date_of(Instant{std::chrono::seconds{info.st_mtime}});
}

/// The file itself, or the records of a folder, by name.
Result<std::vector<std::filesystem::path>> files_of(const std::filesystem::path& place, std::string_view suffix) {
  std::error_code failed;
  if (!std::filesystem::is_directory(place, failed)) return std::vector{place};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(place, failed)) {
    if (suffix.empty() || entry.path().extension() != suffix) continue;
    if (files.size() == kMaxRecords) return fail(ErrorKind::Config, Message::RegisterManyFiles, place.native());
    files.push_back(entry.path());
  }
  if (failed) {
    return fail(ErrorKind::Config, Message::ConfigDirectoryUnread, place.native(), system_reason(failed.value()));
  }
  if (files.empty()) return fail(ErrorKind::Config, Message::RegisterEmpty, place.native(), suffix);
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<ListToReview> read_register(const RegisterToRead& request, const ClientOptions& options) {
  const auto* from = feeds::registers::find(request.format);
  if (from == nullptr) return fail(ErrorKind::Config, Message::RegisterUnknown, request.format);
  auto config = any_config(options);
  if (!config) return std::move(config).error();
  auto words = app::load_words(*config);
  if (!words) return std::move(words).error();
  const auto files = files_of(request.file, from->suffix);
  if (!files) return files.error();
  std::vector<std::string> documents;
  std::vector<feeds::registers::Reading> readings;
  std::size_t bytes = 0;
  for (const std::filesystem::path& file : *files) {
    auto read = ops::read_file(file, kMaxRegisterBytes);
    if (!read) return std::move(read).error();
    bytes += read->size();
    if (bytes > kMaxRegisterBytes) return fail(ErrorKind::Config, Message::RegisterTooBig, request.file.native());
    documents.push_back(std::move(*read));
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const PartialDate date = request.date.known() ? request.date : day_of((*files)[i]);
    readings.push_back({documents[i], (*files)[i].filename().native(), date});
  }
  auto read = from->read(readings, *words->vocabulary);
  if (!read) return std::move(read).error();
  ListToReview list;
  list.document = feeds::registers::document_of(*read, *from, readings.front(), *words->vocabulary);
  list.rows = read->rows;
  list.known = read->known;
  list.added = read->added;
  list.left = read->left;
  list.refused = read->refused;
  for (auto& row : read->samples) list.samples.push_back({row.line, std::move(row.reason)});
  list.own_lists = config->organisations_directory;
  return list;
}

}  // namespace vigifuite::cli
