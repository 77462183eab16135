// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "feeds/adapter.hpp"
#include "tests/support/source_dir.hpp"

namespace vigifuite::feeds {

/// What a test looks at of a notice, copied.
struct KeptNotice {
  std::string key, title, url, text, language, published, organisation, people, country, status, sector, from, to,
      domain;
  std::optional<std::int64_t> people_count;
  bool text_is_html = false;
  bool states_facts = false;
  std::uint64_t record = 0;
  Digest digest;
  std::vector<std::string> labels, safe_labels, links;
};

/// Keeps what an adapter gives.
struct KeepingSink final : NoticeSink {
  std::vector<KeptNotice> notices;
  std::vector<Reject> rejects;

  void notice(const Notice& n) override {
    KeptNotice kept;
    kept.key = n.key, kept.title = n.title, kept.url = n.url, kept.text = n.text, kept.language = n.language;
    kept.published = n.published, kept.organisation = n.organisation, kept.people = n.people, kept.country = n.country;
    kept.status = n.status, kept.sector = n.sector, kept.from = n.incident_from, kept.to = n.incident_to;
    kept.domain = n.domain, kept.people_count = n.people_count;
    kept.text_is_html = n.text_is_html, kept.states_facts = n.states_facts, kept.record = n.record,
    kept.digest = n.digest;
    kept.labels.assign(n.labels.begin(), n.labels.end());
    kept.safe_labels.assign(n.safe_labels.begin(), n.safe_labels.end());
    kept.links.assign(n.links.begin(), n.links.end());
    notices.push_back(std::move(kept));
  }
  void reject(Reject reject) override { rejects.push_back(std::move(reject)); }
};

/// One reading of one document.
struct Reading {
  KeepingSink sink;
  Result<ReadReport> report;
};

inline Reading read_document(const Adapter& adapter, std::string_view bytes, const Source& source = {},
                             std::string_view content_type = {}) {
  Payload payload;
  payload.bytes = bytes;
  payload.content_type = content_type;
  KeepingSink sink;
  auto report = adapter.read(payload, source, sink);
  if (report) {
    CHECK(report->notices + report->rejects == report->records);
    CHECK(report->notices == sink.notices.size());
    CHECK(report->rejects == sink.rejects.size());
  }
  return {std::move(sink), std::move(report)};
}

inline std::optional<std::string> file_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// A file of the repository: it is there.
inline std::string repository_file(const std::string& path) {
  const auto bytes = file_bytes(std::filesystem::path(vigifuite::test::source_dir()) / path);
  REQUIRE_MESSAGE(bytes.has_value(), path);
  return *bytes;
}

/// A real document kept beside the repository, or nothing: then the test says that it was skipped.
inline std::optional<std::string> corpus_file(const std::string& path) {
  auto bytes = file_bytes(std::filesystem::path(vigifuite::test::source_dir()) / ".." / "shared" / "corpus" / path);
  if (!bytes) MESSAGE("skipped: " << path << " is not there");
  return bytes;
}

}  // namespace vigifuite::feeds
