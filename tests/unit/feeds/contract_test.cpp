// SPDX-License-Identifier: AGPL-3.0-or-later
// What every format of the registry promises, tried on its own samples: a new format is tested without a line here.
#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "tests/support/source_dir.hpp"
#include "tests/unit/feeds/read_text.hpp"

using namespace vigifuite;
using namespace vigifuite::feeds;

namespace {

namespace fs = std::filesystem;

fs::path samples_of(const Adapter& adapter) {
  return fs::path(vigifuite::test::source_dir()) / "feeds" / adapter.name / "samples";
}

/// The source a sample is read as: <sample>.toml or source.toml beside it, else one without a mapping.
Source source_of(const Adapter& adapter, fs::path sample) {
  for (const fs::path& file : {sample.replace_extension(".toml"), sample.parent_path() / "source.toml"}) {
    if (const auto toml = file_bytes(file)) {
      auto source = read_source_file(*toml, file.filename().string());
      REQUIRE_MESSAGE(source.has_value(), source.error().what);
      return std::move(*source);
    }
  }
  Source source;
  source.id = "sample";
  source.format = adapter.name;
  source.url = "https://sample.example/";
  source.trust = Trust::Attacker;
  return source;
}

std::vector<fs::path> samples(const Adapter& adapter, std::string_view kind) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(samples_of(adapter))) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kind) && entry.path().extension() != ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  REQUIRE_MESSAGE(!files.empty(), std::string(adapter.name) << " has no sample " << std::string(kind));
  return files;
}

Reading read_sample(const Adapter& adapter, const fs::path& file) {
  CAPTURE(file.string());
  const auto bytes = file_bytes(file);
  REQUIRE(bytes.has_value());
  const Source source = source_of(adapter, file);
  CHECK(adapter.check(source).has_value());
  return read_document(adapter, *bytes, source);
}

}  // namespace

TEST_CASE("contract: every format says what it is, and its README its terms, its key and its digest") {
  REQUIRE(adapters().size() >= 8);
  for (const Adapter* adapter : adapters()) {
    CAPTURE(std::string(adapter->name));
    CHECK_FALSE(adapter->purpose.empty());
    CHECK(find_adapter(adapter->name) == adapter);
    const auto readme = file_bytes(samples_of(*adapter).parent_path() / "README.md");
    REQUIRE(readme.has_value());
    for (const char* word : {"erms", "ey", "igest"}) CHECK_MESSAGE(readme->find(word) != std::string::npos, word);
  }
  CHECK(find_adapter("nothing") == nullptr);
}

TEST_CASE("contract: a good sample gives notices only, each with a key, a title and its place") {
  for (const Adapter* adapter : adapters()) {
    for (const fs::path& file : samples(*adapter, "good")) {
      CAPTURE(file.string());
      const Reading reading = read_sample(*adapter, file);
      REQUIRE_MESSAGE(reading.report.has_value(), reading.report.error().what);
      CHECK(reading.sink.rejects.empty());
      CHECK(reading.report->broken_at.empty());
      REQUIRE_FALSE(reading.sink.notices.empty());
      for (const KeptNotice& notice : reading.sink.notices) {
        CHECK_FALSE(notice.key.empty());
        CHECK_FALSE(notice.title.empty());
        CHECK(notice.record >= 1);
        CHECK(notice.digest != Digest{});
      }
    }
  }
}

TEST_CASE("contract: an empty sample gives nothing and no reject") {
  for (const Adapter* adapter : adapters()) {
    for (const fs::path& file : samples(*adapter, "empty")) {
      CAPTURE(file.string());
      const Reading reading = read_sample(*adapter, file);
      CHECK(reading.sink.notices.empty());
      CHECK(reading.sink.rejects.empty());
    }
  }
}

TEST_CASE(
    "contract: a hostile sample is refused in one sentence, or its bad records are rejects with place and reason") {
  for (const Adapter* adapter : adapters()) {
    for (const fs::path& file : samples(*adapter, "hostile")) {
      CAPTURE(file.string());
      const Reading reading = read_sample(*adapter, file);
      if (!reading.report) {
        CHECK(reading.report.error().kind == ErrorKind::Malformed);
        CHECK_FALSE(reading.report.error().what.empty());
        CHECK_FALSE(reading.report.error().fr.empty());
        CHECK(reading.report.error().what.find('\n') == std::string::npos);
      }
      for (const Reject& reject : reading.sink.rejects) {
        CHECK_FALSE(reject.place.en.empty());
        CHECK_FALSE(reject.reason.en.empty());
        CHECK_FALSE((reject.place.fr.empty() || reject.reason.fr.empty()));
        CHECK(reject.reason.en.find('\n') == std::string::npos);
        CHECK(reject.record >= 1);
      }
    }
  }
}

TEST_CASE("contract: reading again gives the same keys and digests") {
  for (const Adapter* adapter : adapters()) {
    for (const fs::path& file : samples(*adapter, "good")) {
      CAPTURE(file.string());
      std::map<std::string, Digest> first, second;
      for (const KeptNotice& notice : read_sample(*adapter, file).sink.notices) first[notice.key] = notice.digest;
      for (const KeptNotice& notice : read_sample(*adapter, file).sink.notices) second[notice.key] = notice.digest;
      CHECK(first == second);
    }
  }
}

TEST_CASE("contract: nothing, spaces, zeros, a page, a cut document and bytes that are no text never give a notice") {
  for (const Adapter* adapter : adapters()) {
    const fs::path good = samples(*adapter, "good").front();
    const Source source = source_of(*adapter, good);
    const std::string page =
        "<!DOCTYPE html>\n<html><head><title>503</title></head><body>Service unavailable</body></html>";
    for (const std::string& bytes :
         {std::string(), std::string("   \n"), std::string(64, '\0'), page, std::string("\xFF\xFE\xFD"),
          std::string(10'000, '['), std::string("null"), std::string("12")}) {
      CAPTURE(std::string(adapter->name));
      CAPTURE(bytes.substr(0, 20));
      CHECK(read_document(*adapter, bytes, source).sink.notices.empty());
    }
  }
}
